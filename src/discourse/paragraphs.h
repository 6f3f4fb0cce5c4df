// From lines to paragraphs: what the layout of the page sets apart.
//
// A text either has one paragraph a line (agency pages, press releases) or is filled to a width and
// parted by empty lines, indents or short last lines. Which one is decided for the whole document:
// in filled text nearly every line is so long that the first word of the next would not have
// fitted.
#pragma once

#include <string_view>
#include <vector>

#include "readout/document.h"

namespace readout::discourse {

struct Paragraph {
  Span span;  // without white space at its ends and without heading marks ("# ")
  BlockRole role = BlockRole::Narration;
  bool hinted = false;     // the role came from the markup
  bool gap = false;        // an empty line stands before it
  bool continues = false;  // the page cut a sentence here
};

/// O(text + hints). Paragraphs are sorted, disjoint and not empty.
std::vector<Paragraph> find_paragraphs(std::string_view text, const std::vector<BlockHint>& hints);

/// "1.", "(a)", "iv)", "•", "-" with a blank behind it: length of the marker at `begin`, 0 if none.
uint32_t list_marker(std::string_view text, Span span);
/// "- ", "– ", "— " before speech or an item: its length with the blanks, 0 if none.
uint32_t leading_dash(std::string_view text, Span span);

/// True if the last word of the span is followed by a mark that can close a sentence.
bool ends_sentence(std::string_view text, Span span);

}  // namespace readout::discourse
