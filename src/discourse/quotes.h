// The stage `discourse.quotes`: who says what. Direct, indirect and mixed quotes with their source,
// cue and addressee, nested where a speaker reports another, and the chain of voices of every token.
#pragma once

#include <memory>

#include "readout/pipeline.h"

namespace readout::discourse {

std::unique_ptr<const Stage> make_quote_stage();

/// Stretches in quotation marks with the words that name who says them and to whom, before actors are known.
std::unique_ptr<const Stage> make_saying_stage();

}  // namespace readout::discourse
