// A data file as the user has it: from the folder given with --data where it is there, else built
// in.
#pragma once

#include <string>
#include <string_view>

#include "readout/result.h"

namespace readout::events {

/// The bytes of `path` (below data/). Fails with Io if the user's file can't be read.
Result<std::string> table_bytes(const std::string& data_folder, std::string_view path);

}  // namespace readout::events
