// Which paragraphs open somebody's speech. Labels are read one by one (labels.h); here the document
// as a whole decides about those that do not look like speakers by themselves: a label that is said
// again, that is part of a longer one, whose name stands in the headline, or that stands between
// questions and answers.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "discourse/labels.h"
#include "discourse/paragraphs.h"

namespace readout::discourse {

struct Openings {
  std::vector<std::optional<Label>> labels;  // accepted ones; by paragraph
  std::vector<bool> speech;                  // by paragraph: label, introduction or salutation
  std::vector<bool> asks;                    // by paragraph: its label is one of those who ask
  size_t label_count = 0;
  bool only_questions = false;  // questions have labels, the answers have none
};

/// O(text + labels squared, of which there are at most 400 different ones).
Openings find_openings(std::string_view text, const Cues& cues,
                       const std::vector<Paragraph>& paragraphs);

/// "Mr. President, Excellencies, ladies and gentlemen," as a line of its own; "Dear X,".
bool is_salutation(std::string_view text, Span paragraph, const Cues& cues);

}  // namespace readout::discourse
