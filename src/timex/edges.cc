// Parts of longer times: "the end of the year", "early 2019", "mid-February", "the evening of 5
// September".
#include <algorithm>

#include "timex/parser.h"

namespace readout::timex {

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
    if (const uint32_t tail = year_tail(o + 1, s.e.when, s.e); tail > 0)
      s.next = tail;
    else
      settle_year(s.e.when, i, s.e);
    inner = s;
  }
  if (!inner || inner->e.type == TimexType::Duration || inner->e.to) return std::nullopt;
  if (has(at, kMod) && inner->e.when.gran == Gran::Day && mark(at + 1, '-')) return std::nullopt;
  hit = *inner;
  hit.e.mod = mod;
  When& w = hit.e.when;
  if (const auto whole = interval_of(w)) {
    const DayNumber length = whole->until - whole->from;
    if (mod[0] == 'S')
      hit.e.interval = Interval{whole->from, whole->from + std::max(1, length / 3)};
    if (mod[0] == 'M')
      hit.e.interval = Interval{whole->from + length / 3, whole->until - length / 3};
    if (mod[0] == 'E')
      hit.e.interval = Interval{whole->until - std::max(1, length / 3), whole->until};
  }
  // The end of a year is told to the month: this is what a deadline hangs on.
  if (has(at, kEdge) && w.gran == Gran::Year && w.kind == YearKind::Calendar && w.year != kNo &&
      mod[0] == 'E') {
    w = When::month_of(w.year, 12);
    hit.e.interval = Interval{day_number(w.year, 12, 1), day_number(w.year + 1, 1, 1)};
  }
  return hit;
}

// "the evening of 5 September", "the night of 17 January", "in the morning"
Parser::Maybe Parser::part_first(uint32_t i) const {
  uint32_t at = skip_the(i);
  if (any(at, {"early", "late", "following", "next", "same", "previous"}) && has(at + 1, kPart) &&
      !has(at, kRel))
    ++at;
  if (!has(at, kPart) || (i > 0 && has(i - 1, kSalute))) return std::nullopt;
  const auto part = static_cast<Part>(value(at, kPart));
  Hit hit;
  uint32_t o = at + 1;
  if (any(o, {"of", "on"}))
    ++o;
  else if (mark(o, ','))
    o = 0;
  if (o > at + 1 && o != 0) {
    if (auto inner = date(skip_the(o));
        inner && (inner->e.when.gran == Gran::Day) && inner->e.when.ref == Ref::None) {
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
  if (i == 0 || !any(i - 1, {"in", "during", "on", "throughout", "into", "of", "late"}))
    return std::nullopt;
  if (is(at + 1, "of") || mark(at + 1, '-')) return std::nullopt;
  const auto base = told_last();
  hit.next = at + 1;
  hit.e.why = "on the date told before, else the document's";
  hit.e.follows = true;
  if (base && base->gran >= Gran::Day && base->resolved())
    hit.e.when = *base;
  else if (context_.reference)
    hit.e.when = *context_.reference;
  hit.e.when.hour = hit.e.when.minute = hit.e.when.second = kNo;
  hit.e.when.part = part;
  hit.e.when.gran = Gran::Time;
  hit.e.mentioned = false;
  return hit;
}

}  // namespace readout::timex
