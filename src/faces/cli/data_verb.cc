// readout data check: the dictionaries and patterns, built-in or the user's.
#include "core/embedded.h"
#include "core/tsv.h"
#include "core/utf8.h"
#include "events/engine.h"
#include "events/examples.h"
#include "faces/cli/app.h"
#include "faces/cli/terminal.h"
#include "query/gold_file.h"
#include "query/predicates.h"

namespace readout::cli {
namespace {

/// What holds for every table: UTF-8, a header that names its columns, as many columns in each
/// line, no line twice.
void check_table(std::string_view path, std::string_view bytes, std::vector<std::string>& problems) {
  const auto at = [&](size_t line) { return "data/" + std::string(path) + ":" + std::to_string(line) + ": "; };
  if (const size_t bad = utf8::find_invalid(bytes); bad != std::string_view::npos) {
    problems.push_back(at(1) + "byte " + std::to_string(bad) + " is not UTF-8");
    return;
  }
  size_t columns = 0, line_number = 0;
  bool about = false, source = false;
  std::string_view rest = bytes;
  std::string_view last;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    ++line_number;
    if (line.starts_with("#:")) {
      about = about || line.find("about") != std::string_view::npos;
      source = source || line.find("source") != std::string_view::npos;
      if (const size_t key = line.find("columns"); key != std::string_view::npos) {
        bool in_word = false;
        for (const char c : line.substr(key + 7)) {
          const bool space = c == ' ' || c == '\t';
          if (!space && !in_word) ++columns;
          in_word = !space;
        }
      }
      continue;
    }
    if (line.empty() || line.starts_with("#")) continue;
    const size_t found = 1 + static_cast<size_t>(std::count(line.begin(), line.end(), '\t'));
    if (columns > 0 && found > columns) {
      problems.push_back(at(line_number) + std::to_string(found) + " columns (want at most " + std::to_string(columns) + ")");
    }
    if (line == last) problems.push_back(at(line_number) + "the same line twice");
    last = line;
  }
  if (!about || !source) problems.push_back(at(1) + "the header wants \"#: about\" and \"#: source\"");
}

/// The frames and their examples, read by the engine as a user's text would be.
void check_frames(const std::string& data_folder, std::vector<std::string>& problems) {
  const auto frames = events::load_frames(data_folder);
  if (!frames) {
    problems.push_back(frames.error().message);
    return;
  }
  EngineOptions options;
  options.data_folder = data_folder;
  const auto engine = Engine::open(options);
  if (!engine) {
    problems.push_back(engine.error().message);
    return;
  }
  if (!(*engine)->pipeline().writes().has(Layer::Events)) {
    complain("frames: no syntax model, so their examples were not run");
    return;
  }
  const auto report = events::check_examples(**frames, (*engine)->pipeline());
  if (!report) {
    problems.push_back(report.error().message);
    return;
  }
  for (const std::string& problem : report->problems) problems.push_back(problem);
  emit(std::to_string((*frames)->frames().size()) + " frames, " + std::to_string((*frames)->patterns().size()) + " patterns, " +
       std::to_string(report->yes) + " yes and " + std::to_string(report->no) + " no sentences\n");
}

int data_check(const Args& args) {
  std::vector<std::string> problems;
  size_t tables = 0;
  for (const std::string_view path : embedded_paths()) {
    if (!path.ends_with(".tsv")) continue;
    ++tables;
    check_table(path, embedded(path), problems);
  }
  check_frames(args.get("data"), problems);
  for (const std::string& problem : problems) complain(problem);
  emit(std::to_string(tables) + " tables, " + std::to_string(problems.size()) + " problems; data " + embedded_version().substr(0, 12) + "\n");
  return problems.empty() ? kDone : kFailed;
}

int data_predicates(const Args& args) {
  EngineOptions options;
  options.data_folder = args.get("data");
  options.layers = {Layer::Events};
  const auto engine = Engine::open(options);
  if (!engine) {
    complain("readout data predicates: " + engine.error().message);
    return kFailed;
  }
  for (const std::string& file : args.all("FILE")) {
    const auto text = query::read_gold_file(file);
    if (!text) {
      complain("readout data predicates: " + text.error().message);
      return kFailed;
    }
    const auto lines = query::predicate_lines(**engine, options.data_folder, *text);
    if (!lines) {
      complain("readout data predicates: " + lines.error().within(file).message);
      return kFailed;
    }
    emit(*lines);
  }
  return kDone;
}

}  // namespace

Verb data_predicates_verb() {
  return {"data predicates", "what the backoff model of events is trained on",
          "Prints every predicate of JSON Lines (text, id, date) with its features and the type that a frame gives it. Read by training/events.",
          {files_option(), data_option()}, data_predicates};
}

Verb data_verb() {
  return {"data check", "check the dictionaries", "Fails, with file and line, on whatever is wrong in them, and runs the example sentences of the event frames.", {data_option()}, data_check};
}

}  // namespace readout::cli
