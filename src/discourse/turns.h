// Turns: stretches of speech by one speaker.
//
// A document is read in one of five ways, the first that fits:
//   labels         "MR PRICE: ...", "Q ...", "**Name:** ..." at the heads of paragraphs
//   (transcripts) introductions  "President X said:" in or before a paragraph (agency reports of
//   meetings) dashes         questions and answers that begin with a dash and name nobody summaries
//   "The representative of X said that ..." (minutes of councils); turns are not direct one speaker
//   a speech or statement in the first person under its speaker's name
#pragma once

#include <string_view>
#include <vector>

#include "discourse/cues.h"
#include "discourse/labels.h"
#include "discourse/paragraphs.h"
#include "readout/layers.h"

namespace readout::discourse {

/// Which paragraphs open with a label or introduction, and with which.
struct Openings {
  std::vector<std::optional<Label>> labels;  // accepted ones; by paragraph
  std::vector<bool> speech;                  // by paragraph: label or introduction
  size_t label_count = 0;
};

Openings find_openings(std::string_view text, const Cues& cues,
                       const std::vector<Paragraph>& paragraphs);

/// Turns over the paragraphs whose role is still Narration, ListItem, Heading or Table. `body` is
/// the first paragraph of running text. Sets the role Turn of paragraphs inside turns.
std::vector<Turn> find_turns(std::string_view text, const Cues& cues, const Openings& openings,
                             size_t body, std::vector<Paragraph>& paragraphs);

/// Counts of first- and second-person words of a span, outside of double quotation marks.
struct Persons {
  uint32_t singular = 0;  // I, my, me
  uint32_t plural = 0;    // we, our, us
  uint32_t second = 0;    // you, your
  uint32_t words = 0;
  uint32_t any() const { return singular + plural + second; }
};
Persons count_persons(std::string_view text, Span span);

}  // namespace readout::discourse
