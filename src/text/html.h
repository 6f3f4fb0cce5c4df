// Web pages -> plain text, hints and meta data.
#pragma once

#include "text/input.h"

namespace readout::text {

/// Fails only if nothing on the page is text.
Result<TextLayer> extract_html(RawDocument raw);

/// The text that a page's bytes become, without the bytes: for mails whose body is a page.
struct HtmlText {
  std::string plain;
  OffsetMap map;  // plain -> what `base` maps the page to
  std::vector<BlockHint> hints;
  std::vector<Note> notes;
};
/// `page` is UTF-8; `base` maps it to a source. Fills the fields of `meta` that are empty.
HtmlText render_html(std::string_view page, const OffsetMap& base, std::string_view place,
                     ContainerMeta& meta);

}  // namespace readout::text
