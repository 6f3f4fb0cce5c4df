// Numbers in words and digits: "1,600", "three and a half million", "twenty-five", "3bn", "two thirds".
//
// The words come from data/figures/numbers.tsv; both layers that read numbers (times and figures)
// load it into their lexicons under the same classes.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/atoms.h"

namespace readout {

/// Classes 0 to 7 of every lexicon that numerals are loaded into.
enum NumeralClass : uint8_t {
  kNumOnes = 0,      // zero .. nineteen
  kNumTens = 1,      // twenty .. ninety
  kNumScale = 2,     // value = power of ten: hundred 2, thousand 3, lakh 5, million 6 ...
  kNumOrdinal = 3,   // first, second, ... thirtieth, hundredth: value = rank
  kNumPart = 4,      // half, third(s), quarter(s), tenths: value = denominator
  kNumGroup = 5,     // dozen 12, score 20, gross 144, pair 2, couple 2
  kNumVague = 6,     // several, few, many, some: value 0
  kNumSuffix = 7     // k, m, bn, tn glued to digits: value = power of ten
};

void load_numerals(std::string_view table, Lexicon& lexicon);

struct Numeral {
  double value = 0;
  uint32_t next = 0;        // atom behind it
  bool digits = false;      // begins with digits
  bool fraction = false;    // "two thirds", "a fifth", "half"
  bool grouped = false;     // "1,600", "1 600"
  bool scaled = false;      // has a scale word or suffix: "3bn", "two million"
  bool negative = false;
  bool vague_group = false; // "dozens", "hundreds": value is the group, the count is not known
  uint8_t decimals = 0;
};

/// What may be read besides digits and number words.
struct NumeralOptions {
  bool article = false;        // "a dozen", "a hundred", "an eighth": begins with a/an
  bool spaced_groups = false;  // "1 600"
  bool comma_decimals = false; // "1,5" and "1.600" as on the continent
  bool suffixes = false;       // "3bn", "1.2m"
};

/// The number that begins at atom `i`, the longest reading; nothing if none does. `ordinals` are none.
std::optional<Numeral> read_numeral(std::string_view text, const std::vector<Atom>& atoms, uint32_t i,
                                    const Lexicon& lexicon, const NumeralOptions& options);

/// The rank of an ordinal at atom `i` ("5th", "fifth", "twenty-first", "98th"), with the atom behind it.
std::optional<std::pair<uint32_t, uint32_t>> read_ordinal(std::string_view text, const std::vector<Atom>& atoms,
                                                          uint32_t i, const Lexicon& lexicon);

/// Equal to the ASCII lower-case `word`, whatever the case in the text.
bool atom_is(std::string_view text, const Atom& atom, std::string_view word);

}  // namespace readout
