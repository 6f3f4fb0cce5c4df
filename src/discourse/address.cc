// A name is a form of address if it stands behind "dear", or between commas or stops at the edge of
// one of the first sentences ("Thank you, X.", "X, I am glad"), and has a title or is written in
// capitals' case.
#include "discourse/address.h"

#include <algorithm>
#include <array>

#include "discourse/scan.h"

namespace readout::discourse {
namespace {

bool is_word(std::string_view text, Span word, std::string_view wanted) {
  if (word.size() != wanted.size()) return false;
  for (uint32_t i = 0; i < word.size(); ++i) {
    if (lower(text[word.begin + i]) != wanted[i]) return false;
  }
  return true;
}

/// Capitalised words from `at` on, with patronymic and name particles: end of the name, or `at`.
uint32_t name_end(std::string_view text, uint32_t at, uint32_t end) {
  uint32_t last = at;
  WordStep step(text, {at, end});
  uint32_t words = 0;
  for (Span word = step.next(); !word.empty() && words < 6; word = step.next(), ++words) {
    // Only blanks, or the stop of a title, between the words of a name.
    for (uint32_t i = last; i < word.begin; ++i) {
      if (text[i] != ' ' && !(text[i] == '.' && words == 1 && last - at <= 4))
        return last;  // "Mr. X"
    }
    const std::string_view w = text.substr(word.begin, word.size());
    const bool particle = words > 0 && (w == "oglu" || w == "qizi" || w == "ogly" || w == "kizi" ||
                                        w == "bin" || w == "al" || w == "de" || w == "van" ||
                                        w == "von" || w == "of" || w == "and" || w == "the");
    if (!begins_upper(w) && !particle) break;
    if (particle && (w == "of" || w == "and" || w == "the")) {
      continue;  // counts only if a capital follows
    }
    last = word.end;
  }
  return last;
}

void add(std::vector<Span>& list, Span span) {
  if (span.empty()) return;
  for (const Span other : list) {
    if (other.overlaps(span)) return;
  }
  list.push_back(span);
}

}  // namespace

void find_address(std::string_view text, const Cues& cues, Turn& turn) {
  if (!turn.direct) return;
  std::string lowered;
  // The first two sentences and the first 400 bytes.
  uint32_t stop = std::min(turn.span.end, turn.span.begin + 400);
  uint32_t second = sentence_end(text, turn.span.begin, stop);
  if (second < stop) second = sentence_end(text, skip_space(text, second, stop), stop);
  const Span opening{turn.span.begin, second};
  WordStep step(text, opening);
  Span before{opening.begin, opening.begin};
  bool before_dear = false;
  for (Span word = step.next(); !word.empty(); before = word, word = step.next()) {
    const bool dear = is_word(text, word, "dear");
    if (before_dear && begins_upper(text.substr(word.begin, 4))) {
      add(turn.addressee, {word.begin, name_end(text, word.begin, opening.end)});
    }
    before_dear = dear;
    if (!begins_upper(text.substr(word.begin, 4))) continue;
    // Between a comma (or the beginning) and a comma or stop.
    uint32_t left = word.begin;
    while (left > opening.begin && blank(text[left - 1])) --left;
    const bool opens =
        word.begin == opening.begin || text[left - 1] == ',' || text[left - 1] == '.';
    if (!opens) continue;
    const uint32_t end = name_end(text, word.begin, opening.end);
    if (end <= word.begin) continue;
    const char behind = end < opening.end ? text[end] : '.';
    if (behind != ',' && behind != '.' && behind != '!' && behind != '?') continue;
    const std::string_view first = lower_into(text.substr(word.begin, word.size()), lowered);
    const bool title = cues.titles.has(first) || first == "your" || first == "excellency" ||
                       first == "excellencies" || first == "madam" || first == "colleagues" ||
                       first == "ladies";
    const uint32_t words = [&] {
      WordStep inner(text, {word.begin, end});
      uint32_t n = 0;
      while (!inner.next().empty()) ++n;
      return n;
    }();
    // A bare name must stand behind a comma ("Thank you, Jen."); one that opens the turn needs a
    // title.
    const bool behind_comma = word.begin > opening.begin && text[left - 1] == ',';
    const bool ends_clause = behind == '.' || behind == '!' || behind == '?' || behind == ',';
    if ((title && (words >= 2 || first.size() > 6)) ||
        (behind_comma && ends_clause && words <= 4 && is_word(text, before, "you")) ||
        (behind_comma && is_word(text, before, "much"))) {
      add(turn.addressee, {word.begin, end});
    }
  }
  // "welcoming the guests", "addressing Minister X", "told the delegation"
  if (!turn.introduced_by.empty()) {
    static constexpr std::array<std::string_view, 8> kTowards = {
        "welcoming", "greeting",  "addressing",     "thanking",
        "answering", "receiving", "congratulating", "told"};
    WordStep intro(text, turn.introduced_by);
    for (Span word = intro.next(); !word.empty(); word = intro.next()) {
      bool towards = false;
      for (const auto cue : kTowards) towards = towards || is_word(text, word, cue);
      if (!towards) continue;
      const uint32_t begin = skip_space(text, word.end, turn.introduced_by.end);
      uint32_t end = begin;
      while (end < turn.introduced_by.end && text[end] != ',' && text[end] != ':' &&
             end - begin < 120)
        ++end;
      const Span whom = trim(text, {begin, end});
      if (!whom.empty() && !whom.overlaps(turn.speaker)) add(turn.addressee, whom);
    }
    for (const std::string_view cue : {"in the presence of ", "accompanied by ", "attended by "}) {
      const std::string_view said =
          text.substr(turn.introduced_by.begin, turn.introduced_by.size());
      const size_t at = said.find(cue);
      if (at == std::string_view::npos) continue;
      const uint32_t begin = turn.introduced_by.begin + static_cast<uint32_t>(at + cue.size());
      uint32_t end = begin;
      while (end < turn.introduced_by.end && text[end] != ',' && text[end] != ':') ++end;
      add(turn.also_present, trim(text, {begin, end}));
    }
  }
  std::sort(turn.addressee.begin(), turn.addressee.end());
}

}  // namespace readout::discourse
