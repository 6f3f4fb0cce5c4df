// Stretches of the calendar that have names: quarters and fiscal years by their codes, seasons,
// feasts, numbered weeks.
#include "timex/parser.h"

namespace readout::timex {

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
  if (!upper(at) && y == kNo && !(is(at, "q") && number(at + 1, 1) && glued(at + 1)))
    return std::nullopt;
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
  const bool prepared = i > 0 && has(i - 1, kLeadsSeason);
  if (!prepared && !(mark(i > 0 ? i - 1 : i, '-') && i > 1 && is(i - 2, "mid")))
    return std::nullopt;
  if (any(at, {"fall", "spring"}) &&
      (at == i && !any(i - 1, {"this", "in", "by", "since", "until", "early", "late"})))
    return std::nullopt;
  if (any(at, {"fall"}) && is(at + 1, "of")) return std::nullopt;
  if (word(at + 1) && !has(at + 1, kPreposition) && !has(at + 1, kTense) &&
      !has(at + 1, kPronoun) && !any(at + 1, {"and", "but", "when", "that", "or", "the"})) {
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
  if (has(named->next, kNamedAfterFeast)) return std::nullopt;
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
    const auto sample =
        rule.rule.rfind("fixed", 0) == 0 ? feast_day(rule.rule, 2000) : std::nullopt;
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
    if (is(hit.next, "of")) {
      if (const auto inner = point(hit.next + 1);
          inner && inner->e.when.gran == Gran::Day && inner->e.when.resolved()) {
        hit.e = inner->e;
        hit.e.when = unit_of(interval_of(inner->e.when)->from, Unit::Weekend);
        hit.next = inner->next;
        return hit;
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
  if (at > i &&
      (is(at + 1, "of") || any(at + 1, {"beginning", "starting", "ending", "commencing"}))) {
    const uint32_t o = is(at + 2, "on") ? at + 3 : at + 2;
    if (const auto inner = date(skip_the(o));
        inner && inner->e.when.gran == Gran::Day && inner->e.when.resolved()) {
      hit.e = inner->e;
      hit.e.to.reset();
      hit.e.when = When::week_of(interval_of(inner->e.when)->from);
      hit.next = inner->next;
      return hit;
    }
  }
  return std::nullopt;
}

}  // namespace readout::timex
