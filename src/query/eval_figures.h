// Figures against gold: a figure is right if it overlaps the gold's words and its number (or both ends
// of its range) is the same; comparator, unit and what is counted are scored on those.
//
// Gold is hand-made (rows `figure`) or the specification of Recognizers-Text as JSON Lines; what is compared
// and left out there is said in docs/layers/figures.md.
#pragma once

#include <string>
#include <vector>

#include "query/gold.h"

namespace readout::query {

struct FigureScores {
  Score right, spans, strict;   // number right; any overlap; equal span
  uint64_t comparator_right = 0, unit_right = 0, unit_gold = 0, counted_right = 0, counted_gold = 0, left_out = 0;
  std::vector<std::string> failures;
};

FigureScores eval_figures(const std::vector<GoldDocument>& gold);
Result<FigureScores> eval_figures_lines(const Engine& engine, std::string_view jsonl);

}  // namespace readout::query
