// What a run of bytes is: by its content first, by its name second.
#pragma once

#include <string>
#include <string_view>

#include "text/input.h"

namespace readout::text {

enum class Container { None, Archive, Jsonl, PetrarchXml };

/// Enough of a file's beginning to decide.
inline constexpr size_t kSniffBytes = 16U << 10;

/// Whether the bytes hold several documents, and how they are packed. A DOCX file is not a
/// container.
Container container_of(std::string_view head, std::string_view name);

/// The format of one document; Text if nothing else fits.
Format format_of(std::string_view head, std::string_view name);

/// What the bytes are where they are no document at all ("a PNG image"), or empty.
std::string foreign_kind(std::string_view head);

/// Lower-case extension without dot; compression suffixes are taken off first ("a.html.gz":
/// "html").
std::string extension_of(std::string_view name);

}  // namespace readout::text
