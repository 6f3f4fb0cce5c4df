// UTF-8: decoding, boundaries, and the letter classes that the layers ask for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace readout::utf8 {

/// True if `offset` does not point into the middle of a character. 0 and size() are boundaries.
constexpr bool is_boundary(std::string_view text, size_t offset) {
  return offset >= text.size() || (static_cast<unsigned char>(text[offset]) & 0xC0U) != 0x80U;
}

/// Length in bytes of the character that begins with `lead` (1 for a stray byte).
constexpr int length(unsigned char lead) {
  return lead < 0x80 ? 1 : lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1;
}

/// Decodes the character at `offset` and moves `offset` past it. Damaged bytes give U+FFFD, one a
/// byte; `offset` always advances. offset < text.size().
char32_t next(std::string_view text, size_t& offset);

/// Decodes the character that ends at `offset` and moves `offset` to its first byte. offset > 0.
char32_t prev(std::string_view text, size_t& offset);

void append(std::string& out, char32_t c);

/// Offset of the first damaged byte, or npos: strict UTF-8, no surrogates, no overlong forms.
size_t find_invalid(std::string_view text);

bool is_letter(char32_t c);   // general category L* or M*
bool is_upper(char32_t c);    // Lu or Lt
bool is_lower(char32_t c);    // Ll
bool is_digit(char32_t c);    // Nd
bool is_space(char32_t c);    // White_Space, with no-break spaces
char32_t to_lower(char32_t c);
char32_t to_upper(char32_t c);

/// Simple case folding of a whole string (to_lower a character).
std::string lower(std::string_view text);

}  // namespace readout::utf8
