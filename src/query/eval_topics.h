// Topics against gold: a track is right if gold has it for the document; its weight is a figure
// apart.
#pragma once

#include <string>
#include <vector>

#include "query/gold.h"

namespace readout::query {

struct TopicScores {
  Score tracks;                       // the set of tracks of each document
  Score primary;                      // the set of primary tracks
  std::vector<std::string> failures;  // one line each
};

TopicScores eval_topics(const std::vector<GoldDocument>& gold);

}  // namespace readout::query
