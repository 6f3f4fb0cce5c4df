// A file mapped read-only into memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "readout/result.h"

namespace readout::model {

/// Owns the mapping; the bytes live as long as it. Movable, not copyable.
class MappedFile {
 public:
  static Result<MappedFile> open(const std::string& path);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  std::string_view bytes() const& { return {static_cast<const char*>(data_), size_}; }

 private:
  MappedFile(void* data, size_t size) : data_(data), size_(size) {}

  void* data_ = nullptr;
  size_t size_ = 0;
};

}  // namespace readout::model
