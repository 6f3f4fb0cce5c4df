// One line of JSON Lines -> one raw document (the only file that knows simdjson's parser).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "text/input.h"

namespace readout::text {

/// Reads lines of one stream; keeps its buffers between lines. Not thread-safe.
class JsonlParser {
 public:
  JsonlParser();
  ~JsonlParser();
  JsonlParser(const JsonlParser&) = delete;
  JsonlParser& operator=(const JsonlParser&) = delete;

  /// `line` without its line end. Unknown fields are passed over. `source_id`, `title`, ... go to
  /// the document's meta; `text` becomes its bytes. Damage that can be mended (half of a surrogate
  /// pair, bytes that are no UTF-8) becomes U+FFFD and a note.
  Result<RawDocument> parse(std::string_view line, const std::string& file, uint64_t line_number);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace readout::text
