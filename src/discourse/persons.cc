// One walk over the bytes; words are compared by their first letter first.
#include "discourse/persons.h"

#include "discourse/scan.h"

namespace readout::discourse {

Persons count_persons(std::string_view text, Span span) {
  Persons out;
  bool quoted = false;
  for (uint32_t i = span.begin; i < span.end;) {
    const char c = text[i];
    if (c == '"') {
      quoted = !quoted;
      ++i;
      continue;
    }
    if (c == '\xE2' && i + 2 < span.end && text[i + 1] == '\x80' &&
        (text[i + 2] == '\x9C' || text[i + 2] == '\x9D')) {
      quoted = text[i + 2] == '\x9C';
      i += 3;
      continue;
    }
    if (!wordish(c)) {
      ++i;
      continue;
    }
    const uint32_t begin = i;
    while (i < span.end &&
           (ascii_alpha(text[i]) || ascii_digit(text[i]) || (high(text[i]) && text[i] != '\xE2')))
      ++i;
    if (i == begin) {
      ++i;  // a byte of a typographic mark
      continue;
    }
    ++out.words;
    if (quoted || i - begin > 9) continue;
    const char first = lower(text[begin]);
    const uint32_t n = i - begin;
    const auto is = [&](std::string_view word) {
      if (n != word.size()) return false;
      for (uint32_t k = 0; k < n; ++k) {
        if (lower(text[begin + k]) != word[k]) return false;
      }
      return true;
    };
    switch (first) {
      case 'i':
        if (n == 1 && text[begin] == 'I' && !(i < span.end && text[i] == '.')) ++out.singular;
        break;
      case 'm':
        if (is("my") || is("me") || is("myself")) ++out.singular;
        break;
      case 'w':
        if (is("we")) ++out.plural;
        break;
      case 'o':
        if (is("our") || is("ours")) ++out.plural;
        break;
      case 'u':
        if (n == 2 && text[begin] == 'u' && is("us")) ++out.plural;
        break;
      case 'y':
        if (is("you") || is("your") || is("yours")) ++out.second;
        break;
      default:
        break;
    }
  }
  return out;
}

}  // namespace readout::discourse
