// A number is read from left to right as chunks below a thousand, each followed by its scale
// ("three hundred and five | thousand", "12 | million"), then by what may hang on it: "and a half",
// "point five", a fraction, a group ("two dozen").
#include "core/numerals.h"

#include <array>
#include <cmath>

#include "core/tsv.h"

namespace readout {
namespace {

double power_of_ten(int n) {
  double v = 1;
  for (; n > 0; --n) v *= 10;
  return v;
}

class Reader {
 public:
  Reader(std::string_view text, const std::vector<Atom>& atoms, const Lexicon& lexicon,
         const NumeralOptions& options)
      : text_(text), atoms_(atoms), lexicon_(lexicon), options_(options) {}

  std::optional<Numeral> read(uint32_t i) {
    Numeral n;
    if (i >= size()) return std::nullopt;
    uint32_t at = i;
    if (atoms_[at].mark == '-' && at + 1 < size() && atoms_[at + 1].glued && !atoms_[at].glued &&
        atoms_[at + 1].kind == AtomKind::Number) {
      n.negative = true;
      ++at;
    } else if ((word(at, "minus") || word(at, "negative")) && at + 1 < size()) {
      n.negative = true;
      ++at;
    }
    if (!magnitude(at, n)) return std::nullopt;
    if (n.negative) n.value = -n.value;
    return n;
  }

 private:
  uint32_t size() const { return static_cast<uint32_t>(atoms_.size()); }
  const Atom& atom(uint32_t i) const { return atoms_[i]; }
  bool word(uint32_t i, std::string_view w) const { return i < size() && atom_is(text_, atoms_[i], w); }
  bool mark(uint32_t i, char32_t c) const { return i < size() && atoms_[i].mark == c; }
  bool has(uint32_t i, uint8_t cls) const { return i < size() && atoms_[i].is(cls); }
  int32_t value(uint32_t i, uint8_t cls) const { return lexicon_.value(atoms_[i].entry, cls); }
  bool number(uint32_t i) const { return i < size() && atoms_[i].kind == AtomKind::Number; }

  bool magnitude(uint32_t at, Numeral& n) {
    if (mark(at, '.') && !(at > 0 && atoms_[at].glued) && number(at + 1) && atoms_[at + 1].glued && atoms_[at + 1].digits <= 18) {
      n.digits = true;
      n.decimals = atoms_[at + 1].digits;
      n.value = static_cast<double>(atoms_[at + 1].number) / power_of_ten(n.decimals);
      n.next = at + 2;
      tail(n);
      return true;
    }
    if (number(at)) {
      if (!digits(at, n)) return false;
    } else if (const double single = vulgar(at); single > 0) {
      n.value = single;
      n.fraction = true;
      n.next = at + 1;
    } else if (!words(at, n)) {
      return false;
    }
    tail(n);
    return true;
  }

  // ½ and its like.
  double vulgar(uint32_t i) const {
    if (i >= size()) return 0;
    switch (atoms_[i].mark) {
      case 0xBD: return 0.5;
      case 0xBC: return 0.25;
      case 0xBE: return 0.75;
      case 0x2153: return 1.0 / 3;
      case 0x2154: return 2.0 / 3;
      case 0x2155: return 1.0 / 5;
      case 0x2156: return 2.0 / 5;
      case 0x2157: return 3.0 / 5;
      case 0x2158: return 4.0 / 5;
      case 0x2159: return 1.0 / 6;
      case 0x215A: return 5.0 / 6;
      case 0x215B: return 1.0 / 8;
      case 0x215C: return 3.0 / 8;
      case 0x215D: return 5.0 / 8;
      case 0x215E: return 7.0 / 8;
      default: return 0;
    }
  }

  bool digits(uint32_t at, Numeral& n) {
    n.digits = true;
    if (atoms_[at].digits > 18) return false;
    n.value = static_cast<double>(atoms_[at].number);
    uint32_t i = at + 1;
    const auto group = [&](uint32_t m, char32_t c) {
      return mark(m, c) && atoms_[m].glued && number(m + 1) && atoms_[m + 1].glued && atoms_[m + 1].digits == 3;
    };
    const char32_t thousand = options_.comma_decimals ? U'.' : U',';
    const char32_t point = options_.comma_decimals ? U',' : U'.';
    bool grouped = false;
    if (atoms_[at].digits <= 3 && continental(at, n)) return true;
    if (atoms_[at].digits <= 2 && indian(at, n)) return true;
    if (atoms_[at].digits <= 3) {
      while (group(i, thousand) || group(i, '\'')) {
        n.value = n.value * 1000 + static_cast<double>(atoms_[i + 1].number);
        i += 2;
        grouped = true;
      }
      if (!grouped && options_.spaced_groups) {
        while (number(i) && !atoms_[i].glued && atoms_[i].digits == 3 &&
               atoms_[i].span.begin - atoms_[i - 1].span.end <= 3 && one_blank(i)) {
          n.value = n.value * 1000 + static_cast<double>(atoms_[i].number);
          ++i;
          grouped = true;
        }
      }
    }
    n.grouped = grouped;
    if (mark(i, point) && atoms_[i].glued && number(i + 1) && atoms_[i + 1].glued &&
        !(mark(i + 2, point) && atoms_[i + 2].glued && number(i + 3) && atoms_[i + 3].glued)) {
      n.value += static_cast<double>(atoms_[i + 1].number) / power_of_ten(atoms_[i + 1].digits);
      n.decimals = atoms_[i + 1].digits;
      i += 2;
    } else if (!grouped && mark(i, '/') && atoms_[i].glued && number(i + 1) && atoms_[i + 1].glued &&
               atoms_[at].number > 0 && atoms_[i + 1].number > atoms_[at].number && atoms_[i + 1].number <= 100 &&
               !(mark(i + 2, '/') && atoms_[i + 2].glued)) {
      n.value /= static_cast<double>(atoms_[i + 1].number);
      n.fraction = true;
      i += 2;
    }
    n.next = i;
    if (!n.fraction) {
      if (const double part = vulgar(i); part > 0) {
        n.value += part;
        n.next = i + 1;
      } else if (n.decimals == 0 && !grouped && number(i) && !atoms_[i].glued && mark(i + 1, '/') &&
                 atoms_[i + 1].glued && number(i + 2) && atoms_[i + 2].glued && atoms_[i].digits <= 2 &&
                 atoms_[i + 2].number > atoms_[i].number && atoms_[i + 2].number <= 100) {
        n.value += static_cast<double>(atoms_[i].number) / static_cast<double>(atoms_[i + 2].number);
        n.next = i + 3;
      }
    }
    return true;
  }

  bool joined(uint32_t m, char32_t c, uint8_t digits) const {
    return mark(m, c) && atoms_[m].glued && number(m + 1) && atoms_[m + 1].glued && (digits == 0 || atoms_[m + 1].digits == digits);
  }

  // "1.234.567" and "1.600,50" can't be read otherwise, whatever the document's habit.
  bool continental(uint32_t at, Numeral& n) const {
    double v = static_cast<double>(atoms_[at].number);
    uint32_t i = at + 1;
    int groups = 0;
    while (joined(i, '.', 3)) {
      v = v * 1000 + static_cast<double>(atoms_[i + 1].number);
      i += 2;
      ++groups;
    }
    const bool decimals = groups > 0 && joined(i, ',', 0) && atoms_[i + 1].digits != 3;
    if (groups < 2 && !decimals) return false;
    if (joined(i, '.', 0)) return false;
    if (decimals) {
      v += static_cast<double>(atoms_[i + 1].number) / power_of_ten(atoms_[i + 1].digits);
      n.decimals = atoms_[i + 1].digits;
      i += 2;
    }
    n.value = v;
    n.grouped = true;
    n.next = i;
    return true;
  }

  // "12,34,567.89": lakhs and crores
  bool indian(uint32_t at, Numeral& n) const {
    double v = static_cast<double>(atoms_[at].number);
    uint32_t i = at + 1;
    if (!joined(i, ',', 2)) return false;
    while (joined(i, ',', 2)) {
      v = v * 100 + static_cast<double>(atoms_[i + 1].number);
      i += 2;
    }
    if (!joined(i, ',', 3)) return false;
    v = v * 1000 + static_cast<double>(atoms_[i + 1].number);
    i += 2;
    if (joined(i, '.', 0)) {
      v += static_cast<double>(atoms_[i + 1].number) / power_of_ten(atoms_[i + 1].digits);
      n.decimals = atoms_[i + 1].digits;
      i += 2;
    }
    n.value = v;
    n.grouped = true;
    n.next = i;
    return true;
  }

  /// The denominator that begins at `p`: "thirds", "twenty-fifths"; 0 if none.
  int32_t denominator(uint32_t p, uint32_t& next, bool& many) const {
    if (has(p, kNumTens)) {
      uint32_t o = p + 1;
      if (mark(o, '-')) ++o;
      if (o < size() && atoms_[o].kind == AtomKind::Word) {
        std::string_view w = text_.substr(atoms_[o].span.begin, atoms_[o].span.size());
        many = w.back() == 's';
        if (many) w.remove_suffix(1);
        const uint32_t id = lexicon_.find(w);
        const int32_t rank = id == 0 ? -1 : lexicon_.value(id, kNumOrdinal);
        if (rank > 0 && rank < 10) {
          next = o + 1;
          return value(p, kNumTens) + rank;
        }
      }
      return 0;
    }
    if (!has(p, kNumPart) || word(p, "second") || word(p, "seconds")) return 0;
    many = plural_part(p);
    next = p + 1;
    return value(p, kNumPart);
  }

  bool one_blank(uint32_t i) const {
    const std::string_view gap =
        text_.substr(atoms_[i - 1].span.end, atoms_[i].span.begin - atoms_[i - 1].span.end);
    return gap == " " || gap == "\xC2\xA0" || gap == "\xE2\x80\xAF" || gap == "\xE2\x80\x89";
  }

  // 1 to 99 in words; 0 atoms read: false.
  bool below_hundred(uint32_t at, double& v, uint32_t& next) const {
    if (has(at, kNumTens)) {
      v = value(at, kNumTens);
      next = at + 1;
      const uint32_t ones = mark(next, '-') ? next + 1 : next;
      if (has(ones, kNumOnes) && value(ones, kNumOnes) > 0 && value(ones, kNumOnes) < 10) {
        v += value(ones, kNumOnes);
        next = ones + 1;
      }
      return true;
    }
    if (has(at, kNumOnes)) {
      v = value(at, kNumOnes);
      next = at + 1;
      return true;
    }
    return false;
  }

  bool words(uint32_t at, Numeral& n) {
    uint32_t i = at;
    if (word(i, "a") || word(i, "an")) {
      if (!options_.article) return false;
      if (has(i + 1, kNumScale) || has(i + 1, kNumGroup)) {
        n.value = 1;
        n.next = i + 1;
        return true;
      }
      if (has(i + 1, kNumPart) && !word(i + 1, "second") && !word(i + 1, "seconds")) {
        n.value = 1.0 / value(i + 1, kNumPart);
        n.fraction = true;
        n.next = i + 2;
        return true;
      }
      return false;
    }
    if (word(i, "quarter") && has(i + 1, kNumScale) && text_[atoms_[i + 1].span.end - 1] != 's') {
      n.value = 0.25;
      n.fraction = true;
      n.next = i + 1;
      return true;
    }
    if (has(i, kNumScale) && text_[atoms_[i].span.end - 1] != 's' && has(i + 1, kNumScale) && text_[atoms_[i + 1].span.end - 1] != 's') {
      n.value = 1;  // "hundred thousand"
      n.next = i;
      return true;
    }
    if (word(i, "half") && !has(i + 1, kNumPart)) {
      n.value = 0.5;
      n.fraction = true;
      n.next = i + 1;
      if ((word(n.next, "a") || word(n.next, "an")) && (has(n.next + 1, kNumScale) || has(n.next + 1, kNumGroup))) ++n.next;
      return true;
    }
    double v = 0;
    if (below_hundred(i, v, i)) {
      n.value = v;
      n.next = i;
      return true;
    }
    // "dozens", "hundreds of thousands": a count that is not told.
    if (has(i, kNumScale) || has(i, kNumGroup)) {
      const bool plural = text_[atoms_[i].span.end - 1] == 's';
      if (!plural || word(i, "gross")) return false;
      n.value = has(i, kNumScale) ? power_of_ten(value(i, kNumScale)) : value(i, kNumGroup);
      n.vague_group = true;
      n.next = i + 1;
      while (word(n.next, "of") && has(n.next + 1, kNumScale) && text_[atoms_[n.next + 1].span.end - 1] == 's') {
        n.value *= power_of_ten(value(n.next + 1, kNumScale));
        n.next += 2;
      }
      return true;
    }
    return false;
  }

  // n.value holds the first chunk; reads scales and further chunks.
  void tail(Numeral& n) {
    uint32_t i = n.next;
    if (n.vague_group) return;
    double total = 0, chunk = n.value;
    double last_scale = 1e18;
    bool scaled = false;
    if (options_.suffixes && n.digits && has(i, kNumSuffix) && atoms_[i].glued) {
      const bool mega_metre = text_[atoms_[i].span.begin] == 'm' && atoms_[i].span.size() == 1;
      if (!mega_metre) {
        n.value *= power_of_ten(value(i, kNumSuffix));
        n.scaled = true;
        n.next = i + 1;
        return;
      }
    }
    while (i < size()) {
      const uint32_t s = mark(i, '-') && has(i + 1, kNumScale) && !n.digits ? i + 1 : i;
      if (has(s, kNumScale) && text_[atoms_[s].span.end - 1] != 's') {
        const double scale = power_of_ten(value(s, kNumScale));
        if (scale == 100) {
          if (scaled && last_scale <= 100) break;
          chunk = (chunk == 0 ? 1 : chunk) * 100;
          last_scale = std::min(last_scale, 1e18);
        } else if (chunk != 0) {
          total += chunk * scale;
          chunk = 0;
          last_scale = scale;
        } else if (scaled) {
          total *= scale;  // "three lakh crore"
        }
        scaled = true;
        i = s + 1;
        n.next = i;
        continue;
      }
      // a further chunk: "hundred and five", "thousand 3 hundred", "million, two hundred thousand"
      if (!scaled) break;
      uint32_t c = i;
      if (word(c, "and")) ++c;
      double v = 0;
      uint32_t next = 0;
      if (below_hundred(c, v, next) && v > 0) {
        const bool more = has(next, kNumScale);
        // "and" alone joins only what the scale before it leaves room for
        if (chunk >= 100 ? std::fmod(chunk, 100) != 0 : chunk != 0) break;
        if (c != i && has(next, kNumPart) && v < 20) break;   // "and three quarters"
        if (!more && v >= last_scale) break;
        // "two hundred and fifty people" joins; "three hundred and two are numbers" reads alike
        chunk += v;
        i = next;
        n.next = i;
        continue;
      }
      if (number(c) && c != i && chunk >= 100 && std::fmod(chunk, 100) == 0 && atoms_[c].digits <= 2 && n.digits &&
          !(mark(c + 1, '.') && number(c + 2)) && !has(c + 1, kNumScale) && atoms_[c].number > 0) {
        chunk += static_cast<double>(atoms_[c].number);  // "3 hundred and 21"
        i = c + 1;
        n.next = i;
        continue;
      }
      if (number(c) && c == i && !n.decimals && has(c + 1, kNumScale) && atoms_[c].digits <= 3 && chunk == 0 &&
          power_of_ten(value(c + 1, kNumScale)) < last_scale) {
        chunk = static_cast<double>(atoms_[c].number);
        i = c + 1;
        n.next = i;
        continue;
      }
      break;
    }
    n.value = total + chunk;
    n.scaled = n.scaled || scaled;
    // "five point five"
    if (!n.digits && word(n.next, "point") && (has(n.next + 1, kNumOnes) || has(n.next + 1, kNumTens))) {
      double place = 0.1;
      i = n.next + 1;
      if (double v = 0; below_hundred(i, v, i) && v >= 10) n.value += v / 100;
      else i = n.next + 1;
      while (has(i, kNumOnes) && value(i, kNumOnes) < 10) {
        n.value += place * value(i, kNumOnes);
        place /= 10;
        ++n.decimals;
        ++i;
      }
      n.next = i;
      if (has(i, kNumScale)) {
        n.value *= power_of_ten(value(i, kNumScale));
        n.scaled = true;
        n.next = i + 1;
      }
    }
    // "two and a half (million)", "three and two thirds"
    if (word(n.next, "and")) {
      i = n.next + 1;
      double top = 0;
      uint32_t part = i;
      if (word(i, "a") || word(i, "an") || word(i, "one")) {
        top = 1;
        part = i + 1;
      } else if (!below_hundred(i, top, part) && word(i, "half")) {
        top = 1;
      }
      if (top > 0 && has(part, kNumPart) && !word(part, "second") && !word(part, "seconds") && !n.fraction) {
        double add = top / value(part, kNumPart);
        uint32_t next = part + 1;
        if (has(next, kNumScale) && scaled && power_of_ten(value(next, kNumScale)) < last_scale) {
          add *= power_of_ten(value(next, kNumScale));  // "one billion and a quarter million"
          ++next;
        } else if (scaled && last_scale < 1e18 && total > 0 && chunk == 0) {
          add *= last_scale;  // "3 million and a quarter"
        }
        n.value += add;
        n.next = next;
        if (has(next, kNumScale) && !scaled) {
          n.value *= power_of_ten(value(next, kNumScale));
          n.scaled = true;
          n.next = next + 1;
        }
        return;
      }
    }
    // "two thirds", "three-quarters"
    if (!n.fraction && !n.digits) {
      uint32_t p = n.next;
      if (mark(p, '-')) ++p;
      uint32_t behind = 0;
      bool many = false;
      const int32_t parts = denominator(p, behind, many);
      if (parts > 0 && n.value > 0 && (n.value != 1) == many) {
        n.value /= parts;
        n.fraction = true;
        n.next = behind;
      }
    }
    if (n.fraction && n.value < 1) {  // "half a million", "two thirds of a million"
      i = n.next;
      if (word(i, "a") && has(i + 1, kNumGroup)) {  // "half a dozen"
        n.value *= value(i + 1, kNumGroup);
        n.fraction = false;
        n.next = i + 2;
        return;
      }
      if (has(i, kNumGroup) && text_[atoms_[i].span.end - 1] != 's') {
        n.value *= value(i, kNumGroup);
        n.fraction = false;
        n.next = i + 1;
        return;
      }
      if (word(i, "of") && (word(i + 1, "a") || word(i + 1, "one")) && has(i + 2, kNumScale)) i += 2;
      if ((word(i, "a")) && has(i + 1, kNumScale)) ++i;
      if (has(i, kNumScale) && text_[atoms_[i].span.end - 1] != 's') {
        n.value *= power_of_ten(value(i, kNumScale));
        n.scaled = true;
        n.fraction = false;
        n.next = i + 1;
        return;
      }
    }
    // "two dozen", "a couple of"
    if (has(n.next, kNumGroup) && !n.fraction) {
      n.value *= value(n.next, kNumGroup);
      n.next += 1;
    }
  }

  bool plural_part(uint32_t p) const { return text_[atoms_[p].span.end - 1] == 's'; }

  std::string_view text_;
  const std::vector<Atom>& atoms_;
  const Lexicon& lexicon_;
  const NumeralOptions& options_;
};

}  // namespace

bool atom_is(std::string_view text, const Atom& atom, std::string_view word) {
  if (atom.kind != AtomKind::Word || atom.span.size() != word.size()) return false;
  for (size_t i = 0; i < word.size(); ++i) {
    if (static_cast<char>(static_cast<unsigned char>(text[atom.span.begin + i]) | 0x20U) != word[i]) return false;
  }
  return true;
}

void load_numerals(std::string_view table, Lexicon& lexicon) {
  constexpr std::array<std::string_view, 8> kNames = {"ones", "tens", "scale", "ordinal", "part", "group", "vague", "suffix"};
  for_each_row(table, [&](const TsvRow& row) {
    for (uint8_t cls = 0; cls < kNames.size(); ++cls) {
      if (row[1] != kNames[cls]) continue;
      int32_t v = 0;
      for (const char c : row[2]) v = v * 10 + (c - '0');
      lexicon.add(row[0], cls, v);
    }
  });
}

std::optional<Numeral> read_numeral(std::string_view text, const std::vector<Atom>& atoms, uint32_t i,
                                    const Lexicon& lexicon, const NumeralOptions& options) {
  return Reader(text, atoms, lexicon, options).read(i);
}

std::optional<std::pair<uint32_t, uint32_t>> read_ordinal(std::string_view text, const std::vector<Atom>& atoms,
                                                          uint32_t i, const Lexicon& lexicon) {
  if (i >= atoms.size()) return std::nullopt;
  const Atom& a = atoms[i];
  if (a.kind == AtomKind::Number) {
    if (i + 1 >= atoms.size() || !atoms[i + 1].glued || a.digits > 4) return std::nullopt;
    const Atom& s = atoms[i + 1];
    if (atom_is(text, s, "st") || atom_is(text, s, "nd") || atom_is(text, s, "rd") || atom_is(text, s, "th")) {
      return std::make_pair(static_cast<uint32_t>(a.number), i + 2);
    }
    return std::nullopt;
  }
  if (a.is(kNumOrdinal)) {
    return std::make_pair(static_cast<uint32_t>(lexicon.value(a.entry, kNumOrdinal)), i + 1);
  }
  if (a.is(kNumTens)) {
    uint32_t o = i + 1;
    if (o < atoms.size() && atoms[o].mark == '-') ++o;
    if (o < atoms.size() && atoms[o].is(kNumOrdinal) && lexicon.value(atoms[o].entry, kNumOrdinal) < 10) {
      return std::make_pair(static_cast<uint32_t>(lexicon.value(a.entry, kNumTens) +
                                                  lexicon.value(atoms[o].entry, kNumOrdinal)), o + 1);
    }
  }
  return std::nullopt;
}

}  // namespace readout
