// readout eval petrarch: unit tests of other coders with their own dictionaries, over our parse.
#include <algorithm>
#include <filesystem>
#include <map>

#include "faces/cli/app.h"
#include "faces/cli/terminal.h"
#include "query/eval_petrarch.h"
#include "query/gold_file.h"

namespace readout::cli {
namespace {

namespace fs = std::filesystem;

std::string joined(const std::vector<std::string>& list) {
  std::string out;
  for (const std::string& one : list) out += (out.empty() ? "" : " ") + one;
  return out.empty() ? "none" : out;
}

int eval_petrarch(const Args& args) {
  events::petrarch::Dictionary dictionary;
  for (const std::string& place : args.all("dictionaries")) {
    std::vector<std::string> paths;
    std::error_code error;
    if (fs::is_directory(place, error)) {
      for (const auto& entry : fs::directory_iterator(place, error)) {
        if (entry.is_regular_file(error)) paths.push_back(entry.path().string());
      }
      std::sort(paths.begin(), paths.end());
    } else {
      paths.push_back(place);
    }
    for (const std::string& path : paths) {
      const auto text = query::read_gold_file(path);
      if (!text) {
        complain("readout eval: " + text.error().message);
        return kFailed;
      }
      dictionary.add(path, *text);
    }
  }
  const auto counts = dictionary.counts();
  if (counts.verbs == 0 || counts.actors == 0) {
    complain("readout eval: no verbs and actors in the dictionaries (--dictionaries FOLDER or FILE)");
    return kFailed;
  }
  EngineOptions options;
  options.layers = {Layer::Tokens, Layer::Syntax};
  const auto engine = Engine::open(options);
  if (!engine) {
    complain("readout eval: " + engine.error().message);
    return kFailed;
  }
  for (const std::string& file : args.all("FILE")) {
    const auto text = query::read_gold_file(file);
    if (!text) {
      complain("readout eval: " + text.error().message);
      return kFailed;
    }
    const auto records = query::read_petrarch_suite(*text);
    if (!records) {
      complain("readout eval: " + records.error().within(file).message);
      return kFailed;
    }
    const auto outcomes = query::run_petrarch_suite(**engine, dictionary, *records);
    std::map<std::string, std::pair<size_t, size_t>> by_category;
    size_t right = 0;
    for (const auto& outcome : outcomes) {
      auto& [all, good] = by_category[outcome.record->category];
      ++all;
      if (outcome.right()) {
        ++good;
        ++right;
      } else if (args.on("failures")) {
        emit(outcome.record->id + "  " + outcome.record->text + "\n    want " + joined(outcome.record->want) + "\n    got  " + joined(outcome.got) + "\n");
      }
    }
    emit(file + "\n  records exactly right  " + std::to_string(right) + " of " + std::to_string(outcomes.size()) + "  (" +
         std::to_string(outcomes.empty() ? 0 : right * 1000 / outcomes.size() / 10) + "." + std::to_string(outcomes.empty() ? 0 : right * 1000 / outcomes.size() % 10) + " %)\n");
    for (const auto& [category, score] : by_category) emit("    " + category + "  " + std::to_string(score.second) + " of " + std::to_string(score.first) + "\n");
  }
  return kDone;
}

}  // namespace

Verb eval_petrarch_verb() {
  return {"eval petrarch",
          "unit tests of PETRARCH and TABARI with their own dictionaries, over our parse",
          "Counts the records whose events are exactly those wanted.\n\n"
          "  readout eval petrarch --dictionaries dictionaries/petrarch_validate petrarch_unit_tests.xml\n",
          {{"FILE", "", "", "suites: PETRARCH's XML, or JSON Lines", {}, true, true},
           {"--dictionaries", "PLACE", "", "folders or files of verbs, actors, agents, discards", {}, true},
           {"--failures", "", "", "list every record that is not right", {}}},
          eval_petrarch};
}

}  // namespace readout::cli
