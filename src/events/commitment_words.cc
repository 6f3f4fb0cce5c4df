// Words that make commitments: verbs, adjectives and nouns of the table, and "let".
#include <algorithm>

#include "events/commitment_reader.h"

namespace readout::events {

void CommitmentReader::cue_word(size_t t) {
  std::string_view lemma = tree_.lemma(t);
  const std::vector<Cue>* cues = cues_.of(lemma);
  if (cues == nullptr || used_[t]) return;
  Upos pos = tree_.upos(t);
  const Cue* cue = nullptr;
  for (const Cue& candidate : *cues) {
    if (candidate.pos != pos &&
        !(candidate.pos == Upos::Adj && pos == Upos::Verb && tree_.child(t, Dep::Cop) != kNo))
      continue;
    if (!candidate.with.empty() && !with_particle(t, candidate.with)) continue;
    const bool directive = candidate.pos == Upos::Verb && (candidate.frame == CueFrame::Other ||
                                                           candidate.frame == CueFrame::OtherObj);
    if (directive && !candidate.with.empty() && candidate.with != "that" &&
        candidate.with != "inf" && oblique(t, candidate.with) == kNo)
      continue;
    cue = &candidate;
    break;
  }
  if (cue == nullptr) return;
  if (pos == Upos::Noun) {
    cue_noun(t, *cue);
    return;
  }
  if (hypothetical(t)) return;
  // A participle inside a noun phrase ("equipment promised in 2013") tells of an act elsewhere.
  if (tree_.dep(t) == Dep::Amod || tree_.dep(t) == Dep::Compound) return;
  // Alleged or denied by somebody else: nobody here says that it is owed.
  for (size_t k = t, steps = 0; steps < 3 && !tree_.is_root(k); ++steps) {
    const bool clause_of = base(tree_.dep(k)) == Dep::Ccomp;
    k = tree_.head(k);
    if (clause_of && cues_.in("alleged", tree_.lemma(k))) return;
  }
  bool clause = false;
  size_t content = complement(t, *cue, clause);
  const bool listed = tree_.word(tree_.end() - 1) == ":" && tree_.is_root(t);
  if (content == kNo && !listed && cue->frame != CueFrame::Self) content = stray_infinitive(t);
  const bool no = negated(t);
  const bool pass = pos == Upos::Verb && passive(t);
  // The cue itself is only wanted, possible or to come: what "will ask" says is future's to judge.
  if (has_aux(t, "would") && cue->kind != CommitmentKind::Expectation && lemma != "like" &&
      lemma != "wish" && lemma != "want") {
    const bool reported = base(tree_.dep(t)) == Dep::Ccomp;
    if (!reported) return;
  }
  if (has_aux(t, "could") || has_aux(t, "may") || has_aux(t, "might") || has_aux(t, "should"))
    return;

  // "I will ask her" is what the speaker is going to do.
  if ((cue->kind == CommitmentKind::Request || cue->kind == CommitmentKind::Order ||
       cue->kind == CommitmentKind::Refusal) &&
      (has_aux(t, "will") || has_aux(t, "shall"))) {
    return;
  }

  Draftling made;
  made.cue = t;
  made.why = "cue";
  made.row.kind = cue->kind;
  made.row.strength = cue->strength;
  const size_t subj = subject(t);

  switch (cue->frame) {
    case CueFrame::Own:
    case CueFrame::OwnObj:
    case CueFrame::Joint: {
      if (no) {
        // "not prepared to" refuses, "did not rule out" leaves the door open; other denials owe
        // nothing.
        if (cue->kind == CommitmentKind::Refusal && cue->with == "out") {
          made.row.kind = CommitmentKind::Offer;
          made.row.strength = Strength::ReadyTo;
        } else if (cue->kind == CommitmentKind::Offer && pos == Upos::Adj && content != kNo) {
          made.row.kind = CommitmentKind::Refusal;
          made.row.strength = Strength::Commits;
        } else {
          return;
        }
      }
      if (content == kNo && cue->frame == CueFrame::OwnObj && !clause) {
        const size_t obj = tree_.child(t, Dep::Obj);
        if (obj == kNo || base(tree_.dep(t)) == Dep::Acl) return;
        for (const uint32_t c : tree_.children(obj)) {
          const size_t mark = tree_.child(c, Dep::Mark);
          if (base(tree_.dep(c)) != Dep::Acl || mark == kNo) continue;
          if (tree_.lemma(mark) == "that" || tree_.lemma(mark) == "to")
            content = c, clause = tree_.lemma(mark) == "that";
        }
      }
      if (content == kNo && cue->frame == CueFrame::OwnObj && !clause) {
        const size_t obj = tree_.child(t, Dep::Obj);
        // "promised support", "pledged $4.5 million"; "offered condolences" offers nothing.
        if (cues_.in("ceremonial", tree_.lemma(obj)) || tree_.upos(obj) == Upos::Pron) return;
        content = obj;
      }
      if (content == kNo && pos == Upos::Adj) {
        const size_t obl = oblique(t, "to");
        if (obl == kNo || cue->kind == CommitmentKind::Offer) return;
        content = obl;
      }
      if (content == kNo) {
        if (tree_.word(tree_.end() - 1) == ":" && pos == Upos::Verb && tree_.is_root(t)) {
          open_ = Open{cue->kind, cue->strength, actors_of(subj), {}, {}, false};
          if (subj != kNo && open_->owed_by.size() > 1) open_->owed_to = open_->owed_by;
        }
        return;
      }
      // "It was agreed that": whoever agreed; "is scheduled to": who is to do it.
      const bool impersonal = pass && tree_.child(t, Dep::Expl) != kNo;
      if (pass) {
        made.row.owed_by = agent(t);
        if (made.row.owed_by.empty() && !impersonal && !clause && person_like(subj))
          made.row.owed_by = actors_of(subj);
        if (impersonal) made.row.owed_by = sides_;
      } else {
        made.row.owed_by = actors_of(subj);
      }
      if (cue->kind == CommitmentKind::Offer && content != kNo &&
          (tree_.upos(content) == Upos::Verb || tree_.upos(content) == Upos::Noun)) {
        // "happy to take your questions"
        const size_t obj = tree_.child(content, Dep::Obj);
        if (obj != kNo && cues_.in("ceremonial", tree_.lemma(obj))) return;
      }
      if (cue->kind == CommitmentKind::Refusal && content != kNo &&
          (lemma == "decline" || lemma == "refuse") &&
          (cues_.in("cannot", tree_.lemma(content)) || tree_.upos(content) == Upos::Pron))
        return;  // "declined to comment"
      if (clause) {
        // "agreed that": a plan if it lies ahead, else an opinion.
        bool ahead = has_aux(content, "will") || has_aux(content, "would") ||
                     has_aux(content, "should") || has_aux(content, "shall") ||
                     tree_.feat(content, "Mood=Sub");
        if (!ahead) return;
        const std::vector<ActorId> inner = actors_of(subject(content));
        if (!inner.empty() && made.row.owed_by.empty()) made.row.owed_by = inner;
        if (negated(content) && cue->frame == CueFrame::Joint)
          made.row.kind = CommitmentKind::Refusal;
        made.row.what = whole_clause(content);
      } else {
        if (cue->lemma == "agree" && tree_.child_base(content, Dep::Nsubj) != kNo)
          made.row.what = whole_clause(content);
        else
          made.row.what = verb_phrase(content);
      }
      if (!clause && (lemma == "decide" || lemma == "prepare" || lemma == "plan") &&
          made.row.owed_by.empty() && !person_like(subj))
        return;
      if (!no && negated(content) && cue->kind == CommitmentKind::Pledge && !clause) {
        const size_t first = tree_.child(content, Dep::Advmod);
        if (first != kNo && first < content) made.row.what.begin = doc_.tokens()->span[first].begin;
      }
      if (subj != kNo && !pass && !person_like(subj) && made.row.owed_by.empty()) return;
      if (subj == kNo && cue->kind == CommitmentKind::Intention && pos == Upos::Verb) return;
      if (cue->kind == CommitmentKind::Intention && !pass && subj != kNo && !person_like(subj) &&
          (tree_.upos(subj) != Upos::Pron || made.row.owed_by.empty())) {
        return;
      }
      made.row.owed_by = states_of(made.row.owed_by, content);
      if (cue->frame == CueFrame::Joint && made.row.kind == CommitmentKind::Pledge) {
        // One that decides by itself has a plan, those who decide together are bound.
        if (negated(content)) {
          made.row.kind = CommitmentKind::Refusal;
        } else if (made.row.owed_by.size() < 2 && !joint_text()) {
          made.row.kind = CommitmentKind::Intention;
          made.row.strength = Strength::Intends;
        }
      }
      made.row.owed_to = receiver(t);
      const size_t told = tree_.child(t, Dep::Obj);
      if (made.row.owed_to.empty() && told != kNo && told != content)
        made.row.owed_to = actors_of(told);
      if (made.row.owed_to.empty() && made.row.owed_by.size() > 1)
        made.row.owed_to = made.row.owed_by;
      break;
    }
    case CueFrame::Self: {
      if (no || (content != kNo && (clause || content < t)) || base(tree_.dep(t)) == Dep::Acl)
        return;
      if (tree_.child(t, Dep::Obj) == kNo || tree_.child(t, Dep::Xcomp) != kNo) return;
      if (subj == kNo || !person_like(subj) || pass) return;
      content = t;
      made.row.owed_by = actors_of(subj);
      made.row.owed_to = receiver(t);
      made.row.what = verb_phrase(t);
      break;
    }
    case CueFrame::Other:
    case CueFrame::OtherObj: {
      if (no && !(content != kNo && pass)) return;
      const bool wish = lemma == "like" || lemma == "want" || lemma == "wish" || lemma == "need";
      if (wish &&
          (pass || tree_.child(t, Dep::Obj) == kNo || !person_like(tree_.child(t, Dep::Obj)) ||
           first_person(tree_.child(t, Dep::Obj))))
        return;  // "want to leave" wants nothing of others
      if (!pass && subj != kNo && !person_like(subj)) return;  // "this requires us to work"
      size_t owing = kNo;
      if (pass) {
        owing = subj;
        made.row.holder = agent(t);
      } else {
        made.row.holder = actors_of(subj);
        if (!cue->with.empty() && cue->with != "that" && cue->with != "inf" &&
            cue->frame == CueFrame::Other)
          owing = oblique(t, cue->with);
        if (owing == kNo) owing = tree_.child(t, Dep::Obj);
        if (owing == kNo) owing = tree_.child(t, Dep::Iobj);
      }
      if (content == kNo && cue->frame == CueFrame::OtherObj) {
        content = cue->with.empty() ? tree_.child(t, Dep::Obj) : oblique(t, cue->with);
        if (pass && cue->with.empty()) content = subj;
        if (content == owing) owing = kNo;
        if (content != kNo &&
            ((base(tree_.dep(t)) == Dep::Acl && !tree_.feat(t, "VerbForm=Ger") &&
              !tree_.feat(t, "Tense=Pres")) ||
             cues_.in("ceremonial", tree_.lemma(content)) || tree_.upos(content) == Upos::Pron))
          return;
        if (owing == kNo && content != kNo)
          owing = cue->with.empty() ? oblique(t, "from") : tree_.child(t, Dep::Obj);
      }
      // The infinitive may hang on the object: "the invitation to ...", "partners to honour".
      if (content == kNo && owing != kNo) {
        for (const uint32_t c : tree_.children(owing)) {
          const size_t mark = tree_.child(c, Dep::Mark);
          if (base(tree_.dep(c)) == Dep::Acl && mark != kNo && tree_.lemma(mark) == "to")
            content = c;
        }
      }
      // "we ask our friends for some understanding"
      if (content == kNo &&
          (lemma == "ask" || lemma == "beg" || lemma == "press" || lemma == "lobby"))
        content = oblique(t, "for");
      if (content == kNo && lemma == "invite" && owing != kNo && oblique(t, "to") != kNo)
        content = oblique(t, "to");
      if (content == kNo) {
        if (tree_.word(tree_.end() - 1) == ":" && tree_.is_root(t))
          open_ = Open{cue->kind, cue->strength, actors_of(owing), {}, made.row.holder, false};
        return;
      }
      if (clause) owing = subject(content);
      if (!clause && owing == kNo && cue->frame == CueFrame::Other &&
          tree_.upos(content) == Upos::Verb)
        return;  // "asked to speak"
      if (owing != kNo && first_person(owing) && tree_.feat(owing, "Number=Sing") &&
          cue->kind == CommitmentKind::Request && !pass)
        return;  // "let me", "allow me"
      made.row.owed_by = actors_of(owing);
      if (clause && tree_.feat(content, "Mood=Ind") && !has_aux(content, "should") &&
          !has_aux(content, "must") && !has_aux(content, "could") && !has_aux(content, "would") &&
          cue->lemma == "insist") {
        return;
      }
      const bool ours = clause && owing != kNo && plural_first(owing);
      // "appealed for 20 million dollars to repair the wells": the sum, not what it is for.
      uint32_t sum_end = 0;
      if (cue->frame == CueFrame::OtherObj && !clause && !cue->with.empty() &&
          cue->with != "that" && !pass) {
        const size_t wanted = oblique(t, cue->with);
        if (wanted != kNo && wanted < content && !person_like(wanted) &&
            tree_.upos(wanted) != Upos::Propn) {
          sum_end = verb_phrase(content).end;
          content = wanted;
          made.row.owed_by = actors_of(tree_.child(t, Dep::Obj));
        }
      }
      made.row.what =
          clause && cue->lemma != "ask" && !ours ? whole_clause(content)
          : !clause && cue->frame == CueFrame::OtherObj && tree_.upos(content) != Upos::Verb
              ? noun_phrase(content)
              : verb_phrase(content);
      made.row.what.end = std::max(made.row.what.end, sum_end);
      if (cue->kind == CommitmentKind::Request || cue->kind == CommitmentKind::Order)
        made.row.owed_to = made.row.holder;
      if (lemma == "expect" || lemma == "count" || lemma == "rely")
        made.row.kind = CommitmentKind::Expectation;
      if (negated(content) || tree_.lemma(content) == "refrain")
        made.row.kind =
            cue->kind == CommitmentKind::Order ? CommitmentKind::Prohibition : cue->kind;
      break;
    }
    case CueFrame::Hope: {
      if (no) return;
      if (content == kNo && lemma == "look") content = oblique(t, "to");
      if (content == kNo) {
        for (const uint32_t c : tree_.children(t)) {
          if (lemma == "look" && base(tree_.dep(c)) == Dep::Advcl) content = c;
        }
      }
      if (content == kNo) return;
      made.row.holder = pass ? agent(t) : actors_of(subj);
      if (clause) {
        const size_t inner = subject(content);
        made.row.owed_by = actors_of(inner);
        if (first_person(inner) && !plural_first(inner)) return;
        // A hope of what somebody has said or done is none of what is to come.
        if (tree_.feat(content, "Tense=Past") && tree_.child(content, Dep::Aux) == kNo &&
            tree_.child(content, Dep::Cop) == kNo)
          return;
        if (lemma != "hope" && !person_like(inner)) return;
        made.row.what = whole_clause(content);
      } else {
        size_t obj = tree_.child(t, Dep::Obj);
        if (pass && subj != kNo) {
          if (!person_like(subj)) return;
          made.row.owed_by = actors_of(subj);
          made.row.holder = agent(t);
        } else if (obj != kNo && obj < content) {
          if (!person_like(obj)) return;
          made.row.owed_by = actors_of(obj);
        } else {
          if (subj == kNo || !person_like(subj)) return;
          made.row.owed_by = actors_of(subj);
          made.row.holder.clear();
          if (lemma == "hope" || lemma == "look") made.row.kind = CommitmentKind::Intention;
          if (lemma == "look") made.row.strength = Strength::Intends;
        }
        if (lemma == "look" && tree_.upos(content) == Upos::Verb &&
            cues_.in("idle", tree_.lemma(content)) && !cues_.in("firm1", tree_.lemma(content)))
          return;
        if (tree_.upos(content) != Upos::Verb) {
          // "look forward to the summer" owes nothing; to the entry into force, something.
          if (!cues_.in("to_come", tree_.lemma(content))) return;
          made.row.kind = CommitmentKind::Expectation;
          made.row.strength = Strength::Expects;
          made.row.holder = actors_of(subj);
          made.row.owed_by.clear();
          made.row.what = noun_phrase(content);
        } else {
          made.row.what = verb_phrase(content);
        }
      }
      for (size_t k = doc_.tokens_in(made.row.what).begin < TokenId{0}
                          ? 0
                          : index(doc_.tokens_in(made.row.what).begin);
           k < index(doc_.tokens_in(made.row.what).end); ++k) {
        if (cues_.in("ceremonial", tree_.lemma(k))) return;
      }
      break;
    }
    case CueFrame::Noun:
    case CueFrame::NounOther:
      return;
  }
  made.content = content;
  used_[t] = true;
  finish(std::move(made), t);
}

/// "Let the experts go there this month."
void CommitmentReader::let(size_t t) {
  if (!tree_.is_root(t) || subject(t) != kNo || tree_.child_base(t, Dep::Nsubj) != kNo) return;
  if (tree_.child(t, Dep::Aux) != kNo || used_[t]) return;
  size_t content = tree_.child_base(t, Dep::Xcomp);
  if (content == kNo) content = tree_.child_base(t, Dep::Ccomp);
  if (content == kNo) return;
  size_t who = tree_.child(t, Dep::Obj);
  if (who == kNo) who = tree_.child_base(content, Dep::Nsubj);
  if (who == kNo || first_person(who)) return;
  Draftling made;
  made.cue = t;
  made.content = content;
  made.why = "let";
  made.row.kind = CommitmentKind::Order;
  made.row.strength = Strength::Obliged;
  made.row.owed_by = actors_of(who);
  made.row.holder = speaker(t);
  made.row.owed_to = made.row.holder;
  made.row.what = verb_phrase(content);
  used_[t] = true;
  finish(std::move(made), t);
}

}  // namespace readout::events
