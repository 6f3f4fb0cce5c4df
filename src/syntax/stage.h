// The stages `syntax` and `syntax.entities`. One run of the network serves both: the first leaves what
// it found of entities in the caller's Scratch, the second takes it from there, or runs the network
// itself where the first did not just read the same batch.
#pragma once

#include <memory>

#include "readout/pipeline.h"
#include "syntax/parser.h"

namespace readout::syntax {

/// Reads Tokens, writes Syntax.
std::unique_ptr<const Stage> make_syntax_stage(std::shared_ptr<const Parser> parser);
/// Reads Tokens and Syntax, writes Entities.
std::unique_ptr<const Stage> make_entity_stage(std::shared_ptr<const Parser> parser);

}  // namespace readout::syntax
