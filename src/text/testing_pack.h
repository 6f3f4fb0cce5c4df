// For tests: files packed in memory.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <string>
#include <utility>
#include <vector>

namespace readout::text::testing {

using Files = std::vector<std::pair<std::string, std::string>>;
enum class Kind { Zip, Tar, Raw };

/// `filter`: ARCHIVE_FILTER_NONE, _GZIP, _ZSTD, _XZ.
inline std::string pack(Kind kind, int filter, const Files& files) {
  std::string out(size_t{64} << 20, '\0');
  size_t used = 0;
  archive* a = archive_write_new();
  if (kind == Kind::Zip) archive_write_set_format_zip(a);
  if (kind == Kind::Tar) archive_write_set_format_pax_restricted(a);
  if (kind == Kind::Raw) archive_write_set_format_raw(a);
  archive_write_add_filter(a, filter);
  archive_write_set_bytes_in_last_block(a, 1);
  archive_write_open_memory(a, out.data(), out.size(), &used);
  for (const auto& [name, bytes] : files) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_write_header(a, entry);
    archive_write_data(a, bytes.data(), bytes.size());
    archive_entry_free(entry);
  }
  archive_write_close(a);
  archive_write_free(a);
  out.resize(used);
  return out;
}

}  // namespace readout::text::testing
