#include "discourse/late_date.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "core/embedded.h"
#include "core/tsv.h"
#include "discourse/scan.h"

namespace readout::discourse {
namespace {

constexpr size_t kFirst = 12, kLast = 10;     // paragraphs looked at from the front and from the end
constexpr uint32_t kDatelineReach = 60;       // bytes before a date that runs into the text
constexpr uint32_t kClosingReach = 200;       // bytes of a closing formula

struct WordAt {
  std::string word;  // small letters
  Span span;
};

std::vector<WordAt> words_of(std::string_view text, Span span) {
  std::vector<WordAt> words;
  for (uint32_t i = span.begin; i < span.end;) {
    if (!wordish(text[i]) || typographic_mark(text, i) != 0) {
      ++i;
      continue;
    }
    WordAt word;
    word.span.begin = i;
    while (i < span.end && wordish(text[i]) && typographic_mark(text, i) == 0) word.word.push_back(lower(text[i++]));
    word.span.end = i;
    words.push_back(std::move(word));
  }
  return words;
}

uint32_t number_in(std::string_view digits) {
  uint32_t n = 0;
  const auto done = std::from_chars(digits.data(), digits.data() + digits.size(), n);
  return done.ec == std::errc() && done.ptr == digits.data() + digits.size() ? n : 0;
}

// The word at `i` (its first letter in either case), empty if it is none of the verbs that open a closing formula.
std::string_view formula_verb(std::string_view text, uint32_t i, uint32_t end) {
  for (const std::string_view verb : {"done", "signed", "given", "adopted", "issued", "concluded"}) {
    if (end - i > verb.size() && equals_lower(text.substr(i, verb.size()), verb) && !wordish(text[i + verb.size()])) return verb;
  }
  return {};
}

// Does a closing formula ("Done at ...", "Signed this ...") open at `i`?
bool is_formula(std::string_view text, uint32_t i, uint32_t end) {
  const std::string_view verb = formula_verb(text, i, end);
  if (verb.empty()) return false;
  const Span second = WordStep(text, {i + static_cast<uint32_t>(verb.size()), end}).next();
  const std::string_view word = text.substr(second.begin, second.size());
  return equals_lower(word, "at") || equals_lower(word, "in") || equals_lower(word, "on") || equals_lower(word, "this");
}

}  // namespace

LateDateReader::LateDateReader() {
  for_each_row(embedded("figures/numbers.tsv"), [&](const TsvRow& row) {
    const uint32_t n = number_in(row[2]);
    if (row[1] == "ordinal" && n >= 1 && n <= 31) ordinals_.add(row[0], n);
    if (row[1] == "ones") ones_.add(row[0], n + 1);
    if (row[1] == "tens") tens_.add(row[0], n);
  });
  for_each_row(embedded("discourse/months.tsv"), [&](const TsvRow& row) { months_.add(row[0], number_in(row[1])); });
}

std::optional<StatedTime> LateDateReader::find_spelled(std::string_view text, Span within) const {
  const std::vector<WordAt> words = words_of(text, within);
  const auto at = [&](size_t i) -> std::string_view { return i < words.size() ? std::string_view(words[i].word) : std::string_view(); };
  for (size_t i = 0; i < words.size(); ++i) {
    size_t next = i;
    uint32_t day = 0;
    const std::string_view first = at(i);
    if (!first.empty() && ascii_digit(first[0])) {
      size_t digits = 0;
      while (digits < first.size() && ascii_digit(first[digits])) ++digits;
      if (digits <= 2) day = number_in(first.substr(0, digits));
      next = i + 1;
    } else if (const uint32_t tens = tens_.find(first); tens == 20 || tens == 30) {
      day = tens + ordinals_.find(at(i + 1));
      next = i + 2;
      if (day == tens || day > 31) continue;
    } else {
      day = ordinals_.find(first);
      next = i + 1;
    }
    if (day == 0 || day > 31 || at(next) != "day") continue;
    ++next;
    if (at(next) == "of") ++next;
    if (at(next) == "the" && at(next + 1) == "month" && at(next + 2) == "of") next += 3;
    const uint32_t month = months_.find(at(next));
    if (month == 0) continue;
    ++next;
    // "in the year of our Lord", "of the year", "in the year"
    for (size_t skipped = 0; skipped < 7; ++skipped) {
      const std::string_view w = at(next);
      if (w == "in" || w == "the" || w == "year" || w == "of" || w == "our" || w == "lord") ++next;
      else break;
    }
    uint32_t year = 0;
    if (!at(next).empty() && ascii_digit(at(next)[0])) {
      year = number_in(at(next));
      ++next;
    } else {
      // "two thousand and eight", "nineteen hundred and ninety-six", "nineteen ninety-six"
      const auto below_hundred = [&](size_t k, size_t& end) -> uint32_t {
        if (const uint32_t tens = tens_.find(at(k)); tens != 0) {
          const uint32_t ones = ones_.find(at(k + 1));
          end = ones > 1 && ones <= 10 ? k + 2 : k + 1;
          return tens + (end == k + 2 ? ones - 1 : 0);
        }
        const uint32_t ones = ones_.find(at(k));
        end = ones > 0 ? k + 1 : k;
        return ones > 0 ? ones - 1 : 0;
      };
      size_t end = next;
      const uint32_t lead = below_hundred(next, end);
      if (lead == 0) continue;
      if (at(end) == "thousand") {
        year = lead * 1000;
        ++end;
        size_t more = end;
        if (const uint32_t hundreds = below_hundred(end, more); hundreds > 0 && at(more) == "hundred") {
          year += hundreds * 100;
          end = more + 1;
        }
      } else {
        year = lead * 100;
        if (at(end) == "hundred") ++end;
      }
      if (at(end) == "and") ++end;
      size_t last = end;
      year += below_hundred(end, last);
      next = last;
    }
    if (year < 1800 || year > 2199) continue;
    StatedTime time;
    time.year = static_cast<int>(year);
    time.month = static_cast<int>(month);
    time.day = static_cast<int>(day);
    time.span = {words[i].span.begin, words[std::min(next, words.size()) - 1].span.end};
    return time;
  }
  return std::nullopt;
}

std::optional<StatedTime> LateDateReader::closing(std::string_view text, Span span, const DateReader& dates) const {
  // The formula may be the last sentence of a longer paragraph.
  bool first = true;
  for (uint32_t i = span.begin; i < span.end; ++i) {
    if (!first && !ascii_upper(text[i])) continue;
    const bool begins = wordish(text[i]) && typographic_mark(text, i) == 0 && (i == span.begin || !wordish(text[i - 1]));
    if (!begins) continue;
    first = false;
    if (!is_formula(text, i, span.end)) continue;
    const Span rest{i, std::min(span.end, i + kClosingReach)};
    if (auto spelled = find_spelled(text, rest)) return spelled;
    if (auto date = dates.find(text, rest)) return date;
  }
  return std::nullopt;
}

std::optional<LateDate> LateDateReader::find(std::string_view text, const std::vector<Paragraph>& paragraphs, const DateReader& dates) const {
  const auto quiet = [&](const Paragraph& paragraph) { return paragraph.role == BlockRole::Navigation || paragraph.role == BlockRole::Boilerplate; };
  const size_t stop = std::min(paragraphs.size(), kFirst);
  for (size_t k = 0; k < stop; ++k) {
    const Span span = paragraphs[k].span;
    if (quiet(paragraphs[k]) || span.size() > 90) continue;
    const auto date = dates.find(text, span);
    if (!date) continue;
    size_t other = 0;
    for (const Span part : {Span{span.begin, date->span.begin}, Span{date->span.end, span.end}}) other += words_of(text, part).size();
    if (other <= 3) return LateDate{*date, k, true};
  }
  // "Place, date (agency). Text": a stop, a dash or a bracket right behind the date.
  for (size_t k = 0; k < stop; ++k) {
    const Span span = paragraphs[k].span;
    if (quiet(paragraphs[k])) continue;
    const auto date = dates.find(text, {span.begin, std::min(span.end, span.begin + kDatelineReach + 30)});
    if (!date || date->span.begin - span.begin > kDatelineReach) continue;
    const Span before = {span.begin, date->span.begin};
    const std::vector<WordAt> place = words_of(text, before);
    const bool capital = std::all_of(place.begin(), place.end(), [&](const WordAt& w) { return !ascii_lower(text[w.span.begin]); });
    uint32_t behind = skip_space(text, date->span.end, span.end);
    if (place.empty() || place.size() > 4 || !capital || behind >= span.end) continue;
    const uint32_t mark = typographic_mark(text, behind);
    if (text[behind] == '(' || text[behind] == '.' || text[behind] == '-' || text[behind] == ':' || text[behind] == '/' || mark == 3) return LateDate{*date, k, false};
  }
  for (size_t back = 1; back <= std::min(paragraphs.size(), kLast); ++back) {
    const size_t k = paragraphs.size() - back;
    if (quiet(paragraphs[k])) continue;
    if (const auto date = closing(text, paragraphs[k].span, dates)) return LateDate{*date, k, false};
    const Span span = paragraphs[k].span;
    if (span.size() > 60) continue;
    // a line "Port Laval, 3 March 1997" below the text
    const auto date = dates.find(text, span);
    if (!date) continue;
    size_t other = 0;
    for (const Span part : {Span{span.begin, date->span.begin}, Span{date->span.end, span.end}}) other += words_of(text, part).size();
    if (other <= 3) return LateDate{*date, k, true};
  }
  return std::nullopt;
}

}  // namespace readout::discourse
