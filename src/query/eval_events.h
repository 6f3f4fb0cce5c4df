// Scores events against gold: single sentences (tests/gold/events) and whole documents.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "entities/knowledge.h"
#include "query/gold.h"
#include "readout/pipeline.h"

namespace readout::query {

struct EventScores {
  Score type;                          // PLOVER type
  Score type_roles;                    // type, source list and target list
  Score type_dyad;                     // type, and both sides by country (by id where there is none)
  Score type_words;                    // type, and some word of each side in common: roles without names
  Score root, full;                    // CAMEO
  std::map<std::string, Score> by_type;
  uint64_t status_right = 0, status_all = 0;   // of events whose type was found
  uint64_t extra = 0;                          // events that are not in the gold
  uint64_t sentences = 0;
  std::vector<std::string> failures;

  double macro_f1() const;
};

/// Sentences, one object a line, as tests/gold/events/README.md describes them. With `marked`, the
/// first event's source and target words are set between <s>..</s> and <t>..</t> and only the
/// relation between these two is read. People and bodies that only the sentence knows are aligned by
/// their words (query/local_actors.h).
Result<EventScores> eval_event_lines(const Engine& engine, const entities::Knowledge& knowledge, std::string_view jsonl, bool marked, EventScores scores);

/// Documents with hand-made gold. `knowledge` lets invented states and people of a document be known by
/// either name (query/gold_actors.h).
void eval_events(const std::vector<GoldDocument>& gold, const entities::Knowledge& knowledge, EventScores& scores);

}  // namespace readout::query
