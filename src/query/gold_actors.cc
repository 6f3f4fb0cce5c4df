#include "query/gold_actors.h"

#include <algorithm>

#include "entities/actor_reader.h"

namespace readout::query {
namespace {

/// "person:badr-al-busaidi" in "person:badr-bin-hamad-al-busaidi": the same person with fewer
/// names.
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

/// "gov:CHN.coast-guard", "gov:CHN.coastguard": bodies of one state, named by suffixes of one's own.
bool same_state_body(std::string_view a, std::string_view b) {
  const size_t dot = a.find('.');
  return (a.starts_with("gov:") || a.starts_with("mil:")) && dot != std::string_view::npos && b.size() > dot && a.substr(0, dot + 1) == b.substr(0, dot + 1);
}

/// An annotator's own slug of somebody or something that the tables know under another id:
/// "org:european-commission" where they have "org:ec", "person:franjo-tudjman" for another spelling.
/// Only if the slug's words are a name of exactly one.
std::string canonical(const std::string& id, const entities::Knowledge& knowledge) {
  const size_t colon = id.find(':');
  if (colon == std::string::npos || !knowledge.by_id(id).empty()) return id;
  const std::string_view prefix = std::string_view(id).substr(0, colon);
  const bool person = prefix == "person";
  if (!person && prefix != "org" && prefix != "group" && prefix != "party" && prefix != "company" && prefix != "ngo" && prefix != "media") return id;
  std::string words = id.substr(colon + 1);
  std::replace(words.begin(), words.end(), '-', ' ');
  std::set<std::string_view> found;
  for (const entities::NameRef ref : knowledge.exact(words)) {
    const bool whole = ref.kind != entities::NameKind::Family && ref.kind != entities::NameKind::Patronymic && ref.kind != entities::NameKind::Given;
    const bool fits = person ? ref.table == entities::Table::Persons && whole : ref.table == entities::Table::Orgs || ref.table == entities::Table::Groups;
    if (fits) found.insert(knowledge.row(ref)[0]);
  }
  return found.size() == 1 ? std::string(*found.begin()) : id;
}

}  // namespace

/// Overlap over union of two spans.
double likeness(Span a, Span b) {
  const uint32_t begin = std::max(a.begin, b.begin), end = std::min(a.end, b.end);
  if (begin >= end) return 0;
  return static_cast<double>(end - begin) /
         static_cast<double>(std::max(a.end, b.end) - std::min(a.begin, b.begin));
}

ActorAlignment::ActorAlignment(const GoldDocument& gold, const entities::Knowledge& knowledge) {
  // Invented states by their names.
  for (const GoldRow& row : gold.rows) {
    if (row.kind != "document") continue;
    if (const auto it = row.json.find("invented"); it != row.json.end() && it->is_object()) {
      for (const auto& item : it->items()) {
        if (!item.value().is_string() || !item.key().starts_with("state:")) continue;
        // "Kingdom of Rasheedia" is read as Rasheedia.
        std::string name = item.value().get<std::string>();
        if (const size_t of = name.find(" of "); of != std::string::npos) name = name.substr(of + 4);
        if (name.starts_with("the ")) name = name.substr(4);
        letters_[item.key().substr(6)] = "x-" + entities::slug(name);
      }
    }
  }
  for (const GoldRow& row : gold.rows) {
    for (const char* field : {"actors", "source", "target", "speaker", "owed_by", "owed_to", "addressee", "parties"}) {
      for (const std::string& id : row.list(field)) {
        if (!canonical_.contains(id)) canonical_[id] = canonical(id, knowledge);
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
      if (like < 0.3 || mine == "?" ||
          (mine != id && !knowledge.by_id(mine).empty() && !name_within(mine, id) && !same_state_body(mine, id)))
        continue;
      // Names weigh more than what refers back to them, a kind shared more than one that differs.
      const bool kind = mine.substr(0, mine.find(':')) == id.substr(0, id.find(':'));
      shared[{id, mine}] +=
          like * (row.text("form") == "name" ? 2 : 1) * (kind ? 1 : 0.5) + (mine == id ? 100 : 0);
    }
  }
  std::vector<std::pair<double, std::pair<std::string, std::string>>> ranked;
  for (const auto& [pair, points] : shared) ranked.push_back({points, pair});
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::set<std::string> used;
  for (const auto& [points, pair] : ranked) {
    if (aligned_.contains(pair.first) || used.contains(pair.second)) continue;
    aligned_[pair.first] = pair.second;
    used.insert(pair.second);
  }
}

std::string ActorAlignment::operator()(const std::string& gold_id) const {
  const std::string id = spelled(gold_id);
  const auto it = aligned_.find(id);
  return it == aligned_.end() ? id : it->second;
}

std::set<std::string> ActorAlignment::operator()(const std::vector<std::string>& ids) const {
  std::set<std::string> out;
  for (const std::string& id : ids) out.insert((*this)(id));
  return out;
}

/// "gov:XKD.mfa" -> "gov:x-karsund.mfa"
std::string ActorAlignment::spelled(const std::string& id) const {
  if (const auto known = canonical_.find(id); known != canonical_.end() && known->second != id) return known->second;
  const size_t colon = id.find(':');
  if (colon == std::string::npos) return id;
  const size_t dot = std::min(id.find('.', colon), id.size());
  const auto it = letters_.find(id.substr(colon + 1, dot - colon - 1));
  return it == letters_.end() ? id : id.substr(0, colon + 1) + it->second + id.substr(dot);
}

}  // namespace readout::query
