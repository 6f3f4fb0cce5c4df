// The clause before the verb is cut at its commas. From the last piece back, names and offices
// belong to the subject, lead-ins ("In his turn", "Welcoming the guests", "According to X") do not.
#include "discourse/subject.h"

#include <algorithm>
#include <array>

#include "discourse/label_words.h"

namespace readout::discourse {
namespace {

enum class Kind : uint8_t { Name, Office, LeadIn };

/// `whole` without the auxiliaries and adverbs at its end ("X has said", "X also said");
/// `coordinated` if another verb stands before them ("X thanked Y and said").
Span without_auxiliaries(std::string_view text, Span whole, bool& coordinated) {
  const auto drop_last = [&](std::string_view word) {
    if (whole.size() <= word.size() + 1) return false;
    const uint32_t at = whole.end - static_cast<uint32_t>(word.size());
    for (size_t k = 0; k < word.size(); ++k) {
      if (lower(text[at + k]) != word[k]) return false;
    }
    if (wordish(text[at - 1])) return false;
    whole = trim(text, {whole.begin, at});
    return true;
  };
  coordinated = false;
  for (bool again = true; again && !whole.empty();) {
    again = false;
    for (const std::string_view word :
         {"has", "have", "had", "also", "then", "further", "later", "in turn", "in his turn",
          "in her turn", "subsequently", "again", "who", "and", "is", "was"}) {
      if (drop_last(word)) {
        again = true;
        coordinated = coordinated || word == "and";
      }
    }
    while (!whole.empty() && text[whole.end - 1] == ',') {
      whole = trim(text, {whole.begin, whole.end - 1});
      again = true;
    }
  }
  return whole;
}

/// "The minister thanked the President and said": the subject is that of the first verb.
Span before_first_verb(std::string_view text, Span whole, const Cues& cues) {
  WordStep step(text, whole);
  Span before = step.next();
  for (Span word = step.next(); !word.empty(); before = word, word = step.next()) {
    const std::string_view w = text.substr(word.begin, word.size());
    const LowerWord low(w);
    if (begins_upper(w) || cues.particle(low.view()) || cues.titles.has(low.view())) continue;
    if (cues.verbs.has(low.view()) || (w.size() > 4 && w.ends_with("ed")) || cues.past_tense(w)) {
      return trim(text, {whole.begin, before.end});
    }
  }
  return whole;
}

/// What a piece of the clause is, by its first words. `clause` is where the clause begins.
Kind kind_of(std::string_view text, Span part, uint32_t clause, const Cues& cues) {
  WordStep step(text, part);
  Span word = step.next();
  if (word.empty()) return Kind::LeadIn;
  std::string_view w = text.substr(word.begin, word.size());
  LowerWord low(w);
  if (is_pronoun_subject(low.view())) return Kind::Name;
  if (low.view() == "the" || low.view() == "a" || low.view() == "an" || low.view() == "his" ||
      low.view() == "her" || low.view() == "their") {
    return Kind::Office;
  }
  const bool title = cues.titles.has(low.view());
  const bool upper = begins_upper(w);
  if (title && !upper) return Kind::Office;
  if (!upper) return Kind::LeadIn;
  // A capital at the clause's beginning may only be the sentence's: "Welcoming the guests", "In
  // his turn".
  Span second = step.next();
  const bool at_begin = part.begin == clause;
  if (at_begin && !title) {
    if (second.empty())
      return w.size() > 4 && w.substr(w.size() - 3) == "ing" ? Kind::LeadIn : Kind::Name;
    const std::string_view s = text.substr(second.begin, second.size());
    const LowerWord slow(s);
    // "China's delegate"
    const bool owner = w.ends_with("'s") || w.ends_with("\xE2\x80\x99s");
    const bool name_like = begins_upper(s) || cues.particle(slow.view()) ||
                           (owner && (cues.titles.has(slow.view()) || slow.view() == "ambassador"));
    if (cues.leads_in(w)) return Kind::LeadIn;
    if (w.size() > 4 && w.substr(w.size() - 3) == "ing") return Kind::LeadIn;
    return name_like ? Kind::Name : Kind::LeadIn;
  }
  return title ? Kind::Office : Kind::Name;
}

/// A lead-in without a comma ("Closing the meeting the President said"): where its last capitalised
/// name or phrase with an article begins; the end of `part` if there is none.
uint32_t name_behind_lead_in(std::string_view text, Span part, const Cues& cues) {
  WordStep step(text, part);
  uint32_t begin = 0;
  bool open = false;
  for (Span word = step.next(); !word.empty(); word = step.next()) {
    const std::string_view w = text.substr(word.begin, word.size());
    const LowerWord low(w);
    const bool upper = begins_upper(w) && word.begin != part.begin;
    const bool article = low.view() == "the" && word.begin != part.begin;
    const bool pronoun = is_pronoun_subject(low.view());
    if (upper || article || pronoun || cues.titles.has(low.view())) {
      if (!open) begin = word.begin;
      open = true;
    } else if (!cues.particle(low.view())) {
      open = false;
    }
  }
  return open ? begin : part.end;
}

}  // namespace

Span subject_before(std::string_view text, uint32_t clause, uint32_t verb, const Cues& cues) {
  bool coordinated = false;
  Span whole = without_auxiliaries(text, trim(text, {clause, verb}), coordinated);
  if (whole.empty()) return whole;
  if (coordinated) whole = before_first_verb(text, whole, cues);
  // the pieces between commas outside brackets
  std::array<Span, 12> parts{};
  size_t n = 0;
  uint32_t from = whole.begin;
  int depth = 0;
  for (uint32_t i = whole.begin; i < whole.end && n + 1 < parts.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')') --depth;
    if (text[i] == ',' && depth <= 0) {
      parts[n++] = trim(text, {from, i});
      from = i + 1;
    }
  }
  parts[n++] = trim(text, {from, whole.end});

  const auto kind = [&](size_t k) { return kind_of(text, parts[k], whole.begin, cues); };
  // A name or office before the last piece belongs to the subject ("X, Foreign Minister of Y,
  // said"), and so does everything before a lead-in ("the Foreign Minister of Y, speaking first,
  // said").
  size_t first = n - 1;
  while (first > 0 && (kind(first - 1) != Kind::LeadIn || kind(first) == Kind::LeadIn)) --first;
  Span subject{parts[first].begin, whole.end};
  if (kind(first) == Kind::LeadIn) {
    subject.begin = name_behind_lead_in(text, parts[first], cues);
    if (subject.begin == parts[first].end) return {};
  }
  return subject;
}

}  // namespace readout::discourse
