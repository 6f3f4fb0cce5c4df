#include "query/eval_actors.h"

#include <algorithm>
#include <set>

#include "core/utf8.h"
#include "entities/actor_reader.h"
#include "query/gold_actors.h"
#include "readout/layer_names.h"

namespace readout::query {
namespace {

using Ids = std::set<std::string>;

std::string join(const Ids& ids) {
  std::string out;
  for (const std::string& id : ids) out += (out.empty() ? "" : ",") + id;
  return out.empty() ? "-" : out;
}

}  // namespace

Result<ActorScores> eval_actors(const std::vector<GoldDocument>& gold, const entities::Knowledge& knowledge) {
  ActorScores scores;
  for (const GoldDocument& g : gold) {
    const ActorLayer* layer = g.doc.actors();
    if (layer == nullptr) return Error{Code::Internal, "eval mentions: the actors layer was not made"};
    const ActorAlignment align(g, knowledge);
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
    // Annotators differ on whether "Ned Price, Department Spokesperson" is one mention or two: where gold cuts in two
    // what the reading holds as one mention of the same actors, that one counts for both.
    for (const Pair& p : pairs) {
      const Span whole = layer->mentions[p.mention].span;
      if (!p.same || row_done[p.row] || !whole.contains(*rows[p.row]->span)) continue;
      for (size_t r = 0; r < rows.size(); ++r) {
        if (r == p.row || !row_done[r] || !whole.contains(*rows[r]->span) || rows[r]->span->overlaps(*rows[p.row]->span)) continue;
        if (align(rows[r]->list("actors")) != align(rows[p.row]->list("actors"))) continue;
        row_done[p.row] = true;
        ++scores.mentions.correct;
        ++scores.mentions.system;
        if (!row_span[p.row]) ++scores.spans.correct, ++scores.spans.system;
        row_span[p.row] = true;
        break;
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
      // Labels of turns are scored as speakers; some annotators mark them as mentions too.
      bool label = false;
      for (const Turn& turn : g.doc.structure()->turns) label = label || (!turn.speaker.empty() && turn.speaker.overlaps(mention.span) && mention.span.begin >= turn.speaker.begin);
      if (label && !mention_done[m] && !mention_span[m]) continue;
      // So with a state that is named inside a longer mention ("the Jordanian Minister", "the President of Kenya").
      const bool state = !mention.actors.empty() && layer->actors[index(mention.actors[0])].type == ActorType::State;
      const bool inside = (mention.form == MentionForm::Demonym || (mention.form == MentionForm::Name && state)) &&
                          std::any_of(layer->mentions.begin(), layer->mentions.end(), [&](const Mention& other) {
                            return &other != &mention && other.span.contains(mention.span) && other.span.size() > mention.span.size();
                          });
      if (inside && !mention_done[m] && !mention_span[m]) continue;
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
    if (g.doc.places() == nullptr) continue;
    scores.places.system += g.doc.places()->places.size();
    for (const Place& p : g.doc.places()->places) {
      const bool gold_has = std::any_of(g.rows.begin(), g.rows.end(), [&](const GoldRow& row) { return row.kind == "place" && row.span && row.span->overlaps(p.span); });
      if (!gold_has) scores.failures.push_back(g.name + ": extra place \"" + std::string(g.doc.text(p.span)) + "\" " + (p.country == kNone<Sym> ? "-" : std::string(g.doc.str(p.country))));
    }
  }
  return scores;
}

}  // namespace readout::query
