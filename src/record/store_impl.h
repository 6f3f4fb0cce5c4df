// What the store's source files share.
#pragma once

#include <string>

#include "readout/store.h"
#include "record/sqlite.h"

namespace readout {

struct Store::Impl {
  record::Database db;
  std::string file;
};

namespace record {

inline constexpr int kSchemaVersion = 1;

/// True if `text` can be cut out of the source: the slice is the text.
bool is_slice(std::string_view source, uint64_t begin, uint64_t end, std::string_view text);

}  // namespace record
}  // namespace readout
