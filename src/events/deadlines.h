// By when: the time expression that bounds what is promised, with the words that make it a bound.
//
//   "not later than 30 June 1974" -> 1974-06-30     "by the end of the year" -> 2023-12-31
//   "within 21 days of the entry into force"        -> a day only where the text tells when that is
#pragma once

#include <string>

#include "events/commitment_cues.h"
#include "events/sentence_tree.h"
#include "readout/document.h"

namespace readout::events {

struct Deadline {
  Span span;          // empty: none
  std::string value;  // ISO date or TIMEX3 value; empty: relative or not resolved
};

/// Days that a document gives for what its deadlines are counted from; empty where it does not.
struct Anchors {
  std::string today;  // of the document
  std::string signed_on, in_force, ceasefire;
};
Anchors deadline_anchors(const Document& doc);

/// The deadline of the clause of `content` (a token), or of `upper`, the word that governs it.
Deadline find_deadline(const Document& doc, const SentenceTree& tree, const CommitmentCues& cues,
                       const Anchors& anchors, size_t content, size_t upper, Span what);

/// True if the words set a bound ("by", "within", "before"), not only a day.
bool strict_deadline(const Document& doc, Span deadline);

}  // namespace readout::events
