// What one can, cannot, may not, must and is to do, and what is asked for with "please".
#include "events/commitment_reader.h"
#include "events/deadlines.h"

namespace readout::events {

void CommitmentReader::modal_word(size_t t) {
  if (used_[t] || tree_.upos(t) == Upos::Punct) return;
  if (tree_.lemma(t) == "possible" || tree_.lemma(t) == "position") {
    unable(t);
    return;
  }
  if (is_to(t) || please(t)) return;
  std::string_view modal;
  for (const uint32_t c : tree_.children(t)) {
    if (base(tree_.dep(c)) != Dep::Aux || c > t) continue;
    const std::string_view lemma = tree_.lemma(c), word = tree_.word(c);
    if (lemma == "can" || lemma == "may" || lemma == "should" || lemma == "need" ||
        lemma == "ought")
      modal = lemma;
    if (word == "could" || word == "might") return;
  }
  if (modal == "can") {
    able(t);
  } else if (modal == "may") {
    forbidden(t);
  } else if (modal == "should" || modal == "need" || modal == "ought") {
    obligation(t, modal);
  } else if (modal.empty() && (tree_.lemma(t) == "need" || tree_.lemma(t) == "have") &&
             tree_.upos(t) == Upos::Verb && !negated(t) &&
             (tree_.feat(t, "Tense=Pres") || has_aux(t, "will"))) {
    // "Peru needs to open the border", "they have to leave"
    const size_t inner = infinitive(t);
    if (inner != kNo && inner > t && !used_[inner]) obligation(inner, "need");
  }
}

/// "We can supply you with ...", "we cannot lower the fee".
void CommitmentReader::able(size_t t) {
  const size_t who = subject(t);
  if (!first_person(who) || hypothetical(t) || passive(t) || tree_.upos(t) != Upos::Verb ||
      tree_.child(t, Dep::Cop) != kNo)
    return;
  const Dep relation = base(tree_.dep(t));
  if (relation == Dep::Acl || relation == Dep::Advcl || relation == Dep::Csubj) return;
  const std::string_view lemma = tree_.lemma(t);
  if (cues_.in("cannot", lemma)) return;
  Draftling made;
  made.cue = t;
  made.content = t;
  made.why = "can";
  made.row.what = verb_phrase(t);
  made.row.owed_by = actors_of(who);
  if (made.row.owed_by.empty()) made.row.owed_by = speaker(t);
  made.row.owed_to = addressee(t);
  if (negated(t)) {
    if (tree_.child(t, Dep::Obj) == kNo && tree_.child(t, Dep::Xcomp) == kNo &&
        oblique(t, "to") == kNo)
      return;
    made.row.kind = CommitmentKind::Refusal;
    made.row.strength = Strength::Commits;
    finish(std::move(made), t);
    return;
  }
  if (cues_.in("idle", lemma) && !cues_.in("firm1", lemma)) return;
  // An offer says to whom, how much, until when, or on which condition.
  bool offered = false;
  for (const uint32_t c : tree_.children(t)) {
    const Dep link = base(tree_.dep(c));
    offered = offered || ((link == Dep::Iobj || link == Dep::Obj) && tree_.feat(c, "Person=2"));
  }
  Draftling probe = made;
  probe.row.kind = CommitmentKind::Offer;
  conditions(probe, t);
  deadline(probe, t);
  offered = offered || (!probe.row.deadline.empty() && strict_deadline(doc_, probe.row.deadline)) ||
            (!probe.row.condition.empty() && tree_.child(t, Dep::Obj) != kNo);
  if (!offered) return;
  made.row.kind = CommitmentKind::Offer;
  made.row.strength = Strength::ReadyTo;
  finish(std::move(made), t);
}

/// "No State may close the strait"; "may not" only where parties bind themselves.
void CommitmentReader::forbidden(size_t t) {
  const size_t who = subject(t);
  if (who == kNo || tree_.upos(t) != Upos::Verb || !negated(t) || hypothetical(t)) return;
  bool none = false;
  for (const uint32_t c : tree_.children(who)) {
    none = none || (base(tree_.dep(c)) == Dep::Det &&
                    (tree_.lemma(c) == "no" || tree_.lemma(c) == "neither"));
  }
  if (!none && !joint_text()) return;
  if (!person_like(who) && !(agreement_ || none)) return;
  Draftling made;
  made.cue = t;
  made.content = t;
  made.why = "may";
  made.row.kind = CommitmentKind::Prohibition;
  made.row.strength = Strength::Obliged;
  made.row.owed_by = actors_of(who);
  made.row.what = passive(t) ? whole_clause(t) : verb_phrase(t);
  finish(std::move(made), t);
}

/// "The airline is to submit a study before 15 December": planned or laid upon somebody.
bool CommitmentReader::is_to(size_t t) {
  if (tree_.upos(t) != Upos::Verb) return false;
  const size_t be = tree_.child(t, Dep::Cop), mark = tree_.child(t, Dep::Mark);
  if (be == kNo || mark == kNo || tree_.lemma(mark) != "to" || mark < be || mark > be + 3)
    return false;
  const size_t who = tree_.child_base(t, Dep::Nsubj);
  if (who == kNo || !person_like(who) || hypothetical(t) || negated(t) || used_[t]) return true;
  const std::string_view form = tree_.word(be);
  const bool past = form == "was" || form == "were";
  Draftling made;
  made.cue = t;
  made.content = t;
  made.why = "is to";
  made.row.owed_by = actors_of(who);
  if (made.row.owed_by.empty() && tree_.lemma(who) == "which" && base(tree_.dep(t)) == Dep::Acl)
    made.row.owed_by = actors_of(tree_.head(t));
  made.row.what = verb_phrase(t);
  Draftling probe = made;
  deadline(probe, t);
  const bool bound = !probe.row.deadline.empty() && strict_deadline(doc_, probe.row.deadline);
  if (past && !bound) return true;
  made.row.kind = bound || agreement_ || past ? CommitmentKind::Pledge : CommitmentKind::Intention;
  made.row.strength = agreement_ || past                        ? Strength::Obliged
                      : made.row.kind == CommitmentKind::Pledge ? Strength::Commits
                                                                : Strength::Intends;
  if (made.row.kind == CommitmentKind::Intention && made.row.owed_by.empty()) return true;
  finish(std::move(made), t);
  return true;
}

/// "Please send us the list."
bool CommitmentReader::please(size_t t) {
  if (tree_.upos(t) != Upos::Verb || !tree_.feat(t, "Mood=Imp")) return false;
  bool asked = false;
  for (const uint32_t c : tree_.children(t)) asked = asked || tree_.lemma(c) == "please";
  if (!asked || used_[t] || cues_.in("please", tree_.lemma(t))) return asked;
  if (tree_.child(t, Dep::Obj) == kNo && tree_.child(t, Dep::Ccomp) == kNo) return asked;
  Draftling made;
  made.cue = t;
  made.content = t;
  made.why = "please";
  made.row.kind = CommitmentKind::Request;
  made.row.strength = Strength::Expects;
  made.row.owed_by = addressee(t);
  made.row.holder = speaker(t);
  made.row.owed_to = made.row.holder;
  made.row.what = verb_phrase(t);
  finish(std::move(made), t);
  return true;
}

/// "did not consider it possible to advance the date", "is not in a position to".
void CommitmentReader::unable(size_t t) {
  size_t content = infinitive(t);
  for (const uint32_t c : tree_.children(t)) {
    const Dep relation = base(tree_.dep(c));
    const size_t mark = tree_.child(c, Dep::Mark);
    if (content == kNo && c > t && mark != kNo && tree_.lemma(mark) == "to" &&
        (relation == Dep::Csubj || relation == Dep::Acl || relation == Dep::Advcl))
      content = c;
  }
  // "consider it possible to advance the date": the parser may hang it on the verb.
  if (content == kNo && !tree_.is_root(t) && base(tree_.dep(t)) == Dep::Xcomp) {
    content = infinitive(tree_.head(t));
    if (content != kNo && content < t) content = kNo;
  }
  if (content == kNo || used_[content] || hypothetical(t)) return;
  size_t denied = kNo;
  if (tree_.lemma(t) == "possible") {
    const size_t verb = tree_.is_root(t) ? kNo : tree_.head(t);
    if (verb == kNo || base(tree_.dep(t)) != Dep::Xcomp) return;
    const std::string_view lemma = tree_.lemma(verb);
    if ((lemma == "consider" || lemma == "find" || lemma == "deem" || lemma == "think") &&
        negated(verb))
      denied = verb;
  } else if (negated(t) && tree_.child(t, Dep::Cop) != kNo) {
    denied = t;
  }
  if (denied == kNo) return;
  const size_t who = subject(denied);
  if (who == kNo || !person_like(who)) return;
  Draftling made;
  made.cue = t;
  made.content = content;
  made.why = "unable";
  made.row.kind = CommitmentKind::Refusal;
  made.row.strength = Strength::Commits;
  made.row.owed_by = actors_of(who);
  made.row.what = verb_phrase(content);
  finish(std::move(made), t);
}

/// "Armenia must withdraw": somebody else's duty, as the speaker sees it; in an agreement, a duty.
void CommitmentReader::obligation(size_t t, std::string_view modal) {
  if (hypothetical(t) || used_[t]) return;
  const Dep relation = base(tree_.dep(t));
  if (relation == Dep::Acl || relation == Dep::Advcl) return;
  size_t clause = t;
  for (size_t steps = 0; steps < 4 && base(tree_.dep(clause)) == Dep::Conj; ++steps)
    clause = tree_.head(clause);
  if (base(tree_.dep(clause)) == Dep::Ccomp && !tree_.is_root(clause) &&
      cues_.in("belief", tree_.lemma(tree_.head(clause))))
    return;
  const size_t who = subject(t);
  if (who == kNo || first_person(who) || tree_.child(t, Dep::Cop) != kNo ||
      tree_.upos(t) != Upos::Verb || has_aux(t, "have"))
    return;
  const std::string_view lemma = tree_.lemma(t);
  Draftling made;
  made.cue = t;
  made.content = t;
  made.why = "must";
  made.row.holder = speaker(t);
  if (base(tree_.dep(clause)) == Dep::Ccomp && cues_.in("say", tree_.lemma(tree_.head(clause))))
    made.row.holder = actors_of(subject(tree_.head(clause)));
  made.row.kind = negated(t)   ? CommitmentKind::Prohibition
                  : agreement_ ? CommitmentKind::Pledge
                               : CommitmentKind::Request;
  made.row.strength = agreement_ ? Strength::Obliged : Strength::Expects;
  if (made.row.kind == CommitmentKind::Prohibition && !agreement_)
    made.row.kind = CommitmentKind::Request;
  if (passive(t)) {
    // "The sovereignty of the island must be respected": a demand, of whoever does not.
    if (modal != "must" || cues_.in("must_not", lemma) || cues_.in("idle3", lemma)) return;
    if (tree_.upos(who) == Upos::Pron) return;
    made.row.owed_by = agent(t);
    made.row.what = whole_clause(t);
    finish(std::move(made), t);
    return;
  }
  if (!person_like(who) || cues_.in("idle3", lemma)) return;
  made.row.owed_by = actors_of(who);
  if (modal != "must") {
    // Weaker words oblige only who is named, and not the side that speaks.
    if (tree_.upos(who) == Upos::Pron) return;
    if (made.row.owed_by.empty() && !spoken(t)) return;
    if (!spoken(t) && base(tree_.dep(clause)) != Dep::Ccomp) return;
    if (same_side(made.row.owed_by, speaker(t)) || cues_.in("idle", lemma)) return;
  }
  made.row.owed_to = made.row.holder;
  made.row.what = verb_phrase(t);
  finish(std::move(made), t);
}

}  // namespace readout::events
