// Commitments against gold. A row is found if kind and content agree: the words of `what` overlap
// by at least half of all the words of both (Dice). The rest is told of the rows that were found.
#pragma once

#include <string>
#include <vector>

#include "entities/knowledge.h"
#include "query/gold.h"

namespace readout::query {

struct CommitmentScores {
  Score rows;                                    // kind and content
  Score content;                                 // content alone, whatever the kind
  uint64_t owed_by_right = 0, owed_by_gold = 0;  // the set of actors
  uint64_t strength_right = 0;
  uint64_t deadline_right =
      0;  // none where gold has none, else the value (the words where gold has no value)
  uint64_t dated_right = 0, dated_gold = 0;  // of those that have a deadline in gold
  std::vector<std::string> failures;
};

CommitmentScores eval_commitments(const std::vector<GoldDocument>& gold,
                                  const entities::Knowledge& knowledge);

}  // namespace readout::query
