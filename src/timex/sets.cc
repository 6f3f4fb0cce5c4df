// What comes back: "every Monday", "twice a week", "annually", "60,000 litres a day".
#include "timex/parser.h"

namespace readout::timex {
namespace {

std::string weekday_value(int32_t weekday) { return "XXXX-WXX-" + std::to_string(weekday); }

/// "T10:00", "TMO": what stands behind the date.
std::string time_of(const When& when) { return value_of(when).substr(10); }

}  // namespace

// "every Monday", "twice a week", "annually", "Mondays", "each year", "per month".
Parser::Maybe Parser::set(uint32_t i) const {
  if (has(i, kEvery)) return set_every(i);
  if (is(i, "weekends")) return set_of(Unit::Weekend, 1, i + 1);
  if (has(i, kWeekdays)) return set_weekdays(i);
  if (is(i, "weekdays")) return std::nullopt;
  if (has(i, kWeekday) && has(i + 1, kParts)) {  // "Friday mornings"
    When part;
    part.part = static_cast<Part>(value(i + 1, kParts));
    return set_named(weekday_value(value(i, kWeekday)) + time_of(part), i + 2);
  }
  if (any(i, {"bi", "semi"}) && mark(i + 1, '-') && has(i + 2, kFrequency) &&
      value(i + 2, kFrequency) < 100) {
    return set_of(static_cast<Unit>(value(i + 2, kFrequency)), is(i, "semi") ? 0.5 : 2, i + 3);
  }
  if (has(i, kFrequency)) return set_frequency(i);
  // "once a week", "twice a year", "three times a day", "times per year"
  uint32_t x = 0;
  if (has(i, kTimes)) {
    x = i + 1;
  } else if (const auto n = numeral(i, false); n && is(n->next, "times")) {
    x = n->next + 1;
  }
  if (x > 0) {
    if (is(x, "every")) return set(x);
    if (any(x, {"a", "an", "per", "each"}) && has(x + 1, kUnit) && !mark(x + 2, '-') &&
        !any(x + 2, {"ago", "later", "earlier"})) {
      return set_of(static_cast<Unit>(value(x + 1, kUnit)), 1, x + 2);
    }
    return std::nullopt;
  }
  if (any(i, {"a", "an", "per"}) && has(i + 1, kUnit)) return set_rate(i);
  return std::nullopt;
}

Parser::Hit Parser::set_hit(uint32_t next) {
  Hit hit;
  hit.e.type = TimexType::Set;
  hit.e.mentioned = false;
  hit.e.why = "what comes back";
  hit.next = next;
  return hit;
}

// Every `n` units.
Parser::Hit Parser::set_of(Unit unit, double n, uint32_t next) {
  Hit hit = set_hit(next);
  Duration d;
  d.amounts.push_back({n, unit});
  hit.e.duration = d;
  return hit;
}

// A day, a month, a season that has a name.
Parser::Hit Parser::set_named(std::string value, uint32_t next) {
  Hit hit = set_hit(next);
  hit.e.value = std::move(value);
  return hit;
}

// "every other week", "each third month", "every Monday at 10", "every June", "every morning"
Parser::Maybe Parser::set_every(uint32_t i) const {
  uint32_t x = i + 1;
  double n = 1;
  if (is(x, "other")) {
    n = 2;
    ++x;
  } else if (is(x, "single")) {
    ++x;
  } else if (const auto ordinal = read_ordinal(text_, atoms_, x, words_.lexicon);
             ordinal && has(ordinal->second, kUnit)) {
    n = ordinal->first;
    x = ordinal->second;
  } else if (const auto cardinal = numeral(x, false);
             cardinal && (has(cardinal->next, kUnits) || has(cardinal->next, kUnit))) {
    n = cardinal->value;
    x = cardinal->next;
  }
  while (has(x, kFiscal) ||
         (any(x, {"calendar", "working", "business", "passing"}) && has(x + 1, kUnit)))
    ++x;
  uint32_t next = 0;
  if (const auto u = unit(x, next); u && !has(x, kUnitShort) && !mark(next, '-')) {
    return set_of(*u, has(x, kFortnight) ? n * 2 : n, next);
  }
  uint32_t end = 0;
  if (const auto wd = weekday_word(x, end)) {
    When w;
    if (const uint32_t behind = day_part(end, w); behind > 0) {
      When part;
      part.part = w.part;
      return set_named(weekday_value(*wd) + time_of(part), behind);
    }
    When timed;
    const uint32_t behind = is(end, "at") ? clock(end + 1, timed, true) : 0;
    if (behind > 0) return set_named(weekday_value(*wd) + time_of(timed), behind);
    return set_named(weekday_value(*wd), end);
  }
  When w;
  if (has(x, kMonth) && upper(x)) {
    w = When::month_of(kNo, value(x, kMonth));
  } else if (has(x, kSeason)) {
    w.gran = Gran::Season;
    w.sub = value(x, kSeason);
  } else if (has(x, kPart)) {
    w.part = static_cast<Part>(value(x, kPart));
  } else {
    return std::nullopt;
  }
  return set_named(value_of(w), x + 1);
}

// "Mondays", "Fridays at 3 pm"
Parser::Maybe Parser::set_weekdays(uint32_t i) const {
  const std::string day = weekday_value(value(i, kWeekdays));
  When w;
  const uint32_t end = is(i + 1, "at") ? clock(i + 2, w, true) : 0;
  return end > 0 ? set_named(day + time_of(w), end) : set_named(day, i + 1);
}

// "weekly", "biannually"; no name: "Daily Report"
Parser::Maybe Parser::set_frequency(uint32_t i) const {
  if (upper(i) && (is(i, "daily") || (i > 0 && word(i + 1) && upper(i + 1)))) return std::nullopt;
  const int32_t v = value(i, kFrequency);
  double n = 1;
  if (v >= 300) {
    n = 3;
  } else if (v >= 200) {
    n = 2;
  } else if (v >= 100) {
    n = any(i, {"biannual", "biannually", "semiannual", "semiannually"}) ? 0.5 : 2;
  }
  return set_of(static_cast<Unit>(v % 100), n, i + 1);
}

// "60,000 litres a day", "$300,000 a week", "two hours per day"
Parser::Maybe Parser::set_rate(uint32_t i) const {
  const auto u = static_cast<Unit>(value(i + 1, kUnit));
  if (is(i, "per")) return u >= Unit::Day ? Maybe(set_of(u, 1, i + 2)) : std::nullopt;
  if (i == 0 || any(i + 1, {"second", "quarter", "weekend"}) || mark(i + 2, '-') ||
      any(i + 2, {"ago", "later", "earlier", "before", "after", "or", "from", "long"})) {
    return std::nullopt;
  }
  const uint32_t noun = i - 1;
  bool rate = has(noun, kCountNoun) || has(noun, kUnits) || has(noun, kNumScale) ||
              has(noun, kRated) || mark(noun, '%');
  if (number(noun) && i > 1)
    rate = rate || mark(i - 2, '$') || mark(i - 2, 0x20AC) || mark(i - 2, 0xA3) || mark(i - 2, ',');
  // a plural noun with a number before it
  if (word(noun) && !has(noun, kPreposition) && !has(noun, kTense) &&
      text_[atoms_[noun].span.end - 1] == 's') {
    for (uint32_t k = noun; k-- > 0 && k + 5 > i;) {
      rate = rate || number(k) || (atoms_[k].mask & 0x7U) != 0;
      if (has(k, kPreposition) || atoms_[k].kind == AtomKind::Mark) break;
    }
  }
  return rate ? Maybe(set_of(u, 1, i + 2)) : std::nullopt;
}

}  // namespace readout::timex
