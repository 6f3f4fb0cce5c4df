// Times told by a length that lies between them and another time: "two weeks ago", "three days
// after 5 May", "the day before", "a year later".
#include <algorithm>

#include "timex/parser.h"

namespace readout::timex {

// "two weeks ago", "a year earlier", "three days after 5 May", "4 months from tomorrow", "in two
// weeks".
Parser::Maybe Parser::offset_date(uint32_t i) const {
  Offset o;
  o.i = o.at = i;
  if (has(i, kComparator)) {
    if (const auto c = words_.comparators.match(text_, atoms_, i)) {
      o.at = c->next;
      o.hit.e.mod = o.at > i ? comparator_mod(c->value) : "";
    }
    if (o.at > i && is(o.at, "the")) return std::nullopt;  // "about the 72 hours"
  }
  bool compound = false;
  auto d = amounts(o.at, true, o.next, compound);
  if (d) {
    o.length = *d;
  } else if (has(o.at, kUnits)) {  // "years ago", "hours later"
    o.length.vague = true;
    o.length.amounts.push_back({0, static_cast<Unit>(value(o.at, kUnits))});
    o.next = o.at + 1;
  } else {
    return std::nullopt;
  }
  if (compound) return std::nullopt;
  o.clock_units = o.length.amounts.back().unit <= Unit::Hour;
  if (auto hit = offset_ahead(o)) return hit;
  if (any(o.next, {"ago", "hence"}) || (is(o.next, "from") && any(o.next + 1, {"now", "today"})))
    return offset_from_now(o);
  const bool sooner = any(o.next, {"later", "earlier"});
  if (sooner && (is(o.next + 1, "this") || has(o.next + 1, kDeictic)))
    return std::nullopt;  // "two hours, later today"
  if (sooner || any(o.next, {"before", "after", "from", "prior", "following"}))
    return offset_from_other(o);
  return std::nullopt;
}

// Moves `base` by the length of `o`; false if it leaves the calendar.
bool Parser::move(Offset& o, const When& base, int32_t sign, bool keep) const {
  if (o.length.vague) {
    o.hit.e.when.ref = sign < 0 ? Ref::Past : Ref::Future;
    return true;
  }
  When w = base;
  const auto& amounts = o.length.amounts;
  for (auto a = amounts.begin(); a != amounts.end(); ++a) {
    const auto moved = shifted(w, sign * a->n, a->unit, keep || a + 1 != amounts.end());
    if (!moved) return false;
    w = *moved;
  }
  o.hit.e.when = w;
  return true;
}

// "in two weeks" of what lies ahead
Parser::Maybe Parser::offset_ahead(Offset& o) const {
  const uint32_t next = o.next;
  if (o.i == 0 || o.at != o.i || !is(o.i - 1, "in") || any(next, {"of", "before", "after", "to"}))
    return std::nullopt;
  if (!context_.reference || o.length.vague || o.length.amounts.back().unit >= Unit::Year)
    return std::nullopt;
  const Direction side = direction(o.i);
  const bool closed = next >= size() || atoms_[next].kind == AtomKind::Mark;
  if (side == Direction::Past || (side == Direction::Unknown && !closed)) return std::nullopt;
  if (o.clock_units && context_.reference->hour == kNo) return std::nullopt;
  o.hit.e.anchor = iso(*reference());
  o.hit.e.why = "counted from the document's date";
  o.hit.next = next;
  const When base = o.clock_units ? *context_.reference : When::day_of(*reference());
  if (!move(o, base, 1, false)) return std::nullopt;
  return o.hit;
}

// "two weeks ago", "ten days hence", "a month from now"
Parser::Maybe Parser::offset_from_now(Offset& o) const {
  Hit& hit = o.hit;
  const int32_t sign = is(o.next, "ago") ? -1 : 1;
  hit.next = is(o.next, "from") ? o.next + 2 : o.next + 1;
  hit.e.why = "counted from the document's date";
  if (!context_.reference) {
    hit.e.when.ref = sign < 0 ? Ref::Past : Ref::Future;
    return hit;
  }
  hit.e.anchor = iso(*reference());
  if (o.clock_units && context_.reference->hour == kNo) {
    hit.e.when = When::day_of(*reference());
    return hit;
  }
  const When base = o.clock_units ? *context_.reference : When::day_of(*reference());
  if (!move(o, base, sign, false)) hit.e.when.ref = sign < 0 ? Ref::Past : Ref::Future;
  return hit;
}

// "three days after 5 May", "a year earlier", "six months after your last visit"
Parser::Maybe Parser::offset_from_other(Offset& o) const {
  const uint32_t next = o.next;
  const bool sooner = any(next, {"later", "earlier"});
  const int32_t sign = any(next, {"before", "prior", "earlier"}) ? -1 : 1;
  Hit& hit = o.hit;
  uint32_t object = next + 1;
  if (is(next, "prior")) {
    if (!is(object, "to")) return std::nullopt;
    ++object;
  }
  if (sooner && is(object, "than")) ++object;
  if (object > next + 1 || !sooner) {
    Maybe base = date(object);
    if (!base) base = deictic(object);
    if (base && base->e.when.resolved() && base->e.when.gran >= Gran::Year &&
        move(o, base->e.when, sign, true)) {
      hit.e.year_told = base->e.year_told;
      hit.e.why = "counted from the date behind it";
      hit.e.anchor = value_of(base->e.when);
      hit.next = base->next;
      return hit;
    }
    if (sooner) object = next + 1;
  }
  const bool pronoun = has(object, kPronoun);
  const bool closed = object >= size() || atoms_[object].kind == AtomKind::Mark ||
                      has(object, kTense) || has(object, kPreposition) ||
                      any(object, {"and", "but", "when", "than"});
  if (sooner || (any(next, {"before", "after"}) && closed && !pronoun && !is(object, "the"))) {
    if (is(next, "later") && !context_.last && direction(o.i) != Direction::Future &&
        !o.clock_units) {
      // "Almost two centuries later": later than something that has no date here
      return length_to_event(o, "AFTER_EVENT",
                             "a length of time counted from an event without a date", "", next + 1);
    }
    const auto base = told_last();
    hit.e.follows = true;
    hit.e.why = "counted from the date told before";
    hit.next = next + 1;
    if (!base || (o.clock_units && base->hour == kNo)) {
      hit.e.when.ref = sign < 0 ? Ref::Past : Ref::Future;
      return hit;
    }
    hit.e.anchor = value_of(*base);
    if (!move(o, *base, sign, base->gran < Gran::Day))
      hit.e.when.ref = sign < 0 ? Ref::Past : Ref::Future;
    return hit;
  }
  if (is(next, "from") || object >= size()) return std::nullopt;
  uint32_t end = object;
  while (end < size() && end < object + 8 && word(end) && !has(end, kTense)) ++end;
  std::string event;
  if (end > object)
    event = std::string(text_.substr(atoms_[object].span.begin,
                                     atoms_[end - 1].span.end - atoms_[object].span.begin));
  return length_to_event(o, sign < 0 ? "BEFORE_EVENT" : "AFTER_EVENT",
                         "a length of time counted from an event", event, next);
}

// A length that starts at an event without a date.
Parser::Maybe Parser::length_to_event(const Offset& o, const char* function, const char* why,
                                      std::string event, uint32_t next) const {
  Hit hit;
  hit.e.type = TimexType::Duration;
  hit.e.duration = o.length;
  hit.e.mod = o.hit.e.mod;
  hit.e.function = function;
  hit.e.why = why;
  hit.e.anchor = std::move(event);
  hit.e.mentioned = false;
  hit.next = next;
  return hit;
}

// "the day before", "a week later", "the night before", "the week after next"
Parser::Maybe Parser::unit_around(uint32_t i) const {
  if (!is(i, "the")) return std::nullopt;
  const uint32_t at = i + 1;
  const bool part = has(at, kPart);
  if (!has(at, kUnit) && !part) return std::nullopt;
  Hit hit;
  const bool after_next = is(at + 1, "after") && is(at + 2, "next"),
             before_last = is(at + 1, "before") && is(at + 2, "last");
  if (is(at, "week") && (after_next || before_last)) {
    const auto ref = reference();
    if (!ref) return std::nullopt;
    hit.e.when = When::week_of(*ref + (after_next ? 14 : -14));
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
    const bool closed = next.kind == AtomKind::Mark || has(hit.next, kTense) ||
                        has(hit.next, kPreposition) ||
                        any(hit.next, {"and", "but", "when", "that", "who", "which"});
    if (!closed) return std::nullopt;  // an event that has no date
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

}  // namespace readout::timex
