// Questions as SQL. Lists are bound as JSON arrays, so the text of a statement depends only on which
// conditions are asked for. The narrowest condition (an actor, then words) drives the plan: its rows
// come from an index, the others are checked on them.
#include <algorithm>
#include <map>
#include <set>
#include <simdjson.h>
#include <tuple>

#include "core/json_writer.h"
#include "readout/store.h"
#include "record/fold.h"
#include "record/store_impl.h"

namespace readout {
namespace {

using record::Statement;

std::string json_list(const std::vector<std::string>& items) {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  for (const std::string& item : items) json.value(item);
  json.end_array();
  return out;
}

/// A statement's text and the values for its numbered parameters.
struct Sql {
  std::string from, where;
  std::vector<std::string> values;
  std::string parameter(std::string value) {
    values.push_back(std::move(value));
    return "?" + std::to_string(values.size());
  }
  void also(const std::string& condition) { where += (where.empty() ? " WHERE " : " AND ") + condition; }
  std::string in(const std::vector<std::string>& items) {
    return " IN (SELECT value FROM json_each(" + parameter(json_list(items)) + "))";
  }
};

/// Conditions on all words of a folded name: each begins a word of it.
void also_words(Sql& sql, const std::string& column, std::string_view words) {
  const std::string key = record::name_key(words);
  size_t at = 0;
  while (at < key.size()) {
    const size_t end = std::min(key.find(' ', at), key.size());
    sql.also("instr(' ' || " + column + ", " + sql.parameter(" " + key.substr(at, end - at)) + ") > 0");
    at = end + 1;
  }
}

/// A row in which an actor has two roles comes twice if that is allowed: who sorts anyway drops it there.
enum class Repeats { Allowed, None };

Result<Sql> build(const FactQuery& query, Repeats repeats = Repeats::None) {
  Sql sql;
  if (!query.rows.empty()) {
    std::string list;
    JsonWriter json(list);
    json.begin_array();
    for (const int64_t row : query.rows) json.value(static_cast<uint64_t>(row));
    json.end_array();
    sql.from = " FROM (SELECT value AS n FROM json_each(" + sql.parameter(list) + ")) w CROSS JOIN fact f ON f.row = w.n";
    return sql;
  }
  bool driven = false;
  const bool told = !query.told_from.empty() || !query.told_until.empty();
  if (told) {
    // "2021-05-04T10:00" lies before "2021-05-04~". The documents of a few days are fewer than the rows of an actor.
    sql.from = " FROM (SELECT n FROM document WHERE published >= " + sql.parameter(query.told_from) + " AND published < " +
               sql.parameter((query.told_until.empty() ? "9999-12-31" : query.told_until) + "~") + ") w CROSS JOIN fact f ON f.document = w.n";
    driven = true;
  }
  std::vector<RoleFilter> filters = query.who;
  if (!query.mentions.empty()) filters.push_back({query.mentions, {"mentions"}});
  for (const RoleFilter& who : filters) {
    const std::string rows = "SELECT row FROM row_actor WHERE actor" + sql.in(who.actors) + " AND role" + sql.in(who.roles);
    if (told) {
      sql.also("EXISTS (" + rows + " AND row = f.row)");
    } else if (!driven) {
      sql.from = std::string(" FROM (SELECT ") + (repeats == Repeats::None ? "DISTINCT " : "") + "row AS n FROM (" + rows + ")) w CROSS JOIN fact f ON f.row = w.n";
      driven = true;
    } else {
      sql.also("f.row IN (" + rows + ")");
    }
  }
  if (!query.words.empty()) {
    std::vector<std::string> words;
    std::string match = record::fts_query(query.words, words);
    if (match.empty()) return Error{Code::BadInput, "there is no word to search for in \"" + query.words + "\""};
    const std::string rows = "SELECT rowid FROM passage WHERE passage MATCH " + sql.parameter("{folded} : (" + match + ")");
    if (!driven) {
      sql.from = " FROM (SELECT rowid AS n FROM (" + rows + ")) p CROSS JOIN fact f ON f.sentence = p.n";
      driven = true;
    } else {
      sql.also("f.sentence IN (" + rows + ")");
    }
  }
  // Several kinds of one topic: by its documents. One kind is counted along its index.
  bool of_topic = false;
  if (!driven && !query.topic.empty() && query.kinds.size() > 1) {
    sql.from = " FROM (SELECT DISTINCT document AS n FROM fact WHERE kind = 'topic' AND type = " + sql.parameter(query.topic) + ") w CROSS JOIN fact f ON f.document = w.n";
    driven = of_topic = true;
  }
  if (!driven) sql.from = " FROM fact f";
  if (!query.kinds.empty()) {
    // One kind by name lets the index on (kind, day) serve.
    sql.also(query.kinds.size() == 1 ? "f.kind = " + sql.parameter(query.kinds.front()) : "f.kind" + sql.in(query.kinds));
  }
  if (!query.types.empty()) {
    sql.also(query.types.size() == 1 ? "f.type = " + sql.parameter(query.types.front()) : "f.type" + sql.in(query.types));
  }
  const auto any_of = [&](const std::string& column, const std::vector<std::string>& values) {
    // A single one lets the index also give the order.
    if (!values.empty()) sql.also(column + (values.size() == 1 ? " = " + sql.parameter(values.front()) : sql.in(values)));
  };
  any_of("f.mode", query.modes);
  any_of("f.status", query.statuses);
  // Digits only, so ':' is behind all that begin so.
  if (!query.code.empty()) sql.also("f.code >= " + sql.parameter(query.code) + " AND f.code < " + sql.parameter(query.code + ":"));
  if (!query.from.empty()) sql.also("f.day >= " + sql.parameter(query.from));
  if (!query.until.empty()) sql.also("f.day <= " + sql.parameter(query.until));
  if (!query.due_from.empty()) sql.also("f.due >= " + sql.parameter(query.due_from));
  if (!query.due_until.empty()) sql.also("f.due <= " + sql.parameter(query.due_until));
  if (!query.due_before.empty()) sql.also("f.due < " + sql.parameter(query.due_before) + " AND f.type <> 'fulfilment'");
  if (query.positive_only) sql.also("f.negative = 0");
  if (query.without_due) sql.also("f.due IS NULL");
  if (query.answered != FactQuery::Answered::Any) {
    // Few are answered: they are listed once, by what names them and by threads.
    const std::string until = query.answered_until.empty() ? "'~'" : sql.parameter(query.answered_until);
    const std::string kept = "f.row IN (SELECT x.n FROM fact g JOIN row x ON x.id = g.refers WHERE g.refers IS NOT NULL AND g.day <= " + until +
                             " UNION SELECT row FROM commitment_thread WHERE done_on <= " + until + ")";
    const std::string denied = "f.row IN (SELECT row FROM commitment_thread WHERE denied_on <= " + until + ")";
    switch (query.answered) {
      case FactQuery::Answered::Any: break;
      case FactQuery::Answered::No: sql.also("NOT " + kept); break;
      case FactQuery::Answered::Yes: sql.also(kept + " AND NOT " + denied); break;
      case FactQuery::Answered::Disputed: sql.also(kept + " AND " + denied); break;
    }
    if (query.not_revised) sql.also("f.row NOT IN (SELECT row FROM commitment_thread WHERE revised_on <= " + until + ")");
  }
  if (query.first_only) {
    sql.also("f.row NOT IN (SELECT row FROM event_group WHERE row <> first) AND f.row NOT IN (SELECT row FROM commitment_thread WHERE row <> first)"
             " AND f.row NOT IN (SELECT row FROM agreement_group WHERE row <> first)");
  }
  if (!query.relations.empty()) sql.also("f.row IN (SELECT row FROM commitment_thread WHERE relation" + sql.in(query.relations) + ")");
  if (!query.says.empty()) sql.also("f.row IN (SELECT row FROM commitment_claim WHERE says" + sql.in(query.says) + ")");
  if (query.no_claims) sql.also("f.row NOT IN (SELECT row FROM commitment_claim WHERE row <> thread)");
  if (!query.changes.empty()) sql.also("f.row IN (SELECT row FROM figure_series WHERE relation" + sql.in(query.changes) + ")");
  if (!query.place.empty()) sql.also("f.place = " + sql.parameter(record::name_key(query.place)));
  if (!query.name.empty()) also_words(sql, "f.type", query.name);
  if (!query.document.empty()) sql.also("f.document = (SELECT n FROM document WHERE id = " + sql.parameter(query.document) + ")");
  if (!query.topic.empty() && !of_topic) {
    sql.also("f.document IN (SELECT document FROM fact WHERE kind = 'topic' AND type = " + sql.parameter(query.topic) + ")");
  }
  return sql;
}

void bind(Statement& statement, const Sql& sql) {
  for (size_t i = 0; i < sql.values.size(); ++i) statement.bind(static_cast<int>(i + 1), sql.values[i]);
}

std::string day_of(std::string_view published) { return std::string(published.substr(0, 10)); }

}  // namespace

Result<FactPage> Store::facts(const FactQuery& query) const {
  FactPage page;
  for (const RoleFilter& who : query.who) {
    if (who.actors.empty()) return page;
  }
  const auto sql = build(query, Repeats::Allowed);
  if (!sql) return sql.error();
  // One kind and at most one column: an index counts them and gives them in order. Anything else is scanned once,
  // and the page is picked out here.
  std::string rows;
  const bool scanned = query.by_type || !query.rows.empty() || !query.told_from.empty() || !query.told_until.empty() || !query.who.empty() || !query.mentions.empty() || !query.words.empty() || query.kinds.size() > 1;
  const size_t limit = std::min<size_t>(query.limit, INT32_MAX);
  if (scanned) {
    struct Place {
      std::string due, day;   // before the day: the deadline, or the type and mode
      int64_t row;
    };
    std::vector<Place> places;
    auto scan = impl_->db.prepare("SELECT f.row, f.day" + std::string(query.by_due ? ", f.due" : query.by_type ? ", coalesce(f.type, '~') || ' ' || coalesce(f.mode, '')" : "") + sql->from + sql->where);
    if (!scan) return scan.error();
    bind(*scan, *sql);
    while (true) {
      const auto more = scan->step();
      if (!more) return more.error();
      if (!*more) break;
      // What has no deadline comes last: behind every digit.
      places.push_back({query.by_due || query.by_type ? (scan->is_null(2) ? "~" : std::string(scan->text(2))) : std::string(), std::string(scan->text(1)), scan->number(0)});
    }
    if (!query.who.empty() || !query.mentions.empty()) {
      std::sort(places.begin(), places.end(), [](const Place& x, const Place& y) { return x.row < y.row; });
      places.erase(std::unique(places.begin(), places.end(), [](const Place& x, const Place& y) { return x.row == y.row; }), places.end());
    }
    page.total = places.size();
    if (page.total <= query.offset || limit == 0) return page;
    const auto before = [&](const Place& x, const Place& y) {
      if (query.newest_first && !query.by_due && !query.by_type) return std::tie(y.day, y.row) < std::tie(x.day, x.row);
      return std::tie(x.due, x.day, x.row) < std::tie(y.due, y.day, y.row);
    };
    const size_t end = std::min(places.size(), query.offset + limit);
    std::partial_sort(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(end), places.end(), before);
    JsonWriter json(rows);
    json.begin_array();
    for (size_t i = query.offset; i < end; ++i) json.value(static_cast<uint64_t>(places[i].row));
    json.end_array();
  } else {
    auto count = impl_->db.prepare("SELECT count(*)" + sql->from + sql->where);
    if (!count) return count.error();
    bind(*count, *sql);
    if (const auto row = count->step(); !row) return row.error();
    page.total = static_cast<uint64_t>(count->number(0));
    if (page.total <= query.offset || limit == 0) return page;
  }
  const char* order = query.by_type        ? " ORDER BY coalesce(f.type, '~') || ' ' || coalesce(f.mode, ''), f.day, f.row"
                      : query.by_due       ? " ORDER BY f.due IS NULL, f.due, f.day, f.row"
                      : query.newest_first ? " ORDER BY f.day DESC, f.row DESC"
                                           : " ORDER BY f.day, f.row";
  // What the second pass knows of it: not for fast scans.
  const std::string_view more_columns =
      query.lines ? " (SELECT actor FROM row_actor a WHERE a.row = f.sentence AND a.role = 'speaks' LIMIT 1),"
                    " (SELECT x.id || ' ' || coalesce(g.day, '') FROM fact g JOIN row x ON x.n = g.row WHERE f.kind = 'commitment' AND g.refers = r.id LIMIT 1),"
                    " (SELECT x.id || ' ' || c.day FROM commitment_claim c JOIN row x ON x.n = c.row WHERE c.thread = t.first AND c.day >= f.day AND c.row <> f.row"
                    "  AND c.says IN ('reported_done', 'supports') ORDER BY c.day, c.row LIMIT 1),"
                    " (SELECT x.id FROM event_group e JOIN row x ON x.n = e.first WHERE e.row = f.row),"
                    " (SELECT x.id FROM row x WHERE x.n = t.first), t.relation, t.denied_on, t.revised_on,"
                    " (SELECT x.id FROM row x WHERE x.n = q.previous), q.relation"
                  : " NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL";
  // Sorted and cut first: the wide rows are fetched for the page alone.
  auto statement = impl_->db.prepare(
      "SELECT r.id, f.kind, d.id, d.title, d.publisher, d.published, f.type, f.mode, f.code, f.status, f.place, f.day, f.due, f.refers,"
      " f.negative, r.begin, r.end, r.text, r.rest, s.id, s.begin, s.end, s.text, d.n, f.row," + std::string(more_columns) + " FROM (" +
      (scanned ? std::string("SELECT value AS n FROM json_each(?1)")
               : "SELECT f.row AS n" + sql->from + sql->where + order + " LIMIT ?" + std::to_string(sql->values.size() + 1) + " OFFSET ?" +
                     std::to_string(sql->values.size() + 2)) +
      ") p CROSS JOIN fact f ON f.row = p.n CROSS JOIN row r ON r.n = p.n CROSS JOIN document d ON d.n = f.document"
      " LEFT JOIN row s ON s.n = f.sentence" + (query.lines ? " LEFT JOIN commitment_thread t ON t.row = f.row LEFT JOIN figure_series q ON q.row = f.row" : "") + order);
  if (!statement) return statement.error();
  if (scanned) {
    statement->bind(1, rows);
  } else {
    bind(*statement, *sql);
    statement->bind(static_cast<int>(sql->values.size() + 1), static_cast<int64_t>(limit));
    statement->bind(static_cast<int>(sql->values.size() + 2), static_cast<int64_t>(query.offset));
  }
  bool corrected_any = false;
  {
    auto look = impl_->db.prepare("SELECT EXISTS (SELECT 1 FROM correction)");
    if (!look) return look.error();
    if (const auto row = look->step(); !row) return row.error();
    corrected_any = look->number(0) != 0;
  }
  std::map<int64_t, std::string> sources;  // documents' bytes, each fetched once
  const auto cut = [&](int64_t document, int64_t begin, int64_t end) -> Result<std::string> {
    auto it = sources.find(document);
    if (it == sources.end()) {
      auto bytes = impl_->db.prepare("SELECT bytes FROM source WHERE document = ?");
      if (!bytes) return bytes.error();
      const auto found = bytes->bind(1, document).step();
      if (!found) return found.error();
      it = sources.emplace(document, *found ? std::string(bytes->text(0)) : std::string()).first;
    }
    if (end > static_cast<int64_t>(it->second.size()) || begin > end) return std::string();
    return it->second.substr(static_cast<size_t>(begin), static_cast<size_t>(end - begin));
  };
  while (true) {
    const auto more = statement->step();
    if (!more) return more.error();
    if (!*more) break;
    Fact fact;
    std::string* texts[] = {&fact.id, &fact.kind, &fact.doc, &fact.title, &fact.publisher, &fact.published, &fact.type,
                            &fact.mode, &fact.code, &fact.status, &fact.place, &fact.day, &fact.due, &fact.refers};
    for (int i = 0; i < 14; ++i) *texts[i] = statement->text(i);
    fact.negative = statement->number(14) != 0;
    fact.row = statement->number(24);
    fact.begin = static_cast<uint64_t>(statement->number(15));
    fact.end = static_cast<uint64_t>(statement->number(16));
    fact.sentence = statement->text(19);
    fact.speaker = statement->text(25);
    const std::string answered(statement->text(26).empty() ? statement->text(27) : statement->text(26));
    fact.group = statement->text(28);
    fact.thread = statement->text(29);
    fact.relation = statement->text(30);
    fact.denied_day = statement->text(31);
    fact.revised_day = statement->text(32);
    fact.previous = statement->text(33);
    fact.change = statement->text(34);
    const size_t blank = answered.find(' ');
    if (blank != std::string::npos) {
      fact.answered_by = answered.substr(0, blank);
      fact.answered_day = answered.substr(blank + 1);
    }
    const int64_t document = statement->number(23);
    if (query.lines) {
      record::RowLine line;
      line.id = fact.id;
      line.kind = fact.kind;
      line.doc = fact.doc;
      line.begin = fact.begin;
      line.end = fact.end;
      line.rest = statement->text(18);
      line.has_text = true;
      if (!statement->is_null(17)) {
        line.text = statement->text(17);
      } else {
        auto text = cut(document, statement->number(15), statement->number(16));
        if (!text) return text.error();
        line.text = std::move(*text);
        line.has_text = !line.text.empty() || fact.begin == fact.end;
      }
      if (corrected_any) {
        const auto corrected = record::correction_of(impl_->db, line.id);
        if (!corrected) return corrected.error();
        record::apply(*corrected, line);
      }
      record::append_row(line, fact.line);
      if (!fact.sentence.empty()) {
        if (!statement->is_null(22)) {
          fact.evidence = statement->text(22);
        } else {
          auto text = cut(document, statement->number(20), statement->number(21));
          if (!text) return text.error();
          fact.evidence = std::move(*text);
        }
      }
    } else if (fact.kind == "event") {
      auto actors = impl_->db.prepare("SELECT role, actor FROM row_actor WHERE row = ? AND role IN ('source', 'target') ORDER BY role, actor");
      if (!actors) return actors.error();
      actors->bind(1, statement->number(24));
      while (true) {
        const auto another = actors->step();
        if (!another) return another.error();
        if (!*another) break;
        (actors->text(0) == "source" ? fact.sources : fact.targets).emplace_back(actors->text(1));
      }
    }
    page.facts.push_back(std::move(fact));
  }
  return page;
}

Result<std::vector<AgreementGroup>> Store::agreement_groups(const FactQuery& query) const {
  for (const RoleFilter& who : query.who) {
    if (who.actors.empty()) return std::vector<AgreementGroup>();
  }
  const auto sql = build(query);
  if (!sql) return sql.error();
  struct Telling {
    int64_t row, document;
    std::string day, name;
  };
  std::map<std::string, std::vector<Telling>> tellings;
  {
    // A record that the second pass has not seen: one name is one agreement.
    auto scan = impl_->db.prepare("SELECT coalesce('g' || (SELECT first FROM agreement_group g WHERE g.row = f.row), 'n' || f.type, 'r' || f.row), f.row, f.document,"
                                  " coalesce(f.day, ''), coalesce(f.type, '')" + sql->from + sql->where);
    if (!scan) return scan.error();
    bind(*scan, *sql);
    while (true) {
      const auto more = scan->step();
      if (!more) return more.error();
      if (!*more) break;
      tellings[std::string(scan->text(0))].push_back({scan->number(1), scan->number(2), std::string(scan->text(3)), std::string(scan->text(4))});
    }
  }
  std::vector<AgreementGroup> groups;
  for (auto& [key, members] : tellings) {
    std::sort(members.begin(), members.end(), [](const Telling& a, const Telling& b) { return std::tie(a.day, a.row) < std::tie(b.day, b.row); });
    AgreementGroup group;
    group.tellings = members.size();
    std::set<int64_t> documents;
    std::set<std::string> names;
    std::vector<int64_t> further;
    for (const Telling& telling : members) {
      documents.insert(telling.document);
      (names.insert(telling.name).second ? group.rows : further).push_back(telling.row);
    }
    group.rows.insert(group.rows.end(), further.begin(), further.end());
    group.documents = documents.size();
    groups.push_back(std::move(group));
  }
  std::sort(groups.begin(), groups.end(), [](const AgreementGroup& a, const AgreementGroup& b) {
    return a.documents != b.documents ? a.documents > b.documents : a.rows.front() < b.rows.front();
  });
  return groups;
}

Result<std::vector<EventCount>> Store::event_counts(const FactQuery& query) const {
  std::vector<EventCount> counts;
  for (const RoleFilter& who : query.who) {
    if (who.actors.empty()) return counts;
  }
  const auto sql = build(query);
  if (!sql) return sql.error();
  // Sorted here: the index gives the rows by status, and sorting all of them in the database costs more.
  auto find = impl_->db.prepare("SELECT coalesce(f.day, ''), coalesce(f.code, '')" + sql->from + sql->where);
  if (!find) return find.error();
  bind(*find, *sql);
  std::map<std::string, uint64_t, std::less<>> counted;  // "day code": a day has no blank
  std::string key;
  while (true) {
    const auto more = find->step();
    if (!more) return more.error();
    if (!*more) break;
    key.assign(find->text(0)).append(1, ' ').append(find->text(1));
    ++counted[key];
  }
  for (const auto& [both, count] : counted) {
    const size_t blank = both.find(' ');
    counts.push_back({both.substr(0, blank), both.substr(blank + 1), count});
  }
  return counts;
}

Result<std::vector<PeriodCount>> Store::period_counts(const FactQuery& query) const {
  std::vector<PeriodCount> counts;
  for (const RoleFilter& who : query.who) {
    if (who.actors.empty()) return counts;
  }
  const auto sql = build(query);
  if (!sql) return sql.error();
  auto find = impl_->db.prepare("SELECT coalesce(f.day, ''), f.kind" + sql->from + sql->where);
  if (!find) return find.error();
  bind(*find, *sql);
  std::map<std::pair<std::string, std::string>, uint64_t> counted;
  while (true) {
    const auto more = find->step();
    if (!more) return more.error();
    if (!*more) break;
    if (!find->text(0).empty()) ++counted[{std::string(find->text(0)), std::string(find->text(1))}];
  }
  constexpr size_t kMostPeriods = 5000;  // as many steps as a picture can show, and no answer of megabytes
  if (counted.size() > kMostPeriods) {
    std::map<std::pair<std::string, std::string>, uint64_t> months;
    for (const auto& [key, count] : counted) months[{key.first.substr(0, 7), key.second}] += count;
    counted = std::move(months);
  }
  for (const auto& [key, count] : counted) counts.push_back({key.first, key.second, count});
  return counts;
}

Result<std::vector<ActorMatch>> Store::find_actors(std::string_view words) const {
  std::vector<ActorMatch> matches;
  const auto collect = [&](Statement& statement, bool exact) -> Result<void> {
    while (true) {
      const auto more = statement.step();
      if (!more) return more.error();
      if (!*more) return {};
      const std::string id(statement.text(0));
      const auto same = std::find_if(matches.begin(), matches.end(), [&](const ActorMatch& m) { return m.id == id; });
      if (same != matches.end()) continue;
      matches.push_back({id, std::string(statement.text(1)), static_cast<uint64_t>(statement.number(2)), exact});
    }
  };
  // An id, or one without its kind ("RUS").
  {
    std::string upper(words);
    for (char& c : upper) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    auto find = impl_->db.prepare(
        "SELECT a.actor, coalesce((SELECT name FROM actor_name n WHERE n.actor = a.actor ORDER BY is_name DESC, uses DESC, folded LIMIT 1), a.actor), 1"
        " FROM (SELECT DISTINCT actor FROM row_actor WHERE actor IN (?1, 'state:' || ?2, 'org:' || lower(?2))) a");
    if (!find) return find.error();
    find->bind(1, words).bind(2, upper);
    if (auto done = collect(*find, true); !done) return done.error();
  }
  const std::string key = record::name_key(words);
  if (key.empty()) return matches;
  {
    auto find = impl_->db.prepare("SELECT actor, name, uses FROM actor_name WHERE folded = ? ORDER BY is_name DESC, uses DESC, actor");
    if (!find) return find.error();
    find->bind(1, key);
    if (auto done = collect(*find, true); !done) return done.error();
  }
  if (!matches.empty()) return matches;
  Sql sql;
  sql.from = " FROM actor_name";
  also_words(sql, "folded", words);
  auto find = impl_->db.prepare("SELECT actor, name, uses" + sql.from + sql.where + " ORDER BY is_name DESC, uses DESC, actor LIMIT 200");
  if (!find) return find.error();
  bind(*find, sql);
  if (auto done = collect(*find, false); !done) return done.error();
  return matches;
}

Result<std::string> Store::actor_name(std::string_view id) const {
  auto find = impl_->db.prepare("SELECT name FROM actor_name WHERE actor = ? ORDER BY is_name DESC, uses DESC, folded LIMIT 1");
  if (!find) return find.error();
  const auto found = find->bind(1, id).step();
  if (!found) return found.error();
  return *found ? std::string(find->text(0)) : std::string(id);
}

Result<ActorSummary> Store::actor_summary(std::string_view id) const {
  ActorSummary summary;
  summary.id = id;
  auto name = actor_name(id);
  if (!name) return name.error();
  summary.name = std::move(*name);
  {
    auto find = impl_->db.prepare("SELECT name, uses FROM actor_name WHERE actor = ? ORDER BY uses DESC, is_name DESC, folded");
    if (!find) return find.error();
    find->bind(1, id);
    while (true) {
      const auto more = find->step();
      if (!more) return more.error();
      if (!*more) break;
      summary.names.emplace_back(find->text(0), static_cast<uint64_t>(find->number(1)));
    }
  }
  {
    // One actor row a document, and turns; of a person, rows may tell of offices. Of anybody else the documents
    // are counted by mentions, and the last row tells the kind.
    const bool person = id.starts_with("person:");
    auto find = impl_->db.prepare(person ? "SELECT r.rest, coalesce(d.published, ''), r.document, a.role FROM row_actor a JOIN row r ON r.n = a.row"
                                           " JOIN document d ON d.n = r.document WHERE a.actor = ? AND a.role IN ('self', 'speaker') ORDER BY 2, r.n"
                                         : "SELECT coalesce((SELECT rest FROM row WHERE n = (SELECT max(row) FROM row_actor WHERE actor = ?1 AND role = 'self')), '{}'),"
                                           " coalesce(d.published, ''), d.n, 'self' FROM document d WHERE d.n IN (SELECT document FROM mention_at WHERE actor = ?1"
                                           " UNION SELECT r.document FROM row_actor a JOIN row r ON r.n = a.row WHERE a.actor = ?1 AND a.role = 'speaker') ORDER BY 2");
    if (!find) return find.error();
    find->bind(1, id);
    std::set<int64_t> documents;
    std::string last;
    simdjson::dom::parser parser;
    std::map<std::string, size_t> held;
    while (true) {
      const auto more = find->step();
      if (!more) return more.error();
      if (*more) {
        documents.insert(find->number(2));
        const std::string day = day_of(find->text(1));
        if (summary.first_seen.empty()) summary.first_seen = day;
        summary.last_seen = day;
      }
      // What kind of actor it is, the last one tells.
      const std::string json(*more ? find->text(0) : std::string_view(last));
      if (*more && json.find("\"offices\":[{") == std::string::npos) {
        if (find->text(3) == "self") last = json;
        continue;
      }
      simdjson::dom::element rest;
      if (parser.parse(json).get(rest) != simdjson::SUCCESS) {
        if (!*more) break;
        continue;
      }
      const auto text = [](simdjson::dom::element object, std::string_view key) {
        std::string_view value;
        return object[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
      };
      if (std::string type = text(rest, "type"); !type.empty()) summary.type = std::move(type);
      if (std::string country = text(rest, "country"); !country.empty()) summary.country = std::move(country);
      if (!*more) break;
      last.clear();
      simdjson::dom::array offices;
      if (rest["offices"].get(offices) != simdjson::SUCCESS) continue;
      for (const auto office : offices) {
        ActorSummary::Held one{text(office, "title"), text(office, "of"), text(office, "from"), text(office, "until"), day_of(find->text(1))};
        const auto [it, fresh] = held.emplace(one.title + '\n' + one.of + '\n' + one.from, summary.offices.size());
        if (fresh) {
          summary.offices.push_back(std::move(one));
        } else {
          summary.offices[it->second].seen = one.seen;
        }
      }
    }
    summary.documents = documents.size();
  }
  const auto counts = [&](std::string_view sql) -> Result<void> {
    auto find = impl_->db.prepare(sql);
    if (!find) return find.error();
    find->bind(1, id);
    while (true) {
      const auto more = find->step();
      if (!more) return more.error();
      if (!*more) return {};
      summary.counts.emplace_back(find->text(0), static_cast<uint64_t>(find->number(1)));
    }
  };
  if (auto done = counts("SELECT 'mention', count(*) FROM mention_at WHERE actor = ? HAVING count(*) > 0"); !done) return done.error();
  // What a role is of; only a source may be of an event or a quote.
  if (auto done = counts("SELECT iif(role = 'speaker', 'turn', iif(role = 'target', 'event', iif(role = 'party', 'agreement', iif(role IN ('owed_by', 'owed_to', 'holder'),"
                         " 'commitment', iif(role = 'about', 'figure', 'turn or quote'))))) || ' as ' || role, count(*) FROM row_actor WHERE actor = ?1 AND role IN"
                         " ('target', 'speaker', 'addressee', 'owed_by', 'owed_to', 'holder', 'party', 'about') GROUP BY role"
                         " UNION ALL SELECT f.kind || ' as source', count(*) FROM row_actor a JOIN fact f ON f.row = a.row WHERE a.actor = ?1 AND a.role = 'source' GROUP BY f.kind"
                         " ORDER BY 1");
      !done) {
    return done.error();
  }
  {
    auto find = impl_->db.prepare(
        "SELECT other, rows FROM actor_pair WHERE actor = ? AND rows > 0 ORDER BY rows DESC, other LIMIT 30");
    if (!find) return find.error();
    find->bind(1, id);
    while (true) {
      const auto more = find->step();
      if (!more) return more.error();
      if (!*more) break;
      summary.with.push_back({std::string(find->text(0)), {}, static_cast<uint64_t>(find->number(1))});
    }
  }
  for (ActorSummary::Co& co : summary.with) {
    auto other = actor_name(co.id);
    if (!other) return other.error();
    co.name = std::move(*other);
  }
  return summary;
}

}  // namespace readout
