#include "events/roles.h"

#include <algorithm>

#include "core/utf8.h"

namespace readout::events {

RoleResolver::RoleResolver(const FrameSet& frames) : frames_(frames), lexicon_(frames.lexicon()) {
  const Lexicon& lexicon = lexicon_;
  const auto set = [&](std::string_view name) { return lexicon.find_set(name); };
  mil_ = set("role.mil"), gov_ = set("role.gov"), people_ = set("role.people"), person_ = set("role.person");
  partitive_ = set("word.partitive"), quantity_ = set("word.quantity"), pronoun_ = set("word.pronoun"), hardware_ = set("role.hardware");
  of_country_ = set("word.of-country"), civil_ = set("role.civil"), refugees_ = set("role.refugees"), reflexive_ = set("word.reflexive");
  quality_head_ = set("word.quality-head"), ministry_ = set("role.ministry"), seated_ = set("word.seated"), led_ = set("word.led");
  for (size_t i = 0; i < lexicon.set_count(); ++i) {
    const SetId id{static_cast<uint16_t>(i)};
    const std::string_view name = lexicon.set_name(id);
    if (name.find('/') != std::string_view::npos) continue;  // spelt out in a pattern, not named in sets.tsv
    if (name.starts_with("body.")) bodies_.emplace_back(id, std::string(name.substr(4)));
    if (name.starts_with("office.")) offices_.emplace_back(id, std::string(name.substr(6)));
  }
  const auto kind = [&](std::string_view prefix, std::initializer_list<std::string_view> nouns) {
    std::vector<WordId> words;
    for (const std::string_view noun : nouns) {
      if (const WordId word = lexicon.find(noun); word != kNoWord) words.push_back(word);
    }
    kinds_.emplace_back(prefix, std::move(words));
  };
  kind(".parliament", {"parliament"});
  kind(".police", {"police"});
  kind("party:", {"party"});
  kind("media:", {"newspaper", "station"});
  kind("org:", {"organisation"});
  kind("group:", {"group", "militia"});
  kind("mil:", {"troop", "army"});
  kind("company:", {"company"});
  kind("person:", {"person"});
  kind("state:", {"territory"});
  if (const WordId word = lexicon.find("territory"); word != kNoWord) place_kind_.push_back(word);
}

void RoleResolver::begin(Draft& draft) {
  draft_ = &draft;
  extra_.clear();
  const Document& doc = draft.doc();
  mention_of_.assign(doc.tokens()->size(), -1);
  known_actors_ = 0;
  place_of_.assign(doc.tokens()->size(), -1);
  entity_of_.assign(doc.tokens()->size(), 0);
  if (const PlaceLayer* places = doc.places()) {
    for (size_t i = 0; i < places->places.size(); ++i) {
      if (places->places[i].country == kNone<Sym>) continue;
      const TokenRange range = doc.tokens_in(places->places[i].span);
      for (uint32_t t = index(range.begin); t < index(range.end) && t < place_of_.size(); ++t) {
        if (place_of_[t] < 0) place_of_[t] = static_cast<int32_t>(i);
      }
    }
  }
  if (const EntityLayer* entities = doc.entities()) {
    for (const Entity& entity : entities->entities) {
      const bool acts = entity.type == EntityType::Person || entity.type == EntityType::Organisation || entity.type == EntityType::Gpe || entity.type == EntityType::Location;
      for (uint32_t t = index(entity.tokens.begin); t < index(entity.tokens.end) && t < entity_of_.size(); ++t) entity_of_[t] = acts ? 1 : 2;
    }
  }
  if (const TimexLayer* timexes = doc.timexes()) {
    for (const Timex& timex : timexes->timexes) {
      const TokenRange range = doc.tokens_in(timex.span);
      for (uint32_t t = index(range.begin); t < index(range.end) && t < entity_of_.size(); ++t) entity_of_[t] = 2;
    }
  }
  const ActorLayer* actors = doc.actors();
  if (actors == nullptr) return;
  known_actors_ = static_cast<uint32_t>(actors->actors.size());
  for (size_t i = 0; i < actors->mentions.size(); ++i) {
    const Mention& mention = actors->mentions[i];
    const TokenRange range = mention.tokens.empty() ? doc.tokens_in(mention.span) : mention.tokens;
    for (uint32_t t = index(range.begin); t < index(range.end) && t < mention_of_.size(); ++t) {
      const int32_t old = mention_of_[t];
      if (old >= 0) {
        const Span before = actors->mentions[static_cast<size_t>(old)].span;
        if (before.size() <= mention.span.size()) continue;
      }
      mention_of_[t] = static_cast<int32_t>(i);
    }
  }
  find_bare_states();
  find_issuer();
}

/// "The Security Council, ... 1. Condemns ...; 2. Urges ...": the body that the text's verbs without subject speak for.
void RoleResolver::find_issuer() {
  constexpr size_t kMinVerbs = 3;      // fewer may be notes or headlines
  constexpr uint32_t kHead = 14;       // sentences at the head of the document
  constexpr uint32_t kAlone = 12;      // tokens of a line that names the body alone
  issuer_ = kNone<ActorId>;
  const Document& doc = draft_->doc();
  const SyntaxLayer& syntax = *doc.syntax();
  size_t verbs = 0;
  for (uint32_t s = 0; s < doc.tokens()->sentences.size(); ++s) {
    const TokenRange range = doc.sentence_tokens(SentenceId{s});
    uint32_t t = index(range.begin);
    while (t < index(range.end) && (syntax.upos[t] == Upos::Num || syntax.upos[t] == Upos::Punct || syntax.upos[t] == Upos::Adv)) ++t;
    if (t >= index(range.end) || syntax.upos[t] != Upos::Verb || syntax.head[t] != TokenId{t} || !doc.word(TokenId{t}).ends_with('s')) continue;
    bool subject = false;
    for (uint32_t c = index(range.begin); c < index(range.end); ++c) subject = subject || (syntax.head[c] == TokenId{t} && base(syntax.dep[c]) == Dep::Nsubj);
    if (!subject) ++verbs;
  }
  if (verbs < kMinVerbs || doc.actors() == nullptr) return;
  std::vector<std::pair<ActorId, size_t>> bodies;
  for (const Mention& mention : doc.actors()->mentions) {
    if (mention.tokens.empty() || mention.actors.size() != 1) continue;
    const SentenceId sentence = doc.tokens()->sentence[index(mention.tokens.begin)];
    if (index(sentence) >= kHead) break;
    const std::string_view id = id_of(mention.actors.front());
    if (!id.starts_with("org:") && !id.starts_with("gov:")) continue;
    const TokenRange range = doc.sentence_tokens(sentence);
    const bool alone = range.size() <= kAlone && index(mention.tokens.begin) <= index(range.begin) + 1;
    auto it = std::find_if(bodies.begin(), bodies.end(), [&](const auto& one) { return one.first == mention.actors.front(); });
    if (it == bodies.end()) it = bodies.insert(bodies.end(), {mention.actors.front(), 0});
    it->second += alone ? 5 : 1;
  }
  const auto best = std::max_element(bodies.begin(), bodies.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  if (best != bodies.end()) issuer_ = best->first;
}

void RoleResolver::find_bare_states() {
  bare_states_.clear();
  const Document& doc = draft_->doc();
  const uint32_t n = doc.tokens()->size();
  const auto large = [&](uint32_t t) {
    const std::string_view word = doc.word(TokenId{t});
    return !word.empty() && word[0] >= 'A' && word[0] <= 'Z';
  };
  std::string name;
  for (uint32_t t = 0; t < n; ++t) {
    if (mention_of_[t] >= 0 || place_of_[t] != -1 || !large(t) || doc.syntax()->upos[t] == Upos::Verb) continue;
    if (t > 0 && large(t - 1) && place_of_[t - 1] == -1) continue;  // inside of a longer name
    uint32_t end = t;
    name.clear();
    std::string_view country;
    uint32_t country_end = t;
    while (end < n && end < t + 4 && large(end) && mention_of_[end] < 0 && doc.tokens()->sentence[end] == doc.tokens()->sentence[t]) {
      if (!name.empty()) name.push_back(' ');
      name += utf8::lower(doc.word(TokenId{end++}));
      if (const std::string_view found = frames_.country_of_name(name); !found.empty()) country = found, country_end = end;
    }
    if (country.empty() || country_end != end) continue;
    Place place;
    place.span = Span{doc.span(TokenId{t}).begin, doc.span(TokenId{end - 1}).end};
    place.country = draft_->intern(country);
    bare_states_.push_back(std::move(place));
    for (uint32_t k = t; k < end; ++k) place_of_[k] = -1 - static_cast<int32_t>(bare_states_.size());
  }
}

const Mention* RoleResolver::mention_at(TokenId t) const {
  const int32_t i = mention_of_[index(t)];
  return i < 0 ? nullptr : &draft_->doc().actors()->mentions[static_cast<size_t>(i)];
}

const std::vector<WordId>& RoleResolver::kinds_of(TokenId t) const {
  static const std::vector<WordId> kNothing;
  const Mention* mention = mention_at(t);
  if (mention == nullptr && draft_->doc().syntax()->upos[index(t)] == Upos::Propn && place_at(t) != nullptr) return place_kind_;
  if (mention == nullptr || mention->actors.empty() || mention->form == MentionForm::Demonym) return kNothing;
  const std::string_view id = id_of(mention->actors.front());
  for (const auto& [mark, words] : kinds_) {
    if (mark.front() == '.' ? id.ends_with(mark) : id.starts_with(mark)) return words;
  }
  return kNothing;
}

const Place* RoleResolver::place_at(TokenId t) const {
  const int32_t i = place_of_[index(t)];
  if (i < -1) return &bare_states_[static_cast<size_t>(-2 - i)];
  return i < 0 ? nullptr : &draft_->doc().places()->places[static_cast<size_t>(i)];
}

std::string_view RoleResolver::id_of(ActorId actor) const {
  if (index(actor) < known_actors_) return draft_->doc().str(draft_->doc().actors()->actors[index(actor)].id);
  const size_t i = index(actor) - known_actors_;
  return i < extra_.size() ? draft_->doc().str(extra_[i].id) : std::string_view("?");
}

std::string_view RoleResolver::country_of(ActorId actor) const {
  if (index(actor) >= known_actors_) {
    const size_t i = index(actor) - known_actors_;
    return i < extra_.size() ? draft_->doc().str(extra_[i].country) : std::string_view();
  }
  return draft_->doc().str(draft_->doc().actors()->actors[index(actor)].country);
}

ActorId RoleResolver::make(std::string_view id, ActorType type, std::string_view country) {
  if (const ActorLayer* actors = draft_->doc().actors(); actors != nullptr) {
    for (size_t i = 0; i < actors->actors.size(); ++i) {
      if (draft_->doc().str(actors->actors[i].id) == id) return ActorId{static_cast<uint32_t>(i)};
    }
  }
  for (size_t i = 0; i < extra_.size(); ++i) {
    if (draft_->doc().str(extra_[i].id) == id) return ActorId{known_actors_ + static_cast<uint32_t>(i)};
  }
  Actor actor;
  actor.id = draft_->intern(id);
  actor.name = actor.id;
  actor.type = type;
  if (!country.empty()) actor.country = draft_->intern(country);
  extra_.push_back(std::move(actor));
  return ActorId{known_actors_ + static_cast<uint32_t>(extra_.size()) - 1};
}

void RoleResolver::begin_sentence(const SentenceView& view) {
  only_country_.clear();
  countries_.clear();
  bool several = false;
  const auto meet = [&](std::string_view country) {
    if (country.empty()) return;
    if (std::find(countries_.begin(), countries_.end(), country) == countries_.end()) countries_.emplace_back(country);
    if (only_country_.empty()) only_country_ = country;
    else if (only_country_ != country) several = true;
  };
  for (TokenId t = view.range().begin; t < view.range().end; t = TokenId{index(t) + 1}) {
    if (const Mention* mention = mention_at(t); mention != nullptr) {
      for (const ActorId actor : mention->actors) meet(country_of(actor));
    } else if (view.upos(t) == Upos::Propn) {
      if (const Place* place = place_at(t)) meet(draft_->doc().str(place->country));
    }
  }
  if (several) only_country_.clear();
}

TokenId RoleResolver::other_side(const SentenceView& view, const Fillers& side, TokenId predicate, const std::vector<TokenId>& tellers) const {
  const auto side_of = [&](ActorId actor) { return country_of(actor).empty() ? id_of(actor) : country_of(actor); };
  std::vector<std::string> own;
  for (const ActorId actor : side.actors) own.emplace_back(side_of(actor));
  const auto is_own = [&](std::string_view other) { return std::find(own.begin(), own.end(), other) != own.end(); };
  // Actors first; a place stands for its state only where no actor is left.
  for (const bool places : {false, true}) {
    std::string found, below_found;
    TokenId head = kNone<TokenId>, below_head = kNone<TokenId>;
    bool several = false, below_several = false;
    for (TokenId t = view.range().begin; t < view.range().end; t = TokenId{index(t) + 1}) {
      if (std::any_of(tellers.begin(), tellers.end(), [&](TokenId teller) { return view.below(t, teller); })) continue;
      std::string other;
      if (const Mention* mention = mention_at(t); mention != nullptr) {
        if (places || mention->head != t || nobody(*mention) || mention->person != 0 || mention->actors.size() != 1) continue;
        other = side_of(mention->actors.front());
      } else if (const Place* place = places && view.upos(t) == Upos::Propn ? place_at(t) : nullptr) {
        if (place->country == kNone<Sym>) continue;
        other = draft_->doc().str(place->country);
      } else {
        continue;
      }
      if (is_own(other)) continue;
      if (head != kNone<TokenId> && other != found) several = true;
      else if (head == kNone<TokenId>) head = t, found = other;
      if (!view.below(t, predicate)) continue;
      if (below_head != kNone<TokenId> && other != below_found) below_several = true;
      else if (below_head == kNone<TokenId>) below_head = t, below_found = other;
    }
    if (below_head != kNone<TokenId> && !below_several) return below_head;
    if (head != kNone<TokenId>) return several ? kNone<TokenId> : head;
  }
  return kNone<TokenId>;
}

std::string RoleResolver::other_country(const Fillers& side) const {
  std::string other;
  for (const std::string& country : countries_) {
    const bool own = std::any_of(side.actors.begin(), side.actors.end(), [&](ActorId actor) { return country_of(actor) == country; });
    if (own) continue;
    if (!other.empty()) return {};
    other = country;
  }
  return other;
}

bool RoleResolver::nobody(const Mention& mention) const {
  return std::all_of(mention.actors.begin(), mention.actors.end(), [&](ActorId actor) { return id_of(actor) == "?"; });
}

bool RoleResolver::named(const Fillers& fillers) const {
  for (size_t k = 0; k < fillers.actors.size(); ++k) {
    if (id_of(fillers.actors[k]) != "?" || !fillers.countries[k].empty()) return true;
    // Somebody with a proper name, though not known as whom.
    if (draft_->doc().syntax()->upos[index(fillers.heads[k])] == Upos::Propn) return true;
  }
  return false;
}

/// Ships, guns and planes act for those whose they are; nobody's bomb is nobody.
bool RoleResolver::owned(const SentenceView& view, TokenId t) const {
  for (const TokenId c : view.children(t)) {
    const Dep d = view.dep(c);
    if (d != Dep::NmodPoss && d != Dep::Amod && d != Dep::Compound && !(d == Dep::Nmod && lexicon_.in(view.case_of(c), of_country_))) continue;
    if (mention_at(c) != nullptr || (view.upos(c) == Upos::Propn && place_at(c) != nullptr)) return true;
    if (lexicon_.in(view.word(c), mil_) || lexicon_.in(view.word(c), led_)) return true;
  }
  return false;
}

bool RoleResolver::actor_like(const SentenceView& view, TokenId t) const {
  if (const Mention* mention = mention_at(t); mention != nullptr && !(view.upos(t) == Upos::Pron && nobody(*mention))) {
    if (mention->head == t || mention->form != MentionForm::Demonym || view.upos(t) != Upos::Adj) return true;
  }
  const WordId word = view.word(t);
  if (lexicon_.in(word, reflexive_)) return false;
  // "meet them": a pronoun that nobody is behind may as well mean things.
  if (const Mention* mention = mention_at(t); view.upos(t) == Upos::Pron && (mention == nullptr || nobody(*mention))) {
    const std::string_view form = view.doc().word(t);
    if (form == "them" || form == "it" || form == "this" || form == "that" || form == "these" || form == "those") return false;
  }
  // "a state of emergency", "the power of the purse": a quality, not a body.
  if (view.upos(t) == Upos::Noun && lexicon_.in(word, quality_head_)) {
    for (const TokenId c : view.children(t)) {
      if (view.dep(c) == Dep::Nmod && view.case_of(c) == view.known().of && !actor_like(view, c)) return false;
    }
  }
  if (lexicon_.in(word, person_) || lexicon_.in(word, mil_) || lexicon_.in(word, gov_) || lexicon_.in(word, people_) || lexicon_.in(word, ministry_) ||
      lexicon_.in(word, civil_) || lexicon_.in(word, refugees_) || lexicon_.in(word, pronoun_)) {
    return true;
  }
  for (const auto& [set, suffix] : bodies_) {
    if (lexicon_.in(word, set)) return true;
  }
  if (lexicon_.in(word, hardware_) || designator(view, t)) return owned(view, t);
  if (view.upos(t) == Upos::Propn) return entity_of_[index(t)] != 2;
  if (lexicon_.in(word, partitive_) || view.upos(t) == Upos::Num || lexicon_.in(word, quantity_)) {
    for (const TokenId c : view.children(t)) {
      if (view.dep(c) == Dep::Nmod && actor_like(view, c)) return true;
    }
  }
  return false;
}

bool RoleResolver::designator(const SentenceView& view, TokenId t) const {
  const Document& doc = draft_->doc();
  const std::string_view word = doc.word(t);
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (word.empty() || word.size() > 8 || !capital(word[0])) return false;
  size_t letters = 0;
  while (letters < word.size() && capital(word[letters])) ++letters;
  if (letters > 3) return false;
  if (letters < word.size()) return word.size() > letters + 1 && word[letters] == '-' && digit(word[letters + 1]);
  return index(t) + 2 < index(view.range().end) && doc.word(TokenId{index(t) + 1}) == "-" && digit(doc.word(TokenId{index(t) + 2})[0]);
}

std::string RoleResolver::place_country(const SentenceView& view) const {
  std::string country;
  for (TokenId t = view.range().begin; t < view.range().end; t = TokenId{index(t) + 1}) {
    const Place* place = place_at(t);
    if (place == nullptr) continue;
    const std::string_view here = place->country == kNone<Sym> ? std::string_view() : draft_->doc().str(place->country);
    if (here.empty() || here == country) continue;
    if (!country.empty()) return {};
    country = here;
  }
  return country;
}

bool RoleResolver::speaks_for_issuer(const SentenceView& view, TokenId verb) const {
  if (issuer_ == kNone<ActorId>) return false;
  for (int depth = 0; depth < 6 && view.dep(verb) == Dep::Conj && view.upos(view.head(verb)) == Upos::Verb; ++depth) {
    if (view.child_base(verb, Dep::Nsubj) != kNone<TokenId>) return false;
    verb = view.head(verb);
  }
  if (!view.is_root(verb) || view.upos(verb) != Upos::Verb || !view.doc().word(verb).ends_with('s') || view.child_base(verb, Dep::Nsubj) != kNone<TokenId>) return false;
  for (TokenId t = view.range().begin; t < verb; t = TokenId{index(t) + 1}) {
    if (view.upos(t) != Upos::Num && view.upos(t) != Upos::Punct && view.upos(t) != Upos::Adv) return false;
  }
  return true;
}

bool RoleResolver::known_side(const Fillers& fillers) const {
  return !fillers.empty() && std::none_of(fillers.actors.begin(), fillers.actors.end(), [&](ActorId actor) { return id_of(actor) == "?"; });
}

bool RoleResolver::individual(const SentenceView& view, TokenId t) const {
  if (const Mention* mention = mention_at(t); mention != nullptr && !nobody(*mention)) {
    const std::string_view id = id_of(mention->actors.front());
    return id.starts_with("person:") || id.starts_with("people:");
  }
  const WordId word = view.word(t);
  return view.upos(t) == Upos::Pron || lexicon_.in(word, person_) || lexicon_.in(word, people_) || lexicon_.in(word, civil_);
}

bool RoleResolver::vague(const SentenceView& view, const Fillers& fillers) const {
  if (fillers.empty()) return false;
  for (size_t k = 0; k < fillers.actors.size(); ++k) {
    if (id_of(fillers.actors[k]) != "?" || !fillers.countries[k].empty()) return false;
    const TokenId head = fillers.heads[k];
    const WordId word = view.word(head);
    if (view.upos(head) != Upos::Noun || lexicon_.in(word, person_) || lexicon_.in(word, people_) || lexicon_.in(word, civil_) || lexicon_.in(word, mil_)) return false;
  }
  return true;
}

ActorId RoleResolver::state_of(const Place& place) {
  const std::string country(draft_->doc().str(place.country));
  return make("state:" + country, ActorType::State, country);
}

/// "Turkish", "Sierra | Leonean": of which state; alone or with the word before.
std::string_view RoleResolver::adjective_country(TokenId t) const {
  const Document& doc = draft_->doc();
  const std::string_view form = doc.word(t);
  if (form.empty() || form[0] < 'A' || form[0] > 'Z') return {};
  const std::string lower = utf8::lower(form);
  for (const uint32_t other : {index(t) - 1, index(t) + 1}) {
    if (other >= doc.tokens()->size() || index(t) == 0) continue;
    const std::string_view word = doc.word(TokenId{other});
    if (word.empty() || word[0] < 'A' || word[0] > 'Z') continue;
    const std::string both = other < index(t) ? utf8::lower(word) + " " + lower : lower + " " + utf8::lower(word);
    if (const std::string_view country = frames_.country_of_adjective(both); !country.empty()) return country;
  }
  return frames_.country_of_adjective(lower);
}

std::vector<ActorId> RoleResolver::owners_of(const SentenceView& view, TokenId t, bool possessors_only) {
  std::vector<ActorId> owners;
  const auto look = [&](TokenId c) {
    const Mention* mention = mention_at(c);
    if (mention == nullptr) {
      if (const Place* place = view.upos(c) == Upos::Propn || view.upos(c) == Upos::Adj ? place_at(c) : nullptr) return owners.push_back(state_of(*place));
      if (const std::string country(adjective_country(c)); !country.empty()) owners.push_back(make("state:" + country, ActorType::State, country));
      return;
    }
    if (mention == mention_at(t) && mention->head == t) {
      // A modifier inside the mention itself: "the Philippine delegation", headed by the noun.
      if (const Place* place = place_at(c)) return owners.push_back(state_of(*place));
      if (const std::string country(adjective_country(c)); !country.empty()) owners.push_back(make("state:" + country, ActorType::State, country));
      return;
    }
    if (nobody(*mention) || (mention->actors.size() == 1 && id_of(mention->actors[0]).starts_with("person:"))) {
      // "Sierra Leonean" taken for a person's name
      if (const std::string country(adjective_country(c)); !country.empty()) return owners.push_back(make("state:" + country, ActorType::State, country));
    }
    for (const ActorId actor : mention->actors) {
      if (id_of(actor) != "?") owners.push_back(actor);
    }
  };
  const auto look_all = [&](TokenId c) {
    std::vector<TokenId> all;
    view.conjuncts(c, all);
    for (const TokenId each : all) look(each);
  };
  for (const TokenId c : view.children(t)) {
    if (view.dep(c) == Dep::NmodPoss) look_all(c);
  }
  if (possessors_only) return owners;
  // "his Taliban captors": whose captors he has, the word beside them says.
  const bool somebodys = !owners.empty() && std::all_of(owners.begin(), owners.end(), [&](ActorId owner) { return id_of(owner).starts_with("person:"); });
  if (!owners.empty() && !somebodys) return owners;
  const std::vector<ActorId> possessors = owners;
  owners.clear();
  for (const TokenId c : view.children(t)) {
    const Dep d = base(view.dep(c));
    if (d != Dep::Amod && d != Dep::Compound) continue;
    look_all(c);
    if (!lexicon_.in(view.word(c), led_)) continue;
    for (const TokenId deep : view.children(c)) look_all(deep);  // "Saudi-led aircraft"
  }
  if (somebodys) {
    const bool body = std::any_of(owners.begin(), owners.end(), [&](ActorId owner) { return id_of(owner).starts_with("group:") || id_of(owner).starts_with("org:"); });
    return body ? owners : possessors;
  }
  if (!owners.empty()) return owners;
  for (const bool inside : {false, true}) {
    for (const TokenId c : view.children(t)) {
      if (view.dep(c) != Dep::Nmod && view.dep(c) != Dep::Obl) continue;
      const WordId prep = view.case_of(c);
      if (!lexicon_.in(prep, of_country_)) continue;
      // "in" tells whose police or people, not whose ambassadors or troops.
      const bool in = lexicon_.str(prep) == "in";
      if (in != inside || (in && !lexicon_.in(view.word(t), seated_) && !lexicon_.in(view.word(t), people_) && !lexicon_.in(view.word(t), civil_))) continue;
      look_all(c);
      if (!owners.empty()) return owners;
    }
  }
  return owners;
}

bool RoleResolver::role_noun(const SentenceView& view, TokenId t, Fillers& out) {
  const WordId word = view.word(t);
  std::string_view prefix, suffix;
  ActorType type = ActorType::Person;
  for (const auto& [set, ending] : bodies_) {
    if (lexicon_.in(word, set)) prefix = "gov:", suffix = ending, type = ActorType::Government;
  }
  if (lexicon_.in(word, ministry_) || (suffix.empty() && lexicon_.in(word, gov_))) {
    prefix = "gov:", type = ActorType::Government;
    if (lexicon_.in(word, ministry_)) {
      // Which ministry: "defence minister", "ministry of health", "prime minister".
      for (const TokenId c : view.children(t)) {
        const Dep d = base(view.dep(c));
        if (d != Dep::Amod && d != Dep::Compound && view.dep(c) != Dep::Nmod) continue;
        for (const auto& [set, ending] : offices_) {
          if (lexicon_.in(view.word(c), set)) suffix = ending;
        }
      }
    }
  } else if (suffix.empty()) {
    if (lexicon_.in(word, mil_) || lexicon_.in(word, hardware_) || designator(view, t)) prefix = "mil:", type = ActorType::Military;
    else if (lexicon_.in(word, people_)) prefix = "people:", type = ActorType::Population;
    else if (!lexicon_.in(word, person_) && !lexicon_.in(word, civil_) && !lexicon_.in(word, refugees_)) return false;
  }
  // "police chief", "army commander", "customs officials": part of what stands before.
  if (suffix.empty() && (prefix == "gov:" || prefix == "mil:" || prefix.empty())) {
    for (const TokenId c : view.children(t)) {
      if (view.dep(c) != Dep::Compound) continue;
      if (lexicon_.in(view.word(c), mil_) && prefix == "gov:") prefix = "mil:", type = ActorType::Military;
      for (const auto& [set, ending] : bodies_) {
        if (lexicon_.in(view.word(c), set) && ending != ".president" && ending != ".pm") prefix = "gov:", suffix = ending, type = ActorType::Government;
      }
    }
  }
  const Span span = view.phrase_span(t);
  if (lexicon_.in(word, refugees_)) {
    out.add(make("people:refugees", ActorType::Population, ""), span, t);
    return true;
  }
  const std::vector<ActorId> owners = owners_of(view, t, false);
  if (owners.empty()) {
    // Bodies of a state, where the sentence names just one.
    if (!only_country_.empty() && (lexicon_.in(word, seated_) || !suffix.empty() || (lexicon_.in(word, mil_) && !lexicon_.in(word, hardware_))) && prefix != "people:") {
      out.add(make(std::string(prefix) + only_country_ + std::string(suffix), type, only_country_), span, t);
    } else {
      out.add(make("?", type, ""), span, t);
    }
    return true;
  }
  for (const ActorId owner : owners) {
    const std::string_view id = id_of(owner);
    const std::string country(country_of(owner));
    const bool part = id.starts_with("gov:") && id.find('.') != std::string_view::npos && !id.ends_with(".president") && !id.ends_with(".pm") && !id.ends_with(".government");
    const bool state_like = id.starts_with("state:") || (id.starts_with("gov:") && !part) || id.starts_with("mil:") || id.starts_with("person:") || id.starts_with("people:");
    if (!state_like || (part && (prefix == "mil:" || prefix.empty()))) out.add(owner, span, t);  // "NATO troops", "Hamas fighters", "CIA officers"
    else if (country.empty()) out.add(make("?", type, ""), span, t);
    else if (prefix.empty()) out.add(make("?", type, country), span, t, country);
    else out.add(make(std::string(prefix) + country + std::string(suffix), type, country), span, t);
  }
  return true;
}

void RoleResolver::resolve_one(const SentenceView& view, TokenId t, int depth, Fillers& out) {
  if (depth > 3 || lexicon_.in(view.word(t), reflexive_)) return;
  const Mention* mention = mention_at(t);
  const bool own_mention = mention != nullptr && !(mention->form == MentionForm::Demonym && mention->head != t && view.nominal(t));
  if (own_mention && !nobody(*mention)) {
    const bool office = mention->form == MentionForm::Office || mention->form == MentionForm::Description || mention->form == MentionForm::Title;
    if (office && mention->actors.size() == 1) {
      // The possessor decides whose minister it is.
      const std::vector<ActorId> owners = owners_of(view, t, true);
      if (!owners.empty() && !country_of(owners.front()).empty() && country_of(owners.front()) != country_of(mention->actors.front()) && id_of(owners.front()).substr(0, 6) != "person" && role_noun(view, t, out)) return;
    }
    for (const ActorId actor : mention->actors) {
      if (std::find(out.actors.begin(), out.actors.end(), actor) != out.actors.end() && id_of(actor) != "?") continue;
      out.add(actor, mention->span, t);
    }
    return;
  }
  // "its rival, Ana Paz", "ministers A and B": the name in apposition.
  for (const TokenId c : view.children(t)) {
    if (view.dep(c) != Dep::Appos && view.dep(c) != Dep::Flat) continue;
    const Mention* name = mention_at(c);
    if (name == nullptr || name == mention || nobody(*name) || name->form != MentionForm::Name) continue;
    std::vector<TokenId> all;
    view.conjuncts(c, all);
    for (const TokenId each : all) resolve_one(view, each, depth + 1, out);
    return;
  }
  if (own_mention) {
    Fillers found;
    if (view.nominal(t) && view.upos(t) != Upos::Pron && role_noun(view, t, found)) {
      for (Span& span : found.spans) span = mention->span;
      out.append(found);
    } else {
      out.add(make("?", ActorType::Person, ""), mention->span, t);
    }
    return;
  }
  const WordId word = view.word(t);
  // "members of X", "a group of deputies": look inside.
  if (lexicon_.in(word, partitive_) || lexicon_.in(word, quantity_) || view.upos(t) == Upos::Num) {
    const size_t before = out.actors.size();
    for (const TokenId c : view.children(t)) {
      if (view.dep(c) == Dep::Nmod && view.case_of(c) == view.known().of && actor_like(view, c)) {
        std::vector<TokenId> all;
        view.conjuncts(c, all);
        for (const TokenId each : all) resolve_one(view, each, depth + 1, out);
        break;
      }
    }
    if (out.actors.size() > before) return;
  }
  if (mention == nullptr && view.upos(t) == Upos::Propn) {
    // A town stands for its state where it is acted upon: "shelled Humera", "flew to Peking".
    if (const Place* place = place_at(t); place != nullptr) {
      out.add(state_of(*place), place->span, t);
      return;
    }
  }
  if (!((lexicon_.in(word, hardware_) || designator(view, t)) && !owned(view, t)) && role_noun(view, t, out)) return;
  if (actor_like(view, t)) {
    out.add(make("?", ActorType::Person, ""), view.phrase_span(t), t);
    return;
  }
  // "Siberian gas", "the German gift": the modifier acts.
  for (const TokenId c : view.children(t)) {
    const Dep d = base(view.dep(c));
    if ((d == Dep::Amod || d == Dep::Compound || view.dep(c) == Dep::NmodPoss) && mention_at(c) != nullptr) {
      resolve_one(view, c, depth + 1, out);
      return;
    }
  }
}

std::string RoleResolver::country_at(const SentenceView& view, TokenId t) const {
  if (const Mention* mention = mention_at(t); mention != nullptr && mention->actors.size() == 1 && !country_of(mention->actors.front()).empty()) return std::string(country_of(mention->actors.front()));
  if (const Place* place = place_at(t)) return std::string(draft_->doc().str(place->country));
  for (const TokenId c : view.children(t)) {
    const Dep d = view.dep(c);
    if (d != Dep::NmodPoss && d != Dep::Amod && d != Dep::Compound && d != Dep::Nmod) continue;
    if (const Place* place = place_at(c)) return std::string(draft_->doc().str(place->country));
    if (const std::string_view country = adjective_country(c); !country.empty()) return std::string(country);
    if (const Mention* mention = mention_at(c); mention != nullptr && mention->actors.size() == 1 && !country_of(mention->actors.front()).empty()) return std::string(country_of(mention->actors.front()));
  }
  return {};
}

void RoleResolver::as_population(const SentenceView& view, Fillers& fillers, std::string_view country_of_act) {
  for (size_t k = 0; k < fillers.actors.size(); ++k) {
    const WordId word = view.word(fillers.heads[k]);
    const std::string_view id = id_of(fillers.actors[k]);
    const bool civilian = lexicon_.in(word, people_) || lexicon_.in(word, civil_);
    if (id == "?" && civilian) {
      std::string country = fillers.countries[k];
      if (country.empty()) country = country_at(view, fillers.heads[k]);
      if (country.empty()) country = country_of_act;
      if (!country.empty()) fillers.actors[k] = make("people:" + country, ActorType::Population, country);
    } else if (id.starts_with("state:")) {
      // "76,000 Vietnamese", "a disabled American": counted, they are people.
      const Mention* mention = mention_at(fillers.heads[k]);
      if (mention == nullptr || mention->form != MentionForm::Demonym || !view.nominal(fillers.heads[k])) continue;
      const std::string country(country_of(fillers.actors[k]));
      if (!country.empty()) fillers.actors[k] = make("people:" + country, ActorType::Population, country);
    }
  }
}

void RoleResolver::as_state(const SentenceView& view, Fillers& fillers) {
  for (size_t k = 0; k < fillers.actors.size(); ++k) {
    const Mention* mention = mention_at(fillers.heads[k]);
    if (mention == nullptr || mention->form != MentionForm::Demonym || !id_of(fillers.actors[k]).starts_with("people:")) continue;
    bool counted = false;
    for (const TokenId c : view.children(fillers.heads[k])) counted = counted || view.dep(c) == Dep::Nummod || view.dep(c) == Dep::Amod;
    const std::string country(country_of(fillers.actors[k]));
    if (!counted && !country.empty()) fillers.actors[k] = make("state:" + country, ActorType::State, country);
  }
}

void RoleResolver::resolve(const SentenceView& view, TokenId t, Fillers& out) {
  std::vector<TokenId> all;
  view.conjuncts(t, all);
  for (const TokenId each : all) resolve_one(view, each, 0, out);
}

}  // namespace readout::events
