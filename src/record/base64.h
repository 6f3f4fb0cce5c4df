// Source bytes in exported lines.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "readout/result.h"

namespace readout::record {

std::string to_base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);

/// A line {"kind":"source","doc":...,"encoding":...,"content":...}: document id and bytes. Nothing
/// if the line is of another kind; BadInput if it is damaged.
Result<std::optional<std::pair<std::string, std::string>>> parse_source_line(std::string_view line);

}  // namespace readout::record
