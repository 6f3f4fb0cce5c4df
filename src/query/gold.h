// Hand-made gold: rows beside a document that name their spans by quoted text (tools/check_gold.py
// describes the format). This reads them, reads the document with the engine, and turns the quoted
// texts into spans of its plain text, so that every `eval` compares spans with spans.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "readout/document.h"
#include "readout/pipeline.h"
#include "readout/result.h"

namespace readout::query {

/// One row of gold. `span` is where its text stands in the plain text of the document: of `text`
/// (with `nth`), of `first` .. `last`, or of an event's `predicate`. Nothing: not found there.
struct GoldRow {
  std::string kind;
  nlohmann::json json;
  std::optional<Span> span;
  size_t line = 0;

  std::string text(const char* key) const;               // a string field, empty if absent
  std::vector<std::string> list(const char* key) const;  // a list of strings
};

struct GoldDocument {
  std::string name;  // file name without folder and ending
  Document doc;
  std::vector<GoldRow> rows;
  /// actor ids that the gold calls invented
  std::vector<std::string> invented;
};

/// The words of `text`, white space folded, in the plain text: the nth occurrence (1-based).
/// `whole_word`: no letter or digit on either side.
std::optional<Span> find_text(std::string_view plain, std::string_view text, size_t nth, bool whole_word,
                              uint32_t from = 0);

/// Reads `*.gold.jsonl` files, or all of a folder, in sorted order, each with the document beside
/// it. Fails on a missing document or a line that is not JSON.
Result<std::vector<GoldDocument>> read_gold(const Engine& engine, const std::vector<std::string>& paths);

/// Counts of a comparison, and the field's measures of them.
struct Score {
  uint64_t correct = 0, gold = 0, system = 0;

  double precision() const { return system == 0 ? 0 : static_cast<double>(correct) / static_cast<double>(system); }
  double recall() const { return gold == 0 ? 0 : static_cast<double>(correct) / static_cast<double>(gold); }
  double f1() const {
    const double p = precision(), r = recall();
    return p + r == 0 ? 0 : 2 * p * r / (p + r);
  }
  Score& operator+=(const Score& o) {
    correct += o.correct;
    gold += o.gold;
    system += o.system;
    return *this;
  }
};

/// "P 0.912  R 0.874  F1 0.893  (312 of 357 gold, 342 found)".
std::string to_text(const Score& score);

}  // namespace readout::query
