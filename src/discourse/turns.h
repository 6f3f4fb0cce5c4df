// Turns: stretches of speech by one speaker.
//
// A document is read in one of these ways, the first that fits:
//   labels         "MR PRICE: ...", "Q ...", "**Name:** ...", "Mr. HOLDEN. ...", names on lines of
//   their
//                  own (transcripts); answers may stand without a label behind labelled questions
//   introductions  "President X said:" in or before a paragraph (agency reports of meetings)
//   dashes         questions and answers that begin with a dash and name nobody
//   questions      interviews whose questions stand in bold, or are told by their marks alone
//   summaries      "The representative of X said that ..." (minutes of councils); turns are not
//   direct one speaker    a speech, letter or statement in the first person, under its speaker's
//   name, behind a
//                  salutation or over a signature
#pragma once

#include <string_view>
#include <vector>

#include "discourse/cues.h"
#include "discourse/openings.h"
#include "discourse/paragraphs.h"
#include "readout/layers.h"

namespace readout::discourse {

/// Turns over the paragraphs whose role is still Narration, ListItem, Heading or Table. `body` is
/// the first paragraph of running text. Sets the role Turn of paragraphs inside turns.
std::vector<Turn> find_turns(std::string_view text, const Cues& cues, const Openings& openings,
                             size_t body, std::vector<Paragraph>& paragraphs);

}  // namespace readout::discourse
