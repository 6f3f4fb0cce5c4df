// Compressed files and archives as a sequence of members, read in one pass (the only file that
// knows libarchive). gzip, zstd, xz, bzip2 and lz4 around anything; zip and tar.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "readout/result.h"
#include "text/byte_stream.h"

namespace readout::text {

class Archive {
 public:
  /// `place` is the archive's name for messages.
  static Result<std::unique_ptr<Archive>> open(std::unique_ptr<PeekStream> stream,
                                               std::string place);
  ~Archive();

  struct Member {
    std::string name;                    // empty: the stream is one compressed file, not an archive
    std::unique_ptr<ByteStream> stream;  // valid until the next call of `next`
  };
  /// The next regular, visible file; nothing at the end. After an error `next` may be called again
  /// unless `failed()`: one damaged member does not lose the others.
  Result<std::optional<Member>> next();
  bool failed() const;

  struct State;

 private:
  explicit Archive(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace readout::text
