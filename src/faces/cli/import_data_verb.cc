// readout data import: dictionaries of other coders as a folder that --data overlays.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "entities/petrarch.h"
#include "faces/cli/app.h"
#include "faces/cli/terminal.h"
#include "query/gold_file.h"

namespace readout::cli {
namespace {

namespace fs = std::filesystem;

int data_import(const Args& args) {
  if (args.get("FORMAT") != "petrarch") {
    complain("readout data import: \"" + args.get("FORMAT") + "\" is not a format (want petrarch)");
    return kFailed;
  }
  std::error_code error;
  std::vector<std::string> paths;
  const std::string folder = args.get("FOLDER");
  if (!fs::is_directory(folder, error)) {
    complain("readout data import: " + folder + ": no such folder");
    return kFailed;
  }
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    const std::string path = entry.path().string();
    if (entry.is_regular_file(error) && (path.ends_with(".txt") || path.ends_with(".xz") || path.ends_with(".gz"))) paths.push_back(path);
  }
  std::sort(paths.begin(), paths.end());
  std::vector<entities::PetrarchFile> files;
  size_t left_out = 0;
  for (const std::string& path : paths) {
    auto text = query::read_gold_file(path);
    if (!text) {
      complain(text.error().message);
      continue;
    }
    if (entities::petrarch_kind(path, *text) == entities::PetrarchKind::Other) {
      ++left_out;
      continue;
    }
    files.push_back({path, std::move(*text)});
  }
  if (files.empty()) {
    complain("readout data import: " + folder + ": no actors, agents, discards or issues in it");
    return kNothingFound;
  }
  const entities::PetrarchImport import = entities::import_petrarch(files);
  const fs::path to = args.get("to");
  for (const auto& [path, table] : import.tables) {
    fs::create_directories((to / path).parent_path(), error);
    std::ofstream out(to / path, std::ios::binary);
    out << table;
    if (!out.flush()) {
      complain("readout data import: " + (to / path).string() + ": cannot be written");
      return kFailed;
    }
  }
  for (const std::string& problem : import.problems) complain(problem);
  emit(std::to_string(files.size()) + " files read, " + std::to_string(left_out) + " left out (verbs and others): " + std::to_string(import.actors) +
       " codes of actors under " + std::to_string(import.names) + " names, " + std::to_string(import.agents) + " agents, " + std::to_string(import.discards) + " discards, " +
       std::to_string(import.issues) + " issues, " + std::to_string(import.problems.size()) + " bad lines\nwritten to " + to.string() + "; use it with --data " + to.string() + "\n");
  return kDone;
}

}  // namespace

Verb data_import_verb() {
  return {"data import",
          "turn dictionaries of PETRARCH or TABARI into a --data folder",
          "Reads actors, agents, discards and issues as they are, packed or not, and reports every bad line.\n\n"
          "  readout data import petrarch dictionaries --to mine\n  readout read --data mine report.txt",
          {{"FORMAT", "", "", "petrarch", {"petrarch"}, false, true},
           {"FOLDER", "", "", "where the dictionaries are", {}, false, true},
           {"--to", "FOLDER", "petrarch-data", "where the tables go", {}}},
          data_import};
}

}  // namespace readout::cli
