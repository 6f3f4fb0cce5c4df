// Fills the tables that questions ask (migration_2.sql) from a document's rows. Two passes: what a
// row refers to (its sentence, the speaker of its turn) may stand after it.
#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <simdjson.h>

#include "record/fold.h"
#include "record/store_impl.h"
#include "timex/calendar.h"

namespace readout::record {
namespace {

std::optional<int32_t> digits(std::string_view text, size_t at, size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int32_t value = 0;
  const auto done = std::from_chars(text.data() + at, text.data() + at + count, value);
  if (done.ec != std::errc() || done.ptr != text.data() + at + count) return std::nullopt;
  return value;
}

/// One TIMEX3 value, not an interval.
std::pair<std::string, std::string> single_range(std::string_view value) {
  using timex::day_number;
  using timex::iso;
  const auto year = digits(value, 0, 4);
  if (!year) {
    // A decade ("199") or century ("19") is too wide to be a day of anything.
    return {};
  }
  const auto months = [&](int32_t first, int32_t last) {
    return std::pair(iso(day_number(*year, first, 1)), iso(day_number(*year, last, timex::days_in_month(*year, last))));
  };
  if (value.size() == 4) return months(1, 12);
  if (value[4] != '-' || value.size() < 6) return {};
  const std::string_view rest = value.substr(5);
  if (rest[0] == 'W') {
    const auto week = digits(rest, 1, 2);
    if (!week || *week < 1 || *week > 53) return {};
    const timex::DayNumber monday = timex::monday_of({*year, *week});
    if (rest.substr(3).starts_with("-WE")) return {iso(monday + 5), iso(monday + 6)};
    if (const auto day = digits(rest, 4, 1); day && rest.size() >= 5 && rest[3] == '-') return {iso(monday + *day - 1), iso(monday + *day - 1)};
    return {iso(monday), iso(monday + 6)};
  }
  if (rest[0] == 'Q' || rest[0] == 'H') {
    const auto part = digits(rest, 1, 1);
    const int32_t length = rest[0] == 'Q' ? 3 : 6;
    if (!part || *part < 1 || *part * length > 12) return {};
    return months((*part - 1) * length + 1, *part * length);
  }
  static constexpr std::pair<std::string_view, std::pair<int32_t, int32_t>> kSeasons[] = {
      {"SP", {3, 5}}, {"SU", {6, 8}}, {"FA", {9, 11}}};
  for (const auto& [name, span] : kSeasons) {
    if (rest.starts_with(name)) return months(span.first, span.second);
  }
  if (rest.starts_with("WI")) {
    return {iso(day_number(*year, 12, 1)), iso(day_number(*year + 1, 3, 1) - 1)};
  }
  const auto month = digits(rest, 0, 2);
  if (!month || *month < 1 || *month > 12) return {};
  if (rest.size() == 2) return months(*month, *month);
  const auto day = digits(rest, 3, 2);
  if (rest[2] != '-' || !day || *day < 1 || *day > timex::days_in_month(*year, *month)) return {};
  const std::string one = iso(day_number(*year, *month, *day));
  return {one, one};
}

simdjson::dom::parser& parser() {
  thread_local simdjson::dom::parser instance;
  return instance;
}

std::string text_of(simdjson::dom::element object, std::string_view key) {
  std::string_view text;
  return object[key].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

// The second pass has to look again.
constexpr const char* kChanged = "UPDATE link_state SET value = '1' WHERE key = 'changed'";

struct FactRow {
  std::string type, mode, code, status, place, day, due, refers;
  bool negative = false;
};

/// The columns of a row of a kind that questions ask for.
FactRow columns_of(const RowLine& row, simdjson::dom::element rest) {
  FactRow fact;
  if (row.kind == "event") {
    fact.type = text_of(rest, "plover");
    fact.mode = text_of(rest, "plover_mode");
    fact.code = text_of(rest, "cameo");
    fact.status = text_of(rest, "status");
    fact.place = name_key(text_of(rest, "place"));
    fact.day = day_range(text_of(rest, "date")).first;
    fact.negative = text_of(rest, "polarity") == "negative";
  } else if (row.kind == "commitment") {
    fact.type = text_of(rest, "commitment_kind");
    fact.mode = text_of(rest, "strength");
    fact.refers = text_of(rest, "fulfils");
    simdjson::dom::element deadline;
    if (rest["deadline"].get(deadline) == simdjson::SUCCESS) fact.due = day_range(text_of(deadline, "value")).second;
  } else if (row.kind == "figure") {
    fact.type = name_key(text_of(rest, "counted"));
    fact.mode = text_of(rest, "unit");
    fact.day = day_range(text_of(rest, "as_of")).first;
  } else if (row.kind == "agreement") {
    fact.type = name_key(text_of(rest, "name"));
    fact.day = day_range(text_of(rest, "date")).first;
  } else if (row.kind == "topic") {
    fact.type = text_of(rest, "topic");
    fact.mode = text_of(rest, "weight");
  } else if (row.kind == "place") {
    fact.type = name_key(text_of(rest, "name"));
  } else if (row.kind == "quote") {
    fact.type = text_of(rest, "type");
  }
  return fact;
}

bool is_fact(std::string_view kind) {
  for (const std::string_view wanted : {"event", "commitment", "quote", "figure", "agreement", "topic", "place"}) {
    if (kind == wanted) return true;
  }
  return false;
}

Result<void> count_name(const Database& db, std::string_view actor, std::string_view name, bool is_name) {
  const std::string key = name_key(name);
  if (key.empty()) return {};
  auto put = db.prepare(
      "INSERT INTO actor_name (folded, actor, name, is_name, uses) VALUES (?1, ?2, ?3, ?4, 1)"
      " ON CONFLICT (folded, actor) DO UPDATE SET uses = uses + 1, is_name = max(is_name, excluded.is_name)");
  if (!put) return put.error();
  return put->bind(1, key).bind(2, actor).bind(3, name).bind(4, int64_t{is_name ? 1 : 0}).run();
}

/// The forms of an actor row: its name first, each key once.
std::vector<std::pair<std::string, bool>> names_of(simdjson::dom::element rest) {
  std::vector<std::pair<std::string, bool>> names;
  std::set<std::string> seen;
  const auto add = [&](std::string name, bool is_name) {
    if (!name.empty() && seen.insert(name_key(name)).second) names.emplace_back(std::move(name), is_name);
  };
  add(text_of(rest, "name"), true);
  simdjson::dom::array aliases;
  if (rest["aliases"].get(aliases) == simdjson::SUCCESS) {
    for (const auto item : aliases) {
      std::string_view alias;
      if (item.get(alias) == simdjson::SUCCESS) add(std::string(alias), false);
    }
  }
  return names;
}

/// Adds (+1) or takes away (-1) what the rows of a document say of actors that stand together.
Result<void> count_pairs(const Database& db, int64_t document, int64_t sign) {
  auto put = db.prepare(
      "INSERT INTO actor_pair (actor, other, rows) SELECT a.actor, b.actor, ?2 * count(DISTINCT a.row) FROM row r"
      " JOIN row_actor a ON a.row = r.n JOIN row_actor b ON b.row = r.n WHERE r.document = ?1 AND r.kind IN ('event', 'commitment', 'agreement')"
      " AND a.role IN ('source', 'target', 'owed_by', 'owed_to', 'party') AND b.role IN ('source', 'target', 'owed_by', 'owed_to', 'party')"
      " AND a.actor <> b.actor GROUP BY 1, 2 ON CONFLICT (actor, other) DO UPDATE SET rows = rows + excluded.rows");
  if (!put) return put.error();
  return put->bind(1, document).bind(2, sign).run();
}

}  // namespace

std::string name_key(std::string_view name) {
  std::string key;
  bool single = false;
  for (const auto& [range, word] : folded_words(name)) {
    const bool is_single = word.size() == 1;
    if (!key.empty() && !(single && is_single)) key += ' ';
    key += word;
    single = is_single;
  }
  return key;
}

std::pair<std::string, std::string> day_range(std::string_view value) {
  const size_t slash = value.find('/');
  if (slash == std::string_view::npos) return single_range(value);
  const auto from = single_range(value.substr(0, slash));
  const auto until = single_range(value.substr(slash + 1));
  if (from.first.empty()) return {until.first, until.second};
  return {from.first, until.second.empty() ? from.second : until.second};
}

Result<void> derive(const Database& db, int64_t document, std::string_view published, const std::vector<PlacedRow>& rows) {
  if (auto done = db.execute(kChanged); !done) return done;
  struct Passage {
    uint64_t begin, end;
    int64_t row;
  };
  std::vector<Passage> own, quotes;  // what somebody says: sentences of turns, sorted; quotes
  std::vector<std::pair<uint64_t, std::string>> mentions;
  std::map<std::string, int64_t, std::less<>> sentences;
  std::map<std::string, std::vector<std::string>, std::less<>> speakers;  // of turns
  const std::string publication_day = day_range(published.substr(0, 10)).first;
  for (const PlacedRow& placed : rows) {
    const RowLine& row = *placed.line;
    if (row.kind == "sentence") sentences.emplace(row.id, placed.n);
    if (row.kind != "turn") continue;
    for (const auto& [role, actor] : row_fields(row).actors) {
      if (role == "speaker") speakers[row.id].push_back(actor);
    }
  }
  const auto insert = [&](const PlacedRow& placed, const FactRow& fact, std::string_view kind, int64_t sentence) -> Result<void> {
    auto put = db.prepare(
        "INSERT INTO fact (row, document, kind, type, mode, code, status, negative, place, day, due, refers, sentence)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!put) return put.error();
    put->bind(1, placed.n).bind(2, document).bind(3, kind);
    put->bind_optional(4, fact.type).bind_optional(5, fact.mode).bind_optional(6, fact.code).bind_optional(7, fact.status);
    put->bind(8, int64_t{fact.negative ? 1 : 0}).bind_optional(9, fact.place);
    put->bind_optional(10, fact.day.empty() ? std::string_view(publication_day) : std::string_view(fact.day));
    put->bind_optional(11, fact.due).bind_optional(12, fact.refers);
    if (sentence != 0) {
      put->bind(13, sentence);
    } else {
      put->bind_null(13);
    }
    return put->run();
  };
  for (const PlacedRow& placed : rows) {
    const RowLine& row = *placed.line;
    if (row.kind == "sentence") {
      const auto turn = speakers.find(row_fields(row).turn);
      if (turn == speakers.end()) continue;
      if (auto done = insert(placed, {}, "sentence", placed.n); !done) return done;
      own.push_back({row.begin, row.end, placed.n});
      for (const std::string& speaker : turn->second) {
        auto put = db.prepare("INSERT OR IGNORE INTO row_actor (actor, role, row) VALUES (?, 'speaks', ?)");
        if (!put) return put.error();
        if (auto done = put->bind(1, speaker).bind(2, placed.n).run(); !done) return done;
      }
      continue;
    }
    if (row.kind == "mention") {
      for (const auto& [role, actor] : row_fields(row).actors) {
        if (role != "actor") continue;
        auto put = db.prepare("INSERT OR IGNORE INTO mention_at (actor, document, begin, end) VALUES (?, ?, ?, ?)");
        if (!put) return put.error();
        put->bind(1, actor).bind(2, document).bind(3, static_cast<int64_t>(row.begin)).bind(4, static_cast<int64_t>(row.end));
        if (auto done = put->run(); !done) return done;
        mentions.emplace_back(row.begin, actor);
      }
      continue;
    }
    if (row.kind == "quote") quotes.push_back({row.begin, row.end, placed.n});
    const bool actor_row = row.kind == "actor";
    if (!actor_row && !is_fact(row.kind)) continue;
    simdjson::dom::element rest;
    if (parser().parse(row.rest).get(rest) != simdjson::SUCCESS || !rest.is_object()) continue;
    if (actor_row) {
      const std::string actor = text_of(rest, "actor");
      for (const auto& [name, is_name] : names_of(rest)) {
        if (auto done = count_name(db, actor, name, is_name); !done) return done;
      }
      continue;
    }
    const auto sentence = sentences.find(text_of(rest, "sentence"));
    if (auto done = insert(placed, columns_of(row, rest), row.kind, sentence == sentences.end() ? 0 : sentence->second); !done) {
      return done;
    }
  }
  // "What did X say about Y" asks for this role.
  std::sort(own.begin(), own.end(), [](const Passage& a, const Passage& b) { return a.begin < b.begin; });
  for (const auto& [at, actor] : mentions) {
    const auto mark = [&, &who = actor](int64_t n) -> Result<void> {
      auto put = db.prepare("INSERT OR IGNORE INTO row_actor (actor, role, row) VALUES (?, 'mentions', ?)");
      if (!put) return put.error();
      return put->bind(1, who).bind(2, n).run();
    };
    const auto behind = std::upper_bound(own.begin(), own.end(), at, [](uint64_t offset, const Passage& p) { return offset < p.begin; });
    if (behind != own.begin() && at < std::prev(behind)->end) {
      if (auto done = mark(std::prev(behind)->row); !done) return done;
    }
    for (const Passage& quote : quotes) {
      if (at < quote.begin || at >= quote.end) continue;
      if (auto done = mark(quote.row); !done) return done;
    }
  }
  return count_pairs(db, document, 1);
}

Result<void> underive(const Database& db, int64_t document) {
  if (auto done = db.execute(kChanged); !done) return done;
  if (auto done = count_pairs(db, document, -1); !done) return done;
  std::vector<std::string> actor_rows;
  {
    auto find = db.prepare("SELECT rest FROM row WHERE kind = 'actor' AND document = ?");
    if (!find) return find.error();
    find->bind(1, document);
    while (true) {
      const auto more = find->step();
      if (!more) return more.error();
      if (!*more) break;
      actor_rows.emplace_back(find->text(0));
    }
  }
  for (const std::string& json : actor_rows) {
    simdjson::dom::element rest;
    if (parser().parse(json).get(rest) != simdjson::SUCCESS) continue;
    const std::string actor = text_of(rest, "actor");
    for (const auto& [name, is_name] : names_of(rest)) {
      auto less = db.prepare("UPDATE actor_name SET uses = uses - 1 WHERE folded = ? AND actor = ?");
      if (!less) return less.error();
      if (auto done = less->bind(1, name_key(name)).bind(2, actor).run(); !done) return done;
    }
  }
  for (const std::string_view sql : {"DELETE FROM actor_name WHERE uses <= 0 AND ?1 = ?1", "DELETE FROM mention_at WHERE document = ?1",
                                     "DELETE FROM fact WHERE document = ?1"}) {
    auto statement = db.prepare(sql);
    if (!statement) return statement.error();
    if (auto done = statement->bind(1, document).run(); !done) return done;
  }
  return {};
}

namespace {

/// From the rows as they were read and the document's corrections.
Result<void> make(const Database& db, int64_t document) {
  std::string id, published;
  {
    auto find = db.prepare("SELECT id, coalesce(published, '') FROM document WHERE n = ?");
    if (!find) return find.error();
    if (const auto row = find->bind(1, document).step(); !row) return row.error();
    id = find->text(0);
    published = find->text(1);
  }
  const auto corrections = corrections_of(db, id);
  if (!corrections) return corrections.error();
  std::vector<RowLine> lines;
  std::vector<int64_t> numbers;
  {
    auto find = db.prepare("SELECT n, id, kind, begin, end, rest FROM row WHERE document = ? ORDER BY n");
    if (!find) return find.error();
    find->bind(1, document);
    while (true) {
      const auto more = find->step();
      if (!more) return more.error();
      if (!*more) break;
      RowLine line;
      line.id = find->text(1);
      const auto corrected = corrections->find(line.id);
      if (corrected != corrections->end() && corrected->second.wrong) continue;
      line.kind = find->text(2);
      line.begin = static_cast<uint64_t>(find->number(3));
      line.end = static_cast<uint64_t>(find->number(4));
      line.rest = find->text(5);
      if (corrected != corrections->end()) apply(corrected->second, line);
      numbers.push_back(find->number(0));
      lines.push_back(std::move(line));
    }
  }
  std::vector<PlacedRow> placed;
  for (size_t i = 0; i < lines.size(); ++i) {
    placed.push_back({numbers[i], &lines[i]});
    if (auto done = insert_actors(db, numbers[i], row_fields(lines[i])); !done) return done;
  }
  return derive(db, document, published, placed);
}

}  // namespace

Result<void> insert_actors(const Database& db, int64_t row, const RowFields& fields) {
  for (const auto& [role, actor] : fields.actors) {
    auto insert = db.prepare("INSERT OR IGNORE INTO row_actor (actor, role, row) VALUES (?, ?, ?)");
    if (!insert) return insert.error();
    if (auto done = insert->bind(1, actor).bind(2, role).bind(3, row).run(); !done) return done;
  }
  return {};
}

Result<void> rederive(const Database& db, int64_t document) {
  if (auto done = underive(db, document); !done) return done;
  {
    auto clear = db.prepare("DELETE FROM row_actor WHERE row IN (SELECT n FROM row WHERE document = ?)");
    if (!clear) return clear.error();
    if (auto done = clear->bind(1, document).run(); !done) return done;
  }
  return make(db, document);
}

Result<void> derive_all(const Database& db) {
  for (const char* table : {"fact", "mention_at", "actor_name", "actor_pair", "row_actor"}) {
    if (auto done = db.execute(std::string("DELETE FROM ") + table); !done) return done;
  }
  std::vector<int64_t> documents;
  {
    auto list = db.prepare("SELECT n FROM document ORDER BY n");
    if (!list) return list.error();
    while (true) {
      const auto more = list->step();
      if (!more) return more.error();
      if (!*more) break;
      documents.push_back(list->number(0));
    }
  }
  for (const int64_t document : documents) {
    if (auto done = make(db, document); !done) return done;
  }
  return {};
}

}  // namespace readout::record
