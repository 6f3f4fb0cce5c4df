// Readers: each turns one stream into documents, and may open readers for what it finds inside.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "text/byte_stream.h"
#include "text/input.h"

namespace readout::text {

class Reader {
 public:
  virtual ~Reader() = default;
  virtual std::optional<InputItem> next() = 0;
};

/// Looks at a stream and opens the reader that fits. `name` is the stream's name as users see it,
/// `depth` how many archives it lies in, `format` what the user asked for.
std::unique_ptr<Reader> open_reader(std::unique_ptr<ByteStream> stream, std::string name,
                                    Format format, int depth);

/// Documents of a JSON Lines stream, a line at a time.
std::unique_ptr<Reader> jsonl_reader(std::unique_ptr<ByteStream> stream, std::string name);

/// Sentences or stories of a PETRARCH XML stream, one at a time.
std::unique_ptr<Reader> petrarch_reader(std::unique_ptr<ByteStream> stream, std::string name);

}  // namespace readout::text
