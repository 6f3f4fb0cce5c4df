// Scores of tokens, words and sentences against a treebank, as in the CoNLL 2018 shared task: spans
// in the raw text must be equal; words of a multiword token are matched by their longest common
// subsequence.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "readout/pipeline.h"
#include "readout/result.h"
#include "text/conllu.h"

namespace readout::text {

struct Counts {
  uint64_t gold = 0, system = 0, correct = 0;

  double precision() const {
    return system == 0 ? 0 : 100.0 * static_cast<double>(correct) / static_cast<double>(system);
  }
  double recall() const {
    return gold == 0 ? 0 : 100.0 * static_cast<double>(correct) / static_cast<double>(gold);
  }
  double f1() const {
    return gold + system == 0
               ? 0
               : 200.0 * static_cast<double>(correct) / static_cast<double>(gold + system);
  }
};

struct TokenScores {
  Counts tokens, words, sentences;
};

/// One word of a text: the span of its surface token, and whether that has several words.
struct PlacedWord {
  Span span;
  std::string_view form;
  bool multiword = false;
};

/// Pairs (gold, system) of words that are the same, in order.
std::vector<std::pair<uint32_t, uint32_t>> align_words(const std::vector<PlacedWord>& gold,
                                                       const std::vector<PlacedWord>& system);

/// The treebank's words placed in its rebuilt text.
std::vector<PlacedWord> place_words(const ConlluText& gold);
/// The pipeline's words, placed in the text of its document; `offset` is added to spans.
void place_words(const Document& doc, uint32_t offset, std::vector<PlacedWord>& out);

/// Rebuilds the raw text of a treebank, runs the pipeline (structure and tokens at least) over each
/// of its documents, and compares. `examples`, if given, gets the first differences for a person to
/// read.
Result<TokenScores> eval_tokens(std::string_view conllu, const Pipeline& pipeline,
                                std::vector<std::string>* examples = nullptr);

}  // namespace readout::text
