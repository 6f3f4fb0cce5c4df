// What the store's source files share.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "readout/store.h"
#include "record/correct.h"
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
inline constexpr int kSchemaVersion = 5;

/// True if `text` can be cut out of the source: the slice is the text.
bool is_slice(std::string_view source, uint64_t begin, uint64_t end, std::string_view text);

/// A row as it stands in the table: its number and its parts.
struct PlacedRow {
  int64_t n;
  const RowLine* line;
};
/// Who stands in which role of a row.
Result<void> insert_actors(const Database& db, int64_t row, const RowFields& fields);
/// Writes what questions need of one document (facts, mentions, names, pairs) from rows whose actors are
/// inserted. `published`: ISO 8601.
Result<void> derive(const Database& db, int64_t document, std::string_view published, const std::vector<PlacedRow>& rows);
/// Takes it away again; called before the rows and their actors go.
Result<void> underive(const Database& db, int64_t document);
/// Takes it away and makes it anew with the corrections of the document.
Result<void> rederive(const Database& db, int64_t document);
/// For all documents: after a migration.
Result<void> derive_all(const Database& db);

}  // namespace record
}  // namespace readout
