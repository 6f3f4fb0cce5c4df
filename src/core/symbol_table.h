// Interned strings of one document: equal text, equal symbol. Symbols count up from 0 in the order
// of first use, so they are the same on every run.
#pragma once

#include <deque>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "readout/span.h"

namespace readout {

class SymbolTable {
 public:
  Sym intern(std::string_view text);
  Sym find(std::string_view text) const;
  std::string_view str(Sym sym) const { return index(sym) < strings_.size() ? strings_[index(sym)] : std::string_view(); }

 private:
  std::string_view store(std::string_view text);

  std::vector<std::string_view> strings_;          // views into chunks_
  std::unordered_map<std::string_view, Sym> ids_;  // looked up only, never iterated
  std::vector<std::unique_ptr<char[]>> chunks_;
  size_t used_ = 0, capacity_ = 0;
};

}  // namespace readout
