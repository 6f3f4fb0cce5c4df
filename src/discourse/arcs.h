// Views of the syntax columns as trees: dependents of a token, and how far a subtree reaches.
// Buffers belong to the caller's Scratch and keep their capacity between documents.
#pragma once

#include <vector>

#include "readout/document.h"

namespace readout::discourse {

class Arcs {
 public:
  static constexpr uint32_t kNo = UINT32_MAX;

  /// O(n * depth) for n tokens.
  void read(const Document& doc);

  const Document& doc() const { return *doc_; }
  uint32_t size() const { return static_cast<uint32_t>(first_.size()); }
  /// Dependents in order: for (uint32_t c = first(t); c != kNo; c = next(c)).
  uint32_t first(uint32_t t) const { return first_[t]; }
  uint32_t next(uint32_t t) const { return next_[t]; }
  uint32_t head(uint32_t t) const { return index(syntax().head[t]); }
  bool root(uint32_t t) const { return head(t) == t; }
  Dep dep(uint32_t t) const { return syntax().dep[t]; }
  Upos upos(uint32_t t) const { return syntax().upos[t]; }
  std::string_view lemma(uint32_t t) const { return doc_->lemma(TokenId{t}); }
  std::string_view word(uint32_t t) const { return doc_->word(TokenId{t}); }
  std::string_view feats(uint32_t t) const { return doc_->str(syntax().feats[t]); }
  Span span(uint32_t t) const { return doc_->span(TokenId{t}); }
  Span span(uint32_t begin, uint32_t end) const { return {span(begin).begin, span(end - 1).end}; }
  bool word_is(uint32_t t, std::string_view lower) const;

  /// First and last token of the subtree of `t`.
  uint32_t left(uint32_t t) const { return left_[t]; }
  uint32_t right(uint32_t t) const { return right_[t]; }
  bool under(uint32_t t, uint32_t ancestor) const;
  /// First dependent with this relation, kNo if none.
  uint32_t child(uint32_t t, Dep dep) const;
  uint32_t sentence_begin(uint32_t t) const { return index(sentence(t).begin); }
  uint32_t sentence_end(uint32_t t) const { return index(sentence(t).end); }

 private:
  const SyntaxLayer& syntax() const { return *doc_->syntax(); }
  TokenRange sentence(uint32_t t) const { return doc_->sentence_tokens(doc_->tokens()->sentence[t]); }

  const Document* doc_ = nullptr;
  std::vector<uint32_t> first_, next_, left_, right_;
};

}  // namespace readout::discourse
