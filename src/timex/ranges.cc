// Two points and what lies between them: "from 5 to 8 March", "between 3 and 5 pm", "May-June
// 2019".
#include <algorithm>

#include "timex/parser.h"

namespace readout::timex {

namespace {

void set_day(When& when, const When& day) {
  when.year = day.year;
  when.month = day.month;
  when.day = day.day;
}

}  // namespace

// "from X to Y", "between X and Y", "X - Y".
Parser::Maybe Parser::range(uint32_t i) const {
  const bool between = is(i, "between");
  if (!is(i, "from") && !between) return std::nullopt;
  uint32_t x = skip_the(i + 1);
  if (x > i + 1 && !number(x) && !has(x, kMonth) && !has(x, kNumOrdinal)) x = i + 1;
  if (number(x) && atoms_[x].digits <= 2) {
    if (auto hit = range_of_clocks(x)) return hit;
    if (auto hit = range_of_hours(i, x)) return hit;
  }
  Maybe first = point(x);
  if (!first && number(x, 4)) {
    first = bare_year(x, true);
    if (first) {
      const uint32_t second = first->next + 1;
      const bool timely = number(second, 4) || any(second, {"the", "now"}) || has(second, kMonth);
      if (!any(first->next, {"to", "and", "until", "till", "through"}) || !timely)
        return std::nullopt;
    }
  }
  if (!first || first->e.type == TimexType::Duration) return std::nullopt;
  if (first->e.to) {  // "from 5 to 8 March" was read as a whole
    first->e.begin = i;
    return first;
  }
  if (first->e.when.ref != Ref::None) return std::nullopt;
  const uint32_t t = first->next;
  if (!mark(t, '-') && !(between ? is(t, "and") : any(t, {"to", "until", "till", "through"})))
    return std::nullopt;
  const uint32_t second =
      is(t + 1, "the") && (number(t + 2) || has(t + 2, kNumOrdinal)) ? t + 2 : t + 1;
  if (!between && is(t, "to") && !may_end_range(second)) return std::nullopt;
  auto hit = joined(*first, i, second);
  if (hit) hit->e.begin = i;
  return hit;
}

// "from Monday to the market": only a word of time ends a range.
bool Parser::may_end_range(uint32_t i) const {
  if (number(i) || is(i, "the")) return true;
  for (const uint8_t cls :
       {kMonth, kWeekday, kRel, kDeictic, kClock, kMod, kReference, kSeason, kEdge}) {
    if (has(i, cls)) return true;
  }
  return has(i, kNumOrdinal);
}

// "from 9 to 11 am", "between 3 and 5 pm": the half of the day is told once.
Parser::Maybe Parser::range_of_clocks(uint32_t x) const {
  if (!any(x + 1, {"to", "and", "until", "till"}) || !number(x + 2) || atoms_[x + 2].digits > 2)
    return std::nullopt;
  When b;
  const uint32_t end = clock(x + 2, b, false);
  if (end == 0) return std::nullopt;
  When a = b;
  a.hour = num(x) + (b.hour >= 12 && num(x) < 12 && num(x) + 12 < b.hour ? 12 : 0);
  a.minute = kNo;
  if (a.hour >= 24) return std::nullopt;
  const auto base = told_last();
  for (When* w : {&a, &b}) {
    if (base && base->gran >= Gran::Day) set_day(*w, *base);
    w->gran = Gran::Time;
  }
  Hit hit;
  hit.e.when = a;
  hit.e.to = b;
  hit.e.type = TimexType::Time;
  hit.e.mentioned = false;
  hit.next = end;
  return hit;
}

// "between 3 and 5 on 1 May", "from 7 to 7:30 tonight": bare hours need the date behind them.
Parser::Maybe Parser::range_of_hours(uint32_t i, uint32_t x) const {
  When a, b;
  const uint32_t mid = bare_hour(x, a, '.');
  if (mid == 0 || !(any(mid, {"and", "to", "until", "till"}) || mark(mid, '-')))
    return std::nullopt;
  const uint32_t end = bare_hour(mid + 1, b, '.');
  if (end == 0) return std::nullopt;
  const uint32_t d = is(end, "on") ? end + 1 : end;
  Maybe day;
  if (has(d, kDeictic)) {
    day = deictic(d);
  } else if (has(d, kRel)) {
    day = relative(d);
  } else if (d > end || has(d, kWeekday)) {
    day = date(d);
  }
  if (!day || !day->e.when.resolved() || day->e.when.gran < Gran::Day || day->e.to ||
      day->e.type == TimexType::Duration)
    return std::nullopt;
  if (has(d, kDeictic)) add_time(*day);
  const Part part = day->e.when.part;
  const bool late = part == Part::Afternoon || part == Part::Evening || part == Part::Night;
  const bool told = has(mid - 1, kMeridiem);
  if (late && a.hour < 12 && !told) a.hour += 12;
  if (late && b.hour < 12) b.hour += 12;
  if (!late && b.hour > 12 && a.hour + 12 < b.hour && !told) a.hour += 12;
  if (b.hour <= a.hour && b.hour <= 11) b.hour += 12;
  if (a.hour >= 24 || b.hour >= 24) return std::nullopt;
  for (When* w : {&a, &b}) {
    set_day(*w, day->e.when);
    w->gran = Gran::Time;
    w->part = Part::None;
  }
  Hit hit;
  hit.e = day->e;
  hit.e.when = a;
  hit.e.to = b;
  hit.e.type = TimexType::Time;
  hit.e.begin = i;
  hit.next = day->next;
  return hit;
}

// Puts two points together: the value is the smallest unit of the calendar that holds both, else
// both with a slash between.
Parser::Maybe Parser::joined(const Hit& first, uint32_t i, uint32_t second_at) const {
  auto second = point(second_at);
  if (!second && any(second_at, {"now", "present"}) && reference()) {
    Hit now;
    now.e.when = When::day_of(*reference());
    now.next = second_at + 1;
    second = now;
  }
  if (!second && number(second_at, 4)) second = bare_year(second_at, true);
  if (!second || second->e.to || second->e.duration || second->e.type == TimexType::Set)
    return std::nullopt;
  const bool told = first.e.year_told || second->e.year_told;
  When a = first.e.when, b = second->e.when;
  share_year(a, b, first, *second, i, second_at);
  share_day(a, b, first, *second);
  const auto from = interval_of(a), until = interval_of(b);
  if (from && until && until->from < from->from) {
    // "from Friday to Monday": the second lies behind the first
    if (a.gran == Gran::Day && b.gran == Gran::Day && !told && from->from - until->from < 7 &&
        has(second_at, kWeekday)) {
      b = When::day_of(until->from + 7);
    } else if (!told && a.month != kNo && b.month != kNo && a.year == b.year) {
      if (direction(i) == Direction::Future) {
        ++b.year;
      } else {
        --a.year;
      }
    } else {
      return std::nullopt;
    }
  }
  Hit hit = first;
  hit.e.when = a;
  hit.e.to = b;
  hit.e.type = a.timed() && b.timed() ? TimexType::Time : TimexType::Date;
  hit.e.year_told = told;
  hit.e.why = "from the first to the last of two times";
  hit.next = second->next;
  return hit;
}

// The year told once goes for both: "5 May to 8 June 2019", "December 2018 to February".
void Parser::share_year(When& a, When& b, const Hit& first, const Hit& second, uint32_t i,
                        uint32_t second_at) const {
  if (second.e.year_told && !first.e.year_told && a.month != kNo && b.year != kNo &&
      a.ref == Ref::None && a.gran >= Gran::Season) {
    a.year = b.year;
    if (b.month != kNo && a.month > b.month) --a.year;
  }
  // the end of a range lies behind its beginning
  const bool behind_the =
      is(second_at, "the") && (has(second_at + 1, kEdge) || number(second_at + 1));
  const bool named = number(second_at) || behind_the || has(second_at, kMonth) ||
                     has(second_at, kNumOrdinal) || has(second_at, kMod) || has(second_at, kEdge);
  if (!named || second.e.year_told || a.year == kNo || b.month == kNo || b.gran < Gran::Month)
    return;
  const auto follow = [&] {
    b.year = a.month != kNo && b.month < a.month ? a.year + 1 : a.year;
    if (b.day != kNo) b.day = std::min(b.day, days_in_month(b.year, b.month));
  };
  const bool day_or_month = has(i, kMonth) || has(skip_the(i + 1), kMonth) || number(i + 1);
  if (!first.e.year_told && day_or_month && a.month != kNo && a.gran >= Gran::Month &&
      b.hour == kNo)
    follow();
  if (first.e.year_told && a.gran <= Gran::Time && b.ref == Ref::None) follow();
}

// Two times of one day: the day told once goes for both, and so does the zone.
void Parser::share_day(When& a, When& b, const Hit& first, const Hit& second) const {
  if (a.hour == kNo || b.hour == kNo) return;
  if (b.month == kNo && a.month != kNo) set_day(b, a);
  if (!second.e.mentioned && a.year != kNo) {
    set_day(b, a);
  } else if (!first.e.mentioned && second.e.mentioned) {
    set_day(a, b);
  }
  if (a.year != b.year || a.month != b.month || a.day != b.day) return;
  const bool bare = !has(first.next - 1, kMeridiem) && mark(first.next - 2, ':');
  if (a.hour < 12 && b.hour > 12 && a.hour + 12 < b.hour && second.e.when.hour > 12 &&
      a.minute != kNo && bare)
    a.hour += 12;
  if (b.zone_min != kNo && a.zone_min == kNo) a.zone_min = b.zone_min;
  if (b.hour < a.hour && b.resolved()) {
    if (const auto next_day = shifted(b, 1, Unit::Day, true)) set_day(b, *next_day);
  }
}

}  // namespace readout::timex
