#include "syntax/tree.h"

#include <gtest/gtest.h>

#include <random>

namespace readout::syntax {
namespace {

bool is_tree(std::span<const uint32_t> head) {
  size_t roots = 0;
  for (size_t i = 0; i < head.size(); ++i) {
    if (head[i] == 0) ++roots;
    size_t steps = 0;
    for (size_t j = i + 1; j != 0; j = head[j - 1]) {
      if (head[j - 1] > head.size() || ++steps > head.size()) return false;
    }
  }
  return roots == 1;
}

double worth(const std::vector<float>& score, std::span<const uint32_t> head) {
  double sum = 0;
  for (size_t i = 0; i < head.size(); ++i) sum += double{score[i * (head.size() + 1) + head[i]]};
  return sum;
}

/// The best tree by trying all heads of all words.
double best_by_trial(const std::vector<float>& score, std::vector<uint32_t>& head, size_t at) {
  if (at == head.size()) return is_tree(head) ? worth(score, head) : -1e30;
  double best = -1e30;
  for (uint32_t h = 0; h <= head.size(); ++h) {
    if (h == at + 1) continue;
    head[at] = h;
    best = std::max(best, best_by_trial(score, head, at + 1));
  }
  return best;
}

TEST(Tree, IsTheBestOfAllTrees) {
  std::mt19937 random(5);
  TreeScratch scratch;
  for (int round = 0; round < 600; ++round) {
    const size_t n = 1 + random() % 5;
    std::vector<float> score(n * (n + 1));
    for (float& s : score) s = static_cast<float>(random() % 1000) / 100.0F;
    std::vector<uint32_t> head(n), trial(n);
    best_tree(score.data(), n, n + 1, head, scratch);
    ASSERT_TRUE(is_tree(head));
    EXPECT_NEAR(worth(score, head), best_by_trial(score, trial, 0), 1e-4) << n;
  }
}

TEST(Tree, LongSentencesAreTreesToo) {
  std::mt19937 random(6);
  TreeScratch scratch;
  for (const size_t n : {60U, 400U}) {
    std::vector<float> score(n * (n + 1));
    for (float& s : score) s = static_cast<float>(random() % 100000) / 1000.0F;
    std::vector<uint32_t> head(n);
    best_tree(score.data(), n, n + 1, head, scratch);
    EXPECT_TRUE(is_tree(head)) << n;
    std::fill(score.begin(), score.end(), 1.0F);  // nothing but ties
    best_tree(score.data(), n, n + 1, head, scratch);
    EXPECT_TRUE(is_tree(head)) << n;
  }
}

TEST(Tags, InsideOnlyFollowsItsOwnKind) {
  std::mt19937 random(7);
  std::vector<float> sums;
  std::vector<uint8_t> back;
  for (int round = 0; round < 200; ++round) {
    const size_t n = 1 + random() % 9;
    std::vector<float> score(n * kEntityTags);
    for (float& s : score) s = static_cast<float>(random() % 1000) / 100.0F;
    std::vector<uint8_t> tag(n);
    best_tags(score.data(), n, tag, sums, back);
    for (size_t i = 0; i < n; ++i) {
      if (tag[i] == 0 || tag[i] % 2 == 1) continue;
      ASSERT_GT(i, 0U);
      EXPECT_TRUE(tag[i - 1] == tag[i] || tag[i - 1] == tag[i] - 1);
    }
  }
}

TEST(Tags, BeginsWhereInsideScoresBestAlone) {
  // I-PER is the best tag of the first word, but illegal there: B-PER, the next best, is taken.
  const std::vector<float> score = {0, 4, 5, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0};
  std::vector<uint8_t> tag(2), back;
  std::vector<float> sums;
  best_tags(score.data(), 2, tag, sums, back);
  EXPECT_EQ(tag[0], 1);
  EXPECT_EQ(tag[1], 2);
}

}  // namespace
}  // namespace readout::syntax
