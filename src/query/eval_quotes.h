// Quotes against gold: ours (spans, types, speakers, addressees) and the attributions derived from GUM.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "entities/knowledge.h"
#include "query/gold.h"

namespace readout::query {

struct QuoteScores {
  Score spans;               // content overlaps by half or more, each quote once
  Score exact;               // the same words
  Score sources;             // correct: found, with the same set of sources; of all gold
  Score sources_of_found;    // the same, of those whose content was found
  Score voices;              // innermost voice at the middle of gold's content is its source
  Score types, addressees, polarity;  // of those found
  std::vector<std::string> failures;
};

Result<QuoteScores> eval_quotes(const std::vector<GoldDocument>& gold, const entities::Knowledge& knowledge);

struct AttributionScores {
  Score attributions;        // cue and content overlap with gold's units
  Score speakers;            // of gold with a speaker: found, with the same words as source
  Score speakers_of_found;
  std::vector<std::string> failures;
};

/// `lines`: JSON Lines of quotes/gum_attribution. The sentences of a document that hold an attribution
/// are read together, each as a paragraph of its own.
Result<AttributionScores> eval_attributions(const Engine& engine, std::string_view lines);

}  // namespace readout::query
