// JSON from outside: lines of JSON Lines, and the linked data in the head of a web page (the only
// file that knows simdjson).
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

/// What JSON-LD says of an article (schema.org: NewsArticle, Report, BlogPosting, ...).
struct LinkedData {
  std::string title, published, publisher, author, language;
};
/// Fills what `out` lacks from one script of type application/ld+json; damage is passed over.
void read_linked_data(std::string_view json, LinkedData& out);

/// Strict UTF-8, at memory speed.
bool valid_utf8(std::string_view bytes);

}  // namespace readout::text
