// Ids of gold in the words of the reading: an invented state has letters in gold and a slug of its
// name in the record; a person of the document alone may be spelt otherwise. What both sides call
// by one mention is one actor.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "entities/knowledge.h"
#include "query/gold.h"

namespace readout::query {

/// Overlap over union of two spans.
double likeness(Span a, Span b);

class ActorAlignment {
 public:
  /// The document's actors layer must be there.
  ActorAlignment(const GoldDocument& gold, const entities::Knowledge& knowledge);
  /// What the reading calls the actor of gold; the id itself if it has no other name for it.
  std::string operator()(const std::string& gold_id) const;
  std::set<std::string> operator()(const std::vector<std::string>& ids) const;

 private:
  std::string spelled(const std::string& id) const;
  std::map<std::string, std::string> letters_, canonical_, aligned_;
};

}  // namespace readout::query
