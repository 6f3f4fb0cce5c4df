// Sentences that open the summary of a speech, as minutes have them: "The representative of Peru
// said that ...".
#pragma once

#include <optional>
#include <string_view>

#include "discourse/cues.h"
#include "readout/span.h"

namespace readout::discourse {

struct SummaryOpening {
  Span clause;  // "The representative of Peru said that"
  Span speaker;
  uint32_t content = 0;
  bool delegate = false;  // "The representative of ..." or "NAME (Country)"
};

/// A sentence that begins the summary of a speech: [lead-in,] speaker [, apposition,] verb [that].
/// `sentence` is one sentence.
std::optional<SummaryOpening> read_summary(std::string_view text, Span sentence, const Cues& cues);

}  // namespace readout::discourse
