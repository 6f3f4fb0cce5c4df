// The words that attribute: data/discourse/attribution.tsv by lemma and part of speech.
#pragma once

#include <string_view>

#include "core/word_table.h"

namespace readout::discourse {

/// Bits of what a word can do.
struct Cue {
  static constexpr uint32_t Say = 1, Tell = 1 << 1, Ask = 1 << 2, Deny = 1 << 3, Reject = 1 << 4, Doubt = 1 << 5,
                            Accuse = 1 << 6, Name = 1 << 7, Urge = 1 << 8, Promise = 1 << 9, Think = 1 << 10,
                            Know = 1 << 11, Show = 1 << 12, Manner = 1 << 13, Cite = 1 << 14, Statement = 1 << 15,
                            View = 1 << 16, Denial = 1 << 17, Rumour = 1 << 18, False = 1 << 19, Title = 1 << 20,
                            Point = 1 << 21, Goods = 1 << 22, Finder = 1 << 23;
  /// Verbs that stand beside marked speech.
  static constexpr uint32_t Speech = Say | Tell | Ask | Promise | Deny;
};

struct QuoteWords {
  QuoteWords();

  /// By lemma; values are bits of Cue.
  WordTable verbs, nouns, adjectives, titles;
};

}  // namespace readout::discourse
