// Stage `events.topics`: which tracks of a desk's work a document belongs to.
//
// Words and phrases of data/events/topics.tsv speak, by weight, of a track. A document's tracks are
// those of which it speaks most, after repetition is damped; each with the sentence that speaks
// most of it. The table is meant to be edited: tracks are rows, not code.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "readout/pipeline.h"

namespace readout::events {

/// The table, ready to match. Immutable.
class TopicTable {
 public:
  /// `bytes` may go away afterwards. `name` stands in messages.
  static Result<TopicTable> parse(std::string_view bytes, std::string_view name);

  struct Hit {
    uint32_t track, term;
    uint32_t words;  // how many words of the text it covers
    float weight;
  };
  /// All terms that begin at words[at], one a track (the longest); `blocked`: words that a stop
  /// phrase covers. Words are folded (see topic_words).
  void match(const std::vector<std::string_view>& words, size_t at, std::vector<Hit>& out,
             uint32_t& blocked) const;
  const std::vector<std::string>& tracks() const { return tracks_; }
  /// What is left of a score: below 1 for tracks of which every text of the kind speaks a little.
  double factor(uint32_t track) const { return factor_[track]; }

 private:
  struct Term {
    std::vector<std::string> words;
    uint32_t track = 0;  // kStop: a stop phrase
    float weight = 0;
  };
  static constexpr uint32_t kStop = UINT32_MAX;

  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view s) const { return std::hash<std::string_view>()(s); }
  };
  using Map = std::unordered_map<std::string, std::vector<uint32_t>, Hash, std::equal_to<>>;

  std::vector<std::string> tracks_;
  std::vector<std::pair<std::string, double>> common_;
  std::vector<double> factor_;  // [tracks]
  std::vector<Term> terms_;
  Map exact_;   // by the whole first word
  Map prefix_;  // by the first kPrefix bytes of a first word with a wildcard
  static constexpr size_t kPrefix = 2;
};

/// The folded words of a text, and where each begins: letters and digits in lower case, everything
/// else parts words. `folded` is cleared and keeps the bytes that `words` point into.
void topic_words(std::string_view text, std::string& folded, std::vector<std::string_view>& words,
                 std::vector<uint32_t>& begins);

/// Reads Structure and Tokens, writes Topics. A file `events/topics.tsv` below `data_folder`
/// replaces the built-in table.
Result<std::unique_ptr<const Stage>> make_topic_stage(const std::string& data_folder);

}  // namespace readout::events
