// Reading the record back: lists, rows, export and import.
#include <charconv>
#include <map>

#include "core/json_writer.h"
#include "core/utf8.h"
#include "readout/store.h"
#include "record/base64.h"
#include "record/row_line.h"
#include "record/store_impl.h"

namespace readout {
namespace {

std::string text_or_slice(const record::Statement& row, int text_column, std::string_view source, uint64_t begin, uint64_t end,
                          bool& has_text) {
  has_text = true;
  if (!row.is_null(text_column)) return std::string(row.text(text_column));
  if (source.data() != nullptr && end <= source.size()) return std::string(source.substr(begin, end - begin));
  has_text = false;
  return {};
}

}  // namespace

namespace {

/// Conditions of a list of documents, ?1 to ?6.
constexpr std::string_view kListed =
    " FROM document d WHERE (?1 = '' OR substr(published, 1, 10) >= ?1) AND (?2 = '' OR substr(published, 1, 10) <= ?2)"
    " AND (?3 = '' OR genre = ?3) AND (?4 = '' OR publisher = ?4)"
    " AND (?5 = '' OR n IN (SELECT document FROM fact WHERE kind = 'topic' AND type = ?5))"
    " AND (?6 = '' OR instr(lower(coalesce(title, '') || ' ' || coalesce(file, '')), lower(?6)) > 0)";

void bind_list(record::Statement& statement, const ListOptions& options) {
  statement.bind(1, options.from).bind(2, options.until).bind(3, options.genre).bind(4, options.publisher);
  statement.bind(5, options.topic).bind(6, options.title);
}

constexpr std::string_view kDocumentColumns =
    "SELECT id, title, publisher, published, genre, language, file, source_id,"
    " (SELECT count(*) FROM row WHERE document = d.n AND kind = 'turn'),"
    " (SELECT count(*) FROM row WHERE document = d.n AND kind = 'sentence'),"
    " (SELECT count(*) FROM row WHERE document = d.n)";

DocumentInfo info_of(const record::Statement& row) {
  DocumentInfo info;
  std::string* fields[] = {&info.id, &info.title, &info.publisher, &info.published, &info.genre, &info.language, &info.file, &info.source_id};
  for (int i = 0; i < 8; ++i) *fields[i] = row.text(i);
  info.turns = static_cast<uint64_t>(row.number(8));
  info.sentences = static_cast<uint64_t>(row.number(9));
  info.rows = static_cast<uint64_t>(row.number(10));
  return info;
}

}  // namespace

void Store::limit_time(std::chrono::milliseconds most) const { impl_->db.limit_time(most); }

Result<std::vector<DocumentInfo>> Store::list(const ListOptions& options) const {
  auto statement = impl_->db.prepare(std::string(kDocumentColumns) + std::string(kListed) +
                                     (options.newest_first ? " ORDER BY published DESC, n DESC" : " ORDER BY n") + " LIMIT ?7 OFFSET ?8");
  if (!statement) return statement.error();
  bind_list(*statement, options);
  statement->bind(7, options.limit > INT64_MAX ? int64_t{-1} : static_cast<int64_t>(options.limit));
  statement->bind(8, static_cast<int64_t>(options.offset));
  std::vector<DocumentInfo> documents;
  while (true) {
    const auto more = statement->step();
    if (!more) return more.error();
    if (!*more) break;
    documents.push_back(info_of(*statement));
  }
  return documents;
}

Result<uint64_t> Store::count(const ListOptions& options) const {
  auto statement = impl_->db.prepare("SELECT count(*)" + std::string(kListed));
  if (!statement) return statement.error();
  bind_list(*statement, options);
  if (const auto row = statement->step(); !row) return row.error();
  return static_cast<uint64_t>(statement->number(0));
}

Result<std::vector<std::pair<DocumentInfo, std::string>>> Store::near_documents(std::string_view document) const {
  auto statement = impl_->db.prepare(std::string(kDocumentColumns) +
                                     ", near.distance || ' of 64 bits differ' FROM near_document near JOIN document d ON d.n = near.other"
                                     " WHERE near.document = (SELECT n FROM document WHERE id = ?) ORDER BY near.distance, d.n");
  if (!statement) return statement.error();
  statement->bind(1, document);
  std::vector<std::pair<DocumentInfo, std::string>> found;
  while (true) {
    const auto more = statement->step();
    if (!more) return more.error();
    if (!*more) return found;
    found.emplace_back(info_of(*statement), statement->text(11));
  }
}

Result<RowPage> Store::rows(const RowQuery& query) const {
  // A page begins behind (document, row) of the last row of the page before.
  int64_t after_document = 0, after_row = 0;
  if (!query.after.empty()) {
    const size_t dash = query.after.find('-');
    const char* const end = query.after.data() + query.after.size();
    const bool good = dash != std::string::npos &&
                      std::from_chars(query.after.data(), query.after.data() + dash, after_document).ptr == query.after.data() + dash &&
                      std::from_chars(query.after.data() + dash + 1, end, after_row).ptr == end && dash + 1 < query.after.size();
    if (!good) return Error{Code::BadInput, "cursor: \"" + query.after + "\" was not given by this record"};
  }
  std::string where = " WHERE (r.document, r.n) > (?1, ?2)";
  if (!query.kind.empty()) where += " AND r.kind = ?3";
  if (!query.document.empty()) where += " AND r.document = (SELECT n FROM document WHERE id = ?4)";
  if (!query.actor.empty()) where += " AND r.n IN (SELECT row FROM row_actor WHERE actor = ?5 AND (role = ?6 OR (?6 = '' AND role <> 'mentions')))";
  auto statement = impl_->db.prepare(
      "SELECT r.id, r.kind, r.begin, r.end, r.text, r.rest, d.id, d.n, r.n FROM row r JOIN document d ON d.n = r.document" + where +
      " ORDER BY r.document, r.n LIMIT ?7");
  if (!statement) return statement.error();
  statement->bind(1, after_document).bind(2, after_row);
  if (!query.kind.empty()) statement->bind(3, query.kind);
  if (!query.document.empty()) statement->bind(4, query.document);
  if (!query.actor.empty()) statement->bind(5, query.actor).bind(6, query.role);
  statement->bind(7, static_cast<int64_t>(query.limit) + 1);
  RowPage page;
  std::string bytes, last;
  int64_t bytes_of = 0;
  bool kept = false;
  while (true) {
    const auto more = statement->step();
    if (!more) return more.error();
    if (!*more) return page;
    if (page.lines.size() == query.limit) {
      page.next = last;
      return page;
    }
    record::RowLine row;
    row.doc = statement->text(6);
    if (statement->number(7) != bytes_of) {
      bytes_of = statement->number(7);
      auto found = source(row.doc);
      if (!found && found.error().code != Code::NotFound) return found.error();
      kept = static_cast<bool>(found);
      bytes = kept ? std::move(*found) : std::string();
    }
    row.id = statement->text(0);
    row.kind = statement->text(1);
    row.begin = static_cast<uint64_t>(statement->number(2));
    row.end = static_cast<uint64_t>(statement->number(3));
    row.text = text_or_slice(*statement, 4, kept ? std::string_view(bytes) : std::string_view(), row.begin, row.end, row.has_text);
    row.rest = statement->text(5);
    const auto corrected = record::correction_of(impl_->db, row.id);
    if (!corrected) return corrected.error();
    record::apply(*corrected, row);
    record::append_row(row, page.lines.emplace_back());
    last = std::to_string(bytes_of) + "-" + std::to_string(statement->number(8));
  }
}

Result<std::vector<std::string>> Store::resolve_document(std::string_view prefix) const {
  auto statement = impl_->db.prepare("SELECT id FROM document WHERE substr(id, 1, length(?1)) = ?1 OR source_id = ?1 ORDER BY n LIMIT 20");
  if (!statement) return statement.error();
  statement->bind(1, prefix);
  std::vector<std::string> ids;
  while (true) {
    const auto more = statement->step();
    if (!more) return more.error();
    if (!*more) return ids;
    ids.emplace_back(statement->text(0));
  }
}

Result<std::string> Store::source(std::string_view document) const {
  auto statement = impl_->db.prepare("SELECT bytes FROM source JOIN document ON n = document WHERE id = ?");
  if (!statement) return statement.error();
  const auto found = statement->bind(1, document).step();
  if (!found) return found.error();
  if (!*found) return Error{Code::NotFound, "the bytes of document " + std::string(document) + " are not kept"};
  return std::string(statement->text(0));
}

namespace {

/// Lines of one document; `corrections` null: as they were read.
Result<std::string> lines_of(const record::Database& db, std::string_view document, const Result<std::string>& bytes,
                             const std::map<std::string, record::Corrected, std::less<>>* corrections) {
  if (!bytes && bytes.error().code != Code::NotFound) return bytes.error();
  const std::string_view view = bytes ? std::string_view(*bytes) : std::string_view();
  auto statement = db.prepare(
      "SELECT row.id, kind, begin, end, text, rest FROM row JOIN document d ON d.n = row.document WHERE d.id = ? ORDER BY row.n");
  if (!statement) return statement.error();
  statement->bind(1, document);
  std::string out;
  while (true) {
    const auto more = statement->step();
    if (!more) return more.error();
    if (!*more) break;
    record::RowLine row;
    row.id = statement->text(0);
    row.kind = statement->text(1);
    row.doc = document;
    row.begin = static_cast<uint64_t>(statement->number(2));
    row.end = static_cast<uint64_t>(statement->number(3));
    row.text = text_or_slice(*statement, 4, view, row.begin, row.end, row.has_text);
    row.rest = statement->text(5);
    if (corrections != nullptr && !corrections->empty()) {
      if (const auto corrected = corrections->find(row.id); corrected != corrections->end()) {
        if (corrected->second.wrong) continue;
        record::apply(corrected->second, row);
      }
    }
    record::append_row(row, out);
    out += '\n';
  }
  if (out.empty()) return Error{Code::NotFound, "no document " + std::string(document)};
  return out;
}

}  // namespace

Result<std::string> Store::record_as_read(std::string_view document) const { return lines_of(impl_->db, document, source(document), nullptr); }

Result<std::string> Store::record(std::string_view document) const {
  const auto corrections = record::corrections_of(impl_->db, document);
  if (!corrections) return corrections.error();
  return lines_of(impl_->db, document, source(document), &*corrections);
}

Result<std::string> Store::row(std::string_view id) const {
  auto statement = impl_->db.prepare(
      "SELECT row.id, kind, begin, end, text, rest, d.id, (SELECT bytes FROM source WHERE source.document = d.n)"
      " FROM row JOIN document d ON d.n = row.document WHERE row.id = ? ORDER BY row.n LIMIT 1");
  if (!statement) return statement.error();
  const auto found = statement->bind(1, id).step();
  if (!found) return found.error();
  if (!*found) return Error{Code::NotFound, "no row " + std::string(id)};
  record::RowLine row;
  row.id = statement->text(0);
  row.kind = statement->text(1);
  row.begin = static_cast<uint64_t>(statement->number(2));
  row.end = static_cast<uint64_t>(statement->number(3));
  row.rest = statement->text(5);
  row.doc = statement->text(6);
  row.text = text_or_slice(*statement, 4, statement->is_null(7) ? std::string_view() : statement->text(7), row.begin, row.end, row.has_text);
  { const record::Statement done = std::move(*statement); }
  const auto corrected = record::correction_of(impl_->db, id);
  if (!corrected) return corrected.error();
  record::apply(*corrected, row);
  std::string out;
  record::append_row(row, out);
  return out;
}

Result<std::vector<std::pair<std::string, std::string>>> Store::resolve_row(std::string_view prefix) const {
  auto statement = impl_->db.prepare(
      "SELECT row.id, d.id FROM row JOIN document d ON d.n = row.document WHERE row.id >= ?1 AND row.id < ?1 || char(0x10FFFF)"
      " ORDER BY row.id, row.document LIMIT 20");
  if (!statement) return statement.error();
  statement->bind(1, prefix);
  std::vector<std::pair<std::string, std::string>> found;
  while (true) {
    const auto more = statement->step();
    if (!more) return more.error();
    if (!*more) return found;
    found.emplace_back(statement->text(0), statement->text(1));
  }
}

Result<void> Store::export_all(const std::function<bool(std::string_view)>& sink, bool with_source) const {
  std::vector<std::string> ids;
  {
    auto statement = impl_->db.prepare("SELECT id FROM document ORDER BY n");
    if (!statement) return statement.error();
    while (true) {
      const auto more = statement->step();
      if (!more) return more.error();
      if (!*more) break;
      ids.emplace_back(statement->text(0));
    }
  }
  for (const std::string& id : ids) {
    auto lines = record_as_read(id);
    if (!lines) return lines.error();
    if (with_source) {
      const auto bytes = source(id);
      if (!bytes && bytes.error().code != Code::NotFound) return bytes.error();
      if (bytes) {
        const bool utf8_text = utf8::find_invalid(*bytes) == std::string_view::npos;
        JsonWriter json(*lines);
        json.begin_object().field("kind", "source").field("doc", id);
        json.field("encoding", utf8_text ? "utf-8" : "base64");
        json.field("content", utf8_text ? *bytes : record::to_base64(*bytes)).end_object();
        *lines += '\n';
      }
    }
    const auto entries = corrections(id, {}, SIZE_MAX, 0);
    if (!entries) return entries.error();
    for (auto entry = entries->rbegin(); entry != entries->rend(); ++entry) *lines += to_json(*entry) + "\n";
    if (!sink(*lines)) return {};
  }
  return {};
}

Result<Store::Imported> Store::import_lines(const std::function<std::optional<std::string>()>& next_line) {
  Imported imported;
  std::string record;
  std::optional<std::string> bytes;
  std::string current;
  uint64_t line_number = 0, first_line = 0, since_commit = 0;
  if (auto begun = begin(); !begun) return begun.error();
  const auto flush = [&]() -> Result<void> {
    if (record.empty()) return {};
    const std::string_view view = bytes ? std::string_view(*bytes) : std::string_view();
    const auto added = add(record, bytes ? &view : nullptr);
    if (!added) return added.error().within("document that begins at line " + std::to_string(first_line));
    imported.documents += *added == Added::New ? 1 : 0;
    imported.known += *added == Added::Known ? 1 : 0;
    imported.replaced += *added == Added::Replaced ? 1 : 0;
    record.clear();
    bytes.reset();
    if (++since_commit >= 64) {
      since_commit = 0;
      if (auto done = commit(); !done) return done;
      if (auto begun = begin(); !begun) return begun;
    }
    return {};
  };
  const auto failed = [&](const Error& error) {
    (void)impl_->db.execute("ROLLBACK");  // the error that led here is the one to report
    return error;
  };
  while (auto line = next_line()) {
    ++line_number;
    if (line->empty()) continue;
    auto kept = record::parse_source_line(*line);
    if (!kept) return failed(kept.error().within("line " + std::to_string(line_number)));
    if (kept->has_value()) {
      bytes = std::move((*kept)->second);
      continue;
    }
    if (line->starts_with("{\"kind\":\"correction\"")) {
      // The document before it has to be there first.
      if (auto done = flush(); !done) return failed(done.error());
      auto entry = correction_from_json(*line);
      if (!entry) return failed(entry.error().within("line " + std::to_string(line_number)));
      if (auto done = restore_correction(*entry); !done) return failed(done.error());
      continue;
    }
    const auto row = record::parse_row(*line);
    if (!row) return failed(row.error().within("line " + std::to_string(line_number)));
    if (row->kind == "document") {
      if (auto done = flush(); !done) return failed(done.error());
      first_line = line_number;
      current = row->doc;
    } else if (row->doc != current) {
      return failed(Error{Code::BadInput, "line " + std::to_string(line_number) + ": a row of another document than the one before it"});
    }
    record += *line;
    record += '\n';
  }
  if (auto done = flush(); !done) return failed(done.error());
  if (auto done = commit(); !done) return done.error();
  return imported;
}

}  // namespace readout
