// The record in the formats that others read. Each export comes with a manifest: what made it, from
// which record, with which options, and what could not be said in that format.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "readout/result.h"
#include "readout/store.h"

namespace readout {

struct ExportOptions {
  std::string to;                      // one of export_formats()
  std::vector<std::string> views;      // one-a-day, dyads-only, happened-only
  std::string from, until;             // days of events
  std::string as_of;                   // ical: the stamp of the calendar
};

struct ExportFormat {
  std::string_view name, suffix, about;
};
const std::vector<ExportFormat>& export_formats();

struct ExportManifest {
  std::string json;                    // one object
  uint64_t documents = 0, rows = 0, skipped = 0;
};

/// Writes the whole record through `sink` (false from it ends quietly) and gives the manifest.
Result<ExportManifest> export_as(const Store& store, const ExportOptions& options, const std::function<bool(std::string_view)>& sink);

}  // namespace readout
