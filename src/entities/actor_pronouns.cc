// Third-person pronouns: the one named before who fits best.
#include <algorithm>

#include "entities/actor_reader.h"

namespace readout::entities {

std::vector<uint32_t> ActorReader::subjects_above(uint32_t i) const {
  // Subjects of the clauses that hold this word, from the inside out; itself left out.
  std::vector<uint32_t> out;
  if (doc_.syntax() == nullptr) return out;
  const auto& syntax = *doc_.syntax();
  uint32_t t = i;
  for (int steps = 0; steps < 10; ++steps) {
    const uint32_t h = index(syntax.head[t]);
    if (h == t || !same_sentence(h, i)) break;
    for (uint32_t c = sentence_begin(i); c < sentence_end(i); ++c) {
      if (index(syntax.head[c]) != h || c == t) continue;
      if (syntax.dep[c] == Dep::Nsubj || syntax.dep[c] == Dep::NsubjPass || syntax.dep[c] == Dep::NsubjOuter) out.push_back(c);
    }
    t = h;
  }
  return out;
}

uint32_t ActorReader::subject_with(const MentionDraft& m) const {
  // The one person who is the subject of the verb beside which these people stand.
  if (doc_.syntax() == nullptr) return UINT32_MAX;
  const auto& syntax = *doc_.syntax();
  uint32_t verb = m.head;
  for (int steps = 0; steps < 4 && syntax.upos[verb] != Upos::Verb; ++steps) verb = index(syntax.head[verb]);
  if (syntax.upos[verb] != Upos::Verb || !tables_.in("meet_lemma", doc_.lemma(TokenId{verb}))) return UINT32_MAX;
  for (const uint32_t s : subjects_above(m.head)) {
    for (const MentionDraft& other : mentions_) {
      if (other.begin > s || other.end <= s || other.actors.size() != 1 || &other == &m) continue;
      if (actors_[other.actors[0]].type == ActorType::Person && actors_[other.actors[0]].id != "?") return other.actors[0];
    }
  }
  return UINT32_MAX;
}

std::optional<ActorSet> ActorReader::told_ahead(uint32_t i, std::string_view pronoun) {
  // "For its part, X said", "In his reply the minister stated": a phrase before the subject that speaks of it.
  if (doc_.syntax() == nullptr || i > sentence_begin(i) + 4 || i == sentence_begin(i) || !in(sentence_begin(i), "preposition")) return std::nullopt;
  uint32_t subject = UINT32_MAX;
  for (const uint32_t s : subjects_above(i)) {
    if (s > i && subject == UINT32_MAX) subject = s;
  }
  if (subject == UINT32_MAX) return std::nullopt;
  for (const auto& [begin, row] : pending_at_) {
    const TitlePhrase title = pending_offices_[row];
    if (title.begin > subject || title.end <= subject || title.possessive != UINT32_MAX) continue;
    read_office(title);
    pending_at_.erase(title.begin);
    break;
  }
  const MentionDraft* best = nullptr;
  for (const MentionDraft& m : mentions_) {
    if (m.begin > subject || m.end <= subject || m.begin <= i || m.form == MentionForm::Demonym) continue;
    if (best == nullptr || m.end - m.begin > best->end - best->begin) best = &m;
  }
  if (best == nullptr || best->actors.empty()) return std::nullopt;
  const bool person = actors_[best->actors[0]].type == ActorType::Person;
  const bool one = best->actors.size() == 1;
  const bool him = pronoun == "his" || pronoun == "her";
  if (him ? !(one && person) : pronoun == "its" ? !one || person : one && person) return std::nullopt;
  return best->actors;
}

std::optional<ActorSet> ActorReader::antecedent(uint32_t i, std::string_view pronoun, float& score, std::string& reason) {
  const bool he = pronoun == "he" || pronoun == "him" || pronoun == "his" || pronoun == "himself";
  const bool she = pronoun == "she" || pronoun == "her" || pronoun == "hers" || pronoun == "herself";
  const bool they = pronoun == "they" || pronoun == "them" || pronoun == "their" || pronoun == "theirs" || pronoun == "themselves";
  const bool possessive = pronoun == "his" || pronoun == "her" || pronoun == "its" || pronoun == "their";
  const char gender = he ? 'm' : she ? 'f' : '\0';
  const Speech* here = speech(i);
  if (here != nullptr && here->indirect && !here->document && (he || she) && here->speaker.size() == 1) {
    // Summaries of speech: "he" is the one who speaks.
    score = 0.8F;
    reason = "the speaker of the summary";
    return here->speaker;
  }
  if (possessive) {
    if (auto ahead = told_ahead(i, pronoun)) {
      score = 0.8F;
      reason = "the subject that its phrase stands before";
      return ahead;
    }
  }
  const std::vector<uint32_t> subjects = subjects_above(i);
  const readout::Dep role = doc_.syntax() != nullptr ? doc_.syntax()->dep[i] : Dep::Punct;
  const bool object = role == Dep::Obj || role == Dep::Iobj || role == Dep::Obl || role == Dep::Nmod;
  std::optional<ActorSet> best;
  float best_points = 0;
  size_t seen = 0;
  for (size_t k = sequence_.size(); k-- > 0 && seen < 50; ++seen) {
    const MentionDraft& m = mentions_[sequence_[k]];
    if (m.end > i || m.person == 1 || m.person == 2) continue;
    if (m.person == 3 && m.actors.size() == 1 && actors_[m.actors[0]].id == "?") continue;
    const uint32_t distance = sentence(i) - sentence(m.begin);
    if (distance > 4) break;
    ActorSet set = m.actors;
    float points = 10.0F - 3.0F * static_cast<float>(distance) - 0.04F * static_cast<float>(std::min(i - m.end, 100U));
    if (is_subject(m.begin, m.end, false)) points += 2.5F;
    if (m.begin <= sentence_begin(m.begin) + 1) points += 1.0F;
    // Whose clause it is, comes first; but nobody is the object of his own act.
    bool own_act = false;
    for (size_t s = 0; s < subjects.size(); ++s) {
      if (subjects[s] < m.begin || subjects[s] >= m.end) continue;
      own_act = s == 0 && object && (role == Dep::Nmod || index(doc_.syntax()->head[i]) == index(doc_.syntax()->head[subjects[s]]));
      points += s == 0 ? 3.0F : 1.5F;
      break;
    }
    if (own_act) continue;
    if (here != nullptr && !here->indirect) {
      const Speech* there = speech(m.begin);
      if (there != here) {
        // The first words of a quote take up what is told before it, those of an answer what was asked.
        const bool first = sentence(i) == sentence(here->begin);
        const bool asked = there != nullptr && there->asks && !here->asks;
        points -= here->quote ? (first ? 2.0F : 4.0F) : asked ? 2.0F : 5.0F;
      }
      bool own = false;
      if (he || she) {
        for (const uint32_t a : set) {
          own = own || std::find(here->speaker.begin(), here->speaker.end(), a) != here->speaker.end() ||
                std::find(here->addressee.begin(), here->addressee.end(), a) != here->addressee.end();
        }
      }
      if (own) continue;
    } else if (speech(m.begin) != nullptr && speech(m.begin)->quote) {
      points -= 3.0F;
    }
    if (he || she) {
      if (set.size() != 1) continue;
      const ActorDraft& a = actors_[set[0]];
      const bool stands_for_person = m.form == MentionForm::Office && (a.type == ActorType::State || a.type == ActorType::Government);
      if (a.type != ActorType::Person && !stands_for_person) continue;
      if (a.gender != 0 && a.gender != gender) continue;
      if (a.gender == gender) points += 1.5F;
      // One does not speak to oneself: neither an object beside it nor the subject of its own clause.
      if (distance == 0 && !possessive && !is_subject(m.begin, m.end, false) && i < m.end + 3) points -= 4.0F;
      if (distance == 0 && (pronoun == "him" || pronoun == "her") && is_subject(m.begin, m.end, false)) {
        bool broken = false;
        for (uint32_t t = m.end; t < i; ++t) broken = broken || in(t, "clause_break") || is(t, "and") || is(t, "to");
        if (!broken && !(pronoun == "her" && alpha(i + 1) && !in(i + 1, "function"))) continue;
      }
    } else if (they) {
      // "A and B": two that stand side by side.
      if (set.size() == 1 && k > 0) {
        const MentionDraft& p = mentions_[sequence_[k - 1]];
        if (p.end + 1 == m.begin && is(p.end, "and") && actors_[set[0]].id != "?" && (p.actors.empty() || actors_[p.actors[0]].id != "?") && actors_[p.actors.empty() ? 0 : p.actors[0]].type == actors_[set[0]].type) {
          for (const uint32_t a : p.actors) set.insert(set.begin(), a);
          set.erase(std::unique(set.begin(), set.end()), set.end());
        }
      }
      if (set.size() == 1) {
        const ActorType type = actors_[set[0]].type;
        if (type == ActorType::Person) continue;
        if (type == ActorType::Population) points += 1.0F;
        else if (type == ActorType::ArmedGroup || type == ActorType::Military) points += 0.0F;
        else if (m.form == MentionForm::Description || type == ActorType::Ngo) points -= 3.0F;
        else if (m.form == MentionForm::Demonym || m.person == 3 || here == nullptr || here->indirect) continue;
        else points -= 1.5F;  // one says "they" of a government when one talks
        if (m.form == MentionForm::Demonym && type == ActorType::State) continue;
      } else {
        points += 3.0F;
        // "X met with A and B. They": all who took part.
        if (const uint32_t host = distance > 0 ? subject_with(m) : UINT32_MAX; host != UINT32_MAX && std::find(set.begin(), set.end(), host) == set.end()) set.insert(set.begin(), host);
        // "consultations between A and B": nobody does anything there.
        bool person = false;
        for (const uint32_t a : set) person = person || actors_[a].type == ActorType::Person;
        if (!person && m.actors.size() == 1 && !is_subject(m.begin, m.end, false)) points -= 5.0F;
      }
    } else {
      if (set.size() != 1) continue;
      const ActorType type = actors_[set[0]].type;
      if (type == ActorType::Person || type == ActorType::Population) continue;
      if (m.form == MentionForm::Demonym) points -= 3.0F;
      if (distance > 1) continue;
      if (!is_subject(m.begin, m.end, false) && !(possessive && distance == 0)) points -= 4.0F;
      if (is(m.end, "'s")) points -= 2.0F;
    }
    if (points > best_points) {
      best_points = points;
      best = std::move(set);
    }
  }
  if (they && (!best || best_points < 5.0F)) {
    // Two people of the last sentences, named one by one.
    ActorSet two;
    for (size_t k = sequence_.size(); k-- > 0;) {
      const MentionDraft& m = mentions_[sequence_[k]];
      if (m.end > i || m.person == 1 || m.person == 2 || m.form == MentionForm::Possessive) continue;
      const uint32_t distance = sentence(i) - sentence(m.begin);
      if (distance > 2 || (distance > 1 && two.size() >= 2)) break;
      if (distance == 0 || is(m.end, "'s")) continue;
      for (const uint32_t a : m.actors) {
        if (actors_[a].type == ActorType::Person && actors_[a].id != "?") add_unique(two, a);
      }
    }
    if (two.size() == 2 && pronoun == "they") {
      std::reverse(two.begin(), two.end());
      score = 0.6F;
      reason = "the two people of the sentences before";
      return two;
    }
  }
  const float wanted = he || she ? 3.0F : they ? 5.0F : 7.5F;
  if (!best || best_points < wanted) return std::nullopt;
  score = std::min(0.9F, 0.4F + best_points * 0.04F);
  reason = "the last one named who fits";
  return best;
}

bool ActorReader::read_pronoun(uint32_t i) {
  const std::string& w = low(i);
  if (w == "who" || w == "whom" || w == "whose") {
    // Right behind the one it belongs to.
    const uint32_t k = i > 0 && is(i - 1, ",") ? i - 1 : i;
    for (size_t s = sequence_.size(); s-- > 0;) {
      const MentionDraft& m = mentions_[sequence_[s]];
      if (m.end + 3 < k) break;
      if (m.end != k || m.form == MentionForm::Demonym) continue;
      if (w != "whose" && m.actors.size() == 1 && actors_[m.actors[0]].type == ActorType::State) continue;
      const ActorSet set = m.actors;
      MentionDraft& made = mention(i, i + 1, set, w == "whose" ? MentionForm::Possessive : MentionForm::Pronoun, "relative pronoun", 0.85F);
      made.person = 3;
      push(mentions_.size() - 1);
      return true;
    }
    return false;
  }
  if (!in(i, "third_person")) return false;
  if (w == "it") {
    const bool modal = in(i + 1, "modal") && !in(i + 2, "expletive_next");
    if (!modal && (!verbish(i + 1) || (in(i + 1, "expletive_verb") && !in(i + 2, "agent_adjective") && !low(i + 2).ends_with("ing")))) return false;
    if (doc_.syntax() != nullptr && doc_.syntax()->dep[i] == Dep::Expl) return false;
  }
  if (w == "her" && doc_.syntax() == nullptr && false) return false;
  float score = 0.5F;
  std::string reason;
  const auto set = antecedent(i, w, score, reason);
  const bool person = w == "he" || w == "she" || w == "him" || w == "her" || w == "his";
  if (!set && !person) return false;
  const bool possessive = w == "his" || w == "its" || w == "their" || w == "theirs" || w == "hers" ||
                          (w == "her" && (doc_.syntax() != nullptr ? doc_.syntax()->dep[i] == Dep::NmodPoss
                                                                   : alpha(i + 1) && !in(i + 1, "function") && !in(i + 1, "preposition")));
  MentionDraft& m = mention(i, i + 1, set ? *set : ActorSet{unnamed(word(i))}, possessive ? MentionForm::Possessive : MentionForm::Pronoun,
                            set ? reason : "nobody before it fits", set ? score : 0.2F);
  m.person = 3;
  push(mentions_.size() - 1);
  return true;
}

}  // namespace readout::entities
