// Bytes from outside, a piece at a time: a file, standard input, a member of an archive.
//
// Everything that is opened is looked at before it is read (`peek`), because what a file is gets
// decided by its first bytes and not by its name.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "readout/result.h"

namespace readout::text {

class ByteStream {
 public:
  virtual ~ByteStream() = default;
  /// Reads up to `n` bytes into `out`; 0 only at the end.
  virtual Result<size_t> read(char* out, size_t n) = 0;
  /// Moves to an absolute offset; false where that is impossible (pipes, members of archives).
  virtual bool seek(uint64_t) { return false; }
  virtual std::optional<uint64_t> size() const { return std::nullopt; }
};

/// Opens a file; "-" is standard input. `done` counts the bytes taken from it.
Result<std::unique_ptr<ByteStream>> open_file(const std::string& path, uint64_t* done);

/// A stream whose first bytes can be seen before they are read.
class PeekStream final : public ByteStream {
 public:
  explicit PeekStream(std::unique_ptr<ByteStream> inner) : inner_(std::move(inner)) {}
  /// The next bytes, `n` of them unless the stream ends before.
  Result<std::string_view> peek(size_t n);
  Result<size_t> read(char* out, size_t n) override;
  bool seek(uint64_t offset) override;
  std::optional<uint64_t> size() const override { return inner_->size(); }

 private:
  std::unique_ptr<ByteStream> inner_;
  std::string head_;
  size_t used_ = 0;
};

/// The whole rest of a stream; fails with Limit past `limit` bytes without reading on.
Result<std::string> read_all(ByteStream& stream, size_t limit, std::string_view limit_name);

/// "64 MiB", for messages.
std::string human_bytes(uint64_t bytes);

}  // namespace readout::text
