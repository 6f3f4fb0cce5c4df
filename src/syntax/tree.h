// From scores to structures: the best dependency tree, the best legal sequence of entity tags.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace readout::syntax {

struct TreeScratch {
  std::vector<double> score;
  std::vector<int32_t> head, best, state, name, order, exit_from, exit_to, id, parent;
  std::vector<uint8_t> alive, entered;
};

/// The tree with exactly one root that has the greatest sum of scores.
///
///   score  [n][ldo]  row = dependent 0 .. n-1; column 0 = the root, column j = word j - 1
///   head   [n]       out: 0 = the root, j = word j - 1
///
/// Ties go to the lower head. Time O(n^2) where the best heads already form such a tree, else
/// O(n^3) at worst. Method: Chu and Liu 1965, Edmonds 1967; one root by a penalty on root arcs.
void best_tree(const float* score, size_t n, size_t ldo, std::span<uint32_t> head, TreeScratch& scratch);

inline constexpr size_t kEntityTags = 7;  // O, then B and I of PER, ORG, LOC

/// The legal sequence of tags ("I-X" only after "B-X" or "I-X") with the greatest sum of scores.
void best_tags(const float* score, size_t n, std::span<uint8_t> tag, std::vector<float>& sums, std::vector<uint8_t>& back);

}  // namespace readout::syntax
