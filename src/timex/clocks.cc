// Times of day with the dates that they belong to: "5 September, 19:30", "noon tomorrow", "Tuesday
// from 10 to 4".
#include "timex/parser.h"

namespace readout::timex {

// "5 September, 19:30", "Tuesday evening", "12 October 2021, 13.15", "tomorrow at noon".
void Parser::add_time(Hit& hit) const {
  When& w = hit.e.when;
  if (w.gran != Gran::Day || hit.e.to || w.ref != Ref::None) return;
  if (const uint32_t end = day_part(hit.next, w); end > 0) {
    hit.e.type = TimexType::Time;
    hit.next = end;
  } else if (is(hit.next, "in") && is(hit.next + 1, "the") && has(hit.next + 2, kPart)) {
    w.part = static_cast<Part>(value(hit.next + 2, kPart));
    w.gran = Gran::Time;
    hit.next += 3;
  }
  // what joins the time to its date
  uint32_t at = hit.next;
  bool loose = false;
  if (mark(at, ',') || mark(at, '|') || (mark(at, '-') && !glued(at))) {
    ++at;
    loose = true;
  }
  if (any(at, {"at", "around", "about", "for", "from"})) {
    if (is(at, "for") && !number(at + 1)) return;
    loose = is(at, "at");
    ++at;
    if (any(at, {"around", "about"})) ++at;
  }
  if (!add_bounded_clock(hit, at) && !add_two_clocks(hit, at)) add_clock(hit, at, loose);
}

// "no later than 6 pm", "before noon" behind a date.
bool Parser::add_bounded_clock(Hit& hit, uint32_t at) const {
  if (hit.e.mod[0] != '\0') return false;
  uint32_t x = at;
  if (any(x, {"no", "not"}) && is(x + 1, "later") && is(x + 2, "than")) {
    x += 3;
  } else if (is(x, "later") && is(x + 1, "than")) {
    x += 2;
  } else if (any(x, {"before", "after", "by", "until", "till", "since"})) {
    x += 1;
  } else {
    return false;
  }
  When timed = hit.e.when;
  const uint32_t end = clock(x, timed, false);
  if (end == 0) return false;
  hit.e.mod = any(at, {"after", "later", "since"}) ? "AFTER" : "BEFORE";
  hit.e.when = timed;
  hit.e.when.gran = Gran::Time;
  hit.next = end;
  return true;
}

// A clock time or a bare hour of one or two digits; the atom behind it, 0 if there is none.
uint32_t Parser::bare_hour(uint32_t i, When& when, char32_t no_mark) const {
  if (const uint32_t end = clock(i, when, false); end > 0) return end;
  if (!number(i) || atoms_[i].digits > 2 || num(i) > 24 || mark(i + 1, '/') || mark(i + 1, no_mark))
    return 0;
  when.hour = num(i);
  when.minute = kNo;
  return i + 1;
}

// "from 10 to 4", "between 3 and 5 pm", "3-8pm" behind a date
bool Parser::add_two_clocks(Hit& hit, uint32_t at) const {
  const When& day = hit.e.when;
  const uint32_t x = is(at, "between") ? at + 1 : at;
  When a = day, b = day;
  const uint32_t mid = bare_hour(x, a, ':');
  if (mid == 0 || !(mark(mid, '-') || any(mid, {"to", "and", "until", "till"}))) return false;
  const uint32_t end = bare_hour(mid + 1, b, ':');
  if (end == 0) return false;
  const bool led = (at > hit.next && word(at - 1)) || x > at;
  const bool half_told = (has(mid - 1, kMeridiem) || has(end - 1, kMeridiem)) && !mark(at - 1, '-');
  if ((!led && !half_told) || (is(mid, "and") && x == at)) return false;
  if (a.hour < 12 && b.hour > 12 && a.hour + 12 < b.hour && !has(mid - 1, kMeridiem)) a.hour += 12;
  if (b.hour <= a.hour && b.hour <= 12) b.hour += 12;
  if (day.part == Part::Afternoon || day.part == Part::Evening || day.part == Part::Night) {
    if (a.hour < 12) a.hour += 12;
    if (b.hour < 12) b.hour += 12;
  }
  if (b.hour >= 24 || a.hour >= 24) return false;
  a.gran = b.gran = Gran::Time;
  a.part = b.part = Part::None;
  hit.e.when = a;
  hit.e.to = b;
  hit.e.type = TimexType::Time;
  hit.next = end;
  return true;
}

// "19:30", "at 7"; the part of the day tells which half of it is meant.
void Parser::add_clock(Hit& hit, uint32_t at, bool loose) const {
  When& w = hit.e.when;
  const bool late = w.part == Part::Evening || w.part == Part::Afternoon;
  When timed = w;
  if (const uint32_t end = clock(at, timed, loose); end > 0) {
    if (late && timed.hour < 12) timed.hour += 12;
    w = timed;
    w.gran = Gran::Time;
    hit.next = end;
    return;
  }
  const bool led = at > hit.next && any(at - 1, {"at", "around", "about"});
  if (!led || !number(at) || atoms_[at].digits > 2 || num(at) > 24) return;
  if (at + 1 < size() && (atoms_[at + 1].kind != AtomKind::Mark || glued(at + 2))) return;
  w.hour = num(at);
  if ((late || (w.part == Part::Night && w.hour > 4)) && w.hour < 12) w.hour += 12;
  w.part = Part::None;
  w.gran = Gran::Time;
  hit.next = at + 1;
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
  if (number(at)) {
    const bool inside =
        at > 0 && glued(at) &&
        (mark(at - 1, ':') || mark(at - 1, '.') || mark(at - 1, '-') || mark(at - 1, '+'));
    if (inside) return std::nullopt;
    // "3.15 metres" and scores are no times
    const bool decimal = mark(at + 1, '.') && number(at + 2) && end == at + 3;
    const bool measured = has(end, kCountNoun) || has(end, kNumScale) || mark(end, '%') ||
                          has(end, kUnit) || has(end, kUnits);
    if (decimal && measured) return std::nullopt;
  }
  if (const auto day = day_behind_clock(end)) {
    const Part part = day->e.when.part;
    if ((part == Part::Evening || part == Part::Afternoon) && timed.hour < 12) timed.hour += 12;
    const char* mod = hit.e.mod;
    hit = *day;
    hit.e.mod = mod;
  } else {
    hit.next = end;
    if (context_.last && context_.last->gran >= Gran::Day && context_.last->resolved()) {
      hit.e.when = *context_.last;
      hit.e.why = "on the date told before";
    } else if (context_.reference) {
      hit.e.when = *context_.reference;
      hit.e.why = "on the document's date";
    }
    hit.e.mentioned = false;
  }
  When& w = hit.e.when;
  w.gran = Gran::Time;
  w.part = Part::None;
  w.hour = timed.hour;
  w.minute = timed.minute;
  w.second = timed.second;
  w.zone_min = timed.zone_min;
  return hit;
}

// The day of the clock time that ends at `end`: "on 5 September", ", Monday", "tomorrow".
Parser::Maybe Parser::day_behind_clock(uint32_t end) const {
  uint32_t d = end;
  if (mark(d, ',')) ++d;
  if (any(d, {"on", "of"})) ++d;
  if (is(d, "the") && !is(d + 1, "day")) ++d;
  Maybe day;
  if (has(d, kDeictic)) {
    day = deictic(d);
  } else if (has(d, kRel) || has(d, kWeekday) || number(d) || has(d, kMonth) ||
             has(d, kNumOrdinal) || has(d, kWeekdayShort)) {
    day = date(d);
    if (!day && has(d, kRel)) day = relative(d);
  }
  if (!day || day->e.to || day->e.type == TimexType::Duration) return std::nullopt;
  const When& w = day->e.when;
  if ((w.gran != Gran::Day && w.part == Part::None) || w.ref != Ref::None) return std::nullopt;
  if (d == end && number(d) && w.month == kNo) return std::nullopt;
  return day;
}

// A time of day on its own keeps the zone of the document only on the document's own date.
void Parser::localise(When& when) const {
  if (when.hour == kNo || when.zone_min != kNo || !context_.reference ||
      context_.reference->zone_min == kNo)
    return;
  const When& ref = *context_.reference;
  if (when.year == ref.year && when.month == ref.month && when.day == ref.day)
    when.zone_min = ref.zone_min;
}

}  // namespace readout::timex
