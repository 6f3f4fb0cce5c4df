// Which of a page's segments are the text, and which are the page around it.
#pragma once

#include <vector>

#include "readout/layers.h"
#include "text/html_tree.h"

namespace readout::text {

struct HtmlVerdict {
  bool keep = false;                      // false: left out of the plain text
  BlockRole role = BlockRole::Narration;  // Navigation, Boilerplate: kept, but not the text
  uint32_t table = 0, row = 0;            // blocks of the data table it stands in; 0: none
};

/// One verdict a segment.
///
/// Method: what tags, ARIA roles and class words say goes first (nav, footer, "cookie-banner"),
/// unless the element so named holds most of the page's prose. Then the content root: the tightest
/// of main, article, itemprop=articleBody and class words like "article-body" that holds the prose.
/// Without one, segments are judged by length, stops and link density, and short ones by their
/// neighbours (after jusText, Pomikálek 2011, without its stop words: any language).
std::vector<HtmlVerdict> judge_html(const HtmlTree& tree);

}  // namespace readout::text
