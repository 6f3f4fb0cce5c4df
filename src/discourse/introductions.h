// Clauses that introduce speech: "Closing the meeting, the President said:".
#pragma once

#include <optional>
#include <string_view>

#include "discourse/cues.h"
#include "readout/span.h"

namespace readout::discourse {

enum class Follows : uint8_t { Nothing, Dash, Quote, Upper, Lower };

struct Introduction {
  Span clause;           // "According to APA, welcoming the guests, President X said:"
  Span speaker;          // "President X", empty if a pronoun
  uint32_t content = 0;  // where the speech begins (behind a dash)
  Follows follows = Follows::Nothing;
  bool first_sentence = true;  // the clause opens its paragraph
  bool attributed = false;     // "The following is attributable to X:": a statement, in any person
};

/// The first clause in `paragraph` that ends in a colon and introduces speech.
std::optional<Introduction> read_introduction(std::string_view text, Span paragraph,
                                              const Cues& cues);

}  // namespace readout::discourse
