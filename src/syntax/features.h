// What the network sees of a word: its vector, and hashed pieces of its spelling. All of it depends
// on the form alone, so it is computed once per distinct form of a batch.
//
// training/syntax/features.py is the twin that training uses; features_test.cc holds values from it.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/model_file.h"
#include "readout/result.h"

namespace readout::syntax {

inline constexpr size_t kAffixSlots = 9, kShapeSlots = 3, kGramSlots = 24;
inline constexpr uint32_t kAffixBuckets = 16384, kShapeBuckets = 2048, kGramBuckets = 16384;

/// Bucket numbers of a form's pieces; 0 fills unused places.
struct Pieces {
  std::array<uint32_t, kAffixSlots> affix;  // prefixes of 1 to 4 letters, suffixes of 1 to 5, lower case
  std::array<uint32_t, kShapeSlots> shape;  // pattern of letter classes, in two grains; length class
  std::array<uint32_t, kGramSlots> gram;    // 3- and 4-grams of "<form>"
  uint32_t grams = 0;
};

/// Buffers of `pieces`, reused from form to form.
struct SpellingScratch {
  std::vector<char32_t> form, low, plain;
  std::string bytes, key, shape;
  std::vector<uint32_t> begin;
};

/// Also leaves the lower-case form in `scratch.key` (UTF-8). Letters after the 256th are not looked at.
void pieces(std::string_view form, SpellingScratch& scratch, Pieces& out);

/// The lower-case form with typographic marks replaced by plain ones, of what `pieces` was last
/// called with; in `scratch.bytes`.
inline std::string_view plain_form(const SpellingScratch& scratch) { return scratch.bytes; }

/// One-to-one lower case: the sign for a dotted capital I stays as it is.
char32_t fold(char32_t c);

/// The words that have a vector of their own.
class Lexicon {
 public:
  static Result<Lexicon> create(const model::ModelFile& file);
  /// Row of the word, 0 if it has none.
  uint32_t find(std::string_view low) const;
  uint32_t size() const { return count_; }

 private:
  std::string_view text_;
  std::span<const uint32_t> begin_, table_;
  uint32_t count_ = 0;
};

}  // namespace readout::syntax
