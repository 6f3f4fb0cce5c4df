// From the words in a role to actors: through mentions, and for soldiers, officials, police or
// people who have no mention of their own through the country that modifies them.
//
//   "Russian troops" -> mil:RUS      "Castro's army" -> mil:CUB      "gunmen" -> ?
//   "Peru's foreign ministry" -> gov:PER.mfa      "its rival, Ana Paz" -> the person in apposition
#pragma once

#include <string>
#include <vector>

#include "events/clause.h"

namespace readout::events {

struct Fillers {
  std::vector<ActorId> actors;
  std::vector<Span> spans;      // [actors]
  std::vector<TokenId> heads;   // [actors]
  std::vector<std::string> countries;  // [actors] of whom there is no name: whose they are, or empty
  bool empty() const { return actors.empty(); }
  void clear() { actors.clear(), spans.clear(), heads.clear(), countries.clear(); }
  void add(ActorId actor, Span span, TokenId head, std::string country = {}) {
    actors.push_back(actor);
    spans.push_back(span);
    heads.push_back(head);
    countries.push_back(std::move(country));
  }
  void append(const Fillers& more) {
    for (size_t k = 0; k < more.actors.size(); ++k) add(more.actors[k], more.spans[k], more.heads[k], more.countries[k]);
  }
};

class RoleResolver {
 public:
  explicit RoleResolver(const FrameSet& frames);

  void begin(Draft& draft);
  /// To be called for each sentence: "the police" of a sentence that names one country are that country's.
  void begin_sentence(const SentenceView& view);
  /// True if the phrase of `t` can act or be acted upon in politics.
  bool actor_like(const SentenceView& view, TokenId t) const;
  /// Appends the actors of the phrase of `t` and of what is coordinated with it.
  void resolve(const SentenceView& view, TokenId t, Fillers& out);
  /// Civilians of a state who have no name of their own become its population ("two Israeli athletes").
  void as_population(const SentenceView& view, Fillers& fillers, std::string_view country_of_act);
  /// "The Israelis" who negotiate or fight are their state.
  void as_state(const SentenceView& view, Fillers& fillers);
  /// The one country of the places that the sentence names; empty if there are several.
  std::string place_country(const SentenceView& view) const;
  /// True if the token belongs to an expression of time or a name that cannot act.
  bool time_at(TokenId t) const { return entity_of_[index(t)] == 2; }
  /// Somebody whom the phrase of `t` leaves open.
  void add_open(const SentenceView& view, TokenId t, Fillers& out) { out.add(make("?", ActorType::Person, ""), view.phrase_span(t), t); }
  /// True if nobody on the side has a name, a country or is a person: a thing or body that the words leave open.
  bool vague(const SentenceView& view, const Fillers& fillers) const;
  /// True if the phrase of `t` is a person, or people, rather than a body or state.
  bool individual(const SentenceView& view, TokenId t) const;
  /// The one country of the sentence; empty if there are none or several.
  const std::string& only_country() const { return only_country_; }
  /// True if `verb` opens a point of a resolution or communique, or is coordinated with one that does: the issuer's act.
  bool speaks_for_issuer(const SentenceView& view, TokenId verb) const;
  ActorId issuer() const { return issuer_; }
  /// True if the side is all of actors with an id.
  bool known_side(const Fillers& fillers) const;
  /// True if somebody on the side has a name or a country.
  bool named(const Fillers& fillers) const;
  /// The country that the phrase of `t` lies in or belongs to; empty if it shows none.
  std::string country_at(const SentenceView& view, TokenId t) const;
  /// The head of the one other side that the predicate's clause, or else the sentence, names beside `side` and the tellers.
  TokenId other_side(const SentenceView& view, const Fillers& side, TokenId predicate, const std::vector<TokenId>& tellers) const;
  /// The one country that the sentence names beside those of `side`; empty if there is none or several.
  std::string other_country(const Fillers& side) const;
  ActorId state(std::string_view country) { return make("state:" + std::string(country), ActorType::State, country); }
  /// Actors that no earlier layer knew, in the order of their ids.
  std::vector<Actor> take_actors() { return std::move(extra_); }
  std::string_view id_of(ActorId actor) const;
  std::string_view country_of(ActorId actor) const;
  const Mention* mention_at(TokenId t) const;
  /// Common nouns for the kind of actor that the mention headed by `t` names ("party", "newspaper").
  const std::vector<WordId>& kinds_of(TokenId t) const;

 private:
  void resolve_one(const SentenceView& view, TokenId t, int depth, Fillers& out);
  ActorId make(std::string_view id, ActorType type, std::string_view country);
  ActorId state_of(const Place& place);
  bool role_noun(const SentenceView& view, TokenId t, Fillers& out);
  /// Whose soldiers, officials or people the noun `t` tells of; empty if the phrase does not say.
  std::vector<ActorId> owners_of(const SentenceView& view, TokenId t, bool possessors_only);
  bool nobody(const Mention& mention) const;
  bool owned(const SentenceView& view, TokenId t) const;
  const Place* place_at(TokenId t) const;
  /// Names of states that neither a mention nor a place covers: "Qatar, Egypt and Oman" after "from".
  void find_bare_states();
  void find_issuer();
  /// A type of plane or ship: "F-16s", "T-72".
  bool designator(const SentenceView& view, TokenId t) const;

  std::string_view adjective_country(TokenId t) const;

  const FrameSet& frames_;
  const Lexicon& lexicon_;
  SetId mil_, gov_, people_, person_, partitive_, quantity_, pronoun_, hardware_, of_country_, civil_, refugees_, reflexive_, ministry_, seated_, led_, quality_head_;
  std::vector<std::pair<SetId, std::string>> bodies_, offices_;  // "body.police" -> ".police"; "office.mfa": words before "ministry"
  Draft* draft_ = nullptr;
  uint32_t known_actors_ = 0;
  ActorId issuer_ = kNone<ActorId>;
  std::vector<int32_t> mention_of_;   // [token] innermost mention
  std::vector<int32_t> place_of_;     // [token] place with a country
  std::vector<Place> bare_states_;    // indices below -1 in place_of_
  std::vector<uint8_t> entity_of_;    // [token] 0: none, 1: can act, 2: cannot
  std::vector<Actor> extra_;
  std::vector<std::string> countries_;  // that the sentence names
  std::string only_country_;          // the one country of the sentence, if there is just one
  std::vector<WordId> place_kind_;    // what a town is: territory
  std::vector<std::pair<std::string, std::vector<WordId>>> kinds_;  // id prefix or ending -> nouns
};

}  // namespace readout::events
