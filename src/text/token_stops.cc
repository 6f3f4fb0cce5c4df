// Whether the stop behind a word belongs to it: abbreviations of titles, numbers, months and the
// like, initials, and what stands behind them.
#include <cstring>

#include "text/token_run.h"

namespace readout::text {

// Does the stop at `i` belong to the word [begin, i)? Word: no.
WordKind Tokenizer::Run::with_stop(uint32_t begin, uint32_t i, bool dotted) const {
  const std::string_view word = text_.substr(begin, i - begin);
  const uint32_t next = skip_space(i + 1);
  const C behind = next < end_ ? class_behind(text_.substr(0, end_), next) : C::Space;
  const bool at_end = next >= end_;
  if (dotted) {
    // "p.m." closes its sentence with the same stop; at the end of a block the stop is the
    // sentence's.
    return at_end && !ascii_upper(word.back()) ? WordKind::Word : WordKind::AbbreviationStop;
  }
  const uint32_t classes = lists_.abbreviations_.find(word);
  if (word.size() == 1 && ascii_upper(word[0])) return initial(word, next, classes);
  if (word.size() <= 2 && static_cast<unsigned char>(word[0]) >= 0x80 &&
      class_behind(word, 0) == C::Upper && behind == C::Upper) {
    return WordKind::Initial;  // "Ş. Mammadov"
  }
  if (classes == 0) return WordKind::Word;
  if ((classes & kTitle) != 0 && (behind == C::Upper || behind == C::Open || behind == C::Quote)) {
    return WordKind::TitleStop;
  }
  if ((classes & kNumber) != 0 && (behind == C::Digit || text_[std::min(next, end_ - 1)] == '#')) {
    return WordKind::NumberStop;
  }
  if ((classes & kNumber) != 0 && ascii_upper(word[0]) && behind == C::Upper && roman_at(next)) {
    return WordKind::NumberStop;
  }
  if ((classes & kMonth) != 0) return at_end ? WordKind::AbbreviationStop : WordKind::NumberStop;
  if ((classes & kMid) != 0) {
    if (ascii_upper(word[0]))
      return at_end && word.size() > 4 ? WordKind::Word : WordKind::AbbreviationStop;
    if (at_end || behind == C::Upper || behind == C::Quote || behind == C::Close)
      return WordKind::Word;
    return WordKind::AbbreviationStop;
  }
  if ((classes & kTitle) != 0 && !at_end && behind != C::Lower) return WordKind::AbbreviationStop;
  return WordKind::Word;
}

// "J. Smith", "N. 5"
WordKind Tokenizer::Run::initial(std::string_view word, uint32_t next, uint32_t classes) const {
  if (word == "I" || next >= end_) return WordKind::Word;
  const C behind = class_behind(text_.substr(0, end_), next);
  if (behind == C::Upper || behind == C::High) {
    // "because of X. So I may": no surname, a sentence begins.
    uint32_t to = next;
    while (to < end_ && ascii_letter(text_[to])) ++to;
    const bool starter = lists_.starters_.has(text_.substr(next, to - next));
    return starter ? WordKind::Word : WordKind::Initial;
  }
  if ((classes & (kNumber | kTitle)) != 0 && behind == C::Digit) return WordKind::NumberStop;
  return behind == C::Comma || behind == C::Close ? WordKind::Initial : WordKind::Word;
}

bool Tokenizer::Run::roman_at(uint32_t i) const {
  uint32_t n = 0;
  while (i + n < end_ && n < 6 && std::strchr("IVXLC", text_[i + n]) != nullptr &&
         text_[i + n] != 0)
    ++n;
  return n > 0 && !word_at(i + n);
}

}  // namespace readout::text
