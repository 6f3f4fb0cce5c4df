// The words of data/figures, loaded once.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/atoms.h"
#include "core/numerals.h"
#include "core/phrases.h"
#include "readout/layers.h"

namespace readout::figures {

/// Classes of the lexicon; 0 to 7 are numerals.
enum WordClass : uint8_t {
  kStop = 8,
  kPlural,
  kSingularS,
  kCountable,
  kChange,
  kRefer,
  kTwice,
  kThrice,
  kFourfold,
  kHalved,
  kOneStop,
  kPronounOne,
  kOpener,
  kNumberedCapital,
  kStreet,
  kCurrencyWord,
  kFurther,
  kDeterminer,
  kEveryone,
  kNumbered,
  kComparator,
  kBehind,
  kUnit,
  kSign,
  kCurrency
};

struct Unit {
  std::string sign;
  double factor = 1;
  bool before = false, behind = true, money = false;
};

struct Words {
  Lexicon lexicon;
  PhraseTable comparators;               // value: Comparator
  PhraseTable behind;                    // "or more": value: Comparator
  PhraseTable units, signs, currencies;  // value: index into unit
  std::vector<Unit> unit;
  std::unordered_set<std::string> persons;  // small letters, plural

  /// True for the plural of a noun whose first sense names a person ("settlers", "Yemenis").
  bool names_person(std::string_view noun) const;

  /// From the built-in data.
  Words();
};

}  // namespace readout::figures
