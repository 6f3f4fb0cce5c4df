// From the clause upwards: own auxiliaries and adverbs, then the governor of the clause, then its
// governor, until something is reached that says nothing of the standing (or a verb of saying).
#include "events/modality.h"

namespace readout::events {
namespace {

struct Gathered {
  bool future = false, conditional = false, hoped = false, ongoing = false, habitual = false, would = false;
  bool negative = false, wish = false, offered = false;
};

void apply(std::string_view effect, TokenId token, Gathered& g, StatusReading& out) {
  if (effect == "future") g.future = true;
  else if (effect == "hope") g.hoped = true;
  else if (effect == "conditional") g.conditional = true;
  else if (effect == "fail" || effect == "deny") g.negative = !g.negative;
  else if (effect == "ongoing") g.ongoing = true;
  else if (effect == "habit") g.habitual = true;
  else if (effect == "alleged") out.alleged = true;
  else if (effect == "obligation") out.obligation = true;
  else if (effect == "ready") g.offered = true;
  else if (effect == "end" || effect == "cancel" || effect == "begin") out.op = effect;
  else return;
  out.cues.push_back({token, effect});
}

/// "should they attack", "were he expelled": a condition without "if".
bool inverted(const SentenceView& view, TokenId clause) {
  const TokenId subject = view.child_base(clause, Dep::Nsubj);
  const TokenId aux = view.child_base(clause, Dep::Aux);
  if (subject == kNone<TokenId> || aux == kNone<TokenId> || !(aux < subject) || view.mark_of(clause) != kNoWord) return false;
  const std::string_view form = view.doc().word(aux);
  return form == "should" || form == "Should" || form == "were" || form == "Were" || form == "had" || form == "Had";
}

/// Auxiliaries, negation, marks and adverbs of one clause.
void own_cues(SentenceView& view, TokenId v, Gathered& g, StatusReading& out) {
  const auto& known = view.known();
  const FrameSet& frames = view.frames();
  bool progressive_aux = false;
  for (const TokenId c : view.children(v)) {
    const WordId w = view.word(c);
    switch (view.dep(c)) {
      case Dep::Aux: case Dep::AuxPass: case Dep::Cop: {
        // "Theresa May blamed ...": a name, not a modal verb.
        if (c > view.range().begin && view.doc().word(c) == "May") break;
        if (const Governor* governor = frames.governor(w, PatternPos::Verb)) {
          if (w == known.would) g.would = true;
          apply(governor->effect, c, g, out);
        }
        if (w == known.be && view.dep(c) == Dep::Aux) progressive_aux = true;
        break;
      }
      case Dep::Advmod: case Dep::Discourse:
        if (w == known.not_ || w == known.never) {
          g.negative = !g.negative;
          out.cues.push_back({c, "negation"});
        } else if (const Governor* governor = frames.governor(w, PatternPos::Adj)) {
          apply(governor->effect, c, g, out);
        }
        break;
      case Dep::Mark:
        if (w == known.if_ || w == known.unless || w == known.whether) apply("conditional", c, g, out);
        if (w == known.without) {
          g.negative = !g.negative;
          out.cues.push_back({c, "negation"});
        }
        break;
      case Dep::Advcl:
        if (view.mark_of(c) == known.if_ || view.mark_of(c) == known.unless || inverted(view, c)) {
          apply("conditional", c, g, out);
          out.if_clause = true;
        }
        break;
      case Dep::Nsubj: case Dep::NsubjPass: case Dep::Obj: {
        const TokenId det = view.child(c, Dep::Det);
        if (det != kNone<TokenId> && (view.word(det) == known.no || view.word(det) == known.neither)) {
          g.negative = !g.negative;
          out.cues.push_back({det, "negation"});
        } else {
          for (const TokenId m : view.children(c)) {
            if (m < c && view.word(m) == known.not_) {
              g.negative = !g.negative;
              out.cues.push_back({m, "negation"});
            }
          }
        }
        if (const std::string_view word = view.doc().lemma(c); word == "nobody" || word == "none" || word == "nothing") {
          g.negative = !g.negative;
          out.cues.push_back({c, "negation"});
        }
        break;
      }
      case Dep::Det:
        if (w == known.no && view.nominal(v)) {
          g.negative = !g.negative;
          out.cues.push_back({c, "negation"});
        }
        break;
      case Dep::Amod:
        if (const Governor* governor = frames.governor(w, PatternPos::Adj)) apply(governor->effect, c, g, out);
        break;
      case Dep::Obl: case Dep::OblUnmarked: {
        // "every Monday", "each week"
        const TokenId det = view.child(c, Dep::Det);
        if (det != kNone<TokenId>) {
          const std::string_view word = view.doc().lemma(det);
          if (word == "every" || word == "each") apply("habit", det, g, out);
        }
        break;
      }
      default: break;
    }
  }
  if (progressive_aux && view.has_feat(v, "VerbForm=Ger")) apply("ongoing", v, g, out);
  if (progressive_aux && view.has_feat(v, "VerbForm=Part") && view.has_feat(v, "Tense=Pres")) apply("ongoing", v, g, out);
  if (progressive_aux && view.has_feat(v, "VerbForm=Inf")) apply("future", v, g, out);  // "are to dock"
}

}  // namespace

void read_status(SentenceView& view, TokenId head, TokenId stop, StatusReading& out) {
  out.status = Status::Happened;
  out.negative = out.refusable = out.future = out.obligation = out.alleged = out.question = out.governed_by_say = false;
  out.op = {};
  out.if_clause = false;
  out.say = kNone<TokenId>;
  out.cues.clear();
  Gathered g;
  const auto& known = view.known();
  const FrameSet& frames = view.frames();
  TokenId v = head;
  bool copular = view.child(v, Dep::Cop) != kNone<TokenId>;
  if (view.nominal(v) && !copular) {
    own_cues(view, v, g, out);  // "no talks", "planned visit"
    const Args& noun = view.args(v);
    if (noun.support != kNone<TokenId>) {
      apply(noun.support_kind->effect, noun.support, g, out);
      v = noun.support;
      own_cues(view, v, g, out);
    }
  } else {
    own_cues(view, v, g, out);
  }
  bool unable = false;
  for (int depth = 0; depth < 10; ++depth) {
    const TokenId h = view.head(v);
    if (h == v || h == stop) break;
    const Dep relation = base(view.dep(v));
    if (relation == Dep::Conj) {
      // A later conjunct shares auxiliaries only if it has none of its own and no subject.
      const bool verbal = view.upos(v) == Upos::Verb && view.upos(h) == Upos::Verb;
      if (verbal && view.child_base(v, Dep::Aux) == kNone<TokenId> && view.child_base(v, Dep::Nsubj) == kNone<TokenId>) {
        const bool finite_past = view.has_feat(v, "VerbForm=Fin") && view.child_base(h, Dep::Aux) != kNone<TokenId>;
        if (!finite_past) {
          for (const TokenId c : view.children(h)) {
            if (view.dep(c) != Dep::Aux) continue;
            if (const Governor* governor = frames.governor(view.word(c), PatternPos::Verb)) {
              if (view.word(c) == known.would) g.would = true;
              apply(governor->effect, c, g, out);
            }
            if (view.word(c) == known.be && view.has_feat(v, "VerbForm=Ger")) apply("ongoing", c, g, out);
          }
        }
        v = h;
        continue;
      }
      if (!verbal && view.nominal(v)) {
        v = h;
        continue;
      }
      break;
    }
    const PatternPos pos = view.upos(h) == Upos::Adj ? PatternPos::Adj : view.nominal(h) ? PatternPos::Noun : PatternPos::Verb;
    const Governor* governor = frames.governor(view.word(h), pos);
    const bool clausal = relation == Dep::Xcomp || relation == Dep::Ccomp || relation == Dep::Acl || (relation == Dep::Advcl && view.mark_of(v) == known.to) ||
                         (relation == Dep::Advcl && governor != nullptr) || relation == Dep::Csubj;
    const bool argument = relation == Dep::Obj || relation == Dep::Nsubj || relation == Dep::Obl || relation == Dep::Nmod;
    if (relation == Dep::Acl && view.dep(v) == Dep::AclRelcl) break;
    if (clausal || (argument && governor != nullptr && view.nominal(v))) {
      if (governor != nullptr && governor->effect == "say") {
        out.governed_by_say = true;
        out.say = h;
        break;
      }
      if (governor != nullptr) {
        apply(governor->effect, h, g, out);
      } else if (relation == Dep::Ccomp || relation == Dep::Csubj || argument) {
        break;
      }
      if (relation != Dep::Advcl || governor != nullptr) {
        own_cues(view, h, g, out);
      } else {
        // "will travel to discuss": the aim lies as far ahead as the act.
        for (const TokenId c : view.children(h)) {
          const Governor* aux = view.dep(c) == Dep::Aux ? frames.governor(view.word(c), PatternPos::Verb) : nullptr;
          if (aux != nullptr && (aux->effect == "future" || aux->effect == "conditional")) apply(aux->effect, c, g, out);
        }
      }
      if (view.doc().lemma(h) == "able") unable = true;
      v = h;
      continue;
    }
    break;
  }
  // "would" in reported speech is the future of then; elsewhere a condition.
  if (g.would) {
    if (out.governed_by_say || view.dep(v) == Dep::Ccomp || view.dep(v) == Dep::Parataxis) {
      g.future = true;
      g.conditional = false;
    } else {
      bool parenthetical = false;
      for (const TokenId c : view.children(v)) parenthetical = parenthetical || view.dep(c) == Dep::Parataxis;
      if (parenthetical) {
        g.future = true;
        g.conditional = false;
      }
    }
  }
  const TokenRange range = view.range();
  if (!range.empty() && view.doc().word(TokenId{index(range.end) - 1}) == "?") out.question = true;
  out.negative = g.negative;
  out.refusable = (g.future || g.would) && !g.hoped && !unable;
  out.future = g.future || g.conditional || g.hoped || g.offered || out.obligation;
  if (g.negative) out.status = Status::Denied;
  else if (out.question) out.status = Status::Conditional;
  else if (g.conditional) out.status = Status::Conditional;
  else if (g.hoped) out.status = Status::Hoped;
  else if (g.offered) out.status = Status::Offered;
  else if (g.future) out.status = Status::Planned;
  else if (out.alleged) out.status = Status::Alleged;
  else if (g.habitual) out.status = Status::Habitual;
  else if (g.ongoing) out.status = Status::Ongoing;
}

}  // namespace readout::events
