// Dictionaries of PETRARCH and TABARI, read as they are: actors (with dated codes and synonyms),
// agents, discards, issues. What comes out are tables in our own form, for a folder that --data
// overlays; every line that cannot be read is reported with its file, number and reason.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace readout::entities {

enum class PetrarchKind : uint8_t { Actors, Agents, Discards, Issues, Other };

/// By name and, where that says nothing, by content.
PetrarchKind petrarch_kind(std::string_view file, std::string_view text);

struct PetrarchImport {
  /// Path below the folder -> table, with its header.
  std::map<std::string, std::string> tables;
  std::vector<std::string> problems;  // "FILE:12: no code in brackets"
  size_t actors = 0, names = 0, agents = 0, discards = 0, issues = 0;
};

struct PetrarchFile {
  std::string name, text;
};

PetrarchImport import_petrarch(const std::vector<PetrarchFile>& files);

}  // namespace readout::entities
