// Phrases of a data file, looked up at an atom: "no fewer than", "Eid al-Fitr", "US$". Longest first.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/atoms.h"

namespace readout {

class PhraseTable {
 public:
  struct Hit {
    uint32_t value = 0;
    uint32_t next = 0;  // atom behind the phrase
  };

  /// `phrase` in lower case, pieces as atoms part them ("eid al-fitr": eid, al, -, fitr). A phrase whose
  /// first piece is a word marks that word in `lexicon` with class `cls`.
  void add(std::string_view phrase, uint32_t value, Lexicon& lexicon, uint8_t cls);
  /// The longest phrase that begins at atom `i`.
  std::optional<Hit> match(std::string_view text, const std::vector<Atom>& atoms, uint32_t i) const;
  bool empty() const { return heads_.empty(); }

 private:
  struct Phrase {
    std::vector<std::string> pieces;  // behind the first
    uint32_t value = 0;
  };
  // By the lexicon entry of the first piece, or by its character with the top bit where it is a mark.
  std::unordered_map<uint32_t, std::vector<Phrase>> heads_;  // looked up only, never iterated
};

}  // namespace readout
