// A sorted table of paths, made by cmake/embed.cmake; looked up by bisection.
#include "core/embedded.h"

#include <algorithm>

#include "core/hash.h"

namespace readout {
namespace internal {
extern const EmbeddedFile kEmbeddedFiles[];
extern const size_t kEmbeddedCount;
}  // namespace internal

namespace {

std::string_view bytes(const internal::EmbeddedFile& file) {
  return {file.begin, static_cast<size_t>(file.end - file.begin)};
}

}  // namespace

std::string_view embedded(std::string_view path) {
  const auto* const first = internal::kEmbeddedFiles;
  const auto* const last = first + internal::kEmbeddedCount;
  const auto* const it = std::lower_bound(
      first, last, path,
      [](const internal::EmbeddedFile& file, std::string_view p) { return file.path < p; });
  if (it == last || it->path != path) return {};
  return bytes(*it);
}

std::vector<std::string_view> embedded_paths() {
  std::vector<std::string_view> paths;
  for (size_t i = 0; i < internal::kEmbeddedCount; ++i) {
    paths.emplace_back(internal::kEmbeddedFiles[i].path);
  }
  return paths;
}

std::string embedded_version() {
  std::string all;
  for (size_t i = 0; i < internal::kEmbeddedCount; ++i) {
    const auto& file = internal::kEmbeddedFiles[i];
    // The page and the API's description change no reading.
    const std::string_view path = file.path;
    if (path.starts_with("web/") || path.starts_with("api/")) continue;
    all += path;
    all += '\n';
    all += sha256_hex(bytes(file));
    all += '\n';
  }
  return sha256_hex(all);
}

}  // namespace readout
