#include "core/symbol_table.h"

#include <algorithm>
#include <cstring>

namespace readout {

std::string_view SymbolTable::store(std::string_view text) {
  if (used_ + text.size() > capacity_) {
    capacity_ = std::max<size_t>(text.size(), 1 << 14);
    chunks_.push_back(std::make_unique<char[]>(capacity_));
    used_ = 0;
  }
  char* at = chunks_.back().get() + used_;
  std::memcpy(at, text.data(), text.size());
  used_ += text.size();
  return {at, text.size()};
}

Sym SymbolTable::intern(std::string_view text) {
  if (const auto it = ids_.find(text); it != ids_.end()) return it->second;
  const Sym sym{static_cast<uint32_t>(strings_.size())};
  const std::string_view kept = text.empty() ? std::string_view() : store(text);
  strings_.push_back(kept);
  ids_.emplace(kept, sym);
  return sym;
}

Sym SymbolTable::find(std::string_view text) const {
  const auto it = ids_.find(text);
  return it == ids_.end() ? kNone<Sym> : it->second;
}

}  // namespace readout
