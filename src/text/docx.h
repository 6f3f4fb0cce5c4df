// DOCX (Office Open XML) -> text and hints.
#pragma once

#include "text/input.h"

namespace readout::text {

/// The source of the layer is the extracted text; `original_sha256` is the file's. Paragraphs are
/// divided by empty lines, cells by tabs, rows by line ends. Deleted text, notes and fields'
/// instructions are left out. Title, author and date come from docProps/core.xml; pages from the
/// breaks that the writing program stored.
Result<TextLayer> extract_docx(RawDocument raw);

}  // namespace readout::text
