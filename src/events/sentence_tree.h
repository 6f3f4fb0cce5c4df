// One sentence as a tree: children of each token in order, and the stretch of text below a token.
// Reused from sentence to sentence; views into one Document.
#pragma once

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "readout/document.h"

namespace readout::events {

class SentenceTree {
 public:
  void build(const Document& doc, SentenceId sentence) {
    doc_ = &doc;
    const TokenRange range = doc.sentence_tokens(sentence);
    begin_ = index(range.begin);
    end_ = index(range.end);
    const size_t n = end_ - begin_;
    first_.assign(n + 1, 0);
    list_.assign(n, 0);
    root_ = begin_;
    for (size_t t = begin_; t < end_; ++t) {
      const size_t h = index(doc.syntax()->head[t]);
      if (h == t) {
        root_ = t;
      } else {
        ++first_[h - begin_ + 1];
      }
    }
    for (size_t i = 1; i <= n; ++i) first_[i] += first_[i - 1];
    std::vector<uint32_t>& at = fill_;
    at.assign(first_.begin(), first_.end());
    for (size_t t = begin_; t < end_; ++t) {
      const size_t h = index(doc.syntax()->head[t]);
      if (h != t) list_[at[h - begin_]++] = static_cast<uint32_t>(t);
    }
  }

  size_t begin() const { return begin_; }
  size_t end() const { return end_; }
  size_t root() const { return root_; }

  struct Children {
    const uint32_t* from;
    const uint32_t* to;
    const uint32_t* begin() const { return from; }
    const uint32_t* end() const { return to; }
  };
  Children children(size_t t) const {
    return {list_.data() + first_[t - begin_], list_.data() + first_[t - begin_ + 1]};
  }

  Dep dep(size_t t) const { return doc_->syntax()->dep[t]; }
  Upos upos(size_t t) const { return doc_->syntax()->upos[t]; }
  size_t head(size_t t) const { return index(doc_->syntax()->head[t]); }
  bool is_root(size_t t) const { return head(t) == t; }
  std::string_view lemma(size_t t) const { return doc_->lemma(static_cast<TokenId>(t)); }
  std::string_view word(size_t t) const { return doc_->word(static_cast<TokenId>(t)); }
  bool feat(size_t t, std::string_view feat) const {
    return doc_->str(doc_->syntax()->feats[t]).find(feat) != std::string_view::npos;
  }

  static constexpr size_t kNo = SIZE_MAX;
  /// First child with that relation, subtypes apart; kNo if none.
  size_t child(size_t t, Dep relation) const {
    for (const uint32_t c : children(t)) {
      if (dep(c) == relation) return c;
    }
    return kNo;
  }
  /// First child whose relation without subtype it is.
  size_t child_base(size_t t, Dep relation) const {
    for (const uint32_t c : children(t)) {
      if (base(dep(c)) == relation) return c;
    }
    return kNo;
  }
  bool below(size_t t, size_t top) const {
    for (size_t steps = 0; steps < end_ - begin_; ++steps) {
      if (t == top) return true;
      if (is_root(t)) return false;
      t = head(t);
    }
    return false;
  }
  /// First and last token (inclusive) of the subtree of `t`, without the subtrees that `leave`
  /// refuses.
  template <class Leave>
  std::pair<size_t, size_t> extent(size_t t, Leave&& leave) const {
    size_t lo = t, hi = t;
    std::vector<uint32_t> stack(1,
                                static_cast<uint32_t>(t));  // its own: `leave` may ask for extents
    while (!stack.empty()) {
      const size_t top = stack.back();
      stack.pop_back();
      lo = std::min(lo, top);
      hi = std::max(hi, top);
      for (const uint32_t c : children(top)) {
        if (!leave(c)) stack.push_back(c);
      }
    }
    return {lo, hi};
  }

 private:
  const Document* doc_ = nullptr;
  size_t begin_ = 0, end_ = 0, root_ = 0;
  std::vector<uint32_t> first_, list_, fill_;
};

}  // namespace readout::events
