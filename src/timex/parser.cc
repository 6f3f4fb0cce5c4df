// Small parts: looking at atoms, clocks and zones, durations, years, and how a date without its year finds it.
#include "timex/parser.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/utf8.h"

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
  if (!number(i) && i < size() &&
      (atoms_[i].mask & 0xFFU) == 0 && !any(i, {"a", "an"}) && atoms_[i].mark < 0x80) {
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
  const bool doubtful = any(i, {"may", "march", "mar", "dec", "jan", "sep", "nov", "oct", "jun", "jul", "apr", "aug", "feb"});
  const uint32_t next = skip_stop(i + 1);
  const bool number_near = (number(next) && atoms_[next].digits <= 4) || (i > 0 && number(i - 1) && atoms_[i - 1].digits <= 2) ||
                           (i > 1 && number(i - 2) && mark(i - 1, '-')) ||
                           (has(next, kNumOrdinal) && !is(next, "second")) || (is(next, "the") && read_ordinal(text_, atoms_, next + 1, words_.lexicon)) ||
                           (i > 1 && number(i - 2) && any(i - 1, {"th", "st", "nd", "rd", "of"})) || (i > 0 && has(i - 1, kNumOrdinal)) ||
                           (i > 1 && has(i - 2, kNumOrdinal) && is(i - 1, "of")) ||
                           (mark(next, ',') && number(next + 1, 4)) || (mark(next, '/') && number(next + 1)) || (mark(next, '-') && number(next + 1));
  if (number_near) return true;
  if (is(i, "august") && !upper(i) && (i == 0 || !any(i - 1, {"in", "since", "until", "of", "by", "to", "the"}) || (word(next) && !has(next, kPreposition) && !has(next, kTense)))) return false;
  if (!any(i, {"may", "march"})) {
    if (doubtful) return upper(i) && (i == 0 || has(i - 1, kPreposition) || has(i - 1, kMod) || has(i - 1, kRel));
    return true;
  }
  if (!upper(i)) return i > 0 && any(i - 1, {"in", "since", "until", "early", "late", "mid", "next", "last"});
  if (i == 0) return is(next, "of") && number(next + 1, 4);
  if (mark(i - 1, '-') && i > 1 && is(i - 2, "mid")) return true;
  if (!any(i - 1, {"in", "since", "until", "till", "by", "of", "from", "to", "early", "late", "mid", "next", "last", "this",
                   "between", "during", "through", "before", "after", "for", "end", "and"})) {
    return false;
  }
  if (is(i - 1, "and")) return i > 1 && has(i - 2, kMonth);
  return !(any(i - 1, {"to", "of"}) && is(i, "march") && any(next, {"on", "to", "against", "through"}));
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
    if (dated || (i > 0 && any(i - 1, {"on", "next", "last", "this", "until", "till", "by"})) || (next > i + 1 && is(i, "tues"))) {
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

// ------------------------------------------------------------------------------- durations

std::string value_of(const Duration& duration) {
  constexpr std::array<const char*, 12> kLetters = {"S", "M", "H", "D", "W", "M", "Q", "Y", "Y", "Y", "Y", "WE"};
  constexpr std::array<int, 12> kTimes = {1, 1, 1, 1, 1, 1, 1, 1, 10, 100, 1000, 1};
  std::string out = "P";
  bool timed = false;
  const auto number = [&](double n) {
    if (n == std::floor(n) && n < 1e9) {
      append_number(out, static_cast<int32_t>(n), 1);
      return;
    }
    auto hundredths = static_cast<int32_t>(std::lround(n * 100));
    append_number(out, hundredths / 100, 1);
    out += '.';
    append_number(out, hundredths % 100 % 10 == 0 ? hundredths % 100 / 10 : hundredths % 100, hundredths % 10 == 0 ? 1 : 2);
  };
  for (const Duration::Amount& amount : duration.amounts) {
    const auto u = static_cast<size_t>(amount.unit);
    if (amount.unit <= Unit::Hour && !timed) {
      out += 'T';
      timed = true;
    }
    if (duration.vague) {
      out += 'X';
      out += amount.unit == Unit::Decade ? "DE" : amount.unit == Unit::Century ? "CE" : kLetters[u];
      continue;
    }
    double n = amount.n * kTimes[u];
    if (amount.unit == Unit::Year && n == 0.5) {
      out += "6M";
      continue;
    }
    if (amount.unit == Unit::Quarter) {
      number(n * 3);
      out += 'M';
      continue;
    }
    if (amount.unit == Unit::Hour && n < 1 && n * 60 == std::floor(n * 60)) {
      number(n * 60);
      out += 'M';
      continue;
    }
    number(n);
    out += kLetters[u];
  }
  return out;
}

// "two years", "an hour and a half", "3 hours 20 minutes", "58-year", "half a year".
std::optional<Duration> Parser::amounts(uint32_t i, bool article, uint32_t& next, bool& compound) const {
  Duration d;
  compound = false;
  uint32_t at = i;
  bool bare_second = false;
  for (int part = 0; part < 3; ++part) {
    double n = 0;
    bool vague = false;
    uint32_t behind = at;
    bool one = false;
    if (is(at, "half") && (any(at + 1, {"a", "an"}))) {
      n = 0.5;
      behind = at + 2;
    } else if (is(at, "half") && mark(at + 1, '-') && any(at + 2, {"hour", "year", "day"})) {
      n = 0.5;
      behind = at + 2;
    } else if (const auto read = numeral(at, article && part == 0)) {
      n = read->value;
      behind = read->next;
      // "thirty (30) days", as agreements write
      if (mark(behind, '(') && number(behind + 1) && mark(behind + 2, ')') && num(behind + 1) == static_cast<int32_t>(read->value)) behind += 3;
      vague = read->vague_group;
      if (read->vague_group && is(behind, "of")) ++behind;
      one = read->value == 1 && !read->digits;
      if (read->grouped && read->value > 1e6) return std::nullopt;
    } else if (article && part == 0 && any(at, {"a", "an"}) && !has(at + 1, kNumVague)) {
      n = 1;
      one = true;
      behind = at + 1;
    } else if (part == 0 && (has(at, kNumVague) || (article && is(at, "a") && any(at + 1, {"few", "couple"})) || is(at, "couple"))) {
      behind = at;
      if (is(behind, "a")) ++behind;
      if (is(behind, "couple")) {
        n = 2;
        ++behind;
        if (is(behind, "of")) ++behind;
      } else {
        vague = true;
        ++behind;
      }
    } else {
      break;
    }
    // "half an hour" within "one and a half hours" is read by the numeral; "two-week", "twelve-year"
    uint32_t u = behind;
    bool hyphen = false;
    if (mark(u, '-') && !(u + 1 < size() && !glued(u) && !glued(u + 1))) {
      hyphen = true;
      ++u;
    } else {
      if (is(u, "of") && vague) ++u;
      while (has(u, kAdjective) && u < behind + 2) ++u;
    }
    uint32_t behind_unit = 0;
    const auto found = unit(u, behind_unit);
    if (!found) break;
    if (has(u, kUnitShort) && !number(at)) break;
    if (has(u, kUnitShort) && is(u, "h") && upper(u)) break;
    if (*found == Unit::Second && (is(at, "a") || (hyphen && !has(u, kUnits)))) break;
    if (*found == Unit::Second && one && is(u, "second")) bare_second = true;
    if (has(u, kFortnight)) n *= 2;
    if (has(u, kUnit) && n > 1 && !hyphen && !has(u, kFortnight) && !vague && *found != Unit::Day) {
      // "2 quarter", "three year" are written so in headlines; a number before a singular noun else is none
      if (*found == Unit::Quarter || *found == Unit::Second || *found == Unit::Century) break;
    }
    d.vague = d.vague || vague;
    d.amounts.push_back({n, *found});
    next = behind_unit;
    if (hyphen) {
      compound = true;
      break;
    }
    // "an hour and a half"
    if (is(next, "and") && ((is(next + 1, "a") && any(next + 2, {"half", "quarter"})) || is(next + 1, "half"))) {
      const bool quarter = is(next + 2, "quarter");
      uint32_t unused = 0;
      const uint32_t after = is(next + 1, "half") ? next + 2 : next + 3;
      if (!unit(after, unused)) {
        d.amounts.back().n += quarter ? 0.25 : 0.5;
        next = after;
      }
    }
    at = next;
    if (mark(at, ',') && number(at + 1)) {
      ++at;
    } else if (is(at, "and")) {
      ++at;
    } else if (!number(at) && !has(at, kNumOnes) && !has(at, kNumTens)) {
      break;
    }
    // a smaller unit may follow
    const auto more = numeral(at, false);
    uint32_t unused = 0;
    if (!more) break;
    const auto smaller = unit(more->next, unused);
    if (!smaller || *smaller >= *found) break;
  }
  if (d.amounts.empty() || (bare_second && d.amounts.size() == 1 && !is(i, "one"))) return std::nullopt;
  return d;
}

// ----------------------------------------------------------------------------- clock and zone

uint32_t Parser::meridiem(uint32_t i, int32_t& add) const {
  if (has(i, kMeridiem)) {
    add = value(i, kMeridiem);
    return skip_stop(i + 1);
  }
  if (any(i, {"a", "p"}) && mark(i + 1, '.') && is(i + 2, "m")) {
    add = is(i, "p") ? 12 : 0;
    return mark(i + 3, '.') ? i + 4 : i + 3;
  }
  return 0;
}

uint32_t Parser::zone(uint32_t i, When& when) const {
  uint32_t at = i;
  const bool open = mark(at, '(');
  if (open) ++at;
  uint32_t end = 0;
  int32_t offset = kNo;
  const auto signed_offset = [&](uint32_t from) -> uint32_t {
    uint32_t s = from;
    if (!(mark(s, '+') || mark(s, '-')) || !number(s + 1)) return 0;
    const int32_t sign = mark(s, '+') ? 1 : -1;
    const Atom& n = atoms_[s + 1];
    if (n.digits > 4 || !glued(s + 1)) return 0;
    int32_t h = num(s + 1), m = 0;
    uint32_t behind = s + 2;
    if (n.digits > 2) {
      m = h % 100;
      h /= 100;
    } else if (mark(behind, ':') && number(behind + 1, 2)) {
      m = num(behind + 1);
      behind += 2;
    }
    if (h > 14 || m > 59) return 0;
    offset = sign * (h * 60 + m);
    return is(behind, "h") ? behind + 1 : behind;
  };
  if (is(at, "local") && is(at + 1, "time")) {
    at += 2;
    end = at;
    if (mark(at, '(')) {
      When inner;
      const uint32_t behind = zone(at, inner);
      if (behind > 0) {
        when.zone_min = inner.zone_min;
        return behind;
      }
    }
    if (open) return 0;
    return end;
  }
  if (any(at, {"utc", "gmt"})) {
    offset = 0;
    end = at + 1;
    if (const uint32_t behind = signed_offset(at + 1); behind > 0) end = behind;
  } else if (is(at, "z") && glued(at) && capitals(at)) {
    offset = 0;
    end = at + 1;
  } else if (const uint32_t behind = signed_offset(at);
             behind > 0 && (number(at + 1, 4) || (number(at + 1, 2) && mark(at + 2, ':'))) && number(at - 1)) {
    end = behind;
  } else if (const auto hit = words_.zones.match(text_, atoms_, at)) {
    if (hit->next == at + 1 && !capitals(at) && !any(at, {"utc", "gmt", "est", "pst", "eastern"})) return 0;
    offset = static_cast<int32_t>(hit->value) - 10000;
    end = hit->next;
    if (is(end, "time")) ++end;
  } else if (upper(at) && is(at + 1, "time") && !has(at, kArticle) && !open) {
    return at + 2;  // "Kyiv time": a zone whose offset we don't know
  }
  if (end == 0) return 0;
  if (open) {
    if (!mark(end, ')')) return 0;
    ++end;
  }
  when.zone_min = offset;
  return end;
}

// "20 past eight", "fifteen minutes to 9 o'clock", "5 in the morning" (up to the preposition).
uint32_t Parser::clock_words(uint32_t i, int32_t& h, int32_t& m) const {
  const auto n = numeral(i, false);
  if (!n || n->decimals > 0 || n->fraction || n->scaled || n->value < 1 || n->value > 59) return 0;
  uint32_t at = n->next;
  if (any(at, {"minutes", "min", "minute"})) ++at;
  if (any(at, {"past", "to"}) && (at > n->next || is(at, "past")) && (number(at + 1) || has(at + 1, kNumOnes))) {
    const auto hour = numeral(at + 1, false);
    if (!hour || hour->value < 1 || hour->value > 12 || hour->decimals > 0 || hour->fraction || hour->scaled) return 0;
    h = static_cast<int32_t>(hour->value);
    m = static_cast<int32_t>(n->value);
    if (is(at, "to")) {
      m = 60 - m;
      h = h == 1 ? 12 : h - 1;
    }
    at = hour->next;
    if (is(at, "o") && mark(at + 1, '\'') && is(at + 2, "clock")) at += 3;
    return at;
  }
  if (n->value <= 12 && n->next == i + 1 && is(n->next, "in") && is(n->next + 1, "the") && any(n->next + 2, {"morning", "afternoon", "evening"})) {
    h = static_cast<int32_t>(n->value);
    m = kNo;
    return n->next;
  }
  return 0;
}

// Reads "19:30", "7 p.m.", "0800 UTC", "noon", "half past seven". `loose`: also "13.15" and a bare hour
// with what follows it ("5 in the afternoon").
uint32_t Parser::clock(uint32_t i, When& when, bool loose) const {
  uint32_t end = 0;
  int32_t h = kNo, m = kNo, s = kNo, add = 0;
  if (has(i, kClock)) {
    h = value(i, kClock);
    m = 0;
    end = i + 1;
  } else if (const uint32_t spoken = clock_words(i, h, m); spoken > 0) {
    end = spoken;
    if (const uint32_t behind = meridiem(end, add); behind > 0 && h <= 12) {
      h = h % 12 + add;
      end = behind;
    }
  } else if (number(i) && atoms_[i].digits <= 2) {
    h = num(i);
    if (h == 12 && has(i + 1, kClock)) {
      h = value(i + 1, kClock);
      m = 0;
      end = i + 2;
    } else if (mark(i + 1, ':') && glued(i + 1) && number(i + 2, 2) && glued(i + 2)) {
      m = num(i + 2);
      end = i + 3;
      if (mark(end, ':') && glued(end) && number(end + 1, 2) && glued(end + 1)) {
        s = num(end + 1);
        end += 2;
        if (mark(end, '.') && glued(end) && number(end + 1) && glued(end + 1)) end += 2;
      }
      if (const uint32_t behind = meridiem(end, add); behind > 0 && h <= 12) {
        h = h % 12 + add;
        end = behind;
      } else if (any(end, {"hours", "hrs", "hour", "h"})) {
        ++end;
      }
    } else if (mark(i + 1, '.') && glued(i + 1) && number(i + 2, 2) && glued(i + 2)) {
      const uint32_t behind = meridiem(i + 3, add);
      const bool hours = any(i + 3, {"hours", "hrs", "h"});
      if (behind == 0 && !hours && !loose) return 0;
      m = num(i + 2);
      end = i + 3;
      if (behind > 0 && h <= 12) {
        h = h % 12 + add;
        end = behind;
      } else if (hours) {
        ++end;
      }
    } else if (const uint32_t behind = meridiem(i + 1, add); behind > 0) {
      if (h < 1 || h > 12) return 0;
      h = h % 12 + add;
      end = behind;
    } else if (is(i + 1, "o") && mark(i + 2, '\'') && is(i + 3, "clock")) {
      end = i + 4;
    } else if (loose && any(i + 1, {"a", "p"}) && glued(i + 1) && !(mark(i + 2, '.') && is(i + 3, "m")) && h >= 1 && h <= 12) {
      h = h % 12 + (is(i + 1, "p") ? 12 : 0);
      end = i + 2;
    } else if (mark(i + 1, '.') && glued(i + 1)) {
      const uint32_t dotted = meridiem(i + 2, add);
      if (dotted == 0 || h < 1 || h > 12) return 0;
      h = h % 12 + add;
      end = dotted;
    } else {
      return 0;
    }
  } else if (number(i, 4)) {
    const int32_t v = num(i);
    if (v / 100 > 24 || v % 100 > 59) return 0;
    if (any(i + 1, {"hours", "hrs"}) || (any(i + 1, {"utc", "gmt", "z"}) && capitals(i + 1)) ||
        (has(i + 1, kZone) && capitals(i + 1) && loose)) {
      end = any(i + 1, {"hours", "hrs"}) ? i + 2 : i + 1;
    } else if (const uint32_t behind = meridiem(i + 1, add); behind > 0 && v / 100 <= 12) {
      h = v / 100 % 12 + add;
      end = behind;
    } else {
      return 0;
    }
    if (h == kNo) h = v / 100;
    m = v % 100;
  } else if (any(i, {"half", "quarter"}) || (is(i, "a") && is(i + 1, "quarter"))) {
    uint32_t at = is(i, "a") ? i + 1 : i;
    const bool half = is(at, "half");
    if (!any(at + 1, {"past", "to"}) || (half && is(at + 1, "to"))) return 0;
    const bool to = is(at + 1, "to");
    const auto hour = numeral(at + 2, false);
    if (!hour || hour->value < 1 || hour->value > 12 || hour->value != std::floor(hour->value)) return 0;
    h = static_cast<int32_t>(hour->value);
    m = half ? 30 : to ? 45 : 15;
    if (to) h = h == 1 ? 12 : h - 1;
    end = hour->next;
    if (is(end, "o") && mark(end + 1, '\'')) end += 3;
    if (const uint32_t behind = meridiem(end, add); behind > 0) {
      h = h % 12 + add;
      end = behind;
    }
  } else if (has(i, kNumOnes)) {
    const int32_t v = value(i, kNumOnes);
    if (v < 1 || v > 12) return 0;
    if (is(i + 1, "o") && mark(i + 2, '\'') && is(i + 3, "clock")) {
      end = i + 4;
      h = v;
    } else if (const uint32_t behind = meridiem(i + 1, add); behind > 0 && (mark(i + 2, '.') || behind > i + 2 || has(i + 1, kMeridiem)) && !is(i + 1, "am")) {
      h = v % 12 + add;
      end = behind;
    } else {
      return 0;
    }
  } else {
    return 0;
  }
  if (h == kNo || h > 24 || (m != kNo && m > 59) || (s != kNo && s > 60)) return 0;
  // "5 o'clock in the afternoon", "8:00 in the evening"
  if (is(end, "in") && is(end + 1, "the") && has(end + 2, kPart) && h <= 12) {
    const auto part = static_cast<Part>(value(end + 2, kPart));
    if ((part == Part::Afternoon || part == Part::Evening) && h < 12) h += 12;
    end += 3;
  }
  when.hour = h;
  when.minute = m == kNo ? 0 : m;
  when.second = s;
  when.part = Part::None;
  when.gran = Gran::Time;
  if (const uint32_t behind = zone(end, when); behind > 0) end = behind;
  return end;
}

uint32_t Parser::day_part(uint32_t i, When& when) const {
  uint32_t at = i;
  if (any(at, {"early", "late"}) && has(at + 1, kPart)) ++at;
  if (!has(at, kPart)) return 0;
  when.part = static_cast<Part>(value(at, kPart));
  when.gran = Gran::Time;
  return at + 1;
}

// -------------------------------------------------------------------------------- years

// Is the number at `i` (4 digits, ends at `next`) a year rather than a count?
bool Parser::year_fits(uint32_t i, uint32_t next, bool strong) const {
  const int32_t y = num(i);
  if (y < 1000 || y > 2199) return false;
  if (i > 0 && glued(i) && !mark(i - 1, '(') && !mark(i - 1, '[') && !mark(i - 1, '"') && !mark(i - 1, '\'') && !mark(i - 1, '-') && !mark(i - 1, '/')) return false;
  if (glued(next) && next < size()) {
    const Atom& a = atoms_[next];
    if (a.kind != AtomKind::Mark) return false;
    if ((a.mark == '.' || a.mark == ',' || a.mark == ':') && glued(next + 1) && number(next + 1)) return false;
    if (a.mark == '%' || a.mark == '/' ) return a.mark == '/' && number(next + 1, 2);
  }
  if (i > 0) {
    if (has(i - 1, kNumbered) || mark(i - 1, '$') || mark(i - 1, 0x20AC) || mark(i - 1, 0xA3) || mark(i - 1, '#') || mark(i - 1, 0x2116)) return false;
    if (mark(i - 1, '.') && i > 1 && has(i - 2, kNumbered)) return false;
    if (has(i - 1, kComparator) && !any(i - 1, {"about", "around", "circa", "over"})) {
      if (any(i - 1, {"some", "nearly", "almost", "approximately", "roughly", "than", "least", "exactly", "just", "only"})) return false;
    }
    if (is(i - 1, "than") || is(i - 1, "least") || is(i - 1, "most")) return false;
  }
  if (has(next, kCountNoun) || has(next, kUnits) || has(next, kNumScale)) return false;
  if (strong) return true;
  if (i > 0) {
    if (has(i - 1, kPreposition) || has(i - 1, kMod) || has(i - 1, kMonth) || mark(i - 1, '(') || any(i - 1, {"year", "the", "spring", "summer", "autumn", "winter", "fall"})) {
      if (is(i - 1, "about") || is(i - 1, "around") || is(i - 1, "over") || is(i - 1, "of") || is(i - 1, "to") || is(i - 1, "the")) {
        return y >= 1700 && y <= 2060;
      }
      return true;
    }
  }
  return y >= 1800 && y <= 2060;
}

uint32_t Parser::relative_year(uint32_t i, int32_t& year) const {
  uint32_t at = i;
  if (mark(at, ',')) return 0;
  if (any(at, {"of", "in"})) ++at;
  at = skip_the(at);
  if (!has(at, kRel) || !is(at + 1, "year")) return 0;
  const auto ref = reference();
  if (!ref) return 0;
  const int32_t now = civil(*ref).year;
  switch (value(at, kRel)) {
    case kThis: case kCurrent: year = now; break;
    case kNext: case kComing: year = now + 1; break;
    case kLast: year = now - 1; break;
    case kPrevious: case kFollowing: case kSame: case kThat: {
      const auto last = told_last();
      if (!last || last->year == kNo) return 0;
      year = last->year + (value(at, kRel) == kFollowing ? 1 : value(at, kRel) == kPrevious ? -1 : 0);
      break;
    }
    default: return 0;
  }
  return at + 2;
}

// What may follow a month or a day: ", 2021", " 2021", " of 2021", " last year", " '21".
uint32_t Parser::year_tail(uint32_t i, When& when, Expression& e) const {
  uint32_t at = i;
  if (mark(at, ',')) ++at;
  if (any(at, {"of", "in"}) && at == i) ++at;
  if (is(at, "the") && is(at + 1, "year") && number(at + 2, 4)) at += 2;
  if (number(at, 4)) {
    const int32_t y = num(at);
    const bool clock_time = mark(at + 1, ':') || any(at + 1, {"hours", "hrs"});
    if (y >= 1000 && y <= 2199 && !clock_time && !(glued(at + 1) && at + 1 < size() && atoms_[at + 1].kind != AtomKind::Mark) &&
        !(mark(at + 1, ',') && glued(at + 1) && glued(at + 2) && number(at + 2, 3)) && !has(at + 1, kCountNoun)) {
      when.year = y;
      e.year_told = true;
      uint32_t end = at + 1;
      if (has(end, kEra) && capitals(end)) {
        if (value(end, kEra) == 0) when.year = 1 - y;
        ++end;
      }
      return end;
    }
    return 0;
  }
  if (mark(at, '\'') && number(at + 1, 2) && glued(at + 1)) {
    const int32_t y = num(at + 1);
    when.year = y < 50 ? 2000 + y : 1900 + y;
    e.year_told = true;
    return at + 2;
  }
  if (is(i, "of") && number(i + 1, 2) && when.gran == Gran::Month && num(i + 1) > 31) {
    when.year = 1900 + num(i + 1);
    e.year_told = true;
    return i + 2;
  }
  if ((has(at, kNumOnes) || has(at, kNumTens)) && !mark(i, ',')) {  // "two thousand and fifteen", "nineteen ninety-three"
    if (const auto words = numeral(at, false); words && !words->digits && !words->fraction) {
      if (words->value >= 1000 && words->value < 2200 && words->scaled) {
        when.year = static_cast<int32_t>(words->value);
        e.year_told = true;
        return words->next;
      }
      if (words->value >= 10 && words->value <= 20 && words->next == at + 1) {
        if (const auto rest = numeral(at + 1, false); rest && !rest->digits && rest->value >= 10 && rest->value < 100 && !rest->scaled) {
          when.year = static_cast<int32_t>(words->value * 100 + rest->value);
          e.year_told = true;
          return rest->next;
        }
      }
    }
  }
  int32_t y = 0;
  if (const uint32_t end = relative_year(i, y); end > 0) {
    when.year = y;
    e.year_told = true;
    e.why = "year told relative to the document's date";
    return end;
  }
  // "12th of October last"
  if (any(i, {"last", "next"}) && (i + 1 >= size() || atoms_[i + 1].kind == AtomKind::Mark) && when.month != kNo) {
    const auto ref = reference();
    if (!ref) return 0;
    const Ymd now = civil(*ref);
    const bool before = when.month < now.month || (when.month == now.month && (when.day == kNo || when.day < now.day));
    when.year = is(i, "last") ? (before ? now.year : now.year - 1) : (before ? now.year + 1 : now.year);
    e.year_told = true;
    return i + 1;
  }
  return 0;
}

// A day or month without its year: the clause's tense says on which side of the document's date it
// lies; without a tense the nearer one is taken. After a date that named another year, in
// the past, that year goes on.
void Parser::settle_year(When& when, uint32_t i, Expression& e) const {
  if (when.year != kNo) return;
  const auto ref = reference();
  Direction side = i > 0 && is(i - 1, "since") ? Direction::Past : direction(i);
  if (context_.last && context_.last_explicit && context_.last->year != kNo &&
      (!ref || (side == Direction::Past && context_.last->gran >= Gran::Month && context_.last->year < civil(*ref).year &&
                !(i > 0 && is(i - 1, "since"))))) {
    when.year = context_.last->year;
    // a story goes forward: "in November 2014 ... in March" is the next year's
    if (context_.last->month != kNo && when.month != kNo && when.month < context_.last->month - 1 && ref &&
        day_number(when.year + 1, when.month, 1) <= *ref) {
      ++when.year;
    }
    e.why = "year of the date told before";
    return;
  }
  if (!ref) return;
  const Ymd now = civil(*ref);
  // A deadline lies ahead unless the clause is far past: "the works listed in the annex before 1 November".
  const uint32_t before = i > 0 && is(i - 1, "the") ? i - 1 : i;
  if (is(i, "the") || before < i) {
    // "the May 27 seizure": the verb says nothing of when that was
    uint32_t end = is(i, "the") ? i + 1 : i;
    for (int k = 0; k < 3 && (number(end) || has(end, kMonth) || any(end, {"th", "st", "nd", "rd"})); ++k) ++end;
    if (when.day != kNo && word(end) && !has(end, kPreposition) && !has(end, kTense) && !has(end, kArticle) && !any(end, {"and", "when", "that", "he", "she", "it", "we", "they"})) {
      side = Direction::Unknown;
    }
  }
  if (before > 0 && is(i - 1, "in") && i > 1 && is(i - 2, "back")) side = Direction::Past;  // "back in October"
  const bool deadline = before > 0 && any(before - 1, {"by", "before", "until", "till", "than"});
  if (deadline && side == Direction::Past) side = Direction::Unknown;
  const auto begin_in = [&](int32_t year) -> DayNumber {
    When w = when;
    w.year = year;
    if (w.gran == Gran::Season) return day_number(year, w.sub * 3, 1);
    if (w.gran == Gran::Quarter) return day_number(year, (w.sub - 1) * 3 + 1, 1);
    if (w.gran == Gran::Half) return day_number(year, w.sub == 1 ? 1 : 7, 1);
    return day_number(year, w.month, w.day == kNo ? 1 : std::min(w.day, days_in_month(year, w.month)));
  };
  const int32_t length = when.gran == Gran::Season || when.gran == Gran::Quarter ? 91 : when.gran == Gran::Half ? 182
                         : when.day == kNo ? 30 : 1;
  switch (side) {
    case Direction::Past:
      when.year = begin_in(now.year) <= *ref ? now.year : now.year - 1;
      e.why = "the last one before the document's date: past tense";
      break;
    case Direction::Future:
      when.year = begin_in(now.year) + length > *ref ? now.year : now.year + 1;
      e.why = "the next one after the document's date: future tense";
      break;
    case Direction::Unknown: {
      int32_t best = INT32_MAX;
      for (const int32_t y : {now.year, now.year - 1, now.year + 1}) {
        const DayNumber begin = begin_in(y);
        int32_t gap = begin > *ref ? begin - *ref : std::max(0, *ref - (begin + length - 1));
        if (deadline && begin + length <= *ref) gap += 120;
        if (gap < best) {
          best = gap;
          when.year = y;
        }
      }
      e.why = "the one nearest to the document's date";
      break;
    }
  }
  e.anchor = iso(*ref);
}

void Parser::settle_weekday(When& when, int32_t wd, uint32_t i, Expression& e) const {
  when.gran = Gran::Day;
  const auto ref = reference();
  if (!ref) {
    when.weekday = wd;
    return;
  }
  const int32_t today = weekday(*ref);
  const int32_t back = (today - wd + 7) % 7, ahead = (wd - today + 7) % 7;
  DayNumber d = *ref;
  const bool until = i > 0 && any(i - 1, {"until", "till"});
  switch (until && direction(i) == Direction::Past ? Direction::Unknown : direction(i)) {
    case Direction::Past: d -= back; e.why = "the last such day up to the document's date: past tense"; break;
    case Direction::Future: d += ahead; e.why = "the next such day from the document's date: future tense"; break;
    case Direction::Unknown:
      d = back <= 4 ? d - back : d + ahead;
      e.why = "the such day nearest to the document's date";
      break;
  }
  e.anchor = iso(*ref);
  When day = When::day_of(d);
  day.hour = when.hour;
  day.minute = when.minute;
  day.part = when.part;
  if (when.timed()) day.gran = Gran::Time;
  when = day;
}

}  // namespace readout::timex
