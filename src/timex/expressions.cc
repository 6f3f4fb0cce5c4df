// Expressions as wholes. `at` tries the forms that reach farthest first and takes the first that
// fits; `point` and `date` ask the reader of the form that the first words announce.
#include <algorithm>

#include "timex/parser.h"

namespace readout::timex {

const char* comparator_mod(uint32_t comparison) {
  switch (comparison) {
    case kAbout:
      return "APPROX";
    case kAlmost:
      return "APPROX";
    case kMoreThan:
      return "MORE_THAN";
    case kLessThan:
      return "LESS_THAN";
    case kAtLeast:
      return "EQUAL_OR_MORE";
    case kAtMost:
      return "EQUAL_OR_LESS";
    default:
      return "";
  }
}

std::optional<Expression> Parser::at(uint32_t i) const {
  if (atoms_[i].kind == AtomKind::Mark && atoms_[i].mark != '\'') return std::nullopt;
  Maybe hit = first_form(i);
  if (!hit) return std::nullopt;
  Expression e = std::move(hit->e);
  if (e.begin < i || hit->next <= e.begin) e.begin = i;
  e.end = hit->next;
  localise(e.when);
  take_function(e);
  return e;
}

// The forms in the order in which they are tried.
Parser::Maybe Parser::first_form(uint32_t i) const {
  Maybe hit;
  if (is(i, "from") || is(i, "between")) return range(i);
  if ((hit = set(i))) return hit;
  if (has(i, kNumOrdinal) || is(i, "the") || number(i) || has(i, kNumTens) || has(i, kNumOnes)) {
    if ((hit = anniversary(i))) return hit;
  }
  if (is(i, "then")) return then(i);
  const auto comparator =
      has(i, kComparator) ? words_.comparators.match(text_, atoms_, i) : std::nullopt;
  const bool amount = number(i) || (atoms_[i].mask & 0xFFU) != 0 || has(i, kUnits) || comparator ||
                      any(i, {"a", "an", "couple", "half", "the", "another"});
  if (amount && (hit = offset_date(i))) return hit;
  if (!comparator || any(i, {"early", "late"})) {
    if ((hit = point_or_range(i))) return hit;
  } else if (any(i, {"around", "about", "circa", "c", "approximately", "just", "nearly"})) {
    // times may be approximate, with the word: "circa 1850", "about 3 pm"
    hit = point(comparator->next);
    if (hit && hit->e.type != TimexType::Duration && hit->e.when.ref == Ref::None) {
      hit->e.begin = comparator->next;
      hit->e.mod = comparator_mod(comparator->value);
      return hit;
    }
  }
  if (amount && (hit = duration(i))) return hit;
  if (any(i, {"shortly", "just", "soon"}) && (hit = clock_first(i))) {
    hit->e.type = TimexType::Time;
    return hit;
  }
  if (has(i, kReference) || any(i, {"right", "very", "more"})) return reference_word(i);
  return std::nullopt;
}

// "since then": the date told before.
Parser::Maybe Parser::then(uint32_t i) const {
  const auto& last = context_.last;
  if (!last || !last->resolved() || i == 0 ||
      !any(i - 1, {"since", "until", "till", "by", "before"}))
    return std::nullopt;
  const bool closed = !word(i + 1) || has(i + 1, kPreposition) || has(i + 1, kTense) ||
                      has(i + 1, kArticle) || has(i + 1, kPronoun) || is(i + 1, "and");
  if (!closed) return std::nullopt;  // "the then president"
  Hit hit;
  hit.e.when = *last;
  hit.e.follows = true;
  hit.e.mentioned = false;
  hit.e.type = last->timed() ? TimexType::Time : TimexType::Date;
  hit.e.why = "the date told before";
  hit.next = i + 1;
  return hit;
}

// A point, or two with "to" or a dash between them: "5 May - 8 June", "Monday to Friday", "2010 to
// 2015".
Parser::Maybe Parser::point_or_range(uint32_t i) const {
  auto hit = point(i);
  if (!hit || hit->e.type == TimexType::Duration || hit->e.to || hit->e.when.ref != Ref::None)
    return hit;
  const uint32_t t = hit->next, second = t + 1;
  const bool calendar = has(second, kMonth) || has(second, kWeekday);
  const bool dash = mark(t, '-') && (number(second) || calendar);
  const bool clocks = hit->e.when.hour != kNo && is(t, "to") && number(second);
  const bool years =
      number(second, 4) && hit->e.when.gran == Gran::Year && !(i > 0 && is(i - 1, "from"));
  const bool days = any(t, {"to", "through"}) &&
                    (calendar || years || (number(second) && month_word(second + 1)));
  if (dash || clocks || days) {
    if (auto both = joined(*hit, i, second)) return both;
  }
  return hit;
}

// A point in time: a date with its time of day, in whatever order.
Parser::Maybe Parser::point(uint32_t i) const {
  if (i >= size()) return std::nullopt;
  Maybe hit;
  if ((hit = clock_first(i))) {
    hit->e.type = TimexType::Time;
    return hit;
  }
  if (has(i, kDeictic) || any(i, {"earlier", "later", "late", "early", "day", "the"}))
    hit = deictic(i);
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
    if (number(n) || has(n, kNumOrdinal) || has(n, kNumTens) || has(n, kMod) ||
        has(n, kDecadeWord) || mark(n, '\'')) {
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
    if (has(n, kMonth) && upper(n) && (number(n + 1) || mark(n + 1, '-')) &&
        (hit = month_first(n))) {
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

// What the word before says of the time: a deadline, a beginning.
void Parser::take_function(Expression& e) const {
  if (e.begin == 0 || e.function[0] != '\0') return;
  uint32_t p = e.begin - 1;
  if (is(p, "the") && p > 0) --p;
  if (e.type == TimexType::Duration) {
    if (is(p, "within")) {
      e.function = "DEADLINE";
      const auto now = reference();
      if (now && e.duration && !e.duration->vague && e.duration->amounts.size() == 1 &&
          e.duration->amounts[0].unit >= Unit::Day &&
          !any(e.end, {"of", "from", "after", "following"}) && !e.interval) {
        const auto end = shifted(When::day_of(*now), e.duration->amounts[0].n,
                                 e.duration->amounts[0].unit, true);
        if (const auto last = end ? interval_of(*end) : std::nullopt)
          e.interval = Interval{*now, last->from};
      }
    }
    return;
  }
  if (e.type == TimexType::Set) return;
  const auto ref = reference();
  const auto own = interval_of(e.when);
  if (is(p, "by") || (is(p, "than") && p > 0 && is(p - 1, "later")) ||
      (is(p, "before") && p > 0 && any(p - 1, {"or", "on", "and"}))) {
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
  } else if ((any(p, {"around", "circa", "approximately"}) ||
              (is(p, "about") && e.when.hour != kNo)) &&
             e.mod[0] == '\0') {
    e.mod = "APPROX";
  }
}

}  // namespace readout::timex
