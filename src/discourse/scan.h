// Small steps over text that the structure rules share: words, case, trimming. Bytes above 0x7F
// count as letters here; whoever needs to know better asks core/utf8.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/utf8.h"
#include "readout/span.h"

namespace readout::discourse {

constexpr bool ascii_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool ascii_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool ascii_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool high(char c) { return static_cast<unsigned char>(c) >= 0x80; }
constexpr bool ascii_alpha(char c) { return ascii_upper(c) || ascii_lower(c); }
constexpr bool wordish(char c) { return ascii_alpha(c) || ascii_digit(c) || high(c); }
constexpr bool blank(char c) { return c == ' ' || (c >= 9 && c <= 13); }
constexpr char lower(char c) { return ascii_upper(c) ? static_cast<char>(c + 32) : c; }

/// First character is upper case (any script).
inline bool begins_upper(std::string_view word) {
  if (word.empty()) return false;
  if (!high(word[0])) return ascii_upper(word[0]);
  size_t i = 0;
  return utf8::is_upper(utf8::next(word, i));
}
inline bool begins_lower(std::string_view word) {
  if (word.empty()) return false;
  if (!high(word[0])) return ascii_lower(word[0]);
  size_t i = 0;
  return utf8::is_lower(utf8::next(word, i));
}

/// Length in bytes of white space at `i` (blank or no-break space), 0 if none.
inline uint32_t space_length(std::string_view text, uint32_t i) {
  if (i >= text.size()) return 0;
  if (blank(text[i])) return 1;
  if (text[i] == '\xC2' && i + 1 < text.size() && text[i + 1] == '\xA0') return 2;
  if (text[i] == '\xE2' && i + 2 < text.size() && text[i + 1] == '\x80' &&
      (static_cast<unsigned char>(text[i + 2]) <= 0x8B || text[i + 2] == '\xA8' ||
       text[i + 2] == '\xA9' || text[i + 2] == '\xAF')) {
    return 3;
  }
  if (text[i] == '\xEF' && i + 2 < text.size() && text[i + 1] == '\xBB' && text[i + 2] == '\xBF')
    return 3;
  return 0;
}

inline uint32_t skip_space(std::string_view text, uint32_t i, uint32_t end) {
  while (i < end) {
    const uint32_t n = space_length(text, i);
    if (n == 0) break;
    i += n;
  }
  return i < end ? i : end;
}

/// The span without white space at its ends.
inline Span trim(std::string_view text, Span span) {
  span.begin = skip_space(text, span.begin, span.end);
  while (span.end > span.begin) {
    uint32_t n = 0;
    if (blank(text[span.end - 1])) {
      n = 1;
    } else if (span.end - span.begin >= 2 && text[span.end - 2] == '\xC2' &&
               space_length(text, span.end - 2) == 2) {
      n = 2;
    } else if (span.end - span.begin >= 3 && high(text[span.end - 3]) &&
               space_length(text, span.end - 3) == 3) {
      n = 3;
    }
    if (n == 0) break;
    span.end -= n;
  }
  return span;
}

/// Length of a typographic mark at `i` (quote, dash, no-break space, guillemet, copyright), 0 for
/// letters.
inline uint32_t typographic_mark(std::string_view text, uint32_t i) {
  const char c = text[i];
  if (c == '\xE2' && i + 2 < text.size() && text[i + 1] == '\x80') return 3;
  if (c == '\xC2' && i + 1 < text.size() &&
      (text[i + 1] == '\xA0' || text[i + 1] == '\xAB' || text[i + 1] == '\xBB' ||
       text[i + 1] == '\xA9' || text[i + 1] == '\xB0')) {
    return 2;
  }
  return 0;
}

/// Steps through the words of a span: runs of letters and digits with the marks . ' - & / inside
/// them.
class WordStep {
 public:
  WordStep(std::string_view text, Span span) : text_(text), at_(span.begin), end_(span.end) {}

  /// The next word; empty at the end. Marks between words are skipped.
  Span next() {
    while (at_ < end_) {
      const uint32_t mark = typographic_mark(text_, at_);
      if (mark == 0 && wordish(text_[at_])) break;
      at_ += mark == 0 ? 1 : mark;
    }
    if (at_ >= end_) return {end_, end_};
    const uint32_t begin = at_;
    while (at_ < end_) {
      const char c = text_[at_];
      if (high(c)) {
        const uint32_t mark = typographic_mark(text_, at_);
        if (mark == 3 && text_[at_ + 2] == '\x99' && at_ + 3 < end_ && wordish(text_[at_ + 3]) &&
            typographic_mark(text_, at_ + 3) == 0) {
          at_ += 3;  // apostrophe
          continue;
        }
        if (mark != 0) break;
        ++at_;
        continue;
      }
      if (wordish(c)) {
        ++at_;
        continue;
      }
      const bool inner = (c == '.' || c == '\'' || c == '-' || c == '&' || c == '/') &&
                         at_ + 1 < end_ && wordish(text_[at_ + 1]) &&
                         typographic_mark(text_, at_ + 1) == 0;
      if (!inner) break;
      ++at_;
    }
    return {begin, at_ < end_ ? at_ : end_};
  }

 private:
  std::string_view text_;
  uint32_t at_, end_;
};

/// Is `text` the word `small` (given in small ASCII letters), in whatever case?
constexpr bool equals_lower(std::string_view text, std::string_view small) {
  if (text.size() != small.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (lower(text[i]) != small[i]) return false;
  }
  return true;
}

/// End of the sentence that begins at `begin`: behind its stop, or `end`. A rough reading for the
/// rules of this layer; the tokenizer decides about sentences.
uint32_t sentence_end(std::string_view text, uint32_t begin, uint32_t end);

/// Lower-case copy of ASCII letters in `out` (other bytes as they are).
inline std::string_view lower_into(std::string_view text, std::string& out) {
  out.assign(text);
  for (char& c : out) c = lower(c);
  return out;
}

}  // namespace readout::discourse
