#include "record/sqlite.h"

namespace readout::record {
namespace {

Error failure(sqlite3* db, std::string_view doing) {
  const int code = sqlite3_errcode(db);
  const std::string message = std::string(doing) + ": " + sqlite3_errmsg(db);
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return {Code::Conflict, "another program is writing to the record (" + message + ")"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return {Code::BadData, "not a readout record, or damaged (" + message + ")"};
    case SQLITE_INTERRUPT: return {Code::Limit, "the question took longer than the time limit"};
    case SQLITE_CANTOPEN: return {Code::NotFound, message};
    default: return {Code::Io, message};
  }
}

}  // namespace

Statement::~Statement() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

Statement& Statement::bind(int i, std::string_view text) {
  sqlite3_bind_text64(statement_, i, text.data() == nullptr ? "" : text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  return *this;
}
Statement& Statement::bind(int i, int64_t number) {
  sqlite3_bind_int64(statement_, i, number);
  return *this;
}
Statement& Statement::bind_blob(int i, std::string_view bytes) {
  sqlite3_bind_blob64(statement_, i, bytes.data() == nullptr ? "" : bytes.data(), bytes.size(), SQLITE_TRANSIENT);
  return *this;
}
Statement& Statement::bind_null(int i) {
  sqlite3_bind_null(statement_, i);
  return *this;
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return failure(db_, "record");
}

Result<void> Statement::run() {
  while (true) {
    const auto more = step();
    if (!more) return more.error();
    if (!*more) return {};
  }
}

std::string_view Statement::text(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return bytes == nullptr ? std::string_view() : std::string_view(bytes, static_cast<size_t>(sqlite3_column_bytes(statement_, column)));
}
int64_t Statement::number(int column) const { return sqlite3_column_int64(statement_, column); }
bool Statement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

Result<Database> Database::open(const std::string& file, int flags) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database;
  database.db_.reset(raw);
  if (code != SQLITE_OK) {
    if (raw == nullptr) return Error{Code::Io, file + ": out of memory"};
    return failure(raw, file);
  }
  sqlite3_extended_result_codes(raw, 1);
  sqlite3_busy_timeout(raw, 5000);
  return database;
}

Result<Statement> Database::prepare(std::string_view sql) const {
  auto& slot = (*cache_)[std::string(sql)];
  if (!slot) {
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v3(db_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &raw,
                           nullptr) != SQLITE_OK) {
      const Error error = failure(db_.get(), sql);
      cache_->erase(std::string(sql));
      return error;
    }
    slot.reset(raw);
  }
  return Statement(slot.get(), db_.get());
}

Result<void> Database::execute(const std::string& script) const {
  if (sqlite3_exec(db_.get(), script.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    return failure(db_.get(), "record");
  }
  return {};
}

void Database::limit_time(std::chrono::milliseconds most) const {
  *deadline_ = most.count() == 0 ? Clock::time_point::max() : Clock::now() + most;
  // Looked at every so many steps of SQLite's machine: some tenths of a millisecond.
  sqlite3_progress_handler(
      db_.get(), 20'000, [](void* deadline) { return Clock::now() > *static_cast<const Clock::time_point*>(deadline) ? 1 : 0; }, deadline_.get());
}

int64_t Database::last_rowid() const { return sqlite3_last_insert_rowid(db_.get()); }
int64_t Database::changes() const { return sqlite3_changes64(db_.get()); }

}  // namespace readout::record
