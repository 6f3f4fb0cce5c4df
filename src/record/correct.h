// Corrections, as the store applies them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "readout/correction.h"
#include "record/row_line.h"
#include "record/sqlite.h"

namespace readout::record {

/// What all entries on one row come to.
struct Corrected {
  bool wrong = false, right = false;
  std::string change = "{}";       // of all entries, merged
  std::string at, by;              // of the last one
  size_t entries = 0;              // that count
};

/// Of one document, by row id; empty if nobody corrected anything.
Result<std::map<std::string, Corrected, std::less<>>> corrections_of(const Database& db, std::string_view document);
/// Of one row.
Result<Corrected> correction_of(const Database& db, std::string_view row);
/// The row as the entries leave it: fields changed, and "corrected":{...} behind the others.
void apply(const Corrected& corrected, RowLine& row);
/// After a newer reading: entries whose row is gone go to the one row of the same kind and span.
Result<void> reattach(const Database& db, std::string_view document, const std::vector<RowLine>& rows);

}  // namespace readout::record
