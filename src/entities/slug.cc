// Slugs: accents off, letters that have no plain form written out, all else a hyphen.
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "core/utf8.h"
#include "entities/actor_reader.h"

namespace readout::entities {
namespace {

std::string_view written_out(char32_t c) {
  switch (c) {
    case 0xFE: return "th";
    case 0xF0: case 0x111: return "d";
    case 0xE6: return "ae";
    case 0x153: return "oe";
    case 0xF8: return "o";
    case 0x142: return "l";
    case 0xDF: return "ss";
    case 0x131: return "i";
    case 0x259: return "a";
    default: return {};
  }
}

}  // namespace

std::string slug(std::string_view name) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
  std::string out;
  bool gap = false;
  const auto put = [&](char c) {
    if (gap && !out.empty()) out.push_back('-');
    gap = false;
    out.push_back(c);
  };
  for (size_t i = 0; i < name.size();) {
    char32_t c = utf8::to_lower(utf8::next(name, i));
    if (const std::string_view plain = written_out(c); !plain.empty()) {
      for (const char p : plain) put(p);
      continue;
    }
    if (c >= 0xC0 && nfd != nullptr) {
      icu::UnicodeString parts;
      if (nfd->getDecomposition(static_cast<UChar32>(c), parts) != 0) c = static_cast<char32_t>(parts.char32At(0));
    }
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      put(static_cast<char>(c));
    } else if (c == '\'' || c == 0x2019 || c == 0x2BC || c == 0x2BB || c == '.' || (c >= 0x300 && c <= 0x36F)) {
      // part of the word
    } else if (c < 0x80) {
      gap = true;
    } else {
      // A letter of another script: its number keeps different names apart.
      static constexpr char kHex[] = "0123456789abcdef";
      put('u');
      for (int shift = 12; shift >= 0; shift -= 4) out.push_back(kHex[(c >> shift) & 0xFU]);
    }
  }
  return out;
}

}  // namespace readout::entities
