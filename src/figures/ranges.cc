// Two numbers that are the ends of one figure ("3-5 million", "between 40 and 50", "more than 10
// and less than 40") or a share ("one in three"), and the two figures of a change ("from 31 to
// 27").
#include <algorithm>

#include "figures/finder.h"

namespace readout::figures {
namespace {

/// The thousand, million ... that a number told with such a word has.
double scale_of(const Numeral& n) {
  for (const double scale : {1e12, 1e9, 1e6, 1e3}) {
    if (n.value >= scale) return scale;
  }
  return 1;
}

/// "3-5 million": the scale is told once.
void share_scale(Numeral& low, const Numeral& high) {
  if (!high.scaled || low.scaled || low.value >= 1000) return;
  const double scale = scale_of(high);
  if (low.value < high.value / scale + 1e-9) low.value *= scale;
}

bool lower_bound(const Found& f) {
  return f.figure.comparator == Comparator::MoreThan || f.figure.comparator == Comparator::AtLeast;
}

bool upper_bound(const Found& f) {
  return f.figure.comparator == Comparator::LessThan || f.figure.comparator == Comparator::AtMost;
}

}  // namespace

// "3-5", "40 to 50", "20~100"; "three or four", "ten or twelve", "two or three thousand"
void Finder::read_range(Candidate& c) const {
  Numeral& n = c.number;
  if (n.vague_group || (n.fraction && n.value < 1)) return;
  const bool dash = mark(c.end, '-') || mark(c.end, '~');
  const bool to = any(c.end, {"to", "through"}) && !changing(c.number_at);
  uint32_t at = c.end + 1;
  if (dash || to) {
    if (c.money) {
      if (const auto sign = currency(at); sign && words_.unit[sign->value].before) at = sign->next;
    }
    const auto other = numeral(at);
    if (!other || !(number(at) || !n.digits || to) || other->value <= n.value ||
        names_second(*other))
      return;
    if (dash && year_like(c.number_at, n)) return;
    share_scale(n, *other);
    c.second = *other;
  } else if (is(c.end, "or") && !n.scaled && n.value < 20) {
    const auto other = numeral(at);
    if (!other || other->fraction) return;
    const double scale = other->scaled ? scale_of(*other) : 1;
    const double high = other->value / scale;
    if (high <= n.value || high > n.value * 1.2 + 1) return;
    n.value *= scale;
    c.second = *other;
  } else {
    return;
  }
  c.range = true;
  c.end = c.second.next;
}

// "one in three", "two out of five hundred", "1 over 20": a share
void Finder::read_share(Candidate& c) const {
  Numeral& n = c.number;
  if (c.range || c.money || n.scaled || n.decimals != 0 || n.value < 1 || n.value >= 100) return;
  const bool out_of = is(c.end, "out") && is(c.end + 1, "of");
  if (!out_of && !any(c.end, {"in", "over"})) return;
  const uint32_t at = out_of ? c.end + 2 : c.end + 1;
  const auto whole = numeral(at);
  if (!whole || whole->value <= n.value || whole->decimals != 0 || whole->fraction ||
      year_like(at, *whole))
    return;
  const uint32_t behind = whole->next;
  if (!out_of && !closed(behind) && !plural(behind) && !has(behind, kBehind)) return;
  n.value /= whole->value;
  n.fraction = true;
  n.next = c.end = behind;
}

// "between 40 and 50", "from 200 to 300", "from 31 to 27" (two figures)
std::vector<Found> Finder::two_ends(uint32_t i) const {
  struct End {
    uint32_t begin = 0, next = 0;  // the number, without its currency
    double value = 0, factor = 1;
    std::string unit;
  };
  const bool between = is(i, "between");
  const auto joint = [&](uint32_t k) {
    return (between ? is(k, "and") : is(k, "to")) || mark(k, '-');
  };
  const auto money = [&](End& end) {
    if (const auto c = currency(end.begin); c && words_.unit[c->value].before && number(c->next)) {
      end.unit = words_.unit[c->value].sign;
      end.factor = words_.unit[c->value].factor;
      end.begin = c->next;
    }
  };
  // the lower end, up to the joint
  End a;
  a.begin = i + 1;
  if (a.begin >= size()) return {};
  money(a);
  auto low = numeral(a.begin);
  if (!low || names(a.begin, *low)) return {};
  a.next = low->next;
  uint32_t mid = low->next;
  if (a.unit.empty()) {
    if (const uint32_t u = unit_behind(mid, low->digits, a.unit, a.factor); u > 0) mid = u;
  }
  if (mid < size() && !joint(mid)) {
    // "from 9 cases to 11"
    const uint32_t noun = noun_run(mid, mid - 1, low->value);
    if (noun == mid) return {};
    mid = noun;
  }
  if (!joint(mid)) return {};
  // the upper end
  End b;
  b.begin = mid + 1;
  if (b.begin >= size()) return {};
  money(b);
  const auto high = numeral(b.begin);
  if (!high || names_second(*high)) return {};
  b.next = high->next;
  uint32_t end = b.next;
  if (b.unit.empty()) {
    if (const uint32_t u = unit_behind(end, high->digits, b.unit, b.factor); u > 0) end = u;
  }
  if (!between && year_like(a.begin, *low) && year_like(b.begin, *high)) return {};
  share_scale(*low, *high);
  a.value = low->value;
  b.value = high->value;
  if (a.unit.empty()) {
    a.unit = b.unit;
    a.factor = b.factor;
  }
  if (b.unit.empty()) b.unit = a.unit;
  const uint32_t noun_end = b.unit.empty() ? noun_run(end, end - 1, 2) : end;

  if (!between && (changing(i) || b.value < a.value)) {
    Found from, to;
    from.begin = !a.unit.empty() && a.begin > i + 1 ? i + 1 : a.begin;
    from.number_begin = a.begin;
    from.number_end = a.next;
    from.end = !a.unit.empty() && mid > a.next ? mid : a.next;
    from.figure.value = a.value * a.factor;
    from.unit = a.unit;
    to.begin = b.begin > mid + 1 ? mid + 1 : b.begin;
    to.number_begin = b.begin;
    to.number_end = b.next;
    to.end = noun_end;
    to.figure.value = b.value * b.factor;
    to.unit = b.unit;
    if (noun_end > end) count(to, end, noun_end);
    from.counted = to.counted;
    to.figure.revises = static_cast<FigureId>(0);  // the one before; settled in revise()
    return {from, to};
  }
  if (b.value <= a.value) return {};
  Found f;
  f.begin = i;
  f.number_begin = a.begin;
  f.number_end = b.next;
  f.end = noun_end;
  f.unit = b.unit;
  f.figure.low = a.value * a.factor;
  f.figure.high = b.value * b.factor;
  if (noun_end > end) count(f, end, noun_end);
  return {f};
}

// "more than 10 and less than 40" is one range.
void Finder::merge_bounds(std::vector<Found>& found) const {
  for (size_t k = 0; k + 1 < found.size();) {
    const Found &a = found[k], &b = found[k + 1];
    const bool joined =
        (b.begin == a.end + 1 && (any(a.end, {"and", "but"}) || mark(a.end, ','))) ||
        (b.begin == a.end + 2 && mark(a.end, ',') && any(a.end + 1, {"and", "but"}));
    const bool told = a.figure.value && b.figure.value && (a.unit == b.unit || a.unit.empty()) &&
                      a.counted.empty();
    const bool bounds = joined && told &&
                        ((lower_bound(a) && upper_bound(b) && *a.figure.value < *b.figure.value) ||
                         (upper_bound(a) && lower_bound(b) && *b.figure.value < *a.figure.value));
    if (!bounds) {
      ++k;
      continue;
    }
    Found both = b;
    both.begin = a.begin;
    both.number_begin = a.number_begin;
    both.figure.comparator = Comparator::Exact;
    both.figure.value.reset();
    both.figure.low = std::min(*a.figure.value, *b.figure.value);
    both.figure.high = std::max(*a.figure.value, *b.figure.value);
    found[k] = both;
    found.erase(found.begin() + static_cast<std::ptrdiff_t>(k) + 1);
  }
}

}  // namespace readout::figures
