// Whom a turn speaks to: names and forms of address in its first sentences ("Dear Sergey
// Viktorovich", "Thank you, Mr. Secretary."), and those whom its introduction names ("welcoming the
// guests").
#pragma once

#include <string_view>

#include "discourse/cues.h"
#include "readout/layers.h"

namespace readout::discourse {

/// Fills `turn.addressee` and `turn.also_present`; spans are sorted.
void find_address(std::string_view text, const Cues& cues, Turn& turn);

}  // namespace readout::discourse
