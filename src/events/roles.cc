#include "events/roles.h"

#include <algorithm>

namespace readout::events {

RoleResolver::RoleResolver(const Lexicon& lexicon) : lexicon_(lexicon) {
  const auto set = [&](std::string_view name) { return lexicon.find_set(name); };
  mil_ = set("role.mil"), gov_ = set("role.gov"), mfa_ = set("role.mfa"), police_ = set("role.police");
  people_ = set("role.people"), person_ = set("role.person"), parliament_ = set("role.parliament"), court_ = set("role.court");
  partitive_ = set("word.partitive"), quantity_ = set("word.quantity"), pronoun_ = set("word.pronoun"), hardware_ = set("role.hardware");
  of_country_ = set("word.of-country");
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
}

void RoleResolver::begin(Draft& draft) {
  draft_ = &draft;
  extra_.clear();
  const Document& doc = draft.doc();
  mention_of_.assign(doc.tokens()->size(), -1);
  known_actors_ = 0;
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
}

const Mention* RoleResolver::mention_at(TokenId t) const {
  const int32_t i = mention_of_[index(t)];
  return i < 0 ? nullptr : &draft_->doc().actors()->mentions[static_cast<size_t>(i)];
}

const std::vector<WordId>& RoleResolver::kinds_of(TokenId t) const {
  static const std::vector<WordId> kNothing;
  const Mention* mention = mention_at(t);
  if (mention == nullptr || mention->actors.empty() || mention->form == MentionForm::Demonym) return kNothing;
  const std::string_view id = id_of(mention->actors.front());
  for (const auto& [mark, words] : kinds_) {
    if (mark.front() == '.' ? id.ends_with(mark) : id.starts_with(mark)) return words;
  }
  return kNothing;
}

const Place* RoleResolver::place_at(TokenId t) const {
  const PlaceLayer* layer = draft_->doc().places();
  if (layer == nullptr) return nullptr;
  const Span span = draft_->doc().span(t);
  for (const Place& place : layer->places) {
    if (place.span.contains(span)) return place.country == kNone<Sym> ? nullptr : &place;
  }
  return nullptr;
}

std::string_view RoleResolver::id_of(ActorId actor) const {
  if (index(actor) < known_actors_) return draft_->doc().str(draft_->doc().actors()->actors[index(actor)].id);
  const size_t i = index(actor) - known_actors_;
  return i < extra_.size() ? draft_->doc().str(extra_[i].id) : std::string_view("?");
}

std::string_view RoleResolver::country_of(ActorId actor) const {
  if (index(actor) >= known_actors_) return draft_->doc().str(extra_[index(actor) - known_actors_].country);
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
  bool several = false;
  const auto meet = [&](std::string_view country) {
    if (country.empty()) return;
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

bool RoleResolver::actor_like(const SentenceView& view, TokenId t) const {
  if (const Mention* mention = mention_at(t); mention != nullptr) {
    if (mention->head == t || mention->form != MentionForm::Demonym || view.upos(t) != Upos::Adj) return true;
  }
  const WordId word = view.word(t);
  if (lexicon_.in(word, person_) || lexicon_.in(word, mil_) || lexicon_.in(word, gov_) || lexicon_.in(word, police_) || lexicon_.in(word, people_) ||
      lexicon_.in(word, mfa_) || lexicon_.in(word, parliament_) || lexicon_.in(word, court_) || lexicon_.in(word, hardware_) || lexicon_.in(word, pronoun_)) {
    return true;
  }
  if (view.upos(t) == Upos::Propn) {
    const EntityLayer* entities = draft_->doc().entities();
    if (entities == nullptr) return true;
    for (const Entity& entity : entities->entities) {
      if (entity.tokens.contains(t)) {
        return entity.type == EntityType::Person || entity.type == EntityType::Organisation || entity.type == EntityType::Gpe || entity.type == EntityType::Location;
      }
    }
    return true;
  }
  if (lexicon_.in(word, partitive_) || view.upos(t) == Upos::Num || lexicon_.in(word, quantity_)) {
    for (const TokenId c : view.children(t)) {
      if (view.dep(c) == Dep::Nmod && actor_like(view, c)) return true;
    }
  }
  return false;
}

bool RoleResolver::role_noun(const SentenceView& view, TokenId t, Fillers& out) {
  const WordId word = view.word(t);
  std::string_view prefix, suffix;
  ActorType type = ActorType::Person;
  if (lexicon_.in(word, police_)) prefix = "gov:", suffix = ".police", type = ActorType::Government;
  else if (lexicon_.in(word, mil_) || lexicon_.in(word, hardware_)) prefix = "mil:", type = ActorType::Military;
  else if (lexicon_.in(word, mfa_)) prefix = "gov:", suffix = ".mfa", type = ActorType::Government;
  else if (lexicon_.in(word, parliament_)) prefix = "gov:", suffix = ".parliament", type = ActorType::Government;
  else if (lexicon_.in(word, court_)) prefix = "gov:", suffix = ".court", type = ActorType::Government;
  else if (lexicon_.in(word, gov_)) prefix = "gov:", type = ActorType::Government;
  else if (lexicon_.in(word, people_)) prefix = "people:", type = ActorType::Population;
  else if (!lexicon_.in(word, person_)) return false;
  // Whose? The nearest modifier that is an actor.
  std::vector<ActorId> owners;
  const auto look = [&](TokenId c) {
    const Mention* mention = mention_at(c);
    if (mention == nullptr) {
      if (const Place* place = view.upos(c) == Upos::Propn ? place_at(c) : nullptr) {
        const std::string country(draft_->doc().str(place->country));
        owners.push_back(make("state:" + country, ActorType::State, country));
      }
      return;
    }
    for (const ActorId actor : mention->actors) owners.push_back(actor);
  };
  for (const TokenId c : view.children(t)) {
    const Dep d = base(view.dep(c));
    if (d == Dep::Amod || d == Dep::Compound || d == Dep::Nmod || d == Dep::Obl) {
      if (view.dep(c) == Dep::Nmod || view.dep(c) == Dep::Obl) {
        if (!lexicon_.in(view.case_of(c), of_country_)) continue;
      }
      std::vector<TokenId> all;
      view.conjuncts(c, all);
      for (const TokenId each : all) look(each);
      if (!owners.empty()) break;
    }
  }
  const Span span = view.phrase_span(t);
  const auto add = [&](ActorId actor) {
    out.actors.push_back(actor);
    out.spans.push_back(span);
    out.heads.push_back(t);
  };
  if (owners.empty()) {
    // Bodies of a state, where the sentence names just one.
    if (!only_country_.empty() && (lexicon_.in(word, police_) || lexicon_.in(word, parliament_) || lexicon_.in(word, court_) || (lexicon_.in(word, mil_) && !lexicon_.in(word, hardware_)))) {
      add(make(std::string(prefix) + only_country_ + std::string(suffix), type, only_country_));
      return true;
    }
    add(make("?", type, ""));
    return true;
  }
  for (const ActorId owner : owners) {
    const std::string_view id = id_of(owner);
    const std::string country(country_of(owner));
    const bool state_like = id.starts_with("state:") || id.starts_with("gov:") || id.starts_with("mil:") || id.starts_with("person:") || id.starts_with("people:");
    if (!state_like && id != "?") {
      add(owner);  // "NATO troops", "Hamas fighters"
    } else if (country.empty()) {
      add(make("?", type, ""));
    } else if (prefix.empty()) {
      add(make("?", type, country));
    } else {
      add(make(std::string(prefix) + country + std::string(suffix), type, country));
    }
  }
  return true;
}

void RoleResolver::resolve_one(const SentenceView& view, TokenId t, int depth, Fillers& out) {
  if (depth > 3) return;
  const Mention* mention = mention_at(t);
  if (mention != nullptr && !(mention->form == MentionForm::Demonym && mention->head != t && view.nominal(t))) {
    for (const ActorId actor : mention->actors) {
      if (std::find(out.actors.begin(), out.actors.end(), actor) != out.actors.end() && id_of(actor) != "?") continue;
      out.actors.push_back(actor);
      out.spans.push_back(mention->span);
      out.heads.push_back(t);
    }
    if (mention->actors.empty()) {
      out.actors.push_back(make("?", ActorType::Person, ""));
      out.spans.push_back(mention->span);
      out.heads.push_back(t);
    }
    return;
  }
  const WordId word = view.word(t);
  // "members of X", "a group of deputies": look inside.
  if (lexicon_.in(word, partitive_) || lexicon_.in(word, quantity_) || view.upos(t) == Upos::Num) {
    const size_t before = out.actors.size();
    for (const TokenId c : view.children(t)) {
      if (view.dep(c) == Dep::Nmod && actor_like(view, c)) {
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
      const std::string country(draft_->doc().str(place->country));
      out.actors.push_back(make("state:" + country, ActorType::State, country));
      out.spans.push_back(place->span);
      out.heads.push_back(t);
      return;
    }
  }
  if (role_noun(view, t, out)) return;
  if (actor_like(view, t)) {
    out.actors.push_back(make("?", ActorType::Person, ""));
    out.spans.push_back(view.phrase_span(t));
    out.heads.push_back(t);
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

void RoleResolver::resolve(const SentenceView& view, TokenId t, Fillers& out) {
  std::vector<TokenId> all;
  view.conjuncts(t, all);
  for (const TokenId each : all) resolve_one(view, each, 0, out);
}

}  // namespace readout::events
