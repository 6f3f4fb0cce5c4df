#include "events/table_file.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/embedded.h"

namespace readout::events {

Result<std::string> table_bytes(const std::string& data_folder, std::string_view path) {
  if (!data_folder.empty()) {
    const std::filesystem::path file = std::filesystem::path(data_folder) / path;
    std::error_code none;
    if (std::filesystem::is_regular_file(file, none)) {
      std::ifstream in(file, std::ios::binary);
      std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
      if (!in.good() && !in.eof()) return Error{Code::Io, file.string() + ": can't be read"};
      return bytes;
    }
  }
  return std::string(embedded(path));
}

}  // namespace readout::events
