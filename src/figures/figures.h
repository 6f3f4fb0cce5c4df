// The stage `figures.rules`: counts, amounts and shares, with what is counted.
#pragma once

#include <memory>

#include "readout/pipeline.h"

namespace readout::figures {

/// Reads Tokens and Timex (and Syntax and Actors, where they are there), writes Figures.
std::unique_ptr<const Stage> make_figure_stage();

/// The sign of a unit or the code of a currency by one of its names in lower case ("dollars" ->
/// "USD"); empty if there is none. For scoring against sets that name units otherwise.
std::string_view unit_sign(std::string_view name);

}  // namespace readout::figures
