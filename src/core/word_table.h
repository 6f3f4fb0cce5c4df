// A small read-only set of strings with a number each: the word lists of data/. Built once, looked
// up without allocation. Open addressing over FNV-1a; the strings' bytes belong to the caller.
//
//   WordTable table;
//   table.add("Mr", kTitle);
//   table.find("Mr")  // kTitle; 0 when absent
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/hash.h"

namespace readout {

class WordTable {
 public:
  /// `value` must not be 0. A second add of the same word keeps the bits of both.
  void add(std::string_view word, uint32_t value) {
    if ((count_ + 1) * 2 > slots_.size()) grow();
    Slot& slot = slots_[place(word)];
    if (slot.value == 0) {
      slot = {word, value};
      ++count_;
    } else {
      slot.value |= value;
    }
    if (word.size() > longest_) longest_ = word.size();
  }

  uint32_t find(std::string_view word) const {
    if (word.empty() || word.size() > longest_) return 0;
    return slots_[place(word)].value;
  }
  bool has(std::string_view word) const { return find(word) != 0; }
  size_t longest() const { return longest_; }
  size_t size() const { return count_; }

 private:
  struct Slot {
    std::string_view word;
    uint32_t value = 0;
  };

  size_t place(std::string_view word) const {
    const size_t mask = slots_.size() - 1;
    size_t i = fnv1a(word) & mask;
    while (slots_[i].value != 0 && slots_[i].word != word) i = (i + 1) & mask;
    return i;
  }

  void grow() {
    std::vector<Slot> old = std::move(slots_);
    slots_.assign(old.empty() ? 16 : old.size() * 2, Slot{});
    for (const Slot& slot : old) {
      if (slot.value != 0) slots_[place(slot.word)] = slot;
    }
  }

  std::vector<Slot> slots_ = std::vector<Slot>(16);
  size_t count_ = 0, longest_ = 0;
};

}  // namespace readout
