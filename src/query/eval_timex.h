// Time expressions against gold: spans (relaxed: any overlap; strict: equal), types and values.
//
// Four kinds of gold are read: hand-made gold of documents (rows `timex`), and three development sets
// as JSON Lines: dates marked in GUM, the specification of Recognizers-Text, and MEANTIME (fully annotated
// sentences only). What is compared how, and what is left out, is said in docs/layers/timex.md.
#pragma once

#include <string>
#include <vector>

#include "query/gold.h"

namespace readout::query {

struct TimexScores {
  Score relaxed, strict;          // spans; system 0: the gold is not exhaustive, only recall counts
  uint64_t type_right = 0, value_right = 0, matched = 0, gold = 0, left_out = 0;
  bool exhaustive = true;         // the gold marks everything: precision means something
  std::vector<std::string> failures;

  /// Values right among the expressions found, and among all of the gold.
  double value_accuracy() const { return matched == 0 ? 0 : static_cast<double>(value_right) / static_cast<double>(matched); }
  double value_of_all() const { return gold == 0 ? 0 : static_cast<double>(value_right) / static_cast<double>(gold); }
  double value_f1() const {
    const uint64_t all = relaxed.gold + relaxed.system;
    return all == 0 ? 0 : 2.0 * static_cast<double>(value_right) / static_cast<double>(all);
  }
};

TimexScores eval_timex(const std::vector<GoldDocument>& gold);

/// JSON Lines of GUM dates, Recognizers-Text or MEANTIME; which, is seen from the fields.
Result<TimexScores> eval_timex_lines(const Engine& engine, std::string_view jsonl);

}  // namespace readout::query
