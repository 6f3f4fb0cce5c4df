// Turns against gold: right if a turn begins and ends at the same words and names the same label.
#pragma once

#include <string>
#include <vector>

#include "query/gold.h"

namespace readout::query {

struct TurnScores {
  Score turns;                        // begin, end and label
  Score spans;                        // begin and end
  uint64_t addressee_right = 0, addressee_gold = 0;
  std::vector<std::string> failures;  // one line each
};

TurnScores eval_turns(const std::vector<GoldDocument>& gold);

}  // namespace readout::query
