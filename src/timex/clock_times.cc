// Clock times by themselves: hours and minutes in digits or words, halves of the day, zones, parts
// of the day.
#include <cmath>

#include "timex/parser.h"

namespace readout::timex {

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
             behind > 0 && (number(at + 1, 4) || (number(at + 1, 2) && mark(at + 2, ':'))) &&
             number(at - 1)) {
    end = behind;
  } else if (const auto hit = words_.zones.match(text_, atoms_, at)) {
    if (hit->next == at + 1 && !capitals(at) && !any(at, {"utc", "gmt", "est", "pst", "eastern"}))
      return 0;
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
  if (any(at, {"past", "to"}) && (at > n->next || is(at, "past")) &&
      (number(at + 1) || has(at + 1, kNumOnes))) {
    const auto hour = numeral(at + 1, false);
    if (!hour || hour->value < 1 || hour->value > 12 || hour->decimals > 0 || hour->fraction ||
        hour->scaled)
      return 0;
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
  if (n->value <= 12 && n->next == i + 1 && is(n->next, "in") && is(n->next + 1, "the") &&
      any(n->next + 2, {"morning", "afternoon", "evening"})) {
    h = static_cast<int32_t>(n->value);
    m = kNo;
    return n->next;
  }
  return 0;
}

// Reads "19:30", "7 p.m.", "0800 UTC", "noon", "half past seven". `loose`: also "13.15" and a bare
// hour with what follows it ("5 in the afternoon").
uint32_t Parser::clock(uint32_t i, When& when, bool loose) const {
  Clock c;
  uint32_t end = 0;
  if (has(i, kClock)) {
    c.hour = value(i, kClock);
    c.minute = 0;
    end = i + 1;
  } else if (const uint32_t spoken = clock_words(i, c.hour, c.minute); spoken > 0) {
    end = half_of_day(spoken, c);
  } else if (number(i) && atoms_[i].digits <= 2) {
    end = clock_digits(i, loose, c);
  } else if (number(i, 4)) {
    end = clock_four_digits(i, loose, c);
  } else if (any(i, {"half", "quarter"}) || (is(i, "a") && is(i + 1, "quarter"))) {
    end = clock_quarter(i, c);
  } else if (has(i, kNumOnes)) {
    end = clock_hour_word(i, c);
  }
  if (end == 0 || c.hour == kNo || c.hour > 24 || (c.minute != kNo && c.minute > 59) ||
      (c.second != kNo && c.second > 60))
    return 0;
  // "5 o'clock in the afternoon", "8:00 in the evening"
  if (is(end, "in") && is(end + 1, "the") && has(end + 2, kPart) && c.hour <= 12) {
    const auto part = static_cast<Part>(value(end + 2, kPart));
    if ((part == Part::Afternoon || part == Part::Evening) && c.hour < 12) c.hour += 12;
    end += 3;
  }
  when.hour = c.hour;
  when.minute = c.minute == kNo ? 0 : c.minute;
  when.second = c.second;
  when.part = Part::None;
  when.gran = Gran::Time;
  if (const uint32_t behind = zone(end, when); behind > 0) end = behind;
  return end;
}

// "p.m." behind an hour of up to 12 moves it; the end, `at` if there is none.
uint32_t Parser::half_of_day(uint32_t at, Clock& c) const {
  int32_t add = 0;
  const uint32_t behind = meridiem(at, add);
  if (behind == 0 || c.hour > 12) return at;
  c.hour = c.hour % 12 + add;
  return behind;
}

// "19:30:05", "13.15 hours", "7 p.m.", "7.p.m.", "12 noon", "5 o'clock", "7p"
uint32_t Parser::clock_digits(uint32_t i, bool loose, Clock& c) const {
  int32_t add = 0;
  c.hour = num(i);
  if (c.hour == 12 && has(i + 1, kClock)) {
    c.hour = value(i + 1, kClock);
    c.minute = 0;
    return i + 2;
  }
  if (mark(i + 1, ':') && glued(i + 1) && number(i + 2, 2) && glued(i + 2)) {
    c.minute = num(i + 2);
    uint32_t end = i + 3;
    if (mark(end, ':') && glued(end) && number(end + 1, 2) && glued(end + 1)) {
      c.second = num(end + 1);
      end += 2;
      if (mark(end, '.') && glued(end) && number(end + 1) && glued(end + 1)) end += 2;
    }
    const uint32_t behind = half_of_day(end, c);
    return behind == end && any(end, {"hours", "hrs", "hour", "h"}) ? end + 1 : behind;
  }
  if (mark(i + 1, '.') && glued(i + 1) && number(i + 2, 2) && glued(i + 2)) {
    const bool hours = any(i + 3, {"hours", "hrs", "h"});
    if (meridiem(i + 3, add) == 0 && !hours && !loose) return 0;
    c.minute = num(i + 2);
    const uint32_t behind = half_of_day(i + 3, c);
    return behind == i + 3 && hours ? i + 4 : behind;
  }
  if (meridiem(i + 1, add) > 0) return c.hour < 1 || c.hour > 12 ? 0 : half_of_day(i + 1, c);
  if (is(i + 1, "o") && mark(i + 2, '\'') && is(i + 3, "clock")) return i + 4;
  if (loose && any(i + 1, {"a", "p"}) && glued(i + 1) && !(mark(i + 2, '.') && is(i + 3, "m")) &&
      c.hour >= 1 && c.hour <= 12) {
    c.hour = c.hour % 12 + (is(i + 1, "p") ? 12 : 0);
    return i + 2;
  }
  if (mark(i + 1, '.') && glued(i + 1) && meridiem(i + 2, add) > 0 && c.hour >= 1 && c.hour <= 12)
    return half_of_day(i + 2, c);
  return 0;
}

// "0800 UTC", "1930 hours", "0730 am"
uint32_t Parser::clock_four_digits(uint32_t i, bool loose, Clock& c) const {
  const int32_t v = num(i);
  if (v / 100 > 24 || v % 100 > 59) return 0;
  c.hour = v / 100;
  c.minute = v % 100;
  if (any(i + 1, {"hours", "hrs"})) return i + 2;
  const bool universal = any(i + 1, {"utc", "gmt", "z"}) && capitals(i + 1);
  if (universal || (loose && has(i + 1, kZone) && capitals(i + 1))) return i + 1;
  const uint32_t behind = half_of_day(i + 1, c);
  return behind == i + 1 ? 0 : behind;
}

// "half past seven", "a quarter to nine"
uint32_t Parser::clock_quarter(uint32_t i, Clock& c) const {
  const uint32_t at = is(i, "a") ? i + 1 : i;
  const bool half = is(at, "half"), to = is(at + 1, "to");
  if (!any(at + 1, {"past", "to"}) || (half && to)) return 0;
  const auto hour = numeral(at + 2, false);
  if (!hour || hour->value < 1 || hour->value > 12 || hour->value != std::floor(hour->value))
    return 0;
  c.hour = static_cast<int32_t>(hour->value);
  c.minute = half ? 30 : to ? 45 : 15;
  if (to) c.hour = c.hour == 1 ? 12 : c.hour - 1;
  uint32_t end = hour->next;
  if (is(end, "o") && mark(end + 1, '\'')) end += 3;
  return half_of_day(end, c);
}

// "five o'clock", "seven p.m."; "nine am I" is none
uint32_t Parser::clock_hour_word(uint32_t i, Clock& c) const {
  c.hour = value(i, kNumOnes);
  if (c.hour < 1 || c.hour > 12) return 0;
  if (is(i + 1, "o") && mark(i + 2, '\'') && is(i + 3, "clock")) return i + 4;
  const uint32_t behind = half_of_day(i + 1, c);
  const bool told = behind > i + 1 && (mark(i + 2, '.') || behind > i + 2 || has(i + 1, kMeridiem));
  return told && !is(i + 1, "am") ? behind : 0;
}

uint32_t Parser::day_part(uint32_t i, When& when) const {
  uint32_t at = i;
  if (any(at, {"early", "late"}) && has(at + 1, kPart)) ++at;
  if (!has(at, kPart)) return 0;
  when.part = static_cast<Part>(value(at, kPart));
  when.gran = Gran::Time;
  return at + 1;
}

}  // namespace readout::timex
