#include "figures/words.h"

#include <array>
#include <charconv>
#include <cstdlib>

#include "core/embedded.h"
#include "core/tsv.h"
#include "readout/layer_names.h"

namespace readout::figures {
namespace {

constexpr std::array<std::string_view, 12> kNames = {"stop", "plural", "singular-s", "countable", "change", "refer", "multiple2",
                                                     "multiple3", "multiple4", "multipleHalf", "onestop", "pronounone"};

double to_double(std::string_view s) {
  double whole = 0, place = 0;
  for (const char c : s) {
    if (c == '.') {
      place = 1;
    } else if (place > 0) {
      place /= 10;
      whole += place * (c - '0');
    } else {
      whole = whole * 10 + (c - '0');
    }
  }
  return whole;
}

}  // namespace

Words::Words() {
  load_numerals(embedded("figures/numbers.tsv"), lexicon);
  for_each_row(embedded("figures/words.tsv"), [&](const TsvRow& row) {
    for (size_t i = 0; i < kNames.size(); ++i) {
      if (row[1] == kNames[i]) lexicon.add(row[0], static_cast<uint8_t>(kStop + i), 1);
    }
  });
  for_each_row(embedded("timex/words.tsv"), [&](const TsvRow& row) {
    if (row[1] == "numbered") lexicon.add(row[0], kNumbered, 1);
  });
  for_each_row(embedded("figures/comparators.tsv"), [&](const TsvRow& row) {
    const auto comparator = parse_name<Comparator>(row[1]);
    if (!comparator) return;
    const bool before = row[2] == "before";
    (before ? comparators : behind).add(row[0], static_cast<uint32_t>(*comparator), lexicon, before ? kComparator : kBehind);
  });
  for_each_row(embedded("figures/units.tsv"), [&](const TsvRow& row) {
    const bool sign = row[2] == "sign";
    (sign ? signs : units).add(row[0], static_cast<uint32_t>(unit.size()), lexicon, sign ? kSign : kUnit);
    unit.push_back({std::string(row[1]), 1, false, true, false});
  });
  for_each_row(embedded("figures/currencies.tsv"), [&](const TsvRow& row) {
    currencies.add(row[0], static_cast<uint32_t>(unit.size()), lexicon, kCurrency);
    unit.push_back({std::string(row[1]), to_double(row[3]), row[2] == "both", true, true});
  });
}

}  // namespace readout::figures
