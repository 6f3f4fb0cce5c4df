#include "record/row_line.h"

#include <simdjson.h>

#include <array>

#include "core/json_writer.h"

namespace readout::record {
namespace {

/// Fields whose strings are actor ids, and the role that the index gives them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kRoles = {{
    {"speaker", "speaker"}, {"speakers", "speaker"}, {"addressee", "addressee"}, {"actors", "actor"},
    {"actor", "self"},      {"source", "source"},    {"target", "target"},       {"voice", "voice"},
    {"about", "about"},     {"owed_by", "owed_by"},  {"owed_to", "owed_to"},     {"holder", "holder"},
    {"parties", "party"},
}};

simdjson::dom::parser& parser() {
  thread_local simdjson::dom::parser instance;
  return instance;
}

void collect_evidence(simdjson::dom::element element, std::vector<RowFields::Evidence>& out, int depth) {
  if (depth > 8) return;
  if (element.is_array()) {
    for (const auto item : simdjson::dom::array(element)) collect_evidence(item, out, depth + 1);
  } else if (element.is_object()) {
    uint64_t begin = 0, end = 0;
    std::string_view text;
    if (element["begin"].get(begin) == simdjson::SUCCESS && element["end"].get(end) == simdjson::SUCCESS &&
        element["text"].get(text) == simdjson::SUCCESS) {
      out.push_back({begin, end, std::string(text)});
    }
    for (const auto field : simdjson::dom::object(element)) collect_evidence(field.value, out, depth + 1);
  }
}

/// Position behind the JSON value that begins at `at`. The text is known to be valid JSON.
size_t skip_value(std::string_view json, size_t at) {
  int depth = 0;
  for (bool in_string = false; at < json.size(); ++at) {
    const char c = json[at];
    if (in_string) {
      if (c == '\\') ++at;
      if (c == '"') {
        in_string = false;
        if (depth == 0) return at + 1;
      }
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (depth == 0) return at;  // the end of the object around a number or word
      if (--depth == 0) return at + 1;
    } else if (c == ',' && depth == 0) {
      return at;
    }
  }
  return at;
}

size_t skip_space(std::string_view json, size_t at) {
  while (at < json.size() && (json[at] == ' ' || json[at] == '\t' || json[at] == '\r' || json[at] == '\n')) ++at;
  return at;
}

bool is_common(std::string_view key) {
  return key == "kind" || key == "id" || key == "doc" || key == "begin" || key == "end" || key == "text";
}

}  // namespace

Result<RowLine> parse_row(std::string_view line) {
  const auto bad = [](std::string_view what) {
    return Error{Code::BadInput, "not a row of readout.record/1: " + std::string(what)};
  };
  simdjson::dom::element root;
  if (const auto error = parser().parse(line.data(), line.size()).get(root); error != simdjson::SUCCESS) {
    return bad(simdjson::error_message(error));
  }
  if (!root.is_object()) return bad("an object is wanted");
  RowLine row;
  std::string_view kind, id, doc, text;
  if (root["kind"].get(kind) != simdjson::SUCCESS || root["id"].get(id) != simdjson::SUCCESS ||
      root["doc"].get(doc) != simdjson::SUCCESS || root["begin"].get(row.begin) != simdjson::SUCCESS ||
      root["end"].get(row.end) != simdjson::SUCCESS) {
    return bad("kind, id, doc, begin and end are wanted");
  }
  row.kind = kind;
  row.id = id;
  row.doc = doc;
  if (root["text"].get(text) == simdjson::SUCCESS) {
    row.text = text;
    row.has_text = true;
  }
  if (row.end < row.begin || row.end > UINT32_MAX) return bad("a span ends before it begins");
  // The further fields keep their bytes: numbers and escapes come back as they were.
  row.rest = "{";
  size_t at = skip_space(line, line.find('{') + 1);
  while (at < line.size() && line[at] == '"') {
    const size_t key_end = skip_value(line, at);
    const std::string_view key = line.substr(at + 1, key_end - at - 2);
    const size_t value = skip_space(line, skip_space(line, key_end) + 1);
    const size_t value_end = skip_value(line, value);
    if (!is_common(key)) {
      if (row.rest.size() > 1) row.rest += ',';
      std::string_view raw = line.substr(value, value_end - value);
      while (!raw.empty() && (raw.back() == ' ' || raw.back() == '\t')) raw.remove_suffix(1);
      row.rest.append(1, '"').append(key).append("\":").append(raw);
    }
    at = skip_space(line, value_end);
    if (at < line.size() && line[at] == ',') at = skip_space(line, at + 1);
  }
  row.rest += '}';
  return row;
}

void append_row(const RowLine& row, std::string& out) {
  JsonWriter json(out);
  json.begin_object().field("kind", row.kind).field("id", row.id).field("doc", row.doc);
  json.field("begin", row.begin).field("end", row.end);
  if (row.has_text) json.field("text", row.text);
  const std::string_view inner = std::string_view(row.rest).substr(1, row.rest.size() - 2);
  if (!inner.empty()) {
    out += ',';
    out += inner;
  }
  out += '}';
}

std::string RowFields::get(std::string_view key) const {
  for (const auto& [name, value] : strings) {
    if (name == key) return value;
  }
  return {};
}

RowFields row_fields(const RowLine& row) {
  RowFields fields;
  simdjson::dom::element root;
  if (parser().parse(row.rest).get(root) != simdjson::SUCCESS || !root.is_object()) return fields;
  for (const auto field : simdjson::dom::object(root)) {
    std::string_view string;
    if (field.value.get(string) == simdjson::SUCCESS) fields.strings.emplace_back(field.key, string);
    if (field.key == "label" && field.value.is_object()) {
      std::string_view label;
      if (field.value["text"].get(label) == simdjson::SUCCESS) fields.label = label;
    }
    for (const auto& [name, role] : kRoles) {
      if (field.key != name) continue;
      if (field.value.is_string()) {
        if (string != "?") fields.actors.emplace_back(role, string);
      } else if (field.value.is_array()) {
        for (const auto item : simdjson::dom::array(field.value)) {
          std::string_view actor;
          if (item.get(actor) == simdjson::SUCCESS && actor != "?") fields.actors.emplace_back(role, actor);
        }
      }
    }
    collect_evidence(field.value, fields.evidence, 0);
  }
  fields.turn = fields.get("turn");
  return fields;
}

}  // namespace readout::record
