// Opening, adding and removing. One transaction a batch; a document is in the record whole or not
// at all, whenever the process dies (write-ahead log).
#include "readout/store.h"

#include <map>

#include "core/check.h"
#include "core/embedded.h"
#include "core/utf8.h"
#include "record/fold.h"
#include "record/row_line.h"
#include "record/store_impl.h"

namespace readout {

namespace record {

bool is_slice(std::string_view source, uint64_t begin, uint64_t end, std::string_view text) {
  return begin <= end && end <= source.size() && source.substr(begin, end - begin) == text;
}

}  // namespace record

using record::Statement;

namespace {

/// From `version` to the newest, in one transaction.
Result<void> migrate(const record::Database& db, int64_t version) {
  if (auto begun = db.execute("BEGIN IMMEDIATE"); !begun) return begun;
  {
    // Another process may have done it while this one waited for the lock.
    auto now = db.prepare("PRAGMA user_version");
    if (!now) return now.error();
    if (const auto row = now->step(); !row) return row.error();
    version = now->number(0);
  }
  for (int64_t to = version + 1; to <= record::kSchemaVersion; ++to) {
    const std::string step(embedded("record/migration_" + std::to_string(to) + ".sql"));
    READOUT_CHECK(!step.empty());
    if (auto done = db.execute(step + "PRAGMA user_version = " + std::to_string(to) + ";"); !done) return done;
  }
  // What was derived by an earlier version holds from version 4 on; later ones only add to it.
  if (version < 4) {
    if (auto done = record::derive_all(db); !done) return done;
  }
  return db.execute("COMMIT");
}

}  // namespace

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Result<Store> Store::open(const std::string& file, Mode mode) {
  const int flags = mode == Mode::Read ? SQLITE_OPEN_READONLY
                    : mode == Mode::Write ? SQLITE_OPEN_READWRITE
                                          : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  auto db = record::Database::open(file, flags);
  if (!db) {
    if (db.error().code == Code::NotFound) {
      return Error{Code::NotFound, file + ": there is no such record (readout add makes one)"};
    }
    return db.error().within(file);
  }
  auto impl = std::make_unique<Impl>();
  impl->db = std::move(*db);
  impl->file = file;
  Store store(std::move(impl));
  const record::Database& base = store.impl_->db;
  if (auto set = base.execute("PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;"); !set) return set.error().within(file);
  int64_t version = 0;
  {
    auto statement = base.prepare("PRAGMA user_version");
    if (!statement) return statement.error().within(file);
    const auto row = statement->step();
    if (!row) return row.error().within(file);
    version = statement->number(0);
  }
  if (version > record::kSchemaVersion) {
    return Error{Code::BadData, file + ": the record is of version " + std::to_string(version) + "; this program knows up to " +
                                    std::to_string(record::kSchemaVersion) + ". Use a newer readout"};
  }
  // The file is mapped, so that a look-up is a read of memory; what is mapped is the system's cache and not ours.
  if (auto set = base.execute("PRAGMA mmap_size = 4294967296; PRAGMA cache_size = -16384;"); !set) return set.error().within(file);
  if (mode != Mode::Read) {
    if (auto set = base.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"); !set) return set.error().within(file);
  }
  if (version == 0) {
    if (mode == Mode::Read) return Error{Code::BadData, file + ": not a readout record (its user_version is 0)"};
    auto tables = base.prepare("SELECT count(*) FROM sqlite_schema");
    if (!tables) return tables.error().within(file);
    if (auto row = tables->step(); !row) return row.error().within(file);
    const int64_t count = tables->number(0);
    { const Statement done = std::move(*tables); }
    if (count > 0) return Error{Code::BadData, file + ": an SQLite file, but not a readout record"};
    const std::string schema(embedded("record/schema.sql"));
    READOUT_CHECK(!schema.empty());
    auto made = base.execute("BEGIN IMMEDIATE;" + schema + "PRAGMA user_version = 1; COMMIT;");
    if (!made) return made.error().within(file);
    version = 1;
  }
  if (version < record::kSchemaVersion && mode == Mode::Read) {
    // Derived tables are missing: make them once, then open for reading as asked.
    const auto migrated = open(file, Mode::Write);
    if (!migrated) {
      return Error{migrated.error().code, file + ": the record is of version " + std::to_string(version) +
                                              " and must be written to once: " + migrated.error().message};
    }
    return store;
  }
  if (version < record::kSchemaVersion) {
    if (auto done = migrate(base, version); !done) {
      (void)base.execute("ROLLBACK");  // the error that led here is the one to report
      return done.error().within(file);
    }
  }
  return store;
}

Result<void> Store::begin() { return impl_->db.execute("BEGIN IMMEDIATE"); }
Result<void> Store::commit() { return impl_->db.execute("COMMIT"); }
Result<void> Store::rollback() { return impl_->db.execute("ROLLBACK"); }

Result<std::optional<std::string>> Store::versions_of(std::string_view document) const {
  auto find = impl_->db.prepare("SELECT engine || char(10) || data || char(10) || model FROM document WHERE id = ?");
  if (!find) return find.error();
  const auto row = find->bind(1, document).step();
  if (!row) return row.error();
  if (!*row) return std::optional<std::string>();
  return std::optional<std::string>(std::string(find->text(0)));
}

namespace {

/// Deletes the rows of a document and what is derived from them; the document itself stays.
Result<void> clear_rows(const record::Database& db, int64_t document) {
  if (auto done = record::underive(db, document); !done) return done;
  for (const std::string_view sql :
       {"DELETE FROM passage WHERE rowid IN (SELECT n FROM row WHERE document = ?1 AND kind = 'sentence')",
        "DELETE FROM row_actor WHERE row IN (SELECT n FROM row WHERE document = ?1)",
        "DELETE FROM row WHERE document = ?1", "DELETE FROM source WHERE document = ?1", "DELETE FROM document_mark WHERE document = ?1",
        "DELETE FROM near_document WHERE document = ?1 OR other = ?1"}) {
    auto statement = db.prepare(sql);
    if (!statement) return statement.error();
    if (auto done = statement->bind(1, document).run(); !done) return done;
  }
  return {};
}

Result<int64_t> insert_row(const record::Database& db, int64_t document, const record::RowLine& row,
                           const std::string_view* source, std::map<std::string, std::string>& turn_words) {
  int64_t n = 0;
  {
    auto insert = db.prepare("INSERT INTO row (document, id, kind, begin, end, text, rest) VALUES (?, ?, ?, ?, ?, ?, ?)");
    if (!insert) return insert.error();
    insert->bind(1, document).bind(2, row.id).bind(3, row.kind);
    insert->bind(4, static_cast<int64_t>(row.begin)).bind(5, static_cast<int64_t>(row.end)).bind(7, row.rest);
    const bool cut = row.has_text && source != nullptr && record::is_slice(*source, row.begin, row.end, row.text);
    if (cut) {
      insert->bind_null(6);
    } else if (row.has_text) {
      insert->bind(6, row.text);
    } else {
      insert->bind_null(6);
    }
    if (auto done = insert->run(); !done) return done.error();
    n = db.last_rowid();
  }
  const record::RowFields fields = record::row_fields(row);
  if (auto done = record::insert_actors(db, n, fields); !done) return done.error();
  if (row.kind == "turn") {
    std::string words = fields.label;
    for (const auto& [role, actor] : fields.actors) {
      if (role == "speaker") words += " " + actor;
    }
    turn_words[row.id] = record::fold(words);
  }
  if (row.kind == "sentence") {
    auto insert = db.prepare("INSERT INTO passage (rowid, folded, speaker) VALUES (?, ?, ?)");
    if (!insert) return insert.error();
    const auto turn = turn_words.find(fields.turn);
    insert->bind(1, n).bind(2, record::fold(row.text));
    insert->bind(3, turn == turn_words.end() ? std::string_view() : std::string_view(turn->second));
    if (auto done = insert->run(); !done) return done.error();
  }
  return n;
}

}  // namespace

Result<Store::Added> Store::add(std::string_view record, const std::string_view* source) {
  std::vector<record::RowLine> rows;
  size_t line_number = 0;
  while (!record.empty()) {
    const size_t end = std::min(record.find('\n'), record.size());
    ++line_number;
    if (end > 0) {
      auto row = record::parse_row(record.substr(0, end));
      if (!row) return row.error().within("line " + std::to_string(line_number));
      rows.push_back(std::move(*row));
    }
    record.remove_prefix(std::min(end + 1, record.size()));
  }
  if (rows.empty() || rows.front().kind != "document") {
    return Error{Code::BadInput, "the rows of a document begin with its document row"};
  }
  const record::RowLine& head = rows.front();
  for (const record::RowLine& row : rows) {
    if (row.doc != head.doc) return Error{Code::BadInput, "row " + row.id + " is of another document than the rows around it"};
    if (source != nullptr && row.end > source->size()) return Error{Code::BadInput, "row " + row.id + " ends behind the source"};
  }
  const record::RowFields fields = record::row_fields(head);
  const record::Database& db = impl_->db;
  int64_t document = 0;
  bool replaced = false;
  {
    auto find = db.prepare("SELECT n, engine, data, model FROM document WHERE id = ?");
    if (!find) return find.error();
    const auto found = find->bind(1, head.doc).step();
    if (!found) return found.error();
    if (*found) {
      if (find->text(1) == fields.get("engine") && find->text(2) == fields.get("data") && find->text(3) == fields.get("model")) {
        return Added::Known;
      }
      document = find->number(0);
      replaced = true;
    }
  }
  if (replaced) {
    if (auto cleared = clear_rows(db, document); !cleared) return cleared.error();
  }
  {
    auto put = db.prepare(replaced ? "UPDATE document SET title=?2, publisher=?3, published=?4, genre=?5, language=?6, file=?7, source_id=?8, "
                                     "encoding=?9, engine=?10, data=?11, model=?12 WHERE id = ?1"
                                   : "INSERT INTO document (id, title, publisher, published, genre, language, file, source_id, encoding, engine, "
                                     "data, model) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
    if (!put) return put.error();
    put->bind(1, head.doc);
    int i = 2;
    for (const char* key : {"title", "publisher", "published", "genre", "language", "file", "source_id", "encoding"}) {
      put->bind_optional(i++, fields.get(key));
    }
    for (const char* key : {"engine", "data", "model"}) put->bind(i++, fields.get(key));
    if (auto done = put->run(); !done) return done.error();
    if (!replaced) document = db.last_rowid();
  }
  if (source != nullptr) {
    auto put = db.prepare("INSERT INTO source (document, bytes) VALUES (?, ?)");
    if (!put) return put.error();
    if (auto done = put->bind(1, document).bind_blob(2, *source).run(); !done) return done.error();
  }
  std::map<std::string, std::string> turn_words;
  std::vector<record::PlacedRow> placed;
  for (const record::RowLine& row : rows) {
    const auto n = insert_row(db, document, row, source, turn_words);
    if (!n) return n.error().within("row " + row.id);
    placed.push_back({*n, &row});
  }
  if (auto done = record::derive(db, document, fields.get("published"), placed); !done) return done.error();
  // What people said of the rows holds for this reading too.
  if (auto done = record::reattach(db, head.doc, rows); !done) return done.error();
  const auto corrections = record::corrections_of(db, head.doc);
  if (!corrections) return corrections.error();
  if (!corrections->empty()) {
    if (auto done = record::rederive(db, document); !done) return done.error();
  }
  return replaced ? Added::Replaced : Added::New;
}

Result<void> Store::remove(std::string_view document) {
  auto find = impl_->db.prepare("SELECT n FROM document WHERE id = ?");
  if (!find) return find.error();
  const auto found = find->bind(1, document).step();
  if (!found) return found.error();
  if (!*found) return Error{Code::NotFound, "no document " + std::string(document)};
  const int64_t n = find->number(0);
  { const Statement done = std::move(*find); }
  if (auto cleared = clear_rows(impl_->db, n); !cleared) return cleared;
  auto drop = impl_->db.prepare("DELETE FROM document WHERE n = ?");
  if (!drop) return drop.error();
  return drop->bind(1, n).run();
}

}  // namespace readout
