// Who speaks: labels at the head of a paragraph ("MR PRICE:", "QUESTION (Yle):", "Q ",
// "**Name:**"). Clauses that introduce speech are read by introductions.h and summaries.h.
#pragma once

#include <optional>
#include <string_view>

#include "discourse/cues.h"
#include "readout/span.h"

namespace readout::discourse {

/// How much a label looks like a speaker by itself. The document decides about the weaker ones.
enum class Strength : uint8_t { Weak, Medium, Strong };

struct Label {
  Span whole;            // "QUESTION (Yle):", with its colon
  Span speaker;          // "QUESTION (Yle)"
  uint32_t content = 0;  // where the speech begins
  LabelClass kind = LabelClass::None;
  Strength strength = Strength::Weak;
  bool capitals = false;  // no small letters but in particles
  bool title = false;     // begins with a title or office
  bool stopped = false;   // a full stop stands for the colon
  uint32_t words = 0;
  uint64_t key = 0;  // of the speaker's words, for counting
};

/// The label at the head of `paragraph`, if there is one that could be a speaker. `bare_q` accepts
/// "Q" without a mark behind it.
std::optional<Label> read_label(std::string_view text, Span paragraph, const Cues& cues,
                                bool bare_q);

}  // namespace readout::discourse
