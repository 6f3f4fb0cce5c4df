// Who speaks: labels at the head of a paragraph ("MR PRICE:", "QUESTION (Yle):", "Q ", "**Name:**")
// and clauses that introduce speech ("Closing the meeting, the President said:").
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

struct SummaryOpening {
  Span clause;  // "The representative of Peru said that"
  Span speaker;
  uint32_t content = 0;
  bool delegate = false;  // "The representative of ..." or "NAME (Country)"
};

/// A sentence that begins the summary of a speech: [lead-in,] speaker [, apposition,] verb [that].
/// `sentence` is one sentence.
std::optional<SummaryOpening> read_summary(std::string_view text, Span sentence, const Cues& cues);

/// End of the sentence that begins at `begin`: behind its stop, or `end`. A rough reading for the
/// rules of this layer; the tokenizer decides about sentences.
uint32_t sentence_end(std::string_view text, uint32_t begin, uint32_t end);

}  // namespace readout::discourse
