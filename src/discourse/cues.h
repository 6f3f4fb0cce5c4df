// The word lists behind structure: data/discourse/*.tsv, loaded once.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "core/word_table.h"
#include "discourse/scan.h"

namespace readout::discourse {

enum class LabelClass : uint8_t { None, Question, Answer, Role, False };

struct Cues {
  static constexpr uint32_t kIntroVerb = 1, kSummaryVerb = 2;

  Cues();

  /// Verbs and titles by their lower-case form.
  WordTable verbs, titles;
  /// Labels in lower case; values are LabelClass.
  WordTable labels;
  /// Opening phrases of short paragraphs, in lower case.
  std::vector<std::string_view> end, credit, byline, source, boilerplate, navigation, narration,
      heading, institution, salutation, farewell, afterword;
  std::vector<std::pair<std::string_view, std::string_view>> genres;  // phrase, genre

  LabelClass label_class(std::string_view lower) const {
    return static_cast<LabelClass>(labels.find(lower));
  }
};

/// True if `text` begins with one of `phrases`, whatever its capitals. A phrase that ends in a
/// letter must end at a word's end.
bool begins_with_any(std::string_view text, const std::vector<std::string_view>& phrases);
/// True if `text` holds one of `phrases`, at word boundaries.
bool holds_any(std::string_view text, const std::vector<std::string_view>& phrases);
/// Offset of `phrase` in `text` at word boundaries, whatever its capitals; npos if absent.
size_t find_phrase(std::string_view text, std::string_view phrase);

}  // namespace readout::discourse
