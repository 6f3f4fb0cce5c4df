// Reads the commitments of one document. See commitments.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/commitment_cues.h"
#include "events/deadlines.h"
#include "events/sentence_tree.h"
#include "readout/document.h"

namespace readout::events {

class CommitmentReader {
 public:
  CommitmentReader(Draft& draft, const CommitmentCues& cues)
      : draft_(draft), doc_(draft.doc()), cues_(cues) {}
  CommitmentLayer read();

 private:
  static constexpr size_t kNo = SentenceTree::kNo;

  /// The cue of a sentence that ends in a colon: the items of the list below go on from it.
  struct Open {
    CommitmentKind kind{};
    Strength strength{};
    std::vector<ActorId> owed_by, owed_to, holder;
    bool bare = false;  // "shall:": items begin with the bare verb
  };
  /// Words that a clause is about: for ties and for the text of `what`.
  struct Draftling {
    Commitment row;
    size_t cue = 0;      // token
    size_t content = 0;  // head token of the content
    SentenceId sentence{};
    std::string_view why;  // which reading made it
  };

  void sentence(SentenceId id);
  bool asking() const;
  void list_item();
  void cue_word(size_t t);
  void cue_noun(size_t t, const Cue& cue);
  void let(size_t t);
  void announced(size_t t);
  void modal_word(size_t t);
  void able(size_t t);
  void forbidden(size_t t);
  bool is_to(size_t t);
  bool please(size_t t);
  void unable(size_t t);
  void future(size_t t);
  void obligation(size_t t, std::string_view modal);
  void kept(size_t t);

  // Roles.
  size_t subject(size_t t) const;  // of a verb or adjective, through control and coordination
  std::vector<ActorId> actors_of(size_t t) const;  // of a phrase and what is coordinated with it
  std::vector<ActorId> states_of(const std::vector<ActorId>& actors, size_t content) const;
  size_t owner_of(size_t t) const;
  std::vector<ActorId> sides() const;  // the parties of a joint text or meeting
  bool joint_text() const;
  bool goes_on_with(size_t subj) const;
  bool spoken(size_t t) const;                 // in a turn or a quotation
  std::vector<ActorId> agent(size_t t) const;  // "by ..." of a passive
  std::vector<ActorId> speaker(size_t t) const;
  std::vector<ActorId> addressee(size_t t) const;
  std::vector<ActorId> receiver(size_t t) const;  // "to ...", "for ...", indirect object
  bool first_person(size_t t) const;
  bool plural_first(size_t t) const;
  bool person_like(size_t t) const;
  bool same_side(const std::vector<ActorId>& a, const std::vector<ActorId>& b) const;
  const Mention* mention_at(size_t t) const;

  // Clauses.
  bool passive(size_t t) const;
  bool has_aux(size_t t, std::string_view lemma) const;
  bool aux_word(size_t t, std::string_view one, std::string_view other) const;
  bool negated(size_t t) const;
  bool hypothetical(size_t t) const;  // below "if", "whether" or in a question
  size_t infinitive(size_t t) const;
  size_t stray_infinitive(size_t t) const;
  size_t complement(size_t t, const Cue& cue, bool& clause) const;
  bool with_particle(size_t t, std::string_view with) const;
  size_t oblique(size_t t, std::string_view prep) const;
  Span verb_phrase(size_t verb) const;
  Span whole_clause(size_t verb) const;
  Span noun_phrase(size_t noun) const;
  bool relative_oblique(size_t t) const;
  bool both_decline(size_t subj) const;
  bool after_comma(size_t t) const;
  Span tokens_span(size_t first, size_t last) const;
  Span trim(size_t first, size_t last) const;

  // What goes with it.
  void conditions(Draftling& made, size_t upper) const;
  void condition_row(const Draftling& made);
  void deadline(Draftling& made, size_t upper);
  void cut_report(Span& what) const;
  void settle_debtor(Draftling& made) const;
  bool nobody(const std::vector<ActorId>& actors) const;
  void finish(Draftling made, size_t upper);
  std::string provision_here() const;
  void tie_fulfilments();

  Draft& draft_;
  const Document& doc_;
  const CommitmentCues& cues_;
  Anchors anchors_;
  std::vector<ActorId> sides_;
  SentenceTree tree_;
  SentenceId sentence_{};
  bool agreement_ = false;  // the document is itself an agreement
  bool question_ = false;
  std::vector<bool> used_;  // [tokens] heads that already are content
  std::optional<Open> open_;
  std::vector<Draftling> made_;
  std::string article_;  // "Article 3", of the last heading
};

}  // namespace readout::events
