// Each repair looks for one shape that no right tree has: a conjunct below a part of a name, a noun
// coordinated with a verb, a noun as root with a finite verb behind it. The repairs run in the order
// of the text; a tree stays a tree because a token only ever moves below a token outside its own
// subtree, which `below` checks.
#include "events/arc_repair.h"

namespace readout::events {
namespace {

class Repair {
 public:
  Repair(const Document& doc, TokenRange range, Arcs& arcs) : doc_(doc), begin_(index(range.begin)), end_(index(range.end)), arcs_(arcs) {}

  void run() {
    for (uint32_t t = begin_; t < end_; ++t) name_conjunct(t);
    for (uint32_t t = begin_; t < end_; ++t) noun_beside_verb(t);
    for (uint32_t t = begin_; t < end_; ++t) listed_subject(t);
    for (uint32_t t = begin_; t < end_; ++t) active_subject(t);
    noun_root();
    verb_behind_relative();
  }

 private:
  uint32_t head(uint32_t t) const { return index(arcs_.head[t - begin_]); }
  Dep dep(uint32_t t) const { return arcs_.dep[t - begin_]; }
  Upos upos(uint32_t t) const { return doc_.syntax()->upos[t]; }
  bool is_root(uint32_t t) const { return head(t) == t; }
  bool nominal(uint32_t t) const { return upos(t) == Upos::Noun || upos(t) == Upos::Propn || upos(t) == Upos::Pron || upos(t) == Upos::Num; }
  std::string_view word(uint32_t t) const { return doc_.word(TokenId{t}); }
  bool has_feat(uint32_t t, std::string_view feat) const { return doc_.str(doc_.syntax()->feats[t]).find(feat) != std::string_view::npos; }
  bool headline() const { return end_ > begin_ && word(end_ - 1) != "."; }

  void set(uint32_t t, uint32_t to, Dep relation) {
    arcs_.head[t - begin_] = TokenId{to};
    arcs_.dep[t - begin_] = relation;
  }
  bool below(uint32_t t, uint32_t top) const {
    for (uint32_t depth = 0; depth <= end_ - begin_; ++depth) {
      if (t == top) return true;
      if (is_root(t)) return false;
      t = head(t);
    }
    return true;  // a ring: leave it alone
  }
  bool has_child(uint32_t t, Dep relation) const {
    for (uint32_t c = begin_; c < end_; ++c) {
      if (c != t && head(c) == t && base(dep(c)) == relation) return true;
    }
    return false;
  }
  uint32_t last_below(uint32_t top) const {
    uint32_t last = top;
    for (uint32_t t = top + 1; t < end_; ++t) {
      if (below(t, top)) last = t;
    }
    return last;
  }

  /// A conjunct hangs on the head of a name, not on its first name.
  void name_conjunct(uint32_t t) {
    if (dep(t) != Dep::Conj || !nominal(t)) return;
    uint32_t top = head(t);
    while (!is_root(top) && upos(top) != Upos::Verb && (dep(top) == Dep::Flat || (dep(top) == Dep::Compound && upos(top) == Upos::Propn && head(top) > top && head(top) < t))) top = head(top);
    if (top != head(t) && !below(top, t)) set(t, top, Dep::Conj);
  }

  /// "seized Aung San Suu Kyi and Win Myint": the second name belongs to the first, not to the verb.
  void noun_beside_verb(uint32_t t) {
    if (dep(t) != Dep::Conj || (upos(t) != Upos::Propn && upos(t) != Upos::Noun)) return;
    const uint32_t verb = head(t);
    if (upos(verb) != Upos::Verb || verb > t) return;
    if (has_child(t, Dep::Cop) || has_child(t, Dep::Nsubj) || has_child(t, Dep::Aux) || has_child(t, Dep::Case)) return;
    uint32_t best = end_;
    for (uint32_t c = verb + 1; c < t; ++c) {
      if (head(c) != verb || upos(c) != upos(t)) continue;
      const Dep relation = base(dep(c));
      if (relation == Dep::Obj || relation == Dep::Iobj || relation == Dep::Obl) best = c;
    }
    if (best == end_) return;
    // Nothing but the phrase itself, a comma or "and" may stand between.
    uint32_t first = t;
    while (first > begin_ && below(first - 1, t)) --first;
    const uint32_t last = last_below(best);
    if (first > last && first - last <= 2 && !below(best, t)) set(t, best, Dep::Conj);
  }

  /// "Reagan, Gorbachev confer": whoever stands before the subject and a comma is a subject, too.
  void listed_subject(uint32_t t) {
    if (base(dep(t)) != Dep::Nsubj || upos(t) != Upos::Propn || upos(head(t)) != Upos::Verb || !has_feat(head(t), "Number=Plur")) return;
    uint32_t first = t;
    while (first > begin_ && below(first - 1, t)) --first;
    if (first < begin_ + 2 || (word(first - 1) != ",")) return;
    for (uint32_t c = begin_; c + 1 < first; ++c) {
      if (head(c) != head(t) || upos(c) != Upos::Propn || last_below(c) + 2 < first) continue;
      if (dep(c) == Dep::Vocative || dep(c) == Dep::Dislocated || dep(c) == Dep::Parataxis || dep(c) == Dep::OblUnmarked) set(c, t, Dep::Conj);
    }
  }

  /// A subject of a verb without auxiliary is passive only in a headline.
  void active_subject(uint32_t t) {
    if (dep(t) != Dep::NsubjPass || headline()) return;
    const uint32_t verb = head(t);
    if (upos(verb) != Upos::Verb || t > verb || dep(verb) == Dep::Conj) return;
    for (uint32_t c = begin_; c < end_; ++c) {
      if (head(c) != verb || c == verb) continue;
      if (dep(c) == Dep::AuxPass || dep(c) == Dep::Aux || dep(c) == Dep::OblAgent) return;
      if (dep(c) == Dep::Obl && c > verb) {
        for (uint32_t d = verb; d < c; ++d) {
          if (head(d) == c && dep(d) == Dep::Case && word(d) == "by") return;
        }
      }
    }
    set(t, verb, Dep::Nsubj);
  }

  uint32_t root() const {
    for (uint32_t t = begin_; t < end_; ++t) {
      if (is_root(t)) return t;
    }
    return begin_;
  }

  void make_root(uint32_t verb, uint32_t old) {
    set(verb, verb, Dep::Root);
    set(old, verb, Dep::Nsubj);
    for (uint32_t c = verb + 1; c < end_; ++c) {
      if (head(c) == old && c != old) arcs_.head[c - begin_] = TokenId{verb};
    }
  }

  /// "Rebels attack convoy" with "Rebels" as root and the verb beside it.
  void noun_root() {
    const uint32_t noun = root();
    if (!nominal(noun) || has_child(noun, Dep::Cop) || has_child(noun, Dep::Nsubj) || has_child(noun, Dep::Case)) return;
    for (uint32_t v = noun + 1; v < end_; ++v) {
      if (head(v) != noun || upos(v) != Upos::Verb) continue;
      // "Gunmen fired on a bus.": a whole sentence, not a noun with a participle.
      const bool participle = dep(v) == Dep::Acl && !headline() && has_feat(v, "Tense=Past") && v == noun + 1;
      if (dep(v) != Dep::Parataxis && !participle) continue;
      if (has_child(v, Dep::Nsubj) || has_child(v, Dep::Mark) || (participle && has_child(v, Dep::Aux))) return;
      for (uint32_t c = v + 1; c < end_ && participle; ++c) {
        if (head(c) == v && dep(c) == Dep::OblAgent) return;
      }
      for (uint32_t between = noun + 1; between < v; ++between) {
        if (!below(between, noun)) return;
        if (word(between) == ":" || word(between) == ";" || word(between) == "-") return;
      }
      return make_root(v, noun);
    }
  }

  /// "Fighters who broke the fence murdered families": with the noun as root the verb of the sentence
  /// was taken for an adjective of its object.
  void verb_behind_relative() {
    const uint32_t noun = root();
    if (!nominal(noun)) return;
    uint32_t relative = end_;
    for (uint32_t c = noun + 1; c < end_; ++c) {
      if (head(c) == noun && dep(c) == Dep::AclRelcl && upos(c) == Upos::Verb) {
        relative = c;
        break;
      }
    }
    if (relative == end_) return;
    for (uint32_t v = relative + 1; v < end_; ++v) {
      if (upos(v) != Upos::Verb || dep(v) != Dep::Amod) continue;
      const uint32_t object = head(v);
      if (object < v || !below(object, relative) || !has_feat(v, "Tense=Past")) continue;
      if (v > begin_ && (upos(v - 1) == Upos::Det || upos(v - 1) == Upos::Adp || upos(v - 1) == Upos::Adj)) continue;
      for (uint32_t c = object + 1; c < end_; ++c) {
        if (dep(c) == Dep::Conj && head(c) == relative && upos(c) == Upos::Verb) arcs_.head[c - begin_] = TokenId{v};
      }
      set(object, v, Dep::Obj);
      make_root(v, noun);
      return;
    }
  }

  const Document& doc_;
  uint32_t begin_, end_;
  Arcs& arcs_;
};

}  // namespace

void read_arcs(const Document& doc, TokenRange range, Arcs& out) {
  const SyntaxLayer& syntax = *doc.syntax();
  const uint32_t begin = index(range.begin), end = index(range.end);
  out.head.assign(syntax.head.begin() + begin, syntax.head.begin() + end);
  out.dep.assign(syntax.dep.begin() + begin, syntax.dep.begin() + end);
  if (begin < end) Repair(doc, range, out).run();
}

}  // namespace readout::events
