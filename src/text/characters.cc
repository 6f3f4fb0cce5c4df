#include "text/characters.h"

namespace readout::text {

CharClass class_of(char32_t c) {
  // Latin-1, Latin Extended, Greek, Cyrillic, Armenian letters are the common case.
  if (c < 0x80) return ascii_class(static_cast<char>(c));
  if (c >= 0xC0 && c < 0x250) {
    if (c == 0xD7 || c == 0xF7) return CharClass::Other;
    return utf8::is_upper(c) ? CharClass::Upper : CharClass::Lower;
  }
  switch (c) {
    case 0x00A0:
    case 0x200B:
    case 0x2028:
    case 0x2029:
    case 0xFEFF:
      return CharClass::Space;
    case 0x00AD:
    case 0x200C:
    case 0x200D:
      return CharClass::Lower;  // soft hyphen, joiners: inside words
    case 0x2010:
    case 0x2011:
      return CharClass::Hyphen;
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
      return CharClass::Dash;
    case 0x2018:
    case 0x2019:
    case 0x02BC:
    case 0x02BB:
    case 0xFF07:
      return CharClass::Apostrophe;
    case 0x201C:
    case 0x201E:
    case 0x00AB:
    case 0x2039:
    case 0x201A:
    case 0xFF08:
      return CharClass::Open;
    case 0x201D:
    case 0x00BB:
    case 0x203A:
    case 0xFF09:
      return CharClass::Close;
    case 0x2026:
      return CharClass::Ellipsis;
    case 0x3002:
    case 0x0589:
      return CharClass::Stop;  // ideographic and Armenian full stop
    case 0x203C:
    case 0x2047:
    case 0x2048:
    case 0x2049:
    case 0xFF01:
    case 0xFF1F:
    case 0x061F:
      return CharClass::Strong;
    case 0x00A3:
    case 0x00A5:
    case 0x20AC:
    case 0x20BD:
    case 0x20BA:
    case 0x20BC:
    case 0x20BE:
    case 0x058F:
    case 0x20B4:
    case 0x20B8:
    case 0x20B9:
    case 0x20A9:
    case 0x20AA:
      return CharClass::Currency;
    default:
      break;
  }
  if (utf8::is_space(c)) return CharClass::Space;
  if (utf8::is_digit(c)) return CharClass::Digit;
  if (utf8::is_upper(c)) return CharClass::Upper;
  if (utf8::is_letter(c)) return CharClass::Lower;
  return CharClass::Other;
}

}  // namespace readout::text
