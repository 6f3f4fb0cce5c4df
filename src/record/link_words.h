// What two texts share, as the second pass measures it: stems of their words, each weighing the more the
// fewer texts have it, and next to nothing if it goes with any deed ("continue", "support").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace readout::record {

/// Sorted numbers of stems, each once.
using Stems = std::vector<uint32_t>;

class StemBook {
 public:
  StemBook();
  /// Of words with three letters and more; numbers say how much, not what, and are left out.
  Stems of(std::string_view text);
  /// One text more has these.
  void count(const Stems& stems);
  /// All are counted: from here on weights are looked up.
  void weigh();
  double weight(uint32_t stem) const;
  /// Goes with any deed, or stands in so many of the texts of a large record that it tells none from another.
  bool weak(uint32_t stem) const { return weak_[stem] || (all_ >= 500 && texts_[stem] * 33 > all_); }
  /// In less than one text of a hundred; in a small record all are.
  bool rare(uint32_t stem) const { return all_ < 500 || texts_[stem] * 100 < all_; }
  const std::string& word(uint32_t stem) const { return words_[stem]; }  // as it was first seen
  size_t size() const { return words_.size(); }

 private:
  uint32_t number(std::string_view word);
  std::unordered_map<std::string, uint32_t> numbers_;
  std::vector<std::string> words_;
  std::vector<uint32_t> texts_;
  std::vector<bool> weak_;
  std::vector<double> weights_;
  uint32_t all_ = 0;
};

struct Shared {
  double of_first = 0, of_second = 0;   // weight of what is shared over the weight of each, 0 to 1
  size_t strong = 0;                    // shared stems that are not weak
  Stems stems;                          // the strong ones
  double of_shorter() const { return of_first > of_second ? of_first : of_second; }
  double of_longer() const { return of_first < of_second ? of_first : of_second; }
};
Shared shared(const StemBook& book, const Stems& first, const Stems& second);

/// "return sailors": what is shared, for a reader.
std::string words_of(const StemBook& book, const Stems& stems);
size_t strong_of(const StemBook& book, const Stems& stems);
/// `from` without what `taken` has.
Stems without(const Stems& from, const Stems& taken);

}  // namespace readout::record
