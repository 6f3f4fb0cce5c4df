// simdjson parses the line. Where it refuses the line's characters, they are mended in a copy (an
// escape of half a surrogate pair becomes the escape of U+FFFD, of equal length) and it tries
// again.
#include "text/json.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>

#include "core/utf8.h"
#include "text/dates.h"

namespace readout::text {

struct JsonlParser::State {
  simdjson::dom::parser parser;
  std::string padded;
};

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

int hex_value(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/// Code unit of the escape \uXXXX at `at`, -1 if there is none.
int unit_at(std::string_view line, size_t at) {
  if (line.size() < at + 6 || line[at] != '\\' || line[at + 1] != 'u') return -1;
  return hex_value(line.substr(at + 2, 4));
}

/// Mends what JSON readers refuse in characters; gives the number of places.
size_t mend(std::string_view line, std::string& out) {
  out.clear();
  size_t mended = 0;
  for (size_t i = 0; i < line.size();) {
    const char c = line[i];
    if (c == '\\' && i + 1 < line.size()) {
      const int unit = unit_at(line, i);
      if (unit < 0) {
        out.append(line.substr(i, 2));
        i += 2;
        continue;
      }
      const int low = unit >= 0xD800 && unit < 0xDC00 ? unit_at(line, i + 6) : -1;
      if (low >= 0xDC00 && low < 0xE000) {
        out.append(line.substr(i, 12));
        i += 12;
        continue;
      }
      if (unit >= 0xD800 && unit < 0xE000) {
        out.append("\\ufffd");
        ++mended;
      } else {
        out.append(line.substr(i, 6));
      }
      i += 6;
    } else if (static_cast<unsigned char>(c) < 0x80) {
      out.push_back(c);
      ++i;
    } else {
      const size_t before = i;
      const char32_t decoded = utf8::next(line, i);
      if (decoded == 0xFFFD && i - before == 1) {
        out.append(kReplacement);
        ++mended;
      } else {
        out.append(line.substr(before, i - before));
      }
    }
  }
  return mended;
}

std::string_view text_of(simdjson::dom::element value) {
  std::string_view text;
  return value.get(text) == simdjson::SUCCESS ? text : std::string_view();
}

/// Ids may be numbers.
std::string scalar_of(simdjson::dom::element value) {
  if (value.is_string()) return std::string(text_of(value));
  if (value.is_int64() || value.is_uint64() || value.is_double()) return simdjson::minify(value);
  return {};
}

}  // namespace

JsonlParser::JsonlParser() : state_(std::make_unique<State>()) {}
JsonlParser::~JsonlParser() = default;

Result<RawDocument> JsonlParser::parse(std::string_view line, const std::string& file,
                                       uint64_t line_number) {
  const auto place = [&] { return file + ":" + std::to_string(line_number); };
  State& state = *state_;
  const auto run = [&](std::string_view text, simdjson::dom::element& out) {
    const size_t wanted = text.size() + simdjson::SIMDJSON_PADDING;
    if (state.padded.size() < wanted) state.padded.resize(wanted);
    std::memcpy(state.padded.data(), text.data(), text.size());
    return state.parser.parse(state.padded.data(), text.size(), false).get(out);
  };
  simdjson::dom::element root;
  simdjson::error_code code = run(line, root);
  size_t mended = 0;
  if (code == simdjson::STRING_ERROR || code == simdjson::UTF8_ERROR) {
    std::string copy;
    mended = mend(line, copy);
    if (mended != 0) code = run(copy, root);
  }
  if (code != simdjson::SUCCESS) {
    return Error{Code::BadInput, place() + ": not JSON: " + simdjson::error_message(code)};
  }
  simdjson::dom::object object;
  if (root.get(object) != simdjson::SUCCESS) {
    return Error{Code::BadInput, place() + ": not a JSON object (want {\"text\": \"...\", ...})"};
  }
  RawDocument doc;
  doc.format = Format::Text;
  doc.meta.file = file;
  doc.meta.line = line_number;
  doc.meta.media_type = "text/plain";
  doc.meta.encoding = "UTF-8";
  std::string_view source;
  bool has_text = false;
  for (const auto field : object) {
    const std::string_view key = field.key;
    if (key == "text") {
      if (!field.value.is_string()) {
        return Error{Code::BadInput, place() + ": field \"text\" is not a string"};
      }
      doc.bytes = text_of(field.value);
      has_text = true;
    } else if (key == "id") {
      doc.meta.source_id = scalar_of(field.value);
    } else if (key == "date" || (key == "published" && doc.meta.published.empty())) {
      doc.meta.published = iso_date(scalar_of(field.value));
    } else if (key == "title") {
      doc.meta.title = text_of(field.value);
    } else if (key == "source") {
      source = text_of(field.value);
    } else if (key == "publisher") {
      doc.meta.publisher = text_of(field.value);
    } else if (key == "url") {
      doc.meta.url = text_of(field.value);
    } else if (key == "author") {
      doc.meta.author = text_of(field.value);
    } else if (key == "language") {
      doc.meta.language = text_of(field.value);
    }
  }
  if (!has_text) return Error{Code::BadInput, place() + ": no field \"text\""};
  if (doc.meta.publisher.empty()) doc.meta.publisher = source;
  if (mended != 0) {
    const size_t at = std::min(doc.bytes.find(kReplacement), doc.bytes.size());
    const size_t end = std::min(at + kReplacement.size(), doc.bytes.size());
    doc.notes.push_back(
        {{static_cast<uint32_t>(at), static_cast<uint32_t>(end)},
         "encoding.damaged",
         place() + ": " + std::to_string(mended) +
             " damaged characters (half a surrogate pair, or no UTF-8); read as U+FFFD"});
  }
  return doc;
}

bool valid_utf8(std::string_view bytes) {
  return simdjson::validate_utf8(bytes.data(), bytes.size());
}

namespace {

constexpr int kLinkedDepth = 12;

/// A name given as text, as {"name": ...}, or as a list of either.
std::string name_of(simdjson::dom::element value, int depth = 0) {
  if (value.is_string()) return std::string(text_of(value));
  simdjson::dom::element inner;
  if (value.is_object() && value["name"].get(inner) == simdjson::SUCCESS && inner.is_string()) {
    return std::string(text_of(inner));
  }
  simdjson::dom::array list;
  std::string out;
  if (depth < 2 && value.get(list) == simdjson::SUCCESS) {
    for (const auto item : list) {
      const std::string name = name_of(item, depth + 1);
      if (name.empty()) continue;
      if (!out.empty()) out += ", ";
      out += name;
    }
  }
  return out;
}

bool is_article_type(std::string_view type) {
  return type.ends_with("Article") || type.ends_with("Posting") || type == "Report" ||
         type == "CreativeWork" || type == "WebPage" || type == "PressRelease";
}

bool is_article(simdjson::dom::object object) {
  simdjson::dom::element type;
  if (object["@type"].get(type) != simdjson::SUCCESS) return false;
  if (type.is_string()) return is_article_type(text_of(type));
  simdjson::dom::array list;
  if (type.get(list) != simdjson::SUCCESS) return false;
  for (const auto item : list) {
    if (is_article_type(text_of(item))) return true;
  }
  return false;
}

void visit(simdjson::dom::element value, LinkedData& out, int depth) {
  if (depth > kLinkedDepth) return;
  simdjson::dom::array list;
  if (value.get(list) == simdjson::SUCCESS) {
    for (const auto item : list) visit(item, out, depth + 1);
    return;
  }
  simdjson::dom::object object;
  if (value.get(object) != simdjson::SUCCESS) return;
  if (is_article(object)) {
    const auto fill = [&](std::string& field, const char* key, bool name) {
      simdjson::dom::element found;
      if (!field.empty() || object[key].get(found) != simdjson::SUCCESS) return;
      field = name ? name_of(found) : std::string(text_of(found));
    };
    fill(out.title, "headline", false);
    fill(out.published, "datePublished", false);
    fill(out.publisher, "publisher", true);
    fill(out.author, "author", true);
    fill(out.language, "inLanguage", true);
  }
  for (const auto field : object) {
    if (field.key == "@graph" || field.key == "mainEntity" || field.key == "mainEntityOfPage") {
      visit(field.value, out, depth + 1);
    }
  }
}

}  // namespace

void read_linked_data(std::string_view json, LinkedData& out) {
  // Some systems wrap the script in a comment or in CDATA.
  const size_t begin = json.find_first_of("{[");
  const size_t end = json.find_last_of("}]");
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return;
  simdjson::dom::parser parser;
  const simdjson::padded_string padded(json.substr(begin, end - begin + 1));
  simdjson::dom::element root;
  if (parser.parse(padded).get(root) != simdjson::SUCCESS) return;
  visit(root, out, 0);
}

}  // namespace readout::text
