// Character classes as the tokenizer and the line reader see them. ASCII is a table look-up; the
// punctuation of running text in UTF-8 is a switch; the rest asks core/utf8.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/utf8.h"

namespace readout::text {

enum class CharClass : uint8_t {
  Other,  // symbols, controls
  Space,
  Lower,  // letters; also letters without case, and marks
  Upper,
  Digit,
  Stop,    // .
  Strong,  // ! ?
  Ellipsis,
  Comma,
  Colon,
  Semicolon,
  Hyphen,  // - and its typographic twins within words
  Dash,
  Open,  // brackets and quotes that only open
  Close,
  Quote,       // " whose direction depends on its neighbours
  Apostrophe,  // ' and its twins: apostrophe or quote
  Currency,
  High,  // first byte of a non-ASCII character: decode it
};

namespace internal {
constexpr std::array<CharClass, 256> make_ascii_classes() {
  std::array<CharClass, 256> table{};
  for (int c = 128; c < 256; ++c) table[static_cast<size_t>(c)] = CharClass::High;
  for (char c = 'a'; c <= 'z'; ++c) table[static_cast<size_t>(c)] = CharClass::Lower;
  for (char c = 'A'; c <= 'Z'; ++c) table[static_cast<size_t>(c)] = CharClass::Upper;
  for (char c = '0'; c <= '9'; ++c) table[static_cast<size_t>(c)] = CharClass::Digit;
  for (const char c : {' ', '\t', '\n', '\v', '\f', '\r'})
    table[static_cast<size_t>(c)] = CharClass::Space;
  table['.'] = CharClass::Stop;
  table['!'] = table['?'] = CharClass::Strong;
  table[','] = CharClass::Comma;
  table[':'] = CharClass::Colon;
  table[';'] = CharClass::Semicolon;
  table['-'] = CharClass::Hyphen;
  table['('] = table['['] = table['{'] = CharClass::Open;
  table[')'] = table[']'] = table['}'] = CharClass::Close;
  table['"'] = CharClass::Quote;
  table['\''] = table['`'] = CharClass::Apostrophe;
  table['$'] = CharClass::Currency;
  return table;
}
inline constexpr std::array<CharClass, 256> kAsciiClasses = make_ascii_classes();
}  // namespace internal

constexpr CharClass ascii_class(char c) {
  return internal::kAsciiClasses[static_cast<unsigned char>(c)];
}

constexpr bool is_word(CharClass c) {
  return c == CharClass::Lower || c == CharClass::Upper || c == CharClass::Digit;
}

/// Class of a decoded non-ASCII character.
CharClass class_of(char32_t c);

/// Class of the character at `offset`; `next` becomes the offset behind it. offset < text.size().
inline CharClass class_at(std::string_view text, size_t offset, size_t& next) {
  const CharClass c = ascii_class(text[offset]);
  next = offset + 1;
  if (c != CharClass::High) return c;
  next = offset;
  return class_of(utf8::next(text, next));
}

/// Class of the character that ends at `offset`, Space at the beginning of the text.
inline CharClass class_before(std::string_view text, size_t offset) {
  if (offset == 0) return CharClass::Space;
  const CharClass c = ascii_class(text[offset - 1]);
  if (c != CharClass::High) return c;
  return class_of(utf8::prev(text, offset));
}

/// Class of the character at `offset`, Space at the end of the text.
inline CharClass class_behind(std::string_view text, size_t offset) {
  if (offset >= text.size()) return CharClass::Space;
  size_t next = 0;
  return class_at(text, offset, next);
}

}  // namespace readout::text
