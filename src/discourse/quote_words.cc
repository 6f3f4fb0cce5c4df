#include "discourse/quote_words.h"

#include <array>
#include <utility>

#include "core/embedded.h"
#include "core/tsv.h"

namespace readout::discourse {
namespace {

constexpr std::array<std::pair<std::string_view, uint32_t>, 24> kClasses = {{
    {"say", Cue::Say}, {"tell", Cue::Tell}, {"ask", Cue::Ask}, {"deny", Cue::Deny}, {"reject", Cue::Reject},
    {"doubt", Cue::Doubt}, {"accuse", Cue::Accuse}, {"name", Cue::Name}, {"urge", Cue::Urge},
    {"promise", Cue::Promise}, {"think", Cue::Think}, {"know", Cue::Know}, {"show", Cue::Show},
    {"manner", Cue::Manner}, {"cite", Cue::Cite}, {"statement", Cue::Statement}, {"view", Cue::View},
    {"denial", Cue::Denial}, {"rumour", Cue::Rumour}, {"false", Cue::False}, {"title", Cue::Title},
    {"point", Cue::Point}, {"goods", Cue::Goods}, {"finder", Cue::Finder},
}};

uint32_t bits_of(std::string_view classes) {
  uint32_t bits = 0;
  while (!classes.empty()) {
    const size_t blank = classes.find(' ');
    const std::string_view word = classes.substr(0, blank);
    for (const auto& [name, bit] : kClasses) {
      if (name == word) bits |= bit;
    }
    classes.remove_prefix(blank == std::string_view::npos ? classes.size() : blank + 1);
  }
  return bits;
}

}  // namespace

QuoteWords::QuoteWords() {
  for_each_row(embedded("discourse/attribution.tsv"), [&](const TsvRow& row) {
    const uint32_t bits = bits_of(row[2]);
    if (bits == 0) return;
    if (row[1] == "verb") verbs.add(row[0], bits);
    if (row[1] == "noun") nouns.add(row[0], bits);
    if (row[1] == "adj") adjectives.add(row[0], bits);
    if (row[1] == "title") titles.add(row[0], bits);
  });
}

}  // namespace readout::discourse
