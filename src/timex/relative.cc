// Times told by their distance from another: "next week", "the day before", "the first Monday of May",
// "Easter", "the end of the year".
#include <algorithm>
#include <array>

#include "timex/parser.h"

namespace readout::timex {
namespace {

When with_part(DayNumber d, Part part) {
  When w = When::day_of(d);
  w.part = part;
  w.gran = Gran::Time;
  return w;
}

}  // namespace

// today, tomorrow, yesterday, tonight; "earlier today", "later this year", "the day after tomorrow"
Parser::Maybe Parser::deictic(uint32_t i) const {
  uint32_t at = i;
  if (any(at, {"earlier", "later", "late", "early"}) && (has(at + 1, kDeictic) || (any(at + 1, {"this", "in", "on"})))) {
    if (has(at + 1, kDeictic) || is(at + 1, "this")) {
      auto inner = has(at + 1, kDeictic) ? deictic(at + 1) : relative(at + 1);
      if (!inner || inner->e.type == TimexType::Duration) return std::nullopt;
      if (any(at, {"late", "early"})) inner->e.mod = is(at, "early") ? "START" : "END";
      if (const auto ref = reference(); ref && inner->e.when.resolved()) {
        const auto whole = interval_of(inner->e.when);
        if (is(at, "earlier") && whole && *ref > whole->from) inner->e.interval = Interval{whole->from, *ref};
        if (is(at, "later") && whole && *ref + 1 < whole->until) inner->e.interval = Interval{*ref, whole->until};
      }
      return inner;
    }
    return std::nullopt;
  }
  Hit hit;
  const auto ref = reference();
  if (is(at, "the") && is(at + 1, "day") && any(at + 2, {"before", "after"}) && any(at + 3, {"yesterday", "tomorrow"})) {
    hit.next = at + 4;
    if (ref) hit.e.when = When::day_of(*ref + (is(at + 2, "before") ? -2 : 2));
  } else if (any(at, {"day"}) && any(at + 1, {"before", "after"}) && any(at + 2, {"yesterday", "tomorrow"})) {
    hit.next = at + 3;
    if (ref) hit.e.when = When::day_of(*ref + (is(at + 1, "before") ? -2 : 2));
  } else if (has(at, kDeictic)) {
    const int32_t v = value(at, kDeictic);
    hit.next = at + 1;
    if (ref) hit.e.when = v == 110 ? with_part(*ref, Part::Night) : When::day_of(*ref + v - 100);
    if (!ref && v == 110) hit.e.when.part = Part::Night;
    if (v == 100 && mark(hit.next, '\'') && is(hit.next + 1, "s")) hit.next = at + 1;
  } else {
    return std::nullopt;
  }
  if (!ref) {
    hit.e.when = When{};
    hit.e.when.gran = Gran::Day;
    hit.e.when.ref = hit.next == at + 1 && value(at, kDeictic) == 100 ? Ref::Present
                     : hit.next == at + 1 && value(at, kDeictic) < 100 ? Ref::Past : Ref::Future;
  } else {
    hit.e.anchor = iso(*ref);
  }
  hit.e.why = "counted from the document's date";
  return hit;
}

Parser::Maybe Parser::relative(uint32_t i) const {
  uint32_t at = skip_the(i);
  if (!has(at, kRel)) return std::nullopt;
  auto rel = static_cast<Rel>(value(at, kRel));
  uint32_t x = at + 1;
  if ((is(at, "this") || is(at, "the")) && has(x, kRel) && any(x, {"past", "coming", "current", "last", "same", "next"})) {  // "this past week"
    rel = static_cast<Rel>(value(x, kRel));
    ++x;
  }
  if (is(at, "that") && !any(x, {"day", "week", "month", "year", "night", "morning", "evening", "afternoon", "weekend", "decade"})) return std::nullopt;
  if (glued(x) && mark(x, '-')) return std::nullopt;
  if (i > 0 && any(i - 1, {"any", "every", "each", "no"})) return std::nullopt;
  const auto ref = reference();
  const auto last = told_last();
  Hit hit;
  if (ref) hit.e.anchor = iso(*ref);
  hit.e.why = "counted from the document's date";

  // "the same period last year", "the same time"
  // a number of units: a duration that has a place
  {
    uint32_t n_at = x;
    uint32_t next = 0;
    bool compound = false;
    if (const auto d = amounts(n_at, false, next, compound); d && !compound) {
      hit.e.type = TimexType::Duration;
      hit.e.duration = d;
      hit.next = next;
      if (ref && !d->vague && d->amounts.size() == 1) {
        const When today = When::day_of(*ref);
        const Duration::Amount& a = d->amounts.front();
        if (a.unit >= Unit::Day) {
          const bool before = rel == kLast || rel == kPast || rel == kPrevious || rel == kRecent;
          const bool ahead = rel == kNext || rel == kComing || rel == kFollowing;
          const auto other = shifted(today, before ? -a.n : a.n, a.unit, true);
          const auto interval = other ? interval_of(*other) : std::nullopt;
          if (interval && before) hit.e.interval = Interval{interval->from, *ref};
          if (interval && ahead) hit.e.interval = Interval{*ref, interval->from};
        }
      }
      hit.e.why = "a length of time up to or from the document's date";
      hit.e.mentioned = false;
      return hit;
    }
    if (has(x, kUnits) && (rel == kRecent || rel == kComing || rel == kPast || rel == kPrevious || rel == kLast || rel == kNext || rel == kFollowing)) {
      Duration d;
      d.vague = true;
      d.amounts.push_back({0, static_cast<Unit>(value(x, kUnits))});
      hit.e.type = TimexType::Duration;
      hit.e.duration = d;
      hit.next = x + 1;
      hit.e.mentioned = false;
      hit.e.why = "a length of time that is not told";
      return hit;
    }
    if (rel == kThese && has(x, kUnits)) {
      if (!is(x, "days")) return std::nullopt;
      hit.e.when.ref = Ref::Present;
      hit.next = x + 1;
      hit.e.mentioned = false;
      return hit;
    }
  }
  while (has(x, kAdjective) && has(x + 1, kUnit)) ++x;
  hit.next = x + 1;

  const auto base_day = [&](const std::optional<When>& w) -> std::optional<DayNumber> {
    if (!w) return std::nullopt;
    const auto interval = interval_of(*w);
    if (!interval) return std::nullopt;
    return interval->from;
  };
  const bool from_last = rel == kPrevious || rel == kFollowing || rel == kSame || rel == kThat ||
                         (rel == kNext && at > i && context_.last && (is(x, "day") || has(x, kPart) || has(x, kWeekday)));
  const auto base = from_last ? base_day(last) : ref;
  if (from_last) {
    hit.e.follows = true;
    hit.e.why = "counted from the date told before";
    if (last) hit.e.anchor = value_of(*last);
  }
  int32_t step = 0;
  switch (rel) {
    case kNext: case kFollowing: case kComing: step = 1; break;
    case kLast: case kPast: case kPrevious: step = -1; break;
    default: break;
  }

  // part of a day
  const uint32_t part_at = any(x, {"early", "late"}) ? x + 1 : x;
  if (has(part_at, kPart)) {
    if (rel == kPast || rel == kRecent) return std::nullopt;
    const auto part = static_cast<Part>(value(part_at, kPart));
    hit.next = part_at + 1;
    hit.e.type = TimexType::Time;
    if (base) {
      hit.e.when = with_part(*base + step, part);
    } else {
      hit.e.when.part = part;
      hit.e.when.gran = Gran::Time;
    }
    if (part_at > x) hit.e.mod = is(x, "early") ? "START" : "END";
    return hit;
  }
  // half, quarter, fiscal year
  if (has(x, kFiscal) && any(x + 1, {"year", "years"})) {
    hit.next = x + 2;
    hit.e.when.gran = Gran::Year;
    hit.e.when.kind = static_cast<YearKind>(value(x, kFiscal));
    if (is(x, "calendar")) hit.e.when.kind = YearKind::Calendar;
    if (base) hit.e.when.year = civil(*base).year + step;
    return hit;
  }
  if (is(x, "half") && (is(x + 1, "year") || (mark(x + 1, '-') && is(x + 2, "year")))) return std::nullopt;
  if (has(x, kUnit)) {
    const auto u = static_cast<Unit>(value(x, kUnit));
    if (is(x, "second") || is(x, "minute") || (mark(x + 1, '-') && glued(x + 1) && word(x + 2))) return std::nullopt;
    if (rel == kRecent) return std::nullopt;
    if (u == Unit::Hour || rel == kPast || (rel == kThis && has(at + 1, kRel) && is(at + 1, "past"))) {
      Duration d;
      d.amounts.push_back({1, u});
      hit.e.type = TimexType::Duration;
      hit.e.duration = d;
      hit.e.mentioned = false;
      if (ref && u >= Unit::Day && rel == kPast) {
        if (const auto s = shifted(When::day_of(*ref), -1, u, true)) {
          if (const auto interval = interval_of(*s)) hit.e.interval = Interval{interval->from, *ref};
        }
      }
      hit.e.why = "a length of time up to or from the document's date";
      return hit;
    }
    if (rel == kThis && is(x, "time")) return std::nullopt;
    if (u == Unit::Day) {
      if (rel == kCurrent || rel == kLast || rel == kComing) return std::nullopt;  // "the last day of"
    }
    if (!base) {
      hit.e.when = When{};
      hit.e.when.gran = u == Unit::Week ? Gran::Week : u == Unit::Month ? Gran::Month : u == Unit::Year ? Gran::Year : Gran::Day;
      if (hit.e.when.gran == Gran::Day) hit.e.when.ref = step < 0 ? Ref::Past : step > 0 ? Ref::Future : Ref::None;
      if (!ref && step != 0) hit.e.when.ref = step < 0 ? Ref::Past : Ref::Future;
      return hit;
    }
    if (rel == kLast && any(x + 1, {"of"}) && u != Unit::Year) {  // "the last week of March"
      if (const auto whole = point(x + 2); whole && interval_of(whole->e.when)) {
        const auto interval = interval_of(whole->e.when);
        hit.e = whole->e;
        hit.e.when = unit_of(u == Unit::Week ? interval->until - 1 - (weekday(interval->until - 1) + 3) % 7 : interval->until - 1, u);
        hit.next = whole->next;
        return hit;
      }
      return std::nullopt;
    }
    const When unit_now = u == Unit::Weekend ? unit_of(*base, Unit::Weekend) : unit_of(*base, u);
    if (step == 0) {
      hit.e.when = unit_now;
    } else if (const auto moved = shifted(u == Unit::Day ? When::day_of(*base) : unit_now, step, u, false)) {
      hit.e.when = u == Unit::Weekend ? unit_of(*base + step * 7, Unit::Weekend) : *moved;
    } else {
      return std::nullopt;
    }
    // "the last weekend" just over lies in this week's Monday's past already; "this weekend" is ahead
    if (u == Unit::Weekend && rel == kLast) hit.e.when = unit_of(*base - 7, Unit::Weekend);
    // "next week on Tuesday", "this week Monday", "next week Mon 9 am"
    if (u == Unit::Week && hit.e.when.resolved()) {
      uint32_t d = hit.next;
      if (mark(d, ',')) ++d;
      if (is(d, "on")) ++d;
      uint32_t end = 0;
      if (const auto wd = weekday_word(d, end)) {
        const auto interval = interval_of(hit.e.when);
        hit.e.when = When::day_of(interval->from + *wd - 1);
        hit.next = end;
      }
    }
    return hit;
  }
  uint32_t end = 0;
  if (const auto wd = weekday_word(x, end)) {
    hit.next = end;
    hit.e.when.gran = Gran::Day;
    if (!base) {
      hit.e.when.weekday = *wd;
      return hit;
    }
    const int32_t today = weekday(*base);
    const DayNumber monday = *base - (today - 1);
    DayNumber d = *base;
    if (rel == kThis && has(at + 1, kRel)) rel = kPast;
    switch (rel) {
      case kThis: case kCurrent: d = monday + *wd - 1; break;
      case kNext: d = monday + 7 + *wd - 1; break;
      case kLast: d = monday - 7 + *wd - 1; break;
      case kPast: case kPrevious: d = *base - ((today - *wd + 6) % 7 + 1); break;
      case kComing: case kFollowing: d = *base + ((*wd - today + 6) % 7 + 1); break;
      default: d = *base; break;
    }
    if (rel == kThis && direction(i) == Direction::Past && d > *base) d -= 7;
    if (rel == kThis && direction(i) == Direction::Future && d < *base) d += 7;
    hit.e.when = When::day_of(d);
    return hit;
  }
  if (has(x, kMonth) && (upper(x) || !any(x, {"may", "march", "august"})) && !number(x + 1)) {
    hit.next = x + 1;
    When w;
    w.gran = Gran::Month;
    w.month = value(x, kMonth);
    if (base) {
      const Ymd now = civil(*base);
      switch (rel) {
        case kThis: case kCurrent: w.year = now.year; break;
        case kNext: case kComing: case kFollowing: w.year = w.month > now.month ? now.year : now.year + 1; break;
        case kLast: case kPast: case kPrevious: w.year = w.month < now.month ? now.year : now.year - 1; break;
        default: return std::nullopt;
      }
    }
    hit.e.when = w;
    return hit;
  }
  if (has(x, kSeason)) {
    hit.next = x + 1;
    When w;
    w.gran = Gran::Season;
    w.sub = value(x, kSeason);
    if (base) {
      const Ymd now = civil(*base);
      const int32_t season_now = now.month <= 2 ? 0 : now.month / 3;  // winter of the year before: 0
      switch (rel) {
        case kThis: case kCurrent: w.year = w.sub == 4 && season_now == 0 ? now.year - 1 : now.year; break;
        case kNext: case kComing: case kFollowing: w.year = w.sub > season_now ? now.year : now.year + 1; break;
        case kLast: case kPast: case kPrevious: w.year = w.sub < season_now ? now.year : now.year - 1; break;
        default: return std::nullopt;
      }
    }
    hit.e.when = w;
    return hit;
  }
  if (has(x, kFeast)) {
    if (const auto named = words_.feasts.match(text_, atoms_, x); named && base) {
      const Ymd now = civil(*base);
      const Feast& rule = words_.feast[named->value];
      const auto here = feast_day(rule.rule, now.year);
      if (!here) return std::nullopt;
      int32_t y = now.year;
      if (step > 0 && *here <= *base) ++y;
      if (step < 0 && *here >= *base) --y;
      const auto d = feast_day(rule.rule, y);
      if (!d) return std::nullopt;
      hit.next = named->next;
      hit.e.when = When::day_of(*d);
      return hit;
    }
  }
  return std::nullopt;
}

// "the day before", "a week later", "the night before", "the week after next"
Parser::Maybe Parser::unit_around(uint32_t i) const {
  uint32_t at = i;
  if (!any(at, {"the"})) return std::nullopt;
  ++at;
  const bool part = has(at, kPart);
  if (!has(at, kUnit) && !part) return std::nullopt;
  Hit hit;
  if (is(at, "week") && is(at + 1, "after") && is(at + 2, "next")) {
    const auto ref = reference();
    if (!ref) return std::nullopt;
    hit.e.when = When::week_of(*ref + 14);
    hit.next = at + 3;
    hit.e.why = "counted from the document's date";
    return hit;
  }
  if (is(at, "week") && is(at + 1, "before") && is(at + 2, "last")) {
    const auto ref = reference();
    if (!ref) return std::nullopt;
    hit.e.when = When::week_of(*ref - 14);
    hit.next = at + 3;
    hit.e.why = "counted from the document's date";
    return hit;
  }
  if (!any(at + 1, {"before", "after", "earlier", "later"})) return std::nullopt;
  const int32_t step = any(at + 1, {"before", "earlier"}) ? -1 : 1;
  const auto u = part ? Unit::Day : static_cast<Unit>(value(at, kUnit));
  if (u < Unit::Day) return std::nullopt;
  hit.next = at + 2;
  // an object behind it: a date, or something that happened
  if (any(at + 1, {"before", "after"}) && hit.next < size()) {
    if (const auto object = point(hit.next); object && object->e.when.resolved()) {
      const auto moved = shifted(object->e.when, step, u, true);
      if (!moved) return std::nullopt;
      hit.e = object->e;
      hit.e.when = *moved;
      hit.next = object->next;
      return hit;
    }
    const Atom& next = atoms_[hit.next];
    const bool closed = next.kind == AtomKind::Mark || has(hit.next, kTense) || has(hit.next, kPreposition) ||
                        any(hit.next, {"and", "but", "when", "that", "who", "which"});
    if (!closed) {
      hit.e.when.gran = u == Unit::Day ? Gran::Day : u == Unit::Week ? Gran::Week : u == Unit::Month ? Gran::Month : Gran::Year;
      hit.e.mentioned = false;
      hit.e.why = "relative to an event that has no date";
      return std::nullopt;
    }
  }
  const auto base = told_last();
  hit.e.follows = true;
  hit.e.why = "counted from the date told before";
  if (!base || !base->resolved()) {
    hit.e.when.ref = step < 0 ? Ref::Past : Ref::Future;
    return hit;
  }
  hit.e.anchor = value_of(*base);
  const auto moved = shifted(*base, step, u, false);
  if (!moved) return std::nullopt;
  hit.e.when = *moved;
  if (part) {
    hit.e.when.part = static_cast<Part>(value(at, kPart));
    hit.e.when.gran = Gran::Time;
  }
  return hit;
}

// "the first Monday of May", "the third quarter of 2018", "the first half of April", "the last week of
// July", "the 18th", "the second week".
Parser::Maybe Parser::ordinal_first(uint32_t i) const {
  uint32_t at = skip_the(i);
  int32_t n = 0;
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
  Hit hit;
  const auto whole = [&](uint32_t from) -> Maybe {
    uint32_t o = from;
    if (any(o, {"of", "in"})) ++o;
    else if (!number(o) && !any(o, {"this", "last", "next"})) return std::nullopt;
    if (auto inner = point(o); inner && inner->e.type != TimexType::Duration) return inner;
    // "of the year", "of the month"
    const uint32_t u_at = skip_the(o);
    if (u_at > o && has(u_at, kUnit) && reference()) {
      Hit inner;
      inner.e.when = unit_of(*reference(), static_cast<Unit>(value(u_at, kUnit)));
      inner.next = u_at + 1;
      return inner;
    }
    return std::nullopt;
  };
  if ((is(x, "quarter") && n >= 1 && n <= 4) || (is(x, "half") && n >= 1 && n <= 2) || (is(x, "quarter") && n == -1)) {
    const bool quarter = is(x, "quarter");
    When w;
    w.gran = quarter ? Gran::Quarter : Gran::Half;
    w.sub = n;
    hit.next = x + 1;
    if (const auto inner = whole(x + 1)) {
      if (inner->e.when.gran == Gran::Year && n > 0) {
        w.year = inner->e.when.year;
        w.kind = inner->e.when.kind;
        hit.e = inner->e;
        hit.e.when = w;
        hit.next = inner->next;
        return hit;
      }
      if (!quarter && inner->e.when.gran != Gran::Time) {  // "the first half of April"
        const auto interval = interval_of(inner->e.when);
        if (!interval) return std::nullopt;
        hit.e = inner->e;
        const DayNumber middle = interval->from + (interval->until - interval->from) / 2;
        hit.e.interval = n == 1 ? Interval{interval->from, middle} : Interval{middle, interval->until};
        hit.next = inner->next;
        return hit;
      }
      return std::nullopt;
    }
    if (!quarter || n < 0) return std::nullopt;
    settle_year(w, i, hit.e);
    hit.e.when = w;
    return hit;
  }
  uint32_t end = 0;
  if (const auto wd = weekday_word(x, end)) {
    const auto inner = whole(end);
    if (!inner || (inner->e.when.gran != Gran::Month && inner->e.when.gran != Gran::Year)) return std::nullopt;
    const auto interval = interval_of(inner->e.when);
    if (!interval) return std::nullopt;
    DayNumber d = 0;
    if (n > 0) {
      d = interval->from + (*wd - weekday(interval->from) + 7) % 7 + (n - 1) * 7;
    } else {
      d = interval->until - 1;
      d -= (weekday(d) - *wd + 7) % 7;
    }
    if (d >= interval->until) return std::nullopt;
    hit.e = inner->e;
    hit.e.when = When::day_of(d);
    hit.next = inner->next;
    return hit;
  }
  if (has(x, kUnit) && any(x, {"week", "day", "month", "decade", "year", "weekend"})) {
    const auto u = static_cast<Unit>(value(x, kUnit));
    const auto inner = whole(x + 1);
    if (!inner || !any(x + 1, {"of", "in"})) return std::nullopt;
    const auto interval = interval_of(inner->e.when);
    if (!interval || (u == Unit::Month && inner->e.when.gran != Gran::Year) || (u == Unit::Year && inner->e.when.gran > Gran::Decade)) return std::nullopt;
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
    hit.e = inner->e;
    hit.e.when = unit_of(d, u);
    hit.next = inner->next;
    return hit;
  }
  // "on the 18th"
  if (n >= 1 && n <= 31 && at > i && number(at) && i > 0 && any(i - 1, {"on", "by", "until", "from", "to", "since"}) &&
      !(word(x) && !has(x, kPreposition) && !has(x, kTense) && !any(x, {"and", "at", "that", "when"}))) {
    const auto ref = reference();
    hit.next = x;
    When w;
    w.day = n;
    if (ref) {
      Ymd now = civil(*ref);
      const Direction side = direction(i);
      if (side == Direction::Past && n > now.day) --now.month;
      if (side == Direction::Future && n < now.day) ++now.month;
      if (now.month < 1) { now.month = 12; --now.year; }
      if (now.month > 12) { now.month = 1; ++now.year; }
      w.year = now.year;
      w.month = now.month;
      if (n > days_in_month(now.year, now.month)) return std::nullopt;
      hit.e.why = "that day of the month nearest to the document's date";
    }
    hit.e.when = w;
    return hit;
  }
  return std::nullopt;
}

// "Q3 2018", "2018 Q3", "H1 2019", "FY2019", "FY 2019/20".
Parser::Maybe Parser::quarter_code(uint32_t i) const {
  Hit hit;
  uint32_t at = i;
  int32_t y = kNo;
  if (number(at, 4) && has(at + 1, kCode)) {
    y = num(at);
    ++at;
  } else if (number(at, 4) && mark(at + 1, '-') && has(at + 2, kCode)) {
    y = num(at);
    at += 2;
  }
  if (!has(at, kCode)) return std::nullopt;
  if (!upper(at) && y == kNo && !(is(at, "q") && number(at + 1, 1) && glued(at + 1))) return std::nullopt;
  if (any(at, {"q", "h"}) && number(at + 1, 1) && glued(at + 1)) {
    const bool quarter = is(at, "q");
    const int32_t n = num(at + 1);
    if (n < 1 || n > (quarter ? 4 : 2)) return std::nullopt;
    hit.next = at + 2;
    uint32_t behind = hit.next;
    if (mark(behind, '-') || is(behind, "of") || mark(behind, ',')) ++behind;
    if (y == kNo && number(behind, 4)) {
      y = num(behind);
      hit.next = behind + 1;
    }
    if (!quarter && y == kNo) return std::nullopt;
    hit.e.when.gran = quarter ? Gran::Quarter : Gran::Half;
    hit.e.when.sub = n;
    hit.e.when.year = y;
    hit.e.year_told = y != kNo;
    if (y == kNo) settle_year(hit.e.when, i, hit.e);
    return hit;
  }
  if (is(at, "fy") && y == kNo) {
    uint32_t n = at + 1;
    if (mark(n, '-')) ++n;
    if (!number(n, 4) && !number(n, 2)) return std::nullopt;
    hit.e.when = When::year_of(number(n, 4) ? num(n) : 2000 + num(n));
    hit.e.when.kind = YearKind::Fiscal;
    hit.e.year_told = true;
    hit.next = n + 1;
    if ((mark(n + 1, '/') || mark(n + 1, '-')) && number(n + 2)) hit.next = n + 3;
    return hit;
  }
  return std::nullopt;
}

// "the summer of 2012", "summer 2012", "in the autumn", "spring" behind a preposition.
Parser::Maybe Parser::season(uint32_t i) const {
  const uint32_t at = skip_the(i);
  if (!has(at, kSeason)) return std::nullopt;
  Hit hit;
  When w;
  w.gran = Gran::Season;
  w.sub = value(at, kSeason);
  hit.next = at + 1;
  if (const uint32_t tail = year_tail(at + 1, w, hit.e); tail > 0) {
    if (mark(tail, '/') || mark(tail, '-')) {
      hit.next = number(tail + 1, 2) || number(tail + 1, 4) ? tail + 2 : tail;
    } else {
      hit.next = tail;
    }
    hit.e.when = w;
    return hit;
  }
  const bool prepared = i > 0 && any(i - 1, {"in", "by", "since", "until", "during", "through", "from", "early", "late", "over", "of", "to", "before", "after", "this", "mid", "throughout"});
  if (!prepared && !(mark(i > 0 ? i - 1 : i, '-') && i > 1 && is(i - 2, "mid"))) return std::nullopt;
  if (any(at, {"fall", "spring"}) && (at == i && !any(i - 1, {"this", "in", "by", "since", "until", "early", "late"}))) return std::nullopt;
  if (any(at, {"fall"}) && is(at + 1, "of")) return std::nullopt;
  if (word(at + 1) && !has(at + 1, kPreposition) && !has(at + 1, kTense) && !any(at + 1, {"and", "we", "but", "when", "that", "or", "he", "she", "they", "it", "i", "the"})) {
    return std::nullopt;  // "the summer school"
  }
  settle_year(w, i, hit.e);
  hit.e.when = w;
  return hit;
}

Parser::Maybe Parser::feast(uint32_t i) const {
  const uint32_t at = skip_the(i);
  if (!has(at, kFeast)) return std::nullopt;
  const auto named = words_.feasts.match(text_, atoms_, at);
  if (!named) return std::nullopt;
  if (any(named->next, {"agreement", "agreements", "accord", "accords", "war", "offensive", "uprising", "massacre"})) return std::nullopt;
  Hit hit;
  hit.next = named->next;
  const Feast& rule = words_.feast[named->value];
  When year;
  year.gran = Gran::Year;
  int32_t y = kNo;
  if (const uint32_t tail = year_tail(hit.next, year, hit.e); tail > 0 && !mark(hit.next, ',')) {
    hit.next = tail;
    y = year.year;
  } else if (const auto ref = reference()) {
    const Direction side = direction(i);
    const int32_t now = civil(*ref).year;
    const auto here = feast_day(rule.rule, now);
    y = now;
    if (here) {
      if (side == Direction::Past && *here > *ref) --y;
      if (side == Direction::Future && *here + rule.days <= *ref) ++y;
      if (side == Direction::Unknown) {
        if (*here - *ref > 183) --y;
        if (*ref - *here > 183) ++y;
      }
    }
    hit.e.why = "the feast nearest to the document's date, by the clause's tense";
    hit.e.anchor = iso(*ref);
  }
  if (y == kNo) {
    hit.e.when = When{};
    const auto sample = rule.rule.rfind("fixed", 0) == 0 ? feast_day(rule.rule, 2000) : std::nullopt;
    if (sample) {
      const Ymd d = civil(*sample);
      hit.e.when.month = d.month;
      hit.e.when.day = d.day;
    }
    return hit;
  }
  const auto d = feast_day(rule.rule, y);
  if (!d) return std::nullopt;
  hit.e.when = When::day_of(*d);
  if (rule.days > 1) hit.e.interval = Interval{*d, *d + rule.days};
  if (rule.rule.rfind("calendar islamic", 0) == 0) hit.e.mod = "APPROX";
  return hit;
}

// "fiscal year 2019", "the 2019/20 academic year", "the financial year".
Parser::Maybe Parser::fiscal(uint32_t i) const {
  uint32_t at = skip_the(i);
  Hit hit;
  When w;
  w.gran = Gran::Year;
  if (number(at, 4)) {
    const int32_t y = num(at);
    uint32_t x = at + 1;
    if ((mark(x, '/') || mark(x, '-')) && number(x + 1)) x += 2;
    if (!has(x, kFiscal) || !is(x + 1, "year") || y < 1900 || y > 2100) return std::nullopt;
    w.year = y;
    w.kind = static_cast<YearKind>(value(x, kFiscal));
    hit.e.when = w;
    hit.e.year_told = true;
    hit.next = x + 2;
    return hit;
  }
  if (!has(at, kFiscal) || !any(at + 1, {"year", "years"})) return std::nullopt;
  w.kind = static_cast<YearKind>(value(at, kFiscal));
  hit.next = at + 2;
  uint32_t n = at + 2;
  if (is(n, "of")) ++n;
  if (number(n, 4) && num(n) > 1900 && num(n) < 2100) {
    w.year = num(n);
    hit.e.year_told = true;
    hit.next = n + 1;
    if ((mark(n + 1, '/') || mark(n + 1, '-')) && number(n + 2)) hit.next = n + 3;
  } else {
    if (at == i) return std::nullopt;
    if (const auto ref = reference()) w.year = civil(*ref).year;
  }
  hit.e.when = w;
  return hit;
}

// "week 27 of 2018", "the week of 16 May", "the week beginning 3 June", "the weekend".
Parser::Maybe Parser::week_of(uint32_t i) const {
  const uint32_t at = skip_the(i);
  Hit hit;
  if (is(at, "weekend") && at > i) {
    const auto ref = reference();
    hit.next = at + 1;
    if (is(hit.next, "of") || is(at + 1, "before") || is(at + 1, "after")) {
      if (is(hit.next, "of")) {
        if (const auto inner = point(hit.next + 1); inner && inner->e.when.gran == Gran::Day && inner->e.when.resolved()) {
          hit.e = inner->e;
          hit.e.when = unit_of(interval_of(inner->e.when)->from, Unit::Weekend);
          hit.next = inner->next;
          return hit;
        }
      }
    }
    if (!ref) return std::nullopt;
    const Direction side = direction(i);
    const DayNumber d = side == Direction::Past && weekday(*ref) < 6 ? *ref - 7 : *ref;
    hit.e.when = unit_of(d, Unit::Weekend);
    hit.e.why = "the weekend nearest to the document's date, by the clause's tense";
    return hit;
  }
  if (!is(at, "week")) return std::nullopt;
  if (number(at + 1) && atoms_[at + 1].digits <= 2 && num(at + 1) >= 1 && num(at + 1) <= 53) {
    When w;
    w.gran = Gran::Week;
    w.sub = num(at + 1);
    hit.next = at + 2;
    if (const uint32_t tail = year_tail(at + 2, w, hit.e); tail > 0) {
      hit.next = tail;
      hit.e.when = w;
      return hit;
    }
    return std::nullopt;
  }
  if (at > i && (is(at + 1, "of") || any(at + 1, {"beginning", "starting", "ending", "commencing"}))) {
    const uint32_t o = is(at + 2, "on") ? at + 3 : at + 2;
    if (const auto inner = date(skip_the(o)); inner && inner->e.when.gran == Gran::Day && inner->e.when.resolved()) {
      hit.e = inner->e;
      hit.e.to.reset();
      hit.e.when = When::week_of(interval_of(inner->e.when)->from);
      hit.next = inner->next;
      return hit;
    }
  }
  return std::nullopt;
}

// "the end of the year", "early 2019", "mid-February", "the middle of last week", "year's end".
Parser::Maybe Parser::edge(uint32_t i) const {
  uint32_t at = skip_the(i);
  if (any(at, {"very", "late", "early"}) && has(at + 1, kEdge)) ++at;
  const char* mod = "";
  uint32_t o = 0;
  if (has(at, kEdge) && (is(at + 1, "of") || is(at + 1, "this"))) {
    const int32_t v = value(at, kEdge);
    mod = v == 1 ? "START" : v == 2 ? "MID" : "END";
    o = is(at + 1, "of") ? at + 2 : at + 1;
  } else if (has(at, kMod)) {
    const int32_t v = value(at, kMod);
    if (is(at, "middle")) return std::nullopt;
    mod = v == 1 ? "START" : v == 2 ? "MID" : "END";
    o = at + 1;
    if (mark(o, '-')) ++o;
    if (any(o, {"in", "on"}) && v != 2) ++o;
  } else {
    return std::nullopt;
  }
  Hit hit;
  const uint32_t u_at = skip_the(o);
  Maybe inner;
  if (u_at > o || is(o, "the")) {
    uint32_t u = u_at;
    if (has(u, kRel) && is(u, "current")) ++u;
    if (has(u, kUnit) && reference() && !any(u, {"second", "minute", "hour"}) && !is(u + 1, "of") &&
        !any(u + 1, {"before", "after", "ago", "later"})) {
      Hit whole;
      const auto kind = static_cast<Unit>(value(u, kUnit));
      const auto base = *reference();
      whole.e.when = unit_of(base, kind);
      whole.e.why = "counted from the document's date";
      whole.e.anchor = iso(*reference());
      whole.next = u + 1;
      inner = whole;
    }
  }
  if (!inner) inner = date(o);
  if (!inner && has(o, kDeictic)) inner = deictic(o);
  if (!inner) inner = relative(o);
  if (!inner) inner = fiscal(o);
  if (!inner && u_at > o) {
    inner = date(u_at);
    if (!inner) inner = bare_year(u_at, true);
  }
  if (!inner && number(o, 4)) inner = bare_year(o, true);
  if (!inner && has(o, kSeason)) {
    Hit s;
    s.e.when.gran = Gran::Season;
    s.e.when.sub = value(o, kSeason);
    s.next = o + 1;
    if (const uint32_t tail = year_tail(o + 1, s.e.when, s.e); tail > 0) s.next = tail;
    else settle_year(s.e.when, i, s.e);
    inner = s;
  }
  if (!inner || inner->e.type == TimexType::Duration || inner->e.to) return std::nullopt;
  if (has(at, kMod) && inner->e.when.gran == Gran::Day && mark(at + 1, '-')) return std::nullopt;
  hit = *inner;
  hit.e.mod = mod;
  When& w = hit.e.when;
  if (const auto whole = interval_of(w)) {
    const DayNumber length = whole->until - whole->from;
    if (mod[0] == 'S') hit.e.interval = Interval{whole->from, whole->from + std::max(1, length / 3)};
    if (mod[0] == 'M') hit.e.interval = Interval{whole->from + length / 3, whole->until - length / 3};
    if (mod[0] == 'E') hit.e.interval = Interval{whole->until - std::max(1, length / 3), whole->until};
  }
  // The end of a year is told to the month: this is what a deadline hangs on.
  if (has(at, kEdge) && w.gran == Gran::Year && w.kind == YearKind::Calendar && w.year != kNo && mod[0] == 'E') {
    w = When::month_of(w.year, 12);
    hit.e.interval = Interval{day_number(w.year, 12, 1), day_number(w.year + 1, 1, 1)};
  }
  return hit;
}

// "the evening of 5 September", "the night of 17 January", "in the morning"
Parser::Maybe Parser::part_first(uint32_t i) const {
  uint32_t at = skip_the(i);
  if (any(at, {"early", "late", "following", "next", "same", "previous"}) && has(at + 1, kPart) && !has(at, kRel)) ++at;
  if (!has(at, kPart) || (i > 0 && has(i - 1, kSalute))) return std::nullopt;
  const auto part = static_cast<Part>(value(at, kPart));
  Hit hit;
  uint32_t o = at + 1;
  if (any(o, {"of", "on"})) ++o;
  else if (mark(o, ',') ) o = 0;
  if (o > at + 1 && o != 0) {
    if (auto inner = date(skip_the(o)); inner && (inner->e.when.gran == Gran::Day) && inner->e.when.ref == Ref::None) {
      hit = *inner;
      hit.e.type = TimexType::Time;
      hit.e.when.part = part;
      hit.e.when.gran = Gran::Time;
      return hit;
    }
    if (auto inner = deictic(o); inner && inner->e.when.gran == Gran::Day) {
      hit = *inner;
      hit.e.when.part = part;
      hit.e.when.gran = Gran::Time;
      return hit;
    }
  }
  if (at == i || part == Part::Daytime || part == Part::Midday) return std::nullopt;
  if (i == 0 || !any(i - 1, {"in", "during", "on", "throughout", "into", "of", "late"})) return std::nullopt;
  if (is(at + 1, "of") || mark(at + 1, '-')) return std::nullopt;
  const auto base = told_last();
  hit.next = at + 1;
  hit.e.why = "on the date told before, else the document's";
  hit.e.follows = true;
  if (base && base->gran >= Gran::Day && base->resolved()) hit.e.when = *base;
  else if (context_.reference) hit.e.when = *context_.reference;
  hit.e.when.hour = hit.e.when.minute = hit.e.when.second = kNo;
  hit.e.when.part = part;
  hit.e.when.gran = Gran::Time;
  hit.e.mentioned = false;
  return hit;
}

// now, currently, recently, soon: references without a date
Parser::Maybe Parser::reference_word(uint32_t i) const {
  uint32_t at = i;
  if (any(at, {"until", "till", "by", "right", "just"}) && is(at + 1, "now")) ++at;
  if (any(at, {"very", "more", "most", "so"}) && has(at + 1, kReference)) ++at;
  if (!has(at, kReference)) return std::nullopt;
  if (is(at, "now") && mark(at + 1, '-')) return std::nullopt;
  if (any(at, {"previously", "formerly", "shortly"}) ) return std::nullopt;
  if (is(at, "soon") && any(at + 1, {"after", "as"})) return std::nullopt;
  if (is(at, "now") && is(at + 1, "that")) return std::nullopt;
  if (i > 0 && is(at, "soon") && is(i - 1, "as")) return std::nullopt;
  Hit hit;
  hit.e.begin = at;
  const int32_t v = value(at, kReference);
  hit.e.when.ref = v == 0 ? Ref::Past : v == 1 ? Ref::Present : Ref::Future;
  hit.next = at + 1;
  hit.e.mentioned = false;
  hit.e.why = "a time without a date";
  hit.e.score = 0.6F;
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
  } else if (const auto cardinal = numeral(at, false); cardinal && mark(cardinal->next, '-') && is(cardinal->next + 1, "year")) {
    n = static_cast<int32_t>(cardinal->value);
    x = cardinal->next + 2;
  } else {
    return std::nullopt;
  }
  while (any(x, {"birth", "wedding", "death", "independence"}) && any(x + 1, {"anniversary"})) ++x;
  if (!any(x, {"anniversary", "birthday", "jubilee"})) return std::nullopt;
  Hit hit;
  hit.next = x + 1;
  uint32_t o = x + 1;
  if (is(o, "of")) {
    ++o;
    for (uint32_t k = 0; k < 6 && o < size() && word(o) && !has(o, kTense) && !has(o, kPreposition); ++k) {
      ++o;
      // "of U.S.-Bangladeshi relations": stops and hyphens within a word
      while (o < size() && (mark(o, '.') || mark(o, '-')) && glued(o) && glued(o + 1) && word(o + 1)) o += 2;
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
  for (uint32_t k = i >= 8 ? i - 8 : 0; k < std::min(size(), hit.next + 8); ++k) on_the_day = on_the_day || is(k, "today") || is(k, "todays");
  const Ymd now = civil(*ref);
  hit.e.when = When::year_of(now.year - n);
  if (on_the_day) {
    hit.e.when = When::day_of(day_number(now.year - n, now.month, std::min(now.day, days_in_month(now.year - n, now.month))));
  }
  return hit;
}

}  // namespace readout::timex
