// Atom by atom: at each number (in words or digits) the comparator before it, the unit or currency
// around it and the noun behind it are taken together, one step after another; a step that finds a
// name instead of a count gives up.
#include "figures/finder.h"

#include <algorithm>

namespace readout::figures {
namespace {

constexpr uint64_t bit(uint8_t cls) { return uint64_t{1} << cls; }

/// Classes of words with which a figure may begin.
constexpr uint64_t kStarts = bit(kNumOnes) | bit(kNumTens) | bit(kNumScale) | bit(kNumOrdinal) |
                             bit(kNumPart) | bit(kNumGroup) | bit(kNumVague) | bit(kComparator) |
                             bit(kCurrency) | bit(kTwice) | bit(kThrice) | bit(kFourfold) |
                             bit(kHalved) | bit(kOpener);

}  // namespace

Finder::Finder(const Words& words, const Document& doc, const std::vector<Atom>& atoms,
               Setting setting)
    : words_(words), doc_(doc), text_(doc.plain()), atoms_(atoms), setting_(setting) {
  options_.article = true;
  options_.spaced_groups = true;
  options_.suffixes = true;
}

std::vector<Found> Finder::read() {
  mark_times();
  std::vector<Found> found;
  for (uint32_t i = 0; i < size();) {
    if (!may_start(i)) {
      ++i;
      continue;
    }
    std::vector<Found> here = at(i, found);
    if (here.empty()) {
      ++i;
      continue;
    }
    i = here.back().end;
    for (Found& f : here) found.push_back(std::move(f));
  }
  merge_bounds(found);
  revise(found);
  share_counted(found);
  return found;
}

// ------------------------------------------------------------------------------------------
// looking

bool Finder::any(uint32_t i, std::initializer_list<std::string_view> list) const {
  return std::any_of(list.begin(), list.end(), [&](std::string_view w) { return is(i, w); });
}

bool Finder::closed(uint32_t i) const {
  return i >= size() || atoms_[i].kind == AtomKind::Mark || has(i, kStop);
}

std::optional<Numeral> Finder::numeral(uint32_t i) const {
  if (i >= size() || timed_[i]) return std::nullopt;
  auto n = read_numeral(text_, atoms_, i, words_.lexicon, options_);
  if (!n || n->next == i) return std::nullopt;
  for (uint32_t k = i; k < n->next; ++k) {
    if (timed_[k]) return std::nullopt;
  }
  return n;
}

Span Finder::span(uint32_t from, uint32_t to) const {
  return {atoms_[from].span.begin, atoms_[to - 1].span.end};
}

void Finder::count(Found& f, uint32_t from, uint32_t to) const {
  f.figure.counted_span = span(from, to);
  f.counted = std::string(text_.substr(f.figure.counted_span.begin, f.figure.counted_span.size()));
}

// Numbers in time expressions are theirs.
void Finder::mark_times() {
  timed_.assign(size(), false);
  if (doc_.timexes() == nullptr || atoms_.empty()) return;
  const auto& timexes = doc_.timexes()->timexes;
  const uint32_t begin = atoms_.front().span.begin, end = atoms_.back().span.end;
  auto t = std::lower_bound(timexes.begin(), timexes.end(), begin,
                            [](const Timex& x, uint32_t at) { return x.span.end <= at; });
  uint32_t i = 0;
  for (; t != timexes.end() && t->span.begin < end; ++t) {
    while (i < size() && atoms_[i].span.end <= t->span.begin) ++i;
    for (uint32_t k = i; k < size() && atoms_[k].span.begin < t->span.end; ++k) timed_[k] = true;
  }
}

// -------------------------------------------------------------------------------------- one figure

bool Finder::may_start(uint32_t i) const {
  if (timed_[i]) return false;
  if (atoms_[i].kind == AtomKind::Number) return true;
  if (atoms_[i].kind == AtomKind::Word) return (atoms_[i].mask & kStarts) != 0;
  const char32_t c = atoms_[i].mark;
  if (c == '.' || c == '-') return !glued(i) && number(i + 1) && glued(i + 1);  // ".5", "-3"
  return c == '$' || c == '<' || c == '>' || c >= 0xA2;
}

// The figures that begin at atom `i`: none, one, or the two of a change ("from 9 to 11").
std::vector<Found> Finder::at(uint32_t i, const std::vector<Found>& before) {
  if (auto f = without_number(i)) return {*f};
  if (auto f = multiple(i)) return {*f};
  Candidate c;
  c.start = c.number_at = c.found.begin = i;
  if (!read_comparator(c)) return {};
  if (any(c.number_at, {"between", "from"})) {
    auto both = two_ends(c.number_at);
    if (both.size() == 1) {
      both.front().begin = i;
      if (c.compared()) both.front().figure.comparator = c.found.figure.comparator;
    }
    return both;
  }
  if (!read_article(c)) return {};
  read_currency(c);
  if (!read_number(c)) return {};
  read_range(c);
  read_share(c);
  c.found.number_end = c.end;
  read_unit(c);
  read_cents(c);
  if (part_of_word(c)) return {};
  read_noun(c);
  if (!counts(c, before)) return {};
  if (c.has_noun()) c.end = c.noun_end;
  if (c.found.unit == "times") {
    if (is(c.end, "as") && word(c.end + 1)) c.end += 2;  // "three times as many"
    if (any(c.end, {"more", "higher", "larger", "greater"})) ++c.end;
  }
  read_object(c);
  read_comparator_behind(c);
  put_value(c);
  c.found.end = c.end;
  return {std::move(c.found)};
}

// "more than", "at least about", "<". A preposition before no number is none: "about the two",
// "under Article 5".
bool Finder::read_comparator(Candidate& c) const {
  const uint32_t i = c.start;
  if (!has(i, kComparator) && !mark(i, '<') && !mark(i, '>') && !mark(i, 0x2264) &&
      !mark(i, 0x2265))
    return true;
  const auto first = words_.comparators.match(text_, atoms_, i);
  if (!first) return true;
  Comparator& comparator = c.found.figure.comparator;
  c.number_at = first->next;
  comparator = static_cast<Comparator>(first->value);
  if (has(c.number_at, kComparator) && !number(c.number_at)) {
    const auto second = words_.comparators.match(text_, atoms_, c.number_at);
    if (second && numeral_or_money(second->next)) {
      c.number_at = second->next;
      if (comparator == Comparator::Exact) comparator = static_cast<Comparator>(second->value);
    }
  }
  if (!numeral_or_money(c.number_at) && !any(c.number_at, {"a", "an", "between", "twice"})) {
    c.number_at = i;
    comparator = Comparator::Exact;
    return numeral_or_money(i) || any(i, {"the", "a", "an"});
  }
  return true;
}

// "the two", "all 27"
bool Finder::read_article(Candidate& c) const {
  if (c.number_at != c.start) return true;
  if (is(c.start, "the")) {
    if (!numeral_or_money(c.start + 1)) return false;
    c.definite = true;
    ++c.number_at;
  } else if (is(c.start, "all") && numeral(c.start + 1)) {
    ++c.number_at;
  }
  return true;
}

// The number itself, also doubled: "thirty (30) days", as agreements write.
bool Finder::read_number(Candidate& c) {
  const uint32_t at = c.number_at;
  const auto n = numeral(at);
  if (!n) return false;
  if (!c.money && names(at, *n)) {
    rejected_end_ = n->next;
    return false;
  }
  c.number = *n;
  c.found.number_begin = at;
  if (mark(n->next, '(') && number(n->next + 1) && mark(n->next + 2, ')')) {
    const auto inside = numeral(n->next + 1);
    if (inside && inside->next == n->next + 2 && inside->value == n->value) c.number.next += 3;
  }
  c.end = c.number.next;
  return !(is(at + 1, "gross") && any(at, {"a", "one"}) &&
           !is(c.end, "of"));  // "a gross violation"
}

// "40 or more", "five and over"
void Finder::read_comparator_behind(Candidate& c) const {
  if (!has(c.end, kBehind)) return;
  const auto b = words_.behind.match(text_, atoms_, c.end);
  if (!b || static_cast<Comparator>(b->value) == Comparator::Exact) return;
  const uint32_t next = b->next;
  const bool goes_on =
      is(next, "than") || is(next, "equal") || (numeral_or_money(next) && word(next - 1));
  if (goes_on || (is(c.end, "at") && numeral(next))) return;
  if (is(c.end, "over") && next < size() && atoms_[next].kind != AtomKind::Mark) return;
  c.found.figure.comparator = static_cast<Comparator>(b->value);
  c.end = next;
}

void Finder::put_value(Candidate& c) const {
  Figure& figure = c.found.figure;
  const double value = c.number.value * c.factor;
  if (c.number.vague_group) {  // "dozens"
    figure.low = value;
    if (figure.comparator == Comparator::Exact || figure.comparator == Comparator::About) {
      figure.comparator = Comparator::Many;
    }
  } else {
    figure.value = value + c.cents;
  }
  if (c.range) {
    figure.value.reset();
    figure.low = value;
    figure.high = c.second.value * c.factor;
  }
}

}  // namespace readout::figures
