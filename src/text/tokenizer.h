// Words and sentences of one stretch of text, in the sense of Universal Dependencies for English
// (EWT and GUM 2.16): clitics and most hyphenated words are parted, abbreviations keep their stop.
//
// One pass from left to right. A run of ASCII letters with a blank or plain mark behind it - nine
// words in ten - is emitted at once; whatever else is met goes to the careful path. No regular
// expressions and no allocation besides the output columns. Example: "can't" -> ca|n't,
// "well-known" -> well|-|known, "non-profit" -> non-profit, "41km" -> 41|km, "U.S." -> U.S.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "core/word_table.h"
#include "readout/layers.h"
#include "readout/span.h"

namespace readout::text {

/// What a word looks like, as far as sentence ends depend on it.
enum class WordKind : uint8_t {
  Word,
  Number,
  Stop,
  Strong,
  Ellipsis,
  Comma,
  Colon,
  Semicolon,
  Dash,
  Open,
  Close,
  Quote,
  SingleQuote,
  Other,
  Initial,          // "J.": one letter with its stop
  TitleStop,        // "Mr.": a name follows
  NumberStop,       // "No.", "Sept.": a number or name follows
  AbbreviationStop  // "Inc.", "U.S.", "p.m.": may end a sentence
};

struct Words {
  std::vector<Span> span;
  std::vector<uint8_t> flags;  // TokenFlags
  std::vector<WordKind> kind;
  std::vector<Span> cut;  // tokens longer than the limit, cut in pieces

  void clear() {
    span.clear();
    flags.clear();
    kind.clear();
    cut.clear();
  }
};

class Tokenizer {
 public:
  /// Word lists from data/text.
  Tokenizer();

  /// Appends the words of text[span] to `out`. O(span.size()).
  void words(std::string_view text, Span span, Words& out) const;

  /// Appends to `ends` the index behind the last word of each sentence of words [first, last), as the
  /// rules see it (breaks.h looks at it again). The last one is always `last`. `text` is what the
  /// spans point into.
  void sentences(std::string_view text, const Words& words, uint32_t first, uint32_t last,
                 std::vector<uint32_t>& ends) const;

 private:
  class Run;

  WordTable abbreviations_, prefixes_, units_, clitics_, emoticons_, starters_, domains_;
  std::vector<std::vector<uint8_t>> clitic_parts_;  // byte lengths of the parts
  std::array<uint32_t, 26>
      clitic_shapes_{};  // by first letter: bit n, some clitic word has n letters
};

}  // namespace readout::text
