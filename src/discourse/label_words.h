// Single words as labels and clauses of speech see them: small letters in a buffer, capitals,
// pronouns, emphasis.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "discourse/scan.h"

namespace readout::discourse {

/// Lower-case ASCII copy in a fixed buffer.
class LowerWord {
 public:
  explicit LowerWord(std::string_view word) {
    size_ = std::min(word.size(), buffer_.size());
    for (size_t i = 0; i < size_; ++i) buffer_[i] = lower(word[i]);
    if (word.size() > buffer_.size()) size_ = 0;
  }
  std::string_view view() const { return {buffer_.data(), size_}; }

 private:
  std::array<char, 64> buffer_{};
  size_t size_ = 0;
};

bool has_small_letter(std::string_view word);
bool has_capital(std::string_view word);

/// "McKEON", "MacGREGOR", "von der LEYEN": counts as capitals.
bool capitals_word(std::string_view word);

inline bool is_pronoun_subject(std::string_view word) {
  return word == "he" || word == "she" || word == "they";
}

inline bool first_or_second_person(std::string_view word) {
  return word == "i" || word == "we" || word == "you" || word == "my" || word == "our" ||
         word == "your" || word == "me" || word == "us";
}

/// Length of the marks of emphasis at `i`: "**", "_".
uint32_t emphasis(std::string_view text, uint32_t i, uint32_t end);

}  // namespace readout::discourse
