#include "discourse/arcs.h"

#include "discourse/scan.h"

namespace readout::discourse {

void Arcs::read(const Document& doc) {
  doc_ = &doc;
  const uint32_t n = doc.tokens()->size();
  first_.assign(n, kNo);
  next_.assign(n, kNo);
  left_.resize(n);
  right_.resize(n);
  for (uint32_t t = 0; t < n; ++t) left_[t] = right_[t] = t;
  for (uint32_t t = n; t-- > 0;) {
    const uint32_t h = head(t);
    if (h == t) continue;
    next_[t] = first_[h];
    first_[h] = t;
  }
  for (uint32_t t = 0; t < n; ++t) {
    uint32_t up = t;
    // A damaged tree could hold a ring: no sentence is deeper than its tokens.
    for (uint32_t steps = 0; head(up) != up && steps < 500; ++steps) {
      up = head(up);
      if (t < left_[up]) left_[up] = t;
      if (t > right_[up]) right_[up] = t;
    }
  }
}

bool Arcs::word_is(uint32_t t, std::string_view lower_word) const {
  const std::string_view w = word(t);
  if (w.size() != lower_word.size()) return false;
  for (size_t i = 0; i < w.size(); ++i) {
    if (lower(w[i]) != lower_word[i]) return false;
  }
  return true;
}

bool Arcs::under(uint32_t t, uint32_t ancestor) const {
  for (uint32_t steps = 0; steps < 500; ++steps) {
    if (t == ancestor) return true;
    if (root(t)) return false;
    t = head(t);
  }
  return false;
}

uint32_t Arcs::child(uint32_t t, Dep wanted) const {
  for (uint32_t c = first(t); c != kNo; c = next(c)) {
    if (dep(c) == wanted) return c;
  }
  return kNo;
}

}  // namespace readout::discourse
