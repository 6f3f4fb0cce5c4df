// Does a number count anything? Most numbers in diplomatic prose are names, not counts (articles,
// resolutions, years, points of a list), and others only refer ("the two ministers"); both are told
// apart here.
#include "figures/finder.h"

namespace readout::figures {

namespace {

bool plain(const Numeral& n) { return !n.grouped && !n.scaled && !n.fraction; }

}  // namespace

// A number that names something rather than counts it.
bool Finder::names(uint32_t i, const Numeral& n) const {
  if (plain(n) && n.digits && i > 1) {
    // "E.O. 14024", "Executive Order (E.O.) 14024"
    if (i > 2 && n.value >= 100) {
      const uint32_t stop = mark(i - 1, ')') && mark(i - 2, '.') ? i - 2 : i - 1;
      const bool letter =
          stop > 0 && word(stop - 1) && upper(stop - 1) && atoms_[stop - 1].span.size() == 1;
      if (mark(stop, '.') && glued(stop) && letter) return true;
    }
    // "Ana Ruiz, 47, said": an age
    const bool age = n.decimals == 0 && n.value >= 1 && n.value < 120;
    if (age && mark(i - 1, ',') && word(i - 2) && upper(i - 2) && !has(i - 2, kNumbered) &&
        mark(n.next, ',') && n.next + 1 < size() && !number(n.next + 1)) {
      return true;
    }
  }
  if (i > 0 && has(i - 1, kNumbered)) {
    const bool counted_too =
        has(i - 1, kNumberedCapital) && (i < 2 || !upper(i - 1));  // "per unit 5", "Unit 5"
    if (!counted_too) return plain(n);
  }
  return (i > 0 && named_before(i, n)) || named_behind(i, n);
}

// By what stands before the number; i > 0.
bool Finder::named_before(uint32_t i, const Numeral& n) const {
  const Atom& before = atoms_[i - 1];
  if (plain(n) && is(i - 1, "of") && i > 1 && is(i - 2, "group") && upper(i - 2))
    return true;  // "Group of Seven"
  if (before.mark == '.' && i > 1 && has(i - 2, kNumbered) && before.glued) return true;
  if (before.mark == '#' || before.mark == 0x2116 || before.mark == 0xA7) return true;
  if (atoms_[i].glued && n.digits) {
    if (before.kind == AtomKind::Word) return true;  // G20
    for (const char32_t c : {'+', '/', ':', '_', '.', ',', '=', '%'}) {
      if (before.mark == c) return true;
    }
    if (before.mark == '-' && i > 1 && before.glued && atoms_[i - 2].kind != AtomKind::Mark)
      return true;  // T-72
  }
  if (plain(n) && rejected_end_ != 0 && i >= rejected_end_ && i <= rejected_end_ + 5 &&
      only_years(rejected_end_, i) &&
      (mark(i - 1, ',') || any(i - 1, {"and", "or", "to"}) || mark(i - 1, '-'))) {
    return true;  // "Articles 2 and 3"
  }
  // "under the age of 27", "ages 5 to 11"
  return any(i - 1, {"age", "ages", "aged"}) ||
         (is(i - 1, "of") && i > 1 && any(i - 2, {"age", "ages"}));
}

// By what stands behind it, or by how it is written.
bool Finder::named_behind(uint32_t i, const Numeral& n) const {
  const uint32_t e = n.next;
  // "the two hundred and forty-sixth"
  if (!n.digits && mark(e, '-') && glued(e) && has(e + 1, kNumOrdinal) && !n.fraction) return true;
  if (n.digits && glued(e)) {
    const char32_t behind = atoms_[e].mark;
    if (behind == '+' || behind == '_') return true;
    if ((behind == ':' || behind == '/' || behind == '.') && number(e + 1) && glued(e + 1))
      return true;
  }
  if (!plain(n) || !n.digits || n.decimals != 0) return false;
  if (i == 0) {
    if ((mark(e, '.') || mark(e, ')')) && glued(e)) return true;  // point of a list
    const bool alone = e >= size() && size() == 1 && atoms_[i].digits <= 3;
    if (alone && setting_ == Setting::Prose) return true;
  } else if ((mark(i - 1, '(') && mark(e, ')')) || (mark(i - 1, '[') && mark(e, ']'))) {
    return true;
  }
  if (atoms_[i].digits >= 2 && text_[atoms_[i].span.begin] == '0') return true;
  if (atoms_[i].digits > 9) return true;
  // "12 Garden Street"
  for (uint32_t k = e; k < e + 4 && word(k) && upper(k); ++k) {
    if (k > e && has(k, kStreet)) return true;
  }
  return false;
}

// Of the second number of a range.
bool Finder::names_second(const Numeral& n) const {
  const uint32_t e = n.next;
  return n.digits && glued(e) && (mark(e, ':') || mark(e, '/') || (mark(e, '-') && number(e + 1)));
}

// "resolutions 822 (1993) and 853": nothing but years, brackets and joints between
bool Finder::only_years(uint32_t from, uint32_t to) const {
  for (uint32_t k = from; k < to; ++k) {
    if (word(k) && !any(k, {"and", "or", "to"})) return false;
  }
  return true;
}

// Bare years are named by timex where it is sure; a figure needs a noun to be one.
bool Finder::year_like(uint32_t i, const Numeral& n) const {
  return n.digits && !n.grouped && !n.scaled && n.decimals == 0 && atoms_[i].digits == 4 &&
         n.value >= 1700 && n.value <= 2100;
}

// "two-state solution", "five-point plan", "1st": the number is a piece of a word. Forgets the
// number rejected last.
bool Finder::part_of_word(const Candidate& c) {
  if (!c.found.unit.empty()) return false;
  const uint32_t end = c.end;
  if (!c.range) {
    const bool joined = mark(end, '-') && glued(end) && word(end + 1) && glued(end + 1);
    if (joined && !c.number.scaled && !c.number.grouped) {
      rejected_end_ = 0;
      return true;
    }
    if (c.number.digits && glued(end) && word(end)) return true;
  }
  return !c.money && any(end, {"st", "nd", "rd", "th"}) && glued(end);
}

// With all that was read around it: a count, an amount or a share, no pronoun, ordinal or
// reference.
bool Finder::counts(const Candidate& c, const std::vector<Found>& before) const {
  const uint32_t at = c.number_at;
  const Numeral& n = c.number;
  if (c.measured()) return !(c.found.unit == "times" && !n.digits && n.value == 1);
  if (n.fraction && n.value < 1) return counts_share(c);
  if (n.vague_group) return !any(at, {"scores", "score"}) || is(c.end, "of");
  if (year_like(at, n) && !c.compared() && !c.range) {
    if (!c.has_noun()) return false;
    if (at > 0 && any(at - 1, {"in", "since", "the", "of", "by", "until", "from"})) return false;
  }
  if (n.scaled || n.grouped || c.range) return true;
  // "one" is a pronoun more often than a number
  if (n.value == 1 && !n.digits && n.next == at + 1) {
    if (c.compared()) return true;
    if (at > 0 && (has(at - 1, kPronounOne) || has(at - 1, kRefer) || mark(at - 1, '-')))
      return false;
    return !has(n.next, kOneStop) && c.has_noun();
  }
  if (n.value == 0 && !n.digits)
    return c.has_noun() && has(n.next, kCountable);  // "zero tolerance"
  if (c.compared()) return true;
  // "Nord Stream 2", "Title 42", "OFFICIAL TWO": behind a name, before no noun
  if (!c.has_noun() && n.value < 100 && n.decimals == 0 && n.next <= at + 2 && at > 1 &&
      word(at - 1) && upper(at - 1) && !has(at - 1, kStop) && !is(c.end, "of") &&
      setting_ == Setting::Prose) {
    return false;
  }
  return !only_refers(c, before);
}

// "a third country" is an ordinal, "a fifth of" a share.
bool Finder::counts_share(const Candidate& c) const {
  const uint32_t at = c.number_at, end = c.end;
  if (any(at, {"a", "an"})) {
    if (!closed(end)) return false;
    const bool led = at > 0 && any(at - 1, {"by", "to", "than", "from"});
    if (c.number.value < 0.5 && c.number.value != 0.25 && !is(end, "of") && !c.compared() && !led)
      return false;
  }
  return !(is(at, "half") && mark(end, '-'));
}

// "the two ministers", "these three points"; a share of a known whole ("four of the seven")
// informs.
bool Finder::only_refers(const Candidate& c, const std::vector<Found>& before) const {
  const uint32_t at = c.number_at;
  if (c.number.value > 12 || c.number.decimals != 0) return false;
  if (c.definite || (at > 0 && has(at - 1, kRefer))) {
    const uint32_t from = c.definite ? c.start : at;
    const bool partitive =
        from > 0 && is(from - 1, "of") && !before.empty() && before.back().end + 1 >= from;
    if (!partitive) return true;
  }
  return !c.has_noun() && at > 0 && any(at - 1, {"both", "these", "those", "the", "all", "other"});
}

}  // namespace readout::figures
