// Promises, requests and offers that stand in a noun ("its readiness to grant", "the offer of Chile
// to host"), in a sum that is announced, or in an invitation that is taken up.
#include "events/commitment_reader.h"

namespace readout::events {

/// Whose the noun is: "its", "Chile's", "of Chile", "expressed by Chile", "the Chilean offer".
size_t CommitmentReader::owner_of(size_t t) const {
  const size_t poss = tree_.child(t, Dep::NmodPoss);
  if (poss != kNo) return poss;
  for (const uint32_t c : tree_.children(t)) {
    if (base(tree_.dep(c)) == Dep::Acl && tree_.feat(c, "VerbForm=Part")) {
      if (const size_t by = tree_.child(c, Dep::OblAgent); by != kNo) return by;
      if (const size_t by = oblique(c, "by"); by != kNo) return by;
    }
  }
  for (const std::string_view prep : {"of", "by", "from"}) {
    const size_t nmod = oblique(t, prep);
    if (nmod != kNo && (person_like(nmod) || mention_at(nmod) != nullptr)) return nmod;
  }
  for (const uint32_t c : tree_.children(t)) {
    if (base(tree_.dep(c)) != Dep::Amod && base(tree_.dep(c)) != Dep::Compound) continue;
    const Mention* mention = mention_at(c);
    if (mention != nullptr && mention->span == doc_.tokens()->span[c]) return c;
  }
  return kNo;
}

/// "its readiness to grant", "expressed the hope that", "has a commitment to".
void CommitmentReader::cue_noun(size_t t, const Cue& cue) {
  bool clause = false;
  size_t content = complement(t, cue, clause);
  if (hypothetical(t)) return;
  const Dep relation = base(tree_.dep(t));
  if (content == kNo && relation != Dep::Nsubj && relation != Dep::Amod &&
      relation != Dep::Compound)
    content = stray_infinitive(t);
  if (content == kNo) return;
  std::vector<ActorId> owner;
  size_t who = owner_of(t);
  size_t verb = tree_.is_root(t) ? kNo : tree_.head(t);
  if (verb != kNo && base(tree_.dep(t)) == Dep::Conj && !tree_.is_root(verb))
    verb = tree_.dep(verb) == Dep::Obj ? tree_.head(verb) : verb;
  const bool object =
      verb != kNo && (tree_.dep(t) == Dep::Obj ||
                      (base(tree_.dep(t)) == Dep::Conj && tree_.dep(tree_.head(t)) == Dep::Obj));
  const bool carried = object && cues_.in("express", tree_.lemma(verb));
  if (object && negated(verb)) return;
  const bool taken = object && cues_.in("accept", tree_.lemma(verb)) && cue.lemma == "invitation";
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
  if (!carried && !taken && who == kNo) return;
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
  if (taken) {
    made.row.kind = CommitmentKind::Intention;
    made.row.strength = Strength::Intends;
    made.row.owed_by = passive(verb) ? agent(verb) : actors_of(subject(verb));
    made.row.owed_to = owner;
  } else if (cue.frame == CueFrame::NounOther) {
    made.row.holder = owner;
    made.row.owed_by = clause ? actors_of(subject(content)) : std::vector<ActorId>();
    if (!clause && cue.kind == CommitmentKind::Expectation) {
      made.row.kind = CommitmentKind::Intention;
      made.row.owed_by = owner;
      made.row.holder.clear();
    } else if (!clause) {
      // "an invitation to the king", "a call on the rebels": it may hang on the verb.
      for (const std::string_view prep : {"on", "upon", "to", "for"}) {
        size_t asked = oblique(t, prep);
        if (asked == kNo && object) asked = oblique(verb, prep);
        if (asked == kNo || asked > content || !person_like(asked)) continue;
        made.row.owed_by = actors_of(asked);
        break;
      }
      made.row.owed_to = owner;
    }
  } else {
    made.row.owed_by = owner;
    made.row.owed_to = carried ? receiver(verb) : std::vector<ActorId>();
    if (made.row.owed_to.empty() && made.row.owed_by.size() > 1)
      made.row.owed_to = made.row.owed_by;
  }
  if (!clause) made.row.owed_by = states_of(made.row.owed_by, content);
  made.row.what = clause ? whole_clause(content) : verb_phrase(content);
  for (size_t k = index(doc_.tokens_in(made.row.what).begin);
       k < index(doc_.tokens_in(made.row.what).end); ++k) {
    if (cue.kind == CommitmentKind::Expectation && cues_.in("ceremonial", tree_.lemma(k))) return;
  }
  finish(std::move(made), object ? verb : t);
}

/// "Norway announced a further NOK 40 million": money or goods that somebody says he will give.
void CommitmentReader::announced(size_t t) {
  const std::string_view lemma = tree_.lemma(t);
  if (lemma != "announce" && lemma != "unveil" && lemma != "earmark") return;
  if (used_[t] || hypothetical(t) || negated(t) || passive(t)) return;
  const size_t object = tree_.child(t, Dep::Obj), who = subject(t);
  if (object == kNo || who == kNo || !person_like(who) || used_[object]) return;
  const Span what = noun_phrase(object);
  bool sum = false;
  if (doc_.figures() != nullptr) {
    for (const Figure& figure : doc_.figures()->figures) {
      const std::string_view unit = doc_.str(figure.unit);
      sum = sum ||
            (what.contains(figure.span) && unit.size() == 3 && unit[0] >= 'A' && unit[0] <= 'Z');
    }
  }
  const bool given = cues_.in("sum", tree_.lemma(object));
  bool fresh = false;
  for (const uint32_t c : tree_.children(object)) {
    const std::string_view word = tree_.lemma(c);
    fresh = fresh || word == "additional" || word == "further" || word == "new" ||
            word == "voluntary" || word == "another" || word == "extra";
  }
  if (!sum && !(given && fresh)) return;
  Draftling made;
  made.cue = t;
  made.content = object;
  made.why = "sum";
  made.row.kind = CommitmentKind::Pledge;
  made.row.strength = Strength::Commits;
  made.row.owed_by = actors_of(who);
  made.row.owed_to = receiver(t);
  made.row.what = what;
  used_[t] = true;
  finish(std::move(made), t);
}

}  // namespace readout::events
