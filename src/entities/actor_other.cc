// What names itself besides people: states, organisations, groups, capitals that act; publisher and principals.
#include <algorithm>

#include "core/utf8.h"
#include "entities/actor_reader.h"

namespace readout::entities {
uint32_t ActorReader::number_of(std::string_view word) {
  static constexpr std::string_view kNumbers[] = {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"};
  for (uint32_t n = 0; n < 9; ++n) {
    if (kNumbers[n] == word) return n + 2;
  }
  if (word.size() == 1 && word[0] >= '2' && word[0] <= '9') return static_cast<uint32_t>(word[0] - '0');
  return 0;
}

bool ActorReader::verbish(uint32_t i) const {
  if (i >= size()) return false;
  if (doc_.syntax() != nullptr) return upos(i) == Upos::Verb || upos(i) == Upos::Aux;
  if (upper(i) && !shouted(i)) return false;
  const std::string& w = low(i);
  return in(i, "auxiliary") || in(i, "speech_verb") || (w.size() > 3 && (w.ends_with("ed") || (w.ends_with('s') && !w.ends_with("ss") && w != "'s")));
}

bool ActorReader::is_subject(uint32_t begin, uint32_t end, bool agents) const {
  if (doc_.syntax() != nullptr) {
    for (uint32_t i = begin; i < end; ++i) {
      const uint32_t h = index(doc_.syntax()->head[i]);
      if (h >= begin && h < end && h != i) continue;
      switch (doc_.syntax()->dep[i]) {
        case Dep::Nsubj: case Dep::NsubjPass: case Dep::NsubjOuter: return true;
        case Dep::OblAgent: return agents;
        case Dep::Conj: {
          const Dep d = doc_.syntax()->dep[h];
          return d == Dep::Nsubj || d == Dep::NsubjPass || (agents && d == Dep::OblAgent);
        }
        default: return false;
      }
    }
    return false;
  }
  return end < size() && same_sentence(begin, end) && verbish(end) && !(begin > sentence_begin(begin) && in(begin - 1, "preposition"));
}

bool ActorReader::follows_locative(uint32_t begin) const {
  uint32_t k = begin;
  while (k > 0 && (is(k - 1, "the") || in(k - 1, "direction") || (is(k - 1, "-") && k > 1 && in(k - 2, "direction")))) --k;
  return k > 0 && same_sentence(k - 1, begin) && in(k - 1, "locative");
}

uint32_t ActorReader::noun_of(uint32_t end) const {
  // The noun that an adjective which ends here qualifies.
  uint32_t j = end;
  for (uint32_t rounds = 0; rounds < 6 && same_sentence(end - 1, j); ++rounds) {
    if (const Atom* a = atom(j); a != nullptr && (a->kind == AtomKind::Adjective || (a->kind == AtomKind::State && a->adjectival))) {
      j = a->end;
    } else if ((is(j, "and") || is(j, "or") || is(j, "-") || is(j, ",") || is(j, "/")) && j + 1 < size() && same_sentence(j, j + 1) && (rounds == 0 || !is(j, ","))) {
      ++j;
    } else if (number_of(low(j)) != 0 || in(j, "desc_modifier") || in(j, "possessive_modifier") || upos(j) == Upos::Adj || upos(j) == Upos::Num) {
      ++j;
    } else {
      break;
    }
  }
  // "foreign policy decision": the last noun of the compound.
  while (same_sentence(end - 1, j + 1) && doc_.syntax() != nullptr && doc_.syntax()->dep[j] == Dep::Compound && index(doc_.syntax()->head[j]) > j &&
         index(doc_.syntax()->head[j]) < j + 4 && same_sentence(j, index(doc_.syntax()->head[j]))) {
    j = index(doc_.syntax()->head[j]);
  }
  return j;
}

bool ActorReader::adjective_acts(uint32_t begin, uint32_t end) const {
  if (begin > 0 && (is(begin - 1, "anti") || is(begin - 1, "pro") || (is(begin - 1, "-") && begin > 1 && (is(begin - 2, "anti") || is(begin - 2, "pro") || is(begin - 2, "ex"))))) return false;
  if (!same_sentence(begin, end)) return false;
  // "Russian-brokered", not "Russian-speaking".
  if (is(end, "-") && !upper(end + 1) && alpha(end + 1)) return in(end + 1, "acted_participle");
  const uint32_t noun = noun_of(end);
  if (!same_sentence(begin, noun)) return true;
  // "his Kazakh colleague" names a person, not a state.
  if (const Description* d = tables_.description(low(noun)); d != nullptr && d->kind == "colleague") return false;
  // Languages, landscapes and culture do nothing.
  const auto idle = [&](uint32_t k) {
    const std::string_view lemma = doc_.syntax() != nullptr ? doc_.lemma(TokenId{k}) : std::string_view(low(k));
    return in(k, "language_noun") || in(k, "geo_noun") || in(k, "thing_noun") || tables_.in("thing_noun", lemma) || tables_.in("language_noun", lemma);
  };
  return !idle(noun) && !(end < noun && idle(end));
}

bool ActorReader::capital_acts(const Atom& a) const {
  const uint32_t i = a.begin, end = a.end;
  // The town of a dateline is where it was written.
  if (structure_.dateline_place && structure_.dateline_place->overlaps(tokens_.span[i])) return false;
  if (caps(i) && !shouted(i) && i == sentence_begin(i)) return false;
  // "Kabul University", "Minsk Group": a part of a longer name.
  if (upper(end) && same_sentence(i, end) && !shouted(i) && atom(end) == nullptr && alpha(end)) return false;
  const std::string_view behind = end < size() ? word(end) : std::string_view();
  if (is(end, "'s") || behind == "\xE2\x80\x99" || (behind == "'" && low(end - 1).ends_with('s'))) {
    // What a government has; a town has streets and airports.
    return end + 1 < sentence_end(i) && alpha(end + 1) && !in(end + 1, "town_noun") && !in(end + 2, "town_noun");
  }
  const auto before = [&](uint32_t k) -> uint32_t { return k > sentence_begin(i) ? k - 1 : UINT32_MAX; };
  // A row of capitals acts if what stands before or behind it says so.
  uint32_t from = i, to = end;
  for (uint32_t k = before(from); k != UINT32_MAX; k = before(from)) {
    const bool joins = is(k, ",") || is(k, "and") || is(k, "or");
    if (!joins || k == 0 || atom_over_[k - 1] < 0) break;
    const Atom& left = atoms_[static_cast<size_t>(atom_over_[k - 1])];
    if (left.end != k || (left.kind != AtomKind::Capital && left.kind != AtomKind::State)) break;
    from = left.begin;
  }
  while (same_sentence(i, to) && (is(to, ",") || is(to, "and") || is(to, "or"))) {
    const uint32_t k = is(to, ",") && is(to + 1, "and") ? to + 2 : to + 1;
    const Atom* right = atom(k);
    if (right == nullptr || (right->kind != AtomKind::Capital && right->kind != AtomKind::State)) break;
    to = right->end;
  }
  const bool row = from < i || to > end;
  const uint32_t lead = before(from);
  const std::string& preposition = lead == UINT32_MAX ? kNothing : low(lead);
  if (preposition == "between" || preposition == "with" || preposition == "against") return true;
  if (lead != UINT32_MAX && in(lead, "addressing_verb")) return true;
  const bool locative = follows_locative(from);
  if (!locative && is_subject(i, end)) return true;
  if (row && !locative && same_sentence(i, to) && (upos(to) == Upos::Verb || upos(to) == Upos::Aux) && preposition != "of" && preposition != "from" && preposition != "to") return true;
  if (doc_.syntax() == nullptr) return false;
  const uint32_t head = index(doc_.syntax()->head[i]) >= i && index(doc_.syntax()->head[i]) < end ? index(doc_.syntax()->head[end - 1]) : index(doc_.syntax()->head[i]);
  const std::string_view lemma = doc_.lemma(TokenId{head});
  const Dep dep = doc_.syntax()->dep[i];
  if ((dep == Dep::Obj || dep == Dep::Iobj) && upos(head) == Upos::Verb && !tables_.in("motion_verb", lemma)) return !is(end, ",");
  // "disbursed to Kyiv", "lashed out at Washington", "nothing was heard from Canberra"
  if (preposition == "to" || preposition == "at" || preposition == "from" || preposition == "by" || preposition == "on") {
    if (lead > 0 && (preposition == "to" || preposition == "from") && in(lead - 1, "motion_noun")) return false;  // "your last visit to Baku"
    if (lead > 0 && preposition != "by" && (tables_.in("giving_verb", low(lead - 1)) || in(lead - 1, "political_noun"))) return true;
    return tables_.in("giving_verb", lemma) || (preposition == "by" && upos(head) == Upos::Verb);
  }
  if (preposition == "of") return lead > 0 && in(lead - 1, "political_noun");
  // "Kabul delegation"
  if (dep == Dep::Compound && head == end && tables_.description(low(end)) != nullptr) return true;
  return false;
}

uint32_t ActorReader::read_other(uint32_t i) {
  const Atom* a = atom(i);
  if (a == nullptr || registering_) return a != nullptr ? a->end : 0;
  const uint32_t begin = i;
  const auto take = [&](uint32_t e) {
    for (uint32_t k = begin; k < e; ++k) taken_[k] = true;
  };
  switch (a->kind) {
    case AtomKind::State: {
      const bool owns = is(a->end, "'s");
      if (!owns && follows_locative(i) && !is_subject(a->begin, a->end)) return a->end;
      // "X Street": a name inside a longer name.
      if (upper(a->end) && same_sentence(i, a->end) && !shouted(i) && atom(a->end) == nullptr && in(a->end, "place_noun")) return a->end;
      mention(a->begin, a->end, {known(a->actor)}, MentionForm::Name, "name of a state", 0.95F);
      take(a->end);
      return a->end;
    }
    case AtomKind::Adjective:
      if (!adjective_acts(i, a->end)) return a->end;
      mention(a->begin, a->end, {known(a->actor)}, MentionForm::Demonym, "adjective of a state", 0.85F);
      take(a->end);
      return a->end;
    case AtomKind::Demonym: {
      const bool plural = low(a->end - 1).ends_with('s') || low(a->end - 1).ends_with("men");
      if (plural) {
        mention(a->begin, a->end, {known("people:" + letters(a->actor))}, MentionForm::Demonym, "people of a state", 0.88F);
      } else {
        mention(a->begin, a->end, {unnamed(text(a->begin, a->end))}, MentionForm::Demonym, "one person of a people", 0.5F);
      }
      take(a->end);
      return a->end;
    }
    case AtomKind::Capital: {
      if (!capital_acts(*a)) return a->end;
      mention(a->begin, a->end, {known("gov:" + letters(a->actor))}, MentionForm::Metonym, "capital that acts for its government", 0.8F);
      take(a->end);
      return a->end;
    }
    case AtomKind::Metonym: {
      if (follows_locative(i) || (a->weak && !is_subject(a->begin, a->end))) return a->end;
      mention(a->begin, a->end, {known(a->actor)}, MentionForm::Metonym, "seat that stands for its body", 0.85F);
      take(a->end);
      return a->end;
    }
    case AtomKind::Org:
    case AtomKind::Group: {
      const bool acronym = a->end - a->begin == 1 && caps(a->begin) && !shouted(a->begin);
      // "ECOWAS currency" still names its owner; the medium of a credit line does too.
      const uint32_t who = known(a->actor);
      // "Sputnik V": a name inside of a longer one.
      if (actors_[who].type == ActorType::Media && a->end - a->begin == 1 && upper(a->end) && word(a->end).size() == 1 && same_sentence(i, a->end)) return a->end;
      const bool plain = actors_[who].type == ActorType::Person || actors_[who].type == ActorType::State;
      mention(a->begin, a->end, {who}, acronym && !plain ? MentionForm::Acronym : MentionForm::Name, plain ? "name in the tables" : "name of an organisation", 0.92F);
      take(a->end);
      return a->end;
    }
    case AtomKind::Place:
      return a->end;
    default:
      return 0;
  }
}

void ActorReader::read_names() {
  for (const bool registering : {true, false}) {
    registering_ = registering;
    if (!registering) {
      for (const ActorDraft& who : actors_) {
        if (who.type == ActorType::Person) name_keys_.insert(who.keys.begin(), who.keys.end());
      }
    }
    for (uint32_t i = 0; i < size();) {
      const BlockId block = tokens_.sentence_block[sentence(i)];
      if (index(block) < structure_.blocks.size()) {
        const BlockRole role = structure_.blocks[index(block)].role;
        if (role == BlockRole::Navigation || role == BlockRole::Boilerplate) {
          i = sentence_end(i);
          continue;
        }
      }
      if (!registering && taken_[i]) {
        ++i;
        continue;
      }
      const bool opener = upper(i) || atom(i) != nullptr || is(i, "the") || is(i, "a") || is(i, "an") || is(i, "both") || in(i, "possessive_pronoun") ||
                          in(i, "title_modifier") || (in(i, "name_particle") && upper(i + 1));
      uint32_t end = 0;
      if (opener) {
        end = read_person(i);
        if (end == 0) end = read_body(i);
        if (end == 0) end = read_other(i);
      }
      i = end > i ? end : i + 1;
    }
  }
  registering_ = false;
}

MentionDraft* ActorReader::mention_over(uint32_t token) {
  for (MentionDraft& m : mentions_) {
    if (m.begin <= token && token < m.end && m.person == 0) return &m;
  }
  return nullptr;
}

void ActorReader::name_publisher() {
  std::string name = structure_.publisher_text;
  if (name.empty() && structure_.publisher) name = doc_.text(*structure_.publisher);
  if (name.empty()) name = doc_.meta().publisher;
  if (name.empty()) return;
  if (structure_.publisher) {
    const TokenRange range = doc_.tokens_in(*structure_.publisher);
    for (uint32_t k = index(range.begin); k < index(range.end); ++k) {
      const MentionDraft* m = mention_over(k);
      if (m == nullptr || m->actors.size() != 1) continue;
      const ActorType type = actors_[m->actors[0]].type;
      if (type == ActorType::Government || type == ActorType::Media || (type != ActorType::State && type != ActorType::Person && m->end - m->begin + 1 >= range.size())) {
        publisher_ = m->actors[0];
        return;
      }
    }
  }
  for (const NameRef ref : knowledge_.exact(name)) {
    if (ref.table == Table::Orgs) {
      publisher_ = known(std::string(knowledge_.row(ref)[0]));
      return;
    }
    if (ref.table == Table::Bodies && knowledge_.row(ref)[0].find('*') == std::string_view::npos) {
      publisher_ = known(std::string(knowledge_.row(ref)[0]));
      return;
    }
  }
  const std::string tail = slug(name);
  if (tail.empty()) return;
  const std::vector<uint64_t> keys = phrase_keys(name);
  // One of the document's own organisations may be it; a publisher that nothing else is known of is a medium.
  for (const Atom& a : atoms_) {
    if (a.kind != AtomKind::Org || a.end - a.begin != keys.size()) continue;
    bool same = true;
    for (uint32_t k = 0; k < keys.size(); ++k) same = same && keys_[a.begin + k] == keys[k];
    if (same && by_id_.contains(a.actor)) {
      publisher_ = by_id_[a.actor];
      return;
    }
  }
  for (uint32_t i = 0; i + keys.size() <= size(); ++i) {
    bool same = true;
    for (uint32_t k = 0; same && k < keys.size(); ++k) same = keys_[i + k] == keys[k];
    if (!same) continue;
    const MentionDraft* m = mention_over(i);
    if (m != nullptr && m->actors.size() == 1 && actors_[m->actors[0]].type != ActorType::Person && actors_[m->actors[0]].type != ActorType::State) {
      publisher_ = m->actors[0];
      return;
    }
  }
  publisher_ = actor("media:" + tail, name, ActorType::Media, {});
  // Its name in the text, and its initials.
  for (uint32_t i = 0; i + keys.size() <= size(); ++i) {
    bool same = upper(i) && !taken_[i];
    for (uint32_t k = 0; same && k < keys.size(); ++k) same = keys_[i + k] == keys[k];
    if (!same) continue;
    mention(i, i + static_cast<uint32_t>(keys.size()), {*publisher_}, MentionForm::Name, "publisher of the document", 0.9F);
    for (uint32_t k = 0; k < keys.size(); ++k) taken_[i + k] = true;
  }
  if (keys.size() >= 2) {
    std::string initials;
    bool start = true;
    for (const char c : utf8::lower(name)) {
      if (start && c != ' ' && c != '-') initials.push_back(c);
      start = c == ' ' || c == '-';
    }
    for (uint32_t i = 0; i < size(); ++i) {
      if (!caps(i) || low_[i] != initials) continue;
      if (taken_[i]) {
        MentionDraft* m = mention_over(i);
        if (m != nullptr && m->end == m->begin + 1 && m->actors.size() == 1 && !actors_[m->actors[0]].known) m->actors = {*publisher_};
        continue;
      }
      mention(i, i + 1, {*publisher_}, MentionForm::Acronym, "initials of the publisher", 0.85F);
      taken_[i] = true;
    }
  }
}

void ActorReader::find_principals() {
  // The states that the document is about: those of its speakers, then of the people that it names
  // first, then those that it names most.
  const auto add = [&](uint32_t s) {
    if (s != UINT32_MAX && std::find(principals_.begin(), principals_.end(), s) == principals_.end()) principals_.push_back(s);
  };
  std::vector<const MentionDraft*> ordered;
  for (const MentionDraft& m : mentions_) ordered.push_back(&m);
  std::stable_sort(ordered.begin(), ordered.end(), [](const MentionDraft* a, const MentionDraft* b) { return a->begin < b->begin; });
  std::map<uint32_t, std::pair<int, uint32_t>> weight;  // state -> points, first place
  const uint32_t lead = std::min(size(), 200U);
  for (const MentionDraft* m : ordered) {
    for (const uint32_t a : m->actors) {
      // An official of an organisation is not his country's.
      const uint32_t s = actors_[a].side.starts_with("org:") ? UINT32_MAX : state_of(a);
      if (s == UINT32_MAX) continue;
      auto& [points, first] = weight.try_emplace(s, std::pair{0, m->begin}).first->second;
      points += m->begin < lead ? 3 : 1;
    }
  }
  for (const ActorSet& speakers : turn_speaker_) {
    for (const uint32_t a : speakers) {
      if (const uint32_t s = state_of(a); s != UINT32_MAX && !actors_[a].side.starts_with("org:")) weight[s].first += 6;
    }
  }
  std::vector<std::pair<uint32_t, std::pair<int, uint32_t>>> ranked(weight.begin(), weight.end());
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
    return a.second.first != b.second.first ? a.second.first > b.second.first : a.second.second < b.second.second;
  });
  for (const auto& [s, unused] : ranked) add(s);
}

void ActorReader::find_countries() {
  // Officials whose state no words name beside them: the state that the same paragraph names, else
  // the first that the document is about and that no other speaker has.
  for (uint32_t a = 0; a < actors_.size(); ++a) {
    if (actors_[a].type != ActorType::Person || actors_[a].id == "?" || !actors_[a].country.empty() || actors_[a].known) continue;
    const bool official = std::any_of(actors_[a].roles.begin(), actors_[a].roles.end(), [](const std::string& role) {
      return role.starts_with("head_of") || role.ends_with("minister") || role == "spokesperson" || role == "ambassador" || role == "leader" || role == "speaker" ||
             role.starts_with("deputy_head") || role == "military" || role == "national_security_adviser";
    });
    if (!official) continue;
    const MentionDraft* first = nullptr;
    for (const MentionDraft& m : mentions_) {
      if (m.actors.size() == 1 && m.actors[0] == a && (first == nullptr || m.begin < first->begin)) first = &m;
    }
    std::vector<std::string> near;
    if (first != nullptr) {
      const BlockId block = tokens_.sentence_block[sentence(first->begin)];
      for (const MentionDraft& m : mentions_) {
        if (tokens_.sentence_block[sentence(m.begin)] != block || m.actors.size() != 1) continue;
        const ActorType type = actors_[m.actors[0]].type;
        if (type != ActorType::State && type != ActorType::Government) continue;
        const std::string& c = actors_[m.actors[0]].country;
        if (std::find(near.begin(), near.end(), c) == near.end()) near.push_back(c);
      }
    }
    if (near.size() == 1) {
      actors_[a].country = near[0];
      continue;
    }
    bool speaks = false;
    std::vector<std::string> others;
    for (const ActorSet& who : turn_speaker_) {
      for (const uint32_t s : who) {
        speaks = speaks || s == a;
        if (s != a && !actors_[s].country.empty()) others.push_back(actors_[s].country);
      }
    }
    if (!speaks && principals_.size() > 1) continue;
    for (const uint32_t p : principals_) {
      if (std::find(others.begin(), others.end(), actors_[p].country) != others.end()) continue;
      actors_[a].country = actors_[p].country;
      break;
    }
  }
}

}  // namespace readout::entities
