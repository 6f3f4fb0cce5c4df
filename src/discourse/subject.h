// The subject of a verb of speech in a clause that is not parsed yet.
#pragma once

#include <string_view>

#include "discourse/cues.h"
#include "readout/span.h"

namespace readout::discourse {

/// The subject that stands right before the verb at `verb`: from the last clause mark that is not
/// part of an apposition. `clause` is where the sentence begins. Empty if nothing there can be one.
Span subject_before(std::string_view text, uint32_t clause, uint32_t verb, const Cues& cues);

}  // namespace readout::discourse
