// The files of data/ as they were when the program was built (see cmake/embed.cmake).
//
//   std::string_view table = embedded("text/abbreviations.tsv");
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace readout {

/// The bytes of the data file `path` (below data/, with '/'); a view with null data if there is
/// none. The bytes live as long as the program.
std::string_view embedded(std::string_view path);

/// Paths of all embedded files, sorted.
std::vector<std::string_view> embedded_paths();

/// SHA-256 over paths and contents of what reading uses: the version of the built-in data.
std::string embedded_version();

namespace internal {
struct EmbeddedFile {
  const char* path;
  const char* begin;
  const char* end;
};
}  // namespace internal

}  // namespace readout
