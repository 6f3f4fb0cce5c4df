// Each repair looks for one shape that no right tree has: a conjunct below a part of a name, a noun
// coordinated with a verb, a noun as root with a finite verb behind it. The repairs run in the order
// of the text; a tree stays a tree because a token only ever moves below a token outside its own
// subtree, which `below` checks.
#include "events/arc_repair.h"

#include <algorithm>

#include "core/utf8.h"

namespace readout::events {
namespace {

class Repair {
 public:
  Repair(const Document& doc, TokenRange range, const std::function<bool(std::string_view)>& acts, Arcs& arcs)
      : doc_(doc), begin_(index(range.begin)), end_(index(range.end)), acts_(acts), arcs_(arcs) {}

  void run() {
    for (uint32_t t = begin_ + 1; t < end_; ++t) postposed_adjective(t);
    for (uint32_t t = begin_; t < end_; ++t) name_conjunct(t);
    for (uint32_t t = begin_; t < end_; ++t) noun_beside_verb(t);
    for (uint32_t t = begin_; t < end_; ++t) listed_subject(t);
    for (uint32_t t = begin_; t < end_; ++t) active_subject(t);
    verb_behind_relative();
    noun_root();
    headline_verb();
    for (uint32_t t = begin_; t < end_; ++t) participle(t);
  }

 private:
  uint32_t head(uint32_t t) const { return index(arcs_.head[t - begin_]); }
  Dep dep(uint32_t t) const { return arcs_.dep[t - begin_]; }
  Upos upos(uint32_t t) const { return arcs_.upos[t - begin_]; }
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

  bool acts(uint32_t t) const { return acts_(utf8::lower(word(t))); }
  void make_verb(uint32_t t) {
    arcs_.upos[t - begin_] = Upos::Verb;
    arcs_.verbs.push_back(TokenId{t});
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

  // "the attorney general": the office is the noun, "general" its adjective, whatever the parser made of the two.
  void postposed_adjective(uint32_t t) {
    const std::string_view lemma = doc_.lemma(TokenId{t});
    if (lemma != "general" && lemma != "General") return;
    static constexpr std::string_view kOffices[] = {"attorney", "solicitor", "prosecutor", "advocate", "inspector", "director", "secretary",
                                                    "governor", "consul", "auditor", "comptroller", "commissioner", "surgeon", "postmaster"};
    const uint32_t noun = t - 1;
    std::string before(word(noun));
    for (char& c : before) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (std::find(std::begin(kOffices), std::end(kOffices), before) == std::end(kOffices)) return;
    if (head(noun) == t) {
      const bool root = is_root(t);
      const uint32_t up = head(t);
      const Dep relation = dep(t);
      for (uint32_t c = begin_; c < end_; ++c) {
        if (c != noun && c != t && head(c) == t) arcs_.head[c - begin_] = TokenId{noun};
      }
      set(noun, root ? noun : up, relation);
    } else if (head(t) != head(noun) && head(t) != noun) {
      return;
    }
    set(t, noun, Dep::Amod);
    arcs_.upos[t - begin_] = Upos::Adj;
  }

  void make_root(uint32_t verb, uint32_t old) {
    set(verb, verb, Dep::Root);
    set(old, verb, Dep::Nsubj);
    for (uint32_t c = verb + 1; c < end_; ++c) {
      if (head(c) == old && c != old) arcs_.head[c - begin_] = TokenId{verb};
    }
  }

  /// "Rebels attack convoy", "Raiders massacred villagers." with the noun as root and the verb below it.
  void noun_root() {
    const uint32_t noun = root();
    if (!nominal(noun) || has_child(noun, Dep::Cop) || has_child(noun, Dep::Nsubj) || has_child(noun, Dep::Case)) return;
    for (uint32_t v = noun + 1; v < end_; ++v) {
      if (word(v) == ":" || word(v) == ";" || word(v) == "," || word(v) == "-" || dep(v) == Dep::AclRelcl) return;
      if (upos(v) != Upos::Verb) continue;
      const bool past = has_feat(v, "Tense=Past") || has_feat(v, "VerbForm=Fin");
      const uint32_t over = head(v);
      if (dep(v) == Dep::Parataxis && over == noun) {
        if (has_child(v, Dep::Nsubj) || has_child(v, Dep::Mark)) return;
        return make_root(v, noun);
      }
      if (headline() || !past || has_child(v, Dep::Nsubj) || has_child(v, Dep::Mark) || has_child(v, Dep::Aux)) return;
      // "Gunmen fired on a bus.": a whole sentence, not a noun with a participle.
      if (dep(v) == Dep::Acl && over == noun) {
        if (v != noun + 1) return;
        for (uint32_t c = v + 1; c < end_; ++c) {
          if (head(c) == v && (dep(c) == Dep::OblAgent || (dep(c) == Dep::Obl && c > v + 1 && word(v + 1) == "by"))) return;
        }
        return make_root(v, noun);
      }
      if (dep(v) != Dep::Amod) return;
      if (over == noun) return make_root(v, noun);
      // "King and Pope voiced alarm": the verb as an adjective of its object.
      if (over > v && below(over, noun) && upos(v - 1) != Upos::Det && upos(v - 1) != Upos::Adp && upos(v - 1) != Upos::Adj && upos(v - 1) != Upos::Num) {
        set(over, noun, Dep::Obj);
        make_root(v, noun);
        set(over, v, Dep::Obj);
      }
      return;
    }
  }

  /// "Rebels hand last rifles to monitors": the verb of a headline taken for a noun.
  void headline_verb() {
    const uint32_t verb = root();
    if (!headline() || upos(verb) != Upos::Noun || verb == begin_ || verb + 1 >= end_) return;
    if (has_child(verb, Dep::Cop) || has_child(verb, Dep::Nsubj) || has_child(verb, Dep::Det) || has_child(verb, Dep::Case) || has_child(verb, Dep::Amod)) return;
    const uint32_t subject = verb - 1;
    const bool plural = has_feat(subject, "Number=Plur");
    const bool third = word(verb).ends_with('s');
    if (head(subject) != verb || dep(subject) != Dep::Compound || plural == third || !acts(verb)) return;
    for (uint32_t c = verb + 1; c < end_; ++c) {
      if (head(c) != verb || !nominal(c) || (dep(c) != Dep::NmodUnmarked && dep(c) != Dep::Obj && dep(c) != Dep::Appos && dep(c) != Dep::Dep)) continue;
      make_verb(verb);
      set(subject, verb, Dep::Nsubj);
      set(c, verb, Dep::Obj);
      for (uint32_t other = begin_; other < subject; ++other) {
        if (head(other) == verb && other != verb) arcs_.head[other - begin_] = TokenId{subject};
      }
      return;
    }
  }

  /// "were slain by bombers": an adjective with an agent is a passive; "satisfied one of the demands": with an object, a verb.
  void participle(uint32_t t) {
    if (upos(t) != Upos::Adj || !acts(t)) return;
    uint32_t copula = end_, subject = end_, behind = end_;
    bool agent = false;
    for (uint32_t c = begin_; c < end_; ++c) {
      if (c == t || head(c) != t) continue;
      if (dep(c) == Dep::Cop) copula = c;
      if (dep(c) == Dep::Nsubj) (c < t ? subject : behind) = c;
      if (dep(c) == Dep::OblAgent) agent = true;
    }
    if (copula != end_ && agent) {
      make_verb(t);
      arcs_.dep[copula - begin_] = Dep::AuxPass;
      if (subject != end_) arcs_.dep[subject - begin_] = Dep::NsubjPass;
    } else if (copula == end_ && subject != end_ && behind != end_ && is_root(t) && word(t).ends_with("ed")) {
      make_verb(t);
      arcs_.dep[behind - begin_] = Dep::Obj;
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
  const std::function<bool(std::string_view)>& acts_;
  Arcs& arcs_;
};

}  // namespace

void read_arcs(const Document& doc, TokenRange range, const std::function<bool(std::string_view)>& acts, Arcs& out) {
  const SyntaxLayer& syntax = *doc.syntax();
  const uint32_t begin = index(range.begin), end = index(range.end);
  out.head.assign(syntax.head.begin() + begin, syntax.head.begin() + end);
  out.dep.assign(syntax.dep.begin() + begin, syntax.dep.begin() + end);
  out.upos.assign(syntax.upos.begin() + begin, syntax.upos.begin() + end);
  out.verbs.clear();
  if (begin < end) Repair(doc, range, acts, out).run();
}

}  // namespace readout::events
