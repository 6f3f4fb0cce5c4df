// Expressions as wholes: points with their times of day, ranges, durations with what they hang on, sets.
// `at` tries the forms that reach farthest first and takes the first that fits.
#include <algorithm>

#include "timex/parser.h"

namespace readout::timex {
namespace {

const char* comparator_mod(uint32_t comparison) {
  switch (comparison) {
    case kAbout: return "APPROX";
    case kAlmost: return "APPROX";
    case kMoreThan: return "MORE_THAN";
    case kLessThan: return "LESS_THAN";
    case kAtLeast: return "EQUAL_OR_MORE";
    case kAtMost: return "EQUAL_OR_LESS";
    default: return "";
  }
}

}  // namespace

// A time of day on its own keeps the zone of the document only on the document's own date.
void Parser::localise(When& when) const {
  if (when.hour == kNo || when.zone_min != kNo || !context_.reference || context_.reference->zone_min == kNo) return;
  const When& ref = *context_.reference;
  if (when.year == ref.year && when.month == ref.month && when.day == ref.day) when.zone_min = ref.zone_min;
}

// "5 September, 19:30", "Tuesday evening", "12 October 2021, 13.15", "tomorrow at noon".
void Parser::add_time(Hit& hit) const {
  When& w = hit.e.when;
  if (w.gran != Gran::Day || hit.e.to || w.ref != Ref::None) return;
  uint32_t at = hit.next;
  if (const uint32_t end = day_part(at, w); end > 0) {
    hit.e.type = TimexType::Time;
    hit.next = end;
    at = end;
  } else if (is(at, "in") && is(at + 1, "the") && has(at + 2, kPart)) {
    w.part = static_cast<Part>(value(at + 2, kPart));
    w.gran = Gran::Time;
    hit.next = at + 3;
    at = hit.next;
  }
  bool loose = false;
  if (mark(at, ',') || mark(at, '|') || (mark(at, '-') && !glued(at))) {
    ++at;
    loose = true;
  }
  if (any(at, {"at", "around", "about", "for", "from"})) {
    loose = is(at, "at");
    if (any(at, {"from", "for", "about", "around"})) loose = false;
    if (is(at, "for") && !number(at + 1)) return;
    ++at;
    if (any(at, {"around", "about"})) ++at;
  }
  if (!hit.e.mod[0]) {
    uint32_t x = at;
    if (any(x, {"no", "not"}) && is(x + 1, "later") && is(x + 2, "than")) x += 3;
    else if (is(x, "later") && is(x + 1, "than")) x += 2;
    else if (any(x, {"before", "after", "by", "until", "till", "since"})) x += 1;
    if (x > at) {
      When timed = w;
      if (const uint32_t end = clock(x, timed, false); end > 0) {
        hit.e.mod = is(at, "after") || is(at, "later") || is(at, "since") ? "AFTER" : "BEFORE";
        w = timed;
        w.gran = Gran::Time;
        hit.next = end;
        return;
      }
    }
  }
  // "from 10 to 4", "between 3 and 5 pm", "3-8pm" behind a date
  {
    const uint32_t x = any(at, {"between"}) ? at + 1 : at;
    const bool led = (at > hit.next && word(at - 1)) || x > at;
    const auto hour = [&](uint32_t h, When& out) -> uint32_t {
      if (const uint32_t end = clock(h, out, false); end > 0) return end;
      if (!number(h) || atoms_[h].digits > 2 || num(h) > 24 || mark(h + 1, ':') || mark(h + 1, '/')) return 0;
      out.hour = num(h);
      out.minute = kNo;
      return h + 1;
    };
    When a = w, b = w;
    const uint32_t mid = hour(x, a);
    if (mid > 0 && (mark(mid, '-') || any(mid, {"to", "and", "until", "till"}))) {
      const uint32_t end = hour(mid + 1, b);
      const bool certain = led || ((has(mid - 1, kMeridiem) || (end > 0 && has(end - 1, kMeridiem))) && !mark(at - 1, 0x2D));
      if (end > 0 && certain && !(is(mid, "and") && x == at)) {
        if (a.hour < 12 && b.hour > 12 && a.hour + 12 < b.hour && !has(mid - 1, kMeridiem)) a.hour += 12;
        if (b.hour <= a.hour && b.hour <= 12) b.hour += 12;
        if (w.part == Part::Afternoon || w.part == Part::Evening || w.part == Part::Night) {
          if (a.hour < 12) a.hour += 12;
          if (b.hour < 12) b.hour += 12;
        }
        if (b.hour < 24 && a.hour < 24) {
          a.gran = b.gran = Gran::Time;
          a.part = b.part = Part::None;
          w = a;
          hit.e.to = b;
          hit.e.type = TimexType::Time;
          hit.next = end;
          return;
        }
      }
    }
  }
  When timed = w;
  if (const uint32_t end = clock(at, timed, loose); end > 0) {
    if (w.part == Part::Evening || w.part == Part::Afternoon) {
      if (timed.hour < 12) timed.hour += 12;
    }
    w = timed;
    w.gran = Gran::Time;
    hit.next = end;
  } else if (at > hit.next && any(at - 1, {"at", "around", "about"}) && number(at) && atoms_[at].digits <= 2 && num(at) <= 24 &&
             (at + 1 >= size() || (atoms_[at + 1].kind == AtomKind::Mark && !glued(at + 2)))) {
    w.hour = num(at);
    if ((w.part == Part::Evening || w.part == Part::Afternoon || (w.part == Part::Night && w.hour > 4)) && w.hour < 12) w.hour += 12;
    w.part = Part::None;
    w.gran = Gran::Time;
    hit.next = at + 1;
  }
}

// "19:30 on 5 September", "noon tomorrow", "12:00 UTC Monday", "3 pm".
Parser::Maybe Parser::clock_first(uint32_t i) const {
  Hit hit;
  uint32_t at = i;
  if (any(at, {"shortly", "just", "soon"}) && any(at + 1, {"after", "before"})) {
    hit.e.mod = is(at + 1, "after") ? "AFTER" : "BEFORE";
    at += 2;
  }
  When timed;
  const bool loose = at > 0 && any(at - 1, {"at", "until", "till"});
  const uint32_t end = clock(at, timed, loose && !(number(at + 2) && mark(at + 3, '%')));
  if (end == 0) return std::nullopt;
  if (number(at) && at > 0 && glued(at) && (mark(at - 1, ':') || mark(at - 1, '.') || mark(at - 1, '-') || mark(at - 1, '+'))) return std::nullopt;
  // "3.15 metres" and scores are no times
  if (number(at) && mark(at + 1, '.') && number(at + 2) && end == at + 3 && (has(end, kCountNoun) || has(end, kNumScale) || mark(end, '%') || has(end, kUnit) || has(end, kUnits))) return std::nullopt;
  hit.next = end;
  uint32_t d = end;
  if (mark(d, ',')) ++d;
  if (any(d, {"on", "of"})) ++d;
  if (is(d, "the") && !is(d + 1, "day")) ++d;
  Maybe day;
  if (has(d, kDeictic)) {
    day = deictic(d);
  } else if (has(d, kRel) || has(d, kWeekday) || number(d) || has(d, kMonth) || has(d, kNumOrdinal) || has(d, kWeekdayShort)) {
    day = date(d);
    if (!day && (has(d, kRel) || (d > end && has(d, kRel)))) day = relative(d);
  }
  if (day && (day->e.when.gran == Gran::Day || day->e.when.part != Part::None) && !day->e.to && day->e.type != TimexType::Duration &&
      day->e.when.ref == Ref::None && (d > end || !number(d) || day->e.when.month != kNo)) {
    const char* mod = hit.e.mod;
    When w = day->e.when;
    if (w.part != Part::None && (w.part == Part::Evening || w.part == Part::Afternoon) && timed.hour < 12) timed.hour += 12;
    w.part = Part::None;
    w.hour = timed.hour;
    w.minute = timed.minute;
    w.second = timed.second;
    w.zone_min = timed.zone_min;
    w.gran = Gran::Time;
    hit.e = day->e;
    hit.e.when = w;
    hit.e.mod = mod;
    hit.next = day->next;
    return hit;
  }
  // no date: the one told last, else the document's
  When w;
  if (context_.last && context_.last->gran >= Gran::Day && context_.last->resolved()) {
    w = *context_.last;
    hit.e.why = "on the date told before";
  } else if (context_.reference) {
    w = *context_.reference;
    hit.e.why = "on the document's date";
  }
  w.gran = Gran::Time;
  w.part = Part::None;
  w.hour = timed.hour;
  w.minute = timed.minute;
  w.second = timed.second;
  w.zone_min = timed.zone_min;
  hit.e.when = w;
  hit.e.mentioned = false;
  return hit;
}

Parser::Maybe Parser::date(uint32_t i) const {
  if (i >= size()) return std::nullopt;
  const Atom& a = atoms_[i];
  Maybe hit;
  if (a.kind == AtomKind::Number) {
    if ((hit = numeric(i))) return hit;
    if ((hit = day_month(i))) return hit;
    if ((hit = fiscal(i))) return hit;
    if ((hit = quarter_code(i))) return hit;
    if ((hit = decade(i))) return hit;
    if (glued(i + 1) && (hit = ordinal_first(i))) return hit;
    return year(i);
  }
  if (a.kind == AtomKind::Mark) {
    if (a.mark != '\'') return std::nullopt;
    if ((hit = decade(i))) return hit;
    return bare_year(i, false);
  }
  if (has(i, kMonth) && (hit = month_first(i))) return hit;
  if ((has(i, kWeekday) || has(i, kWeekdayShort)) && (hit = weekday_first(i))) return hit;
  if (has(i, kCode) && (hit = quarter_code(i))) return hit;
  if (has(i, kFeast) && (hit = feast(i))) return hit;
  if (has(i, kSeason) && (hit = season(i))) return hit;
  if (has(i, kFiscal) && (hit = fiscal(i))) return hit;
  if (is(i, "ad") && capitals(i) && number(i + 1) && atoms_[i + 1].digits <= 4) {
    hit = bare_year(i + 1, true);
    return hit;
  }
  if ((has(i, kNumOrdinal) || has(i, kNumTens)) && (hit = day_month(i))) return hit;
  if ((has(i, kNumOrdinal) || has(i, kNumTens)) && (hit = decade(i))) return hit;
  if (has(i, kNumOrdinal) || has(i, kRel)) {
    if ((hit = ordinal_first(i))) return hit;
  }
  if (is(i, "the")) {
    const uint32_t n = i + 1;
    if (n >= size()) return std::nullopt;
    if (number(n) || has(n, kNumOrdinal) || has(n, kNumTens) || has(n, kMod) || has(n, kDecadeWord) || mark(n, '\'')) {
      if ((hit = day_month(n))) return hit;
      if ((hit = decade(i))) return hit;
      if ((hit = fiscal(i))) return hit;
      if ((hit = ordinal_first(i))) return hit;
    }
    if (has(n, kRel)) {
      if ((hit = ordinal_first(i))) return hit;
    }
    if (has(n, kFiscal) && (hit = fiscal(i))) return hit;
    if (has(n, kUnit) && (hit = week_of(i))) return hit;
    if (has(n, kSeason) && (hit = season(i))) return hit;
    if (has(n, kFeast) && (hit = feast(i))) return hit;
    if (is(n, "year") && number(n + 1, 4) && (hit = bare_year(n + 1, true))) return hit;
    if (has(n, kMonth) && upper(n) && (number(n + 1) || mark(n + 1, '-')) && (hit = month_first(n))) {
      hit->e.begin = n;
      return hit;
    }
    return std::nullopt;
  }
  if (is(i, "week") && (hit = week_of(i))) return hit;
  if (is(i, "year") && number(i + 1, 4) && (hit = bare_year(i + 1, true))) return hit;
  if (has(i, kDecadeWord) && (hit = decade(i))) return hit;
  return std::nullopt;
}

// "two weeks ago", "a year earlier", "three days after 5 May", "4 months from tomorrow", "in two weeks".
Parser::Maybe Parser::offset_date(uint32_t i) const {
  uint32_t at = i;
  if (has(at, kComparator)) {
    if (const auto c = words_.comparators.match(text_, atoms_, at)) at = c->next;
    if (at > i && is(at, "the")) return std::nullopt;  // "about the 72 hours"
  }
  uint32_t next = 0;
  bool compound = false;
  std::optional<Duration> d = amounts(at, true, next, compound);
  if (!d && has(at, kUnits)) {  // "years ago", "hours later"
    Duration bare;
    bare.vague = true;
    bare.amounts.push_back({0, static_cast<Unit>(value(at, kUnits))});
    d = bare;
    next = at + 1;
  }
  if (!d || compound) return std::nullopt;
  Hit hit;
  const auto move = [&](const When& base, int32_t sign, bool keep) -> bool {
    if (d->vague) {
      hit.e.when.ref = sign < 0 ? Ref::Past : Ref::Future;
      return true;
    }
    When w = base;
    for (auto a = d->amounts.begin(); a != d->amounts.end(); ++a) {
      const auto moved = shifted(w, sign * a->n, a->unit, keep || a + 1 != d->amounts.end());
      if (!moved) return false;
      w = *moved;
    }
    hit.e.when = w;
    return true;
  };
  const char* mod = at > i ? comparator_mod(words_.comparators.match(text_, atoms_, i)->value) : "";
  hit.e.mod = mod;
  const auto finish = [&](uint32_t end) -> Maybe {
    hit.next = end;
    return hit;
  };
  const bool clock_units = d->amounts.back().unit <= Unit::Hour;
  if (i > 0 && is(i - 1, "in") && !any(next, {"of", "before", "after", "to"}) && context_.reference && !d->vague && at == i &&
      (direction(i) == Direction::Future || (direction(i) == Direction::Unknown && (next >= size() || atoms_[next].kind == AtomKind::Mark))) && (!clock_units || context_.reference->hour != kNo) && d->amounts.back().unit < Unit::Year) {
    When base = *context_.reference;
    if (!clock_units) base = When::day_of(*reference());
    hit.e.anchor = iso(*reference());
    hit.e.why = "counted from the document's date";
    if (move(base, 1, false)) return finish(next);
  }
  if (any(next, {"ago", "hence"}) || (is(next, "from") && any(next + 1, {"now", "today"}))) {
    const int32_t sign = is(next, "ago") ? -1 : 1;
    const uint32_t end = is(next, "from") ? next + 2 : next + 1;
    hit.e.why = "counted from the document's date";
    if (!context_.reference || (clock_units && context_.reference->hour == kNo)) {
      if (context_.reference && clock_units) {
        hit.e.when = When::day_of(*reference());
        hit.e.anchor = iso(*reference());
        return finish(end);
      }
      hit.e.when.ref = sign < 0 ? Ref::Past : Ref::Future;
      return finish(end);
    }
    When base = *context_.reference;
    if (!clock_units) base = When::day_of(*reference());
    hit.e.anchor = iso(*reference());
    if (!move(base, sign, false)) hit.e.when.ref = sign < 0 ? Ref::Past : Ref::Future;
    return finish(end);
  }
  if (any(next, {"before", "after", "from", "prior", "following", "later", "earlier"}) &&
      !(any(next, {"later", "earlier"}) && (is(next + 1, "this") || has(next + 1, kDeictic)))) {
    uint32_t o = next + 1;
    if (is(next, "prior")) {
      if (!is(o, "to")) return std::nullopt;
      ++o;
    }
    if (any(next, {"later", "earlier"}) && is(o, "than")) ++o;
    const int32_t sign = any(next, {"before", "prior", "earlier"}) ? -1 : 1;
    if (o > next + 1 || !any(next, {"later", "earlier"})) {
      Maybe base = date(o);
      if (!base) base = deictic(o);
      if (base && base->e.when.resolved() && base->e.when.gran >= Gran::Year && move(base->e.when, sign, true)) {
        hit.e.year_told = base->e.year_told;
        hit.e.why = "counted from the date behind it";
        hit.e.anchor = value_of(base->e.when);
        hit.e.mod = mod;
        return finish(base->next);
      }
      if (o > next + 1 && any(next, {"later", "earlier"})) o = next + 1;
    }
    const bool closed = o >= size() || atoms_[o].kind == AtomKind::Mark || has(o, kTense) || has(o, kPreposition) ||
                        any(o, {"and", "but", "when", "he", "she", "they", "it", "we", "i", "the", "than"});
    if (any(next, {"later", "earlier"}) || (any(next, {"before", "after"}) && closed && !any(o, {"the", "he", "she", "they", "it", "we", "i"}))) {
      if (is(next, "later") && !context_.last && direction(i) != Direction::Future && !clock_units) {
        // "Almost two centuries later": later than something that has no date here
        hit.e = Expression{};
        hit.e.type = TimexType::Duration;
        hit.e.duration = d;
        hit.e.mod = mod;
        hit.e.function = "AFTER_EVENT";
        hit.e.why = "a length of time counted from an event without a date";
        hit.e.mentioned = false;
        return finish(next + 1);
      }
      const auto base = told_last();
      hit.e.follows = true;
      hit.e.why = "counted from the date told before";
      if (!base || (clock_units && base->hour == kNo)) {
        hit.e.when.ref = sign < 0 ? Ref::Past : Ref::Future;
        return finish(next + 1);
      }
      hit.e.anchor = value_of(*base);
      if (!move(*base, sign, base->gran < Gran::Day)) hit.e.when.ref = sign < 0 ? Ref::Past : Ref::Future;
      return finish(next + 1);
    }
    if (any(next, {"before", "after", "from", "prior", "following"}) && o < size() && !is(next, "from")) {
      // "six months after your last visit": a length that starts at an event
      hit.e = Expression{};
      hit.e.type = TimexType::Duration;
      hit.e.duration = d;
      hit.e.mod = mod;
      hit.e.function = sign < 0 ? "BEFORE_EVENT" : "AFTER_EVENT";
      uint32_t end = o;
      while (end < size() && end < o + 8 && atoms_[end].kind == AtomKind::Word && !has(end, kTense)) ++end;
      if (end > o) hit.e.anchor = std::string(text_.substr(atoms_[o].span.begin, atoms_[end - 1].span.end - atoms_[o].span.begin));
      hit.e.why = "a length of time counted from an event";
      hit.e.mentioned = false;
      return finish(next);
    }
  }
  return std::nullopt;
}

// A point in time: a date with its time of day, in whatever order.
Parser::Maybe Parser::point(uint32_t i) const {
  if (i >= size()) return std::nullopt;
  Maybe hit;
  if ((hit = clock_first(i))) {
    hit->e.type = TimexType::Time;
    return hit;
  }
  if (has(i, kDeictic) || any(i, {"earlier", "later", "late", "early", "day", "the"})) hit = deictic(i);
  if (!hit && (has(i, kMod) || has(i, kEdge) || is(i, "the") || is(i, "very"))) hit = edge(i);
  if (!hit) hit = date(i);
  if (!hit && is(i, "the")) hit = unit_around(i);
  if (!hit && (has(i, kRel) || is(i, "the"))) hit = relative(i);
  if (!hit && (has(i, kPart) || is(i, "the") || any(i, {"early", "late"}))) hit = part_first(i);
  if (!hit) return hit;
  if (hit->e.type == TimexType::Duration || hit->e.type == TimexType::Set) return hit;
  add_time(*hit);
  localise(hit->e.when);
  hit->e.type = hit->e.when.timed() ? TimexType::Time : TimexType::Date;
  return hit;
}

// Puts two points together: the value is the smallest unit of the calendar that holds both, else both
// with a slash between.
Parser::Maybe Parser::joined(const Hit& first, uint32_t i, uint32_t second_at) const {
  auto second = point(second_at);
  if (!second && any(second_at, {"now", "present"}) && reference()) {
    Hit now;
    now.e.when = When::day_of(*reference());
    now.next = second_at + 1;
    second = now;
  }
  if (!second && number(second_at, 4)) second = bare_year(second_at, true);
  if (!second || second->e.to || second->e.duration || second->e.type == TimexType::Set) return std::nullopt;
  Hit hit = first;
  When a = first.e.when, b = second->e.when;
  // the year told once goes for both
  if (second->e.year_told && !first.e.year_told && a.month != kNo && b.year != kNo && a.ref == Ref::None && a.gran >= Gran::Season) {
    a.year = b.year;
    if (b.month != kNo && a.month > b.month) --a.year;
  }
  const bool named = has(second_at, kMonth) || number(second_at) || has(second_at, kNumOrdinal) || has(second_at, kMod) || has(second_at, kEdge) || (is(second_at, "the") && (has(second_at + 1, kEdge) || number(second_at + 1)));
  if (!second->e.year_told && !first.e.year_told && named && (has(i, kMonth) || has(skip_the(i + 1), kMonth) || number(i + 1)) && a.year != kNo && b.month != kNo &&
      a.month != kNo && a.gran >= Gran::Month && b.gran >= Gran::Month && b.hour == kNo) {
    b.year = b.month < a.month ? a.year + 1 : a.year;  // the end of a range lies behind its beginning
    if (b.day != kNo) b.day = std::min(b.day, days_in_month(b.year, b.month));
  }
  if (named && !second->e.year_told && first.e.year_told && a.year != kNo && b.month != kNo && a.gran <= Gran::Time && b.gran >= Gran::Month && b.ref == Ref::None) {
    b.year = a.month != kNo && b.month < a.month ? a.year + 1 : a.year;
    if (b.day != kNo) b.day = std::min(b.day, days_in_month(b.year, b.month));
  }
  // two times of one day
  if (a.hour != kNo && b.hour != kNo && b.month == kNo && a.month != kNo) {
    b.year = a.year;
    b.month = a.month;
    b.day = a.day;
  }
  if (a.hour != kNo && b.hour != kNo && !second->e.mentioned && a.year != kNo) {
    b.year = a.year; b.month = a.month; b.day = a.day;
  } else if (a.hour != kNo && b.hour != kNo && !first.e.mentioned && second->e.mentioned) {
    a.year = b.year; a.month = b.month; a.day = b.day;
  }
  if (a.hour != kNo && b.hour != kNo && a.year == b.year && a.month == b.month && a.day == b.day) {
    if (a.hour < 12 && b.hour > 12 && a.hour + 12 < b.hour && second->e.when.hour > 12 && a.minute != kNo && !has(first.next - 1, kMeridiem) && mark(first.next - 2, ':')) a.hour += 12;
    if (b.zone_min != kNo && a.zone_min == kNo) a.zone_min = b.zone_min;
    if (b.hour < a.hour && b.resolved()) {
      if (const auto next_day = shifted(b, 1, Unit::Day, true)) {
        const When moved = *next_day;
        b.year = moved.year;
        b.month = moved.month;
        b.day = moved.day;
      }
    }
  }
  const auto ia = interval_of(a), ib = interval_of(b);
  if (ia && ib && ib->from < ia->from) {
    // "from Friday to Monday": the second lies behind the first
    if (a.gran == Gran::Day && b.gran == Gran::Day && !first.e.year_told && !second->e.year_told && ia->from - ib->from < 7 && has(second_at, kWeekday)) {
      b = When::day_of(ib->from + 7);
    } else if (!first.e.year_told && !second->e.year_told && a.month != kNo && b.month != kNo && a.year == b.year) {
      if (direction(i) == Direction::Future) ++b.year;
      else --a.year;
    } else {
      return std::nullopt;
    }
  }
  hit.e.when = a;
  hit.e.to = b;
  hit.e.type = a.timed() && b.timed() ? TimexType::Time : TimexType::Date;
  hit.e.year_told = first.e.year_told || second->e.year_told;
  hit.e.why = "from the first to the last of two times";
  hit.next = second->next;
  return hit;
}

// "from X to Y", "between X and Y", "X - Y".
Parser::Maybe Parser::range(uint32_t i) const {
  const bool from = is(i, "from"), between = is(i, "between");
  if (!from && !between) return std::nullopt;
  uint32_t x = skip_the(i + 1);
  if (x > i + 1 && !number(x) && !has(x, kMonth) && !has(x, kNumOrdinal)) x = i + 1;
  // "from 9 to 11 am", "between 3 and 5 pm": the half of the day is told once
  if ((number(x) && atoms_[x].digits <= 2) && any(x + 1, {"to", "and", "until", "till"}) && number(x + 2) && atoms_[x + 2].digits <= 2) {
    When b;
    if (const uint32_t end = clock(x + 2, b, false); end > 0) {
      When a = b;
      a.hour = num(x) + (b.hour >= 12 && num(x) < 12 && num(x) + 12 < b.hour ? 12 : 0);
      a.minute = kNo;
      if (a.hour < 24) {
        Hit hit;
        const auto base = told_last();
        for (When* w : {&a, &b}) {
          if (base && base->gran >= Gran::Day) { w->year = base->year; w->month = base->month; w->day = base->day; }
          w->gran = Gran::Time;
        }
        hit.e.when = a;
        hit.e.to = b;
        hit.e.type = TimexType::Time;
        hit.e.mentioned = false;
        hit.next = end;
        return hit;
      }
    }
  }
  // "between 3 and 5 on 1 May", "from 7 to 7:30 tonight": bare hours need the date behind them
  if (number(x) && atoms_[x].digits <= 2) {
    const auto hour = [&](uint32_t h, When& out) -> uint32_t {
      if (const uint32_t end = clock(h, out, false); end > 0) return end;
      if (!number(h) || atoms_[h].digits > 2 || num(h) > 24 || mark(h + 1, '/') || mark(h + 1, '.')) return 0;
      out.hour = num(h);
      return h + 1;
    };
    When a, b;
    const uint32_t mid = hour(x, a);
    if (mid > 0 && (any(mid, {"and", "to", "until", "till"}) || mark(mid, '-'))) {
      const uint32_t end = hour(mid + 1, b);
      if (end > 0) {
        const uint32_t d = is(end, "on") ? end + 1 : end;
        Maybe day;
        if (has(d, kDeictic)) day = deictic(d);
        else if (has(d, kRel)) day = relative(d);
        else if (d > end || has(d, kWeekday)) day = date(d);
        if (day && day->e.when.resolved() && day->e.when.gran >= Gran::Day && !day->e.to && day->e.type != TimexType::Duration) {
          if (has(d, kDeictic)) add_time(*day);
          const Part part = day->e.when.part;
          const bool late = part == Part::Afternoon || part == Part::Evening || part == Part::Night;
          if (late && a.hour < 12 && !has(mid - 1, kMeridiem)) a.hour += 12;
          if (late && b.hour < 12) b.hour += 12;
          if (!late && b.hour > 12 && a.hour + 12 < b.hour && !has(mid - 1, kMeridiem)) a.hour += 12;
          if (b.hour <= a.hour && b.hour <= 11) b.hour += 12;
          if (a.hour < 24 && b.hour < 24) {
            Hit hit;
            hit.e = day->e;
            for (When* w : {&a, &b}) {
              w->year = day->e.when.year;
              w->month = day->e.when.month;
              w->day = day->e.when.day;
              w->gran = Gran::Time;
              w->part = Part::None;
            }
            hit.e.when = a;
            hit.e.to = b;
            hit.e.type = TimexType::Time;
            hit.e.begin = i;
            hit.next = day->next;
            return hit;
          }
        }
      }
    }
  }
  Maybe first = point(x);
  if (!first && number(x, 4)) {
    first = bare_year(x, true);
    if (first && !(any(first->next, {"to", "and", "until", "till", "through"}) && (number(first->next + 1, 4) || is(first->next + 1, "the") || has(first->next + 1, kMonth) || is(first->next + 1, "now")))) return std::nullopt;
  }
  if (!first || first->e.type == TimexType::Duration) return std::nullopt;
  if (first->e.to) {  // "from 5 to 8 March" was read as a whole
    first->e.begin = i;
    return first;
  }
  if (first->e.when.ref != Ref::None) return std::nullopt;
  const uint32_t t = first->next;
  if (between ? !(is(t, "and") || mark(t, '-')) : !(any(t, {"to", "until", "till", "through"}) || mark(t, '-'))) return std::nullopt;
  const uint32_t second = is(t + 1, "the") && (number(t + 2) || has(t + 2, kNumOrdinal)) ? t + 2 : t + 1;
  if (from && is(t, "to") && !number(second) && !has(second, kMonth) && !has(second, kWeekday) && !has(second, kRel) && !has(second, kDeictic) &&
      !has(second, kNumOrdinal) && !has(second, kClock) && !is(second, "the") && !has(second, kMod) && !has(second, kReference) && !has(second, kSeason) && !has(second, kEdge)) {
    return std::nullopt;
  }
  auto hit = joined(*first, i, second);
  if (hit) hit->e.begin = i;
  return hit;
}

// "every Monday", "twice a week", "annually", "Mondays", "each year", "per month".
Parser::Maybe Parser::set(uint32_t i) const {
  Hit hit;
  hit.e.type = TimexType::Set;
  hit.e.mentioned = false;
  hit.e.why = "what comes back";
  const auto of_unit = [&](Unit u, double n, uint32_t next) -> Maybe {
    Duration d;
    d.amounts.push_back({n, u});
    hit.e.duration = d;
    hit.next = next;
    return hit;
  };
  uint32_t at = i;
  if (has(at, kEvery)) {
    uint32_t x = at + 1;
    double n = 1;
    if (is(x, "other")) {
      n = 2;
      ++x;
    } else if (is(x, "single")) {
      ++x;
    } else if (const auto ordinal = read_ordinal(text_, atoms_, x, words_.lexicon); ordinal && has(ordinal->second, kUnit)) {
      n = ordinal->first;
      x = ordinal->second;
    } else if (const auto cardinal = numeral(x, false); cardinal && (has(cardinal->next, kUnits) || has(cardinal->next, kUnit))) {
      n = cardinal->value;
      x = cardinal->next;
    }
    while (has(x, kFiscal) || (any(x, {"calendar", "working", "business", "passing"}) && has(x + 1, kUnit))) ++x;
    uint32_t next = 0;
    if (const auto u = unit(x, next); u && !has(x, kUnitShort) && !mark(next, '-')) {
      if (has(x, kFortnight)) n *= 2;
      return of_unit(*u, n, next);
    }
    uint32_t end = 0;
    if (const auto wd = weekday_word(x, end)) {
      hit.e.value = "XXXX-WXX-" + std::to_string(*wd);
      When part;
      if (const uint32_t p = day_part(end, part); p > 0) {
        When w;
        w.part = part.part;
        hit.e.value += value_of(w).substr(10);
        end = p;
      } else if (is(end, "at")) {
        When w;
        if (const uint32_t c = clock(end + 1, w, true); c > 0) {
          hit.e.value += value_of(w).substr(10);
          end = c;
        }
      }
      hit.next = end;
      return hit;
    }
    if (has(x, kMonth) && upper(x)) {
      When w = When::month_of(kNo, value(x, kMonth));
      hit.e.value = value_of(w);
      hit.next = x + 1;
      return hit;
    }
    if (has(x, kSeason)) {
      When w;
      w.gran = Gran::Season;
      w.sub = value(x, kSeason);
      hit.e.value = value_of(w);
      hit.next = x + 1;
      return hit;
    }
    if (has(x, kPart)) {
      When w;
      w.part = static_cast<Part>(value(x, kPart));
      hit.e.value = value_of(w);
      hit.next = x + 1;
      return hit;
    }
    return std::nullopt;
  }
  if (has(at, kWeekdays) || (is(at, "weekdays") || is(at, "weekends"))) {
    if (is(at, "weekends")) return of_unit(Unit::Weekend, 1, at + 1);
    if (!has(at, kWeekdays)) return std::nullopt;
    hit.e.value = "XXXX-WXX-" + std::to_string(value(at, kWeekdays));
    hit.next = at + 1;
    When w;
    if (const uint32_t c = is(at + 1, "at") ? clock(at + 2, w, true) : 0; c > 0) {
      hit.e.value += value_of(w).substr(10);
      hit.next = c;
    }
    return hit;
  }
  if (has(at, kWeekday) && has(at + 1, kParts)) {  // "Friday mornings"
    When w;
    w.part = static_cast<Part>(value(at + 1, kParts));
    hit.e.value = "XXXX-WXX-" + std::to_string(value(at, kWeekday)) + value_of(w).substr(10);
    hit.next = at + 2;
    return hit;
  }
  if (any(at, {"bi", "semi"}) && mark(at + 1, '-') && has(at + 2, kFrequency) && value(at + 2, kFrequency) < 100) {
    return of_unit(static_cast<Unit>(value(at + 2, kFrequency)), is(at, "semi") ? 0.5 : 2, at + 3);
  }
  if (has(at, kFrequency)) {
    int32_t v = value(at, kFrequency);
    double n = 1;
    if (v >= 300) { n = 3; v -= 300; }
    else if (v >= 200) { n = 2; v -= 200; }
    else if (v >= 100) {
      v -= 100;
      n = any(at, {"biannual", "biannually", "semiannual", "semiannually"}) ? 0.5 : 2;
    }
    if (upper(at) && i > 0 && word(at + 1) && upper(at + 1)) return std::nullopt;  // "Daily Report"
    if (is(at, "daily") && upper(at)) return std::nullopt;
    return of_unit(static_cast<Unit>(v), n, at + 1);
  }
  // "once a week", "twice a year", "three times a day", "times per year"
  uint32_t x = 0;
  if (has(at, kTimes)) x = at + 1;
  else if (const auto n = numeral(at, false); n && is(n->next, "times")) x = n->next + 1;
  if (x > 0) {
    if (is(x, "every")) {
      auto inner = set(x);
      return inner;
    }
    if (any(x, {"a", "an", "per", "each"}) && has(x + 1, kUnit) && !mark(x + 2, '-') && !any(x + 2, {"ago", "later", "earlier"})) {
      return of_unit(static_cast<Unit>(value(x + 1, kUnit)), 1, x + 2);
    }
    return std::nullopt;
  }
  // "60,000 litres a day", "$300,000 a week", "two hours per day"
  if ((any(at, {"a", "an"})) && has(at + 1, kUnit) && i > 0 && !any(at + 1, {"second", "quarter", "weekend"}) &&
      !any(at + 2, {"ago", "later", "earlier", "before", "after", "or", "from", "long"}) && !mark(at + 2, '-')) {
    const bool rate = has(i - 1, kCountNoun) || has(i - 1, kUnits) || has(i - 1, kNumScale) || (i > 1 && number(i - 1) && (mark(i - 2, '$') || mark(i - 2, 0x20AC) || mark(i - 2, 0xA3))) || mark(i - 1, '%') || any(i - 1, {"times", "trips", "flights", "litres", "calls", "attacks"});
    // a plural noun with a number before it
    bool counted = false;
    if (word(i - 1) && !has(i - 1, kPreposition) && !has(i - 1, kTense) && text_[atoms_[i - 1].span.end - 1] == 's' && i > 1) {
      for (uint32_t k = i - 1; k-- > 0 && k + 5 > i;) {
        counted = counted || number(k) || (atoms_[k].mask & 0x7U) != 0;
        if (has(k, kPreposition) || atoms_[k].kind == AtomKind::Mark) break;
      }
    }
    if (number(i - 1) && i > 1 && mark(i - 2, ',')) counted = true;
    if (rate || counted) return of_unit(static_cast<Unit>(value(at + 1, kUnit)), 1, at + 2);
  }
  if (is(at, "per") && has(at + 1, kUnit) && static_cast<Unit>(value(at + 1, kUnit)) >= Unit::Day) {
    return of_unit(static_cast<Unit>(value(at + 1, kUnit)), 1, at + 2);
  }
  return std::nullopt;
}

// "two years", "about 40 minutes", "58-year-old", "for weeks", "at least 72 hours", "another 14 days".
Parser::Maybe Parser::duration(uint32_t i) const {
  Hit hit;
  hit.e.type = TimexType::Duration;
  hit.e.mentioned = false;
  hit.e.why = "a length of time";
  uint32_t at = i;
  if (has(at, kComparator)) {
    if (const auto c = words_.comparators.match(text_, atoms_, at)) {
      hit.e.mod = comparator_mod(c->value);
      at = c->next;
      if (is(at, "the")) return std::nullopt;
    }
  }
  if (any(at, {"the", "an", "another", "additional"}) && !is(at + 1, "half") &&
      (number(at + 1) || has(at + 1, kNumOnes) || has(at + 1, kNumTens)) ) ++at;
  if (any(at, {"the", "a", "an"}) && any(at + 1, {"additional", "further", "full", "total", "estimated", "initial", "entire", "whole"}) && (number(at + 2) || has(at + 2, kNumOnes) || has(at + 2, kNumTens))) at += 2;
  uint32_t next = 0;
  bool compound = false;
  if (const auto n = numeral(at, false); n && has(n->next, kRel) && any(n->next, {"next", "last", "past", "previous", "coming", "upcoming", "following"}) && has(n->next + 1, kUnits)) {
    Duration lengths;
    lengths.amounts.push_back({n->value, static_cast<Unit>(value(n->next + 1, kUnits))});
    hit.e.duration = lengths;
    hit.next = n->next + 2;
    const auto ref = reference();
    const bool back = any(n->next, {"last", "past", "previous"});
    const auto other = ref ? shifted(When::day_of(*ref), back ? -n->value : n->value, lengths.amounts[0].unit, true) : std::nullopt;
    if (const auto span = other ? interval_of(*other) : std::nullopt) {
      hit.e.interval = back ? Interval{span->from, *ref} : Interval{*ref, span->from};
    }
    return hit;
  }
  auto d = amounts(at, true, next, compound);
  if (!d) {
    // bare plurals
    if (has(at, kUnits) && !has(at, kFortnight)) {
      const bool held = (i > 0 && any(i - 1, {"for", "within", "in", "over", "after", "through", "during", "lasted", "took", "takes", "take", "spent", "into"})) || is(at + 1, "of") ||
                        (at > i);
      if (!held || any(at, {"seconds", "quarters"}) || (is(at, "minutes") && i > 0 && is(i - 1, "in"))) return std::nullopt;
      if (is(at, "days") && is(at + 1, "of") && i > 0 && any(i - 1, {"the", "these"})) return std::nullopt;
      Duration bare;
      bare.vague = true;
      bare.amounts.push_back({0, static_cast<Unit>(value(at, kUnits))});
      d = bare;
      next = at + 1;
    } else {
      return std::nullopt;
    }
  }
  // "a day", "a year": a length only behind a word that wants one
  if (any(at, {"a", "an"}) && !compound && next == at + 2 && d->amounts.size() == 1) {
    const bool held = (at > i) || (i > 0 && any(i - 1, {"for", "within", "in", "over", "than", "after", "lasted", "took", "takes", "take", "last", "about", "half", "spent", "nearly", "almost", "least", "over", "of", "during"}));
    if (!held) return std::nullopt;
    if (i > 0 && is(i - 1, "of") && !has(next, kPreposition) && next < size() && atoms_[next].kind != AtomKind::Mark) return std::nullopt;
    if (mark(next, '-')) return std::nullopt;
  }
  if (is(at, "one") && next == at + 2 && any(at + 1, {"day", "second", "time"}) && i > 0 && !any(i - 1, {"for", "within", "in", "of", "after", "than", "least", "only"})) return std::nullopt;
  if (i > 0 && mark(i - 1, '$')) return std::nullopt;
  // ages and compounds
  uint32_t end = next;
  if (mark(end, '-') && is(end + 1, "old")) end += 2;
  else if (is(end, "old") && !compound) end += 1;
  else if (mark(end, '-') && any(end + 1, {"long"})) end += 2;
  if (is(end, "or") && any(end + 1, {"so", "more", "less"})) {
    hit.e.mod = is(end + 1, "so") ? "APPROX" : is(end + 1, "more") ? "EQUAL_OR_MORE" : "EQUAL_OR_LESS";
    end += 2;
  }
  hit.e.duration = d;
  hit.next = end;
  return hit;
}

// What the word before says of the time: a deadline, a beginning.
void Parser::take_function(Expression& e) const {
  if (e.begin == 0 || e.function[0] != '\0') return;
  uint32_t p = e.begin - 1;
  if (is(p, "the") && p > 0) --p;
  if (e.type == TimexType::Duration) {
    if (is(p, "within")) {
      e.function = "DEADLINE";
      const auto now = reference();
      if (now && e.duration && !e.duration->vague && e.duration->amounts.size() == 1 && e.duration->amounts[0].unit >= Unit::Day &&
          !any(e.end, {"of", "from", "after", "following"}) && !e.interval) {
        const auto end = shifted(When::day_of(*now), e.duration->amounts[0].n, e.duration->amounts[0].unit, true);
        if (const auto last = end ? interval_of(*end) : std::nullopt) e.interval = Interval{*now, last->from};
      }
    }
    return;
  }
  if (e.type == TimexType::Set) return;
  const auto ref = reference();
  const auto own = interval_of(e.when);
  if (is(p, "by") || (is(p, "than") && p > 0 && is(p - 1, "later")) || (is(p, "before") && p > 0 && any(p - 1, {"or", "on", "and"}))) {
    e.function = "DEADLINE";
    if (e.mod[0] == '\0') e.mod = "ON_OR_BEFORE";
  } else if (any(p, {"before"}) || (is(p, "to") && p > 0 && is(p - 1, "prior"))) {
    e.function = "DEADLINE";
    if (e.mod[0] == '\0') e.mod = "BEFORE";
  } else if (any(p, {"until", "till"})) {
    e.function = "UNTIL";
  } else if (is(p, "within")) {
    e.function = "DEADLINE";
  } else if (any(p, {"since"})) {
    e.function = "SINCE";
    if (ref && own && own->from < *ref && !e.to) e.interval = Interval{own->from, *ref};
  } else if (is(p, "after") || is(p, "from")) {
    if (e.mod[0] == '\0' && is(p, "after")) e.mod = "AFTER";
  } else if ((any(p, {"around", "circa", "approximately"}) || (is(p, "about") && e.when.hour != kNo)) && e.mod[0] == '\0') {
    e.mod = "APPROX";
  }
}

std::optional<Expression> Parser::at(uint32_t i) const {
  const auto phrase = has(i, kComparator) ? words_.comparators.match(text_, atoms_, i) : std::nullopt;
  const bool comparator = phrase.has_value();
  Maybe hit;
  const auto done = [&]() -> std::optional<Expression> {
    Expression e = std::move(hit->e);
    if (e.begin == 0) e.begin = i;
    e.end = hit->next;
    if (e.begin < i || e.end <= e.begin) e.begin = i;
    localise(e.when);
    take_function(e);
    return e;
  };
  if (atoms_[i].kind == AtomKind::Mark && atoms_[i].mark != '\'') return std::nullopt;
  if (is(i, "from") || is(i, "between")) {
    if ((hit = range(i))) return done();
    return std::nullopt;
  }
  if ((hit = set(i))) return done();
  if (has(i, kNumOrdinal) || is(i, "the") || number(i) || has(i, kNumTens) || has(i, kNumOnes)) {
    if ((hit = anniversary(i))) return done();
  }
  if (is(i, "then")) {
    const auto& last = context_.last;
    if (!last || !last->resolved() || (i + 1 < size() && word(i + 1) && !has(i + 1, kPreposition) && !has(i + 1, kTense) && !has(i + 1, kArticle) && !any(i + 1, {"we", "they", "he", "she", "it", "i", "and"})) || i == 0 || !any(i - 1, {"since", "until", "till", "by", "before"})) return std::nullopt;
    Hit then;
    then.e.when = *last;
    then.e.follows = true;
    then.e.mentioned = false;
    then.e.type = last->timed() ? TimexType::Time : TimexType::Date;
    then.e.why = "the date told before";
    then.next = i + 1;
    hit = then;
    return done();
  }
  const bool amount = number(i) || (atoms_[i].mask & 0xFFU) != 0 || any(i, {"a", "an", "couple"}) || has(i, kUnits) || comparator || any(i, {"half", "the", "another"});
  if (amount && (hit = offset_date(i))) return done();
  if (!comparator || any(i, {"early", "late"})) {
    if ((hit = point(i))) {
      if (hit->e.type != TimexType::Duration && !hit->e.to) {
        const uint32_t t = hit->next;
        const bool dash = mark(t, '-') && (number(t + 1) || has(t + 1, kMonth) || has(t + 1, kWeekday));
        const bool clocks = hit->e.when.hour != kNo && any(t, {"to"}) && number(t + 1);
        const bool days = any(t, {"to", "through"}) && (has(t + 1, kMonth) || has(t + 1, kWeekday) || (number(t + 1) && month_word(t + 2)) || (number(t + 1, 4) && hit->e.when.gran == Gran::Year && !(i > 0 && is(i - 1, "from"))));
        if ((dash || clocks || days) && hit->e.when.ref == Ref::None) {
          if (auto both = joined(*hit, i, t + 1)) hit = both;
        }
      }
      return done();
    }
  } else {
    const auto& c = phrase;
    if (any(i, {"around", "about", "circa", "c", "approximately", "just", "nearly"})) {
      // times may be approximate, with the word: "circa 1850", "about 3 pm"
      if (auto inner = point(c->next); inner && inner->e.type != TimexType::Duration && inner->e.when.ref == Ref::None) {
        hit = inner;
        hit->e.begin = c->next;
        hit->e.mod = comparator_mod(c->value);
        return done();
      }
    }
  }
  if (amount && (hit = duration(i))) return done();
  if (any(i, {"shortly", "just", "soon"}) && (hit = clock_first(i))) {
    hit->e.type = TimexType::Time;
    return done();
  }
  if ((has(i, kReference) || any(i, {"right", "very", "more"})) && (hit = reference_word(i))) return done();
  return std::nullopt;
}

}  // namespace readout::timex
