// A sentence is read from its first token to its last. A cue word takes its complement out of the tree
// and marks it as used, so that "hope that deeds will follow" is one expectation and not a pledge too.
// What "will" says is judged last: who is the subject, is it the side that speaks or is reported to
// have spoken, is the verb one that can be promised.
#include "events/commitment_reader.h"

#include <algorithm>

#include "events/deadlines.h"

namespace readout::events {
namespace {

bool is_verb(Upos pos) { return pos == Upos::Verb || pos == Upos::Aux; }

void add(std::vector<ActorId>& to, const std::vector<ActorId>& from) {
  for (const ActorId id : from) {
    if (std::find(to.begin(), to.end(), id) == to.end()) to.push_back(id);
  }
}

}  // namespace

CommitmentLayer CommitmentReader::read() {
  const TokenLayer& tokens = *doc_.tokens();
  agreement_ = doc_.structure()->genre == "agreement";
  used_.assign(tokens.size(), false);
  for (uint32_t s = 0; s < tokens.sentences.size(); ++s) sentence(SentenceId{s});
  std::stable_sort(made_.begin(), made_.end(), [](const Draftling& a, const Draftling& b) { return a.row.span < b.row.span; });
  tie_fulfilments();
  CommitmentLayer layer;
  layer.commitments.reserve(made_.size());
  for (Draftling& made : made_) layer.commitments.push_back(std::move(made.row));
  return layer;
}

void CommitmentReader::sentence(SentenceId id) {
  const TokenLayer& tokens = *doc_.tokens();
  const BlockId block = tokens.sentence_block[index(id)];
  const BlockRole role = block == kNone<BlockId> ? BlockRole::Narration : doc_.structure()->blocks[index(block)].role;
  const std::string_view text = doc_.text(doc_.sentence_span(id));
  if (text.starts_with("Article ") || text.starts_with("ARTICLE ") || text.starts_with("Section ") || text.starts_with("Chapter ")) {
    size_t end = text.find_first_of(".:\n-", 8);
    article_ = std::string(text.substr(0, std::min(end, size_t{16})));
    while (!article_.empty() && article_.back() == ' ') article_.pop_back();
  }
  // Titles, captions and credits repeat or announce what the text says.
  if (role != BlockRole::Narration && role != BlockRole::Turn && role != BlockRole::ListItem && role != BlockRole::Table) {
    open_.reset();
    return;
  }
  tree_.build(doc_, id);
  sentence_ = id;
  size_t last = tree_.end() - 1;
  while (last > tree_.begin() && (tree_.word(last) == "\"" || tree_.word(last) == "”" || tree_.word(last) == ")")) --last;
  question_ = tree_.word(last) == "?";
  if (open_) list_item();
  const bool colon = tree_.word(tree_.end() - 1) == ":";
  if (question_) return;
  for (size_t t = tree_.begin(); t < tree_.end(); ++t) {
    const Upos pos = tree_.upos(t);
    if (pos == Upos::Verb || pos == Upos::Adj || pos == Upos::Noun || pos == Upos::Adv) cue_word(t);
    if (pos == Upos::Verb && tree_.lemma(t) == "let") let(t);
  }
  for (size_t t = tree_.begin(); t < tree_.end(); ++t) {
    if (is_verb(tree_.upos(t)) || tree_.child(t, Dep::Cop) != kNo) kept(t);
  }
  for (size_t t = tree_.begin(); t < tree_.end(); ++t) {
    if (used_[t]) continue;
    if (tree_.upos(t) == Upos::Punct) continue;
    future(t);
  }
  if (!colon && open_ && role != BlockRole::ListItem) {
    const std::string_view first = tree_.word(tree_.begin());
    if (first != "(" && first != "-" && tree_.upos(tree_.begin()) != Upos::Num && tree_.lemma(tree_.begin()) != "to") open_.reset();
  }
}

/// "(a) to establish a Mixed Commission;" under "Both sides agreed:".
void CommitmentReader::list_item() {
  size_t t = tree_.begin();
  size_t steps = 0;
  while (t < tree_.end() && steps < 5 && tree_.lemma(t) != "to" && !is_verb(tree_.upos(t))) ++t, ++steps;
  if (t >= tree_.end()) return;
  size_t verb = kNo;
  if (tree_.lemma(t) == "to" && tree_.upos(t) == Upos::Part) {
    verb = tree_.head(t);
  } else if (open_->bare && is_verb(tree_.upos(t)) && tree_.is_root(t)) {
    verb = t;
  }
  if (verb == kNo || steps >= 5) return;
  Draftling made;
  made.row.kind = open_->kind;
  made.row.strength = open_->strength;
  made.row.owed_by = open_->owed_by;
  made.row.owed_to = open_->owed_to;
  made.row.holder = open_->holder;
  made.cue = verb;
  made.content = verb;
  made.why = "list";
  made.row.what = verb_phrase(verb);
  finish(std::move(made), verb);
}

// ---------------------------------------------------------------------------------------- clauses

bool CommitmentReader::passive(size_t t) const {
  return tree_.child(t, Dep::NsubjPass) != kNo || tree_.child(t, Dep::AuxPass) != kNo || tree_.child(t, Dep::CsubjPass) != kNo;
}

bool CommitmentReader::has_aux(size_t t, std::string_view lemma) const {
  for (const uint32_t c : tree_.children(t)) {
    if ((base(tree_.dep(c)) == Dep::Aux || tree_.dep(c) == Dep::Cop) && tree_.lemma(c) == lemma) return true;
  }
  return false;
}

bool CommitmentReader::negated(size_t t) const {
  for (const uint32_t c : tree_.children(t)) {
    const std::string_view lemma = tree_.lemma(c);
    if (base(tree_.dep(c)) == Dep::Advmod && (lemma == "not" || lemma == "never" || lemma == "no")) {
      // "not later than", "not only" deny nothing.
      if (c + 1 < tree_.end() && (tree_.lemma(c + 1) == "only" || tree_.lemma(c + 1) == "later" || tree_.lemma(c + 1) == "late")) continue;
      return true;
    }
  }
  const size_t s = subject(t);
  if (s != kNo) {
    const std::string_view lemma = tree_.lemma(s);
    if (lemma == "nobody" || lemma == "none" || lemma == "nothing") return true;
    for (const uint32_t c : tree_.children(s)) {
      const std::string_view word = tree_.lemma(c);
      if (base(tree_.dep(c)) == Dep::Det && (word == "no" || word == "neither")) return true;
      if (tree_.dep(c) == Dep::CcPreconj && word == "neither") return true;
    }
  }
  return false;
}

bool CommitmentReader::hypothetical(size_t t) const {
  if (question_) return true;
  for (size_t steps = 0; steps < 40; ++steps) {
    const size_t mark = tree_.child(t, Dep::Mark);
    const Dep relation = base(tree_.dep(t));
    if (mark != kNo && (relation == Dep::Advcl || relation == Dep::Ccomp)) {
      const std::string_view lemma = tree_.lemma(mark);
      if (lemma == "if" || lemma == "whether" || lemma == "unless" || lemma == "though" || lemma == "lest") return lemma != "though";
      if (relation == Dep::Advcl && (lemma == "when" || lemma == "once" || lemma == "until" || lemma == "before")) return true;
    }
    if (tree_.is_root(t)) break;
    t = tree_.head(t);
  }
  return false;
}

size_t CommitmentReader::oblique(size_t t, std::string_view prep) const {
  for (const uint32_t c : tree_.children(t)) {
    const Dep relation = base(tree_.dep(c));
    if (relation != Dep::Obl && relation != Dep::Obj && relation != Dep::Nmod) continue;
    for (const uint32_t k : tree_.children(c)) {
      if (tree_.dep(k) == Dep::Case && tree_.lemma(k) == prep) return c;
    }
  }
  return kNo;
}

bool CommitmentReader::with_particle(size_t t, std::string_view with) const {
  if (with == "that") {
    const size_t clause = tree_.child_base(t, Dep::Ccomp);
    if (clause != kNo) return true;
    for (const uint32_t c : tree_.children(t)) {
      if (base(tree_.dep(c)) == Dep::Acl && tree_.child(c, Dep::Mark) != kNo && tree_.lemma(tree_.child(c, Dep::Mark)) == "that") return true;
    }
    return false;
  }
  if (with == "to" || with == "not" || with == "with" || with == "from" || with == "of" || with == "for" || with == "on" || with == "upon" ||
      with == "in") {
    if (oblique(t, with) != kNo) return true;
    for (const uint32_t c : tree_.children(t)) {
      const Dep relation = base(tree_.dep(c));
      if (relation != Dep::Xcomp && relation != Dep::Advcl && relation != Dep::Ccomp && relation != Dep::Acl) continue;
      const size_t mark = tree_.child(c, Dep::Mark);
      if (mark != kNo && tree_.lemma(mark) == with) return true;
    }
    return false;
  }
  for (const uint32_t c : tree_.children(t)) {
    if (tree_.lemma(c) == with) return true;
  }
  return false;
}

/// The head of what depends on a cue: an infinitive, a participle after a preposition, or a clause.
size_t CommitmentReader::complement(size_t t, const Cue& cue, bool& clause) const {
  clause = false;
  const bool noun = cue.pos == Upos::Noun;
  for (const uint32_t c : tree_.children(t)) {
    const Dep relation = base(tree_.dep(c));
    if (c < t) continue;
    const size_t mark = tree_.child(c, Dep::Mark);
    const std::string_view marker = mark == kNo ? std::string_view() : tree_.lemma(mark);
    const bool finite = tree_.feat(c, "VerbForm=Fin") || tree_.child_base(c, Dep::Nsubj) != kNo;
    if (relation == Dep::Xcomp || (relation == Dep::Advcl && !noun) || relation == Dep::Acl) {
      if (marker == "to") return c;
      if (marker == "that") {
        clause = true;
        return c;
      }
      if (relation == Dep::Xcomp && tree_.feat(c, "VerbForm=Ger")) return c;
      if ((marker == "for" || marker == "with" || marker == "of" || marker == "on" || marker == "in" || marker == "from") && cue.with == marker) return c;
      if (noun && marker == "of" && tree_.feat(c, "VerbForm=Ger")) return c;
    }
    if (relation == Dep::Ccomp) {
      if (marker == "to") return c;
      if (marker == "whether" || marker == "if") {
        // "asked whether they could provide figures" asks for it; other questions ask to know.
        if (cue.lemma != "ask" || !(has_aux(c, "could") || has_aux(c, "would") || has_aux(c, "can"))) continue;
      }
      if (finite || marker == "that") {
        clause = true;
        return c;
      }
    }
  }
  // "promised him not to go": the infinitive may hang on the object.
  return kNo;
}

Span CommitmentReader::tokens_span(size_t first, size_t last) const {
  return {doc_.tokens()->span[first].begin, doc_.tokens()->span[last].end};
}

Span CommitmentReader::trim(size_t first, size_t last) const {
  const auto edge = [&](size_t t) {
    if (tree_.upos(t) == Upos::Punct) {
      // A closing bracket whose opening one is inside stays.
      const std::string_view word = tree_.word(t);
      if (word == ")") {
        for (size_t k = first; k < t; ++k) {
          if (tree_.word(k) == "(") return false;
        }
      }
      return true;
    }
    const Dep relation = tree_.dep(t);
    return relation == Dep::Cc || (relation == Dep::Mark && t == first);
  };
  while (first < last && edge(first)) ++first;
  while (last > first && edge(last)) --last;
  return tokens_span(first, last);
}

/// From the verb (or an adverb before it) to the end of what it governs, without coordinated clauses
/// that have their own subject or auxiliary.
Span CommitmentReader::verb_phrase(size_t verb) const {
  const auto [lo, hi] = tree_.extent(verb, [&](size_t c) {
    const Dep relation = base(tree_.dep(c));
    if (relation == Dep::Conj && tree_.head(c) == verb) {
      return tree_.child_base(c, Dep::Nsubj) != kNo || tree_.child(c, Dep::Aux) != kNo || tree_.feat(c, "VerbForm=Fin");
    }
    // "..., she added": whoever reports stands outside.
    if (relation == Dep::Parataxis && tree_.child_base(c, Dep::Nsubj) != kNo) return true;
    // A clause of its own inside of a relative one: "..., and for our part we will deliver".
    if (relation == Dep::Conj && tree_.child(c, Dep::Aux) != kNo && tree_.child_base(c, Dep::Nsubj) != kNo) return true;
    if (tree_.head(c) != verb) return false;
    if (relation == Dep::Parataxis || relation == Dep::Discourse || relation == Dep::Vocative) return true;
    if (relation == Dep::Obl && c > verb && after_comma(c)) return true;
    if (relation == Dep::Advcl && c > verb) {
      const size_t mark = tree_.child(c, Dep::Mark);
      if (mark != kNo && (tree_.lemma(mark) == "because" || tree_.lemma(mark) == "although" || tree_.lemma(mark) == "provided" ||
                          tree_.lemma(mark) == "if" || tree_.lemma(mark) == "unless" || tree_.lemma(mark) == "while" || tree_.lemma(mark) == "since")) {
        return true;
      }
      // ", bringing its contribution to ..."
      if (mark == kNo && tree_.feat(c, "VerbForm=") && after_comma(c)) return true;
    }
    return c < verb && relation != Dep::Advmod;
  });
  (void)lo;
  size_t first = verb;
  for (const uint32_t c : tree_.children(verb)) {
    if (tree_.dep(c) == Dep::Cop && c < first) first = c;
    if (c < verb && base(tree_.dep(c)) == Dep::Advmod && c + 1 == verb && tree_.lemma(c) != "also") first = std::min<size_t>(first, c);
    if (c < verb && tree_.dep(c) == Dep::AuxPass) first = std::min<size_t>(first, c);
  }
  if (tree_.upos(verb) != Upos::Verb && tree_.child(verb, Dep::Cop) == kNo) {
    first = tree_.extent(verb, [](size_t) { return false; }).first;
  }
  return trim(first, std::max(hi, first));
}

/// The phrase of `t` is set off by a comma.
bool CommitmentReader::after_comma(size_t t) const {
  const size_t first = tree_.extent(t, [](size_t) { return false; }).first;
  return tree_.word(first) == "," || (first > tree_.begin() && tree_.word(first - 1) == ",");
}

/// The clause with its subject, without the mark before it.
Span CommitmentReader::whole_clause(size_t verb) const {
  const auto [lo, hi] = tree_.extent(verb, [&](size_t c) {
    const Dep relation = base(tree_.dep(c));
    if (tree_.head(c) != verb) return false;
    if (relation == Dep::Conj) return tree_.child_base(c, Dep::Nsubj) != kNo || tree_.child(c, Dep::Aux) != kNo || tree_.feat(c, "VerbForm=Fin");
    if (relation == Dep::Advcl) {
      const size_t mark = tree_.child(c, Dep::Mark);
      return mark != kNo && (cues_.in("condition", tree_.lemma(mark)) || tree_.lemma(mark) == "because" || tree_.lemma(mark) == "as");
    }
    return relation == Dep::Mark || relation == Dep::Cc || relation == Dep::Parataxis || relation == Dep::Discourse || relation == Dep::Vocative ||
           (relation == Dep::Advmod && c < verb && c + 1 < tree_.end() && tree_.word(c + 1) == ",");
  });
  return trim(lo, hi);
}

// ------------------------------------------------------------------------------------------ roles

size_t CommitmentReader::subject(size_t t) const {
  for (size_t steps = 0; steps < 12; ++steps) {
    size_t found = tree_.child_base(t, Dep::Nsubj);
    if (found == kNo) found = tree_.child_base(t, Dep::Csubj);
    if (found != kNo) {
      // A relative pronoun stands for the noun that the clause modifies.
      const std::string_view lemma = tree_.lemma(found);
      if ((lemma == "which" || lemma == "who" || lemma == "that") && base(tree_.dep(t)) == Dep::Acl) return tree_.head(t);
      return found;
    }
    if (tree_.is_root(t)) return kNo;
    const Dep relation = base(tree_.dep(t));
    const size_t up = tree_.head(t);
    if (relation == Dep::Xcomp) {
      // Object control: "asked Armenia to withdraw".
      const size_t obj = tree_.child(up, Dep::Obj);
      if (obj != kNo && tree_.lemma(up) != "promise") return obj;
    } else if (relation == Dep::Acl && !tree_.feat(t, "VerbForm=Inf")) {
      return up;
    } else if (relation != Dep::Conj && relation != Dep::Advcl && relation != Dep::Parataxis) {
      return kNo;
    }
    t = up;
  }
  return kNo;
}

const Mention* CommitmentReader::mention_at(size_t t) const {
  if (doc_.actors() == nullptr) return nullptr;
  const auto& all = doc_.actors()->mentions;
  const Span at = doc_.tokens()->span[t];
  auto it = std::upper_bound(all.begin(), all.end(), at.begin, [](uint32_t begin, const Mention& m) { return begin < m.span.begin; });
  const Mention* best = nullptr;
  for (size_t back = 0; it != all.begin() && back < 12; ++back) {
    --it;
    if (!it->span.contains(at) || it->actors.empty()) continue;
    if (best == nullptr || it->span.size() < best->span.size()) best = &*it;
  }
  return best;
}

std::vector<ActorId> CommitmentReader::actors_of(size_t t) const {
  std::vector<ActorId> out;
  if (t == kNo) return out;
  if (const Mention* mention = mention_at(t)) {
    add(out, mention->actors);
  } else {
    // "the Yugoslav side", "Iceland's experts", "the government in Tallinn": the name inside the phrase.
    for (const uint32_t c : tree_.children(t)) {
      const Dep relation = base(tree_.dep(c));
      if (relation != Dep::Amod && relation != Dep::Compound && relation != Dep::Nmod && relation != Dep::Appos && relation != Dep::Flat) continue;
      if (const Mention* inner = mention_at(c)) {
        add(out, inner->actors);
        break;
      }
    }
  }
  for (const uint32_t c : tree_.children(t)) {
    if (base(tree_.dep(c)) == Dep::Conj) add(out, actors_of(c));
  }
  return out;
}

/// Leaders agree for their states, unless on a meeting of their own.
std::vector<ActorId> CommitmentReader::states_of(const std::vector<ActorId>& actors, size_t content) const {
  const std::string_view lemma = tree_.lemma(content);
  if (actors.size() < 2 || doc_.actors() == nullptr || lemma == "meet" || lemma == "talk" || lemma == "speak" || lemma == "visit") {
    return actors;
  }
  const auto& all = doc_.actors()->actors;
  std::vector<ActorId> out;
  for (const ActorId id : actors) {
    const Actor& actor = all[index(id)];
    if (actor.type != ActorType::Person || actor.country == kNone<Sym>) return actors;
    const std::string want = "state:" + std::string(doc_.str(actor.country));
    size_t k = 0;
    while (k < all.size() && doc_.str(all[k].id) != want) ++k;
    if (k == all.size()) return actors;
    add(out, {static_cast<ActorId>(k)});
  }
  return out.size() >= 2 ? out : actors;
}

std::vector<ActorId> CommitmentReader::agent(size_t t) const {
  for (const uint32_t c : tree_.children(t)) {
    if (tree_.dep(c) == Dep::OblAgent) return actors_of(c);
  }
  return actors_of(oblique(t, "by"));
}

std::vector<ActorId> CommitmentReader::receiver(size_t t) const {
  const size_t iobj = tree_.child(t, Dep::Iobj);
  if (iobj != kNo) return actors_of(iobj);
  for (const std::string_view prep : {"to", "for", "with"}) {
    std::vector<ActorId> found = actors_of(oblique(t, prep));
    if (!found.empty()) return found;
  }
  return {};
}

std::vector<ActorId> CommitmentReader::speaker(size_t t) const {
  const QuoteLayer* quotes = doc_.quotes();
  if (quotes != nullptr && t < quotes->token_voice.size() && quotes->token_voice[t] != kNone<VoiceId>) {
    const Voice& voice = quotes->voices[index(quotes->token_voice[t])];
    if (!voice.chain.empty()) return {voice.chain.back()};
  }
  const ActorLayer* actors = doc_.actors();
  if (actors == nullptr) return {};
  const TurnId turn = doc_.tokens()->sentence_turn[index(sentence_)];
  if (turn != kNone<TurnId> && index(turn) < actors->turn_speaker.size()) return actors->turn_speaker[index(turn)];
  if (actors->publisher) return {*actors->publisher};
  return {};
}

std::vector<ActorId> CommitmentReader::addressee(size_t t) const {
  (void)t;
  const ActorLayer* actors = doc_.actors();
  const TurnId turn = doc_.tokens()->sentence_turn[index(sentence_)];
  if (actors != nullptr && turn != kNone<TurnId> && index(turn) < actors->turn_addressee.size()) return actors->turn_addressee[index(turn)];
  return {};
}

bool CommitmentReader::first_person(size_t t) const { return t != kNo && tree_.feat(t, "Person=1") && tree_.upos(t) == Upos::Pron; }
bool CommitmentReader::plural_first(size_t t) const { return first_person(t) && tree_.feat(t, "Number=Plur"); }

bool CommitmentReader::person_like(size_t t) const {
  if (t == kNo) return false;
  if (tree_.upos(t) == Upos::Pron) return !tree_.feat(t, "Gender=Neut") && tree_.lemma(t) != "it" && tree_.lemma(t) != "this" && tree_.lemma(t) != "that";
  if (cues_.in("actorish", tree_.lemma(t))) return true;
  const Mention* mention = mention_at(t);
  if (mention == nullptr) return tree_.upos(t) == Upos::Propn;
  if (mention->form == MentionForm::Possessive || mention->form == MentionForm::Demonym) return tree_.upos(t) == Upos::Propn || tree_.upos(t) == Upos::Noun;
  return true;
}

bool CommitmentReader::same_side(const std::vector<ActorId>& a, const std::vector<ActorId>& b) const {
  if (doc_.actors() == nullptr) return false;
  const auto& all = doc_.actors()->actors;
  for (const ActorId x : a) {
    for (const ActorId y : b) {
      if (x == y) return true;
      const Actor &p = all[index(x)], &q = all[index(y)];
      if (p.country != kNone<Sym> && p.country == q.country) return true;
    }
  }
  return false;
}

// ------------------------------------------------------------------------------------------- cues

void CommitmentReader::cue_word(size_t t) {
  std::string_view lemma = tree_.lemma(t);
  const std::vector<Cue>* cues = cues_.of(lemma);
  if (cues == nullptr || used_[t]) return;
  Upos pos = tree_.upos(t);
  const Cue* cue = nullptr;
  for (const Cue& candidate : *cues) {
    if (candidate.pos != pos && !(candidate.pos == Upos::Adj && pos == Upos::Verb && tree_.child(t, Dep::Cop) != kNo)) continue;
    if (!candidate.with.empty() && !with_particle(t, candidate.with)) continue;
    const bool directive = candidate.pos == Upos::Verb && (candidate.frame == CueFrame::Other || candidate.frame == CueFrame::OtherObj);
    if (directive && !candidate.with.empty() && candidate.with != "that" && oblique(t, candidate.with) == kNo) continue;
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
  if (has_aux(t, "could") || has_aux(t, "may") || has_aux(t, "might") || has_aux(t, "should")) return;

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
        // "promised support", "pledged $4.5 million"; "offered condolences" offers nothing.
        if (cue->kind == CommitmentKind::Offer || cue->kind == CommitmentKind::Refusal) {
          if (cues_.in("ceremonial", tree_.lemma(obj))) return;
        }
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
        bool ahead = has_aux(content, "will") || has_aux(content, "would") || has_aux(content, "should") || has_aux(content, "shall") ||
                     tree_.feat(content, "Mood=Sub");
        if (!ahead) return;
        const std::vector<ActorId> inner = actors_of(subject(content));
        if (!inner.empty() && made.row.owed_by.empty()) made.row.owed_by = inner;
        made.row.what = whole_clause(content);
      } else {
        if (cue->lemma == "agree" && tree_.child_base(content, Dep::Nsubj) != kNo) made.row.what = whole_clause(content);
        else made.row.what = verb_phrase(content);
      }
      if (!clause && (lemma == "decide" || lemma == "prepare" || lemma == "plan") && made.row.owed_by.empty() && !person_like(subj)) return;
      if (negated(content) && cue->kind == CommitmentKind::Pledge && !clause) {
        const size_t first = tree_.child(content, Dep::Advmod);
        if (first != kNo && first < content) made.row.what.begin = doc_.tokens()->span[first].begin;
      }
      if (subj != kNo && !pass && !person_like(subj) && made.row.owed_by.empty()) return;
      if (cue->lemma == "agree" || cue->lemma == "decide") made.row.owed_by = states_of(made.row.owed_by, content);
      made.row.owed_to = receiver(t);
      const size_t told = tree_.child(t, Dep::Obj);
      if (made.row.owed_to.empty() && told != kNo && told != content) made.row.owed_to = actors_of(told);
      if (made.row.owed_to.empty() && made.row.owed_by.size() > 1) made.row.owed_to = made.row.owed_by;
      break;
    }
    case CueFrame::Self: {
      if (no || (content != kNo && (clause || content < t)) || base(tree_.dep(t)) == Dep::Acl) return;
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
      size_t owing = kNo;
      if (pass) {
        owing = subj;
        made.row.holder = agent(t);
      } else {
        made.row.holder = actors_of(subj);
        if (!cue->with.empty() && cue->with != "that" && cue->frame == CueFrame::Other) owing = oblique(t, cue->with);
        if (owing == kNo) owing = tree_.child(t, Dep::Obj);
        if (owing == kNo) owing = tree_.child(t, Dep::Iobj);
      }
      if (content == kNo && cue->frame == CueFrame::OtherObj) {
        content = cue->with.empty() ? tree_.child(t, Dep::Obj) : oblique(t, cue->with);
        if (pass && cue->with.empty()) content = subj;
        if (content == owing) owing = kNo;
        if (content != kNo && (base(tree_.dep(t)) == Dep::Acl || cues_.in("ceremonial", tree_.lemma(content)))) return;
        if (owing == kNo && content != kNo) owing = cue->with.empty() ? oblique(t, "from") : tree_.child(t, Dep::Obj);
      }
      // The infinitive may hang on the object: "the invitation to ...", "partners to honour".
      if (content == kNo && owing != kNo) {
        for (const uint32_t c : tree_.children(owing)) {
          const size_t mark = tree_.child(c, Dep::Mark);
          if (base(tree_.dep(c)) == Dep::Acl && mark != kNo && tree_.lemma(mark) == "to") content = c;
        }
      }
      // "we ask our friends for some understanding"
      if (content == kNo && (lemma == "ask" || lemma == "beg" || lemma == "press" || lemma == "lobby")) content = oblique(t, "for");
      if (content == kNo && lemma == "invite" && owing != kNo && oblique(t, "to") != kNo) content = oblique(t, "to");
      if (content == kNo) {
        if (tree_.word(tree_.end() - 1) == ":" && tree_.is_root(t)) open_ = Open{cue->kind, cue->strength, actors_of(owing), {}, made.row.holder, false};
        return;
      }
      if (clause) owing = subject(content);
      if (!clause && owing == kNo && cue->frame == CueFrame::Other && tree_.upos(content) == Upos::Verb) return;  // "asked to speak"
      if (owing != kNo && first_person(owing) && tree_.feat(owing, "Number=Sing") && cue->kind == CommitmentKind::Request && !pass) return;  // "let me", "allow me"
      made.row.owed_by = actors_of(owing);
      if (clause && tree_.feat(content, "Mood=Ind") && !has_aux(content, "should") && !has_aux(content, "must") && !has_aux(content, "could") &&
          !has_aux(content, "would") && cue->lemma == "insist") {
        return;
      }
      made.row.what = clause && cue->lemma != "ask" ? whole_clause(content) : verb_phrase(content);
      if (cue->kind == CommitmentKind::Request || cue->kind == CommitmentKind::Order) made.row.owed_to = made.row.holder;
      if (lemma == "expect" || lemma == "count" || lemma == "rely") made.row.kind = CommitmentKind::Expectation;
      if (negated(content) || tree_.lemma(content) == "refrain") made.row.kind = cue->kind == CommitmentKind::Order ? CommitmentKind::Prohibition : cue->kind;
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
        if (tree_.feat(content, "Tense=Past") && tree_.child(content, Dep::Aux) == kNo && tree_.child(content, Dep::Cop) == kNo) return;
        if (lemma != "hope" && !person_like(inner)) return;
        made.row.what = whole_clause(content);
      } else {
        size_t obj = tree_.child(t, Dep::Obj);
        if (pass && subj != kNo) {
          if (!person_like(subj)) return;
          made.row.owed_by = actors_of(subj);
          made.row.holder = agent(t);
        } else if (obj != kNo && obj < content) {
          made.row.owed_by = actors_of(obj);
        } else {
          if (subj == kNo || !person_like(subj)) return;
          made.row.owed_by = actors_of(subj);
          if (lemma == "hope") made.row.kind = CommitmentKind::Intention;
        }
        if (lemma == "look" && tree_.upos(content) != Upos::Verb) return;  // "look forward to the summer"
        made.row.what = verb_phrase(content);
      }
      for (size_t k = doc_.tokens_in(made.row.what).begin < TokenId{0} ? 0 : index(doc_.tokens_in(made.row.what).begin);
           k < index(doc_.tokens_in(made.row.what).end); ++k) {
        if (cues_.in("ceremonial", tree_.lemma(k))) return;
      }
      break;
    }
    case CueFrame::Noun:
    case CueFrame::NounOther: return;
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
  const bool carried = verb != kNo && tree_.dep(t) == Dep::Obj && cues_.in("express", tree_.lemma(verb));
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
  if (clause && !(has_aux(content, "will") || has_aux(content, "would") || has_aux(content, "should") || has_aux(content, "can") || has_aux(content, "could"))) return;
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
  for (size_t k = index(doc_.tokens_in(made.row.what).begin); k < index(doc_.tokens_in(made.row.what).end); ++k) {
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

// ---------------------------------------------------------------------------- future, obligation

void CommitmentReader::future(size_t t) {
  std::string_view modal;
  for (const uint32_t c : tree_.children(t)) {
    if (tree_.dep(c) != Dep::Aux) continue;
    const std::string_view lemma = tree_.lemma(c);
    if (lemma == "will" || lemma == "shall" || lemma == "would" || lemma == "must" || lemma == "'ll") modal = lemma == "'ll" ? "will" : lemma;
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
  // "a commission which shall meet" is part of something else; "told the judges that it would" is not.
  const size_t that = tree_.child(t, Dep::Mark);
  const bool told = relation == Dep::Acl && that != kNo && tree_.lemma(that) == "that" && !tree_.is_root(tree_.head(t)) &&
                    cues_.in("say", tree_.lemma(tree_.head(tree_.head(t))));
  if ((relation == Dep::Acl && !told) || relation == Dep::Advcl) return;
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
    made.row.owed_by = pass ? agent(t) : acts ? actors_of(subj) : std::vector<ActorId>();
    if (!acts) {
      for (const uint32_t c : tree_.children(t)) {
        if (tree_.dep(c) == Dep::Cop && cues_.in("free_of", lemma)) made.row.kind = CommitmentKind::Prohibition;
      }
      if (cues_.in("free_of", lemma)) made.row.kind = CommitmentKind::Prohibition;
    }
    made.row.what = acts ? verb_phrase(verb) : whole_clause(t);
    if (tree_.word(tree_.end() - 1) == ":" && tree_.child(verb, Dep::Obj) == kNo && tree_.is_root(t)) {
      open_ = Open{made.row.kind, made.row.strength, made.row.owed_by, {}, {}, true};
      return;
    }
    finish(std::move(made), t);
    return;
  }

  // Under which verb does the clause stand, and who says it?
  size_t up = kNo;
  size_t clause = t;
  for (size_t steps = 0; steps < 4 && base(tree_.dep(clause)) == Dep::Conj; ++steps) clause = tree_.head(clause);
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
    if (!quoted) return;
  }
  const std::vector<ActorId> doer = actors_of(subj);
  std::vector<ActorId> who_says = reported ? actors_of(subject(up)) : speaker(t);
  const bool trying = cues_.in("trying", lemma) && tree_.child(verb, Dep::Xcomp) != kNo;
  bool programme = cues_.in("programme", lemma);
  if (programme && lemma == "look" && (oblique(verb, "into") != kNo)) programme = false;
  const size_t object_of = tree_.child(verb, Dep::Obj);
  if (object_of != kNo && cues_.in("ceremonial", tree_.lemma(object_of))) return;
  const TurnId turn = doc_.tokens()->sentence_turn[index(sentence_)];
  const bool in_speech = turn != kNone<TurnId>;
  const bool first = first_person(subj);

  if (no) {
    if (!first && !(person_like(subj) && (doer.empty() || same_side(doer, who_says)))) return;
    if (cues_.in("idle", lemma) && !cues_.in("firm1", lemma)) return;
    if (tree_.child(verb, Dep::Cop) != kNo || pass) return;
    made.row.kind = CommitmentKind::Refusal;
    made.row.strength = Strength::Commits;
    made.row.owed_by = doer;
    made.row.what = verb_phrase(verb);
    finish(std::move(made), up == kNo ? t : t);
    return;
  }

  if (first) {
    if (tree_.child(verb, Dep::Cop) != kNo) {
      // "we will be ready to": the adjective is its own cue.
      return;
    }
    if (pass) return;
    if (cues_.in("idle", lemma) && !cues_.in("firm1", lemma)) return;
    if (!plural_first(subj) && cues_.in("idle", lemma) && lemma != "do" && lemma != "look") return;
    if (modal == "would") return;
    made.row.kind = trying || programme || !plural_first(subj) ? CommitmentKind::Intention : CommitmentKind::Pledge;
    if (!plural_first(subj) && !programme && !trying && (lemma == "do" || lemma == "give" || lemma == "provide" || lemma == "ensure" || lemma == "deliver")) {
      made.row.kind = CommitmentKind::Pledge;
    }
    made.row.strength = made.row.kind == CommitmentKind::Pledge ? Strength::Commits : Strength::Intends;
    made.row.owed_by = doer.empty() ? speaker(t) : doer;
    made.row.owed_to = receiver(verb);
    if (made.row.owed_to.empty()) made.row.owed_to = addressee(t);
    made.row.what = verb_phrase(verb);
    finish(std::move(made), t);
    return;
  }

  // Third persons: only what the side itself says, or a plan with a date that somebody reports.
  if (subj == kNo || pass || tree_.child(verb, Dep::Cop) != kNo) {
    // "It will be in service by 1 September at the latest": the speaker answers for it.
    const bool impersonal = subj != kNo && in_speech && !reported && up == kNo;
    if (!impersonal) return;
    made.row.kind = CommitmentKind::Pledge;
    made.row.strength = Strength::Commits;
    made.row.what = whole_clause(t);
    Draftling probe = made;
    deadline(probe, t);
    conditions(probe, t);
    const bool bounded = !probe.row.deadline.empty() && strict_deadline(doc_, probe.row.deadline);
    if (!bounded && (probe.row.condition.empty() || tree_.child(verb, Dep::Cop) != kNo || pass)) return;
    finish(std::move(made), t);
    return;
  }
  const bool pronoun = tree_.upos(subj) == Upos::Pron;
  const bool itself = reported && pronoun && tree_.lemma(subj) == "it";    // "the Fund said that it would"
  if (!person_like(subj) && !(itself && !who_says.empty())) return;
  if (cues_.in("idle3", lemma) && !programme) return;
  bool own = same_side(doer, who_says);
  if (!own && reported && pronoun) own = true;                              // "he said he would"
  if (!own && reported) {
    const size_t poss = tree_.child(subj, Dep::NmodPoss);                  // "his country would"
    own = poss != kNo && tree_.upos(poss) == Upos::Pron;
  }
  if (!own && !reported && in_speech) {
    const size_t poss = tree_.child(subj, Dep::NmodPoss);                  // "our experts will"
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
    if (probe.row.deadline.empty() || doer.empty()) return;
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
  made.row.kind = trying || programme ? CommitmentKind::Intention : CommitmentKind::Pledge;
  made.row.strength = trying ? Strength::Intends : reported || made.row.kind == CommitmentKind::Pledge ? Strength::Commits : Strength::Intends;
  made.row.owed_by = doer.empty() && itself ? who_says : doer;
  made.row.owed_to = receiver(verb);
  if (made.row.owed_to.empty()) made.row.owed_to = reported ? receiver(up) : addressee(t);
  made.row.what = verb_phrase(verb);
  finish(std::move(made), t);
}

/// "Armenia must withdraw": somebody else's duty, as the speaker sees it.
void CommitmentReader::obligation(size_t t, std::string_view modal) {
  (void)modal;
  if (hypothetical(t)) return;
  const Dep relation = base(tree_.dep(t));
  if (relation == Dep::Acl || relation == Dep::Advcl) return;
  const size_t subj = subject(t);
  if (subj == kNo || first_person(subj) || !person_like(subj)) return;
  if (passive(t) || tree_.child(t, Dep::Cop) != kNo || tree_.upos(t) != Upos::Verb) return;
  if (has_aux(t, "have") || cues_.in("idle3", tree_.lemma(t))) return;
  Draftling made;
  made.cue = t;
  made.content = t;
  made.why = "must";
  made.row.kind = negated(t) ? CommitmentKind::Prohibition : agreement_ ? CommitmentKind::Pledge : CommitmentKind::Request;
  made.row.strength = agreement_ ? Strength::Obliged : Strength::Expects;
  made.row.owed_by = actors_of(subj);
  made.row.holder = speaker(t);
  made.row.what = verb_phrase(t);
  finish(std::move(made), t);
}

// ------------------------------------------------------------------------------------ fulfilment

/// "The deadlines have been met", "the word kept", "as promised we have delivered".
void CommitmentReader::kept(size_t t) {
  if (used_[t] || hypothetical(t) || question_) return;
  const std::string_view lemma = tree_.lemma(t);
  if (has_aux(t, "will") || has_aux(t, "would") || has_aux(t, "shall") || has_aux(t, "must") || has_aux(t, "should") || has_aux(t, "can") ||
      has_aux(t, "could") || has_aux(t, "may") || has_aux(t, "might")) {
    return;
  }
  if (negated(t)) return;
  const Dep relation = base(tree_.dep(t));
  if (relation == Dep::Acl || relation == Dep::Amod || relation == Dep::Xcomp) return;
  if (tree_.feat(t, "VerbForm=Inf")) return;
  const bool pass = passive(t) || (relation == Dep::Conj && tree_.feat(t, "VerbForm=Part") && passive(tree_.head(t)));
  const size_t object = pass ? subject(t) : tree_.child(t, Dep::Obj);
  bool fits = false;
  size_t kept_noun = kNo;
  if (object != kNo && cues_.in("prior", tree_.lemma(object))) {
    bool verb = cues_.in("keep", lemma);
    for (const uint32_t c : tree_.children(t)) {
      if (tree_.dep(c) == Dep::CompoundPrt) verb = verb || cues_.in("keep", std::string(lemma) + "+" + std::string(tree_.lemma(c)));
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
      if (base(tree_.dep(c)) == Dep::Advcl && tree_.child(c, Dep::Mark) != kNo && tree_.lemma(tree_.child(c, Dep::Mark)) == "as" &&
          (what == "promise" || what == "agree" || what == "pledge" || what == "undertake")) {
        fits = true;
      }
    }
    const size_t subj = subject(t);
    if (!fits && subj != kNo) {
      const auto [lo, hi] = tree_.extent(subj, [](size_t) { return false; });
      for (size_t k = lo; k <= hi && !fits; ++k) {
        const std::string_view w = tree_.lemma(k);
        fits = tree_.upos(k) == Upos::Verb && (w == "promise" || w == "pledge" || w == "undertake") && tree_.lemma(t) == "do";
      }
    }
  }
  if (!fits) return;
  // In progress or done, never only wanted.
  const bool finite = tree_.feat(t, "Tense=Past") || tree_.feat(t, "VerbForm=Part") || tree_.feat(t, "Tense=Pres") || tree_.feat(t, "VerbForm=Fin");
  if (!finite) return;
  Draftling made;
  made.cue = t;
  made.content = t;
  made.why = "kept";
  made.row.kind = CommitmentKind::Fulfilment;
  made.row.strength = Strength::Commits;
  if (pass) {
    made.row.owed_by = agent(t);
    if (made.row.owed_by.empty() && kept_noun != kNo) made.row.owed_by = actors_of(tree_.child(kept_noun, Dep::NmodPoss));
  } else {
    made.row.owed_by = actors_of(subject(t));
  }
  made.row.what = whole_clause(t);
  used_[t] = true;
  finish(std::move(made), t);
}

// ------------------------------------------------------------------------------ what goes with it

void CommitmentReader::conditions(Draftling& made, size_t upper) {
  // Clauses under the content or under the cue, before or after.
  for (const size_t top : {made.content, upper, made.cue}) {
    for (const uint32_t c : tree_.children(top)) {
      if (!made.row.condition.empty()) return;
      const Dep relation = base(tree_.dep(c));
      if (relation != Dep::Advcl && relation != Dep::Obl && relation != Dep::Ccomp && relation != Dep::Acl) continue;
      const auto [lo, hi] = tree_.extent(c, [](size_t) { return false; });
      const std::string_view first = tree_.lemma(tree_.upos(lo) == Upos::Punct ? lo + 1 : lo);
      const size_t mark = tree_.child(c, Dep::Mark);
      const std::string_view marker = mark == kNo ? std::string_view() : tree_.lemma(mark);
      bool fits = relation == Dep::Advcl && (cues_.in("condition", marker) || cues_.in("condition", first) || first == "unless");
      // "provided that", "as soon as", "on condition that", "as long as"
      fits = fits || (relation == Dep::Advcl && (tree_.lemma(c) == "provide" && tree_.word(c) == "provided"));
      fits = fits || (relation == Dep::Obl && tree_.lemma(c) == "condition");
      if (!fits && relation == Dep::Advcl && first == "as" && lo + 2 < tree_.end() &&
          (tree_.lemma(lo + 1) == "soon" || tree_.lemma(lo + 1) == "long")) {
        fits = true;
      }
      if (!fits && relation == Dep::Advmod) continue;
      if (!fits) continue;
      if (doc_.tokens()->span[lo].begin >= made.row.what.end || doc_.tokens()->span[hi].end <= made.row.what.begin || true) {
        made.row.condition = trim(lo, hi);
        if (tree_.dep(lo) == Dep::Mark) made.row.condition.begin = doc_.tokens()->span[lo].begin;
      }
    }
  }
  // "as soon as circumstances allow": the clause hangs on "soon".
  const TokenRange range = doc_.tokens_in(made.row.what);
  for (size_t k = index(range.begin); made.row.condition.empty() && k + 2 < index(range.end); ++k) {
    if (tree_.lemma(k) == "as" && (tree_.lemma(k + 1) == "soon" || tree_.lemma(k + 1) == "long") && tree_.lemma(k + 2) == "as" &&
        tree_.lemma(k + 3 < tree_.end() ? k + 3 : k) != "possible") {
      made.row.condition = {doc_.tokens()->span[k].begin, made.row.what.end};
    }
  }
}

void CommitmentReader::deadline(Draftling& made, size_t upper) {
  if (made.row.kind == CommitmentKind::Fulfilment) return;
  const Deadline found = find_deadline(doc_, tree_, cues_, made.content, upper, made.row.what);
  if (found.span.empty()) return;
  made.row.deadline = found.span;
  if (!found.value.empty()) made.row.deadline_value = draft_.intern(found.value);
}

std::string CommitmentReader::provision_here() const {
  if (!agreement_) return {};
  std::string out = article_;
  const BlockId block = doc_.tokens()->sentence_block[index(sentence_)];
  if (block != kNone<BlockId>) {
    const std::string_view text = doc_.text(doc_.structure()->blocks[index(block)].span);
    size_t digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
    if (digits > 0 && digits < 4 && digits < text.size() && (text[digits] == '.' || text[digits] == ')')) {
      const std::string number(text.substr(0, digits));
      out = out.empty() ? number : out + "(" + number + ")";
    }
  }
  return out;
}

void CommitmentReader::finish(Draftling made, size_t upper) {
  if (made.row.what.empty()) return;
  for (const Draftling& known : made_) {
    if (known.row.what == made.row.what) return;
    if (known.content == made.content && known.row.kind == made.row.kind && made.why != "list") return;
  }
  conditions(made, upper);
  if (made.row.deadline.empty()) deadline(made, upper);
  const Span cue = doc_.tokens()->span[made.cue];
  made.row.span = {std::min(cue.begin, made.row.what.begin), std::max(cue.end, made.row.what.end)};
  if (doc_.figures() != nullptr) {
    const auto& figures = doc_.figures()->figures;
    for (size_t k = 0; k < figures.size(); ++k) {
      const Figure& figure = figures[k];
      if (!made.row.what.contains(figure.span)) continue;
      if (!made.row.deadline.empty() && made.row.deadline.overlaps(figure.span)) continue;
      if (!figure.value && !figure.low && !figure.high) continue;
      made.row.quantity = static_cast<FigureId>(k);
      break;
    }
  }
  if (doc_.agreements() != nullptr) {
    const auto& agreements = doc_.agreements()->agreements;
    const Span sentence = doc_.sentence_span(sentence_);
    for (size_t k = 0; k < agreements.size() && made.row.agreement == kNone<AgreementId>; ++k) {
      bool here = sentence.contains(agreements[k].span);
      for (const Span also : agreements[k].also) here = here || sentence.contains(also);
      if (here) made.row.agreement = static_cast<AgreementId>(k);
    }
    if (agreement_ && made.row.strength == Strength::Obliged && !agreements.empty()) made.row.agreement = AgreementId{0};
  }
  if (agreement_) {
    const std::string provision = provision_here();
    if (!provision.empty()) made.row.provision = draft_.intern(provision);
    if (made.row.kind == CommitmentKind::Pledge) made.row.strength = Strength::Obliged;
  }
  const QuoteLayer* quotes = doc_.quotes();
  if (quotes != nullptr && made.cue < quotes->token_voice.size()) made.row.voice = quotes->token_voice[made.cue];
  const float score = made.why == "cue" || made.why == "list" ? 0.9F : made.why == "noun" ? 0.8F : made.why == "kept" ? 0.75F : 0.7F;
  made.row.made = {draft_.intern("events.commitments/1"), score};
  used_[made.content] = true;
  // Who promises a thing on a firm condition asks for it: "on condition that its members are granted ..."
  const Span condition = made.row.condition;
  std::optional<Draftling> asked;
  if (!condition.empty() && (made.row.kind == CommitmentKind::Pledge || made.row.kind == CommitmentKind::Intention)) {
    const std::string_view text = doc_.text(condition);
    size_t skip = 0;
    for (const std::string_view opening : {"on condition that ", "on the condition that ", "provided that "}) {
      if (text.starts_with(opening)) skip = opening.size();
    }
    if (skip > 0) {
      asked.emplace();
      asked->cue = made.cue;
      asked->content = index(doc_.tokens_in(condition).begin);
      asked->why = "condition";
      asked->row.kind = CommitmentKind::Condition;
      asked->row.strength = Strength::Expects;
      asked->row.what = {condition.begin + static_cast<uint32_t>(skip), condition.end};
      asked->row.owed_by = made.row.owed_to;
      asked->row.owed_to = made.row.owed_by;
      asked->row.holder = made.row.owed_by;
      asked->row.span = condition;
      asked->row.voice = made.row.voice;
      asked->row.made = {draft_.intern("events.commitments/1"), 0.7F};
    }
  }
  made_.push_back(std::move(made));
  if (asked) made_.push_back(std::move(*asked));
}

/// A fulfilment answers the promise with which it shares most words; at least one word, and an actor
/// or a second word.
void CommitmentReader::tie_fulfilments() {
  const auto words = [&](Span span) {
    std::vector<std::string_view> out;
    const TokenRange range = doc_.tokens_in(span);
    for (uint32_t k = index(range.begin); k < index(range.end); ++k) {
      const Upos pos = doc_.syntax()->upos[k];
      if (pos != Upos::Noun && pos != Upos::Propn && pos != Upos::Verb) continue;
      const std::string_view lemma = doc_.lemma(static_cast<TokenId>(k));
      if (cues_.in("prior", lemma) || cues_.in("keep", lemma) || lemma == "have" || lemma == "do") continue;
      if (std::find(out.begin(), out.end(), lemma) == out.end()) out.push_back(lemma);
    }
    return out;
  };
  for (size_t i = 0; i < made_.size(); ++i) {
    Commitment& row = made_[i].row;
    if (row.kind != CommitmentKind::Fulfilment) continue;
    const SentenceId s = *doc_.sentence_of(row.span);
    const std::vector<std::string_view> mine = words(doc_.sentence_span(s));
    size_t best = 0;
    for (size_t k = 0; k < made_.size(); ++k) {
      const Commitment& other = made_[k].row;
      if (k == i || other.kind == CommitmentKind::Fulfilment || other.kind == CommitmentKind::Condition) continue;
      if (doc_.sentence_of(other.span) == s) continue;
      size_t points = 0;
      for (const std::string_view w : words(other.what)) points += std::find(mine.begin(), mine.end(), w) != mine.end() ? 2U : 0U;
      if (points > 0 && row.agreement != kNone<AgreementId> && row.agreement == other.agreement) points += 2;
      if (points > 0 && same_side(row.owed_by, other.owed_by)) points += 1;
      if (points > best && points >= 3) {
        best = points;
        row.fulfils = static_cast<CommitmentId>(k);
      }
    }
  }
}

}  // namespace readout::events
