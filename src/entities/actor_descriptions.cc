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

/// How a role noun is resolved, by the likeliest of its sectors.
std::string kind_of_sectors(std::string_view sectors) {
  const std::string_view first = sectors.substr(0, sectors.find_first_of("; "));
  if (first == "MIL") return "military";
  if (first == "GOV") return "official";
  if (first == "LEG") return "parliament";
  if (first == "COP") return "police";
  if (first == "JUD") return "court";
  if (first == "SPY") return "intelligence";
  if (first == "REB" || first == "UAF" || first == "SEP" || first == "PRM") return "rebels";
  return "crowd";
}

}  // namespace

const MentionDraft* ActorReader::owner_before(uint32_t i) const {
  // "Erich Honecker's | government"
  if (i < 2 || !same_sentence(i - 1, i)) return nullptr;
  const bool mark = is(i - 1, "'s") || word(i - 1) == "'" || word(i - 1) == "\xE2\x80\x99";
  if (!mark) return nullptr;
  for (size_t k = mentions_.size(); k-- > 0;) {
    if (mentions_[k].end == i - 1 && mentions_[k].person == 0) return &mentions_[k];
  }
  return nullptr;
}

std::string ActorReader::country_behind(uint32_t end) const {
  // "the government and the opposition in Armenia": the state that the same phrase names as the place.
  for (uint32_t k = end; k + 1 < size() && k < end + 6 && same_sentence(end - 1, k + 1); ++k) {
    if (is(k, "in")) {
      const Atom* a = atom(is(k + 1, "the") ? k + 2 : k + 1);
      return a != nullptr && (a->kind == AtomKind::State || a->kind == AtomKind::Capital) ? letters(a->actor) : std::string();
    }
    if (verbish(k) || is(k, ",") || is(k, ".") || in(k, "preposition")) break;
  }
  return {};
}

const MentionDraft* ActorReader::mention_at(uint32_t i) const {
  for (const MentionDraft& m : mentions_) {
    if (m.begin == i) return &m;
  }
  return nullptr;
}

bool ActorReader::named_with(uint32_t a, uint64_t key) const {
  // Is this word a part of any of its names?
  const auto has = [&](std::string_view name) {
    const std::vector<uint64_t> keys = phrase_keys(name);
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  };
  if (has(actors_[a].name)) return true;
  for (const NameRef ref : knowledge_.by_id(actors_[a].id)) {
    if (ref.table != Table::Orgs && ref.table != Table::Groups && ref.table != Table::Bodies) continue;
    const TsvRow row = knowledge_.row(ref);
    std::string_view names = ref.table == Table::Orgs ? row[4] : ref.table == Table::Groups ? row[3] : row[2];
    while (!names.empty()) {
      const size_t end = std::min(names.find(';'), names.size());
      if (has(names.substr(0, end))) return true;
      names.remove_prefix(std::min(end + 1, names.size()));
    }
  }
  return false;
}

std::optional<uint32_t> ActorReader::last_organisation(uint32_t before, std::string_view cls) {
  // One whose name holds a word of this class, the nearest first; else the only one that it could be.
  const auto holds = [&](uint32_t a) {
    if (actors_[a].type != ActorType::Igo && actors_[a].type != ActorType::Ngo) return false;
    std::vector<uint64_t> keys = phrase_keys(actors_[a].name);
    for (const std::string_view word : tables_.words(cls)) {
      if (std::find(keys.begin(), keys.end(), word_key(word)) != keys.end()) return true;
    }
    return false;
  };
  for (size_t k = sequence_.size(); k-- > 0;) {
    const MentionDraft& m = mentions_[sequence_[k]];
    if (m.end <= before && m.actors.size() == 1 && holds(m.actors[0])) return m.actors[0];
  }
  for (const MentionDraft& m : mentions_) {
    if (m.actors.size() == 1 && holds(m.actors[0])) return m.actors[0];
  }
  return std::nullopt;
}

std::optional<uint32_t> ActorReader::last_government(uint32_t before) {
  // "The regime", "the authorities": of the state spoken of last that is not the speaker's.
  ActorSet own;
  if (const Speech* here = speech(before); here != nullptr) own = states_of(here->speaker);
  if (own.empty() && publisher_) own = states_of({*publisher_});
  for (size_t k = sequence_.size(); k-- > 0;) {
    const MentionDraft& m = mentions_[sequence_[k]];
    if (m.end > before || m.actors.size() != 1 || m.person == 1 || m.person == 2) continue;
    const ActorType type = actors_[m.actors[0]].type;
    if (type == ActorType::Person) continue;
    const uint32_t s = state_of(m.actors[0]);
    if (s != UINT32_MAX && std::find(own.begin(), own.end(), s) == own.end()) return s;
  }
  return std::nullopt;
}

ActorSet ActorReader::agreement_parties(size_t count) {
  // "between the Government of X and Y (hereinafter "the Movement")": those of the sentence that names the parties.
  for (uint32_t i = 0; i < std::min(size(), 300U); ++i) {
    if (!is(i, "between") && !is(i, "hereinafter") && !is(i, "hereafter")) continue;
    ActorSet set;
    std::vector<std::string> countries;
    for (const MentionDraft& m : mentions_) {
      if (!same_sentence(i, m.begin) || m.person != 0 || m.actors.size() != 1 || m.form == MentionForm::Demonym || (is(i, "between") && m.begin < i)) continue;
      const ActorDraft& a = actors_[m.actors[0]];
      if (a.type == ActorType::Person || a.type == ActorType::Population || a.type == ActorType::Media) continue;
      const bool of_state = a.type == ActorType::State || a.type == ActorType::Government || a.type == ActorType::Military;
      if (of_state && std::find(countries.begin(), countries.end(), a.country) != countries.end()) continue;
      if (of_state) countries.push_back(a.country);
      if (set.size() < count) add_unique(set, m.actors[0]);
    }
    if (set.size() == count) return set;
  }
  return {};
}

ActorSet ActorReader::warring_parties(const ActorSet& of, int least) {
  // The armed group that the document names most, and the government of its state.
  std::map<uint32_t, int> weight;
  for (const MentionDraft& m : mentions_) {
    for (const uint32_t a : m.actors) {
      if (actors_[a].type != ActorType::ArmedGroup || actors_[a].country.empty()) continue;
      const uint32_t s = state_of(a);
      if (!of.empty() && std::find(of.begin(), of.end(), s) == of.end()) continue;
      ++weight[a];
    }
  }
  std::optional<uint32_t> group;
  for (const auto& [a, count] : weight) {
    if (!group || count > weight[*group]) group = a;
  }
  if (!group || weight[*group] < least) return {};
  const std::string country = actors_[*group].country;
  if (!by_id_.contains("state:" + country) && !by_id_.contains("gov:" + country)) return {};
  return {government_part(country, {}, {}, ActorType::Government), *group};
}

ActorSet ActorReader::named_leaders(uint32_t before) {
  // "The leaders" after two of them, or three, have been named: heads of state or government, each of his own state.
  ActorSet out;
  std::vector<std::string> countries;
  for (const MentionDraft& m : mentions_) {
    if (m.begin >= before) continue;
    for (const uint32_t a : m.actors) {
      if (actors_[a].type != ActorType::Person || actors_[a].id == "?" || !has_role(a, "leader") || actors_[a].country.empty()) continue;
      if (std::find(countries.begin(), countries.end(), actors_[a].country) != countries.end()) continue;
      countries.push_back(actors_[a].country);
      out.push_back(a);
    }
  }
  return out.size() == 2 || out.size() == 3 ? out : ActorSet{};
}

bool ActorReader::formally(uint32_t s, uint64_t word) const {
  for (const NameRef ref : knowledge_.by_id(actors_[s].id)) {
    if (ref.table != Table::States) continue;
    const std::vector<uint64_t> keys = phrase_keys(knowledge_.row(ref)[4]);
    return std::find(keys.begin(), keys.end(), word) != keys.end();
  }
  const std::vector<uint64_t> keys = phrase_keys(actors_[s].name);
  return std::find(keys.begin(), keys.end(), word) != keys.end();
}

std::optional<uint32_t> ActorReader::predecessor(uint32_t a) {
  // Who held his office before him.
  for (const NameRef tenure : actors_[a].tenures) {
    const TsvRow held = knowledge_.row(tenure);
    std::string_view best_until;
    std::optional<NameRef> best;
    for (const NameRef other : knowledge_.tenures(held[0])) {
      const TsvRow row = knowledge_.row(other);
      if (row[0] != held[0] || row[1] == held[1] || row[3].empty() || row[2] >= held[2] || row[3] < best_until) continue;
      best_until = row[3];
      best = other;
    }
    if (!best) continue;
    for (const NameRef person : knowledge_.by_id(knowledge_.row(*best)[1])) {
      if (person.table == Table::Persons) return person_of(person);
    }
  }
  return std::nullopt;
}

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
  bool bare = false;
  uint32_t possessive = kNoToken;
  ActorSet owners;
  if (in(j, "possessive_pronoun")) {
    possessive = j;
    owners = possessor(j);
    ++j;
  } else if (definite || indefinite) {
    ++j;
  } else if (const Atom* owner = atom_before(i); owner != nullptr && (owner->kind == AtomKind::State || owner->kind == AtomKind::Org || owner->kind == AtomKind::Group ||
                                                                     owner->kind == AtomKind::Capital)) {
    owners = {known(owner->actor)};
  } else if (const MentionDraft* of = owner_before(i); of != nullptr) {
    owners = of->actors;
  } else if (atom(i) == nullptr || (atom(i)->kind != AtomKind::Adjective && !(atom(i)->kind == AtomKind::State && atom(i)->adjectival))) {
    bare = true;
  }
  uint32_t number = both ? 2 : 0;
  ActorSet named;  // states whose adjectives stand inside
  for (int k = 0; k < 6; ++k) {
    if (const uint32_t n = number_of(low(j)); n != 0) {
      number = n;
      ++j;
    } else if (const Atom* a = atom(j); a != nullptr && (a->kind == AtomKind::Adjective || (a->kind == AtomKind::State && a->adjectival && !is(a->end, "'s")))) {
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
  // "requests Council to report": a body's own way to speak of itself.
  const bool named_body = bare && upper(j) && !shouted(j) && j == i && tables_.org_noun(low(j)) != nullptr && in(j, "bare_org") && !(upper(j + 1) && alpha(j + 1)) &&
                          !(j > sentence_begin(j) && upper(j - 1) && alpha(j - 1));
  if (bare && upper(j) && j != sentence_begin(j) && !shouted(j) && !named_body) return 0;
  if (const Atom* a = atom(j); a != nullptr && a->kind != AtomKind::Body) {
    if (a->kind != AtomKind::Title || a->end - a->begin != 1) return 0;
  }
  const Description* d = tables_.description(low(j));
  const bool org_like = d == nullptr && tables_.org_noun(low(j)) != nullptr;
  Description by_agent;  // of a role noun
  uint32_t end = j + 1;
  if (d == nullptr && !org_like) {
    // "Ghanaian traders", "security forces", "aid workers": by the sector of the role noun.
    for (uint32_t length = 3; length > 0 && d == nullptr; --length) {
      if (j + length > size() || !same_sentence(j, j + length - 1)) continue;
      for (const NameRef ref : knowledge_.exact(std::span(keys_.data() + j, length))) {
        if (ref.table != Table::Agents || ref.kind != NameKind::Plural) continue;
        by_agent.kind = kind_of_sectors(knowledge_.row(ref)[2]);
        by_agent.plural = true;
        d = &by_agent;
        end = j + length;
        break;
      }
    }
  }
  if (d == nullptr && !org_like) return 0;
  // "children" who do nothing are no actors.
  if ((bare || definite) && d == &by_agent && by_agent.kind == "crowd" && named.empty() && owners.empty() && !is_subject(i, end)) return 0;
  if (d == &by_agent && by_agent.kind == "crowd" && (!named.empty() || (!owners.empty() && possessive == kNoToken))) return 0;  // its adjective says all there is
  if (bare && !named_body && (org_like || !d->plural || (d != &by_agent && d->kind != "staff" && d->kind != "partner" && d->kind != "official"))) return 0;
  const uint32_t noun_end = end;
  // "in his national capacity", "an official visit": an adjective, not a noun.
  if (in(j, "adjective_desc") && end == j + 1 && alpha(end) && !upper(end) && same_sentence(j, end) && !in(end, "function") && !in(end, "preposition") && !verbish(end)) return 0;
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
    if (end == noun_end && (kind == "people" || kind == "side" || kind == "country" || kind == "org")) {
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
  } else if (kind == "colleague" && (in(j, "visitor_word") || in(j, "host_word")) && !indefinite) {
    const ActorSet who = possessive != kNoToken && owners.empty() ? ActorSet{} : visitor_or_host(i, in(j, "visitor_word"), owners);
    if (!plural) {
      set = who;
    } else if (!who.empty() && in(j, "host_word")) {
      states = states_of(who);
      each_state("gov:", "");
    }
    reason = in(j, "visitor_word") ? "who comes from elsewhere" : "who receives him";
    score = 0.7F;
  } else if (kind == "side") {
    if (!plural && !states.empty() && !indefinite) {
      set = {states.back()};
      reason = whose;
      score = 0.9F;
    } else if ((plural && (both || number != 0 || definite)) || is(i, "each") || is(i, "either") || is(i, "neither")) {
      // Of a war inside a state the sides are its government and the armed group, where the document tells of both.
      if (states.size() < 2 && n == 2) set = warring_parties({}, 3);
      if (set.empty()) set = states.size() >= 2 ? states : recent_states(i, n);
      reason = "the sides that the document is about";
      score = 0.7F;
    }
  } else if (kind == "party") {
    if (plural || is(i, "each") || is(i, "either") || is(i, "neither")) {
      // Of a conflict: an armed group and the government that it fights, where the document names both.
      if (structure_.genre != "agreement") set = warring_parties(states);
      else set = agreement_parties(n);
      // The parties of an agreement: the first two that its head names.
      if (set.empty())
      for (const MentionDraft& m : mentions_) {
        if (set.size() >= n || m.begin > 260) break;
        for (const uint32_t a : m.actors) {
          if (actors_[a].type == ActorType::Government || actors_[a].type == ActorType::ArmedGroup || actors_[a].type == ActorType::Party) add_unique(set, a);
        }
      }
      if (set.size() < 2) set = recent_states(i, n);
      if (set.size() > std::max<size_t>(n, 2)) set.resize(n);
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
    } else if ((definite || is(i, "this")) && upper(j) && !shouted(j)) {
      // "the Kingdom": of a state that is one.
      for (const uint32_t p : principals_) {
        if (set.empty() && formally(p, keys_[j])) set = {p};
      }
      reason = "the state of this form that the document is about";
    } else if (definite || is(i, "this")) {
      set = recent_states(i, 1);
      reason = "the last state named";
      score = 0.5F;
      if (is(end, "'s") || is(end, "that") || is(end, "which") || is(end, "whose") || is(end, "of")) set.clear();
    }
  } else if (kind == "partner") {
    // "our European partners": nobody in particular, but somebody. A name right behind says who.
    if (plural && (possessive != kNoToken || !owners.empty() || !named.empty() || (bare && upper(i)))) {
      if (!is(end, ",") && mention_at(end) == nullptr) set = {unnamed(text(i, end))};
      reason = "some who are not named";
      score = 0.5F;
    }
  } else if (kind == "staff") {
    // "observers", "the patrol": of the mission that the document speaks of.
    if (named.empty() && owners.empty() && (plural || !indefinite)) {
      if (const auto mission = last_organisation(i, "mission_word")) set = {*mission};
      reason = "staff of the mission that is spoken of";
      score = 0.65F;
    }
  } else if (kind == "police" || kind == "court" || kind == "parliament" || kind == "intelligence") {
    if (states.empty() && definite) {
      if (const std::string country = context_country(i); !country.empty()) states = {state("state:" + country)};
    }
    each_state("gov:", kind == "court" ? "courts" : kind);
    reason = whose;
  } else if (kind == "rebels") {
    if (states.empty() && number == 0) {
      // The only armed group that the document tells of.
      std::optional<uint32_t> only;
      bool several = false;
      for (uint32_t a = 0; a < actors_.size(); ++a) {
        if (actors_[a].type != ActorType::ArmedGroup || actors_[a].id == "?") continue;
        several = several || only.has_value();
        only = a;
      }
      if (only && !several && (definite || bare)) set = {*only};
      reason = "the only armed group of the document";
    }
    if (set.empty() && states.empty() && definite) {
      for (size_t k = sequence_.size(); k-- > 0 && set.empty();) {
        const MentionDraft& m = mentions_[sequence_[k]];
        if (m.actors.size() == 1 && actors_[m.actors[0]].type == ActorType::ArmedGroup) set = m.actors;
      }
      reason = "the last armed group named";
    }
    if (set.empty() && (definite || bare || !named.empty())) {
      set = {unnamed(text(i, end))};
      reason = "some who are not named";
    }
    score = 0.6F;
  } else if (kind == "company") {
    if (plural && !states.empty()) {
      const std::string name = actors_[states[0]].name + " " + text(j, end);
      set = {actor("company:" + slug(actors_[states[0]].country + " " + text(j, end)), name, ActorType::Company, actors_[states[0]].country)};
      reason = whose;
      score = 0.6F;
    }
  } else if (kind == "crowd") {
    // People of a kind: nobody by name.
    if (number == 0 && states.empty() && (bare || definite) && (bare || in(j, "crowd_noun")) && in(end - 1, "crowd_noun")) {
      const std::string words = text(j, end);
      set = {actor("people:" + slug(words), words, ActorType::Population, {})};
      reason = "people of this kind";
    } else {
      if (number != 0) set = {unnamed(text(i, end))};
      reason = "some who are not named";
    }
    score = 0.55F;
  } else if (kind == "government") {
    if (states.empty() && !plural) {
      if (const std::string where = country_behind(end); !where.empty()) states = {state("state:" + where)};
    }
    if (states.empty() && !plural && !indefinite && number == 0 && possessive == kNoToken) {
      if (const std::string country = context_country(i); in(j, "own_government") && !country.empty()) {
        states = {state("state:" + country)};
      } else if (const auto other = last_government(i)) {
        states = {*other};
      }
    }
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
    if (states.empty() && plural && (both || number != 0)) states = recent_states(i, n);
    if (states.empty() && definite && is(j, "people") && number == 0 && !is(end, "of") && !is(end, "who") && !is(end, "in") && is_subject(i, end)) {
      if (const auto other = last_government(i)) states = {*other};
    }
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
    } else if (plural && (both || number != 0 || (definite && principals_.size() >= 2))) {
      set = recent_states(i, n);
      reason = "the states that the document is about";
      score = 0.65F;
    }
  } else if (kind == "official") {
    if (plural && !states.empty() && owners.empty()) {
      each_state("gov:", "");
      reason = whose;
      score = 0.7F;
    } else if ((!plural && (indefinite || !named.empty())) || (plural && states.empty() && d != &by_agent && is_subject(i, end))) {
      set = {unnamed(text(i, end))};
      reason = "one who is not named";
      score = 0.6F;
    }
  } else if (kind == "leader") {
    if (plural && (both || number != 0 || definite)) {
      const uint32_t behind = count_behind(end);
      if (number == 0 && behind == 0) set = named_leaders(i);
      if (set.empty() && number == 0 && behind == 0 && principals_.size() != 2) return 0;
      if (set.empty())
      set = leaders(i, behind != 0 ? behind : n);
      reason = "the leaders of the states that the document is about";
      score = 0.65F;
    }
  } else if (kind == "colleague" && plural && possessive != kNoToken) {
    set = {unnamed(text(i, end))};
    reason = "some who are not named";
    score = 0.5F;
  } else if (kind == "colleague" && is(j, "predecessor") && owners.size() == 1) {
    if (const auto before = predecessor(owners[0])) set = {*before};
    reason = "held the office before";
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
        // Of the same office first, named here or holding it on the day; anybody of that state only for one without an office.
        const auto same_office = [&](uint32_t a) {
          return actors_[owner].roles.empty() || std::any_of(actors_[owner].roles.begin(), actors_[owner].roles.end(), [&](const std::string& role) { return has_role(a, role); });
        };
        for (size_t m = sequence_.size(); m-- > 0 && set.empty();) {
          for (const uint32_t a : mentions_[sequence_[m]].actors) {
            if (a != owner && actors_[a].type == ActorType::Person && actors_[a].country == country && same_office(a)) set = {a};
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
  } else if (kind == "org" && (definite || possessive != kNoToken || named_body) && !indefinite && !plural) {
    for (const bool generic : {false, true}) {
    if (generic && (named_body || !in(j, "org_generic"))) break;
    for (size_t k = sequence_.size(); k-- > 0 && set.empty();) {
      const MentionDraft& m = mentions_[sequence_[k]];
      if (m.actors.size() != 1 || m.end > i) continue;
      const ActorDraft& a = actors_[m.actors[0]];
      if (!organisation(a.type)) continue;
      bool same_word = false;
      same_word = named_with(m.actors[0], keys_[j]);
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
        if (named_with(m.actors[0], keys_[j])) set = m.actors;
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
