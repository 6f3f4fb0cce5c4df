// Stretches of text between quotation marks, of all the usual kinds: " “ ” „ « » ‘ ’ ' `` ''.
//
// Marks are paired block by block, for a writer's missing mark must not turn the rest of the text
// inside out. A quotation over several paragraphs opens each of them anew and closes only the last
// ("continued" pieces); one that opens only the first is found by its lone closing mark.
//
//   “We carry messages.            one piece, continued
//   “Our neighbours agreed.”       one piece, continues
#pragma once

#include <string_view>
#include <vector>

#include "readout/layers.h"

namespace readout::discourse {

struct Marked {
  Span outer, inner;       // with and without the marks
  uint8_t depth = 0;       // 0: not inside another
  bool continued = false;  // goes on in the next piece of this depth
  bool continues = false;  // goes on from the piece before
  bool open_ended = false; // its closing mark is missing
};

/// Sorted by begin, outer ones first. O(text).
std::vector<Marked> find_marked(std::string_view text, const std::vector<Block>& blocks);

/// Length in bytes of a quotation mark at `i`, 0 if there is none.
uint32_t quotation_mark(std::string_view text, uint32_t i);

}  // namespace readout::discourse
