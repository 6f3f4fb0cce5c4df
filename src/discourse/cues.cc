#include "discourse/cues.h"

#include "core/embedded.h"
#include "core/tsv.h"

namespace readout::discourse {
namespace {

LabelClass parse_label_class(std::string_view name) {
  if (name == "question") return LabelClass::Question;
  if (name == "answer") return LabelClass::Answer;
  if (name == "role") return LabelClass::Role;
  return LabelClass::False;
}

uint32_t clause_class(std::string_view name) {
  if (name == "particle") return Cues::kParticle;
  if (name == "lead-in") return Cues::kLeadIn;
  if (name == "behind-verb") return Cues::kBehindVerb;
  return Cues::kPastTense;
}

bool equal_at(std::string_view text, size_t at, std::string_view phrase) {
  if (text.size() - at < phrase.size()) return false;
  for (size_t i = 0; i < phrase.size(); ++i) {
    if (lower(text[at + i]) != phrase[i]) return false;
  }
  const size_t end = at + phrase.size();
  return end >= text.size() || !ascii_alpha(phrase.back()) || !wordish(text[end]) ||
         typographic_mark(text, static_cast<uint32_t>(end)) != 0;
}

}  // namespace

Cues::Cues() {
  for_each_row(embedded("discourse/speech_verbs.tsv"), [&](const TsvRow& row) {
    verbs.add(row[0], row[1] == "intro" ? kIntroVerb | kSummaryVerb : kSummaryVerb);
  });
  for_each_row(embedded("discourse/titles.tsv"), [&](const TsvRow& row) { titles.add(row[0], 1); });
  for_each_row(embedded("discourse/labels.tsv"), [&](const TsvRow& row) {
    labels.add(row[0], static_cast<uint32_t>(parse_label_class(row[1])));
  });
  for_each_row(embedded("discourse/clause_words.tsv"),
               [&](const TsvRow& row) { clause_words.add(row[0], clause_class(row[1])); });
  for_each_row(embedded("discourse/cues.tsv"), [&](const TsvRow& row) {
    std::vector<std::string_view>* list = row[1] == "end"           ? &end
                                          : row[1] == "credit"      ? &credit
                                          : row[1] == "byline"      ? &byline
                                          : row[1] == "source"      ? &source
                                          : row[1] == "boilerplate" ? &boilerplate
                                          : row[1] == "navigation"  ? &navigation
                                          : row[1] == "narration"   ? &narration
                                          : row[1] == "institution" ? &institution
                                          : row[1] == "salutation"  ? &salutation
                                          : row[1] == "farewell"    ? &farewell
                                          : row[1] == "afterword"   ? &afterword
                                                                    : &heading;
    list->push_back(row[0]);
  });
  for_each_row(embedded("discourse/genres.tsv"),
               [&](const TsvRow& row) { genres.emplace_back(row[0], row[1]); });
}

bool begins_with_any(std::string_view text, const std::vector<std::string_view>& phrases) {
  for (const auto phrase : phrases) {
    if (equal_at(text, 0, phrase)) return true;
  }
  return false;
}

size_t find_phrase(std::string_view text, std::string_view phrase) {
  for (size_t i = 0; i + phrase.size() <= text.size(); ++i) {
    if (i > 0 && wordish(text[i - 1]) && wordish(phrase.front())) continue;
    if (equal_at(text, i, phrase)) return i;
  }
  return std::string_view::npos;
}

bool holds_any(std::string_view text, const std::vector<std::string_view>& phrases) {
  for (const auto phrase : phrases) {
    if (find_phrase(text, phrase) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace readout::discourse
