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
  /// Other words of labels and clauses (data/discourse/clause_words.tsv); values are the classes
  /// below.
  static constexpr uint32_t kParticle = 1, kLeadIn = 2, kBehindVerb = 4, kPastTense = 8;
  WordTable clause_words;
  /// Opening phrases of short paragraphs, in lower case.
  std::vector<std::string_view> end, credit, byline, source, boilerplate, navigation, narration,
      heading, institution, salutation, farewell, afterword;
  std::vector<std::pair<std::string_view, std::string_view>> genres;  // phrase, genre

  /// "van", "of": stands in small letters inside a name or office.
  bool particle(std::string_view lower) const { return in_class(lower, kParticle); }
  /// "According", "During": a capital that only begins a clause. With its capital.
  bool leads_in(std::string_view word) const { return in_class(word, kLeadIn); }
  /// "today", "at": may stand between a verb of speech and its colon.
  bool behind_verb(std::string_view lower) const { return in_class(lower, kBehindVerb); }
  /// "met", "rose": a past tense that does not end in -ed.
  bool past_tense(std::string_view word) const { return in_class(word, kPastTense); }
  LabelClass label_class(std::string_view lower) const {
    return static_cast<LabelClass>(labels.find(lower));
  }

 private:
  bool in_class(std::string_view word, uint32_t cls) const {
    return (clause_words.find(word) & cls) != 0;
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
