// A line of readout.record/1 taken apart into the columns of the store, and put together again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "readout/result.h"

namespace readout::record {

/// The common fields by name, everything else verbatim in `rest`.
struct RowLine {
  std::string kind, id, doc, text;
  bool has_text = false;
  uint64_t begin = 0, end = 0;
  std::string rest;  // {"voice":[...],...}: the further fields, in their order, bytes as given
};

/// Fails with BadInput on anything that is not an object with kind, id, doc, begin and end.
Result<RowLine> parse_row(std::string_view line);

/// Appends the line: common fields first, then those of `rest`. No line end.
void append_row(const RowLine& row, std::string& out);

/// What the look-up tables want of a row's further fields.
struct RowFields {
  std::vector<std::pair<std::string, std::string>> actors;  // role, actor id
  std::string label;                                        // the words that name a turn's speaker
  std::string turn;                                         // a sentence's turn
  // Evidence inside the row: begin, end, text.
  struct Evidence {
    uint64_t begin, end;
    std::string text;
  };
  std::vector<Evidence> evidence;
  std::string get(std::string_view key) const;              // a top-level string field, empty if absent
  std::vector<std::pair<std::string, std::string>> strings;
};

RowFields row_fields(const RowLine& row);

}  // namespace readout::record
