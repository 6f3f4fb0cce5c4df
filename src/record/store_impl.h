// What the store's source files share.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "readout/store.h"
#include "record/days.h"
#include "record/row_line.h"
#include "record/sqlite.h"

namespace readout {

struct Store::Impl {
  record::Database db;
  std::string file;
};

namespace record {

/// schema.sql makes version 1; record/migration_<n>.sql goes from n - 1 to n.
inline constexpr int kSchemaVersion = 3;

/// True if `text` can be cut out of the source: the slice is the text.
bool is_slice(std::string_view source, uint64_t begin, uint64_t end, std::string_view text);

/// A row as it stands in the table: its number and its parts.
struct PlacedRow {
  int64_t n;
  const RowLine* line;
};
/// Writes what questions need of one document (facts, mentions, names). `published`: ISO 8601.
Result<void> derive(const Database& db, int64_t document, std::string_view published, const std::vector<PlacedRow>& rows);
/// Takes it away again; called before the rows themselves go.
Result<void> underive(const Database& db, int64_t document);
/// For all documents: after a migration.
Result<void> derive_all(const Database& db);

}  // namespace record
}  // namespace readout
