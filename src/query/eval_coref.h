// Coreference against GUM: which names and pronouns mean the same person, organisation or place.
//
// The CoNLL score is the mean of the F1 of MUC, B3 and CEAF-e. Mentions are compared by their head word, for the
// reading's spans hold titles and leave out what follows the name. Only named and pronominal mentions of
// persons, organisations and places count, and only those that have another in their document: the
// reading gives no identity to abstract things.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "readout/pipeline.h"
#include "readout/result.h"

namespace readout::query {

struct CorefScores {
  struct Measure {
    double recall_over = 0, recall_under = 0, precision_over = 0, precision_under = 0;
    double precision() const { return precision_under > 0 ? precision_over / precision_under : 0; }
    double recall() const { return recall_under > 0 ? recall_over / recall_under : 0; }
    double f1() const;
  };
  Measure muc, b3, ceaf, mentions;
  size_t documents = 0;
  double conll() const { return (muc.f1() + b3.f1() + ceaf.f1()) / 3; }
};

/// Clusters of mentions; a mention is a number that both sides share.
using Clusters = std::vector<std::set<uint32_t>>;

/// Adds one document's counts.
void score_clusters(const Clusters& gold, const Clusters& system, CorefScores& scores);

/// `conllu` with GUM's Entity annotation in MISC.
Result<CorefScores> eval_coref(std::string_view conllu, const Engine& engine);

}  // namespace readout::query
