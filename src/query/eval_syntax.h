// Syntax and entity spans against a treebank, with the measures of the CoNLL 2018 shared task and
// exact-match entity F1.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "query/gold.h"
#include "readout/pipeline.h"

namespace readout::query {

/// F1 of words that are right in what the name says. With gold tokens the same as accuracy.
struct SyntaxScores {
  Score words, upos, feats, lemma, uas, las;
};

/// `raw`: the treebank's text is rebuilt and read by the whole pipeline; otherwise its words and
/// sentences are given and only the network runs. Relations are compared without their subtypes, as
/// the shared task did; features as it did too, all of them.
Result<SyntaxScores> eval_syntax(std::string_view conllu, const Engine& engine, bool raw);

struct EntityScores {
  Score all;
  std::map<std::string, Score> by_type;
  std::vector<std::string> failures;
};

/// Gold words of an IOB2 file (index, word, tag): PER, ORG, LOC; `_`: left open, what is found there does not count.
Result<EntityScores> eval_entities(std::string_view iob2, const Engine& engine);

}  // namespace readout::query
