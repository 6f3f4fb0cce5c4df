// Left to right, what needs the others: offices and bodies without a state, descriptions, pronouns.
#include <algorithm>

#include "entities/actor_reader.h"

namespace readout::entities {
namespace {

constexpr uint32_t kNoToken = UINT32_MAX;

}  // namespace

std::string ActorReader::context_country(uint32_t i) {
  // "In Thailand, the envoy will meet the Human Rights Commission."
  if (const uint32_t from = sentence_begin(i); is(from, "in") && from + 1 < i) {
    if (const Atom* a = atom(is(from + 1, "the") ? from + 2 : from + 1); a != nullptr && a->kind == AtomKind::State && a->end < i && is(a->end, ",")) return letters(a->actor);
  }
  if (const Speech* s = speech(i); s != nullptr) {
    for (const ActorSet* side : {&s->speaker, &s->addressee}) {
      for (const uint32_t a : *side) {
        if (!country_of(a).empty() && !actors_[a].side.starts_with("org:")) return country_of(a);
      }
    }
  }
  // The state that the sentence, or the one before it, spoke of last.
  for (size_t k = sequence_.size(); k-- > 0;) {
    const MentionDraft& m = mentions_[sequence_[k]];
    if (m.end > i || sentence(m.begin) + 1 < sentence(i)) break;
    if (m.form == MentionForm::Possessive || m.actors.size() != 1) continue;
    const ActorDraft& of = actors_[m.actors[0]];
    if (!of.country.empty() && of.type != ActorType::Population && !of.side.starts_with("org:")) return of.country;
  }
  return principals_.empty() ? std::string() : country_of(principals_[0]);
}

ActorSet ActorReader::recent_persons(uint32_t before, size_t count, std::string_view cls, bool skip_speaker) {
  ActorSet out;
  const Speech* here = speech(before);
  for (size_t k = sequence_.size(); k-- > 0 && out.size() < count;) {
    const MentionDraft& m = mentions_[sequence_[k]];
    if (m.end > before || m.person == 1 || m.person == 2 || m.form == MentionForm::Possessive) continue;
    for (const uint32_t a : m.actors) {
      if (actors_[a].type != ActorType::Person || actors_[a].id == "?") continue;
      if (!cls.empty() && !has_role(a, cls)) continue;
      if (cls.empty() && actors_[a].roles.empty()) continue;
      if (skip_speaker && here != nullptr && std::find(here->speaker.begin(), here->speaker.end(), a) != here->speaker.end()) continue;
      if (out.size() < count) add_unique(out, a);
    }
  }
  std::reverse(out.begin(), out.end());
  return out;
}

ActorSet ActorReader::recent_states(uint32_t before, size_t count) {
  ActorSet out;
  if (count >= 3) {
    // More than two: those of this sentence and the one before it first.
    for (size_t k = sequence_.size(); k-- > 0 && out.size() < count;) {
      const MentionDraft& m = mentions_[sequence_[k]];
      if (m.end > before) continue;
      if (sentence(m.begin) + 1 < sentence(before)) break;
      for (const uint32_t s : states_of(m.actors)) {
        if (out.size() < count) add_unique(out, s);
      }
    }
    for (const uint32_t p : principals_) {
      if (out.size() < count) add_unique(out, p);
    }
    return out;
  }
  if (count == 2 && structure_.turns.size() >= 4) {
    // In questions and answers: the speaker's state and the one that this exchange is about.
    const ActorSet pair = states_of_exchange(before);
    if (pair.size() == 2) return pair;
  }
  if (count >= 2 && principals_.size() >= count) {
    for (size_t k = 0; k < count; ++k) out.push_back(principals_[k]);
    return out;
  }
  for (size_t k = sequence_.size(); k-- > 0 && out.size() < count;) {
    const MentionDraft& m = mentions_[sequence_[k]];
    if (m.end > before) continue;
    for (const uint32_t a : m.actors) {
      if (actors_[a].type == ActorType::State && out.size() < count) add_unique(out, a);
    }
  }
  return out;
}

ActorSet ActorReader::states_of_exchange(uint32_t before) {
  if (before >= size()) return {};
  const TurnId turn = tokens_.sentence_turn[sentence(before)];
  if (turn == kNone<TurnId>) return {};
  const size_t t = index(turn);
  ActorSet own;
  for (const size_t k : {t, t > 0 ? t - 1 : t, t + 1 < turn_speaker_.size() ? t + 1 : t}) {
    for (const uint32_t s : states_of(turn_speaker_[k])) add_unique(own, s);
  }
  if (own.size() != 1) return {};
  const uint32_t from = index(doc_.tokens_in(structure_.turns[t > 0 ? t - 1 : t].span).begin);
  std::map<uint32_t, int> weight;
  for (const MentionDraft& m : mentions_) {
    if (m.begin < from || m.begin >= before) continue;
    for (const uint32_t s : states_of(m.actors)) {
      if (s != own[0]) ++weight[s];
    }
  }
  std::optional<uint32_t> other;
  for (const auto& [s, count] : weight) {
    if (!other || count > weight[*other]) other = s;
  }
  if (!other) return {};
  return {own[0], *other};
}

ActorSet ActorReader::possessor(uint32_t i) {
  for (size_t k = mentions_.size(); k-- > 0;) {
    if (mentions_[k].begin == i && mentions_[k].end == i + 1) return mentions_[k].actors;
  }
  return {};
}

ActorSet ActorReader::leaders(uint32_t before, size_t count) {
  // Two who have just been named, if they are in office; else one a state, as the document speaks of them.
  ActorSet set;
  for (const uint32_t a : recent_persons(before, count, "", false)) {
    if (!actors_[a].known || !actors_[a].tenures.empty()) set.push_back(a);
  }
  const auto heads = [&](uint32_t a) { return has_role(a, "leader"); };
  if (set.size() == count && std::all_of(set.begin(), set.end(), heads)) return set;
  const ActorSet named = set.size() == count && count == 2 ? set : ActorSet{};
  set.clear();
  for (const uint32_t s : recent_states(before, count)) {
    std::optional<uint32_t> head;
    for (uint32_t a = 0; a < actors_.size() && !head; ++a) {
      if (actors_[a].type == ActorType::Person && actors_[a].id != "?" && actors_[a].country == actors_[s].country && heads(a) &&
          (!actors_[a].known || !actors_[a].tenures.empty())) {
        head = a;
      }
    }
    if (!head) {
      // "the prime minister of X" somewhere in the text says which office leads there.
      for (const TitlePhrase& title : pending_offices_) {
        if (!title.cls.starts_with("head_of") || title.plural || title.of.empty() || letters(title.of[0]) != actors_[s].country) continue;
        head = holder(actors_[s].id, title.cls);
        if (head) break;
      }
    }
    if (!head) head = holder(actors_[s].id, "head_of_state");
    if (head) add_unique(set, *head);
  }
  if (set.size() != count) set = named;
  return set;
}

uint32_t ActorReader::count_behind(uint32_t end) const {
  // "the leaders of the three countries"
  if (!is(end, "of")) return 0;
  const uint32_t k = is(end + 1, "the") || is(end + 1, "these") || is(end + 1, "those") ? end + 2 : end + 1;
  if (is(k, "both")) return 2;
  return k < size() ? number_of(low(k)) : 0;
}

uint32_t ActorReader::read_address(const Atom& form) {
  // "Mr. President", "Your Excellency": whoever is spoken to.
  const Speech* here = speech(form.begin);
  if (here == nullptr || here->indirect || is(form.end, "'s")) return 0;
  if (upper(form.end) && alpha(form.end) && same_sentence(form.begin, form.end)) return 0;
  if (low(form.end - 1).ends_with("ies") || low(form.end - 1).ends_with('s')) return 0;  // "Excellencies"
  ActorSet to;
  for (const uint32_t a : here->addressee) {
    if (actors_[a].type == ActorType::Person && actors_[a].id != "?") add_unique(to, a);
  }
  if (to.empty()) to = other_of_two(here->speaker);
  if (to.size() != 1) return 0;
  // "Mr. Ambassador" to a minister is somebody else who is there.
  if (form.end - form.begin >= 2 && in(form.begin, "civil_form") && !actors_[to[0]].roles.empty()) {
    for (const NameRef ref : knowledge_.exact(std::span(keys_.data() + form.begin + (is(form.begin + 1, ".") ? 2 : 1), form.end - form.begin - (is(form.begin + 1, ".") ? 2 : 1)))) {
      if (ref.table != Table::Titles) continue;
      const std::string_view cls = knowledge_.row(ref)[2];
      const bool head = cls == "head_of_state" && (has_role(to[0], "igo_head") || has_role(to[0], "chairperson"));
      const bool minister = cls != "ambassador" && !cls.starts_with("head_of");
      if (!has_role(to[0], cls) && !head && !minister) to = {unnamed(text(form.begin, form.end))};
      break;
    }
  }
  mention(form.begin, form.end, std::move(to), MentionForm::Title, "form of address", 0.8F);
  push(mentions_.size() - 1);
  return form.end;
}

uint32_t ActorReader::read_style(const Atom& form) {
  // "His Majesty asked", "His Excellency": the last one named of whom it may be said, else who reigned on the day.
  const std::string& style = low(form.end - 1);
  const bool reigns = style == "majesty" || style == "highness" || style == "holiness";
  const char gender = is(form.begin, "his") ? 'm' : is(form.begin, "her") ? 'f' : '\0';
  const auto fits = [&](uint32_t a) {
    if (actors_[a].type != ActorType::Person || actors_[a].id == "?" || (gender != 0 && actors_[a].gender != 0 && actors_[a].gender != gender)) return false;
    if (!reigns) return !actors_[a].roles.empty();
    if (has_role(a, "royal") || has_role(a, "religious_head")) return true;
    // A king, not a president: by his title here, or by the office that he holds.
    bool sovereign = false;
    for (const std::string& title : actors_[a].titles) {
      for (const uint64_t key : phrase_keys(title)) sovereign = sovereign || royal_words_.contains(key);
    }
    for (const NameRef tenure : actors_[a].tenures) {
      const std::string_view office = knowledge_.row(tenure)[0];
      sovereign = sovereign || tables_.in("royal_word", office.substr(std::min(office.rfind('.') + 1, office.size())));
    }
    return sovereign;
  };
  ActorSet who;
  const std::string home = home_country();
  for (const bool own : {true, false}) {
    // In a court's own report it is its own sovereign.
    if (own && (home.empty() || !reigns)) continue;
    for (size_t k = sequence_.size(); k-- > 0 && who.empty();) {
      const MentionDraft& m = mentions_[sequence_[k]];
      if (m.end > form.begin || m.actors.size() != 1 || !fits(m.actors[0])) continue;
      if (!own || actors_[m.actors[0]].country == home) who = m.actors;
    }
  }
  if (who.empty() && reigns) {
    const std::string country = !home.empty() ? home : context_country(form.begin);
    if (const auto a = country.empty() ? std::nullopt : holder("state:" + country, "head_of_state"); a && fits(*a)) who = {*a};
  }
  if (who.empty()) return 0;
  mention(form.begin, form.end, std::move(who), MentionForm::Title, "style of one named before", 0.75F);
  push(mentions_.size() - 1);
  return form.end;
}

uint32_t ActorReader::read_vocative(uint32_t i) {
  // "Thanks, Jalina.", "Jake, it's all yours": a first name that calls the one who is spoken to.
  const Speech* here = speech(i);
  if (here == nullptr || here->indirect || here->quote || !upper(i) || !alpha(i) || in(i, "function") || in(i, "never_name") || atom(i) != nullptr || small_words_.contains(keys_[i])) return 0;
  const std::string_view behind = i + 1 < size() ? word(i + 1) : std::string_view(".");
  const bool closed = behind == "," || behind == "." || behind == "?" || behind == "!" || behind == "\xE2\x80\x94";
  const bool first = i == sentence_begin(i);
  const bool called = !first && (is(i - 1, ",") || in(i - 1, "greeting_word") || is(i - 1, "so"));
  if (!closed || !(called || first)) return 0;
  const bool named = gender_of(i) != 0 || (entity_at_[i] >= 0 && doc_.entities()->entities[static_cast<size_t>(entity_at_[i])].type == EntityType::Person);
  // Between commas and first in a sentence many other words stand.
  if ((first || (is(i - 1, ",") && behind == "," && !(i > 1 && in(i - 2, "greeting_word")))) && !named) return 0;
  ActorSet to;
  for (const uint32_t a : here->addressee) {
    if (actors_[a].type == ActorType::Person && actors_[a].id != "?") add_unique(to, a);
  }
  if (to.size() != 1) return 0;
  if (!actors_[to[0]].given.empty() && slug(actors_[to[0]].given) != slug(word(i)) && !named) return 0;
  mention(i, i + 1, std::move(to), MentionForm::Name, "first name of the one spoken to", 0.7F);
  push(mentions_.size() - 1);
  return i + 1;
}

std::string ActorReader::home_country() const {
  // Where the report is from: the publisher's country, or the capital of its dateline.
  if (publisher_ && !actors_[*publisher_].country.empty()) return actors_[*publisher_].country;
  if (structure_.dateline_place) {
    const TokenRange range = doc_.tokens_in(*structure_.dateline_place);
    for (uint32_t k = index(range.begin); k < index(range.end); ++k) {
      if (const Atom* a = atom(k); a != nullptr && a->kind == AtomKind::Capital) return letters(a->actor);
    }
  }
  return {};
}

ActorSet ActorReader::visitor_or_host(uint32_t i, bool visitor, const ActorSet& owners) {
  // "The guest" comes from elsewhere than the report, "his host" from elsewhere than he.
  std::string not_from = owners.size() == 1 ? country_of(owners[0]) : visitor && owners.empty() ? home_country() : std::string();
  const std::string from = !visitor && owners.empty() ? home_country() : std::string();
  if (not_from.empty() && from.empty()) return {};
  const auto fits = [&](uint32_t a) {
    const ActorDraft& who = actors_[a];
    if (who.type != ActorType::Person || who.id == "?" || who.roles.empty() || who.country.empty() || std::find(owners.begin(), owners.end(), a) != owners.end()) return false;
    return from.empty() ? who.country != not_from : who.country == from;
  };
  for (size_t k = sequence_.size(); k-- > 0;) {
    const MentionDraft& m = mentions_[sequence_[k]];
    if (m.end <= i && m.actors.size() == 1 && fits(m.actors[0])) return m.actors;
  }
  for (const MentionDraft& m : mentions_) {
    if (m.begin > i && m.actors.size() == 1 && fits(m.actors[0])) return m.actors;
  }
  return {};
}

uint32_t ActorReader::visit(uint32_t i) {
  if (const Atom* form = atom(i); form != nullptr && !taken_[i]) {
    uint32_t end = 0;
    if (form->kind == AtomKind::Address) end = read_address(*form);
    if (form->kind == AtomKind::Honorific && form->end - form->begin >= 2 && in(i, "possessive_pronoun")) end = read_style(*form);
    if (end != 0) return end;
  }
  if (!taken_[i]) {
    if (const uint32_t end = read_vocative(i); end != 0) return end;
  }
  if (const auto it = pending_at_.find(i); it != pending_at_.end()) {
    const TitlePhrase title = pending_offices_[it->second];
    if (title.possessive != kNoToken && possessor(title.possessive).empty()) {
      if (!read_pronoun(title.possessive)) read_first_second(title.possessive);
    }
    // "the two leaders" may be both a title and a description: the title knows more.
    const uint32_t end = read_office(title);
    if (end > i && !mentions_.empty() && mentions_.back().begin == i) return end;
    if (const uint32_t described = read_description(i); described != 0) return described;
    return i + 1;
  }
  if (in(i, "first_person") || in(i, "second_person")) {
    read_first_second(i);
  } else {
    read_pronoun(i);
  }
  if (const auto it = pending_bodies_.find(i); it != pending_bodies_.end()) {
    const PendingBody body = it->second;
    // "the Mission" is the one that the document has named, if it has.
    const Description* noun = tables_.description(low(body.end - 1));
    if (noun != nullptr && (noun->kind == "org" || noun->kind == "delegation")) {
      if (const uint32_t end = read_description(i); end != 0) return end;
    }
    ActorSet states;
    if (in(i, "possessive_pronoun")) states = states_of(possessor(i));
    else if (const MentionDraft* owner = owner_before(i); owner != nullptr) states = states_of(owner->actors);
    else if (const std::string where = country_behind(body.end); !where.empty()) states = {state("state:" + where)};
    const bool definite = is(i, "the") || in(i, "possessive_pronoun") || !states.empty() || in(body.end - 1, "bare_body");
    if (in(body.end - 1, "adjective_desc") && !upper(body.end - 1) && alpha(body.end) && !in(body.end, "function") && !in(body.end, "preposition") && !verbish(body.end)) {
      const uint32_t end = read_description(i);  // "the military regime", not "the military aspect"
      return end != 0 ? end : body.end;
    }
    if (states.empty() && body.pattern == "gov:*" && !in(body.end - 1, "own_government")) {
      if (const auto other = last_government(i)) states = {*other};
    }
    // A body that the document has named in full before.
    std::optional<uint32_t> who;
    const size_t star = body.pattern.find('*');
    const std::string tail = body.pattern.substr(star + 1);
    if (states.empty()) {
      for (size_t k = sequence_.size(); k-- > 0 && !who;) {
        const MentionDraft& m = mentions_[sequence_[k]];
        if (m.actors.size() != 1) continue;
        if (structure_.genre == "agreement" && m.begin > 60) continue;  // its parties are named at its head
        const std::string& id = actors_[m.actors[0]].id;
        if (id.size() > tail.size() && id.ends_with(tail) && id.starts_with(body.pattern.substr(0, star)) && (!tail.empty() || id.find('.') == std::string::npos) &&
            actors_[m.actors[0]].type != ActorType::Population) {
          who = m.actors[0];
        }
      }
      if (const std::string country = context_country(i); !country.empty() && !who) states = {state("state:" + country)};
    }
    if (!who && !states.empty() && (definite || upper(i))) {
      std::string id = body.pattern;
      id.replace(star, 1, actors_[states[0]].country);
      who = known(id);
    }
    if (who && (definite || upper(i))) {
      mention(i, body.end, {*who}, upper(body.end - 1) ? MentionForm::Name : MentionForm::Description, "body of the state that is spoken of", 0.7F);
      push(mentions_.size() - 1);
      return body.end;
    }
  }
  if (taken_[i]) {
    // At an adjective: only if no longer mention holds it already.
    for (const MentionDraft& m : mentions_) {
      if (m.begin <= i && i < m.end && m.form != MentionForm::Demonym && !(m.end - m.begin == 1 && actors_[m.actors[0]].type == ActorType::State)) return i + 1;
    }
  }
  const uint32_t end = read_description(i);
  return end > i ? end : i + 1;
}

void ActorReader::read_reference(bool in_quotes) {
  std::stable_sort(mentions_.begin(), mentions_.end(), [](const MentionDraft& a, const MentionDraft& b) { return a.begin < b.begin; });
  sequence_.clear();
  size_t next = 0;
  const size_t before = mentions_.size();
  uint32_t skip = 0;
  for (uint32_t i = 0; i < size(); ++i) {
    while (next < before && mentions_[next].begin <= i) sequence_.push_back(next++);
    if (i < skip || in_quote_[i] != in_quotes) continue;
    const uint32_t block = index(tokens_.sentence_block[sentence(i)]);
    if (block < structure_.blocks.size()) {
      const BlockRole role = structure_.blocks[block].role;
      if (role == BlockRole::Navigation || role == BlockRole::Boilerplate) continue;
    }
    // "our Special Envoy X": whose he is, is told by a word of the name's own phrase.
    if (taken_[i] && in(i, "possessive_pronoun") && (in(i, "first_person") || in(i, "second_person"))) {
      read_first_second(i);
      continue;
    }
    if (taken_[i] && !(atom(i) != nullptr && (atom(i)->kind == AtomKind::Adjective || atom(i)->adjectival))) continue;
    const uint32_t end = visit(i);
    // Pronouns inside of a description are read on their own, names inside of it are mentions already.
    skip = end > i + 1 ? end : i + 1;
  }
}

}  // namespace readout::entities
