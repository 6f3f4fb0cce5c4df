// The stage `discourse.structure`: blocks with their roles, turns with their speakers, and what the
// document says of itself (title, time of publication, publisher, place). Reads nothing but the
// plain text, the reader's hints and the container's fields.
#pragma once

#include <memory>

#include "readout/pipeline.h"

namespace readout::discourse {

std::unique_ptr<const Stage> make_structure_stage();

}  // namespace readout::discourse
