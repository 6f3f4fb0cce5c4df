// Clauses of a sentence and who stands in them: subjects through control, coordination and relative
// clauses; actors of a phrase; the stretch of text that a verb governs.
#include <algorithm>

#include "events/commitment_reader.h"
#include "events/document_sides.h"
#include "readout/voice.h"

namespace readout::events {
namespace {

void add(std::vector<ActorId>& to, const std::vector<ActorId>& from) {
  for (const ActorId id : from) {
    if (std::find(to.begin(), to.end(), id) == to.end()) to.push_back(id);
  }
}

}  // namespace

bool CommitmentReader::passive(size_t t) const {
  return tree_.child(t, Dep::NsubjPass) != kNo || tree_.child(t, Dep::AuxPass) != kNo ||
         tree_.child(t, Dep::CsubjPass) != kNo;
}

bool CommitmentReader::has_aux(size_t t, std::string_view lemma) const {
  for (const uint32_t c : tree_.children(t)) {
    if ((base(tree_.dep(c)) == Dep::Aux || tree_.dep(c) == Dep::Cop) && tree_.lemma(c) == lemma)
      return true;
  }
  return false;
}

bool CommitmentReader::aux_word(size_t t, std::string_view one, std::string_view other) const {
  for (const uint32_t c : tree_.children(t)) {
    if (base(tree_.dep(c)) == Dep::Aux && (tree_.word(c) == one || tree_.word(c) == other))
      return true;
  }
  return false;
}

bool CommitmentReader::negated(size_t t) const {
  for (const uint32_t c : tree_.children(t)) {
    const std::string_view lemma = tree_.lemma(c);
    if (base(tree_.dep(c)) == Dep::Advmod &&
        (lemma == "not" || lemma == "never" || lemma == "no")) {
      // "not later than", "not only" deny nothing.
      if (c + 1 < tree_.end() && (tree_.lemma(c + 1) == "only" || tree_.lemma(c + 1) == "later" ||
                                  tree_.lemma(c + 1) == "late"))
        continue;
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
      if (lemma == "if" || lemma == "whether" || lemma == "unless" || lemma == "though" ||
          lemma == "lest")
        return lemma != "though";
      if (relation == Dep::Advcl &&
          (lemma == "when" || lemma == "once" || lemma == "until" || lemma == "before"))
        return true;
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
      if (base(tree_.dep(c)) == Dep::Acl && tree_.child(c, Dep::Mark) != kNo &&
          tree_.lemma(tree_.child(c, Dep::Mark)) == "that")
        return true;
    }
    return false;
  }
  if (with == "inf") return infinitive(t) != kNo;
  if (with == "to" || with == "not" || with == "with" || with == "from" || with == "of" ||
      with == "for" || with == "on" || with == "upon" || with == "in") {
    if (oblique(t, with) != kNo) return true;
    for (const uint32_t c : tree_.children(t)) {
      const Dep relation = base(tree_.dep(c));
      if (relation != Dep::Xcomp && relation != Dep::Advcl && relation != Dep::Ccomp &&
          relation != Dep::Acl)
        continue;
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

/// An infinitive that hangs on the word or on its object.
size_t CommitmentReader::infinitive(size_t t) const {
  for (const uint32_t c : tree_.children(t)) {
    const Dep relation = base(tree_.dep(c));
    const size_t mark = tree_.child(c, Dep::Mark);
    if (c > t && (relation == Dep::Xcomp || relation == Dep::Ccomp) && mark != kNo &&
        tree_.lemma(mark) == "to")
      return c;
  }
  return kNo;
}

/// Where the parser hung the infinitive of a cue on something between both, or beside the cue:
/// "called on all parties concerned to show restraint".
size_t CommitmentReader::stray_infinitive(size_t t) const {
  for (size_t k = t + 1; k + 1 < tree_.end() && k < t + 24; ++k) {
    const std::string_view word = tree_.word(k);
    if (word == ";" || word == ":" || word == "\"" || word == "”" || word == "“") return kNo;
    const Upos pos = tree_.upos(k);
    if (pos != Upos::Part || tree_.lemma(k) != "to") {
      // A cue on the way takes what follows; so does a new clause.
      if ((pos == Upos::Noun || pos == Upos::Verb || pos == Upos::Adj) && k > t + 1 &&
          cues_.of(tree_.lemma(k)) != nullptr && tree_.dep(k) != Dep::Amod &&
          tree_.dep(k) != Dep::Compound)
        return kNo;
      if (pos == Upos::Verb && tree_.feat(k, "VerbForm=Fin") && base(tree_.dep(k)) != Dep::Acl)
        return kNo;
      continue;
    }
    const std::string_view before = tree_.word(k - 1);
    if (before == "order" || before == "as" || before == "enough" || before == "how") return kNo;
    const size_t verb = tree_.head(k);
    if (verb <= k || tree_.upos(verb) != Upos::Verb || tree_.is_root(verb)) return kNo;
    const size_t up = tree_.head(verb);
    const bool beside = !tree_.is_root(t) && up == tree_.head(t);
    if (up == t || beside || (up > t && up < verb)) return verb;
    return kNo;
  }
  return kNo;
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
      if (tree_.feat(c, "VerbForm=Ger") && (relation == Dep::Xcomp || cue.with == "out")) return c;
      if ((marker == "for" || marker == "with" || marker == "of" || marker == "on" ||
           marker == "in" || marker == "from") &&
          cue.with == marker)
        return c;
      if (noun && marker == "of" && tree_.feat(c, "VerbForm=Ger")) return c;
    }
    if (relation == Dep::Ccomp || relation == Dep::Csubj) {
      if (relation == Dep::Csubj && tree_.child(t, Dep::Expl) == kNo) continue;
      if (marker == "to") return c;
      if (marker == "whether" || marker == "if") {
        // "asked whether they could provide figures" asks for it; other questions ask to know.
        if (cue.lemma != "ask" ||
            !(has_aux(c, "could") || has_aux(c, "would") || has_aux(c, "can")))
          continue;
      }
      if (finite || marker == "that") {
        clause = true;
        // "agreed that all fishermen detained ..., shall be released": of two, the one that lies
        // ahead.
        for (const uint32_t other : tree_.children(t)) {
          if (other > c && base(tree_.dep(other)) == Dep::Ccomp && !has_aux(c, "shall") &&
              (has_aux(other, "shall") || has_aux(other, "should")))
            return other;
        }
        return c;
      }
    }
  }
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

/// From the verb (or an adverb before it) to the end of what it governs, without coordinated
/// clauses that have their own subject or auxiliary.
Span CommitmentReader::verb_phrase(size_t verb) const {
  const auto [lo, hi] = tree_.extent(verb, [&](size_t c) {
    const Dep relation = base(tree_.dep(c));
    if (relation == Dep::Conj && tree_.head(c) == verb) {
      return tree_.child_base(c, Dep::Nsubj) != kNo || tree_.child(c, Dep::Aux) != kNo ||
             tree_.feat(c, "VerbForm=Fin");
    }
    // "..., on condition that": told apart.
    if (tree_.lemma(c) == "condition" && tree_.child(c, Dep::Case) != kNo &&
        tree_.lemma(tree_.child(c, Dep::Case)) == "on")
      return true;
    // "..., she added": whoever reports stands outside.
    if (relation == Dep::Parataxis && tree_.child_base(c, Dep::Nsubj) != kNo) return true;
    // A clause of its own inside of a relative one: "..., and for our part we will deliver".
    if (relation == Dep::Conj && tree_.child(c, Dep::Aux) != kNo &&
        tree_.child_base(c, Dep::Nsubj) != kNo)
      return true;
    if (tree_.head(c) != verb) return false;
    if (relation == Dep::Parataxis || relation == Dep::Discourse || relation == Dep::Vocative)
      return true;
    if (relation == Dep::Obl && c > verb && after_comma(c)) return true;
    if (relation == Dep::Advcl && c > verb) {
      const size_t mark = tree_.child(c, Dep::Mark);
      if (mark != kNo && (tree_.lemma(mark) == "because" || tree_.lemma(mark) == "although" ||
                          tree_.lemma(mark) == "provided" || tree_.lemma(mark) == "if" ||
                          tree_.lemma(mark) == "unless" || tree_.lemma(mark) == "while" ||
                          tree_.lemma(mark) == "since" || tree_.lemma(mark) == "until" ||
                          tree_.word(mark) == "providing" || tree_.word(mark) == "should")) {
        return true;
      }
      // ", bringing its contribution to ..."
      if (mark == kNo && after_comma(c) &&
          (tree_.feat(c, "VerbForm=Part") || tree_.feat(c, "VerbForm=Ger")))
        return true;
    }
    return c < verb && relation != Dep::Advmod;
  });
  (void)lo;
  size_t first = verb;
  for (const uint32_t c : tree_.children(verb)) {
    if (tree_.dep(c) == Dep::Cop && c < first && tree_.upos(verb) != Upos::Verb) first = c;
    if (c < verb && base(tree_.dep(c)) == Dep::Advmod && c + 1 == verb &&
        tree_.lemma(c) != "also" && tree_.lemma(c) != "not" && tree_.lemma(c) != "never")
      first = std::min<size_t>(first, c);
    if (c < verb && tree_.dep(c) == Dep::AuxPass) first = std::min<size_t>(first, c);
  }
  if (tree_.upos(verb) != Upos::Verb && tree_.child(verb, Dep::Cop) == kNo) {
    first =
        tree_
            .extent(verb,
                    [&](size_t c) { return tree_.head(c) == verb && tree_.dep(c) == Dep::Case; })
            .first;
  }
  return trim(first, std::max(hi, first));
}

/// A noun with what belongs to it, without the preposition before it.
Span CommitmentReader::noun_phrase(size_t noun) const {
  const auto [lo, hi] = tree_.extent(noun, [&](size_t c) {
    const Dep relation = base(tree_.dep(c));
    if (tree_.head(c) != noun) return relation == Dep::Parataxis;
    return relation == Dep::Case || relation == Dep::Parataxis || relation == Dep::Discourse ||
           (relation == Dep::Conj && tree_.child_base(c, Dep::Nsubj) != kNo);
  });
  // "the early entry into force of ...": what follows without a break may hang on the verb.
  size_t last = hi;
  if (!tree_.is_root(noun)) {
    for (const uint32_t c : tree_.children(tree_.head(noun))) {
      if (c <= last || base(tree_.dep(c)) != Dep::Obl) continue;
      const auto [from, to] = tree_.extent(c, [](size_t) { return false; });
      const std::string_view prep = tree_.lemma(from);
      if (from == last + 1 && (prep == "into" || prep == "of" || prep == "from")) last = to;
    }
  }
  return trim(lo, last);
}

/// The clause hangs on its noun by "under which", "to whom", "by virtue of which".
bool CommitmentReader::relative_oblique(size_t t) const {
  for (const uint32_t c : tree_.children(t)) {
    if (base(tree_.dep(c)) != Dep::Obl) continue;
    const auto [lo, hi] = tree_.extent(c, [](size_t) { return false; });
    for (size_t k = lo; k <= hi && k < t; ++k) {
      if (tree_.lemma(k) == "which" || tree_.word(k) == "whom") return true;
    }
  }
  return false;
}

/// "Neither side", "no party": all of them say no.
bool CommitmentReader::both_decline(size_t subj) const {
  if (subj == kNo) return false;
  for (const uint32_t c : tree_.children(subj)) {
    if (base(tree_.dep(c)) == Dep::Det && (tree_.lemma(c) == "neither" || tree_.lemma(c) == "no"))
      return true;
  }
  return false;
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
    if (relation == Dep::Conj)
      return tree_.child_base(c, Dep::Nsubj) != kNo || tree_.child(c, Dep::Aux) != kNo ||
             tree_.feat(c, "VerbForm=Fin");
    if (relation == Dep::Advcl) {
      const size_t mark = tree_.child(c, Dep::Mark);
      return mark != kNo && (cues_.in("condition", tree_.lemma(mark)) ||
                             tree_.lemma(mark) == "because" || tree_.lemma(mark) == "as");
    }
    return relation == Dep::Mark || relation == Dep::Cc || relation == Dep::Parataxis ||
           relation == Dep::Discourse || relation == Dep::Vocative ||
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
      if ((lemma == "which" || lemma == "who" || lemma == "that") && base(tree_.dep(t)) == Dep::Acl)
        return tree_.head(t);
      return found;
    }
    // "The Parties shall, without delay, release": the parser leaves it on the auxiliary.
    for (const uint32_t c : tree_.children(t)) {
      if (base(tree_.dep(c)) != Dep::Aux) continue;
      const size_t on_aux = tree_.child_base(c, Dep::Nsubj);
      if (on_aux != kNo) return on_aux;
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
  auto it = std::upper_bound(all.begin(), all.end(), at.begin,
                             [](uint32_t begin, const Mention& m) { return begin < m.span.begin; });
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
    // "the Yugoslav side", "Iceland's experts", "the government in Tallinn": the name inside the
    // phrase.
    for (const uint32_t c : tree_.children(t)) {
      const Dep relation = base(tree_.dep(c));
      if (relation != Dep::Amod && relation != Dep::Compound && relation != Dep::Nmod &&
          relation != Dep::Appos && relation != Dep::Flat)
        continue;
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
std::vector<ActorId> CommitmentReader::states_of(const std::vector<ActorId>& actors,
                                                 size_t content) const {
  if (actors.size() < 2 || doc_.actors() == nullptr) return actors;
  const std::string_view lemma = content == kNo ? std::string_view() : tree_.lemma(content);
  if (lemma == "meet" || lemma == "talk" || lemma == "speak" || lemma == "visit") return actors;
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
  if (quotes != nullptr && t < quotes->token_voice.size() &&
      quotes->token_voice[t] != kNone<VoiceId>) {
    const Voice& voice = quotes->voices[index(quotes->token_voice[t])];
    if (!voice.chain.empty()) return innermost(voice);
  }
  const ActorLayer* actors = doc_.actors();
  if (actors == nullptr) return {};
  const TurnId turn = doc_.tokens()->sentence_turn[index(sentence_)];
  if (turn != kNone<TurnId> && index(turn) < actors->turn_speaker.size())
    return actors->turn_speaker[index(turn)];
  if (actors->publisher) return {*actors->publisher};
  return {};
}

bool CommitmentReader::spoken(size_t t) const {
  if (doc_.tokens()->sentence_turn[index(sentence_)] != kNone<TurnId>) return true;
  const QuoteLayer* quotes = doc_.quotes();
  if (quotes == nullptr || t >= quotes->token_voice.size() ||
      quotes->token_voice[t] == kNone<VoiceId>)
    return false;
  const Voice& voice = quotes->voices[index(quotes->token_voice[t])];
  const auto& publisher = doc_.actors() == nullptr ? std::nullopt : doc_.actors()->publisher;
  return voice.chain.size() >= 2 ||
         (voice.chain.size() == 1 && !(publisher && *publisher == voice.chain[0]));
}

/// The sentence goes on in the words of whoever was reported to speak in the sentence before, and
/// its subject is that side.
bool CommitmentReader::goes_on_with(size_t subj) const {
  const QuoteLayer* quotes = doc_.quotes();
  if (quotes == nullptr || doc_.actors() == nullptr) return false;
  const std::vector<ActorId> doer = actors_of(subj);
  if (doer.empty()) return false;
  const size_t here = index(sentence_);
  const TurnId turn = doc_.tokens()->sentence_turn[here];
  const BlockId block = doc_.tokens()->sentence_block[here];
  if (turn != kNone<TurnId>) return same_side(doer, speaker(subj));
  // The last report of the same paragraph.
  for (size_t s = here; s-- > 0 && doc_.tokens()->sentence_block[s] == block;) {
    const TokenRange range = doc_.sentence_tokens(SentenceId{static_cast<uint32_t>(s)});
    for (size_t k = index(range.end); k-- > index(range.begin);) {
      if (k >= quotes->token_voice.size() || quotes->token_voice[k] == kNone<VoiceId>) continue;
      return same_side(doer, innermost(quotes->voices[index(quotes->token_voice[k])]));
    }
  }
  return false;
}

bool CommitmentReader::joint_text() const {
  const StructureLayer& structure = *doc_.structure();
  if (agreement_ || structure.genre == "communique" || structure.genre == "agreement") return true;
  // "Joint Statement on the Strategic Dialogue", whatever its genre was taken for.
  std::string title(structure.title ? doc_.text(*structure.title) : structure.title_text);
  for (char& c : title) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return title.find("joint") != std::string::npos &&
         (title.find("statement") != std::string::npos ||
          title.find("communiq") != std::string::npos ||
          title.find("declaration") != std::string::npos);
}

/// In an agreement its parties; elsewhere the states that "we", "they" and "the two sides" most
/// often mean.
std::vector<ActorId> CommitmentReader::sides() const {
  if (agreement_ && doc_.agreements() != nullptr && !doc_.agreements()->agreements.empty() &&
      !doc_.agreements()->agreements[0].parties.empty())
    return doc_.agreements()->agreements[0].parties;
  if (doc_.actors() == nullptr) return {};
  return document_sides(doc_).actors;
}

std::vector<ActorId> CommitmentReader::addressee(size_t t) const {
  (void)t;
  const ActorLayer* actors = doc_.actors();
  const TurnId turn = doc_.tokens()->sentence_turn[index(sentence_)];
  if (actors != nullptr && turn != kNone<TurnId> && index(turn) < actors->turn_addressee.size())
    return actors->turn_addressee[index(turn)];
  return {};
}

bool CommitmentReader::first_person(size_t t) const {
  return t != kNo && tree_.feat(t, "Person=1") && tree_.upos(t) == Upos::Pron;
}
bool CommitmentReader::plural_first(size_t t) const {
  return first_person(t) && tree_.feat(t, "Number=Plur");
}

bool CommitmentReader::person_like(size_t t) const {
  if (t == kNo) return false;
  if (tree_.upos(t) == Upos::Pron)
    return !tree_.feat(t, "Gender=Neut") && tree_.lemma(t) != "it" && tree_.lemma(t) != "this" &&
           tree_.lemma(t) != "that";
  if (cues_.in("actorish", tree_.lemma(t))) return true;
  const Mention* mention = mention_at(t);
  if (mention == nullptr) return tree_.upos(t) == Upos::Propn;
  if (mention->form == MentionForm::Possessive || mention->form == MentionForm::Demonym)
    return tree_.upos(t) == Upos::Propn || tree_.upos(t) == Upos::Noun;
  return true;
}

bool CommitmentReader::same_side(const std::vector<ActorId>& a,
                                 const std::vector<ActorId>& b) const {
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

}  // namespace readout::events
