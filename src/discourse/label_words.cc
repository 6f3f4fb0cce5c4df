#include "discourse/label_words.h"

namespace readout::discourse {

bool has_small_letter(std::string_view word) {
  for (size_t i = 0; i < word.size();) {
    if (utf8::is_lower(utf8::next(word, i))) return true;
  }
  return false;
}
bool has_capital(std::string_view word) {
  for (size_t i = 0; i < word.size();) {
    if (utf8::is_upper(utf8::next(word, i))) return true;
  }
  return false;
}

bool capitals_word(std::string_view word) {
  if (!has_small_letter(word)) return has_capital(word);
  if (word.size() > 3 && word[0] == 'M' && word[1] == 'c') return !has_small_letter(word.substr(2));
  if (word.size() > 4 && word.substr(0, 3) == "Mac") return !has_small_letter(word.substr(3));
  // "THOMAS-Greenfield's" plural marks: "DPs" no.
  return false;
}

uint32_t emphasis(std::string_view text, uint32_t i, uint32_t end) {
  uint32_t n = 0;
  while (i + n < end && n < 3 && (text[i + n] == '*' || text[i + n] == '_')) ++n;
  return n;
}

}  // namespace readout::discourse
