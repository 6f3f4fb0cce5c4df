// Nouns that stand for an actor named elsewhere: "both sides", "his Kazakh colleague", "the Mission".
#include <algorithm>

#include "entities/actor_reader.h"

namespace readout::entities {
namespace {

constexpr uint32_t kNoToken = UINT32_MAX;

bool organisation(ActorType type) {
  return type == ActorType::Igo || type == ActorType::Ngo || type == ActorType::Company || type == ActorType::Media || type == ActorType::Party ||
         type == ActorType::ArmedGroup || type == ActorType::Civil || type == ActorType::Government || type == ActorType::Military;
}

}  // namespace

uint32_t ActorReader::read_description(uint32_t i) {
  uint32_t j = i;
  const bool both = is(j, "both");
  if (both && is(j + 1, "of") && is(j + 2, "you") && speech(i) != nullptr && speech(i)->addressee.size() == 2) {
    mention(i, i + 3, speech(i)->addressee, MentionForm::Description, "the two who are spoken to", 0.8F);
    push(mentions_.size() - 1);
    return i + 1;
  }
  const bool definite = both || is(j, "the") || is(j, "these") || is(j, "those") || is(j, "all") || is(j, "each") || is(j, "either") || is(j, "neither");
  const bool indefinite = is(j, "a") || is(j, "an");
  uint32_t possessive = kNoToken;
  ActorSet owners;
  if (in(j, "possessive_pronoun")) {
    possessive = j;
    owners = possessor(j);
    ++j;
  } else if (definite || indefinite) {
    ++j;
  } else if (const Atom* owner = atom_before(i); owner != nullptr && (owner->kind == AtomKind::State || owner->kind == AtomKind::Org || owner->kind == AtomKind::Group)) {
    owners = {known(owner->actor)};
  } else if (atom(i) == nullptr || atom(i)->kind != AtomKind::Adjective) {
    return 0;
  }
  uint32_t number = both ? 2 : 0;
  ActorSet named;  // states whose adjectives stand inside
  for (int k = 0; k < 6; ++k) {
    if (const uint32_t n = number_of(low(j)); n != 0) {
      number = n;
      ++j;
    } else if (const Atom* a = atom(j); a != nullptr && a->kind == AtomKind::Adjective) {
      add_unique(named, known(a->actor));
      j = a->end;
      if (is(j, "-") || is(j, "and")) ++j;
    } else if (in(j, "desc_modifier")) {
      ++j;
    } else {
      break;
    }
  }
  if (j >= size() || !same_sentence(i, j) || taken_[j]) return 0;
  if (const Atom* a = atom(j); a != nullptr && a->kind != AtomKind::Body) {
    if (a->kind != AtomKind::Title || a->end - a->begin != 1) return 0;
  }
  const Description* d = tables_.description(low(j));
  const bool org_like = d == nullptr && tables_.org_noun(low(j)) != nullptr;
  Description by_agent;
  if (d == nullptr && !org_like && !named.empty()) {
    // "Ghanaian traders", "Ukrainian soldiers": by the sector of the role noun.
    for (const NameRef ref : knowledge_.exact(std::span(keys_.data() + j, 1))) {
      if (ref.table != Table::Agents || ref.kind != NameKind::Plural) continue;
      const std::string_view sectors = knowledge_.row(ref)[2];
      by_agent.plural = true;
 if (sectors.find("MIL") == std::string_view::npos && sectors.find("GOV") == std::string_view::npos && sectors.find("CVL") == std::string_view::npos &&
          sectors.find("REF") == std::string_view::npos && sectors.find("LAB") == std::string_view::npos && sectors.find("AGR") == std::string_view::npos) {
        continue;
      }
      by_agent.kind = sectors.find("MIL") != std::string_view::npos   ? "military"
                      : sectors.find("GOV") != std::string_view::npos ? "official"
                                                                      : "people";
      d = &by_agent;
      break;
    }
  }
  if (d == nullptr && !org_like) return 0;
  uint32_t end = j + 1;
  // "in his national capacity", "an official visit": an adjective, not a noun.
  if (in(j, "adjective_desc") && alpha(end) && !upper(end) && same_sentence(j, end) && !in(end, "function") && !in(end, "preposition") && !verbish(end)) return 0;
  const std::string kind = d != nullptr ? d->kind : "org";
  const bool plural = d != nullptr && d->plural;
  ActorSet set;
  std::string reason;
  float score = 0.75F;
  const size_t n = number != 0 ? number : 2;
  // Whose: the adjectives inside, the states of the possessor, or those after "of".
  ActorSet states = named;
  if (states.empty() && !owners.empty()) states = states_of(owners);
  if (states.empty() && is(end, "of")) {
    uint32_t k = end + 1;
    std::string id;
    while (const uint32_t e = parse_state(k, id)) {
      add_unique(states, known(id));
      end = e;
      if ((is(e, "and") || is(e, ",")) && e + 1 < size()) k = is(e + 1, "and") ? e + 2 : e + 1;
      else break;
    }
    if (end == j + 1 && (kind == "people" || kind == "side" || kind == "country" || kind == "org")) {
      // "the people of Tromsø", "the people of the region": whose is not said in our words.
      if (kind != "org") return 0;
    }
  }
  const auto each_state = [&](std::string_view prefix, std::string_view part) {
    for (const uint32_t s : states) add_unique(set, known(std::string(prefix) + actors_[s].country + (part.empty() ? "" : "." + std::string(part))));
  };
  const std::string whose = !named.empty() ? "of the state that its adjective names" : "of the state of the one it belongs to";
  if (kind == "colleague" && plural && possessive != kNoToken && in(possessive, "first_person") && states.size() == 1 && in(j, "joint_be")) {
    for (const uint32_t p : principals_) {
      if (p != states[0] && set.empty()) set = {p};
    }
    reason = "the other state that the document is about";
    score = 0.6F;
  } else if (kind == "side") {
    if (!plural && !states.empty() && !indefinite) {
      set = {states.back()};
      reason = whose;
      score = 0.9F;
    } else if ((plural && (both || number != 0 || definite)) || is(i, "each") || is(i, "either") || is(i, "neither")) {
      set = states.size() >= 2 ? states : recent_states(i, n);
      reason = "the states that the document is about";
      score = 0.7F;
    }
  } else if (kind == "party") {
    if (plural || is(i, "each") || is(i, "either") || is(i, "neither")) {
      // The parties of an agreement: the first two that its head names.
      for (const MentionDraft& m : mentions_) {
        if (set.size() >= n || m.begin > 260) break;
        for (const uint32_t a : m.actors) {
          if (actors_[a].type == ActorType::Government || actors_[a].type == ActorType::ArmedGroup || actors_[a].type == ActorType::Party) add_unique(set, a);
        }
      }
      if (set.size() < 2) set = recent_states(i, n);
      if (set.size() > n) set.resize(n);
      reason = "the parties that the document names first";
      score = 0.65F;
    }
  } else if (kind == "country") {
    if (plural) {
      if (possessive != kNoToken && in(j, "joint_be") && in(possessive, "first_person") && states.size() == 1) {
        // Whose neighbour one is, is not oneself.
        for (const uint32_t p : principals_) {
          if (p != states[0] && set.empty()) set = {p};
        }
        reason = "the other state that the document is about";
        score = 0.6F;
      } else if (possessive != kNoToken && states.size() >= 2) {
        set = states;
        reason = whose;
      } else if (possessive == kNoToken && named.empty() && (both || number != 0 || (definite && is(j, "countries")))) {
        if (number == 0 && !both && principals_.size() != 2) return 0;
        set = recent_states(i, n);
        if (set.size() != n) set.clear();
        reason = "the states that the document is about";
        score = 0.7F;
      } else if (possessive != kNoToken && low(possessive) == "their" && owners.size() >= 2) {
        set = states;
        reason = whose;
      }
    } else if (possessive != kNoToken && !states.empty()) {
      set = {states[0]};
      reason = whose;
      score = 0.85F;
    } else if (definite || is(i, "this")) {
      set = recent_states(i, 1);
      reason = "the last state named";
      score = 0.5F;
      if (is(end, "'s") || is(end, "that") || is(end, "which") || is(end, "whose") || is(end, "of")) set.clear();
    }
  } else if (kind == "government") {
    if (states.empty() && plural && (both || number != 0)) states = recent_states(i, n);
    if (!states.empty()) {
      each_state("gov:", "");
      reason = whose;
      score = 0.85F;
    }
  } else if (kind == "capital") {
    if (plural && (both || number != 0)) {
      states = recent_states(i, n);
      each_state("gov:", "");
      reason = "the capitals of the states that the document is about";
      score = 0.65F;
    }
  } else if (kind == "people") {
    if (!states.empty()) {
      each_state("people:", "");
      reason = whose;
      score = 0.8F;
    }
  } else if (kind == "military") {
    if (!states.empty()) {
      each_state("mil:", "");
      reason = whose;
      score = 0.85F;
    }
  } else if (kind == "delegation") {
    if (!states.empty()) {
      set = states;
      reason = whose;
    } else if (plural && (both || number != 0)) {
      set = recent_states(i, n);
      reason = "the states that the document is about";
      score = 0.65F;
    }
  } else if (kind == "official") {
    if (plural && !states.empty() && owners.empty()) {
      each_state("gov:", "");
      reason = whose;
      score = 0.7F;
    } else if (!plural && (indefinite || !named.empty())) {
      set = {unnamed(text(i, end))};
      reason = "one who is not named";
      score = 0.6F;
    }
  } else if (kind == "leader") {
    if (plural && (both || number != 0 || definite)) {
      const uint32_t behind = count_behind(end);
      if (number == 0 && behind == 0 && principals_.size() != 2) return 0;
      set = leaders(i, behind != 0 ? behind : n);
      reason = "the leaders of the states that the document is about";
      score = 0.65F;
    }
  } else if (kind == "colleague") {
    if (possessive != kNoToken && owners.size() == 1 && !plural) {
      const uint32_t owner = owners[0];
      // A name right behind it says who.
      uint32_t k = is(end, ",") ? end + 1 : end;
      if (is(k, "and") && tables_.description(low(k + 1)) != nullptr) k += 2;
      for (const MentionDraft& m : mentions_) {
        if (m.begin == k && m.actors.size() == 1 && actors_[m.actors[0]].type == ActorType::Person) set = m.actors;
      }
      reason = "named right behind";
      score = 0.9F;
      if (set.empty() && !named.empty()) {
        const std::string country = actors_[named[0]].country;
        reason = "of that state, in the same office";
        for (size_t m = sequence_.size(); m-- > 0 && set.empty();) {
          for (const uint32_t a : mentions_[sequence_[m]].actors) {
            if (a != owner && actors_[a].type == ActorType::Person && actors_[a].country == country) set = {a};
          }
        }
        if (set.empty()) {
          for (const std::string& role : actors_[owner].roles) {
            if (const auto a = holder("state:" + country, role)) {
              set = {*a};
              break;
            }
          }
        }
        score = 0.75F;
      }
      if (set.empty() && named.empty()) {
        if (const Speech* s = speech(i); s != nullptr && s->addressee.size() == 1 && owners == s->speaker) set = {};
      }
    }
  } else if (kind == "org" && (definite || possessive != kNoToken) && !indefinite && !plural) {
    for (const bool generic : {false, true}) {
    if (generic && !in(j, "org_generic")) break;
    for (size_t k = sequence_.size(); k-- > 0 && set.empty();) {
      const MentionDraft& m = mentions_[sequence_[k]];
      if (m.actors.size() != 1 || m.end > i) continue;
      const ActorDraft& a = actors_[m.actors[0]];
      if (!organisation(a.type)) continue;
      bool same_word = false;
      for (const uint64_t key : phrase_keys(a.name)) same_word = same_word || key == keys_[j];
      if (same_word || (generic && a.type != ActorType::Government && a.type != ActorType::Media && sentence(m.begin) + 2 >= sentence(i))) {
        set = m.actors;
        reason = same_word ? "short for an organisation named before" : "the last organisation named";
        score = same_word ? 0.85F : 0.6F;
      }
    }
    }
    if (set.empty() && upper(j)) {
      for (const MentionDraft& m : mentions_) {
        if (m.actors.size() != 1 || !organisation(actors_[m.actors[0]].type)) continue;
        for (const uint64_t key : phrase_keys(actors_[m.actors[0]].name)) {
          if (key == keys_[j]) set = m.actors;
        }
        reason = "short for an organisation that the document names";
        if (!set.empty()) break;
      }
    }
  }
  if (set.empty()) return 0;
  mention(i, end, std::move(set), MentionForm::Description, reason, score);
  push(mentions_.size() - 1);
  return end;
}

}  // namespace readout::entities
