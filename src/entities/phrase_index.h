// Finds the longest known phrase at a place in a text, at a cost that does not depend on how many
// phrases are known.
//
// A phrase is a sequence of word keys (hashes of folded words). All phrases form a trie whose edges
// lie in one open-addressing hash table: (node, word key) -> node. A node's values lie side by side
// in a second table. Both are flat arrays, so the index is built once, written to a file, mapped,
// and used in place.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "readout/result.h"

namespace readout::entities {

/// Key of a word for look-up: case, accents, apostrophes and points inside do not count
/// ("U.S." = "us" is told apart by `PhraseValue`'s table rows, which keep their spelling).
/// Never 0.
uint64_t word_key(std::string_view word);

/// The words of a phrase as the tokenizer would cut them: at blanks, hyphens kept, "'s" split off.
std::vector<uint64_t> phrase_keys(std::string_view phrase);

class PhraseIndexBuilder {
 public:
  /// Adds a value to a phrase; the order of adding is the order of values.
  void add(std::span<const uint64_t> keys, uint64_t value);
  /// The flat form. Deterministic: same phrases in the same order, same bytes.
  std::string finish() const;
  size_t size() const { return values_; }

 private:
  struct Edge {
    uint32_t parent;
    uint64_t key;
    uint32_t child;
  };
  uint32_t child(uint32_t parent, uint64_t key);

  std::vector<Edge> edges_;
  std::vector<std::vector<uint64_t>> node_values_{1};
  std::vector<uint32_t> table_;  // open addressing into edges_, +1; grows
  size_t values_ = 0;
};

/// A view of the flat form; the bytes belong to the caller and must stay, 8-byte aligned.
class PhraseIndex {
 public:
  PhraseIndex() = default;
  static Result<PhraseIndex> open(std::string_view bytes);

  struct Match {
    uint32_t length = 0;  // words; 0: nothing
    std::span<const uint64_t> values;
  };
  /// The longest phrase that begins with keys[0].
  Match longest(std::span<const uint64_t> keys) const;
  /// All phrases that begin with keys[0], shortest first; `out` is cleared.
  void all(std::span<const uint64_t> keys, std::vector<Match>& out) const;
  /// The values of exactly this phrase.
  std::span<const uint64_t> exact(std::span<const uint64_t> keys) const;

 private:
  struct Slot {
    uint64_t key;
    uint32_t parent, child;
  };
  uint32_t step(uint32_t node, uint64_t key) const;  // 0: no such edge (0 is the root)
  std::span<const uint64_t> values(uint32_t node) const;

  std::span<const Slot> slots_;
  std::span<const uint32_t> value_begin_;  // [nodes + 1]
  std::span<const uint64_t> values_;
};

}  // namespace readout::entities
