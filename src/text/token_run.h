// One call of Tokenizer::words: where it stands, what it has written, and the small looks that all
// of its rules share. Internal to the tokenizer; what every word needs is inline.
//
// tokenizer.cc has the main loop and plain words, token_words.cc words with marks inside,
// token_stops.cc the stop behind a word, token_clitics.cc apostrophes, token_marks.cc everything
// that is no word.
#pragma once

#include <algorithm>
#include <array>

#include "core/limits.h"
#include "text/characters.h"
#include "text/tokenizer.h"

namespace readout::text {

// Classes of abbreviations, as bits: a form may have several.
inline constexpr uint32_t kTitle = 1, kNumber = 2, kMonth = 4, kMid = 8;

inline bool ascii_letter(char c) {
  const CharClass k = ascii_class(c);
  return k == CharClass::Lower || k == CharClass::Upper;
}
inline bool ascii_upper(char c) { return ascii_class(c) == CharClass::Upper; }
inline bool ascii_digit(char c) { return ascii_class(c) == CharClass::Digit; }
inline char to_lower(char c) { return ascii_upper(c) ? static_cast<char>(c + 32) : c; }

/// Lower-cased ASCII copy in a fixed buffer; empty if it does not fit or is not ASCII.
class LowerCase {
 public:
  explicit LowerCase(std::string_view word) {
    if (word.size() > buffer_.size()) return;
    for (const char c : word) {
      if (static_cast<unsigned char>(c) >= 0x80) {
        size_ = 0;
        return;
      }
      buffer_[size_++] = to_lower(c);
    }
  }
  std::string_view view() const { return {buffer_.data(), size_}; }

 private:
  std::array<char, 24> buffer_{};
  size_t size_ = 0;
};

class Tokenizer::Run {
  using C = CharClass;

 public:
  Run(const Tokenizer& lists, std::string_view text, Span span, Words& out)
      : lists_(lists), text_(text), begin_(span.begin), end_(span.end), out_(out) {}

  void all();

 private:
  /// A word in the making.
  struct Word {
    uint32_t begin = 0, end = 0;
    uint32_t piece = 0;   // behind the last inner mark
    bool numeric = true;  // only digits and their separators so far
    bool apostrophe = false;
    bool dotted = false;  // "U.S", "e.g"
  };

  // output
  void emit(uint32_t begin, uint32_t end, WordKind kind, uint8_t flags) {
    if (end - begin > limits::kTokenBytes) {
      emit_cut(begin, end, kind, flags);
      return;
    }
    out_.span.push_back({begin, end});
    out_.kind.push_back(kind);
    out_.flags.push_back(flags);
  }
  void emit_cut(uint32_t begin, uint32_t end, WordKind kind, uint8_t flags);
  void emit_parts(uint32_t begin, uint32_t id, uint8_t flags);
  void emit_word(uint32_t begin, uint32_t end) {
    emit(begin, end, WordKind::Word, word_flags(begin, end));
  }

  // looking
  bool space_at(uint32_t i) const {
    if (i >= text_.size()) return false;
    const C c = ascii_class(text_[i]);
    return c == C::Space || (c == C::High && class_behind(text_, i) == C::Space);
  }
  uint8_t word_flags(uint32_t begin, uint32_t end) const {
    uint8_t flags = space_at(end) ? TokenFlags::kSpaceAfter : 0;
    const C first = class_behind(text_, begin);
    if (first == C::Lower) flags |= TokenFlags::kAlpha;
    if (first == C::Upper) flags |= TokenFlags::kAlpha | TokenFlags::kUpper;
    for (uint32_t i = begin; i < end; ++i) {
      if (ascii_digit(text_[i])) {
        flags |= TokenFlags::kDigit;
        break;
      }
    }
    return flags;
  }
  bool word_at(uint32_t i) const {
    return i < end_ && is_word(class_behind(text_.substr(0, end_), i));
  }
  bool letter_at(uint32_t i) const {
    if (i >= end_) return false;
    const C c = class_behind(text_.substr(0, end_), i);
    return c == C::Lower || c == C::Upper;
  }
  bool digit_at(uint32_t i) const { return i < end_ && ascii_digit(text_[i]); }
  // Digits from `i` on.
  uint32_t digits_from(uint32_t i) const {
    uint32_t n = 0;
    while (digit_at(i + n)) ++n;
    return n;
  }
  // First offset behind white space from `i`; end_ if none.
  uint32_t skip_space(uint32_t i) const {
    while (i < end_) {
      size_t next = 0;
      if (class_at(text_.substr(0, end_), i, next) != C::Space) break;
      i = static_cast<uint32_t>(next);
    }
    return std::min(i, end_);
  }
  uint32_t chunk_end(uint32_t i) const;

  // tokenizer.cc
  uint32_t letters(uint32_t begin);

  // token_words.cc; those that return bool tell whether the word goes on
  uint32_t careful(uint32_t begin);
  uint32_t address(uint32_t begin);
  bool pass(Word& word, CharClass c) const;
  bool pass_letter(Word& word) const;
  bool pass_high(Word& word) const;
  bool pass_stop(Word& word) const;
  bool pass_hyphen(Word& word) const;
  bool pass_slash(Word& word) const;
  bool hyphen_in_number(uint32_t token, uint32_t piece, uint32_t i) const;
  bool short_capitals(uint32_t begin, uint32_t i) const;
  bool cut_off(uint32_t begin, uint32_t i) const;
  bool joins_hyphen(uint32_t piece, uint32_t i) const;

  // token_stops.cc
  WordKind with_stop(uint32_t begin, uint32_t i, bool dotted) const;
  WordKind initial(std::string_view word, uint32_t next, uint32_t classes) const;
  bool roman_at(uint32_t i) const;

  // token_clitics.cc
  void emit_clitics(uint32_t begin, uint32_t end, WordKind kind);
  uint32_t possessive_stop(uint32_t begin, uint32_t i);
  uint32_t apostrophe(uint32_t i, uint32_t next, bool before_blank);
  uint32_t shortened(uint32_t i, uint32_t next, bool before_blank);
  bool single_quote_may_open(uint32_t i) const;

  // token_marks.cc
  uint32_t mark(uint32_t i, uint32_t next, CharClass c);
  uint32_t symbol_end(uint32_t i, uint32_t next, bool before_blank) const;
  uint32_t repeat(uint32_t i, uint32_t next) const;
  uint32_t emoticon(uint32_t i) const;
  uint32_t tag(uint32_t i);
  uint32_t dot_word(uint32_t i);

  const Tokenizer& lists_;
  std::string_view text_;
  uint32_t begin_, end_;
  Words& out_;
  bool single_open_ = false;  // a single quotation mark has opened
  uint32_t tried_until_ = 0;  // end of the chunk in which addresses were looked for, and how often
  int tries_ = 0;
};

}  // namespace readout::text
