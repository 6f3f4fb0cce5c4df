// Why a row says what it says, in words: its sentence with the roles marked, what made it, how its
// actors and dates were understood, and the steps that its layer wrote down ("why").
#include <algorithm>
#include <map>

#include "query/answers.h"
#include "query/ontology.h"

namespace readout {
namespace {

using query::Json;
using query::text_of;

struct Evidence {
  uint64_t begin = 0, end = 0;
  std::string role;
};

uint64_t number_of(const Json& object, const char* key) {
  const auto it = object.find(key);
  return it != object.end() && it->is_number_unsigned() ? it->get<uint64_t>() : 0;
}

/// Every {begin,end,text} of the row, under the name of its field.
void collect(const Json& value, const std::string& role, std::vector<Evidence>& out, int depth) {
  if (depth > 6) return;
  if (value.is_object()) {
    if (value.contains("begin") && value.contains("end") && value.contains("text")) {
      out.push_back({number_of(value, "begin"), number_of(value, "end"), role});
    }
    for (const auto& [key, inner] : value.items()) {
      if (inner.is_structured()) collect(inner, role, out, depth + 1);
    }
  } else if (value.is_array()) {
    for (const Json& item : value) collect(item, role, out, depth + 1);
  }
}

std::string role_words(std::string role) {
  if (role.ends_with("_words")) role.resize(role.size() - 6);
  std::replace(role.begin(), role.end(), '_', ' ');
  return role;
}

std::string joined(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out += (out.empty() ? "" : " + ") + item;
  return out.empty() ? "nobody named" : out;
}

std::string heading_of(const Json& row) {
  const std::string kind = text_of(row, "kind");
  if (kind == "event") {
    const std::string code = text_of(row, "cameo");
    const query::CameoCode* known = query::cameo(code);
    const std::string mode = text_of(row, "plover_mode");
    return "event " + text_of(row, "plover") + (mode.empty() ? "" : "/" + mode) + " " + code +
           (known == nullptr ? "" : " (" + std::string(known->name) + ")") + ", " + text_of(row, "status") +
           (text_of(row, "polarity") == "negative" ? ", negative" : "") + ": " + joined(query::list_of(row, "source")) + " towards " +
           joined(query::list_of(row, "target"));
  }
  if (kind == "commitment") {
    return "commitment, " + text_of(row, "commitment_kind") + " (" + text_of(row, "strength") + "): " + joined(query::list_of(row, "owed_by")) +
           " towards " + joined(query::list_of(row, "owed_to"));
  }
  if (kind == "quote") return "quote, " + text_of(row, "type") + ", by " + joined(query::list_of(row, "source"));
  if (kind == "mention") return "mention (" + text_of(row, "form") + ") of " + joined(query::list_of(row, "actors"));
  if (kind == "timex") {
    const std::string value = text_of(row, "value");
    return "time " + text_of(row, "type") + " " + (value.empty() ? "(not resolved)" : value);
  }
  if (kind == "figure") {
    return "figure " + query::figure_words(row) + " " + text_of(row, "unit") + (text_of(row, "counted").empty() ? "" : " of " + text_of(row, "counted"));
  }
  if (kind == "agreement") return "agreement " + text_of(row, "name") + " of " + joined(query::list_of(row, "parties"));
  if (kind == "place") return "place " + text_of(row, "name") + " " + text_of(row, "country");
  if (kind == "topic") return "topic " + text_of(row, "topic") + " (" + text_of(row, "weight") + ")";
  if (kind == "uncoded") return "no row was made here: " + text_of(row, "reason");
  return kind;
}

}  // namespace

Result<Explanation> explain(std::string_view record, std::string_view wanted) {
  std::vector<Json> rows;
  while (!record.empty()) {
    const size_t end = std::min(record.find('\n'), record.size());
    Json row = end > 0 ? Json::parse(record.substr(0, end), nullptr, false) : Json();
    if (row.is_object()) rows.push_back(std::move(row));
    record.remove_prefix(std::min(end + 1, record.size()));
  }
  const Json* found = nullptr;
  size_t matches = 0;
  for (const Json& row : rows) {
    const std::string id = text_of(row, "id");
    if (id == wanted) {
      found = &row;
      matches = 1;
      break;
    }
    if (id.starts_with(wanted)) {
      found = &row;
      ++matches;
    }
  }
  if (matches == 0) return Error{Code::NotFound, "no row " + std::string(wanted)};
  if (matches > 1) return Error{Code::BadInput, std::to_string(matches) + " rows begin with \"" + std::string(wanted) + "\""};
  const Json& row = *found;
  const std::string kind = text_of(row, "kind");
  Explanation out;
  out.heading = heading_of(row);
  out.json = row.dump(-1, ' ', false, Json::error_handler_t::replace);
  const auto by_id = [&](const std::string& id) -> const Json* {
    for (const Json& other : rows) {
      if (text_of(other, "id") == id) return &other;
    }
    return nullptr;
  };
  const Json* sentence = by_id(text_of(row, "sentence"));
  if (sentence == nullptr) sentence = &row;
  out.sentence = text_of(*sentence, "text");
  const uint64_t from = number_of(*sentence, "begin"), until = number_of(*sentence, "end");

  std::vector<Evidence> evidence;
  for (const auto& [key, value] : row.items()) {
    if (value.is_structured()) collect(value, role_words(key), evidence, 0);
  }
  if (evidence.empty() || kind == "mention") evidence.push_back({number_of(row, "begin"), number_of(row, "end"), kind});
  std::stable_sort(evidence.begin(), evidence.end(), [](const Evidence& a, const Evidence& b) { return a.begin < b.begin; });
  // Marks do not overlap: of two, the one that begins first stays. Offsets are those of the bytes; where
  // the text was decoded (its length is another), nothing is marked but everything is listed.
  const bool same_bytes = until >= from && out.sentence.size() == until - from;
  uint64_t last = 0;
  for (const Evidence& one : evidence) {
    if (!same_bytes || one.begin < from || one.end > until || one.begin - from < last) continue;
    out.marks.push_back({one.begin - from, one.end - from, one.role});
    last = one.end - from;
  }

  const auto step = [&](std::string label, std::string words) {
    if (!words.empty()) out.steps.emplace_back(std::move(label), std::move(words));
  };
  const auto score = row.find("score");
  step("made by", text_of(row, "method") + (score != row.end() && score->is_number() ? ", score " + score->dump() : ""));
  step("frame", text_of(row, "frame"));
  step("reason", text_of(row, "reason"));
  const auto voice = query::list_of(row, "voice");
  if (!voice.empty()) step("who says so", joined(voice) + (text_of(row, "evidentiality").empty() ? "" : " (" + text_of(row, "evidentiality") + ")"));
  // How each actor and each date that the row uses was understood.
  std::vector<std::string> wanted_actors;
  for (const char* key : {"source", "target", "owed_by", "owed_to", "holder", "parties", "about"}) {
    for (const std::string& id : query::list_of(row, key)) wanted_actors.push_back(id);
  }
  for (const Json& other : rows) {
    const std::string other_kind = text_of(other, "kind");
    const uint64_t begin = number_of(other, "begin"), end = number_of(other, "end");
    if (other.contains("id") && text_of(other, "id") == text_of(row, "id")) continue;
    if (begin < from || end > until || until == 0) continue;
    if (other_kind == "mention") {
      const auto actors = query::list_of(other, "actors");
      const bool used = std::any_of(actors.begin(), actors.end(), [&](const std::string& id) {
        return std::find(wanted_actors.begin(), wanted_actors.end(), id) != wanted_actors.end();
      });
      if (!used) continue;
      std::string words = "is " + joined(actors) + " (" + text_of(other, "form") + ")";
      if (const std::string reason = text_of(other, "reason"); !reason.empty()) words += ", because " + reason;
      if (const auto rejected = query::list_of(other, "alternatives"); !rejected.empty()) words += "; not " + joined(rejected);
      step("\"" + query::flat(text_of(other, "text")) + "\"", words);
    } else if (other_kind == "timex" && kind != "mention") {
      std::string words = "is " + (text_of(other, "value").empty() ? "a time that could not be resolved" : text_of(other, "value"));
      if (const std::string reason = text_of(other, "reason"); !reason.empty()) words += ", because " + reason;
      step("\"" + query::flat(text_of(other, "text")) + "\"", words);
    }
  }
  for (const std::string& line : query::list_of(row, "why")) step("step", line);
  for (const std::string& id : query::list_of(row, "alternatives")) step("rejected", id);
  if (const Json* kept = by_id(text_of(row, "fulfils")); kept != nullptr) step("keeps", heading_of(*kept) + ": " + query::flat(text_of(*kept, "text")));
  if (const auto also = row.find("also"); also != row.end() && also->is_array()) {
    for (const Json& one : *also) step("told again", query::flat(text_of(one, "text")));
  }
  if (const query::CameoCode* code = query::cameo(text_of(row, "cameo")); code != nullptr && code->goldstein) {
    step("Goldstein value", Json(*code->goldstein).dump());
  }
  return out;
}

}  // namespace readout
