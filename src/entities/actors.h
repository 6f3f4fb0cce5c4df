// The stage `entities.actors`: who is named and meant in a document (see actor_reader.h).
#pragma once

#include <memory>

#include "entities/knowledge.h"
#include "readout/pipeline.h"

namespace readout::entities {

/// Reads Structure and Tokens, and of `available` Syntax and Entities where they are made; writes Actors.
Result<std::unique_ptr<const Stage>> make_actor_stage(std::shared_ptr<const Knowledge> knowledge, LayerSet available);

}  // namespace readout::entities
