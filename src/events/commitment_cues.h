// The words of data/events/commitments.tsv, by part of speech and lemma.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/agreement_words.h"
#include "readout/layers.h"
#include "readout/result.h"

namespace readout::events {

/// How a cue word hands out its roles (see the header of the data file).
enum class CueFrame : uint8_t { Own, OwnObj, Self, Other, OtherObj, Hope, Noun, NounOther, Joint };

struct Cue {
  CommitmentKind kind{};
  Strength strength{};
  Upos pos{};
  CueFrame frame{};
  std::string lemma, with;  // `with`: particle or preposition it needs, empty for none
  uint32_t line = 0;        // in the data file
};

class CommitmentCues {
 public:
  static Result<CommitmentCues> parse(std::string_view bytes);
  /// Cues of a lemma; those that need a particle first. Null if it is none.
  const std::vector<Cue>* of(std::string_view lemma) const;
  /// True if `lemma` stands in a word section ("idle", "say", ...).
  bool in(std::string_view section, std::string_view lemma) const;
  /// Phrases of the section "deadline", longest first.
  const std::vector<std::vector<std::string>>& deadlines() const { return deadlines_; }

 private:
  WordMap<std::vector<Cue>> cues_;
  WordMap<WordMap<char>> sections_;
  std::vector<std::vector<std::string>> deadlines_;
};

}  // namespace readout::events
