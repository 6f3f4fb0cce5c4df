#include "query/eval_agreements.h"

#include <algorithm>

#include "query/gold_actors.h"

namespace readout::query {
namespace {

bool touches(const Agreement& row, Span span) {
  if (row.span.overlaps(span)) return true;
  return std::any_of(row.also.begin(), row.also.end(), [&](Span s) { return s.overlaps(span); });
}

std::vector<std::string> ids(const Document& doc, const std::vector<ActorId>& actors) {
  std::vector<std::string> out;
  for (const ActorId id : actors) out.emplace_back(doc.str(doc.actors()->actors[index(id)].id));
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

AgreementScores eval_agreements(const std::vector<GoldDocument>& gold,
                                const entities::Knowledge& knowledge) {
  AgreementScores scores;
  for (const GoldDocument& document : gold) {
    const Document& doc = document.doc;
    const auto& rows = doc.agreements()->agreements;
    std::vector<bool> right(rows.size(), false);
    const ActorAlignment align(document, knowledge);
    bool bodies = false;
    for (const GoldRow& row : document.rows)
      bodies = bodies || (row.kind == "agreement" && row.text("type") == "body");
    for (const GoldRow& row : document.rows) {
      if (row.kind != "agreement" || !row.span) continue;
      ++scores.mentions.gold;
      const Agreement* found = nullptr;
      for (size_t r = 0; r < rows.size(); ++r) {
        if (!touches(rows[r], *row.span)) continue;
        right[r] = true;
        if (found == nullptr) found = &rows[r];
      }
      const std::string where =
          document.name + ":" + std::to_string(row.line) + ": \"" + row.text("text") + "\"";
      if (found == nullptr) {
        scores.failures.push_back(where + " not found");
        continue;
      }
      ++scores.gold_found;
      const std::string type(doc.str(found->type));
      if (type == row.text("type")) {
        ++scores.type_right;
      } else {
        scores.failures.push_back(where + " read as " + type + ", gold " + row.text("type"));
      }
      if (const std::string date = row.text("date"); !date.empty()) {
        ++scores.date_gold;
        const std::string ours(found->date == kNone<TimexId>
                                   ? std::string_view()
                                   : doc.str(doc.timexes()->timexes[index(found->date)].value));
        if (ours == date) {
          ++scores.date_right;
        } else {
          scores.failures.push_back(where + " dated \"" + ours + "\", gold " + date);
        }
      }
      if (std::vector<std::string> parties = row.list("parties"); !parties.empty()) {
        ++scores.parties_gold;
        const std::set<std::string> aligned = align(parties);
        parties.assign(aligned.begin(), aligned.end());
        if (ids(doc, found->parties) == parties) ++scores.parties_right;
      }
    }
    for (size_t r = 0; r < rows.size(); ++r) {
      if (!bodies && doc.str(rows[r].type) == "body") continue;
      ++scores.mentions.system;
      scores.ours_right += right[r] ? 1 : 0;
      if (!right[r])
        scores.failures.push_back(document.name + ": gold does not have \"" +
                                  std::string(doc.text(rows[r].span)) + "\"");
    }
  }
  return scores;
}

}  // namespace readout::query
