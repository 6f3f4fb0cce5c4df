// Re-checks the record against the bytes: hashes, spans, every piece of evidence, every id, the
// references between rows, the full-text index and SQLite's own structure.
#include <map>
#include <set>

#include "core/hash.h"
#include "core/utf8.h"
#include "readout/store.h"
#include "record/row_line.h"
#include "record/row_writer.h"
#include "record/store_impl.h"

namespace readout {
namespace {

/// The letters of `text` all stand in `slice`, in that order: how decoded text (an entity, a
/// converted encoding) is checked against bytes that are not the text itself.
bool same_ascii_letters(std::string_view slice, std::string_view text) {
  size_t at = 0;
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if (u >= 0x80 || !((u | 0x20U) >= 'a' && (u | 0x20U) <= 'z')) continue;
    at = slice.find(c, at);
    if (at == std::string_view::npos) return false;
    ++at;
  }
  return true;
}

}  // namespace

Result<VerifyReport> Store::verify(const std::function<bool(uint64_t, uint64_t)>& watch) const {
  VerifyReport report;
  const auto problem = [&](std::string what) {
    if (++report.problem_count <= VerifyReport::kMaxProblems) report.problems.push_back(std::move(what));
  };
  for (const std::string_view check : {"PRAGMA integrity_check(20)", "PRAGMA foreign_key_check"}) {
    auto statement = impl_->db.prepare(check);
    if (!statement) return statement.error();
    while (true) {
      const auto more = statement->step();
      if (!more) return more.error();
      if (!*more) break;
      if (statement->text(0) != "ok") problem("SQLite: " + std::string(statement->text(0)));
    }
  }
  {
    // A sentence without its index entry, or the other way round.
    auto statement = impl_->db.prepare(
        "SELECT (SELECT count(*) FROM row WHERE kind = 'sentence'), (SELECT count(*) FROM passage)");
    if (!statement) return statement.error();
    if (auto row = statement->step(); !row) return row.error();
    if (statement->number(0) != statement->number(1)) {
      problem("the full-text index has " + std::to_string(statement->number(1)) + " entries for " +
              std::to_string(statement->number(0)) + " sentences");
    }
  }
  auto documents = list({});
  if (!documents) return documents.error();
  for (const DocumentInfo& info : *documents) {
    if (watch && !watch(report.documents, documents->size())) break;
    ++report.documents;
    const auto bytes = source(info.id);
    if (!bytes && bytes.error().code != Code::NotFound) return bytes.error();
    if (bytes && sha256_hex(*bytes) != info.id) problem("document " + info.id + ": the bytes have another hash");
    const auto lines = record_as_read(info.id);
    if (!lines) {
      problem("document " + info.id + ": " + lines.error().message);
      continue;
    }
    std::set<std::string, std::less<>> ids;
    std::vector<std::pair<std::string, std::string>> references;  // row, what it refers to
    std::string_view rest = *lines;
    bool first = true;
    while (!rest.empty()) {
      const size_t end = std::min(rest.find('\n'), rest.size());
      const auto row = record::parse_row(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (!row) {
        problem("document " + info.id + ": " + row.error().message);
        continue;
      }
      ++report.rows;
      if (first && row->kind != "document") problem("document " + info.id + ": its first row is no document row");
      first = false;
      if (!ids.insert(row->id).second) problem("row " + row->id + ": its id stands twice in one document");
      const record::RowFields fields = record::row_fields(*row);
      for (const char* key : {"sentence", "turn", "parent", "fulfils", "revises"}) {
        if (std::string to = fields.get(key); !to.empty()) references.emplace_back(row->id, std::move(to));
      }
      if (!bytes) continue;
      const auto check = [&](uint64_t begin, uint64_t span_end, std::string_view text) {
        ++report.spans;
        if (begin > span_end || span_end > bytes->size()) {
          problem("row " + row->id + ": a span lies outside of the document");
          return;
        }
        const std::string_view slice = std::string_view(*bytes).substr(begin, span_end - begin);
        const bool whole = utf8::find_invalid(slice) == std::string_view::npos;
        if (whole ? slice != text : !same_ascii_letters(slice, text)) {
          problem("row " + row->id + ": bytes " + std::to_string(begin) + ".." + std::to_string(span_end) +
                  " do not read \"" + std::string(text.substr(0, 60)) + "\"");
        }
      };
      if (row->has_text) check(row->begin, row->end, row->text);
      for (const auto& evidence : fields.evidence) check(evidence.begin, evidence.end, evidence.text);
    }
    for (const auto& [row, to] : references) {
      if (!ids.contains(to)) problem("row " + row + ": refers to " + to + ", which is not there");
    }
  }
  return report;
}

}  // namespace readout
