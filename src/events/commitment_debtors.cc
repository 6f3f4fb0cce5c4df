// Who owes, where the words next to the promise do not say it: the side that speaks, the parties of
// a joint text, the one who is spoken to.
#include <algorithm>

#include "events/commitment_reader.h"
#include "events/document_sides.h"

namespace readout::events {

bool CommitmentReader::nobody(const std::vector<ActorId>& actors) const {
  if (doc_.actors() == nullptr) return true;
  for (const ActorId id : actors) {
    if (doc_.str(doc_.actors()->actors[index(id)].id) != "?") return false;
  }
  return true;
}

void CommitmentReader::settle_debtor(Draftling& made) const {
  const ActorLayer* actors = doc_.actors();
  if (actors == nullptr) return;
  std::vector<ActorId>& owed = made.row.owed_by;
  const CommitmentKind kind = made.row.kind;
  if (kind == CommitmentKind::Request || kind == CommitmentKind::Order) {
    // "I ask you to look at this"; "demanded the withdrawal of the garrison's troops"
    if (!owed.empty() || made.why != "cue") return;
    for (const uint32_t c : tree_.children(made.cue)) {
      if (tree_.upos(c) == Upos::Pron && tree_.feat(c, "Person=2")) owed = addressee(made.cue);
    }
    if (owed.empty() && tree_.upos(made.content) == Upos::Noun) {
      const size_t owner = owner_of(made.content);
      if (owner != kNo) owed = actors_of(owner);
    }
    return;
  }
  if (kind == CommitmentKind::Expectation || kind == CommitmentKind::Condition) return;
  const size_t who = subject(made.cue);
  const bool we = plural_first(who);
  const bool they = who == kNo || tree_.lemma(who) == "they" ||
                    tree_.child(made.cue, Dep::Expl) != kNo ||
                    (tree_.feat(who, "Number=Plur") &&
                     (tree_.lemma(who) == "side" || tree_.lemma(who) == "party" ||
                      tree_.lemma(who) == "minister" || tree_.lemma(who) == "president" ||
                      tree_.lemma(who) == "leader" || tree_.lemma(who) == "delegation" ||
                      tree_.lemma(who) == "government" || tree_.lemma(who) == "country"));
  if (joint_text() && sides_.size() >= 2) {
    // "We" of a joint text are its sides, not the body in whose name they meet.
    bool foreign = false;
    for (const ActorId id : owed) {
      const std::string_view name = doc_.str(actors->actors[index(id)].id);
      foreign = foreign || name.starts_with("org:") || name.starts_with("ngo:") || name == "?";
    }
    if ((owed.empty() && they && made.why != "noun") || (we && (owed.empty() || foreign)))
      owed = sides_;
  }
  if (nobody(owed) && first_person(who)) {
    const std::vector<ActorId> says = speaker(made.cue);
    if (!nobody(says)) {
      owed = says;
    } else if (actors->publisher) {
      owed = {*actors->publisher};
    }
    if (we && !nobody(owed)) owed = as_states(doc_, owed);
  }
  // "The balance will be paid by May", said by a spokesman: his side answers for it.
  if (owed.empty() && made.why == "will" && spoken(made.cue)) {
    const std::vector<ActorId> says = speaker(made.cue);
    if (!nobody(says)) {
      owed = as_states(doc_, says);
    } else if (actors->publisher) {
      owed = as_states(doc_, {*actors->publisher});
    }
  }
  // Governments that sign as the two states.
  if (agreement_ && !sides_.empty()) {
    const std::vector<ActorId> states = as_states(doc_, owed);
    bool parties = !states.empty() && states.size() == owed.size();
    for (const ActorId id : states)
      parties = parties && std::find(sides_.begin(), sides_.end(), id) != sides_.end();
    if (parties) owed = states;
  }
}

}  // namespace readout::events
