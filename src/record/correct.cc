// The table of corrections is a log. What counts for a row is what comes after the last "withdrawn",
// merged field by field. `row` keeps what was read; what questions look things up by (fact, row_actor,
// mention_at) is derived from the corrected rows, so a corrected actor is found under the new name.
#include "record/correct.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/json_writer.h"
#include "readout/store.h"
#include "record/store_impl.h"

namespace readout {
namespace {

using Json = nlohmann::ordered_json;

enum class Shape { Text, Number, List, Span };

struct Field {
  std::string_view kind, name;
  Shape shape;
};

constexpr Field kFields[] = {
    {"event", "source", Shape::List},       {"event", "target", Shape::List},          {"event", "plover", Shape::Text},
    {"event", "plover_mode", Shape::Text},  {"event", "cameo", Shape::Text},           {"event", "status", Shape::Text},
    {"event", "polarity", Shape::Text},     {"event", "date", Shape::Text},            {"event", "place", Shape::Text},
    {"commitment", "owed_by", Shape::List}, {"commitment", "owed_to", Shape::List},    {"commitment", "commitment_kind", Shape::Text},
    {"commitment", "strength", Shape::Text}, {"commitment", "deadline", Shape::Span},  {"commitment", "fulfils", Shape::Text},
    {"quote", "source", Shape::List},       {"quote", "type", Shape::Text},            {"figure", "value", Shape::Number},
    {"figure", "low", Shape::Number},       {"figure", "high", Shape::Number},         {"figure", "comparator", Shape::Text},
    {"figure", "unit", Shape::Text},        {"figure", "counted", Shape::Text},        {"figure", "about", Shape::List},
    {"figure", "as_of", Shape::Text},       {"turn", "speaker", Shape::Text},          {"turn", "addressee", Shape::List},
    {"mention", "actors", Shape::List},     {"agreement", "name", Shape::Text},        {"agreement", "type", Shape::Text},
    {"agreement", "parties", Shape::List},  {"agreement", "date", Shape::Text},        {"timex", "value", Shape::Text},
    {"place", "name", Shape::Text},         {"place", "country", Shape::Text},         {"topic", "topic", Shape::Text},
    {"topic", "weight", Shape::Text},
};

bool fits(Shape shape, const Json& value) {
  if (value.is_null()) return true;
  const auto short_text = [](const Json& text) { return text.is_string() && text.get_ref<const std::string&>().size() <= 1000; };
  switch (shape) {
    case Shape::Text: return short_text(value);
    case Shape::Number: return value.is_number();
    case Shape::List: return value.is_array() && value.size() <= 100 && std::all_of(value.begin(), value.end(), short_text);
    case Shape::Span: {
      if (!value.is_object()) return false;
      return std::all_of(value.begin(), value.end(), short_text) && value.contains("text");
    }
  }
  return false;
}

std::string_view wants(Shape shape) {
  switch (shape) {
    case Shape::Text: return "a text";
    case Shape::Number: return "a number";
    case Shape::List: return "a list of texts";
    case Shape::Span: return "{\"text\": ..., \"value\": ...}";
  }
  return "";
}

}  // namespace

Result<void> check_correction(std::string_view kind, const Correction& correction) {
  static constexpr std::string_view kVerdicts[] = {"changed", "wrong", "right", "withdrawn"};
  if (std::find(std::begin(kVerdicts), std::end(kVerdicts), correction.verdict) == std::end(kVerdicts)) {
    return Error{Code::BadInput, "verdict: there is no \"" + correction.verdict + "\" (want changed, wrong, right or withdrawn)"};
  }
  if (correction.by.size() > 200 || correction.note.size() > 4000) return Error{Code::BadInput, "by or note: too long (200 and 4000 bytes at most)"};
  const Json change = Json::parse(correction.change, nullptr, false);
  if (!change.is_object()) return Error{Code::BadInput, "change: not a JSON object"};
  if ((correction.verdict == "changed") == change.empty()) return Error{Code::BadInput, "change: wanted for the verdict \"changed\", and only there"};
  for (const auto& [name, value] : change.items()) {
    const auto field = std::find_if(std::begin(kFields), std::end(kFields), [&](const Field& f) { return f.kind == kind && f.name == name; });
    if (field == std::end(kFields)) return Error{Code::BadInput, "change: \"" + name + "\" of the kind " + std::string(kind) + " cannot be changed"};
    if (!fits(field->shape, value)) return Error{Code::BadInput, "change: \"" + name + "\" wants " + std::string(wants(field->shape))};
  }
  return {};
}

std::string to_json(const Correction& c) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("kind", "correction").field("at", c.at).field("by", c.by).field("doc", c.document).field("row", c.row).field("row_kind", c.kind);
  json.field("begin", c.begin).field("end", c.end);
  json.field("verdict", c.verdict).key("change").raw(c.change).field("note", c.note).field("attached", c.attached).end_object();
  return out;
}

Result<Correction> correction_from_json(std::string_view line) {
  const Json json = Json::parse(line, nullptr, false);
  Correction c;
  const std::pair<const char*, std::string*> texts[] = {{"at", &c.at}, {"by", &c.by}, {"doc", &c.document}, {"row", &c.row},
                                                        {"row_kind", &c.kind}, {"verdict", &c.verdict}, {"note", &c.note}};
  if (!json.is_object()) return Error{Code::BadInput, "a correction is a JSON object"};
  for (const auto& [name, field] : texts) {
    if (!json.contains(name) || !json[name].is_string()) return Error{Code::BadInput, std::string("a correction wants the text \"") + name + "\""};
    *field = json[name].get<std::string>();
  }
  for (const auto& [name, field] : {std::pair("begin", &c.begin), std::pair("end", &c.end)}) {
    if (!json.contains(name) || !json[name].is_number_unsigned()) return Error{Code::BadInput, std::string("a correction wants the offset \"") + name + "\""};
    *field = json[name].get<uint64_t>();
  }
  if (!json.contains("change")) return Error{Code::BadInput, "a correction wants \"change\""};
  c.change = json["change"].dump(-1, ' ', false, Json::error_handler_t::replace);
  if (auto good = check_correction(c.kind, c); !good) return good.error();
  return c;
}

namespace record {
namespace {

/// Entry after entry, oldest first.
void take(Corrected& all, std::string_view verdict, std::string_view change, std::string_view at, std::string_view by) {
  if (verdict == "withdrawn") {
    all = {};
    return;
  }
  ++all.entries;
  all.at = at;
  all.by = by;
  all.right = verdict == "right";
  // Who changes fields thinks that the row should be.
  all.wrong = verdict == "wrong" || (all.wrong && verdict != "changed" && verdict != "right");
  if (verdict != "changed") return;
  Json merged = Json::parse(all.change, nullptr, false);
  const Json latest = Json::parse(change, nullptr, false);
  if (!latest.is_object()) return;
  for (const auto& [name, value] : latest.items()) merged[name] = value;
  all.change = merged.dump();
}

}  // namespace

Result<std::map<std::string, Corrected, std::less<>>> corrections_of(const Database& db, std::string_view document) {
  std::map<std::string, Corrected, std::less<>> all;
  auto find = db.prepare("SELECT row, verdict, change, at, by FROM correction WHERE document = ? ORDER BY n");
  if (!find) return find.error();
  find->bind(1, document);
  while (true) {
    const auto more = find->step();
    if (!more) return more.error();
    if (!*more) break;
    take(all[std::string(find->text(0))], find->text(1), find->text(2), find->text(3), find->text(4));
  }
  std::erase_if(all, [](const auto& entry) { return entry.second.entries == 0; });
  return all;
}

Result<Corrected> correction_of(const Database& db, std::string_view row) {
  Corrected corrected;
  auto find = db.prepare("SELECT verdict, change, at, by FROM correction WHERE row = ? ORDER BY n");
  if (!find) return find.error();
  find->bind(1, row);
  while (true) {
    const auto more = find->step();
    if (!more) return more.error();
    if (!*more) return corrected;
    take(corrected, find->text(0), find->text(1), find->text(2), find->text(3));
  }
}

void apply(const Corrected& corrected, RowLine& row) {
  if (corrected.entries == 0) return;
  Json rest = Json::parse(row.rest, nullptr, false);
  if (!rest.is_object()) return;
  const Json change = Json::parse(corrected.change, nullptr, false);
  Json fields = Json::array();
  for (const auto& [name, value] : change.items()) {
    fields.push_back(name);
    if (value.is_null()) {
      rest.erase(name);
    } else if (value.is_object() && rest.contains(name) && rest[name].is_object()) {
      // Where the words stand does not change with what they are taken to mean.
      for (const auto& [inner, text] : value.items()) rest[name][inner] = text;
    } else {
      rest[name] = value;
    }
  }
  rest["corrected"] = {{"verdict", corrected.wrong ? "wrong" : fields.empty() ? "right" : "changed"}, {"fields", std::move(fields)}, {"by", corrected.by}, {"at", corrected.at}};
  row.rest = rest.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<void> reattach(const Database& db, std::string_view document, const std::vector<RowLine>& rows) {
  struct Entry {
    int64_t n;
    std::string row, kind;
    uint64_t begin, end;
  };
  std::vector<Entry> entries;
  {
    auto find = db.prepare("SELECT n, row, kind, begin, end FROM correction WHERE document = ? ORDER BY n");
    if (!find) return find.error();
    find->bind(1, document);
    while (true) {
      const auto more = find->step();
      if (!more) return more.error();
      if (!*more) break;
      entries.push_back({find->number(0), std::string(find->text(1)), std::string(find->text(2)), static_cast<uint64_t>(find->number(3)),
                         static_cast<uint64_t>(find->number(4))});
    }
  }
  for (const Entry& entry : entries) {
    if (std::any_of(rows.begin(), rows.end(), [&](const RowLine& row) { return row.id == entry.row; })) continue;
    const RowLine* only = nullptr;
    size_t candidates = 0;
    for (const RowLine& row : rows) {
      if (row.kind != entry.kind || row.begin != entry.begin || row.end != entry.end) continue;
      only = &row;
      ++candidates;
    }
    if (candidates != 1) continue;
    auto put = db.prepare("UPDATE correction SET row = ? WHERE n = ?");
    if (!put) return put.error();
    if (auto done = put->bind(1, only->id).bind(2, entry.n).run(); !done) return done;
  }
  return {};
}

}  // namespace record

namespace {

Result<void> insert(const record::Database& db, const Correction& c) {
  auto put = db.prepare("INSERT INTO correction (at, by, document, row, kind, begin, end, verdict, change, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  if (!put) return put.error();
  put->bind(1, c.at).bind(2, c.by).bind(3, c.document).bind(4, c.row).bind(5, c.kind);
  put->bind(6, static_cast<int64_t>(c.begin)).bind(7, static_cast<int64_t>(c.end)).bind(8, c.verdict).bind(9, c.change).bind(10, c.note);
  return put->run();
}

}  // namespace

Result<void> Store::correct(const Correction& given) {
  Correction correction = given;
  int64_t document = 0;
  {
    auto find = impl_->db.prepare("SELECT d.id, d.n, r.kind, r.begin, r.end FROM row r JOIN document d ON d.n = r.document WHERE r.id = ? ORDER BY r.n LIMIT 1");
    if (!find) return find.error();
    const auto found = find->bind(1, correction.row).step();
    if (!found) return found.error();
    if (!*found) return Error{Code::NotFound, "no row " + correction.row};
    correction.document = find->text(0);
    document = find->number(1);
    correction.kind = find->text(2);
    correction.begin = static_cast<uint64_t>(find->number(3));
    correction.end = static_cast<uint64_t>(find->number(4));
  }
  if (auto good = check_correction(correction.kind, correction); !good) return good;
  if (auto done = insert(impl_->db, correction); !done) return done;
  return record::rederive(impl_->db, document);
}

Result<void> Store::restore_correction(const Correction& correction) {
  {
    auto find = impl_->db.prepare("SELECT 1 FROM correction WHERE document = ? AND row = ? AND at = ? AND verdict = ? AND change = ?");
    if (!find) return find.error();
    const auto known = find->bind(1, correction.document).bind(2, correction.row).bind(3, correction.at).bind(4, correction.verdict).bind(5, correction.change).step();
    if (!known) return known.error();
    if (*known) return {};
  }
  if (auto done = insert(impl_->db, correction); !done) return done;
  auto find = impl_->db.prepare("SELECT n FROM document WHERE id = ?");
  if (!find) return find.error();
  const auto found = find->bind(1, correction.document).step();
  if (!found) return found.error();
  if (!*found) return {};
  const int64_t document = find->number(0);
  { const record::Statement done = std::move(*find); }
  return record::rederive(impl_->db, document);
}

Result<std::vector<Correction>> Store::corrections(std::string_view document, std::string_view row, size_t limit, size_t offset) const {
  auto find = impl_->db.prepare(
      "SELECT at, by, note, document, c.row, c.kind, verdict, change, c.begin, c.end, EXISTS (SELECT 1 FROM row r WHERE r.id = c.row) FROM correction c"
      " WHERE (?1 = '' OR document = ?1) AND (?2 = '' OR c.row = ?2) ORDER BY n DESC LIMIT ?3 OFFSET ?4");
  if (!find) return find.error();
  find->bind(1, document).bind(2, row).bind(3, static_cast<int64_t>(std::min<size_t>(limit, INT32_MAX))).bind(4, static_cast<int64_t>(offset));
  std::vector<Correction> all;
  while (true) {
    const auto more = find->step();
    if (!more) return more.error();
    if (!*more) return all;
    Correction one;
    std::string* fields[] = {&one.at, &one.by, &one.note, &one.document, &one.row, &one.kind, &one.verdict, &one.change};
    for (int i = 0; i < 8; ++i) *fields[i] = find->text(i);
    one.begin = static_cast<uint64_t>(find->number(8));
    one.end = static_cast<uint64_t>(find->number(9));
    one.attached = find->number(10) != 0;
    all.push_back(std::move(one));
  }
}

}  // namespace readout
