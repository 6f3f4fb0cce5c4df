// A sentence as predicates see it: who is subject, object, "to whom", "against whom" of a verb, a
// noun or an adjective, whatever the wording (passive, relative clause, participle, infinitive
// under another verb, coordination, support verb).
//
//   "Three activists were arrested and beaten by the police."
//   args(beaten): obj = activists, subj = police, passive
//
// Views into one Document; one object a thread, reused from sentence to sentence.
#pragma once

#include <string_view>
#include <vector>

#include "events/arc_repair.h"
#include "events/frames.h"
#include "readout/document.h"

namespace readout::events {

struct PrepArg {
  WordId prep = kNoWord;
  TokenId token{};
};

enum class CompKind : uint8_t { Inf, That, Ger };

struct Comp {
  CompKind kind = CompKind::Inf;
  WordId mark = kNoWord;   // "of" in "accused of shelling"
  TokenId token{};
};

/// The arguments of one predicate. Lists hold heads of phrases; coordination is not yet expanded.
struct Args {
  bool passive = false;
  bool imperative = false;
  std::vector<TokenId> subj;      // who acts
  std::vector<TokenId> surface;   // the grammatical subject, who may undergo
  std::vector<TokenId> obj, iobj;
  std::vector<PrepArg> preps;     // of the predicate and of its support verb
  std::vector<TokenId> particles;
  std::vector<Comp> comps;
  std::vector<TokenId> poss, mods;     // of a noun: "Iraq's", "Iraqi"
  TokenId support = kNone<TokenId>;    // light verb that carries a noun
  const Support* support_kind = nullptr;
};

/// One document: the word of the lexicon that each token is a form of. The lemma decides; where the
/// parser's lemma is no word that is asked for, the form does.
class WordColumn {
 public:
  void build(const Document& doc, const FrameSet& frames);
  WordId operator[](TokenId t) const { return words_[index(t)]; }

 private:
  std::vector<WordId> words_;
  std::vector<WordId> of_sym_;
};

class SentenceView {
 public:
  /// Words that the code itself asks for, looked up once.
  struct Known {
    explicit Known(const Lexicon& lexicon);
    WordId to, by, of, that, who, which, whom, whose, not_, never, no, neither, if_, unless, whether, will, would, be, have, after, before, without, about;
    SetId rel, object_control_mark, person_like, naming, particle;
  };

  void begin(const Document& doc, const FrameSet& frames, const WordColumn& words, const Known& known, SentenceId sentence);

  TokenRange range() const { return range_; }
  Dep dep(TokenId t) const { return arcs_.dep[index(t) - index(range_.begin)]; }
  Upos upos(TokenId t) const { return arcs_.upos[index(t) - index(range_.begin)]; }
  TokenId head(TokenId t) const { return arcs_.head[index(t) - index(range_.begin)]; }
  WordId word(TokenId t) const {
    for (const auto& [token, verb] : retagged_) {
      if (token == t) return verb;
    }
    return (*words_)[t];
  }
  bool is_root(TokenId t) const { return head(t) == t; }
  std::string_view feats(TokenId t) const { return doc_->str(doc_->syntax()->feats[index(t)]); }
  bool has_feat(TokenId t, std::string_view feat) const { return feats(t).find(feat) != std::string_view::npos; }
  const std::vector<TokenId>& children(TokenId t) const { return children_[index(t) - index(range_.begin)]; }
  TokenId child(TokenId t, Dep dep) const;      // first child with that relation (subtypes apart), kNone
  TokenId child_base(TokenId t, Dep dep) const; // first child whose base relation it is
  /// Preposition of a nominal: "out_of" joined where it is a fixed phrase.
  WordId case_of(TokenId t) const;
  WordId mark_of(TokenId t) const;
  /// Arguments of a predicate; computed once.
  const Args& args(TokenId t);
  /// `t` and what is coordinated with it.
  void conjuncts(TokenId t, std::vector<TokenId>& out) const;
  /// True if `t` lies in the subtree of `top`.
  bool below(TokenId t, TokenId top) const;
  /// The tokens of the phrase of `t` without clauses and appositions that hang on it.
  void phrase(TokenId t, std::vector<TokenId>& out) const;
  /// The span from the first to the last token of the phrase of `t`, without determiner.
  Span phrase_span(TokenId t) const;
  bool nominal(TokenId t) const;
  /// A verb, also one that the tagger took for a noun though it has subject and object ("Brussels thanks Ankara").
  bool verbal(TokenId t) const { return upos(t) == Upos::Verb || noun_for_verb(t); }
  /// A finite verb that the parser hung on its object ("Peru severed | ties"): verb of the sentence.
  bool misread_verb(TokenId t) const { return stranded_verb(t); }
  const Document& doc() const { return *doc_; }
  const FrameSet& frames() const { return *frames_; }
  const Known& known() const { return *known_; }

 private:
  void verb_args(TokenId t, Args& args);
  void noun_args(TokenId t, Args& args);
  void inherit_subject(TokenId t, Args& args);
  bool stranded_verb(TokenId t) const;
  bool noun_for_verb(TokenId t) const;
  TokenId resolve_relative(TokenId t) const;

  const Document* doc_ = nullptr;
  const FrameSet* frames_ = nullptr;
  const WordColumn* words_ = nullptr;
  const Known* known_ = nullptr;
  TokenRange range_{};
  Arcs arcs_;
  std::vector<std::pair<TokenId, WordId>> retagged_;  // verbs that the tagger did not take for such
  std::vector<std::vector<TokenId>> children_;
  std::vector<Args> pool_;
  std::vector<int32_t> args_of_;
  size_t used_ = 0;
};

}  // namespace readout::events
