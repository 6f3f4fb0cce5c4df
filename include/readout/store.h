// The record of many documents: one SQLite file, one writer and many readers.
//
// What goes in and comes out are the lines of readout.record/1; the file's tables are described in
// data/record/schema.sql. Every document goes in whole or not at all: the store survives being
// killed at any moment.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "readout/correction.h"
#include "readout/facts.h"
#include "readout/result.h"

namespace readout {

struct DocumentInfo {
  std::string id, title, publisher, published, genre, language, file, source_id;
  uint64_t turns = 0, sentences = 0, rows = 0;
};

struct SearchOptions {
  std::string speaker;           // words of the speaker's label or an actor id; empty: anybody
  std::string from, until;       // days of publication, ISO 8601, both included; empty: open
  size_t limit = 20;
  size_t offset = 0;
};

struct SearchHit {
  std::string document, title, published;
  std::string row;               // id of the sentence
  std::string text, speaker;     // the sentence verbatim; the label of its turn
  uint64_t begin = 0, end = 0;
  std::vector<std::pair<uint32_t, uint32_t>> marks;  // byte ranges in `text` that matched
};

struct VerifyReport {
  uint64_t documents = 0, rows = 0, spans = 0;
  std::vector<std::string> problems;  // the first kMaxProblems of them
  uint64_t problem_count = 0;
  static constexpr size_t kMaxProblems = 100;
};

struct ListOptions {
  std::string from, until, genre, publisher;
  std::string topic;                         // the document has this topic
  std::string title;                         // words of the title or file name, in any case
  bool newest_first = false;                 // by day of publication instead of the order of adding
  size_t limit = SIZE_MAX, offset = 0;
};

/// Rows as they were read, of one kind, document, actor or all, in the order of documents and rows.
struct RowQuery {
  std::string kind, document, actor, role;
  std::string after;                         // `next` of the page before; empty: from the beginning
  size_t limit = 100;
};
struct RowPage {
  std::vector<std::string> lines;            // rows of readout.record/1
  std::string next;                          // empty: that was all
};

/// An open record. Movable; use one per thread.
class Store {
 public:
  enum class Mode { Read, Write, Create };
  enum class Added { New, Known, Replaced };

  /// Opens and, if it is of an older version, migrates. `Create` makes the file if it is not there.
  static Result<Store> open(const std::string& file, Mode mode);
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  /// Adds the record lines of one document (the document row first). Same bytes and versions: no
  /// change. Same bytes, other versions: its rows are replaced. `source`: the document's bytes, or
  /// null if they are not known. Call between `begin` and `commit`.
  Result<Added> add(std::string_view record, const std::string_view* source);
  /// Versions under which a document is kept, nothing if it is not: "engine\ndata\nmodel".
  Result<std::optional<std::string>> versions_of(std::string_view document) const;
  Result<void> begin();
  Result<void> commit();
  Result<void> rollback();
  Result<void> remove(std::string_view document);

  /// From now on no call may take longer than this; what does ends with Code::Limit. Zero: no limit.
  void limit_time(std::chrono::milliseconds most) const;

  Result<std::vector<DocumentInfo>> list(const ListOptions& options) const;
  /// How many documents `list` would give without limit and offset.
  Result<uint64_t> count(const ListOptions& options) const;
  Result<RowPage> rows(const RowQuery& query) const;
  /// Documents that the second pass found to be nearly the same, with what they differ in.
  Result<std::vector<std::pair<DocumentInfo, std::string>>> near_documents(std::string_view document) const;
  /// Full ids of the documents whose id or source id begins so.
  Result<std::vector<std::string>> resolve_document(std::string_view prefix) const;
  /// The record lines of one document, byte for byte as added.
  Result<std::string> record_as_read(std::string_view document) const;
  /// The same as corrections leave it: without rows that somebody calls wrong, with changed fields.
  Result<std::string> record(std::string_view document) const;
  /// The source bytes of one document; NotFound if they are not kept.
  Result<std::string> source(std::string_view document) const;
  /// Row and document ids of the rows whose id begins so, at most 20.
  Result<std::vector<std::pair<std::string, std::string>>> resolve_row(std::string_view prefix) const;
  /// The lines of one row by its id.
  Result<std::string> row(std::string_view id) const;
  /// Phrases in quotes, prefix*, NEAR(a b, 5), AND OR NOT, folded as the index is.
  Result<std::vector<SearchHit>> search(std::string_view query, const SearchOptions& options) const;
  /// Rows by actor, type, code, status, day and words; see docs/questions.md.
  Result<FactPage> facts(const FactQuery& query) const;
  /// The agreements that `query` finds, grouped; those of most documents first. Limit, offset and order are not used.
  Result<std::vector<AgreementGroup>> agreement_groups(const FactQuery& query) const;
  /// What rows say of the thread that begins with row `first`, by day.
  Result<std::vector<Claim>> claims(std::string_view first) const;
  /// Counts of the events that `query` finds, by day and CAMEO code. Limit and order are not used.
  Result<std::vector<EventCount>> event_counts(const FactQuery& query) const;
  /// Counts of all rows that `query` finds, by day (or month) and kind, sorted. Limit and order are not used.
  Result<std::vector<PeriodCount>> period_counts(const FactQuery& query) const;
  /// Actors that a name, alias, id or code ("RUS") may mean, best first. Exact matches, if there are
  /// any, else names that have all the words (each may be a beginning).
  Result<std::vector<ActorMatch>> find_actors(std::string_view words) const;
  /// The name that stands most often for an id; the id itself if it has none.
  Result<std::string> actor_name(std::string_view id) const;
  Result<ActorSummary> actor_summary(std::string_view id) const;
  /// What the record has most of; takes seconds on a large one.
  Result<Samples> samples() const;
  /// The second pass over the whole record: near-duplicate documents, actors that are the same, events
  /// told several times, threads of commitments, series of figures, names of agreements. May be repeated: does
  /// nothing if the record has not changed since.
  Result<LinkReport> link();
  /// A page of links; `total`: how many there are.
  Result<std::vector<Link>> links(const LinkQuery& query, uint64_t& total) const;
  /// Other ids that the second pass takes for the same actor.
  Result<std::vector<std::string>> same_actors(std::string_view id) const;
  /// Adds an entry on the row `correction.row`; document and kind are filled in. Call between `begin` and `commit`.
  Result<void> correct(const Correction& correction);
  /// Entries, newest first; empty document or row: all.
  Result<std::vector<Correction>> corrections(std::string_view document, std::string_view row, size_t limit, size_t offset) const;
  /// Conflict if there is one of this name. Between `begin` and `commit`, as the next ones.
  Result<void> put_alert(const Alert& alert);
  Result<void> remove_alert(std::string_view name);
  /// Keeps those hits whose row is not kept yet, and gives them. `found` empty: they were there before.
  Result<std::vector<AlertHit>> add_hits(std::string_view name, const std::vector<AlertHit>& hits, std::string_view found, std::string_view now);
  Result<std::vector<Alert>> alerts() const;
  Result<Alert> alert(std::string_view name) const;
  /// What was told, newest first.
  Result<std::vector<AlertHit>> hits(std::string_view name, size_t limit) const;
  /// All lines in order of adding, each document's followed by its source line and its corrections.
  Result<void> export_all(const std::function<bool(std::string_view)>& sink, bool with_source) const;
  /// Reads exported lines. Documents that are there already with the same versions are left alone.
  struct Imported { uint64_t documents = 0, known = 0, replaced = 0; };
  Result<Imported> import_lines(const std::function<std::optional<std::string>()>& next_line);
  Result<VerifyReport> verify(const std::function<bool(uint64_t done, uint64_t of)>& watch) const;

 private:
  struct Impl;
  Result<void> restore_correction(const Correction& correction);
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace readout
