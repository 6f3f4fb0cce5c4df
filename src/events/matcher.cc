#include "events/matcher.h"

#include <algorithm>

#include "core/utf8.h"

namespace readout::events {

Matcher::Matcher(const FrameSet& frames, const RoleResolver& roles)
    : frames_(frames), roles_(roles),
      transparent_(frames.lexicon().find_set("word.quantity")),
      instrument_(frames.lexicon().find_set("word.instrument")),
      light_noun_(frames.lexicon().find_set("word.partitive")),
      thing_(frames.lexicon().find_set("word.thing")) {}

bool Matcher::filler_fits(const SentenceView& view, TokenId t, const Element& element, int depth) const {
  const Lexicon& lexicon = frames_.lexicon();
  if (element.set == kNoSet && !element.actor) return true;
  if (element.set != kNoSet && lexicon.in(view.word(t), element.set)) return true;
  if (element.actor && roles_.actor_like(view, t)) return true;
  // A name belongs to the sets of what it names: "Al-Wefaq" is a party, "RCTV" a station.
  if (element.set != kNoSet) {
    for (const WordId kind : roles_.kinds_of(t)) {
      if (lexicon.in(kind, element.set)) return true;
    }
  }
  if (depth >= 2) return false;
  for (const TokenId c : view.children(t)) {
    if (view.dep(c) == Dep::Conj && view.nominal(c) && filler_fits(view, c, element, depth + 1)) return true;
    // "hospital ships" are relief, "press law" concerns the press
    if (element.set != kNoSet && view.dep(c) == Dep::Compound && lexicon.in(view.word(c), element.set)) return true;
    // "tons of wheat", "a shipment of rifles"
    if (view.dep(c) == Dep::Nmod && (lexicon.in(view.word(t), transparent_) || lexicon.in(view.word(t), light_noun_)) &&
        view.case_of(c) == view.known().of && filler_fits(view, c, element, depth + 1)) {
      return true;
    }
  }
  return false;
}

bool Matcher::subject_fits(SentenceView& view, TokenId head, const RoleClass& role_class) const {
  if (!role_class.agent) return true;
  const Args& args = view.args(head);
  if (args.subj.empty()) return true;
  for (const TokenId s : args.subj) {
    if (roles_.actor_like(view, s) || frames_.lexicon().in(view.word(s), instrument_)) return true;
    for (const TokenId c : view.children(s)) {
      if ((base(view.dep(c)) == Dep::Amod || view.dep(c) == Dep::NmodPoss || view.dep(c) == Dep::Compound) && roles_.mention_at(c) != nullptr) return true;
      if (view.dep(c) == Dep::Conj && roles_.actor_like(view, c)) return true;
    }
    if (view.upos(s) == Upos::Pron || !frames_.lexicon().in(view.word(s), thing_)) return true;
  }
  return false;
}

bool Matcher::fits(SentenceView& view, TokenId head, const Pattern& pattern, Match& match) const {
  const Args& args = view.args(head);
  const Frame& frame = frames_.frame(pattern.frame);
  match.theme = kNone<TokenId>;
  match.evidence.clear();
  const auto prep_ok = [&](const PrepArg& prep, const Element& element) {
    return std::find(element.words.begin(), element.words.end(), prep.prep) != element.words.end() && filler_fits(view, prep.token, element, 0);
  };
  const bool nominal = pattern.pos == PatternPos::Noun;
  for (const Element& element : pattern.elements) {
    using Kind = Element::Kind;
    bool found = false;
    switch (element.kind) {
      case Kind::Particle:
        for (const TokenId p : args.particles) {
          if (std::find(element.words.begin(), element.words.end(), view.word(p)) != element.words.end()) {
            found = true;
            match.evidence.push_back(p);
          }
        }
        if (nominal) {
          for (const TokenId m : args.mods) {
            if (std::find(element.words.begin(), element.words.end(), view.word(m)) == element.words.end()) continue;
            found = true;
            match.evidence.push_back(m);
          }
          break;
        }
        if (!found) {  // a stranded or misread particle: an adposition or adverb right behind
          for (const TokenId c : view.children(head)) {
            if (c > head && index(c) - index(head) <= 8 && std::find(element.words.begin(), element.words.end(), view.word(c)) != element.words.end() &&
                (view.upos(c) == Upos::Adp || view.upos(c) == Upos::Adv || view.upos(c) == Upos::Adj || view.upos(c) == Upos::Noun || view.upos(c) == Upos::Verb)) {
              found = true;
              match.evidence.push_back(c);
            }
          }
        }
        break;
      case Kind::Object:
        if (nominal) {
          for (const PrepArg& prep : args.preps) {
            if (prep.prep == view.known().of && filler_fits(view, prep.token, element, 0)) found = true, match.theme = prep.token;
          }
          for (const TokenId m : args.mods) {
            if (!found && filler_fits(view, m, element, 0)) found = true, match.theme = m;
          }
        } else {
          for (const TokenId o : args.obj) {
            if (filler_fits(view, o, element, 0)) found = true, match.theme = o;
          }
          if (found && element.set != kNoSet) match.evidence.push_back(match.theme);
        }
        break;
      case Kind::NotObject:
        found = std::none_of(args.obj.begin(), args.obj.end(), [&](TokenId o) { return filler_fits(view, o, element, 2); });
        break;
      case Kind::Prep:
        for (const PrepArg& prep : args.preps) {
          if (!prep_ok(prep, element)) continue;
          found = true;
          if (match.theme == kNone<TokenId> && element.set != kNoSet) match.theme = prep.token;
          break;
        }
        break;
      case Kind::NotPrep:
        found = std::none_of(args.preps.begin(), args.preps.end(), [&](const PrepArg& prep) { return prep_ok(prep, element); });
        break;
      case Kind::Subject:
        for (const TokenId s : args.subj) found = found || filler_fits(view, s, element, 0);
        break;
      case Kind::NotSubject:
        found = std::none_of(args.subj.begin(), args.subj.end(), [&](TokenId s) { return filler_fits(view, s, element, 2); });
        break;
      case Kind::Comp:
        for (const Comp& comp : args.comps) {
          found = found || (comp.kind == CompKind::Inf && element.comp == Path::Kind::Inf) || (comp.kind == CompKind::That && element.comp == Path::Kind::That) ||
                  (comp.kind == CompKind::Ger && element.comp == Path::Kind::Ger);
        }
        break;
    }
    if (!found) return false;
  }
  return nominal || subject_fits(view, head, frames_.role_class(frame));
}

WordId Matcher::verb_of_noun(const SentenceView& view, TokenId t) const {
  const std::string lower = utf8::lower(view.doc().word(t));
  return frames_.word_of_form(lower, PatternPos::Verb);
}

void Matcher::run(SentenceView& view, std::vector<Match>& out) {
  out.clear();
  Match probe;
  for (TokenId t = view.range().begin; t < view.range().end; t = TokenId{index(t) + 1}) {
    const Upos tag = view.upos(t);
    const bool verb = view.verbal(t), adjective = tag == Upos::Adj, noun = !verb && (tag == Upos::Noun || tag == Upos::Propn);
    const auto& candidates = frames_.headed_by(verb && tag != Upos::Verb ? verb_of_noun(view, t) : view.word(t));
    if (candidates.empty()) continue;
    if (!verb && !adjective && !noun) continue;
    if (view.dep(t) == Dep::Aux || view.dep(t) == Dep::AuxPass || view.dep(t) == Dep::Flat) continue;
    if (verb && (view.dep(t) == Dep::Amod || view.dep(t) == Dep::Compound || view.dep(t) == Dep::Case) && !view.misread_verb(t)) continue;
    // A compound ("peace talks deadlock") names the kind of its head, not an act.
    if (noun && (view.dep(t) == Dep::Compound || view.dep(t) == Dep::Flat)) continue;
    for (const uint32_t p : candidates) {
      const Pattern& pattern = frames_.patterns()[p];
      const bool pos_fits = pattern.pos == PatternPos::Verb ? verb : pattern.pos == PatternPos::Noun ? noun : adjective || (verb && view.child(t, Dep::Cop) != kNone<TokenId>);
      if (!pos_fits || !fits(view, t, pattern, probe)) continue;
      probe.head = t;
      probe.pattern = &pattern;
      probe.frame = &frames_.frame(pattern.frame);
      out.push_back(probe);
      break;
    }
  }
  // What a verb pattern took as its theme is no act of its own.
  for (Match& match : out) {
    if (match.pattern->pos == PatternPos::Noun) continue;
    for (Match& other : out) {
      if (other.pattern->pos != PatternPos::Noun) continue;
      if (other.head == match.theme && std::find(match.evidence.begin(), match.evidence.end(), match.theme) != match.evidence.end()) other.consumed = true;
    }
  }
}

void Matcher::follow(SentenceView& view, const Match& match, const Path& path, std::vector<TokenId>& out) const {
  const Args& args = view.args(match.head);
  const bool noun = match.pattern->pos == PatternPos::Noun;
  const auto take = [&](TokenId t) {
    if (t == match.head || (path.actor && !roles_.actor_like(view, t))) return;
    if (std::find(out.begin(), out.end(), t) == out.end()) out.push_back(t);
  };
  using Kind = Path::Kind;
  switch (path.kind) {
    case Kind::Subj:
      for (const TokenId t : args.subj) take(t);
      break;
    case Kind::Support:
      for (const TokenId t : args.surface) take(t);
      break;
    case Kind::Obj:
      for (const TokenId t : args.obj) {
        if (t != match.theme || !path.actor || match.evidence.empty() || std::find(match.evidence.begin(), match.evidence.end(), t) == match.evidence.end()) take(t);
      }
      break;
    case Kind::Iobj:
      for (const TokenId t : args.iobj) take(t);
      break;
    case Kind::Poss:
      for (const TokenId t : args.poss) take(t);
      if (!noun && match.theme != kNone<TokenId>) {
        for (const TokenId t : view.args(match.theme).poss) take(t);
      }
      break;
    case Kind::Mod: {
      const auto from = [&](TokenId head) {
        for (const TokenId t : view.args(head).mods) {
          if (roles_.mention_at(t) != nullptr || (view.upos(t) == Upos::Propn && roles_.actor_like(view, t))) take(t);
        }
      };
      if (noun) from(match.head);
      else if (match.theme != kNone<TokenId>) from(match.theme);
      break;
    }
    case Kind::Of: case Kind::Prep: {
      const WordId prep = path.kind == Kind::Of ? view.known().of : path.prep;
      for (const PrepArg& arg : args.preps) {
        if (arg.prep == prep) take(arg.token);
      }
      if (match.theme != kNone<TokenId> && view.nominal(match.theme)) {
        for (const TokenId c : view.children(match.theme)) {
          if (view.dep(c) == Dep::Nmod && view.case_of(c) == prep) take(c);
        }
      }
      break;
    }
    case Kind::Inf: case Kind::That: case Kind::Ger:
      for (const Comp& comp : args.comps) {
        if ((path.kind == Kind::Inf && comp.kind == CompKind::Inf) || (path.kind == Kind::That && comp.kind == CompKind::That) || (path.kind == Kind::Ger && comp.kind == CompKind::Ger)) take(comp.token);
      }
      break;
  }
}

}  // namespace readout::events
