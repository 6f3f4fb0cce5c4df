// Agreements against gold. A gold row names one mention; it is found if a row of ours has a mention
// that overlaps it. A row of ours is right if gold has one of its mentions. Bodies are not scored
// where gold has none of that type.
#pragma once

#include <string>
#include <vector>

#include "entities/knowledge.h"
#include "query/gold.h"

namespace readout::query {

struct AgreementScores {
  Score mentions;  // correct counts gold rows found and our rows right, each side its own
  uint64_t gold_found = 0, ours_right = 0;
  uint64_t type_right = 0, date_right = 0, date_gold = 0, parties_right = 0, parties_gold = 0;
  std::vector<std::string> failures;

  double recall() const {
    return mentions.gold == 0
               ? 0
               : static_cast<double>(gold_found) / static_cast<double>(mentions.gold);
  }
  double precision() const {
    return mentions.system == 0
               ? 0
               : static_cast<double>(ours_right) / static_cast<double>(mentions.system);
  }
  double f1() const {
    return precision() + recall() == 0 ? 0 : 2 * precision() * recall() / (precision() + recall());
  }
};

AgreementScores eval_agreements(const std::vector<GoldDocument>& gold,
                                const entities::Knowledge& knowledge);

}  // namespace readout::query
