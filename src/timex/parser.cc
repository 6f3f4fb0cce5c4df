// Looking at atoms: numbers, units, months and weekdays as words; what times are counted from.
#include "timex/parser.h"

#include <algorithm>

namespace readout::timex {

bool Parser::any(uint32_t i, std::initializer_list<std::string_view> words) const {
  return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return is(i, w); });
}

bool Parser::capitals(uint32_t i) const {
  if (!word(i)) return false;
  for (uint32_t b = atoms_[i].span.begin; b < atoms_[i].span.end; ++b) {
    if (text_[b] < 'A' || text_[b] > 'Z') return false;
  }
  return true;
}

std::optional<Numeral> Parser::numeral(uint32_t i, bool article) const {
  if (!number(i) && i < size() && (atoms_[i].mask & 0xFFU) == 0 && !any(i, {"a", "an"}) &&
      atoms_[i].mark < 0x80) {
    return std::nullopt;
  }
  NumeralOptions options;
  options.article = article;
  auto n = read_numeral(text_, atoms_, i, words_.lexicon, options);
  if (n && n->negative) return std::nullopt;
  return n;
}

std::optional<Unit> Parser::unit(uint32_t i, uint32_t& next) const {
  if (i >= size()) return std::nullopt;
  for (const uint8_t cls : {kUnit, kUnits, kUnitShort, kFortnight}) {
    if (!has(i, cls)) continue;
    next = cls == kUnitShort ? skip_stop(i + 1) : i + 1;
    return static_cast<Unit>(value(i, cls));
  }
  return std::nullopt;
}

// "May" and "March" are words of their own; the short forms of months and days are, too.
bool Parser::month_word(uint32_t i) const {
  if (!has(i, kMonth)) return false;
  const bool doubtful = any(i, {"may", "march", "mar", "dec", "jan", "sep", "nov", "oct", "jun",
                                "jul", "apr", "aug", "feb"});
  const uint32_t next = skip_stop(i + 1);
  const bool number_near =
      (number(next) && atoms_[next].digits <= 4) ||
      (i > 0 && number(i - 1) && atoms_[i - 1].digits <= 2) ||
      (i > 1 && number(i - 2) && mark(i - 1, '-')) ||
      (has(next, kNumOrdinal) && !is(next, "second")) ||
      (is(next, "the") && read_ordinal(text_, atoms_, next + 1, words_.lexicon)) ||
      (i > 1 && number(i - 2) && any(i - 1, {"th", "st", "nd", "rd", "of"})) ||
      (i > 0 && has(i - 1, kNumOrdinal)) || (i > 1 && has(i - 2, kNumOrdinal) && is(i - 1, "of")) ||
      (mark(next, ',') && number(next + 1, 4)) || (mark(next, '/') && number(next + 1)) ||
      (mark(next, '-') && number(next + 1));
  if (number_near) return true;
  if (is(i, "august") && !upper(i) &&
      (i == 0 || !any(i - 1, {"in", "since", "until", "of", "by", "to", "the"}) ||
       (word(next) && !has(next, kPreposition) && !has(next, kTense))))
    return false;
  if (!any(i, {"may", "march"})) {
    if (doubtful)
      return upper(i) &&
             (i == 0 || has(i - 1, kPreposition) || has(i - 1, kMod) || has(i - 1, kRel));
    return true;
  }
  if (!upper(i))
    return i > 0 && any(i - 1, {"in", "since", "until", "early", "late", "mid", "next", "last"});
  if (i == 0) return is(next, "of") && number(next + 1, 4);
  if (mark(i - 1, '-') && i > 1 && is(i - 2, "mid")) return true;
  if (!any(i - 1, {"in",      "since",  "until", "till", "by",   "of",   "from",    "to",
                   "early",   "late",   "mid",   "next", "last", "this", "between", "during",
                   "through", "before", "after", "for",  "end",  "and"})) {
    return false;
  }
  if (is(i - 1, "and")) return i > 1 && has(i - 2, kMonth);
  return !(any(i - 1, {"to", "of"}) && is(i, "march") &&
           any(next, {"on", "to", "against", "through"}));
}

std::optional<int32_t> Parser::weekday_word(uint32_t i, uint32_t& next) const {
  if (has(i, kWeekday)) {
    next = i + 1;
    return value(i, kWeekday);
  }
  if (has(i, kWeekdayShort) && (upper(i) || is(i, "tues") || is(i, "fri"))) {
    next = skip_stop(i + 1);
    const uint32_t behind = mark(next, ',') ? next + 1 : next;
    const bool dated = number(behind) || has(behind, kMonth);
    if (dated || (i > 0 && any(i - 1, {"on", "next", "last", "this", "until", "till", "by"})) ||
        (next > i + 1 && is(i, "tues"))) {
      return value(i, kWeekdayShort);
    }
  }
  return std::nullopt;
}

std::optional<DayNumber> Parser::reference() const {
  if (!context_.reference) return std::nullopt;
  const auto interval = interval_of(*context_.reference);
  if (!interval) return std::nullopt;
  return interval->from;
}

std::optional<When> Parser::told_last() const {
  if (context_.last && context_.last->resolved()) return context_.last;
  return context_.reference;
}

}  // namespace readout::timex
