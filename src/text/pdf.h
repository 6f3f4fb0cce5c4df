// PDF -> text, by the program `pdftotext` (poppler-utils), which runs apart: with limits on time,
// memory and output, without a shell, and not linked (poppler is GPL).
#pragma once

#include "text/input.h"

namespace readout::text {

/// The source of the layer is the text as extracted, with form feeds between pages; the plain text
/// is without running headers, footers and page numbers, and with words put together again that a
/// line's end had cut. `original_sha256` is the PDF's; `pages` say where each page begins.
Result<TextLayer> extract_pdf(RawDocument raw);

/// The same from text that has been extracted already: pages divided by form feeds.
Result<TextLayer> layer_of_pages(std::string pages, ContainerMeta meta);

}  // namespace readout::text
