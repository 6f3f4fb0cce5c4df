#include "events/document_sides.h"

#include <algorithm>
#include <string>
#include <utility>

namespace readout::events {
namespace {

bool is_side(std::string_view id) {
  return id.starts_with("state:") || id.starts_with("gov:") || id.starts_with("group:") ||
         id == "org:eu";
}

}  // namespace

std::vector<ActorId> as_states(const Document& doc, const std::vector<ActorId>& actors) {
  std::vector<ActorId> out;
  const auto& all = doc.actors()->actors;
  for (ActorId id : actors) {
    const Actor& actor = all[index(id)];
    const std::string_view own = doc.str(actor.id);
    const bool stands = actor.type == ActorType::Person || own.starts_with("gov:");
    if (stands && (actor.country != kNone<Sym> || own.starts_with("gov:"))) {
      // "gov:AZE.mfa" and a minister of AZE are both for "state:AZE".
      const std::string country =
          actor.country != kNone<Sym> && actor.type == ActorType::Person
              ? std::string(doc.str(actor.country))
              : std::string(own.substr(4, own.find('.') == std::string_view::npos
                                              ? std::string_view::npos
                                              : own.find('.') - 4));
      const std::string want = "state:" + country;
      for (size_t k = 0; k < all.size(); ++k) {
        if (doc.str(all[k].id) == want) {
          id = static_cast<ActorId>(k);
          break;
        }
      }
    }
    if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
  }
  return out;
}

Sides document_sides(const Document& doc) {
  Sides out;
  if (doc.actors() == nullptr) return out;
  const auto name = [&](ActorId id) { return doc.str(doc.actors()->actors[index(id)].id); };
  std::vector<std::pair<std::vector<ActorId>, size_t>> sets;
  for (const Mention& mention : doc.actors()->mentions) {
    if (mention.actors.size() < 2 || mention.actors.size() > 12) continue;
    std::vector<ActorId> set = as_states(doc, mention.actors);
    if (set.size() < 2 ||
        !std::all_of(set.begin(), set.end(), [&](ActorId id) { return is_side(name(id)); }))
      continue;
    std::sort(set.begin(), set.end());
    auto known =
        std::find_if(sets.begin(), sets.end(), [&](const auto& s) { return s.first == set; });
    if (known == sets.end()) known = sets.insert(sets.end(), {std::move(set), 0});
    ++known->second;
  }
  const auto best = std::max_element(
      sets.begin(), sets.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  if (best != sets.end()) {
    out.actors = best->first;
    out.told = best->second;
    return out;
  }
  if (doc.structure()->genre != "communique") return out;
  // "We, the Foreign Ministers of Bangladesh, India and Thailand": the longest list at the head.
  const auto& mentions = doc.actors()->mentions;
  std::vector<ActorId> list, longest;
  for (size_t k = 0; k < mentions.size(); ++k) {
    const auto s = doc.sentence_of(mentions[k].span);
    if (!s || index(*s) >= 6) continue;
    const std::vector<ActorId> one = as_states(doc, mentions[k].actors);
    bool goes_on = !list.empty() && k > 0 && mentions[k - 1].span.end <= mentions[k].span.begin;
    if (goes_on) {
      const std::string_view gap = doc.text({mentions[k - 1].span.end, mentions[k].span.begin});
      goes_on = gap.size() < 12 && (gap.find(',') != std::string_view::npos ||
                                    gap.find("and") != std::string_view::npos);
    }
    if (!goes_on) list.clear();
    if (one.size() == 1 && name(one[0]).starts_with("state:") &&
        std::find(list.begin(), list.end(), one[0]) == list.end())
      list.push_back(one[0]);
    if (list.size() > longest.size()) longest = list;
  }
  if (longest.size() >= 3) {
    out.actors = longest;
    std::sort(out.actors.begin(), out.actors.end());
    out.told = 1;
    return out;
  }
  std::vector<std::pair<ActorId, size_t>> states;
  const size_t last = std::min<size_t>(doc.tokens()->sentences.size(), 6);
  for (const Mention& mention : mentions) {
    const auto s = doc.sentence_of(mention.span);
    if (!s || index(*s) >= last) continue;
    for (const ActorId id : as_states(doc, mention.actors)) {
      if (!name(id).starts_with("state:")) continue;
      auto known = std::find_if(states.begin(), states.end(),
                                [&](const auto& one) { return one.first == id; });
      if (known == states.end()) known = states.insert(states.end(), {id, 0});
      ++known->second;
    }
  }
  std::stable_sort(states.begin(), states.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  if (states.size() < 2) return out;
  out.actors = {states[0].first, states[1].first};
  std::sort(out.actors.begin(), out.actors.end());
  out.told = 1;
  return out;
}

}  // namespace readout::events
