// I, we, you, our, your: whom they mean at one place. Facts about the place are tested against the
// rules of data/discourse/persons.tsv; the first rule whose conditions hold decides, the next two
// give the alternatives.
#include <algorithm>

#include "entities/actor_reader.h"

namespace readout::entities {

bool ActorReader::speaks_for_others(uint32_t a) const {
  if (actors_[a].type == ActorType::Government && actors_[a].id.find('.') != std::string::npos) return true;
  return std::any_of(actors_[a].roles.begin(), actors_[a].roles.end(),
                     [](const std::string& role) { return role.find("spokes") != std::string::npos || role.find("press") != std::string::npos; });
}

void ActorReader::read_first_second(uint32_t i) {
  const std::string& w = low(i);
  if (w == "us" && caps(i)) return;  // "US"
  if (w == "i" && word(i) != "I") return;
  if ((w == "i" || w == "me") && is(i + 1, ".")) {
    // "Article I.", an initial
    if (i > 0 && upper(i - 1)) return;
  }
  const Speech* here = speech(i);
  const ActorSet speaker = here != nullptr ? here->speaker : ActorSet{};
  const ActorSet addressee = here != nullptr ? here->addressee : ActorSet{};
  const uint32_t from = sentence_begin(i), to = sentence_end(i);
  // The clause: between marks and conjunctions around the word.
  uint32_t clause_from = i, clause_to = i + 1;
  while (clause_from > from && !in(clause_from - 1, "clause_break")) --clause_from;
  while (clause_to < to && !in(clause_to, "clause_break")) ++clause_to;
  uint32_t head = i + 1;
  while (head < to && head < i + 5 && (in(head, "desc_modifier") || in(head, "possessive_modifier") || number_of(low(head)) != 0 ||
                                       (atom(head) != nullptr && atom(head)->kind == AtomKind::Adjective))) {
    ++head;
  }
  if (doc_.syntax() != nullptr && doc_.syntax()->dep[i] == Dep::NmodPoss) head = index(doc_.syntax()->head[i]);

  // Others who act with the speaker: "I spoke with X, and we agreed"; "X and I".
  ActorSet others;
  bool others_here = false;
  for (size_t k = sequence_.size(); k-- > 0 && others.empty();) {
    const MentionDraft& m = mentions_[sequence_[k]];
    if (m.end > i || sentence(m.begin) + 1 < sentence(i)) break;
    if (m.actors.size() != 1 || m.person != 0 || actors_[m.actors[0]].type != ActorType::Person) continue;
    if (std::find(speaker.begin(), speaker.end(), m.actors[0]) != speaker.end()) continue;
    const bool with = m.begin > 0 && (is(m.begin - 1, "with") || is(m.begin - 1, "to") || in(m.begin - 1, "meeting_verb") || (m.begin > 1 && is(m.begin - 2, "with")));
    const bool and_i = is(m.end, "and") && is(m.end + 1, "i");
    const bool i_and = m.begin > 1 && is(m.begin - 1, "and") && is(m.begin - 2, "i");
    if (with || and_i || i_and) {
      others = m.actors;
      others_here = sentence(m.begin) == sentence(i);
    }
  }
  ActorSet partner = !others.empty() ? others : ActorSet{};
  if (partner.empty()) {
    for (const uint32_t a : addressee) {
      if (actors_[a].id != "?" && actors_[a].type == ActorType::Person) add_unique(partner, a);
    }
  }
  if (partner.empty() && here != nullptr) {
    // The other main person of the document.
    for (size_t k = sequence_.size(); k-- > 0 && partner.empty();) {
      const MentionDraft& m = mentions_[sequence_[k]];
      if (m.actors.size() != 1 || actors_[m.actors[0]].type != ActorType::Person || actors_[m.actors[0]].id == "?") continue;
      if (std::find(speaker.begin(), speaker.end(), m.actors[0]) != speaker.end() || actors_[m.actors[0]].roles.empty()) continue;
      if (speech(m.begin) == here) partner = m.actors;
    }
  }
  const ActorSet speaker_states = sides_of(speaker);
  ActorSet other_states = sides_of(partner);
  other_states.erase(std::remove_if(other_states.begin(), other_states.end(),
                                    [&](uint32_t s) { return std::find(speaker_states.begin(), speaker_states.end(), s) != speaker_states.end(); }),
                     other_states.end());
  if (other_states.empty() && !speaker_states.empty()) {
    for (const uint32_t p : principals_) {
      if (std::find(speaker_states.begin(), speaker_states.end(), p) == speaker_states.end()) {
        other_states = {p};
        break;
      }
    }
  }
  const auto window = [&](uint32_t a, uint32_t b, std::string_view cls) {
    for (uint32_t k = a; k < b && k < size(); ++k) {
      // "both within ... and within ..." joins phrases, not people.
      if (in(k, cls) && !(is(k, "both") && in(k + 1, "preposition"))) return true;
    }
    return false;
  };
  const MentionDraft* last_we = nullptr;
  for (size_t k = sequence_.size(); k-- > 0;) {
    const MentionDraft& m = mentions_[sequence_[k]];
    if (m.end > i) continue;
    if (m.begin < from) break;
    if (m.person == 1 && (low(m.begin) == "we" || low(m.begin) == "our")) {
      last_we = &m;
      break;
    }
  }
  const auto holds = [&](const PersonRule::Condition& c) {
    bool yes = false;
    if (c.what == "speaker") {
      if (c.value == "none") yes = speaker.empty();
      else if (c.value == "many") yes = speaker.size() > 1;
      else if (c.value == "unnamed") yes = !speaker.empty() && actors_[speaker[0]].id == "?";
      else if (c.value == "person") yes = !speaker.empty() && actors_[speaker[0]].type == ActorType::Person && actors_[speaker[0]].id != "?";
      else if (c.value == "state") yes = !speaker_states.empty();
      else if (c.value == "spokes") yes = !speaker.empty() && speaks_for_others(speaker[0]);
      else if (c.value == "org") yes = !speaker.empty() && actors_[speaker[0]].type != ActorType::Person && speaker_states.empty();
    } else if (c.what == "addressee") {
      yes = !addressee.empty();
      if (c.value == "named") yes = yes && actors_[addressee[0]].id != "?";
      if (c.value == "state") yes = !sides_of(addressee).empty();
      if (c.value == "spokes") {
        yes = yes && speaks_for_others(addressee[0]);
      }
    } else if (c.what == "asks") {
      yes = here != nullptr && here->asks;
    } else if (c.what == "sameboth") {
      yes = last_we != nullptr && last_we->actors.size() > 1 && speaker.size() < 2 &&
            std::none_of(last_we->actors.begin(), last_we->actors.end(), [&](uint32_t a) { return actors_[a].type == ActorType::Person; });
    } else if (c.what == "others") {
      yes = !others.empty();
      if (c.value == "here") yes = yes && others_here;
    } else if (c.what == "partner") {
      yes = !partner.empty();
    } else if (c.what == "otherstate") {
      yes = !other_states.empty();
    } else if (c.what == "head") {
      yes = in(head, c.value);
    } else if (c.what == "next") {
      yes = window(i + 1, std::min(clause_to, i + 5), c.value);
    } else if (c.what == "after") {
      yes = window(i + 1, i + 2, c.value);
    } else if (c.what == "soon") {
      yes = window(i + 1, std::min(clause_to, i + 4), c.value);
    } else if (c.what == "prev") {
      yes = i > from && in(i - 1, c.value);
    } else if (c.what == "clause") {
      yes = window(clause_from, clause_to, c.value);
    } else if (c.what == "sentence") {
      yes = window(from, to, c.value);
    } else if (c.what == "genre") {
      yes = structure_.genre == c.value;
    } else if (c.what == "same") {
      yes = last_we != nullptr;
    } else if (c.what == "quote") {
      yes = here != nullptr && here->quote;
    }
    return yes != c.negated;
  };
  const auto give = [&](std::string_view what) {
    ActorSet set;
    if (speaker.empty() && what != "unnamed" && what != "same") return set;
    const auto add = [&](const ActorSet& more) {
      for (const uint32_t a : more) add_unique(set, a);
    };
    if (what == "speaker") add(speaker);
    else if (what == "addressee") add(addressee);
    else if (what == "speaker_state") add(speaker_states);
    else if (what == "speaker_body") add(bodies_of(speaker));
    else if (what == "addressee_state") add(sides_of(addressee));
    else if (what == "both_persons") { add(speaker); add(partner); }
    else if (what == "with_others") { add(speaker); add(others); }
    else if (what == "both_states") { add(speaker_states); add(other_states); }
    else if (what == "same" && last_we != nullptr) add(last_we->actors);
    else if (what == "people") for (const uint32_t s : speaker_states) {
      if (!actors_[s].country.empty()) add_unique(set, known("people:" + actors_[s].country));
    }
    else if (what == "unnamed") set = {unnamed(word(i))};
    return set;
  };
  const bool possessive = in(i, "possessive_pronoun") || in(i, "possessive_alone");
  MentionDraft m;
  bool found = false;
  for (const PersonRule& rule : tables_.person_rules()) {
    if (std::find(rule.words.begin(), rule.words.end(), w) == rule.words.end()) continue;
    bool all = true;
    for (const PersonRule::Condition& c : rule.conditions) all = all && holds(c);
    if (!all) continue;
    const ActorSet set = give(rule.gives);
    if (set.empty()) continue;
    if (!found) {
      m.actors = set;
      m.reason = "persons." + rule.name + ": " + rule.why;
      m.score = rule.score;
      found = true;
    } else if (m.alternatives.size() < 4) {
      for (const uint32_t a : set) {
        if (std::find(m.actors.begin(), m.actors.end(), a) == m.actors.end()) add_unique(m.alternatives, a);
      }
    }
  }
  if (!found) {
    if (here == nullptr && (w == "you" || w == "your")) return;
    m.actors = {unnamed(word(i))};
    m.reason = "who speaks is not known";
    m.score = 0.2F;
  }
  MentionDraft& out = mention(i, i + 1, std::move(m.actors), possessive ? MentionForm::Possessive : MentionForm::Pronoun, m.reason, m.score);
  out.alternatives = std::move(m.alternatives);
  out.person = in(i, "first_person") ? 1 : 2;
  push(mentions_.size() - 1);
}

}  // namespace readout::entities
