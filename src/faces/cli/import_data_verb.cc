// readout data import: dictionaries of other coders as a folder that --data overlays.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "entities/petrarch.h"
#include "events/petrarch/dictionary.h"
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
  // The coder (--coder petrarch) reads the dictionaries themselves; a copy goes along.
  events::petrarch::Dictionary dictionary;
  std::vector<entities::PetrarchFile> copies;
  size_t left_out = 0;
  for (const std::string& path : paths) {
    auto text = query::read_gold_file(path);
    if (!text) {
      complain(text.error().message);
      continue;
    }
    const bool table = entities::petrarch_kind(path, *text) != entities::PetrarchKind::Other;
    const size_t problems = dictionary.problems().size();
    if (dictionary.add(path, *text)) {
      copies.push_back({path, *text});
      // what the tables below report too is not said twice
      for (size_t i = problems; i < dictionary.problems().size() && !table; ++i) complain(dictionary.problems()[i]);
    } else if (!table) {
      ++left_out;
    }
    if (table) files.push_back({path, std::move(*text)});
  }
  if (files.empty() && copies.empty()) {
    complain("readout data import: " + folder + ": no verbs, actors, agents, discards or issues in it");
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
  for (const entities::PetrarchFile& copy : copies) {
    std::string name = fs::path(copy.name).filename().string();
    for (const std::string_view packed : {".xz", ".gz"}) {
      if (name.ends_with(packed)) name.erase(name.size() - packed.size());
    }
    fs::create_directories(to / "petrarch", error);
    std::ofstream out(to / "petrarch" / name, std::ios::binary);
    out << copy.text;
    if (!out.flush()) {
      complain("readout data import: " + (to / "petrarch" / name).string() + ": cannot be written");
      return kFailed;
    }
  }
  for (const std::string& problem : import.problems) complain(problem);
  const auto verbs = dictionary.counts();
  emit(std::to_string(files.size()) + " files read for tables, " + std::to_string(copies.size()) + " for coding, " + std::to_string(left_out) + " left out: " + std::to_string(verbs.verbs) + " forms of verbs with " + std::to_string(verbs.patterns) + " patterns, " + std::to_string(import.actors) +
       " codes of actors under " + std::to_string(import.names) + " names, " + std::to_string(import.agents) + " agents, " + std::to_string(import.discards) + " discards, " +
       std::to_string(import.issues) + " issues, " + std::to_string(import.problems.size()) + " bad lines\nwritten to " + to.string() + "; use it with --data " + to.string() + (verbs.verbs > 0 ? " (and --coder petrarch for its verbs)\n" : "\n"));
  return kDone;
}

}  // namespace

Verb data_import_verb() {
  return {"data import",
          "turn dictionaries of PETRARCH or TABARI into a --data folder",
          "Reads verbs, actors, agents, discards and issues as they are, packed or not, and reports every bad line. Actors become tables of\n"
          "names; verbs are used by \"readout read --coder petrarch\".\n\n"
          "  readout data import petrarch dictionaries --to mine\n  readout read --data mine report.txt",
          {{"FORMAT", "", "", "petrarch", {"petrarch"}, false, true},
           {"FOLDER", "", "", "where the dictionaries are", {}, false, true},
           {"--to", "FOLDER", "petrarch-data", "where the tables go", {}}},
          data_import};
}

}  // namespace readout::cli
