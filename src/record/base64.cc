#include "record/base64.h"

#include <openssl/evp.h>
#include <simdjson.h>

#include "core/hash.h"

namespace readout::record {

std::string to_base64(std::string_view bytes) {
  std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int n = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  out.resize(static_cast<size_t>(n));
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string out(text.size() / 4 * 3 + 1, '\0');
  const int n = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (n < 0) return std::nullopt;
  size_t size = static_cast<size_t>(n);
  if (text.ends_with("==")) {
    size -= 2;
  } else if (text.ends_with("=")) {
    size -= 1;
  }
  out.resize(size);
  return out;
}

Result<std::optional<std::pair<std::string, std::string>>> parse_source_line(std::string_view line) {
  using Found = std::optional<std::pair<std::string, std::string>>;
  // Only lines that begin like one are looked at: the others are many.
  if (!line.substr(0, 40).starts_with("{\"kind\":\"source\"")) return Found();
  thread_local simdjson::dom::parser parser;
  simdjson::dom::element root;
  std::string_view doc, encoding, content;
  if (parser.parse(line.data(), line.size()).get(root) != simdjson::SUCCESS || root["doc"].get(doc) != simdjson::SUCCESS ||
      root["encoding"].get(encoding) != simdjson::SUCCESS || root["content"].get(content) != simdjson::SUCCESS) {
    return Error{Code::BadInput, "a source line wants doc, encoding and content"};
  }
  std::string bytes;
  if (encoding == "base64") {
    auto decoded = from_base64(content);
    if (!decoded) return Error{Code::BadInput, "the content of a source line is not base64"};
    bytes = std::move(*decoded);
  } else {
    bytes = content;
  }
  if (sha256_hex(bytes) != doc) return Error{Code::BadInput, "the bytes of document " + std::string(doc) + " do not have that hash"};
  return Found({std::string(doc), std::move(bytes)});
}

}  // namespace readout::record
