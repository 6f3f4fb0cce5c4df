// Where sentences end, learnt from treebanks: looks again at what the rules (sentences.cc) decided.
// A sum of weights over features of the words around a gap says how likely a sentence ends there; a
// rule is overruled only where the sum is clear. Finds ends without a stop ("... Thanks, Sean |
// Here you go."), and stops that end nothing ("St. | John's").
//
// Weights: data/text/breaks.tsv, made by training/text/breaks.py, which has the twin of the
// features. They are whole numbers of hundredths, so the result is exact. Only gaps with a mark, a
// capital or a digit at hand are looked at.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "text/tokenizer.h"

namespace readout::text {

class Breaks {
 public:
  /// The weights of data/text/breaks.tsv.
  Breaks();

  /// `ends`, from entry `from` on, are the rules' ends of the sentences of words [first, last);
  /// they are replaced. The last one stays `last`. O(last - first), no allocation besides `ends`.
  void revise(std::string_view text, const Words& words, uint32_t first, uint32_t last, size_t from,
              std::vector<uint32_t>& ends) const;

 private:
  static constexpr size_t kTemplates = 16;
  struct Slot {
    uint32_t key = 0;
    int32_t weight = 0;  // hundredths; 0: empty
  };
  class Window;
  static constexpr size_t known_bit(uint64_t key) { return (key >> 24) % kKnownBits; }
  int32_t weight(uint64_t key) const;
  int32_t sum(Window& window, const Words& words, uint32_t i, uint32_t start, uint32_t last,
              bool rule) const;

  // Nearly all keys that are asked for have no weight: one bit each (8 KiB, stays in the first
  // cache) says so for most.
  static constexpr size_t kKnownBits = size_t{1} << 16;
  std::array<uint64_t, kKnownBits / 64> known_{};
  std::vector<Slot> slots_;
  std::array<std::array<uint64_t, kTemplates>, 2>
      seeds_{};  // [the rules end a sentence here][feature]
  int32_t bias_ = 0;
  bool any_ = false;
};

}  // namespace readout::text
