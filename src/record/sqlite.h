// The one place that speaks SQLite's C interface: a connection and prepared statements by value.
#pragma once

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "readout/result.h"

namespace readout::record {

class Database;

/// A prepared statement with bound values; reset when it goes out of scope.
class Statement {
 public:
  Statement(sqlite3_stmt* statement, sqlite3* db) : statement_(statement), db_(db) {}
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  Statement(Statement&& other) noexcept : statement_(other.statement_), db_(other.db_) { other.statement_ = nullptr; }
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  Statement& bind(int i, std::string_view text);
  Statement& bind(int i, int64_t number);
  Statement& bind_blob(int i, std::string_view bytes);
  Statement& bind_null(int i);
  /// Empty text as NULL.
  Statement& bind_optional(int i, std::string_view text) { return text.empty() ? bind_null(i) : bind(i, text); }

  /// True: a row is there. False: done.
  Result<bool> step();
  /// Steps to the end.
  Result<void> run();
  std::string_view text(int column) const;  // valid until the next step
  int64_t number(int column) const;
  bool is_null(int column) const;

 private:
  sqlite3_stmt* statement_;
  sqlite3* db_;
};

class Database {
 public:
  static Result<Database> open(const std::string& file, int flags);
  /// A cached statement; one use at a time.
  Result<Statement> prepare(std::string_view sql) const;
  Result<void> execute(const std::string& script) const;
  /// Statements end with Code::Limit once `most` has passed from now; zero: never.
  void limit_time(std::chrono::milliseconds most) const;
  int64_t last_rowid() const;
  int64_t changes() const;

 private:
  struct Closer {
    void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
  };
  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  using Cache = std::unordered_map<std::string, std::unique_ptr<sqlite3_stmt, Finalizer>>;
  using Clock = std::chrono::steady_clock;
  std::unique_ptr<Clock::time_point> deadline_ = std::make_unique<Clock::time_point>(Clock::time_point::max());
  // Statements go before the connection.
  std::unique_ptr<sqlite3, Closer> db_;
  std::unique_ptr<Cache> cache_ = std::make_unique<Cache>();
};

}  // namespace readout::record
