#include "timex/words.h"

#include <array>
#include <charconv>

#include "core/embedded.h"
#include "core/tsv.h"
#include "core/utf8.h"

namespace readout::timex {
namespace {

// Of data/timex/words.tsv, in the order of WordClass from kMonth on.
constexpr std::array<std::string_view, 44> kNames = {"month",         "weekday",
                                                     "weekday-short", "weekdays",
                                                     "unit",          "units",
                                                     "unit-short",    "fortnight",
                                                     "season",        "part",
                                                     "parts",         "deictic",
                                                     "rel",           "mod",
                                                     "edge",          "every",
                                                     "frequency",     "times",
                                                     "meridiem",      "clock",
                                                     "fiscal",        "reference",
                                                     "decade-word",   "era",
                                                     "article",       "adjective",
                                                     "direction",     "tense",
                                                     "preposition",   "numbered",
                                                     "countnoun",     "salute",
                                                     "opener",        "code",
                                                     "pronoun",       "pointed",
                                                     "leads-season",  "named-after-feast",
                                                     "rated",         "remembered",
                                                     "anniversary",   "holds-length",
                                                     "holds-lengths", "amount-adjective"};

int32_t to_int(std::string_view s) {
  int32_t v = 0;
  std::from_chars(s.data(), s.data() + s.size(), v);
  return v;
}

uint64_t bit(uint8_t cls) { return uint64_t{1} << cls; }

}  // namespace

Words::Words() {
  load_numerals(embedded("figures/numbers.tsv"), lexicon);
  for_each_row(embedded("timex/words.tsv"), [&](const TsvRow& row) {
    for (size_t i = 0; i < kNames.size(); ++i) {
      if (row[1] == kNames[i])
        lexicon.add(row[0], static_cast<uint8_t>(kMonth + i), to_int(row[2]));
    }
  });
  for_each_row(embedded("timex/feasts.tsv"), [&](const TsvRow& row) {
    feasts.add(row[0], static_cast<uint32_t>(feast.size()), lexicon, kFeast);
    feast.push_back({std::string(row[1]), to_int(row[2])});
  });
  for_each_row(embedded("timex/zones.tsv"), [&](const TsvRow& row) {
    zones.add(row[0], static_cast<uint32_t>(to_int(row[1]) + 10000), lexicon, kZone);
  });
  constexpr std::array<std::string_view, 7> kComparisons = {
      "exact", "about", "more_than", "less_than", "at_least", "at_most", "almost"};
  for_each_row(embedded("figures/comparators.tsv"), [&](const TsvRow& row) {
    if (row[2] != "before") return;
    for (uint32_t i = 1; i < kComparisons.size(); ++i) {
      if (row[1] == kComparisons[i]) comparators.add(row[0], i, lexicon, kComparator);
    }
  });
  leading = bit(kArticle) | bit(kRel) | bit(kEvery) | bit(kMod) | bit(kOpener);
  telling = ~(bit(kTense) | bit(kPreposition) | bit(kCountNoun) | bit(kNumbered) | bit(kSalute) |
              bit(kMeridiem) | bit(kZone) | kBesideTime);
  for (const uint8_t cls :
       {kMonth,     kWeekday,    kWeekdayShort, kWeekdays,  kUnit,      kUnits,      kSeason,
        kPart,      kParts,      kDeictic,      kRel,       kMod,       kEdge,       kEvery,
        kFrequency, kTimes,      kClock,        kFiscal,    kReference, kDecadeWord, kArticle,
        kFeast,     kComparator, kCode,         kFortnight, kOpener}) {
    start_mask |= bit(cls);
  }
  for (const uint8_t cls : {static_cast<uint8_t>(kNumOnes), static_cast<uint8_t>(kNumTens),
                            static_cast<uint8_t>(kNumOrdinal), static_cast<uint8_t>(kNumPart),
                            static_cast<uint8_t>(kNumVague), static_cast<uint8_t>(kNumGroup),
                            static_cast<uint8_t>(kNumScale)}) {
    start_mask |= bit(cls);
  }
}

}  // namespace readout::timex
