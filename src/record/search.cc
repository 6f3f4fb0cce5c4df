// Search over the sentences: FTS5 finds the rows, the marks are found again in the original text.
#include "readout/store.h"
#include "record/fold.h"
#include "record/store_impl.h"

namespace readout {

namespace {
constexpr int64_t kRanked = 20'000;  // sentences; ranking them takes some hundredths of a second
}  // namespace

Result<std::vector<SearchHit>> Store::search(std::string_view query, const SearchOptions& options) const {
  std::vector<std::string> words;
  std::string match = record::fts_query(query, words);
  std::vector<std::string> speaker_words;
  const std::string speaker = record::fts_query("\"" + options.speaker + "\"", speaker_words);
  if (match.empty() && speaker.empty()) {
    return Error{Code::BadInput, "there is no word to search for in \"" + std::string(query) + "\""};
  }
  if (!match.empty()) match = "{folded} : (" + match + ")";
  if (!speaker.empty()) match = (match.empty() ? "" : match + " AND ") + "{speaker} : " + speaker;
  // A word that stands in a large part of all sentences ranks none of them: then the newest come first. Either
  // way the page is cut before anything else of its rows is looked at.
  bool common = false;
  {
    auto count = impl_->db.prepare("SELECT count(*) FROM (SELECT 1 FROM passage WHERE passage MATCH ?1 LIMIT ?2)");
    if (!count) return count.error();
    if (const auto row = count->bind(1, match).bind(2, kRanked + 1).step(); !row) return row.error();
    common = count->number(0) > kRanked;
  }
  std::string inner = "SELECT passage.rowid AS n, " + std::string(common ? "-passage.rowid" : "bm25(passage)") + " AS rank FROM passage";
  const bool dated = !options.from.empty() || !options.until.empty();
  if (dated) inner += " JOIN row q ON q.n = passage.rowid JOIN document e ON e.n = q.document";
  inner += " WHERE passage MATCH ?1";
  if (dated) inner += " AND (?2 = '' OR substr(e.published, 1, 10) >= ?2) AND (?3 = '' OR substr(e.published, 1, 10) <= ?3)";
  inner += common ? " ORDER BY passage.rowid DESC" : " ORDER BY 2, 1";
  auto statement = impl_->db.prepare(
      "SELECT d.id, d.title, d.published, row.id, row.begin, row.end, row.text, src.bytes,"
      " (SELECT rest FROM row t WHERE t.document = row.document AND t.id = json_extract(row.rest, '$.turn'))"
      " FROM (" + inner + " LIMIT ?4 OFFSET ?5) hit JOIN row ON row.n = hit.n JOIN document d ON d.n = row.document"
      " LEFT JOIN source src ON src.document = d.n ORDER BY hit.rank, row.n");
  if (!statement) return statement.error();
  statement->bind(1, match).bind(2, options.from).bind(3, options.until);
  statement->bind(4, static_cast<int64_t>(options.limit)).bind(5, static_cast<int64_t>(options.offset));
  std::vector<SearchHit> hits;
  while (true) {
    const auto more = statement->step();
    if (!more) return more.error();
    if (!*more) break;
    SearchHit hit;
    hit.document = statement->text(0);
    hit.title = statement->text(1);
    hit.published = statement->text(2);
    hit.row = statement->text(3);
    hit.begin = static_cast<uint64_t>(statement->number(4));
    hit.end = static_cast<uint64_t>(statement->number(5));
    if (!statement->is_null(6)) {
      hit.text = statement->text(6);
    } else if (!statement->is_null(7)) {
      hit.text = statement->text(7).substr(hit.begin, hit.end - hit.begin);
    }
    // The label of the turn, out of its row: "label":{"begin":..,"end":..,"text":"..."}.
    const std::string_view rest = statement->text(8);
    if (const size_t at = rest.find("\"label\":{"); at != std::string_view::npos) {
      const size_t text = rest.find("\"text\":\"", at);
      if (text != std::string_view::npos) {
        const size_t end = rest.find('"', text + 8);
        hit.speaker = rest.substr(text + 8, end - text - 8);
      }
    }
    for (const auto& [range, word] : record::folded_words(hit.text)) {
      for (const std::string& wanted : words) {
        const bool prefix = wanted.ends_with('*');
        if (prefix ? word.starts_with(std::string_view(wanted).substr(0, wanted.size() - 1)) : word == wanted) {
          hit.marks.push_back(range);
          break;
        }
      }
    }
    hits.push_back(std::move(hit));
  }
  return hits;
}

}  // namespace readout
