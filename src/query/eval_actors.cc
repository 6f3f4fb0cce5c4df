#include "query/eval_actors.h"

#include <algorithm>
#include <set>

#include "core/utf8.h"
#include "entities/actor_reader.h"
#include "readout/layer_names.h"

namespace readout::query {
namespace {

using Ids = std::set<std::string>;

std::string join(const Ids& ids) {
  std::string out;
  for (const std::string& id : ids) out += (out.empty() ? "" : ",") + id;
  return out.empty() ? "-" : out;
}

/// Overlap over union of two spans.
double likeness(Span a, Span b) {
  const uint32_t begin = std::max(a.begin, b.begin), end = std::min(a.end, b.end);
  if (begin >= end) return 0;
  return static_cast<double>(end - begin) / static_cast<double>(std::max(a.end, b.end) - std::min(a.begin, b.begin));
}

/// "person:badr-al-busaidi" in "person:badr-bin-hamad-al-busaidi": the same person with fewer names.
bool name_within(std::string_view mine, std::string_view gold) {
  if (!mine.starts_with("person:") || !gold.starts_with("person:")) return false;
  std::set<std::string_view> parts;
  for (std::string_view rest = gold.substr(7); !rest.empty();) {
    const size_t end = std::min(rest.find('-'), rest.size());
    parts.insert(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  for (std::string_view rest = mine.substr(7); !rest.empty();) {
    const size_t end = std::min(rest.find('-'), rest.size());
    if (!parts.contains(rest.substr(0, end))) return false;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return true;
}

/// Gold ids in the words of the reading.
class Alignment {
 public:
  Alignment(const GoldDocument& gold, const entities::Knowledge& knowledge) {
    // Invented states by their names.
    for (const GoldRow& row : gold.rows) {
      if (row.kind != "document") continue;
      if (const auto it = row.json.find("invented"); it != row.json.end() && it->is_object()) {
        for (const auto& item : it->items()) {
          if (!item.value().is_string() || !item.key().starts_with("state:")) continue;
          letters_[item.key().substr(6)] = "x-" + entities::slug(item.value().get<std::string>());
        }
      }
    }
    // The rest by shared mentions.
    const ActorLayer* layer = gold.doc.actors();
    std::map<std::pair<std::string, std::string>, double> shared;
    for (const GoldRow& row : gold.rows) {
      if (row.kind != "mention" || !row.span) continue;
      const auto ids = row.list("actors");
      if (ids.size() != 1 || ids[0] == "?") continue;
      const std::string id = spelled(ids[0]);
      if (!knowledge.by_id(id).empty()) continue;
      for (const Mention& m : layer->mentions) {
        if (m.actors.size() != 1) continue;
        const std::string mine(gold.doc.str(layer->actors[index(m.actors[0])].id));
        const double like = likeness(*row.span, m.span);
        if (like < 0.3 || mine == "?" || (mine != id && !knowledge.by_id(mine).empty() && !name_within(mine, id))) continue;
        // Names weigh more than what refers back to them, a kind shared more than one that differs.
        const bool kind = mine.substr(0, mine.find(':')) == id.substr(0, id.find(':'));
        shared[{id, mine}] += like * (row.text("form") == "name" ? 2 : 1) * (kind ? 1 : 0.5) + (mine == id ? 100 : 0);
      }
    }
    std::vector<std::pair<double, std::pair<std::string, std::string>>> ranked;
    for (const auto& [pair, points] : shared) ranked.push_back({points, pair});
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::set<std::string> used;
    for (const auto& [points, pair] : ranked) {
      if (aligned_.contains(pair.first) || used.contains(pair.second)) continue;
      aligned_[pair.first] = pair.second;
      used.insert(pair.second);
    }
  }
  std::string operator()(const std::string& gold_id) const {
    const std::string id = spelled(gold_id);
    const auto it = aligned_.find(id);
    return it == aligned_.end() ? id : it->second;
  }
  Ids operator()(const std::vector<std::string>& ids) const {
    Ids out;
    for (const std::string& id : ids) out.insert((*this)(id));
    return out;
  }

 private:
  /// "gov:XKD.mfa" -> "gov:x-karsund.mfa"
  std::string spelled(const std::string& id) const {
    const size_t colon = id.find(':');
    if (colon == std::string::npos) return id;
    const size_t dot = std::min(id.find('.', colon), id.size());
    const auto it = letters_.find(id.substr(colon + 1, dot - colon - 1));
    return it == letters_.end() ? id : id.substr(0, colon + 1) + it->second + id.substr(dot);
  }
  std::map<std::string, std::string> letters_, aligned_;
};

}  // namespace

Result<ActorScores> eval_actors(const std::vector<GoldDocument>& gold, const entities::Knowledge& knowledge) {
  ActorScores scores;
  for (const GoldDocument& g : gold) {
    const ActorLayer* layer = g.doc.actors();
    if (layer == nullptr) return Error{Code::Internal, "eval mentions: the actors layer was not made"};
    const Alignment align(g, knowledge);
    const auto ids_of = [&](const std::vector<ActorId>& actors) {
      Ids out;
      for (const ActorId a : actors) out.insert(std::string(g.doc.str(layer->actors[index(a)].id)));
      return out;
    };
    std::vector<const GoldRow*> rows;
    for (const GoldRow& row : g.rows) {
      if (row.kind == "mention" && row.span) rows.push_back(&row);
    }
    struct Pair {
      double like;
      size_t row, mention;
      bool same;
    };
    std::vector<Pair> pairs;
    for (size_t r = 0; r < rows.size(); ++r) {
      const Ids wanted = align(rows[r]->list("actors"));
      const std::string form = rows[r]->text("form");
      const bool pronoun = form == "pronoun" || form == "possessive";
      for (size_t m = 0; m < layer->mentions.size(); ++m) {
        const Mention& mention = layer->mentions[m];
        const double like = likeness(*rows[r]->span, mention.span);
        if (like == 0 || (pronoun && like < 1)) continue;
        pairs.push_back({like, r, m, ids_of(mention.actors) == wanted});
      }
    }
    std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) { return a.like > b.like; });
    std::vector<bool> row_done(rows.size()), mention_done(layer->mentions.size()), row_span(rows.size()), mention_span(layer->mentions.size());
    for (const Pair& p : pairs) {
      if (p.same && !row_done[p.row] && !mention_done[p.mention]) {
        row_done[p.row] = mention_done[p.mention] = true;
        ++scores.mentions.correct;
      }
      if (!row_span[p.row] && !mention_span[p.mention]) {
        row_span[p.row] = mention_span[p.mention] = true;
        ++scores.spans.correct;
      }
    }
    for (size_t r = 0; r < rows.size(); ++r) {
      const std::string form = rows[r]->text("form");
      Score& by = scores.by_form[form];
      ++by.gold;
      ++scores.mentions.gold;
      ++scores.spans.gold;
      if (row_done[r]) ++by.correct;
      const auto it = rows[r]->json.find("person");
      const int person = it != rows[r]->json.end() && it->is_number_integer() ? it->get<int>() : 0;
      Score* of = person == 1 ? &scores.first : person == 2 ? &scores.second : person == 3 ? &scores.third : nullptr;
      if (of != nullptr) {
        ++of->gold;
        ++of->system;
        if (row_done[r]) ++of->correct;
      }
      if (row_done[r]) continue;
      Ids found;
      std::string why = "no mention";
      for (const Pair& p : pairs) {
        if (p.row != r) continue;
        const Mention& m = layer->mentions[p.mention];
        found = ids_of(m.actors);
        why = std::string(g.doc.text(m.span)) + " (" + std::string(g.doc.str(m.reason)) + ")";
        break;
      }
      const Span span = *rows[r]->span;
      const uint32_t from = span.begin > 40 ? span.begin - 40 : 0;
      std::string around(g.doc.plain().substr(from, span.end - from + 40));
      for (char& c : around) {
        if (c == '\n') c = ' ';
      }
      const std::string line = g.name + ":" + std::to_string(rows[r]->line) + ": " + form + " \"" + rows[r]->text("text") + "\" want " +
                               join(align(rows[r]->list("actors"))) + " found " + join(found) + " [" + why + "] .. " + around;
      scores.failures.push_back(line);
      if (person == 1 || person == 2) scores.person_failures.push_back(line);
    }
    for (size_t m = 0; m < layer->mentions.size(); ++m) {
      const Mention& mention = layer->mentions[m];
      ++scores.by_form[std::string(name(mention.form))].system;
      ++scores.mentions.system;
      ++scores.spans.system;
      if (!mention_done[m] && !mention_span[m]) {
        scores.failures.push_back(g.name + ": extra " + std::string(name(mention.form)) + " \"" + std::string(g.doc.text(mention.span)) + "\" " +
                                  join(ids_of(mention.actors)) + " (" + std::string(g.doc.str(mention.reason)) + ")");
      }
    }
    // Turns: by where they begin.
    const StructureLayer* structure = g.doc.structure();
    for (const GoldRow& row : g.rows) {
      if (row.kind == "place" && row.span && g.doc.places() != nullptr) {
        ++scores.places.gold;
        bool hit = false;
        for (const Place& p : g.doc.places()->places) {
          const std::string country = row.text("country");
          const bool same = country.empty() || g.doc.str(p.country) == country || (p.country == kNone<Sym> && country.starts_with("X"));
          hit = hit || (p.span.overlaps(*row.span) && same);
        }
        if (hit) ++scores.places.correct;
        else scores.failures.push_back(g.name + ": place \"" + row.text("text") + "\" " + row.text("country"));
      }
      if (row.kind != "turn" || !row.span) continue;
      ++scores.speakers.gold;
      ++scores.speakers.system;
      const std::string wanted = align(row.text("speaker"));
      bool hit = false;
      std::string got = "no turn";
      for (size_t t = 0; t < structure->turns.size(); ++t) {
        const Span span = structure->turns[t].span;
        if (!span.overlaps(*row.span) || row.span->begin > span.begin + 40 || span.begin > row.span->begin + 40) continue;
        const Ids ids = ids_of(layer->turn_speaker[t]);
        hit = ids == Ids{wanted};
        got = join(ids);
        if (hit) break;
      }
      if (hit) ++scores.speakers.correct;
      else scores.failures.push_back(g.name + ": turn " + row.text("label") + " want " + wanted + " found " + got);
    }
    if (g.doc.places() != nullptr) scores.places.system += g.doc.places()->places.size();
  }
  return scores;
}

}  // namespace readout::query
