#include "figures/words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

#include "core/embedded.h"
#include "core/tsv.h"
#include "core/utf8.h"
#include "readout/layer_names.h"

namespace readout::figures {
namespace {

// Of data/figures/words.tsv, in the order of WordClass from kStop on.
constexpr std::array<std::string_view, 19> kNames = {
    "stop",          "plural",     "singular-s", "countable",        "change",
    "refer",         "multiple2",  "multiple3",  "multiple4",        "multipleHalf",
    "onestop",       "pronounone", "opener",     "numbered-capital", "street",
    "currency-word", "further",    "determiner", "everyone"};

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

namespace {

std::string plural_of(std::string_view noun) {
  std::string many(noun);
  if (many.ends_with("man")) {
    many.replace(many.size() - 2, 1, "e");
  } else if (many.ends_with("y") && many.size() > 1 &&
             std::string_view("aeiou").find(many[many.size() - 2]) == std::string_view::npos) {
    many.replace(many.size() - 1, 1, "ies");
  } else if (many.ends_with("s") || many.ends_with("x") || many.ends_with("ch") ||
             many.ends_with("sh")) {
    many += "es";
  } else {
    many += "s";
  }
  return many;
}

template <class Take>
void each(std::string_view list, Take&& take) {
  while (!list.empty()) {
    const size_t end = std::min(list.find(';'), list.size());
    if (end > 0) take(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

}  // namespace

bool Words::names_person(std::string_view noun) const {
  return persons.contains(utf8::lower(noun));
}

Words::Words() {
  for_each_row(embedded("events/persons.tsv"), [&](const TsvRow& row) {
    each(row[1], [&](std::string_view noun) { persons.insert(plural_of(noun)); });
  });
  for_each_row(embedded("entities/states.tsv"), [&](const TsvRow& row) {
    for (const size_t column : {size_t{5}, size_t{6}}) {  // adjectives, demonyms
      each(row[column], [&](std::string_view name) {
        const std::string lower = utf8::lower(name);
        persons.insert(plural_of(lower));
        if (lower.ends_with("ese") || lower.ends_with("ish") || lower.ends_with("men"))
          persons.insert(lower);
      });
    }
  });
  load_numerals(embedded("figures/numbers.tsv"), lexicon);
  for_each_row(embedded("figures/words.tsv"), [&](const TsvRow& row) {
    if (row[1] == "persons") persons.emplace(row[0]);
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
    (before ? comparators : behind)
        .add(row[0], static_cast<uint32_t>(*comparator), lexicon, before ? kComparator : kBehind);
  });
  for_each_row(embedded("figures/units.tsv"), [&](const TsvRow& row) {
    const bool sign = row[2] == "sign";
    (sign ? signs : units)
        .add(row[0], static_cast<uint32_t>(unit.size()), lexicon, sign ? kSign : kUnit);
    unit.push_back({std::string(row[1]), 1, false, true, false});
  });
  for_each_row(embedded("figures/currencies.tsv"), [&](const TsvRow& row) {
    currencies.add(row[0], static_cast<uint32_t>(unit.size()), lexicon, kCurrency);
    unit.push_back({std::string(row[1]), to_double(row[3]), row[2] == "both", true, true});
  });
}

}  // namespace readout::figures
