// Times told by their distance from the document's date or the date told before, as fine as the
// unit that is named: "today", "next week", "last Monday", "this past year", "recently".
#include <algorithm>

#include "timex/parser.h"

namespace readout::timex {

namespace {

When with_part(DayNumber d, Part part) {
  When w = When::day_of(d);
  w.part = part;
  w.gran = Gran::Time;
  return w;
}

/// The year of the month or season meant; in `year` it lies behind now (order > 0), before it or
/// around it.
std::optional<int32_t> year_beside(Rel rel, int32_t year, int32_t order) {
  switch (rel) {
    case kThis:
    case kCurrent:
      return year;
    case kNext:
    case kComing:
    case kFollowing:
      return order > 0 ? year : year + 1;
    case kLast:
    case kPast:
    case kPrevious:
      return order < 0 ? year : year - 1;
    default:
      return std::nullopt;
  }
}

}  // namespace

// today, tomorrow, yesterday, tonight; "earlier today", "later this year", "the day after tomorrow"
Parser::Maybe Parser::deictic(uint32_t i) const {
  uint32_t at = i;
  if (any(at, {"earlier", "later", "late", "early"}) &&
      (has(at + 1, kDeictic) || (any(at + 1, {"this", "in", "on"})))) {
    if (has(at + 1, kDeictic) || is(at + 1, "this")) {
      auto inner = has(at + 1, kDeictic) ? deictic(at + 1) : relative(at + 1);
      if (!inner || inner->e.type == TimexType::Duration) return std::nullopt;
      if (any(at, {"late", "early"})) inner->e.mod = is(at, "early") ? "START" : "END";
      if (const auto ref = reference(); ref && inner->e.when.resolved()) {
        const auto whole = interval_of(inner->e.when);
        if (is(at, "earlier") && whole && *ref > whole->from)
          inner->e.interval = Interval{whole->from, *ref};
        if (is(at, "later") && whole && *ref + 1 < whole->until)
          inner->e.interval = Interval{*ref, whole->until};
      }
      return inner;
    }
    return std::nullopt;
  }
  Hit hit;
  const auto ref = reference();
  if (is(at, "the") && is(at + 1, "day") && any(at + 2, {"before", "after"}) &&
      any(at + 3, {"yesterday", "tomorrow"})) {
    hit.next = at + 4;
    if (ref) hit.e.when = When::day_of(*ref + (is(at + 2, "before") ? -2 : 2));
  } else if (any(at, {"day"}) && any(at + 1, {"before", "after"}) &&
             any(at + 2, {"yesterday", "tomorrow"})) {
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
    hit.e.when.ref = hit.next == at + 1 && value(at, kDeictic) == 100  ? Ref::Present
                     : hit.next == at + 1 && value(at, kDeictic) < 100 ? Ref::Past
                                                                       : Ref::Future;
  } else {
    hit.e.anchor = iso(*ref);
  }
  hit.e.why = "counted from the document's date";
  return hit;
}

// "this year", "next Tuesday", "the past two weeks", "that evening", "last autumn"
Parser::Maybe Parser::relative(uint32_t i) const {
  Relative r;
  r.i = i;
  r.at = skip_the(i);
  if (!has(r.at, kRel)) return std::nullopt;
  r.rel = static_cast<Rel>(value(r.at, kRel));
  r.x = r.at + 1;
  if ((is(r.at, "this") || is(r.at, "the")) && has(r.x, kRel) &&
      any(r.x, {"past", "coming", "current", "last", "same", "next"})) {  // "this past week"
    r.rel = static_cast<Rel>(value(r.x, kRel));
    ++r.x;
  }
  if (is(r.at, "that") && !has(r.x, kPointed)) return std::nullopt;
  if (glued(r.x) && mark(r.x, '-')) return std::nullopt;
  if (i > 0 && any(i - 1, {"any", "every", "each", "no"})) return std::nullopt;
  r.ref = reference();
  if (r.ref) r.hit.e.anchor = iso(*r.ref);
  r.hit.e.why = "counted from the document's date";
  if (auto length = relative_length(r)) return length;
  if (r.rel == kThese && has(r.x, kUnits)) {
    if (!is(r.x, "days")) return std::nullopt;
    r.hit.e.when.ref = Ref::Present;
    r.hit.next = r.x + 1;
    r.hit.e.mentioned = false;
    return r.hit;
  }
  while (has(r.x, kAdjective) && has(r.x + 1, kUnit)) ++r.x;
  r.hit.next = r.x + 1;
  relative_base(r);

  const uint32_t x = r.x;
  if (has(x, kPart) || (any(x, {"early", "late"}) && has(x + 1, kPart))) return relative_part(r);
  if (has(x, kFiscal) && any(x + 1, {"year", "years"})) return relative_fiscal(r);
  if (is(x, "half") && (is(x + 1, "year") || (mark(x + 1, '-') && is(x + 2, "year"))))
    return std::nullopt;
  if (has(x, kUnit)) return relative_unit(r);
  uint32_t end = 0;
  if (const auto wd = weekday_word(x, end)) {
    r.hit.next = end;
    return relative_weekday(r, *wd);
  }
  if (has(x, kMonth) && (upper(x) || !any(x, {"may", "march", "august"})) && !number(x + 1))
    return relative_month(r);
  if (has(x, kSeason)) return relative_season(r);
  if (has(x, kFeast)) return relative_feast(r);
  return std::nullopt;
}

// "the next two weeks", "recent months": a length that has a place
Parser::Maybe Parser::relative_length(const Relative& r) const {
  const bool before = r.rel == kLast || r.rel == kPast || r.rel == kPrevious || r.rel == kRecent;
  const bool ahead = r.rel == kNext || r.rel == kComing || r.rel == kFollowing;
  Hit hit = r.hit;
  hit.e.type = TimexType::Duration;
  hit.e.mentioned = false;
  uint32_t next = 0;
  bool compound = false;
  if (const auto d = amounts(r.x, false, next, compound); d && !compound) {
    hit.e.duration = d;
    hit.next = next;
    hit.e.why = "a length of time up to or from the document's date";
    if (r.ref && !d->vague && d->amounts.size() == 1 && d->amounts.front().unit >= Unit::Day) {
      const Duration::Amount& a = d->amounts.front();
      const auto other = shifted(When::day_of(*r.ref), before ? -a.n : a.n, a.unit, true);
      const auto interval = other ? interval_of(*other) : std::nullopt;
      if (interval && before) hit.e.interval = Interval{interval->from, *r.ref};
      if (interval && ahead) hit.e.interval = Interval{*r.ref, interval->from};
    }
    return hit;
  }
  if (has(r.x, kUnits) && (before || ahead)) {
    Duration d;
    d.vague = true;
    d.amounts.push_back({0, static_cast<Unit>(value(r.x, kUnits))});
    hit.e.duration = d;
    hit.next = r.x + 1;
    hit.e.why = "a length of time that is not told";
    return hit;
  }
  return std::nullopt;
}

// What it is counted from: the document's date, or the date told before ("the previous day", "that
// week").
void Parser::relative_base(Relative& r) const {
  const bool next_of_last = r.rel == kNext && r.at > r.i && context_.last &&
                            (is(r.x, "day") || has(r.x, kPart) || has(r.x, kWeekday));
  const bool from_last =
      r.rel == kPrevious || r.rel == kFollowing || r.rel == kSame || r.rel == kThat || next_of_last;
  r.base = r.ref;
  if (from_last) {
    const auto last = told_last();
    const auto interval = last ? interval_of(*last) : std::nullopt;
    r.base = interval ? std::optional(interval->from) : std::nullopt;
    r.hit.e.follows = true;
    r.hit.e.why = "counted from the date told before";
    if (last) r.hit.e.anchor = value_of(*last);
  }
  if (r.rel == kNext || r.rel == kFollowing || r.rel == kComing) r.step = 1;
  if (r.rel == kLast || r.rel == kPast || r.rel == kPrevious) r.step = -1;
}

// "last night", "that same early morning"
Parser::Maybe Parser::relative_part(Relative& r) const {
  if (r.rel == kPast || r.rel == kRecent) return std::nullopt;
  const uint32_t part_at = any(r.x, {"early", "late"}) ? r.x + 1 : r.x;
  const auto part = static_cast<Part>(value(part_at, kPart));
  r.hit.next = part_at + 1;
  r.hit.e.type = TimexType::Time;
  if (r.base) {
    r.hit.e.when = with_part(*r.base + r.step, part);
  } else {
    r.hit.e.when.part = part;
    r.hit.e.when.gran = Gran::Time;
  }
  if (part_at > r.x) r.hit.e.mod = is(r.x, "early") ? "START" : "END";
  return r.hit;
}

// "the next fiscal year"
Parser::Maybe Parser::relative_fiscal(Relative& r) const {
  When& w = r.hit.e.when;
  r.hit.next = r.x + 2;
  w.gran = Gran::Year;
  w.kind = static_cast<YearKind>(value(r.x, kFiscal));
  if (is(r.x, "calendar")) w.kind = YearKind::Calendar;
  if (r.base) w.year = civil(*r.base).year + r.step;
  return r.hit;
}

// "this month", "next week", "the past year", "the last week of March"
Parser::Maybe Parser::relative_unit(Relative& r) const {
  const uint32_t x = r.x;
  Hit& hit = r.hit;
  const auto u = static_cast<Unit>(value(x, kUnit));
  if (is(x, "second") || is(x, "minute") || (mark(x + 1, '-') && glued(x + 1) && word(x + 2)))
    return std::nullopt;
  if (r.rel == kRecent) return std::nullopt;
  if (u == Unit::Hour || r.rel == kPast || (r.rel == kThis && is(r.at + 1, "past"))) {
    Duration d;
    d.amounts.push_back({1, u});
    hit.e.type = TimexType::Duration;
    hit.e.duration = d;
    hit.e.mentioned = false;
    if (r.ref && u >= Unit::Day && r.rel == kPast) {
      if (const auto s = shifted(When::day_of(*r.ref), -1, u, true)) {
        if (const auto interval = interval_of(*s))
          hit.e.interval = Interval{interval->from, *r.ref};
      }
    }
    hit.e.why = "a length of time up to or from the document's date";
    return hit;
  }
  if (r.rel == kThis && is(x, "time")) return std::nullopt;
  if (u == Unit::Day && (r.rel == kCurrent || r.rel == kLast || r.rel == kComing))
    return std::nullopt;  // "the last day of"
  if (!r.base) {
    hit.e.when = When{};
    hit.e.when.gran = u == Unit::Week    ? Gran::Week
                      : u == Unit::Month ? Gran::Month
                      : u == Unit::Year  ? Gran::Year
                                         : Gran::Day;
    if (hit.e.when.gran == Gran::Day)
      hit.e.when.ref = r.step < 0 ? Ref::Past : r.step > 0 ? Ref::Future : Ref::None;
    if (!r.ref && r.step != 0) hit.e.when.ref = r.step < 0 ? Ref::Past : Ref::Future;
    return hit;
  }
  if (r.rel == kLast && is(x + 1, "of") && u != Unit::Year) return last_unit_of(r, u);
  const DayNumber base = *r.base;
  const When unit_now = unit_of(base, u);
  if (r.step == 0) {
    hit.e.when = unit_now;
  } else if (const auto moved =
                 shifted(u == Unit::Day ? When::day_of(base) : unit_now, r.step, u, false)) {
    hit.e.when = u == Unit::Weekend ? unit_of(base + r.step * 7, Unit::Weekend) : *moved;
  } else {
    return std::nullopt;
  }
  // "next week on Tuesday", "this week Monday", "next week Mon 9 am"
  if (u == Unit::Week && hit.e.when.resolved()) {
    uint32_t d = hit.next;
    if (mark(d, ',')) ++d;
    if (is(d, "on")) ++d;
    uint32_t end = 0;
    if (const auto wd = weekday_word(d, end)) {
      hit.e.when = When::day_of(interval_of(hit.e.when)->from + *wd - 1);
      hit.next = end;
    }
  }
  return hit;
}

// "the last week of March"
Parser::Maybe Parser::last_unit_of(Relative& r, Unit u) const {
  const auto whole = point(r.x + 2);
  const auto interval = whole ? interval_of(whole->e.when) : std::nullopt;
  if (!interval) return std::nullopt;
  const DayNumber last = interval->until - 1;
  r.hit.e = whole->e;
  r.hit.e.when = unit_of(u == Unit::Week ? last - (weekday(last) + 3) % 7 : last, u);
  r.hit.next = whole->next;
  return r.hit;
}

// "next" and "last" go by the calendar week, "coming" and "past" by distance.
Parser::Maybe Parser::relative_weekday(Relative& r, int32_t wd) const {
  When& w = r.hit.e.when;
  w.gran = Gran::Day;
  if (!r.base) {
    w.weekday = wd;
    return r.hit;
  }
  const DayNumber base = *r.base;
  const int32_t today = weekday(base);
  const DayNumber monday = base - (today - 1);
  const Rel rel = r.rel == kThis && has(r.at + 1, kRel) ? kPast : r.rel;
  DayNumber d = base;
  switch (rel) {
    case kThis:
    case kCurrent:
      d = monday + wd - 1;
      break;
    case kNext:
      d = monday + 7 + wd - 1;
      break;
    case kLast:
      d = monday - 7 + wd - 1;
      break;
    case kPast:
    case kPrevious:
      d = base - ((today - wd + 6) % 7 + 1);
      break;
    case kComing:
    case kFollowing:
      d = base + ((wd - today + 6) % 7 + 1);
      break;
    default:
      break;
  }
  if (rel == kThis && direction(r.i) == Direction::Past && d > base) d -= 7;
  if (rel == kThis && direction(r.i) == Direction::Future && d < base) d += 7;
  w = When::day_of(d);
  return r.hit;
}

// "next March", "this June"
Parser::Maybe Parser::relative_month(Relative& r) const {
  When w;
  w.gran = Gran::Month;
  w.month = value(r.x, kMonth);
  if (r.base) {
    const Ymd now = civil(*r.base);
    const auto y = year_beside(r.rel, now.year, w.month - now.month);
    if (!y) return std::nullopt;
    w.year = *y;
  }
  r.hit.e.when = w;
  return r.hit;
}

// "last autumn", "this winter"
Parser::Maybe Parser::relative_season(Relative& r) const {
  When w;
  w.gran = Gran::Season;
  w.sub = value(r.x, kSeason);
  if (r.base) {
    const Ymd now = civil(*r.base);
    const int32_t season_now = now.month <= 2 ? 0 : now.month / 3;  // winter of the year before: 0
    const auto y = year_beside(r.rel, now.year, w.sub - season_now);
    if (!y) return std::nullopt;
    const bool this_winter = (r.rel == kThis || r.rel == kCurrent) && w.sub == 4 && season_now == 0;
    w.year = this_winter ? now.year - 1 : *y;
  }
  r.hit.e.when = w;
  return r.hit;
}

// "last Christmas", "this Ramadan"
Parser::Maybe Parser::relative_feast(Relative& r) const {
  const auto named = words_.feasts.match(text_, atoms_, r.x);
  if (!named || !r.base) return std::nullopt;
  const Feast& feast = words_.feast[named->value];
  int32_t y = civil(*r.base).year;
  const auto here = feast_day(feast.rule, y);
  if (!here) return std::nullopt;
  if (r.step > 0 && *here <= *r.base) ++y;
  if (r.step < 0 && *here >= *r.base) --y;
  const auto d = feast_day(feast.rule, y);
  if (!d) return std::nullopt;
  r.hit.next = named->next;
  r.hit.e.when = When::day_of(*d);
  return r.hit;
}

// now, currently, recently, soon: references without a date
Parser::Maybe Parser::reference_word(uint32_t i) const {
  uint32_t at = i;
  if (any(at, {"until", "till", "by", "right", "just"}) && is(at + 1, "now")) ++at;
  if (any(at, {"very", "more", "most", "so"}) && has(at + 1, kReference)) ++at;
  if (!has(at, kReference)) return std::nullopt;
  if (is(at, "now") && mark(at + 1, '-')) return std::nullopt;
  if (any(at, {"previously", "formerly", "shortly"})) return std::nullopt;
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

}  // namespace readout::timex
