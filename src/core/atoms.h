// Atoms: what the readers of times and figures see of a sentence.
//
// Words, numbers and marks are cut finer than tokens ("41km" is 41|km, "mid-2019" is mid|-|2019), so
// that these layers do not depend on how a tokenizer parts compounds; atoms never reach over a token's end.
// Every word is looked up once, folded to lower case, in a Lexicon: a word that no rule knows has
// entry 0 and an empty mask, and costs nothing further.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "readout/layers.h"
#include "readout/span.h"

namespace readout {

/// Words with their meanings: (class, value) pairs. Classes are small numbers below 64, named by the
/// layer that owns the lexicon; classes 0 to 7 are the numerals of core/numerals.h.
class Lexicon {
 public:
  struct Sense {
    uint8_t cls = 0;
    int32_t value = 0;
  };
  struct Entry {
    uint64_t mask = 0;
    std::vector<Sense> senses;
  };

  Lexicon();
  /// `word` in lower case. A second sense of the same class is ignored.
  void add(std::string_view word, uint8_t cls, int32_t value);
  /// 0 if unknown.
  uint32_t find(std::string_view lower_word) const;
  const Entry& entry(uint32_t id) const { return entries_[id]; }
  /// The value of class `cls`; `fallback` if the entry has none.
  int32_t value(uint32_t id, uint8_t cls, int32_t fallback = -1) const;

 private:
  void grow();
  struct Slot {
    std::string_view word;
    uint32_t id = 0;
  };
  std::vector<Slot> slots_;
  std::vector<Entry> entries_;  // [0] is the empty entry
  std::deque<std::string> words_;
  size_t longest_ = 0;
};

enum class AtomKind : uint8_t { Word, Number, Mark };

struct Atom {
  Span span;
  AtomKind kind = AtomKind::Mark;
  bool glued = false;      // nothing between this atom and the one before
  bool upper = false;      // a word that begins with an upper-case letter
  uint8_t digits = 0;      // of a number
  char32_t mark = 0;       // of a mark; dashes of all kinds are '-', quotes "'" and '"'
  uint32_t entry = 0;      // of a word
  uint64_t mask = 0;       // classes of the entry
  uint64_t number = 0;     // of a number, up to 18 digits (saturated)
  uint32_t token = 0;      // index of the token it stands in

  bool is(uint8_t cls) const { return (mask >> cls) & 1U; }
};

/// Appends the atoms of tokens [first, last) of `tokens` to `out`.
void read_atoms(std::string_view text, const TokenLayer& tokens, uint32_t first, uint32_t last,
                const Lexicon& lexicon, std::vector<Atom>& out);

}  // namespace readout
