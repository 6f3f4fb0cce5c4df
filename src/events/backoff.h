// The backoff model: proposes a PLOVER type for a predicate that no frame of data/events knows.
//
// A linear model over what is seen of the predicate: the verb, the classes of its senses and the verbs above it (WordNet), its
// prepositions and particles, who its actors are, what it does to what, tense and negation. Weights are a table that a person can read
// (data/events/backoff.tsv, made by training/events); an answer can be asked which of them spoke for it.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "events/modality.h"
#include "events/roles.h"
#include "readout/document.h"
#include "readout/result.h"

namespace readout::events {

/// A verb that may tell an act, with who does it to whom.
struct Predicate {
  TokenId head{};
  Fillers source, target;
  StatusReading status;
  std::vector<std::string> features;
};

/// Reads predicates of a sentence; one object a thread.
class PredicateReader {
 public:
  explicit PredicateReader(const FrameSet& frames);
  /// The predicate at a verb, with its features. False if no actor of a state, body or group has part in it.
  bool read(SentenceView& view, RoleResolver& roles, TokenId verb, Predicate& out) const;

 private:
  struct VerbClass {
    std::vector<std::string_view> classes, above;
  };
  std::unordered_map<std::string_view, VerbClass> classes_;
};

class BackoffModel {
 public:
  static constexpr size_t kTypes = 17;  // the sixteen types of PLOVER, and none

  struct Guess {
    std::string_view type;   // PLOVER
    std::string_view cameo;  // root that stands for the type
    float probability = 0;
    std::vector<std::string> reasons;  // features that spoke most for it, the strongest first
  };

  /// From the built-in table. Refuses a table with other types, or a weight that is no number, with the line.
  static Result<BackoffModel> open();
  static Result<BackoffModel> parse(std::string_view table);
  /// The likeliest type if it is at least `threshold` likely and not "none".
  std::optional<Guess> classify(const std::vector<std::string>& features, float threshold) const;
  float threshold() const { return threshold_; }

 private:
  std::unordered_map<std::string, std::array<float, kTypes>> weights_;
  std::array<float, kTypes> bias_{};
  float threshold_ = 1;
};

}  // namespace readout::events
