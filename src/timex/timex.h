// The stage `timex.rules`: time expressions with their values, intervals and reasons.
#pragma once

#include <memory>

#include "readout/pipeline.h"

namespace readout::timex {

/// Reads Structure and Tokens (and Syntax, where it is there), writes Timex.
std::unique_ptr<const Stage> make_timex_stage();

}  // namespace readout::timex
