// Words that make commitments: verbs, adjectives and nouns of the table, and "let".
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
        oblique(t, candidate.with) == kNo)
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
  const bool no = negated(t);
  const bool pass = pos == Upos::Verb && passive(t);
  // The cue itself is only wanted, possible or to come: what "will ask" says is future's to judge.
  if (has_aux(t, "would") && cue->kind != CommitmentKind::Expectation) {
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
    case CueFrame::OwnObj: {
      if (no && cue->kind != CommitmentKind::Refusal) return;
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
      if (pass) {
        made.row.owed_by = agent(t);
      } else {
        made.row.owed_by = actors_of(subj);
      }
      if (clause) {
        // "agreed that": a plan if it lies ahead, else an opinion.
        bool ahead = has_aux(content, "will") || has_aux(content, "would") ||
                     has_aux(content, "should") || has_aux(content, "shall") ||
                     tree_.feat(content, "Mood=Sub");
        if (!ahead) return;
        const std::vector<ActorId> inner = actors_of(subject(content));
        if (!inner.empty() && made.row.owed_by.empty()) made.row.owed_by = inner;
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
      if (negated(content) && cue->kind == CommitmentKind::Pledge && !clause) {
        const size_t first = tree_.child(content, Dep::Advmod);
        if (first != kNo && first < content) made.row.what.begin = doc_.tokens()->span[first].begin;
      }
      if (subj != kNo && !pass && !person_like(subj) && made.row.owed_by.empty()) return;
      if (subj == kNo && cue->kind == CommitmentKind::Intention && pos == Upos::Verb) return;
      if (cue->kind == CommitmentKind::Intention && !pass && subj != kNo && !person_like(subj) &&
          (tree_.upos(subj) != Upos::Pron || made.row.owed_by.empty())) {
        return;
      }
      if (cue->lemma == "agree" || cue->lemma == "decide")
        made.row.owed_by = states_of(made.row.owed_by, content);
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
      if (!pass && subj != kNo && !person_like(subj)) return;  // "this requires us to work"
      size_t owing = kNo;
      if (pass) {
        owing = subj;
        made.row.holder = agent(t);
      } else {
        made.row.holder = actors_of(subj);
        if (!cue->with.empty() && cue->with != "that" && cue->frame == CueFrame::Other)
          owing = oblique(t, cue->with);
        if (owing == kNo) owing = tree_.child(t, Dep::Obj);
        if (owing == kNo) owing = tree_.child(t, Dep::Iobj);
      }
      if (content == kNo && cue->frame == CueFrame::OtherObj) {
        content = cue->with.empty() ? tree_.child(t, Dep::Obj) : oblique(t, cue->with);
        if (pass && cue->with.empty()) content = subj;
        if (content == owing) owing = kNo;
        if (content != kNo &&
            (base(tree_.dep(t)) == Dep::Acl || cues_.in("ceremonial", tree_.lemma(content))))
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
      made.row.what = clause && cue->lemma != "ask" ? whole_clause(content) : verb_phrase(content);
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
          if (lemma == "hope") made.row.kind = CommitmentKind::Intention;
        }
        if (lemma == "look" && tree_.upos(content) != Upos::Verb)
          return;  // "look forward to the summer"
        made.row.what = verb_phrase(content);
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

/// "its readiness to grant", "expressed the hope that", "has a commitment to".
void CommitmentReader::cue_noun(size_t t, const Cue& cue) {
  bool clause = false;
  size_t content = complement(t, cue, clause);
  if (content == kNo || hypothetical(t)) return;
  std::vector<ActorId> owner;
  size_t who = tree_.child(t, Dep::NmodPoss);
  const size_t verb = tree_.is_root(t) ? kNo : tree_.head(t);
  const bool carried =
      verb != kNo && tree_.dep(t) == Dep::Obj && cues_.in("express", tree_.lemma(verb));
  if (carried && negated(verb)) return;
  if (who != kNo) owner = actors_of(who);
  if (who == kNo && tree_.is_root(t) && clause) {
    // A verb that looks like a noun: "UNICEF hopes that".
    who = t > tree_.begin() ? t - 1 : kNo;
    if (who == kNo || tree_.upos(who) == Upos::Det) return;
    owner = actors_of(who);
  }
  if (carried && (who == kNo || owner.empty())) {
    who = subject(verb);
    owner = actors_of(who);
  }
  if (!carried && who == kNo) return;
  if (clause &&
      !(has_aux(content, "will") || has_aux(content, "would") || has_aux(content, "should") ||
        has_aux(content, "can") || has_aux(content, "could")))
    return;
  if (used_[content]) return;
  Draftling made;
  made.cue = t;
  made.content = content;
  made.why = "noun";
  made.row.kind = cue.kind;
  made.row.strength = cue.strength;
  if (cue.frame == CueFrame::NounOther) {
    made.row.holder = owner;
    made.row.owed_by = clause ? actors_of(subject(content)) : std::vector<ActorId>();
    if (!clause && cue.kind == CommitmentKind::Expectation) {
      made.row.kind = CommitmentKind::Intention;
      made.row.owed_by = owner;
      made.row.holder.clear();
    }
  } else {
    made.row.owed_by = owner;
    made.row.owed_to = carried ? receiver(verb) : std::vector<ActorId>();
  }
  made.row.what = clause ? whole_clause(content) : verb_phrase(content);
  for (size_t k = index(doc_.tokens_in(made.row.what).begin);
       k < index(doc_.tokens_in(made.row.what).end); ++k) {
    if (cue.kind == CommitmentKind::Expectation && cues_.in("ceremonial", tree_.lemma(k))) return;
  }
  finish(std::move(made), carried ? verb : t);
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
