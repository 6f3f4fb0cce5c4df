#include "query/eval_topics.h"

#include <map>

namespace readout::query {

TopicScores eval_topics(const std::vector<GoldDocument>& gold) {
  TopicScores scores;
  for (const GoldDocument& document : gold) {
    std::map<std::string, bool> wanted, found;  // track -> primary
    for (const GoldRow& row : document.rows) {
      if (row.kind == "topic") wanted[row.text("topic")] = row.text("weight") == "primary";
    }
    if (wanted.empty()) continue;  // topics were not annotated
    for (const Topic& topic : document.doc.topics()->topics) {
      found[std::string(document.doc.str(topic.topic))] = topic.primary;
    }
    for (const auto& [track, primary] : wanted) {
      const auto it = found.find(track);
      ++scores.tracks.gold;
      scores.primary.gold += primary ? 1 : 0;
      scores.tracks.correct += it != found.end() ? 1 : 0;
      scores.primary.correct += primary && it != found.end() && it->second ? 1 : 0;
      if (it == found.end()) {
        scores.failures.push_back(document.name + ": missed " +
                                  (primary ? "primary " : "secondary ") + track);
      } else if (it->second != primary) {
        scores.failures.push_back(document.name + ": " + track + " is " +
                                  (primary ? "primary" : "secondary") + " in gold");
      }
    }
    for (const auto& [track, primary] : found) {
      ++scores.tracks.system;
      scores.primary.system += primary ? 1 : 0;
      if (!wanted.contains(track))
        scores.failures.push_back(document.name + ": gold does not have " +
                                  (primary ? "primary " : "secondary ") + track);
    }
  }
  return scores;
}

}  // namespace readout::query
