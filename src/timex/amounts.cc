// Amounts of units of time and their values: "an hour and a half", "3 hours 20 minutes", "58-year".
#include <array>
#include <cmath>

#include "timex/parser.h"

namespace readout::timex {

std::string value_of(const Duration& duration) {
  constexpr std::array<const char*, 12> kLetters = {"S", "M", "H", "D", "W", "M",
                                                    "Q", "Y", "Y", "Y", "Y", "WE"};
  constexpr std::array<int, 12> kTimes = {1, 1, 1, 1, 1, 1, 1, 1, 10, 100, 1000, 1};
  std::string out = "P";
  bool timed = false;
  const auto number = [&](double n) {
    if (n == std::floor(n) && n < 1e9) {
      append_number(out, static_cast<int32_t>(n), 1);
      return;
    }
    auto hundredths = static_cast<int32_t>(std::lround(n * 100));
    append_number(out, hundredths / 100, 1);
    out += '.';
    append_number(out, hundredths % 100 % 10 == 0 ? hundredths % 100 / 10 : hundredths % 100,
                  hundredths % 10 == 0 ? 1 : 2);
  };
  for (const Duration::Amount& amount : duration.amounts) {
    const auto u = static_cast<size_t>(amount.unit);
    if (amount.unit <= Unit::Hour && !timed) {
      out += 'T';
      timed = true;
    }
    if (duration.vague) {
      out += 'X';
      out += amount.unit == Unit::Decade ? "DE" : amount.unit == Unit::Century ? "CE" : kLetters[u];
      continue;
    }
    double n = amount.n * kTimes[u];
    if (amount.unit == Unit::Year && n == 0.5) {
      out += "6M";
      continue;
    }
    if (amount.unit == Unit::Quarter) {
      number(n * 3);
      out += 'M';
      continue;
    }
    if (amount.unit == Unit::Hour && n < 1 && n * 60 == std::floor(n * 60)) {
      number(n * 60);
      out += 'M';
      continue;
    }
    number(n);
    out += kLetters[u];
  }
  return out;
}

// "two years", "an hour and a half", "3 hours 20 minutes", "58-year", "half a year".
std::optional<Duration> Parser::amounts(uint32_t i, bool article, uint32_t& next,
                                        bool& compound) const {
  Duration d;
  compound = false;
  uint32_t at = i;
  bool bare_second = false;
  for (int part = 0; part < 3; ++part) {
    double n = 0;
    bool vague = false;
    uint32_t behind = at;
    bool one = false;
    if (is(at, "half") && (any(at + 1, {"a", "an"}))) {
      n = 0.5;
      behind = at + 2;
    } else if (is(at, "half") && mark(at + 1, '-') && any(at + 2, {"hour", "year", "day"})) {
      n = 0.5;
      behind = at + 2;
    } else if (const auto read = numeral(at, article && part == 0)) {
      n = read->value;
      behind = read->next;
      // "thirty (30) days", as agreements write
      if (mark(behind, '(') && number(behind + 1) && mark(behind + 2, ')') &&
          num(behind + 1) == static_cast<int32_t>(read->value))
        behind += 3;
      vague = read->vague_group;
      if (read->vague_group && is(behind, "of")) ++behind;
      one = read->value == 1 && !read->digits;
      if (read->grouped && read->value > 1e6) return std::nullopt;
    } else if (article && part == 0 && any(at, {"a", "an"}) && !has(at + 1, kNumVague)) {
      n = 1;
      one = true;
      behind = at + 1;
    } else if (part == 0 &&
               (has(at, kNumVague) || (article && is(at, "a") && any(at + 1, {"few", "couple"})) ||
                is(at, "couple"))) {
      behind = at;
      if (is(behind, "a")) ++behind;
      if (is(behind, "couple")) {
        n = 2;
        ++behind;
        if (is(behind, "of")) ++behind;
      } else {
        vague = true;
        ++behind;
      }
    } else {
      break;
    }
    // "half an hour" within "one and a half hours" is read by the numeral; "two-week",
    // "twelve-year"
    uint32_t u = behind;
    bool hyphen = false;
    if (mark(u, '-') && !(u + 1 < size() && !glued(u) && !glued(u + 1))) {
      hyphen = true;
      ++u;
    } else {
      if (is(u, "of") && vague) ++u;
      while (has(u, kAdjective) && u < behind + 2) ++u;
    }
    uint32_t behind_unit = 0;
    const auto found = unit(u, behind_unit);
    if (!found) break;
    if (has(u, kUnitShort) && !number(at)) break;
    if (has(u, kUnitShort) && is(u, "h") && upper(u)) break;
    if (*found == Unit::Second && (is(at, "a") || (hyphen && !has(u, kUnits)))) break;
    if (*found == Unit::Second && one && is(u, "second")) bare_second = true;
    if (has(u, kFortnight)) n *= 2;
    if (has(u, kUnit) && n > 1 && !hyphen && !has(u, kFortnight) && !vague && *found != Unit::Day) {
      // "2 quarter", "three year" are written so in headlines; a number before a singular noun else
      // is none
      if (*found == Unit::Quarter || *found == Unit::Second || *found == Unit::Century) break;
    }
    d.vague = d.vague || vague;
    d.amounts.push_back({n, *found});
    next = behind_unit;
    if (hyphen) {
      compound = true;
      break;
    }
    // "an hour and a half"
    if (is(next, "and") &&
        ((is(next + 1, "a") && any(next + 2, {"half", "quarter"})) || is(next + 1, "half"))) {
      const bool quarter = is(next + 2, "quarter");
      uint32_t unused = 0;
      const uint32_t after = is(next + 1, "half") ? next + 2 : next + 3;
      if (!unit(after, unused)) {
        d.amounts.back().n += quarter ? 0.25 : 0.5;
        next = after;
      }
    }
    at = next;
    if (mark(at, ',') && number(at + 1)) {
      ++at;
    } else if (is(at, "and")) {
      ++at;
    } else if (!number(at) && !has(at, kNumOnes) && !has(at, kNumTens)) {
      break;
    }
    // a smaller unit may follow
    const auto more = numeral(at, false);
    uint32_t unused = 0;
    if (!more) break;
    const auto smaller = unit(more->next, unused);
    if (!smaller || *smaller >= *found) break;
  }
  if (d.amounts.empty() || (bare_second && d.amounts.size() == 1 && !is(i, "one")))
    return std::nullopt;
  return d;
}

}  // namespace readout::timex
