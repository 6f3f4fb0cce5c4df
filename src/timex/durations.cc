// Lengths of time: "two years", "about 40 minutes", "58-year-old", "for weeks".
#include "timex/parser.h"

namespace readout::timex {

// "two years", "about 40 minutes", "58-year-old", "for weeks", "at least 72 hours", "another 14
// days".
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
  const auto counts = [&](uint32_t k) { return number(k) || has(k, kNumOnes) || has(k, kNumTens); };
  if (any(at, {"the", "an", "another", "additional"}) && !is(at + 1, "half") && counts(at + 1))
    ++at;
  if (any(at, {"the", "a", "an"}) && has(at + 1, kAmountAdjective) && counts(at + 2)) at += 2;
  if (auto placed = placed_length(hit, at)) return placed;
  uint32_t next = 0;
  bool compound = false;
  auto d = amounts(at, true, next, compound);
  if (!d) {
    if (!bare_length(i, at)) return std::nullopt;
    Duration bare;
    bare.vague = true;
    bare.amounts.push_back({0, static_cast<Unit>(value(at, kUnits))});
    d = bare;
    next = at + 1;
  }
  const bool single = any(at, {"a", "an"}) && !compound && next == at + 2 && d->amounts.size() == 1;
  if (single && !held_length(i, at, next)) return std::nullopt;
  if (is(at, "one") && next == at + 2 && any(at + 1, {"day", "second", "time"}) && i > 0 &&
      !any(i - 1, {"for", "within", "in", "of", "after", "than", "least", "only"})) {
    return std::nullopt;  // "one day we will"
  }
  if (i > 0 && mark(i - 1, '$')) return std::nullopt;
  // ages and compounds
  uint32_t end = next;
  if (mark(end, '-') && any(end + 1, {"old", "long"})) {
    end += 2;
  } else if (is(end, "old") && !compound) {
    end += 1;
  }
  if (is(end, "or") && any(end + 1, {"so", "more", "less"})) {
    hit.e.mod = is(end + 1, "so")     ? "APPROX"
                : is(end + 1, "more") ? "EQUAL_OR_MORE"
                                      : "EQUAL_OR_LESS";
    end += 2;
  }
  hit.e.duration = d;
  hit.next = end;
  return hit;
}

// "five coming years", "two past weeks": a length up to or from the document's date.
Parser::Maybe Parser::placed_length(Hit hit, uint32_t at) const {
  const auto n = numeral(at, false);
  if (!n || !has(n->next, kRel) || !has(n->next + 1, kUnits)) return std::nullopt;
  const bool back = any(n->next, {"last", "past", "previous"});
  if (!back && !any(n->next, {"next", "coming", "upcoming", "following"})) return std::nullopt;
  Duration length;
  length.amounts.push_back({n->value, static_cast<Unit>(value(n->next + 1, kUnits))});
  hit.e.duration = length;
  hit.next = n->next + 2;
  const auto ref = reference();
  const auto other =
      ref ? shifted(When::day_of(*ref), back ? -n->value : n->value, length.amounts[0].unit, true)
          : std::nullopt;
  if (const auto span = other ? interval_of(*other) : std::nullopt) {
    hit.e.interval = back ? Interval{span->from, *ref} : Interval{*ref, span->from};
  }
  return hit;
}

// "for weeks", "years of war": a bare plural is a length behind a word that wants one.
bool Parser::bare_length(uint32_t i, uint32_t at) const {
  if (!has(at, kUnits) || has(at, kFortnight)) return false;
  const bool held = at > i || is(at + 1, "of") || (i > 0 && has(i - 1, kHoldsLengths));
  if (!held || any(at, {"seconds", "quarters"})) return false;
  if (is(at, "minutes") && i > 0 && is(i - 1, "in")) return false;
  return !(is(at, "days") && is(at + 1, "of") && i > 0 && any(i - 1, {"the", "these"}));
}

// "a day", "a year": a length only behind a word that wants one.
bool Parser::held_length(uint32_t i, uint32_t at, uint32_t next) const {
  if (at == i && !(i > 0 && has(i - 1, kHoldsLength))) return false;
  if (i > 0 && is(i - 1, "of") && !has(next, kPreposition) && next < size() &&
      atoms_[next].kind != AtomKind::Mark)
    return false;
  return !mark(next, '-');
}

}  // namespace readout::timex
