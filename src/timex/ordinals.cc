// Times told by their rank in a longer one: "the first Monday of May", "the third quarter of 2018",
// "the 18th", and the anniversaries of what happened.
#include <algorithm>

#include "timex/parser.h"

namespace readout::timex {

// "the first Monday of May", "the third quarter of 2018", "the first half of April", "the last week
// of July", "the 18th", "the second week".
Parser::Maybe Parser::ordinal_first(uint32_t i) const {
  const uint32_t at = skip_the(i);
  int32_t n = 0;  // -1: the last
  uint32_t x = 0;
  if (is(at, "last") || is(at, "final")) {
    n = -1;
    x = at + 1;
  } else if (const auto ordinal = read_ordinal(text_, atoms_, at, words_.lexicon)) {
    n = static_cast<int32_t>(ordinal->first);
    x = ordinal->second;
  } else {
    return std::nullopt;
  }
  if (mark(x, '-') && any(x + 1, {"quarter", "half"})) ++x;
  const bool quarter = is(x, "quarter") && ((n >= 1 && n <= 4) || n == -1);
  const bool half = is(x, "half") && n >= 1 && n <= 2;
  if (quarter || half) return ordinal_part(i, n, x);
  uint32_t end = 0;
  if (const auto wd = weekday_word(x, end)) return ordinal_weekday(n, *wd, end);
  if (has(x, kUnit) && any(x, {"week", "day", "month", "decade", "year", "weekend"}))
    return ordinal_unit(n, x);
  // "on the 18th"
  if (n >= 1 && n <= 31 && at > i && number(at) && i > 0 &&
      any(i - 1, {"on", "by", "until", "from", "to", "since"})) {
    return day_of_month(i, n, x);
  }
  return std::nullopt;
}

// What it is a part of, behind it: "of 2018", "of the year", "last month".
Parser::Maybe Parser::whole_behind(uint32_t i) const {
  uint32_t o = i;
  if (any(o, {"of", "in"})) {
    ++o;
  } else if (!number(o) && !any(o, {"this", "last", "next"})) {
    return std::nullopt;
  }
  if (auto inner = point(o); inner && inner->e.type != TimexType::Duration) return inner;
  const uint32_t u_at = skip_the(o);
  if (u_at == o || !has(u_at, kUnit) || !reference()) return std::nullopt;
  Hit inner;
  inner.e.when = unit_of(*reference(), static_cast<Unit>(value(u_at, kUnit)));
  inner.next = u_at + 1;
  return inner;
}

// "the third quarter of 2018", "the first half of April"
Parser::Maybe Parser::ordinal_part(uint32_t i, int32_t n, uint32_t x) const {
  const bool quarter = is(x, "quarter");
  When w;
  w.gran = quarter ? Gran::Quarter : Gran::Half;
  w.sub = n;
  Hit hit;
  hit.next = x + 1;
  const auto inner = whole_behind(x + 1);
  if (!inner) {
    if (!quarter || n < 0) return std::nullopt;
    settle_year(w, i, hit.e);
    hit.e.when = w;
    return hit;
  }
  hit = *inner;
  if (inner->e.when.gran == Gran::Year && n > 0) {
    w.year = inner->e.when.year;
    w.kind = inner->e.when.kind;
    hit.e.when = w;
    return hit;
  }
  const auto interval = interval_of(inner->e.when);
  if (quarter || inner->e.when.gran == Gran::Time || !interval) return std::nullopt;
  const DayNumber middle = interval->from + (interval->until - interval->from) / 2;
  hit.e.interval = n == 1 ? Interval{interval->from, middle} : Interval{middle, interval->until};
  return hit;
}

// "the first Monday of May"
Parser::Maybe Parser::ordinal_weekday(int32_t n, int32_t wd, uint32_t end) const {
  const auto inner = whole_behind(end);
  if (!inner || (inner->e.when.gran != Gran::Month && inner->e.when.gran != Gran::Year))
    return std::nullopt;
  const auto interval = interval_of(inner->e.when);
  if (!interval) return std::nullopt;
  DayNumber d = 0;
  if (n > 0) {
    d = interval->from + (wd - weekday(interval->from) + 7) % 7 + (n - 1) * 7;
  } else {
    d = interval->until - 1;
    d -= (weekday(d) - wd + 7) % 7;
  }
  if (d >= interval->until) return std::nullopt;
  Hit hit = *inner;
  hit.e.when = When::day_of(d);
  return hit;
}

// "the last week of July", "the second month of the year"
Parser::Maybe Parser::ordinal_unit(int32_t n, uint32_t x) const {
  const auto u = static_cast<Unit>(value(x, kUnit));
  if (!any(x + 1, {"of", "in"})) return std::nullopt;
  const auto inner = whole_behind(x + 1);
  const auto interval = inner ? interval_of(inner->e.when) : std::nullopt;
  if (!interval) return std::nullopt;
  if (u == Unit::Month && inner->e.when.gran != Gran::Year) return std::nullopt;
  if (u == Unit::Year && inner->e.when.gran > Gran::Decade) return std::nullopt;
  DayNumber d = 0;
  if (n < 0) {
    d = interval->until - 1;
    if (u == Unit::Week) d -= (weekday(d) + 3) % 7;  // a week belongs to the month of its Thursday
  } else if (u == Unit::Week) {
    d = interval->from + (n - 1) * 7;
    if (weekday(interval->from) > 4) d += 7;
  } else if (u == Unit::Day) {
    d = interval->from + n - 1;
  } else if (u == Unit::Month) {
    if (n > 12) return std::nullopt;
    d = day_number(inner->e.when.year, n, 1);
  } else {
    const auto moved = shifted(unit_of(interval->from, u), n - 1, u, false);
    if (!moved) return std::nullopt;
    d = interval_of(*moved)->from;
  }
  if (d >= interval->until) return std::nullopt;
  Hit hit = *inner;
  hit.e.when = unit_of(d, u);
  return hit;
}

// "on the 18th": of the month nearest to the document's date, by the clause's tense.
Parser::Maybe Parser::day_of_month(uint32_t i, int32_t n, uint32_t next) const {
  const bool noun = word(next) && !has(next, kPreposition) && !has(next, kTense) &&
                    !any(next, {"and", "at", "that", "when"});
  if (noun) return std::nullopt;  // "on the 18th floor"
  Hit hit;
  hit.next = next;
  hit.e.when.day = n;
  const auto ref = reference();
  if (!ref) return hit;
  Ymd now = civil(*ref);
  const Direction side = direction(i);
  if (side == Direction::Past && n > now.day) --now.month;
  if (side == Direction::Future && n < now.day) ++now.month;
  if (now.month < 1) {
    now.month = 12;
    --now.year;
  }
  if (now.month > 12) {
    now.month = 1;
    ++now.year;
  }
  if (n > days_in_month(now.year, now.month)) return std::nullopt;
  hit.e.when.year = now.year;
  hit.e.when.month = now.month;
  hit.e.why = "that day of the month nearest to the document's date";
  return hit;
}

// "the 98th anniversary of his birth": the day on which it happened.
Parser::Maybe Parser::anniversary(uint32_t i) const {
  const uint32_t at = skip_the(i);
  const auto ordinal = read_ordinal(text_, atoms_, at, words_.lexicon);
  uint32_t x = 0;
  int32_t n = 0;
  if (ordinal) {
    n = static_cast<int32_t>(ordinal->first);
    x = ordinal->second;
  } else if (const auto cardinal = numeral(at, false);
             cardinal && mark(cardinal->next, '-') && is(cardinal->next + 1, "year")) {
    n = static_cast<int32_t>(cardinal->value);
    x = cardinal->next + 2;
  } else {
    return std::nullopt;
  }
  while (has(x, kRemembered) && is(x + 1, "anniversary")) ++x;
  if (!has(x, kAnniversary)) return std::nullopt;
  Hit hit;
  hit.next = x + 1;
  uint32_t o = x + 1;
  if (is(o, "of")) {
    ++o;
    for (uint32_t k = 0; k < 6 && o < size() && word(o) && !has(o, kTense) && !has(o, kPreposition);
         ++k) {
      ++o;
      // "of U.S.-Bangladeshi relations": stops and hyphens within a word
      while (o < size() && (mark(o, '.') || mark(o, '-')) && glued(o) && glued(o + 1) &&
             word(o + 1))
        o += 2;
      if (mark(o, '.') && glued(o) && atoms_[o - 1].span.size() == 1 && o + 1 < size()) ++o;
      if (mark(o, '-') && glued(o) && glued(o + 1) && word(o + 1)) o += 2;
    }
    if (o > x + 2) hit.next = o;
  }
  // On its day, where the clause says so; else its year is all that is told.
  const auto ref = reference();
  hit.e.why = "that many years before the document's date";
  hit.e.mentioned = false;
  hit.e.score = 0.8F;
  if (!ref || n < 1 || n > 3000) {
    hit.e.when.ref = Ref::Past;
    return hit;
  }
  hit.e.anchor = iso(*ref);
  bool on_the_day = false;
  for (uint32_t k = i >= 8 ? i - 8 : 0; k < std::min(size(), hit.next + 8); ++k)
    on_the_day = on_the_day || is(k, "today") || is(k, "todays");
  const Ymd now = civil(*ref);
  hit.e.when = When::year_of(now.year - n);
  if (on_the_day) {
    hit.e.when = When::day_of(day_number(
        now.year - n, now.month, std::min(now.day, days_in_month(now.year - n, now.month))));
  }
  return hit;
}

}  // namespace readout::timex
