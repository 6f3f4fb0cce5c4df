// What the questions share: actors by name, rows as cells, words for what was asked.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "readout/query.h"

namespace readout::query {

using Json = nlohmann::ordered_json;

/// String field, empty if absent.
std::string text_of(const Json& object, const char* key);
/// {"text": ...} under `key`.
std::string words_of(const Json& object, const char* key);
std::vector<std::string> list_of(const Json& object, const char* key);
/// Runs of white space as one blank, control characters out.
std::string flat(std::string_view text);
/// The words of a stretch of a source for people: tags out, references decoded, flat. What is no markup stays.
std::string readable(std::string_view text);
/// Cut after `bytes` on a character boundary, with "..." behind.
std::string shortened(std::string_view text, size_t bytes);

/// An id that no document gives a name: "Ethiopia", "Iceland: military", "refugees".
std::string readable_id(const std::string& id);

/// Names of actors by id, looked up once; each id of a list once.
class Names {
 public:
  explicit Names(const Store& store) : store_(store) {}
  std::string of(const std::string& id);
  std::string list(const std::vector<std::string>& ids);
 private:
  const Store& store_;
  std::map<std::string, std::string> known_;
};

/// Whom a name means in this record.
struct Meant {
  std::vector<std::string> ids;
  std::string words;                   // "Sergey Lavrov (person:sergey-lavrov)"
};
inline constexpr size_t kMaxMeant = 5;
/// NotFound if it means nobody. Further readings go to `notes`.
Result<Meant> meant(const Store& store, std::string_view name, std::vector<std::string>& notes);

/// A fact with its row as JSON: the line, then day, title, published and evidence.
AnswerRow row_of(const Fact& fact);
Json parse_line(const Fact& fact);

/// "2.5", "40 to 50", "more than 20".
std::string figure_words(const Json& row);

/// ", between 2021-01-01 and 2021-02-01" or nothing.
std::string dates_words(const std::string& from, const std::string& until);

}  // namespace readout::query
