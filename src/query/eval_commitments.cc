#include "query/eval_commitments.h"

#include <algorithm>
#include <tuple>

#include "query/gold_actors.h"
#include "readout/layer_names.h"

namespace readout::query {
namespace {

/// Share of words in both spans, by Dice.
double overlap(const Document& doc, Span a, Span b) {
  const TokenRange x = doc.tokens_in(a), y = doc.tokens_in(b);
  const uint32_t lo = std::max(index(x.begin), index(y.begin)),
                 hi = std::min(index(x.end), index(y.end));
  const uint32_t both = hi > lo ? hi - lo : 0;
  const uint32_t all = x.size() + y.size();
  return all == 0 ? 0 : 2.0 * both / all;
}

std::vector<std::string> ids(const Document& doc, const std::vector<ActorId>& actors) {
  std::vector<std::string> out;
  if (doc.actors() == nullptr) return out;
  for (const ActorId id : actors) out.emplace_back(doc.str(doc.actors()->actors[index(id)].id));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::string join(const std::vector<std::string>& list) {
  std::string out = "[";
  for (const std::string& item : list) out += (out.size() > 1 ? " " : "") + item;
  return out + "]";
}

std::string flat(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, 90)) out.push_back(c == '\n' ? ' ' : c);
  return out;
}

struct Wanted {
  const GoldRow* row;
  Span what;
  bool used = false;
};

}  // namespace

CommitmentScores eval_commitments(const std::vector<GoldDocument>& gold,
                                  const entities::Knowledge& knowledge) {
  CommitmentScores scores;
  for (const GoldDocument& document : gold) {
    const Document& doc = document.doc;
    const auto& rows = doc.commitments()->commitments;
    const ActorAlignment align(document, knowledge);
    std::vector<Wanted> wanted;
    for (const GoldRow& row : document.rows) {
      if (row.kind != "commitment") continue;
      ++scores.rows.gold;
      ++scores.content.gold;
      size_t nth = 1;
      if (row.json.contains("nth")) nth = row.json["nth"].get<size_t>();
      const auto span = find_text(doc.plain(), row.text("what"), nth, false);
      if (!span) {
        scores.failures.push_back(document.name + ":" + std::to_string(row.line) + ": what \"" +
                                  flat(row.text("what")) + "\" is not in the text read");
        continue;
      }
      wanted.push_back({&row, *span});
    }
    // Pairs by kind first, then by overlap; each side once.
    struct Pair {
      size_t gold, ours;
      double share;
      bool kind;
    };
    std::vector<Pair> pairs;
    for (size_t g = 0; g < wanted.size(); ++g) {
      for (size_t o = 0; o < rows.size(); ++o) {
        const double share = overlap(doc, wanted[g].what, rows[o].what);
        if (share >= 0.5)
          pairs.push_back(
              {g, o, share, name(rows[o].kind) == wanted[g].row->text("commitment_kind")});
      }
    }
    std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
      return std::tie(a.kind, a.share) > std::tie(b.kind, b.share);
    });
    std::vector<bool> used(rows.size(), false);
    scores.rows.system += rows.size();
    scores.content.system += rows.size();
    for (const Pair& pair : pairs) {
      Wanted& want = wanted[pair.gold];
      if (want.used || used[pair.ours]) continue;
      want.used = used[pair.ours] = true;
      ++scores.content.correct;
      const Commitment& row = rows[pair.ours];
      const std::string where = document.name + ":" + std::to_string(want.row->line) + ": \"" +
                                flat(want.row->text("what")) + "\" ";
      if (!pair.kind) {
        scores.failures.push_back(where + "is " + want.row->text("commitment_kind") + ", read as " +
                                  std::string(name(row.kind)));
        continue;
      }
      ++scores.rows.correct;
      std::vector<std::string> owed = want.row->list("owed_by");
      if (!owed.empty() && owed != std::vector<std::string>{"?"}) {
        const std::set<std::string> aligned = align(owed);
        owed.assign(aligned.begin(), aligned.end());
        ++scores.owed_by_gold;
        const auto ours = ids(doc, row.owed_by);
        if (ours == owed) {
          ++scores.owed_by_right;
        } else {
          scores.failures.push_back(where + "owed by " + join(owed) + ", read " + join(ours));
        }
      }
      if (name(row.strength) == want.row->text("strength") || want.row->text("strength").empty()) {
        ++scores.strength_right;
      } else {
        scores.failures.push_back(where + "strength " + want.row->text("strength") + ", read " +
                                  std::string(name(row.strength)));
      }
      const auto& json = want.row->json;
      const bool dated = json.contains("deadline") && json["deadline"].is_object();
      if (!dated) {
        if (row.deadline.empty()) {
          ++scores.deadline_right;
        } else {
          scores.failures.push_back(where + "has no deadline, read \"" +
                                    std::string(doc.text(row.deadline)) + "\"");
        }
        continue;
      }
      ++scores.dated_gold;
      const std::string value = json["deadline"].value("value", std::string()),
                        text = json["deadline"].value("text", std::string());
      const std::string ours(doc.str(row.deadline_value));
      const std::string words = flat(doc.text(row.deadline));
      const bool right = !row.deadline.empty() &&
                         (value.empty() ? words.find(text.substr(0, 90)) != std::string::npos ||
                                              text.find(words) != std::string::npos
                                        : ours == value);
      if (right) {
        ++scores.deadline_right;
        ++scores.dated_right;
      } else {
        scores.failures.push_back(where + "deadline \"" + text + "\" " + value + ", read \"" +
                                  words + "\" " + ours);
      }
    }
    for (const Wanted& want : wanted) {
      if (!want.used) {
        scores.failures.push_back(document.name + ":" + std::to_string(want.row->line) +
                                  ": missed " + want.row->text("commitment_kind") + " \"" +
                                  flat(want.row->text("what")) + "\"");
      }
    }
    for (size_t o = 0; o < rows.size(); ++o) {
      if (!used[o])
        scores.failures.push_back(document.name + ": gold does not have " +
                                  std::string(name(rows[o].kind)) + " \"" +
                                  flat(doc.text(rows[o].what)) + "\"");
    }
  }
  return scores;
}

}  // namespace readout::query
