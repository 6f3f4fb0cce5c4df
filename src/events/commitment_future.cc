// What "will", "shall" and "must" say of those who can promise it, and what was kept.
#include "events/commitment_reader.h"
#include "events/deadlines.h"

namespace readout::events {

void CommitmentReader::future(size_t t) {
  std::string_view modal;
  for (const uint32_t c : tree_.children(t)) {
    if (tree_.dep(c) != Dep::Aux) continue;
    const std::string_view lemma = tree_.lemma(c);
    if (lemma == "will" || lemma == "shall" || lemma == "would" || lemma == "must" ||
        lemma == "'ll")
      modal = lemma == "'ll" ? "will" : lemma;
    const std::string_view word = tree_.word(c);
    if (word == "will" || word == "Will" || word == "’ll" || word == "'ll") modal = "will";
    if (word == "would" || word == "Would") modal = "would";
    if (word == "shall" || word == "Shall") modal = "shall";
  }
  size_t verb = t;
  if (modal.empty()) {
    // "are going to meet", "is to visit", "has to"
    if (tree_.lemma(t) == "go" && tree_.feat(t, "VerbForm=Part") && has_aux(t, "be")) {
      const size_t inner = tree_.child(t, Dep::Xcomp);
      if (inner == kNo || tree_.upos(inner) != Upos::Verb) return;
      modal = "will";
      verb = inner;
      if (subject(t) == kNo) return;
    } else {
      return;
    }
  }
  if (modal == "must") {
    obligation(t, modal);
    return;
  }
  // Coordinated verbs under one auxiliary are part of its content.
  if (hypothetical(t)) return;
  const Dep relation = base(tree_.dep(t));
  // "a commission which shall meet" is part of something else; "told the judges that it would" is
  // not.
  const size_t that = tree_.child(t, Dep::Mark);
  const bool told = relation == Dep::Acl && that != kNo && tree_.lemma(that) == "that" &&
                    !tree_.is_root(tree_.head(t)) &&
                    cues_.in("say", tree_.lemma(tree_.head(tree_.head(t))));
  // "a memorandum under which Chile will send engineers" is, since somebody else is its subject.
  const size_t own_subject = tree_.child_base(t, Dep::Nsubj);
  const bool relative = relation == Dep::Acl || tree_.dep(t) == Dep::AdvclRelcl;
  const bool under_which = relative && own_subject != kNo && person_like(own_subject) &&
                           !tree_.feat(own_subject, "PronType=Rel") && relative_oblique(t);
  if ((relative || relation == Dep::Advcl) && !told && !under_which) return;
  const size_t subj = subject(t);
  const std::string_view lemma = tree_.lemma(verb);
  const bool pass = passive(verb);
  const bool no = negated(t) || [&] {
    const size_t obj = tree_.child(verb, Dep::Obj);
    if (obj == kNo || modal != "shall") return false;
    for (const uint32_t c : tree_.children(obj)) {
      if (base(tree_.dep(c)) == Dep::Det && tree_.lemma(c) == "no") return true;
    }
    return false;
  }();

  Draftling made;
  made.cue = t;
  made.content = verb;
  made.why = "will";

  if (modal == "shall" && (agreement_ || !first_person(subj))) {
    // "Shall" of a text that binds.
    made.row.strength = Strength::Obliged;
    made.row.kind = no ? CommitmentKind::Prohibition : CommitmentKind::Pledge;
    const bool acts = !pass && person_like(subj);
    // Things "shall" be so only where parties bind themselves, not in laws and proclamations.
    const std::string& genre = doc_.structure()->genre;
    if (!acts && !agreement_ && genre != "communique") return;
    made.row.owed_by = pass ? agent(t) : acts ? actors_of(subj) : std::vector<ActorId>();
    if (!acts) {
      for (const uint32_t c : tree_.children(t)) {
        if (tree_.dep(c) == Dep::Cop && cues_.in("free_of", lemma))
          made.row.kind = CommitmentKind::Prohibition;
      }
      if (cues_.in("free_of", lemma)) made.row.kind = CommitmentKind::Prohibition;
    }
    made.row.what = acts ? verb_phrase(verb) : whole_clause(t);
    if (tree_.word(tree_.end() - 1) == ":" && tree_.child(verb, Dep::Obj) == kNo &&
        tree_.is_root(t)) {
      open_ = Open{made.row.kind, made.row.strength, made.row.owed_by, {}, {}, true};
      return;
    }
    finish(std::move(made), t);
    return;
  }

  // Under which verb does the clause stand, and who says it?
  size_t up = kNo;
  size_t clause = t;
  for (size_t steps = 0; steps < 4 && base(tree_.dep(clause)) == Dep::Conj; ++steps)
    clause = tree_.head(clause);
  if (base(tree_.dep(clause)) == Dep::Ccomp) up = tree_.head(clause);
  if (told) up = tree_.head(tree_.head(t));
  if (up == kNo && base(tree_.dep(clause)) == Dep::Parataxis) {
    const size_t h = tree_.head(clause);
    if (cues_.in("say", tree_.lemma(h))) up = h;
  }
  if (up == kNo) {
    // "The Secretary-General would submit proposals, she added."
    for (const uint32_t c : tree_.children(clause)) {
      if (tree_.dep(c) == Dep::Parataxis && cues_.in("say", tree_.lemma(c))) up = c;
    }
  }
  bool reported = false;
  if (up != kNo) {
    if (!cues_.in("say", tree_.lemma(up))) {
      if (cues_.in("belief", tree_.lemma(up))) return;
    } else {
      reported = true;
      if (cues_.in("belief", tree_.lemma(up)) && tree_.lemma(up) != "warn") return;
      if (tree_.lemma(up) == "warn") return;
      if (negated(up)) return;
    }
  }
  if (modal == "would" && !reported) {
    const QuoteLayer* quotes = doc_.quotes();
    const bool quoted = quotes != nullptr && relation == Dep::Ccomp;
    // "Rwanda would not take part", said on in a report of what its delegate said.
    const bool goes_on = up == kNo && subj != kNo && person_like(subj) && goes_on_with(subj);
    if (!quoted && !goes_on) return;
    reported = reported || goes_on;
  }
  const std::vector<ActorId> doer = actors_of(subj);
  std::vector<ActorId> who_says = reported && up != kNo ? actors_of(subject(up)) : speaker(t);
  if (who_says.empty() && reported && up == kNo) who_says = doer;
  const bool trying = cues_.in("trying", lemma) && tree_.child(verb, Dep::Xcomp) != kNo;
  bool programme = cues_.in("programme", lemma);
  if (programme && lemma == "look" && (oblique(verb, "into") != kNo)) programme = false;
  const size_t object_of = tree_.child(verb, Dep::Obj);
  // "will have a fruitful discussion" is courtesy, "will resume their discussions" is not.
  const bool again = lemma == "resume" || lemma == "open" || lemma == "launch" || lemma == "host";
  if (object_of != kNo && !again && cues_.in("ceremonial", tree_.lemma(object_of))) return;
  const bool in_speech = spoken(t);
  const bool first = first_person(subj);

  if (no && both_decline(subj) && joint_text()) {
    // "Neither side will deploy such missiles": what they promise each other.
    made.row.kind = CommitmentKind::Pledge;
    made.row.strength = Strength::Commits;
    made.row.owed_by = doer.size() > 1 ? doer : sides_;
    made.row.owed_to = made.row.owed_by;
    made.row.what = verb_phrase(verb);
    finish(std::move(made), t);
    return;
  }
  if (no && tree_.child(t, Dep::Expl) == kNo) {
    const bool itself = reported && subj != kNo && tree_.lemma(subj) == "it";
    if (!first && !itself &&
        !(person_like(subj) &&
          (doer.empty() || same_side(doer, who_says) || (up == kNo && !in_speech))))
      return;
    if (cues_.in("idle", lemma) && !cues_.in("firm1", lemma)) return;
    if (tree_.child(verb, Dep::Cop) != kNo || pass) return;
    made.row.kind = CommitmentKind::Refusal;
    made.row.strength = Strength::Commits;
    made.row.owed_by = doer.empty() ? who_says : doer;
    made.row.what = verb_phrase(verb);
    finish(std::move(made), t);
    return;
  }

  if (tree_.child(t, Dep::Expl) != kNo && lemma == "be" && subj != kNo) {
    // "There will be no combat troops by 31 December"
    bool none = tree_.lemma(subj) == "none" || tree_.lemma(subj) == "nothing";
    for (const uint32_t c : tree_.children(subj))
      none = none || (base(tree_.dep(c)) == Dep::Det && tree_.lemma(c) == "no");
    if (!none || !(in_speech || joint_text())) return;
    made.row.kind = joint_text() ? CommitmentKind::Pledge : CommitmentKind::Refusal;
    made.row.strength = Strength::Commits;
    made.row.owed_by = joint_text() ? sides_ : speaker(t);
    made.row.what = whole_clause(t);
    finish(std::move(made), t);
    return;
  }

  if (first) {
    if (tree_.child(verb, Dep::Cop) != kNo) {
      // "we will be ready to": the adjective is its own cue.
      return;
    }
    if (pass) return;
    // "I will pass on your invitation": a particle and an object make it a deed.
    const bool deed = (tree_.child(verb, Dep::CompoundPrt) != kNo && object_of != kNo) ||
                      (lemma == "pass" && oblique(verb, "on") != kNo);
    if (!deed && cues_.in("idle", lemma) && !cues_.in("firm1", lemma)) return;
    if (!deed && !plural_first(subj) && cues_.in("idle", lemma) && lemma != "do" && lemma != "look")
      return;
    if (modal == "would") return;
    // "I will give you one example", "I'll follow up with you": the talk itself.
    if (!plural_first(subj)) {
      for (const uint32_t c : tree_.children(verb)) {
        const Dep link = base(tree_.dep(c));
        if ((link == Dep::Iobj || link == Dep::Obj || link == Dep::Obl) &&
            tree_.feat(c, "Person=2"))
          return;
      }
    }
    made.row.kind = trying || programme || !plural_first(subj) ? CommitmentKind::Intention
                                                               : CommitmentKind::Pledge;
    if (!plural_first(subj) && !programme && !trying &&
        (lemma == "do" || lemma == "give" || lemma == "provide" || lemma == "ensure" ||
         lemma == "deliver")) {
      made.row.kind = CommitmentKind::Pledge;
    }
    made.row.strength =
        made.row.kind == CommitmentKind::Pledge ? Strength::Commits : Strength::Intends;
    made.row.owed_by = doer.empty() ? speaker(t) : doer;
    made.row.owed_to = receiver(verb);
    if (made.row.owed_to.empty()) made.row.owed_to = addressee(t);
    made.row.what = verb_phrase(verb);
    finish(std::move(made), t);
    return;
  }

  // Third persons: only what the side itself says, or a plan with a date that somebody reports.
  const bool thing = subj != kNo && tree_.upos(subj) == Upos::Noun && !person_like(subj);
  if (subj == kNo || pass || tree_.child(verb, Dep::Cop) != kNo ||
      (thing && (reported || (in_speech && up == kNo)))) {
    // "It will be in service by 1 September at the latest": the speaker answers for it.
    // "told the agencies that convoys would be admitted within two days": so does the side that
    // tells it.
    const bool vouched = subj != kNo && reported && tree_.child(verb, Dep::Cop) == kNo &&
                         (!who_says.empty() || person_like(subject(up)));
    const bool impersonal =
        subj != kNo && (in_speech || (joint_text() && pass)) && !reported && up == kNo;
    if (!impersonal && !vouched) return;
    if (tree_.upos(subj) == Upos::Pron && tree_.lemma(subj) != "it" && !vouched) return;
    made.row.kind = CommitmentKind::Pledge;
    made.row.strength = Strength::Commits;
    made.row.what = whole_clause(t);
    Draftling probe = made;
    deadline(probe, t);
    conditions(probe, t);
    const bool bounded = !probe.row.deadline.empty() &&
                         (strict_deadline(doc_, probe.row.deadline) || (vouched && pass));
    if (vouched) made.row.owed_by = who_says;
    if (vouched && !pass && !bounded) return;
    if (impersonal && !in_speech) made.row.owed_by = sides_;
    if (!bounded && (probe.row.condition.empty() || tree_.child(verb, Dep::Cop) != kNo || pass))
      return;
    if (!bounded && !vouched && !cues_.in("programme", lemma) && !cues_.in("firm1", lemma)) return;
    if ((pass || vouched) && cues_.in("idle3", lemma)) return;
    // "It will be in service by ...": the promise of the sentence before goes on.
    if (tree_.lemma(subj) == "it" && !made_.empty() &&
        index(made_.back().sentence) + 1 == index(sentence_)) {
      made.row.owed_by = made_.back().row.owed_by;
      made.row.owed_to = made_.back().row.owed_to;
    }
    finish(std::move(made), t);
    return;
  }
  const bool pronoun = tree_.upos(subj) == Upos::Pron;
  const bool itself =
      reported && pronoun && tree_.lemma(subj) == "it";  // "the Fund said that it would"
  if (!person_like(subj) && !(itself && !who_says.empty())) return;
  if (cues_.in("idle3", lemma) && !programme) return;
  bool own = same_side(doer, who_says);
  if (!own && reported && pronoun) own = true;  // "he said he would"
  if (!own && reported) {
    const size_t poss = tree_.child(subj, Dep::NmodPoss);  // "his country would"
    own = poss != kNo && tree_.upos(poss) == Upos::Pron;
  }
  if (!own && !reported && in_speech) {
    const size_t poss = tree_.child(subj, Dep::NmodPoss);  // "our experts will"
    own = poss != kNo && tree_.feat(poss, "Person=1");
  }
  if (!own) {
    // Somebody else tells of it: a plan only with a date, never a forecast.
    if (!programme && tree_.child(verb, Dep::Obj) == kNo) return;
    made.row.kind = CommitmentKind::Intention;
    made.row.strength = Strength::Intends;
    made.row.owed_by = doer;
    made.row.what = verb_phrase(verb);
    Draftling probe = made;
    deadline(probe, t);
    if (doer.empty()) return;
    if (probe.row.deadline.empty()) {
      // Without a date: only what a text reports of its own subject's programme.
      if (in_speech || reported || up != kNo || !(programme || under_which)) return;
      if (tree_.child(verb, Dep::Obj) == kNo && oblique(verb, "to") == kNo &&
          oblique(verb, "with") == kNo)
        return;
      if (cues_.in("idle", lemma) && !programme) return;
    }
    conditions(probe, t);
    if (under_which || (!in_speech && !reported && !probe.row.condition.empty())) {
      made.row.kind = CommitmentKind::Pledge;
      made.row.strength = Strength::Commits;
    }
    if (in_speech && !doer.empty() && !same_side(doer, speaker(t)) && !reported) {
      made.row.kind = CommitmentKind::Expectation;
      made.row.strength = Strength::Expects;
    }
    if (reported && !own && probe.row.deadline.empty()) return;
    if (reported && !programme) made.row.kind = CommitmentKind::Pledge;
    if (reported) made.row.strength = Strength::Commits;
    finish(std::move(made), t);
    return;
  }
  // A colleague's word, given before all with a day that bounds it, is a promise.
  Draftling dated = made;
  dated.row.what = verb_phrase(verb);
  deadline(dated, t);
  const bool vouched = in_speech && !dated.row.deadline.empty() && !programme &&
                       strict_deadline(doc_, dated.row.deadline);
  bool person = !reported && !vouched && !doer.empty() && tree_.upos(subj) != Upos::Noun;
  for (const ActorId id : doer)
    person = person && doc_.actors()->actors[index(id)].type == ActorType::Person;
  made.row.kind =
      trying || programme || person ? CommitmentKind::Intention : CommitmentKind::Pledge;
  made.row.strength = trying                                                ? Strength::Intends
                      : reported || made.row.kind == CommitmentKind::Pledge ? Strength::Commits
                                                                            : Strength::Intends;
  made.row.owed_by = doer.empty() && itself ? who_says : doer;
  made.row.owed_to = receiver(verb);
  if (made.row.owed_to.empty())
    made.row.owed_to = reported && up != kNo ? receiver(up) : addressee(t);
  made.row.what = verb_phrase(verb);
  finish(std::move(made), t);
}

// ------------------------------------------------------------------------------------ fulfilment

/// "The deadlines have been met", "the word kept", "as promised we have delivered".
void CommitmentReader::kept(size_t t) {
  if (used_[t] || hypothetical(t) || question_) return;
  const std::string_view lemma = tree_.lemma(t);
  if (has_aux(t, "will") || has_aux(t, "would") || has_aux(t, "shall") || has_aux(t, "must") ||
      has_aux(t, "should") || has_aux(t, "can") || has_aux(t, "could") || has_aux(t, "may") ||
      has_aux(t, "might")) {
    return;
  }
  if (negated(t)) return;
  const Dep relation = base(tree_.dep(t));
  if (relation == Dep::Acl || relation == Dep::Amod || relation == Dep::Xcomp) return;
  if (tree_.feat(t, "VerbForm=Inf")) return;
  // Asserted, alone or in reported speech; not what somebody wants to see done.
  for (size_t k = t, steps = 0; steps < 8 && !tree_.is_root(k); ++steps) {
    const Dep link = base(tree_.dep(k));
    const size_t up = tree_.head(k);
    if (link == Dep::Ccomp && !cues_.in("say", tree_.lemma(up))) return;
    if (link == Dep::Advcl || link == Dep::Acl || link == Dep::Xcomp) return;
    k = up;
  }
  const bool pass = passive(t) || (relation == Dep::Conj && tree_.feat(t, "VerbForm=Part") &&
                                   passive(tree_.head(t)));
  const size_t object = pass ? subject(t) : tree_.child(t, Dep::Obj);
  bool fits = false;
  size_t kept_noun = kNo;
  if (object != kNo && cues_.in("prior", tree_.lemma(object))) {
    bool verb = cues_.in("keep", lemma);
    for (const uint32_t c : tree_.children(t)) {
      if (tree_.dep(c) == Dep::CompoundPrt)
        verb = verb || cues_.in("keep", std::string(lemma) + "+" + std::string(tree_.lemma(c)));
    }
    if (verb) {
      fits = true;
      kept_noun = object;
    }
  }
  // "Much of what was promised has been done", "as promised", "as agreed"
  if (!fits && (tree_.feat(t, "Tense=Past") || has_aux(t, "have")) && cues_.in("done", lemma)) {
    for (const uint32_t c : tree_.children(t)) {
      const std::string_view what = tree_.lemma(c);
      if (base(tree_.dep(c)) == Dep::Advcl && tree_.child(c, Dep::Mark) != kNo &&
          tree_.lemma(tree_.child(c, Dep::Mark)) == "as" &&
          (what == "promise" || what == "agree" || what == "pledge" || what == "undertake")) {
        fits = true;
      }
    }
    const size_t subj = subject(t);
    if (!fits && subj != kNo) {
      const auto [lo, hi] = tree_.extent(subj, [](size_t) { return false; });
      for (size_t k = lo; k <= hi && !fits; ++k) {
        const std::string_view w = tree_.lemma(k);
        fits = tree_.upos(k) == Upos::Verb &&
               (w == "promise" || w == "pledge" || w == "undertake") && tree_.lemma(t) == "do";
      }
    }
  }
  if (!fits) return;
  // In progress or done, never only wanted.
  const bool done = has_aux(t, "have") ||
                    (relation == Dep::Conj && has_aux(tree_.head(t), "have")) ||
                    (!pass && tree_.feat(t, "Tense=Past") && tree_.feat(t, "VerbForm=Fin")) ||
                    (pass && aux_word(t, "was", "were"));
  bool going = false;
  for (const uint32_t c : tree_.children(t)) {
    const std::string_view w = tree_.word(c);
    going = going || (base(tree_.dep(c)) == Dep::Aux && w == "being") ||
            (!pass && base(tree_.dep(c)) == Dep::Aux && tree_.lemma(c) == "be");
  }
  if (!done && !going) return;
  Draftling made;
  made.cue = t;
  made.content = t;
  made.why = "kept";
  made.row.kind = CommitmentKind::Fulfilment;
  made.row.strength = Strength::Commits;
  if (pass) {
    made.row.owed_by = agent(t);
    if (made.row.owed_by.empty() && kept_noun != kNo)
      made.row.owed_by = actors_of(tree_.child(kept_noun, Dep::NmodPoss));
  } else {
    made.row.owed_by = actors_of(subject(t));
  }
  made.row.what = whole_clause(t);
  used_[t] = true;
  finish(std::move(made), t);
}

}  // namespace readout::events
