// The record of one document as rows of JSON Lines, schema `readout.record/1`.
//
// First the `document` row, then all rows in order of their span. Byte offsets are those of the
// original file (the document's source). The text is appended, one object a line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "readout/document.h"
#include "readout/pipeline.h"
#include "readout/result.h"

namespace readout {

/// What made the rows: goes into the document row.
struct Versions {
  std::string engine, data, model;
};

Versions versions_of(const Engine& engine);

/// Appends the record of `doc`. Deterministic: same document and versions, same bytes.
void append_record(const Document& doc, const Versions& versions, std::string& out);

}  // namespace readout
