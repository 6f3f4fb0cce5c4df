// Amounts told without a number: "not a single body", "no attack", "all health centres", "several
// villages", "doubled".
#include "figures/finder.h"

namespace readout::figures {

std::optional<Found> Finder::without_number(uint32_t i) const {
  if (is(i, "not")) {
    if (is(i + 1, "one") || (is(i + 1, "a") && is(i + 2, "single"))) return none_single(i);
  } else if (is(i, "no") && !mark(i + 1, '.')) {
    return none(i);
  } else if (is(i, "all") && !numeral(i + 1)) {
    return all(i);
  }
  if (has(i, kNumVague) && !is(i, "some")) return few_or_many(i);
  return std::nullopt;
}

// "not a single body", "not one shot"
std::optional<Found> Finder::none_single(uint32_t i) const {
  const uint32_t noun = is(i + 2, "single") ? i + 3 : i + 2;
  if (!word(noun) || has(noun, kStop)) return std::nullopt;
  Found f;
  f.begin = f.number_begin = i;
  f.number_end = noun;
  f.end = noun + 1;
  if (const auto unit = words_.units.match(text_, atoms_, noun)) {
    f.unit = words_.unit[unit->value].sign;
    f.end = unit->next;
  }
  f.figure.value = 0;
  f.figure.comparator = Comparator::None;
  count(f, noun, f.end);
  return f;
}

// "no attack", "no direct contacts": before what may be counted
std::optional<Found> Finder::none(uint32_t i) const {
  uint32_t k = i + 1;
  for (int n = 0; n < 3 && word(k) && !has(k, kStop) && !has(k, kCountable); ++n) ++k;
  if (!has(k, kCountable) || timed(k)) return std::nullopt;
  Found f;
  f.begin = f.number_begin = i;
  f.number_end = i + 1;
  f.end = k + 1;
  f.figure.value = 0;
  f.figure.comparator = Comparator::None;
  count(f, i + 1, f.end);
  return f;
}

// The atom behind up to two words and a plural that may be counted; 0 if there is none.
uint32_t Finder::countable_plural(uint32_t i) const {
  uint32_t k = i;
  for (int n = 0; n < 2 && word(k) && !has(k, kStop) && !(has(k, kCountable) && plural(k)); ++n)
    ++k;
  return has(k, kCountable) && plural(k) ? k + 1 : 0;
}

// "all health centres", "all of them"
std::optional<Found> Finder::all(uint32_t i) const {
  Found f;
  f.begin = f.number_begin = i;
  f.number_end = i + 1;
  f.figure.comparator = Comparator::All;
  if (is(i + 1, "of") && is(i + 2, "them")) {
    f.end = i + 3;
    return f;
  }
  const uint32_t noun = is(i + 1, "the") ? i + 2 : i + 1;
  f.end = countable_plural(noun);
  if (f.end == 0 || has(f.end - 1, kEveryone)) return std::nullopt;  // "all people" counts nobody
  count(f, noun, f.end);
  return f;
}

// "several villages", "a few wounded", "many attacks"
std::optional<Found> Finder::few_or_many(uint32_t i) const {
  if (is(i + 1, "of")) return std::nullopt;
  Found f;
  f.end = countable_plural(i + 1);
  if (f.end == 0) return std::nullopt;
  if (i > 0 && any(i - 1, {"how", "so", "as", "the", "these", "those"})) return std::nullopt;
  f.begin = i > 0 && is(i - 1, "a") && is(i, "few") ? i - 1 : i;
  f.number_begin = i;
  f.number_end = i + 1;
  f.figure.comparator = any(i, {"several", "few"}) ? Comparator::Few : Comparator::Many;
  count(f, i + 1, f.end);
  return f;
}

// "doubled", "thrice", "halved"
std::optional<Found> Finder::multiple(uint32_t i) const {
  const bool two = has(i, kTwice), three = has(i, kThrice), four = has(i, kFourfold),
             half = has(i, kHalved);
  if (!two && !three && !four && !half) return std::nullopt;
  Found f;
  f.begin = f.number_begin = i;
  f.number_end = f.end = i + 1;
  f.unit = "times";
  f.figure.value = three ? 3 : four ? 4 : half ? 0.5 : 2;
  return f;
}

}  // namespace readout::figures
