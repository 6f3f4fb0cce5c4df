#include "record/link_words.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/embedded.h"
#include "core/tsv.h"
#include "record/fold.h"

namespace readout::record {
namespace {

constexpr size_t kStemLetters = 7;     // "reopen" and "reopened", "release" and "releases" are one
constexpr double kWeakWeight = 0.15;   // of a word that goes with any deed

/// Endings off, then the first letters: enough to find the same deed again, and never read by people.
std::string stem_of(std::string_view word) {
  std::string stem(word);
  const auto ends = [&](std::string_view ending) { return stem.size() >= ending.size() + 3 && stem.ends_with(ending); };
  if (ends("ies")) {
    stem.replace(stem.size() - 3, 3, "y");
  } else if (ends("ing")) {
    stem.resize(stem.size() - 3);
  } else if (ends("ed")) {
    stem.resize(stem.size() - 2);
  } else if (ends("s") && !stem.ends_with("ss")) {
    stem.pop_back();
  }
  if (stem.size() > 3 && stem.back() == stem[stem.size() - 2] && stem.back() != 'l' && stem.back() != 's') stem.pop_back();  // "submitted"
  if (stem.size() > 3 && stem.back() == 'e') stem.pop_back();
  if (stem.size() > kStemLetters) stem.resize(kStemLetters);
  return stem;
}

}  // namespace

StemBook::StemBook() {
  for_each_row(embedded("record/weak_words.tsv"), [&](const TsvRow& row) {
    std::string_view words = row[0];
    while (!words.empty()) {
      const std::string_view word = words.substr(0, words.find(';'));
      words.remove_prefix(std::min(word.size() + 1, words.size()));
      weak_[number(word)] = true;
    }
  });
}

uint32_t StemBook::number(std::string_view word) {
  const auto [at, fresh] = numbers_.emplace(stem_of(word), static_cast<uint32_t>(words_.size()));
  if (fresh) {
    words_.emplace_back(word);
    texts_.push_back(0);
    weak_.push_back(false);
  }
  return at->second;
}

Stems StemBook::of(std::string_view text) {
  Stems stems;
  for (const auto& [range, word] : folded_words(text)) {
    if (word.size() < 3 || (word[0] >= '0' && word[0] <= '9')) continue;
    stems.push_back(number(word));
  }
  std::sort(stems.begin(), stems.end());
  stems.erase(std::unique(stems.begin(), stems.end()), stems.end());
  return stems;
}

void StemBook::count(const Stems& stems) {
  ++all_;
  for (const uint32_t stem : stems) ++texts_[stem];
}

void StemBook::weigh() {
  weights_.clear();
  std::vector<double> weights;
  for (uint32_t stem = 0; stem < words_.size(); ++stem) weights.push_back(weight(stem));
  weights_ = std::move(weights);
}

double StemBook::weight(uint32_t stem) const {
  if (stem < weights_.size()) return weights_[stem];
  const double rare = std::log(1.0 + static_cast<double>(all_ + 1) / static_cast<double>(texts_[stem] + 1));
  return weak(stem) ? rare * kWeakWeight : rare;
}

Shared shared(const StemBook& book, const Stems& first, const Stems& second) {
  Shared out;
  double one = 0, two = 0, both = 0;
  for (const uint32_t stem : first) one += book.weight(stem);
  for (const uint32_t stem : second) two += book.weight(stem);
  Stems same;
  std::set_intersection(first.begin(), first.end(), second.begin(), second.end(), std::back_inserter(same));
  for (const uint32_t stem : same) {
    both += book.weight(stem);
    if (!book.weak(stem)) out.stems.push_back(stem);
  }
  out.strong = out.stems.size();
  out.of_first = one > 0 ? both / one : 0;
  out.of_second = two > 0 ? both / two : 0;
  return out;
}

std::string words_of(const StemBook& book, const Stems& stems) {
  std::vector<std::string> words;
  for (const uint32_t stem : stems) words.push_back(book.word(stem));
  std::sort(words.begin(), words.end());
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

size_t strong_of(const StemBook& book, const Stems& stems) {
  return static_cast<size_t>(std::count_if(stems.begin(), stems.end(), [&](uint32_t stem) { return !book.weak(stem); }));
}

Stems without(const Stems& from, const Stems& taken) {
  Stems out;
  std::set_difference(from.begin(), from.end(), taken.begin(), taken.end(), std::back_inserter(out));
  return out;
}

}  // namespace readout::record
