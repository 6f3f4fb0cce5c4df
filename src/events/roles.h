// From the words in a role to actors: through mentions, and for soldiers, officials, police or
// people who have no mention of their own through the country that modifies them.
//
//   "Russian troops" -> mil:RUS      "Castro's army" -> mil:CUB      "gunmen" -> ?
#pragma once

#include <string>
#include <vector>

#include "events/clause.h"

namespace readout::events {

struct Fillers {
  std::vector<ActorId> actors;
  std::vector<Span> spans;      // [actors]
  std::vector<TokenId> heads;   // [actors]
  bool empty() const { return actors.empty(); }
  void clear() { actors.clear(), spans.clear(), heads.clear(); }
};

class RoleResolver {
 public:
  explicit RoleResolver(const Lexicon& lexicon);

  void begin(Draft& draft);
  /// To be called for each sentence: "the police" of a sentence that names one country are that country's.
  void begin_sentence(const SentenceView& view);
  /// True if the phrase of `t` can act or be acted upon in politics.
  bool actor_like(const SentenceView& view, TokenId t) const;
  /// Appends the actors of the phrase of `t` and of what is coordinated with it.
  void resolve(const SentenceView& view, TokenId t, Fillers& out);
  /// Actors that no earlier layer knew, in the order of their ids.
  std::vector<Actor> take_actors() { return std::move(extra_); }
  std::string_view id_of(ActorId actor) const;
  const Mention* mention_at(TokenId t) const;
  /// Common nouns for the kind of actor that the mention headed by `t` names ("party", "newspaper").
  const std::vector<WordId>& kinds_of(TokenId t) const;

 private:
  void resolve_one(const SentenceView& view, TokenId t, int depth, Fillers& out);
  std::string_view country_of(ActorId actor) const;
  ActorId make(std::string_view id, ActorType type, std::string_view country);
  bool role_noun(const SentenceView& view, TokenId t, Fillers& out);

  const Lexicon& lexicon_;
  SetId mil_, gov_, mfa_, police_, people_, person_, parliament_, court_, partitive_, quantity_, pronoun_, hardware_, of_country_;
  Draft* draft_ = nullptr;
  uint32_t known_actors_ = 0;
  std::vector<int32_t> mention_of_;   // [token] innermost mention
  std::vector<Actor> extra_;
  std::string only_country_;          // the one country of the sentence, if there is just one
  std::vector<std::pair<std::string, std::vector<WordId>>> kinds_;  // id prefix or ending -> nouns
  const Place* place_at(TokenId t) const;
};

}  // namespace readout::events
