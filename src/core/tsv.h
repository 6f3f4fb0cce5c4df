// Rows of a data file: lines of tab-separated columns; lines that begin with '#' and empty lines
// are skipped. Views into the caller's bytes; no copies.
//
//   for_each_row(embedded("text/abbreviations.tsv"), [&](const TsvRow& row) { use(row[0], row[1]);
//   });
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace readout {

struct TsvRow {
  static constexpr size_t kMaxColumns = 24;
  std::array<std::string_view, kMaxColumns> columns{};
  size_t size = 0;
  uint32_t line = 0;  // 1-based, for messages

  /// Column `i`, empty if the row is shorter.
  std::string_view operator[](size_t i) const { return i < size ? columns[i] : std::string_view(); }
};

template <class F>
void for_each_row(std::string_view bytes, F&& f) {
  TsvRow row;
  uint32_t line = 0;
  while (!bytes.empty()) {
    const size_t end = bytes.find('\n');
    std::string_view text = bytes.substr(0, end);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    ++line;
    if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
    if (text.empty() || text.front() == '#') continue;
    row.size = 0;
    row.line = line;
    while (row.size < TsvRow::kMaxColumns) {
      const size_t tab = text.find('\t');
      row.columns[row.size++] = text.substr(0, tab);
      if (tab == std::string_view::npos) break;
      text.remove_prefix(tab + 1);
    }
    f(row);
  }
}

}  // namespace readout
