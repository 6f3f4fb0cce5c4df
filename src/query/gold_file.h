// A file of gold as one string, unpacked if it is compressed (.xz, .gz, .zst).
#pragma once

#include <string>

#include "readout/result.h"

namespace readout::query {

Result<std::string> read_gold_file(const std::string& path);

}  // namespace readout::query
