// The measures over clusters whose scores are worked out by hand.
#include "query/eval_coref.h"

#include <gtest/gtest.h>

namespace readout::query {
namespace {

TEST(Coref, EqualClustersAreRight) {
  CorefScores scores;
  score_clusters({{1, 2, 3}, {4, 5}}, {{4, 5}, {1, 2, 3}}, scores);
  EXPECT_DOUBLE_EQ(scores.conll(), 1.0);
}

TEST(Coref, SplitAndMergedClusters) {
  // Gold {a b c} {d e f g}; found {a b} {c d} {f g h i}: the example of Pradhan et al. 2014.
  CorefScores scores;
  score_clusters({{1, 2, 3}, {4, 5, 6, 7}}, {{1, 2}, {3, 4}, {6, 7, 8, 9}}, scores);
  EXPECT_NEAR(scores.muc.recall(), 2.0 / 5, 1e-9);
  EXPECT_NEAR(scores.muc.precision(), 2.0 / 5, 1e-9);
  EXPECT_NEAR(scores.b3.recall(), (4.0 / 3 + 1.0 / 3 + 1.0 / 4 + 4.0 / 4) / 7, 1e-9);
  EXPECT_NEAR(scores.b3.precision(), (4.0 / 2 + 1.0 / 2 + 1.0 / 2 + 4.0 / 4) / 8, 1e-9);
  EXPECT_NEAR(scores.ceaf.recall(), (4.0 / 5 + 4.0 / 8) / 2, 1e-9);
  EXPECT_NEAR(scores.ceaf.precision(), (4.0 / 5 + 4.0 / 8) / 3, 1e-9);
}

TEST(Coref, NothingFoundIsNoDivisionByZero) {
  CorefScores scores;
  score_clusters({{1, 2}}, {}, scores);
  EXPECT_DOUBLE_EQ(scores.conll(), 0.0);
}

}  // namespace
}  // namespace readout::query
