// The words of data/timex and data/figures/numbers.tsv, loaded once.
#pragma once

#include <string>
#include <vector>

#include "core/atoms.h"
#include "core/numerals.h"
#include "core/phrases.h"
#include "timex/when.h"

namespace readout::timex {

/// Classes of the lexicon; 0 to 7 are numerals.
enum WordClass : uint8_t {
  kMonth = 8,
  kWeekday,
  kWeekdayShort,
  kWeekdays,
  kUnit,
  kUnits,
  kUnitShort,
  kFortnight,
  kSeason,
  kPart,
  kParts,
  kDeictic,
  kRel,
  kMod,
  kEdge,
  kEvery,
  kFrequency,
  kTimes,
  kMeridiem,
  kClock,
  kFiscal,
  kReference,
  kDecadeWord,
  kEra,
  kArticle,
  kAdjective,
  kDirection,
  kTense,
  kPreposition,
  kNumbered,
  kCountNoun,
  kSalute,
  kOpener,
  kCode,
  kPronoun,
  kPointed,
  kLeadsSeason,
  kNamedAfterFeast,
  kRated,
  kRemembered,
  kAnniversary,
  kHoldsLength,
  kHoldsLengths,
  kAmountAdjective,
  kFeast,
  kZone,
  kComparator
};

/// Classes of what may stand beside a time. A word of no other class is none of the words of time
/// or tense.
inline constexpr uint64_t kBesideTime =
    ((uint64_t{1} << (kAmountAdjective + 1)) - 1) & ~((uint64_t{1} << kPronoun) - 1);

enum Rel : int32_t {
  kThis,
  kNext,
  kLast,
  kPast,
  kPrevious,
  kFollowing,
  kComing,
  kCurrent,
  kSame,
  kThat,
  kThese,
  kRecent
};
enum Comparison : uint32_t { kExact, kAbout, kMoreThan, kLessThan, kAtLeast, kAtMost, kAlmost };

struct Feast {
  std::string rule;
  int32_t days = 1;
};

struct Words {
  Lexicon lexicon;
  PhraseTable feasts;       // value: index into feast
  PhraseTable zones;        // value: offset + 10000
  PhraseTable comparators;  // value: Comparison
  std::vector<Feast> feast;
  uint64_t start_mask = 0;  // classes with which a time may begin
  uint64_t leading = 0;     // of these, those that need another telling word behind them
  uint64_t telling = 0;     // classes that say something of time or number

  /// From the built-in data.
  Words();
};

}  // namespace readout::timex
