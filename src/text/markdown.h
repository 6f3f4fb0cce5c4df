// Markdown -> plain text and hints (the only file that knows md4c).
#pragma once

#include "text/input.h"

namespace readout::text {

/// Emphasis, links, code marks and tags go; the words inside of them stay, and so do the numbers of
/// numbered points. A front matter ("---", title: ..., "---") becomes meta data.
Result<TextLayer> extract_markdown(RawDocument raw);

}  // namespace readout::text
