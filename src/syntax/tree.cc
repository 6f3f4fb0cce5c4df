// Best heads first; if they are a tree with one root, nothing beats them. Otherwise cycles are
// contracted one after another: the nodes of a cycle become one node, whose incoming arcs are worth
// what they gain over the arc of the cycle that they replace.
#include "syntax/tree.h"

#include <algorithm>

namespace readout::syntax {
namespace {

constexpr double kForbidden = -1e15, kRootPenalty = 1e7;

/// A node on a cycle of `head` (node 0 is the root; head[0] = -1), or -1. state: scratch.
int32_t on_cycle(const std::vector<int32_t>& head, const std::vector<uint8_t>& alive, std::vector<int32_t>& state) {
  const auto n = static_cast<int32_t>(head.size());
  state.assign(head.size(), 0);
  for (int32_t i = 1; i < n; ++i) {
    if (!alive[static_cast<size_t>(i)]) continue;
    int32_t j = i;
    while (j > 0 && state[static_cast<size_t>(j)] == 0) {
      state[static_cast<size_t>(j)] = i;
      j = head[static_cast<size_t>(j)];
    }
    if (j > 0 && state[static_cast<size_t>(j)] == i) return j;
  }
  return -1;
}

}  // namespace

void best_tree(const float* score, size_t n, size_t ldo, std::span<uint32_t> head, TreeScratch& s) {
  const size_t m = n + 1;
  s.head.assign(m, -1);
  s.alive.assign(m, 1);
  size_t roots = 0;
  for (size_t i = 0; i < n; ++i) {
    const float* row = score + i * ldo;
    size_t top = i == 0 && n > 1 ? 2 : 0;
    if (n == 1) top = 0;
    for (size_t j = 0; j < m; ++j) {
      if (j == i + 1) continue;
      if (row[j] > row[top] || (j < top && row[j] == row[top])) top = j;
    }
    s.head[i + 1] = static_cast<int32_t>(top);
    roots += top == 0 ? 1 : 0;
  }
  if (roots == 1 && on_cycle(s.head, s.alive, s.state) < 0) {
    for (size_t i = 0; i < n; ++i) head[i] = static_cast<uint32_t>(s.head[i + 1]);
    return;
  }

  // w[d][h]; after a contraction the cycle lives on under the number of its first node.
  // exit_to[d][h]: which original dependent an arc into d stands for; exit_from: its original head.
  s.score.resize(m * m);
  s.exit_to.resize(m * m);
  s.exit_from.resize(m * m);
  for (size_t d = 0; d < m; ++d) {
    for (size_t h = 0; h < m; ++h) {
      double v = kForbidden;
      if (d > 0 && d != h) v = static_cast<double>(score[(d - 1) * ldo + h]) - (h == 0 ? kRootPenalty : 0.0);
      s.score[d * m + h] = v;
      s.exit_to[d * m + h] = static_cast<int32_t>(d);
      s.exit_from[d * m + h] = static_cast<int32_t>(h);
    }
  }
  const auto best_head = [&](size_t d) {
    size_t top = 0;
    bool any = false;
    for (size_t h = 0; h < m; ++h) {
      if (h == d || !s.alive[h]) continue;
      if (!any || s.score[d * m + h] > s.score[d * m + top]) top = h;
      any = true;
    }
    return static_cast<int32_t>(top);
  };
  for (size_t d = 1; d < m; ++d) s.head[d] = best_head(d);

  // Contractions: `order` lists the members of each cycle with the original arc (member, dependent,
  // head) of each, `best` the sizes. Members have ids: a word's own number, or m + c for cycle c;
  // `parent` tells in which cycle an id was contracted.
  s.order.clear();
  s.best.clear();
  s.id.resize(m);
  for (size_t d = 0; d < m; ++d) s.id[d] = static_cast<int32_t>(d);
  s.parent.assign(2 * m, -1);
  for (int32_t start; (start = on_cycle(s.head, s.alive, s.state)) > 0;) {
    s.name.clear();
    int32_t j = start;
    do {
      s.name.push_back(j);
      j = s.head[static_cast<size_t>(j)];
    } while (j != start);
    const auto keep = static_cast<size_t>(*std::min_element(s.name.begin(), s.name.end()));
    for (const int32_t node : s.name) {
      const size_t at = static_cast<size_t>(node) * m + static_cast<size_t>(s.head[static_cast<size_t>(node)]);
      const int32_t id = s.id[static_cast<size_t>(node)];
      s.parent[static_cast<size_t>(id)] = static_cast<int32_t>(m + s.best.size());
      s.order.push_back(id);
      s.order.push_back(s.exit_to[at]);
      s.order.push_back(s.exit_from[at]);
    }
    s.id[keep] = static_cast<int32_t>(m + s.best.size());
    s.best.push_back(static_cast<int32_t>(s.name.size()));
    for (const int32_t node : s.name) s.alive[static_cast<size_t>(node)] = 0;
    for (size_t o = 0; o < m; ++o) {
      if (!s.alive[o]) continue;
      // Into the cycle from o, and out of the cycle to o.
      double into = kForbidden * 4, out = kForbidden * 4;
      size_t into_at = 0, out_at = 0;
      for (const int32_t node : s.name) {
        const auto c = static_cast<size_t>(node);
        const double gain = s.score[c * m + o] - s.score[c * m + static_cast<size_t>(s.head[c])];
        if (gain > into) {
          into = gain;
          into_at = c * m + o;
        }
        if (s.score[o * m + c] > out) {
          out = s.score[o * m + c];
          out_at = o * m + c;
        }
      }
      const int32_t in_to = s.exit_to[into_at], in_from = s.exit_from[into_at];
      const int32_t out_to = s.exit_to[out_at], out_from = s.exit_from[out_at];
      s.score[keep * m + o] = into;
      s.exit_to[keep * m + o] = in_to;
      s.exit_from[keep * m + o] = in_from;
      s.score[o * m + keep] = out;
      s.exit_to[o * m + keep] = out_to;
      s.exit_from[o * m + keep] = out_from;
    }
    s.alive[keep] = 1;
    for (size_t o = 1; o < m; ++o) {
      if (!s.alive[o]) continue;
      const auto h = static_cast<size_t>(s.head[o]);
      const bool inside = std::find(s.name.begin(), s.name.end(), s.head[o]) != s.name.end();
      if (o == keep) {
        s.head[o] = best_head(o);
      } else if (inside || !s.alive[h]) {
        s.head[o] = static_cast<int32_t>(keep);
      }
    }
  }

  // First the arcs of the contracted graph, then the cycles from the last to the first: each member
  // keeps its arc of the cycle, except the one that an arc from outside has entered.
  s.entered.assign(2 * m, 0);
  const auto attach = [&](int32_t to, int32_t from) {
    head[static_cast<size_t>(to) - 1] = static_cast<uint32_t>(from);
    for (int32_t id = to; id >= 0 && !s.entered[static_cast<size_t>(id)]; id = s.parent[static_cast<size_t>(id)]) {
      s.entered[static_cast<size_t>(id)] = 1;
    }
  };
  for (size_t d = 1; d < m; ++d) {
    if (!s.alive[d]) continue;
    const size_t at = d * m + static_cast<size_t>(s.head[d]);
    attach(s.exit_to[at], s.exit_from[at]);
  }
  size_t end = s.order.size();
  for (size_t c = s.best.size(); c-- > 0;) {
    const size_t begin = end - 3 * static_cast<size_t>(s.best[c]);
    for (size_t k = begin; k < end; k += 3) {
      if (!s.entered[static_cast<size_t>(s.order[k])]) attach(s.order[k + 1], s.order[k + 2]);
    }
    end = begin;
  }
}

void best_tags(const float* score, size_t n, std::span<uint8_t> tag, std::vector<float>& sums, std::vector<uint8_t>& back) {
  constexpr float kNever = -1e30F;
  if (n == 0) return;
  const auto inside = [](size_t t) { return t > 0 && t % 2 == 0; };  // I-X; B-X is t - 1
  sums.assign(kEntityTags, kNever);
  back.assign(n * kEntityTags, 0);
  for (size_t t = 0; t < kEntityTags; ++t) {
    if (!inside(t)) sums[t] = score[t];
  }
  float next[kEntityTags];
  for (size_t i = 1; i < n; ++i) {
    for (size_t t = 0; t < kEntityTags; ++t) {
      size_t from = inside(t) ? t - 1 : 0;
      for (size_t f = 0; f < kEntityTags; ++f) {
        if (inside(t) && f != t && f != t - 1) continue;
        if (sums[f] > sums[from]) from = f;
      }
      next[t] = sums[from] + score[i * kEntityTags + t];
      back[i * kEntityTags + t] = static_cast<uint8_t>(from);
    }
    sums.assign(next, next + kEntityTags);
  }
  auto top = static_cast<uint8_t>(std::max_element(sums.begin(), sums.end()) - sums.begin());
  for (size_t i = n; i-- > 0;) {
    tag[i] = top;
    top = back[i * kEntityTags + top];
  }
}

}  // namespace readout::syntax
