// Arguments come from the arcs first, then from the constructions that share them: a conjunct
// takes the subject of the first verb, an infinitive that of its governor (or its object), a
// participle the noun it stands on, a relative clause its antecedent, a noun the subject of its
// support verb. Recursion goes up the tree only, so it ends.
#include "events/clause.h"

#include <algorithm>

#include "core/utf8.h"

namespace readout::events {

void WordColumn::build(const Document& doc, const FrameSet& frames) {
  const Lexicon& lexicon = frames.lexicon();
  const auto& lemmas = doc.syntax()->lemma;
  words_.resize(lemmas.size());
  uint32_t top = 0;
  for (const Sym sym : lemmas) top = std::max(top, index(sym));
  of_sym_.assign(static_cast<size_t>(top) + 1, static_cast<WordId>(UINT32_MAX - 1));
  std::string lower;
  for (size_t i = 0; i < lemmas.size(); ++i) {
    WordId& memo = of_sym_[index(lemmas[i])];
    if (memo == static_cast<WordId>(UINT32_MAX - 1)) {
      const std::string_view text = doc.str(lemmas[i]);
      lower.assign(text);
      bool ascii = true;
      for (char& c : lower) {
        if (static_cast<unsigned char>(c) >= 0x80) ascii = false;
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
      }
      memo = lexicon.find(ascii ? lower : utf8::lower(text));
    }
    words_[i] = memo;
    const Upos tag = doc.syntax()->upos[i];
    if (tag != Upos::Verb && tag != Upos::Noun && (memo != kNoWord || tag == Upos::Punct)) continue;
    if (tag != Upos::Verb && memo != kNoWord) continue;
    const std::string_view form = doc.word(TokenId{static_cast<uint32_t>(i)});
    lower.assign(form);
    for (char& c : lower) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    const PatternPos pos = tag == Upos::Noun || tag == Upos::Propn ? PatternPos::Noun : PatternPos::Verb;
    if (tag == Upos::Verb) {
      if (const WordId word = frames.irregular(lower, pos); word != kNoWord) {
        words_[i] = word;
        continue;
      }
      if (memo != kNoWord) continue;
    }
    if (tag == Upos::Verb || tag == Upos::Noun) words_[i] = frames.word_of_form(lower, pos);
  }
}

SentenceView::Known::Known(const Lexicon& lexicon) {
  const auto word = [&](std::string_view text) { return lexicon.find(text); };
  to = word("to"), by = word("by"), of = word("of"), that = word("that"), who = word("who"), which = word("which");
  whom = word("whom"), whose = word("whose"), not_ = word("not"), never = word("never"), no = word("no"), neither = word("neither");
  if_ = word("if"), unless = word("unless"), whether = word("whether"), will = word("will"), would = word("would");
  be = word("be"), have = word("have"), after = word("after"), before = word("before"), without = word("without"), about = word("about");
  rel = lexicon.find_set("word.relative");
  object_control_mark = lexicon.find_set("word.object-control-mark");
  naming = lexicon.find_set("naming-verb"), particle = lexicon.find_set("word.particle");
  person_like = lexicon.find_set("role.person");
}

void SentenceView::begin(const Document& doc, const FrameSet& frames, const WordColumn& words, const Known& known, SentenceId sentence) {
  doc_ = &doc;
  frames_ = &frames;
  words_ = &words;
  known_ = &known;
  range_ = doc.sentence_tokens(sentence);
  const uint32_t n = range_.size();
  const auto acts = [&frames](std::string_view form) {
    const WordId verb = frames.word_of_form(form, PatternPos::Verb);
    return verb != kNoWord && !frames.headed_by(verb).empty();
  };
  read_arcs(doc, range_, acts, arcs_);
  retagged_.clear();
  for (const TokenId t : arcs_.verbs) retagged_.emplace_back(t, frames.word_of_form(utf8::lower(doc.word(t)), PatternPos::Verb));
  if (children_.size() < n) children_.resize(n);
  for (uint32_t i = 0; i < n; ++i) children_[i].clear();
  for (uint32_t i = 0; i < n; ++i) {
    const TokenId t{index(range_.begin) + i};
    const TokenId h = head(t);
    if (h != t && range_.contains(h)) children_[index(h) - index(range_.begin)].push_back(t);
  }
  args_of_.assign(n, -1);
  if (pool_.size() < n) pool_.resize(n);
  used_ = 0;
}

TokenId SentenceView::child(TokenId t, Dep wanted) const {
  for (const TokenId c : children(t)) {
    if (dep(c) == wanted) return c;
  }
  return kNone<TokenId>;
}

TokenId SentenceView::child_base(TokenId t, Dep wanted) const {
  for (const TokenId c : children(t)) {
    if (base(dep(c)) == wanted) return c;
  }
  return kNone<TokenId>;
}

WordId SentenceView::case_of(TokenId t) const {
  for (const TokenId c : children(t)) {
    if (dep(c) != Dep::Case) continue;
    if (upos(c) == Upos::Part) continue;  // possessive 's
    const TokenId fixed = child(c, Dep::Fixed);
    if (fixed == kNone<TokenId>) {
      // "out of", "ahead of" as two words of one phrase
      const TokenId next{index(c) + 1};
      if (next < range_.end && dep(next) == Dep::Case && head(next) == t) {
        const WordId whole = frames_->lexicon().find(std::string(doc_->lemma(c)) + "_" + std::string(doc_->lemma(next)));
        if (whole != kNoWord) return whole;
      }
      return word(c);
    }
    std::string joined(doc_->lemma(c));
    for (const TokenId f : children(c)) {
      if (dep(f) == Dep::Fixed) joined.append("_").append(doc_->lemma(f));
    }
    const WordId whole = frames_->lexicon().find(joined);
    return whole != kNoWord ? whole : word(c);
  }
  return kNoWord;
}

WordId SentenceView::mark_of(TokenId t) const {
  for (const TokenId c : children(t)) {
    if (dep(c) == Dep::Mark || dep(c) == Dep::Case) return word(c);
  }
  return kNoWord;
}

bool SentenceView::nominal(TokenId t) const {
  const Upos tag = upos(t);
  return tag == Upos::Noun || tag == Upos::Propn || tag == Upos::Pron || tag == Upos::Num || tag == Upos::Det || tag == Upos::Sym || tag == Upos::X;
}

void SentenceView::conjuncts(TokenId t, std::vector<TokenId>& out) const {
  out.push_back(t);
  for (const TokenId c : children(t)) {
    if (dep(c) == Dep::Conj) conjuncts(c, out);
  }
}

bool SentenceView::below(TokenId t, TokenId top) const {
  for (int depth = 0; depth < 64; ++depth) {
    if (t == top) return true;
    const TokenId h = head(t);
    if (h == t) return false;
    t = h;
  }
  return false;
}

void SentenceView::phrase(TokenId t, std::vector<TokenId>& out) const {
  out.push_back(t);
  for (const TokenId c : children(t)) {
    switch (base(dep(c))) {
      case Dep::Acl: case Dep::Advcl: case Dep::Appos: case Dep::Parataxis: case Dep::Conj: case Dep::Cc: case Dep::Punct:
      case Dep::Ccomp: case Dep::Nsubj: case Dep::Cop: case Dep::Aux: case Dep::Mark:
        break;
      default: phrase(c, out);
    }
  }
}

Span SentenceView::phrase_span(TokenId t) const {
  // Contiguous modifiers to the left of the head, and the head; "of" phrases are left out.
  TokenId first = t;
  for (const TokenId c : children(t)) {
    if (c >= t) break;
    const Dep d = base(dep(c));
    if (d == Dep::Amod || d == Dep::Compound || d == Dep::Nummod || d == Dep::Flat) {
      if (c < first) first = c;
    }
  }
  TokenId last = t;
  for (const TokenId c : children(t)) {
    if (c > t && (dep(c) == Dep::Flat || dep(c) == Dep::Compound)) last = std::max(last, c);
  }
  return Span{doc_->span(first).begin, doc_->span(last).end};
}

TokenId SentenceView::resolve_relative(TokenId t) const {
  // "the troops who left": who -> troops.
  if (upos(t) != Upos::Pron && upos(t) != Upos::Det) return t;
  if (!frames_->lexicon().in(word(t), known_->rel)) return t;
  TokenId up = t;
  for (int depth = 0; depth < 6; ++depth) {
    const TokenId h = head(up);
    if (dep(up) == Dep::AclRelcl) return h;
    if (h == up) return t;
    up = h;
  }
  return t;
}

const Args& SentenceView::args(TokenId t) {
  int32_t& at = args_of_[index(t) - index(range_.begin)];
  if (at >= 0) return pool_[static_cast<size_t>(at)];
  at = static_cast<int32_t>(used_++);
  Args& made = pool_[static_cast<size_t>(at)];
  made.passive = made.imperative = false;
  made.subj.clear(), made.surface.clear(), made.obj.clear(), made.iobj.clear(), made.preps.clear();
  made.particles.clear(), made.comps.clear(), made.poss.clear(), made.mods.clear();
  made.support = kNone<TokenId>;
  made.support_kind = nullptr;
  const Upos tag = upos(t);
  const bool copular = child(t, Dep::Cop) != kNone<TokenId>;
  if (tag == Upos::Verb || tag == Upos::Aux || tag == Upos::Adj || noun_for_verb(t)) {
    verb_args(t, made);
  } else {
    noun_args(t, made);
    if (copular) {
      for (const TokenId c : children(t)) {
        if (dep(c) == Dep::Nsubj && made.surface.empty()) made.surface.push_back(resolve_relative(c));
      }
    }
  }
  return made;
}

bool SentenceView::noun_for_verb(TokenId t) const {
  if (upos(t) != Upos::Noun) return false;
  bool subject = false, object = false;
  for (const TokenId c : children(t)) {
    if (dep(c) == Dep::Cop || dep(c) == Dep::Case || dep(c) == Dep::Det) return false;
    subject = subject || (dep(c) == Dep::Nsubj && c < t);
    object = object || ((dep(c) == Dep::Obj || dep(c) == Dep::Xcomp || dep(c) == Dep::Ccomp) && c > t);
  }
  return subject && object;
}

bool SentenceView::stranded_verb(TokenId t) const {
  if (upos(t) != Upos::Verb || dep(t) != Dep::Amod) return false;
  const TokenId noun = head(t);
  if (!is_root(noun) || noun < t || child(noun, Dep::Cop) != kNone<TokenId> || child(noun, Dep::Nsubj) != kNone<TokenId>) return false;
  for (const TokenId c : children(noun)) {
    if (c < t && (dep(c) == Dep::Compound || dep(c) == Dep::NmodUnmarked || dep(c) == Dep::Nummod) && nominal(c)) return true;
  }
  return false;
}

void SentenceView::verb_args(TokenId t, Args& made) {
  if (stranded_verb(t)) {
    const TokenId noun = head(t);
    made.obj.push_back(noun);
    for (const TokenId c : children(noun)) {
      if (c < t && nominal(c) && made.surface.empty()) made.surface.push_back(c);
      if (c > noun && dep(c) == Dep::Nmod && case_of(c) != kNoWord) made.preps.push_back({case_of(c), c});
    }
    made.subj = made.surface;
    return;
  }
  TokenId agent = kNone<TokenId>;
  bool by_phrase = false;
  TokenId named = kNone<TokenId>;  // "called the raid piracy"
  TokenId detached = kNone<TokenId>;
  for (const TokenId c : children(t)) {
    switch (dep(c)) {
      case Dep::Nsubj: case Dep::NsubjOuter: made.surface.push_back(resolve_relative(c)); break;
      case Dep::Csubj: case Dep::CsubjOuter: break;
      case Dep::NsubjPass: made.surface.push_back(resolve_relative(c)); made.passive = true; break;
      case Dep::AuxPass: made.passive = true; break;
      case Dep::Obj: made.obj.push_back(resolve_relative(c)); break;
      case Dep::Iobj: made.iobj.push_back(resolve_relative(c)); break;
      case Dep::OblAgent: agent = c; break;
      case Dep::CompoundPrt: made.particles.push_back(c); break;
      case Dep::Advmod: made.particles.push_back(c); break;
      case Dep::Xcomp:
        if (upos(c) == Upos::Verb) made.comps.push_back({has_feat(c, "VerbForm=Ger") ? CompKind::Ger : CompKind::Inf, mark_of(c), c});
        else if (upos(c) == Upos::Adj || upos(c) == Upos::Adv) made.particles.push_back(c);
        else if (nominal(c) && child(c, Dep::Mark) == kNone<TokenId> && case_of(c) == kNoWord && frames_->lexicon().in(word(t), known_->naming)) named = c;
        else if (child(c, Dep::Mark) != kNone<TokenId>) made.comps.push_back({CompKind::Inf, mark_of(c), c});
        break;
      case Dep::Ccomp: made.comps.push_back({has_feat(c, "VerbForm=Inf") && child(c, Dep::Aux) == kNone<TokenId> && mark_of(c) != known_->that ? CompKind::Inf : CompKind::That, mark_of(c), c}); break;
      case Dep::Advcl: {
        const WordId mark = mark_of(c);
        if (mark == known_->to) made.comps.push_back({CompKind::Inf, mark, c});
        else if (has_feat(c, "VerbForm=Ger") && mark != kNoWord) made.comps.push_back({CompKind::Ger, mark, c});
        break;
      }
      case Dep::Obl: case Dep::Nmod: {
        const WordId prep = case_of(c);
        if (prep == known_->by && upos(t) == Upos::Verb) {
          agent = agent == kNone<TokenId> ? c : agent;
          by_phrase = true;
        }
        if (prep != kNoWord) made.preps.push_back({prep, resolve_relative(c)});
        // "wrote off the debt": a particle that the parser took for the preposition of the object.
        const TokenId first = child(c, Dep::Case);
        if (dep(c) == Dep::Obl && upos(t) == Upos::Verb && first != kNone<TokenId> && index(first) == index(t) + 1 && frames_->lexicon().in(word(first), known_->particle)) detached = c;
        break;
      }
      default: break;
    }
  }
  if (detached != kNone<TokenId> && made.obj.empty() && !made.passive) {
    made.obj.push_back(detached);
    made.particles.push_back(child(detached, Dep::Case));
  }
  if (named != kNone<TokenId>) made.obj.push_back(named);
  if (made.obj.empty() && !made.iobj.empty()) made.obj = made.iobj;  // "asked the Council to ..."
  // "stands ready to send": the clause hangs on the adjective; "called on both to resume": on the phrase.
  for (const TokenId c : children(t)) {
    const bool adjective = dep(c) == Dep::Xcomp && upos(c) == Upos::Adj;
    const bool addressed = dep(c) == Dep::Obl && case_of(c) != known_->by;
    if (!adjective && !addressed) continue;
    for (const TokenId deep : children(c)) {
      const bool clause = adjective ? dep(deep) == Dep::Xcomp || dep(deep) == Dep::Advcl : dep(deep) == Dep::Acl;
      if (clause && mark_of(deep) == known_->to) made.comps.push_back({CompKind::Inf, known_->to, deep});
    }
  }
  for (const TokenId o : made.obj) {
    // "urged the group to release": the clause may hang on the object.
    for (const TokenId c : children(o)) {
      if (dep(c) == Dep::Acl && mark_of(c) == known_->to) made.comps.push_back({CompKind::Inf, known_->to, c});
    }
  }
  const Dep own = dep(t);
  const bool participle = upos(t) == Upos::Verb && has_feat(t, "VerbForm=Part") && has_feat(t, "Tense=Past");
  const bool has_aux = child_base(t, Dep::Aux) != kNone<TokenId>;
  if (participle && !has_aux && (own == Dep::Acl || (own == Dep::Advcl && made.surface.empty()))) made.passive = true;
  // A headline leaves "were" out: "Three soldiers killed in ambush".
  const bool headline = doc_->word(TokenId{index(range_.end) - 1}) != ".";
  if (participle && !has_aux && !made.passive && made.obj.empty() && !made.surface.empty() && (headline || by_phrase) && (is_root(t) || own == Dep::Parataxis || own == Dep::Conj)) made.passive = true;
  if (made.surface.empty()) inherit_subject(t, made);
  if (own == Dep::Conj && !made.passive && participle && !has_aux) {
    const TokenId first = head(t);
    if (upos(first) == Upos::Verb && args(first).passive) made.passive = true;
  }
  // "was caught in Nairobi and flown home by agents": whoever does the one does the other.
  if (made.passive && agent == kNone<TokenId> && upos(t) == Upos::Verb) {
    const auto by_of = [&](TokenId verb) {
      for (const TokenId c : children(verb)) {
        if (dep(c) == Dep::OblAgent || (dep(c) == Dep::Obl && case_of(c) == known_->by)) return c;
      }
      return kNone<TokenId>;
    };
    for (const TokenId c : children(t)) {
      if (dep(c) == Dep::Conj && upos(c) == Upos::Verb && child_base(c, Dep::Nsubj) == kNone<TokenId> && agent == kNone<TokenId>) agent = by_of(c);
    }
    if (agent == kNone<TokenId> && own == Dep::Conj && upos(head(t)) == Upos::Verb && child(t, Dep::AuxPass) == kNone<TokenId>) agent = by_of(head(t));
  }
  // An object after coordinated verbs belongs to all of them.
  if (made.obj.empty() && !made.passive) {
    if (own == Dep::Conj && upos(head(t)) == Upos::Verb) {
      for (const TokenId c : children(head(t))) {
        if (dep(c) == Dep::Obj && c > t) made.obj.push_back(c);
      }
    } else {
      for (const TokenId c : children(t)) {
        if (dep(c) != Dep::Conj || upos(c) != Upos::Verb) continue;
        const TokenId shared = child(c, Dep::Obj);
        bool particles_between = false;
        for (const TokenId other : children(t)) particles_between = particles_between || (other > t && other < c && base(dep(other)) == Dep::Obl);
        if (shared != kNone<TokenId> && !particles_between && index(c) - index(t) <= 3 && made.preps.empty()) made.obj.push_back(shared);
        break;
      }
    }
  }
  // Object relative: "the sanctions that Iran rejected".
  if (own == Dep::AclRelcl && made.obj.empty() && !made.passive && !made.surface.empty()) {
    const TokenId antecedent = head(t);
    if (std::find(made.surface.begin(), made.surface.end(), antecedent) == made.surface.end()) {
      bool stranded = false;
      for (const TokenId c : children(t)) stranded = stranded || ((dep(c) == Dep::Obl) && resolve_relative(c) != c);
      if (!stranded) made.obj.push_back(antecedent);
    }
  }
  // Phrases that the parser hung one noun too low: "passed intelligence on movements to Ukraine".
  const auto deeper = [&](TokenId noun) {
    for (const TokenId c : children(noun)) {
      if (dep(c) != Dep::Nmod || c < t) continue;
      const WordId prep = case_of(c);
      if (prep != kNoWord && prep != known_->of) made.preps.push_back({prep, c});
      for (const TokenId d : children(c)) {
        if (dep(d) == Dep::Nmod && case_of(d) != kNoWord && case_of(d) != known_->of) made.preps.push_back({case_of(d), d});
      }
    }
  };
  if (upos(t) == Upos::Verb) {
    for (const TokenId o : made.obj) {
      if (o > t) deeper(o);
    }
    const size_t shallow = made.preps.size();
    for (size_t k = 0; k < shallow; ++k) {
      if (made.preps[k].token > t && below(made.preps[k].token, t)) deeper(made.preps[k].token);
    }
  }
  if (made.passive) {
    if (made.obj.empty()) made.obj = made.surface;
    else if (made.iobj.empty()) made.iobj = made.surface;  // "Greece was given a loan"
    if (agent != kNone<TokenId>) made.subj.push_back(agent);
  } else {
    made.subj = made.surface;
    if (agent != kNone<TokenId> && by_phrase && made.subj.empty()) made.subj.push_back(agent);
  }
  made.imperative = has_feat(t, "Mood=Imp");
}

void SentenceView::inherit_subject(TokenId t, Args& made) {
  const TokenId h = head(t);
  if (h == t) return;
  const auto take = [&](const std::vector<TokenId>& list) { made.surface = list; };
  switch (dep(t)) {
    case Dep::Conj: {
      if (upos(h) == Upos::Verb || upos(h) == Upos::Adj) {
        const Args& first = args(h);
        take(first.surface);
        if (first.surface.empty() && dep(h) == Dep::Acl) made.surface.push_back(head(h));
      } else if (child(h, Dep::Cop) != kNone<TokenId>) {
        take(args(h).surface);
      }
      return;
    }
    case Dep::Xcomp: case Dep::Ccomp: {
      if (!nominal(h) || child(h, Dep::Cop) != kNone<TokenId>) {
        const Args& up = args(h);
        static constexpr std::string_view kSubjectControl[] = {"promise", "threaten", "vow", "pledge", "agree"};
        const std::string_view lemma = doc_->lemma(h);
        const bool subject_control = std::find(std::begin(kSubjectControl), std::end(kSubjectControl), lemma) != std::end(kSubjectControl);
        if (!up.passive && !up.obj.empty() && !subject_control) take(up.obj);
        else if (!up.passive && !up.iobj.empty() && !subject_control) take(up.iobj);
        else take(up.surface);
      }
      return;
    }
    case Dep::Advcl: case Dep::AdvclRelcl: {
      if (nominal(h) && child(h, Dep::Cop) == kNone<TokenId>) return;
      const Args& up = args(h);
      const bool object_control = frames_->lexicon().in(mark_of(t), known_->object_control_mark) && !up.obj.empty();
      if (object_control || (mark_of(t) == known_->to && !up.obj.empty() && !up.passive && frames_->lexicon().in(word(h), frames_->lexicon().find_set("word.object-control")))) take(up.obj);
      else take(up.surface);
      return;
    }
    case Dep::Acl: {
      if (has_feat(t, "VerbForm=Part") || has_feat(t, "VerbForm=Ger")) {
        if (mark_of(t) == kNoWord) {
          made.surface.push_back(h);
          return;
        }
      }
      // "urged the group to release": the group.
      if (mark_of(t) == known_->to && (dep(h) == Dep::Obj || dep(h) == Dep::Iobj) && frames_->lexicon().in(word(head(h)), frames_->lexicon().find_set("word.addressing"))) {
        made.surface.push_back(h);
        return;
      }
      // "its decision to withdraw": the one who decided.
      const Args& noun = args(h);
      if (!noun.subj.empty()) take(noun.subj);
      else if (!noun.poss.empty()) take(noun.poss);
      else if (!noun.mods.empty()) take(noun.mods);
      return;
    }
    case Dep::AclRelcl: made.surface.push_back(h); return;
    default: return;
  }
}

void SentenceView::noun_args(TokenId t, Args& made) {
  TokenId agent = kNone<TokenId>;
  const auto gather = [&](TokenId noun) {
    for (const TokenId c : children(noun)) {
      switch (dep(c)) {
        case Dep::NmodPoss: made.poss.push_back(resolve_relative(c)); break;
        case Dep::Amod: case Dep::Compound: case Dep::NmodUnmarked: case Dep::Nummod: case Dep::NmodDesc: made.mods.push_back(c); break;
        case Dep::Nmod: case Dep::Obl: case Dep::OblAgent: {
          const WordId prep = case_of(c);
          if (prep == known_->by) agent = c;
          if (prep != kNoWord) made.preps.push_back({prep, resolve_relative(c)});
          break;
        }
        case Dep::Acl:
          if (mark_of(c) == known_->to) made.comps.push_back({CompKind::Inf, known_->to, c});
          else if (mark_of(c) == known_->that) made.comps.push_back({CompKind::That, known_->that, c});
          else if (mark_of(c) != kNoWord && has_feat(c, "VerbForm=Ger")) made.comps.push_back({CompKind::Ger, mark_of(c), c});
          break;
        case Dep::Ccomp: made.comps.push_back({CompKind::That, mark_of(c), c}); break;
        default: break;
      }
    }
  };
  gather(t);
  // The governor: of the first noun of a coordination.
  TokenId top = t;
  for (int depth = 0; depth < 4 && dep(top) == Dep::Conj && nominal(head(top)); ++depth) top = head(top);
  if (top != t && made.poss.empty() && made.mods.empty()) {
    for (const TokenId c : children(top)) {
      if (dep(c) == Dep::NmodPoss) made.poss.push_back(resolve_relative(c));
    }
  }
  const auto support_by = [&](TokenId verb) {
    const Support* kind = frames_->support(word(verb));
    if (kind == nullptr || made.support != kNone<TokenId>) return;
    made.support = verb;
    made.support_kind = kind;
  };
  const TokenId up = head(top);
  if (up != top && upos(up) == Upos::Verb) {
    const Dep relation = dep(top);
    const Support* kind = frames_->support(word(up));
    if (kind != nullptr) {
      const bool as_object = relation == Dep::Obj || relation == Dep::NsubjPass;
      const bool as_subject = relation == Dep::Nsubj;
      const bool as_oblique = relation == Dep::Obl && kind->role.ends_with("+in");
      if ((kind->role.starts_with("event") ? as_subject || (as_object && kind->role == "event*") || relation == Dep::NsubjPass : as_object) || as_oblique) support_by(up);
      else if (as_subject && kind->role == "source*") support_by(up);
    }
  }
  // "talks held in Geneva", "the sanctions that it imposed"
  for (const TokenId c : children(t)) {
    if ((dep(c) == Dep::Acl || dep(c) == Dep::AclRelcl) && upos(c) == Upos::Verb) support_by(c);
  }
  if (made.support != kNone<TokenId> && index(made.support) != index(t)) {
    const TokenId verb = made.support;
    bool relative = dep(verb) == Dep::Acl || dep(verb) == Dep::AclRelcl;
    if (relative && head(verb) == t) {
      // Read the arcs themselves: args(verb) would come back to this noun.
      for (const TokenId c : children(verb)) {
        if (dep(c) == Dep::Nsubj && resolve_relative(c) != t && made.support_kind->role != "event") made.subj.push_back(resolve_relative(c));
        else if (dep(c) == Dep::OblAgent || (dep(c) == Dep::Obl && case_of(c) == known_->by)) made.subj.push_back(c);
        else if (dep(c) == Dep::Obl && case_of(c) != kNoWord) made.preps.push_back({case_of(c), c});
      }
    } else {
      const Args& carried = args(verb);
      for (const PrepArg& prep : carried.preps) {
        if (prep.token != top) made.preps.push_back(prep);
      }
      if (made.support_kind->role.starts_with("source") || made.support_kind->role.starts_with("target")) made.subj = carried.subj;
      made.surface = carried.subj;
      for (const TokenId i : carried.iobj) made.iobj.push_back(i);
      if (std::find(carried.subj.begin(), carried.subj.end(), top) != carried.subj.end()) made.subj.clear();
    }
  }
  if (agent != kNone<TokenId> && made.subj.empty()) made.subj.push_back(agent);
}

}  // namespace readout::events
