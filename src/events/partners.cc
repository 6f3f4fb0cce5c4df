// Countries are counted over the mentions; the two that lead are the sides if hardly anybody else
// is named. A person answers a person where the other side shows just one.
#include "events/partners.h"

#include <algorithm>
#include <map>
#include <string>

namespace readout::events {
namespace {

constexpr size_t kMinMentions = 4;   // of the weaker side; dev documents: flat between 3 and 6
constexpr double kMinShare = 0.75;   // of both among all mentions with a country

struct Sides {
  std::string first, second;
  bool two() const { return !second.empty(); }
};

Sides sides_of(const Document& doc, const RoleResolver& roles) {
  Sides sides;
  const ActorLayer* actors = doc.actors();
  if (actors == nullptr) return sides;
  std::map<std::string, size_t> count;
  size_t all = 0;
  for (const Mention& mention : actors->mentions) {
    for (const ActorId actor : mention.actors) {
      const std::string_view country = roles.country_of(actor);
      if (country.empty()) continue;
      ++count[std::string(country)];
      ++all;
    }
  }
  std::vector<std::pair<size_t, std::string>> ranked;
  for (const auto& [country, n] : count) ranked.emplace_back(n, country);
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  if (ranked.size() < 2 || ranked[1].first < kMinMentions) return sides;
  if (static_cast<double>(ranked[0].first + ranked[1].first) < kMinShare * static_cast<double>(all)) return sides;
  sides.first = ranked[0].second;
  sides.second = ranked[1].second;
  return sides;
}

/// The only person of `country` whom the document names more than once; nothing if there are several.
ActorId person_of(const Document& doc, const RoleResolver& roles, std::string_view country) {
  std::map<uint32_t, size_t> count;
  for (const Mention& mention : doc.actors()->mentions) {
    for (const ActorId actor : mention.actors) {
      if (roles.country_of(actor) == country && roles.id_of(actor).starts_with("person:")) ++count[index(actor)];
    }
  }
  ActorId only = kNone<ActorId>;
  for (const auto& [actor, n] : count) {
    if (n < 2) continue;
    if (only != kNone<ActorId>) return kNone<ActorId>;
    only = ActorId{actor};
  }
  return only;
}

}  // namespace

void complete_partners(Draft& draft, RoleResolver& roles, std::vector<Event>& events) {
  const Document& doc = draft.doc();
  const Sides sides = sides_of(doc, roles);
  if (!sides.two()) return;
  for (Event& event : events) {
    if (event.uncoded_reason != kNone<Sym> || event.source.empty()) continue;
    const std::string_view plover = doc.str(event.plover);
    if (plover != "AGREE" && plover != "REQUEST" && plover != "REJECT" && plover != "COOPERATE" && plover != "CONSULT" && plover != "SUPPORT") continue;
    const bool open = std::all_of(event.target.begin(), event.target.end(), [&](ActorId actor) { return roles.id_of(actor) == "?"; });
    if (!open) continue;
    bool first = false, second = false, others = false;
    for (const ActorId actor : event.source) {
      const std::string_view country = roles.country_of(actor);
      first = first || country == sides.first;
      second = second || country == sides.second;
      others = others || (country != sides.first && country != sides.second);
    }
    if (others) continue;
    std::string_view words = "the other side of this document";
    if (first && second) {
      event.target = event.source;
      event.target_spans = event.source_spans;
      words = "with one another";
    } else {
      const std::string& other = first ? sides.second : sides.first;
      ActorId partner = kNone<ActorId>;
      const bool person = event.source.size() == 1 && roles.id_of(event.source.front()).starts_with("person:");
      if (person) partner = person_of(doc, roles, other);
      if (partner == kNone<ActorId>) partner = roles.state(other);
      event.target = {partner};
      event.target_spans.clear();
    }
    event.explanation.push_back(draft.intern("the partner is not named here: " + std::string(words)));
  }
}

}  // namespace readout::events
