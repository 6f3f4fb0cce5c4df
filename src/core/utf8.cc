// ASCII is decided in place; the rest goes to ICU's property tables.
#include "core/utf8.h"

#include <unicode/uchar.h>

namespace readout::utf8 {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

unsigned byte_at(std::string_view text, size_t i) { return static_cast<unsigned char>(text[i]); }

/// Length of the well-formed character at `i`, 0 if damaged.
size_t well_formed(std::string_view text, size_t i) {
  const unsigned a = byte_at(text, i);
  if (a < 0x80) return 1;
  const size_t left = text.size() - i;
  const auto tail = [&](size_t k, unsigned low = 0x80, unsigned high = 0xBF) {
    const unsigned b = byte_at(text, i + k);
    return b >= low && b <= high;
  };
  if (a >= 0xC2 && a <= 0xDF) return left >= 2 && tail(1) ? 2 : 0;
  if (a >= 0xE0 && a <= 0xEF) {
    if (left < 3) return 0;
    const unsigned low = a == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = a == 0xED ? 0x9F : 0xBF;  // no surrogates
    return tail(1, low, high) && tail(2) ? 3 : 0;
  }
  if (a >= 0xF0 && a <= 0xF4) {
    if (left < 4) return 0;
    const unsigned low = a == 0xF0 ? 0x90 : 0x80;
    const unsigned high = a == 0xF4 ? 0x8F : 0xBF;
    return tail(1, low, high) && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

char32_t next(std::string_view text, size_t& offset) {
  const unsigned a = byte_at(text, offset);
  if (a < 0x80) {
    ++offset;
    return a;
  }
  const size_t n = well_formed(text, offset);
  if (n == 0) {
    ++offset;
    return kReplacement;
  }
  char32_t c = a & (0x7FU >> n);
  for (size_t k = 1; k < n; ++k) c = (c << 6) | (byte_at(text, offset + k) & 0x3FU);
  offset += n;
  return c;
}

char32_t prev(std::string_view text, size_t& offset) {
  size_t begin = offset - 1;
  while (begin > 0 && offset - begin < 4 && !is_boundary(text, begin)) --begin;
  size_t end = begin;
  const char32_t c = next(text, end);
  if (end == offset) {
    offset = begin;
    return c;
  }
  --offset;
  return kReplacement;
}

void append(std::string& out, char32_t c) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    out.push_back(static_cast<char>(0xC0 | (c >> 6)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else if (c < 0x10000) {
    out.push_back(static_cast<char>(0xE0 | (c >> 12)));
    out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else {
    out.push_back(static_cast<char>(0xF0 | (c >> 18)));
    out.push_back(static_cast<char>(0x80 | ((c >> 12) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  }
}

size_t find_invalid(std::string_view text) {
  size_t i = 0;
  while (i < text.size()) {
    // Eight ASCII bytes at a time.
    while (i + 8 <= text.size()) {
      uint64_t word;
      __builtin_memcpy(&word, text.data() + i, 8);
      if ((word & 0x8080808080808080ULL) != 0) break;
      i += 8;
    }
    if (i >= text.size()) break;
    const size_t n = well_formed(text, i);
    if (n == 0) return i;
    i += n;
  }
  return std::string_view::npos;
}

bool is_letter(char32_t c) {
  if (c < 0x80) return (c | 0x20U) >= 'a' && (c | 0x20U) <= 'z';
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_L_MASK | U_GC_M_MASK)) != 0;
}

bool is_upper(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_LU_MASK | U_GC_LT_MASK)) != 0;
}

bool is_lower(char32_t c) {
  if (c < 0x80) return c >= 'a' && c <= 'z';
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_LL_MASK) != 0;
}

bool is_digit(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9';
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_ND_MASK) != 0;
}

bool is_space(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13);
  return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0 || c == 0xFEFF;
}

char32_t to_lower(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}

char32_t to_upper(char32_t c) {
  if (c < 0x80) return c >= 'a' && c <= 'z' ? c - 32 : c;
  return static_cast<char32_t>(u_toupper(static_cast<UChar32>(c)));
}

std::string lower(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    const unsigned char a = static_cast<unsigned char>(text[i]);
    if (a < 0x80) {
      out.push_back(a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : static_cast<char>(a));
      ++i;
    } else {
      append(out, to_lower(next(text, i)));
    }
  }
  return out;
}

}  // namespace readout::utf8
