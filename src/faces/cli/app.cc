// Builds the parser from the table and runs the verb that was asked for.
#include "faces/cli/app.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <iostream>

#include "faces/cli/terminal.h"
#include "readout/pipeline.h"

namespace readout::cli {
namespace {

std::string key_of(const Option& option) {
  // The long name, else the short one, else the positional's name.
  std::string best;
  size_t at = 0;
  while (at <= option.names.size()) {
    const size_t comma = std::min(option.names.find(',', at), option.names.size());
    std::string name = option.names.substr(at, comma - at);
    if (name.starts_with("--")) return name.substr(2);
    best = name.starts_with("-") ? name.substr(1) : name;
    at = comma + 1;
  }
  return best;
}

/// Levenshtein distance, for "did you mean".
size_t distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      diagonal = above;
    }
  }
  return row.back();
}

void print_overview(std::ostream& out) {
  out << "readout reads diplomatic readouts, communiques, transcripts and political news,\n"
         "and keeps a sourced record of who said, did and promised what.\n\n"
         "usage: readout VERB [options] [FILE...]\n\n";
  for (const Verb& verb : verbs()) {
    out << "  " << verb.name << std::string(verb.name.size() < 18 ? 18 - verb.name.size() : 1, ' ')
        << verb.summary << "\n";
  }
  out << "\nreadout VERB --help says more. Exit: 0 done, 1 nothing found, 2 an error, 130 interrupted.\n";
}

/// Attaches one option of the table to the parser; the values land in `args`.
void attach(CLI::App& app, const Option& option, Args& args) {
  const std::string key = key_of(option);
  std::vector<std::string>& values = args.values[key];
  CLI::Option* added = nullptr;
  if (option.value.empty() && option.names.starts_with("-")) {
    added = app.add_flag_function(
        option.names, [&values](int64_t) { values = {"on"}; }, option.help);
  } else {
    if (option.many) {
      added = app.add_option(option.names, values, option.help);
    } else {
      added = app.add_option_function<std::string>(
          option.names, [&values](const std::string& v) { values = {v}; }, option.help);
    }
    added->type_name(option.value);
    // A vector takes all that follows; an option with a dash one value at a time, several times.
    if (option.many && option.names.starts_with("-")) added->allow_extra_args(false);
    if (!option.choices.empty()) added->check(CLI::IsMember(option.choices));
    if (!option.fallback.empty()) added->default_str(option.fallback);
  }
  if (option.required) added->required();
}

}  // namespace

std::string Args::get(std::string_view name) const {
  const auto it = values.find(name);
  return it == values.end() || it->second.empty() ? std::string() : it->second.back();
}

bool Args::on(std::string_view name) const { return given(name); }

const std::vector<std::string>& Args::all(std::string_view name) const {
  static const std::vector<std::string> kNothing;
  const auto it = values.find(name);
  return it == values.end() ? kNothing : it->second;
}

bool Args::given(std::string_view name) const {
  const auto it = values.find(name);
  return it != values.end() && !it->second.empty();
}

const std::vector<Verb>& verbs() {
  static const std::vector<Verb> kVerbs = [] {
    std::vector<Verb> all = {read_verb(), show_verb(), parse_verb()};
    const auto append = [&](std::vector<Verb> more) {
      for (Verb& verb : more) all.push_back(std::move(verb));
    };
    append(store_verbs());
    append(question_verbs());
    append(alert_verbs());
    all.push_back(serve_verb());
    append(eval_verbs());
    all.push_back(bench_verb());
    all.push_back(bench_syntax_verb());
    all.push_back(bench_questions_verb());
    all.push_back(data_verb());
    all.push_back(data_import_verb());
    all.push_back(data_predicates_verb());
    append(meta_verbs());
    return all;
  }();
  return kVerbs;
}

Option format_option(std::vector<std::string> choices, std::string fallback) {
  return {"-f,--format", "FORMAT", std::move(fallback), "what to print", std::move(choices)};
}
Option threads_option() {
  return {"-j,--threads", "N", "0", "threads; 0: one a processor. The output does not depend on it", {}};
}
Option color_option() {
  return {"--color", "WHEN", "auto", "colour the output; NO_COLOR is obeyed", {"auto", "always", "never"}};
}
Option files_option(bool required) {
  return {"FILE", "FILE", "", "files, folders, archives; - is standard input", {}, true, required};
}
Option input_format_option() {
  return {"--input-format", "FORMAT", "auto", "what the inputs are",
          {"auto", "text", "markdown", "html", "pdf", "docx", "eml", "jsonl", "petrarch"}};
}
Option data_option() {
  return {"--data", "FOLDER", "", "dictionaries of your own, laid over the built-in ones", {}};
}
Option coder_option() {
  return {"--coder", "CODER", "frames", "who codes acts: frames, the model, both (the model where no frame fits), or dictionaries of PETRARCH in the --data folder",
          {"frames", "model", "both", "petrarch"}};
}
Option depth_option() {
  return {"--depth", "DEPTH", "full", "text: turns and sentences only, many times faster; full: all layers", {"text", "full"}};
}
Option record_option() {
  return {"-r,--record", "FILE", "readout.db", "the record (an SQLite file)", {}};
}

int run(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  if (argc < 2 || std::string_view(argv[1]) == "-h" || std::string_view(argv[1]) == "--help" ||
      (std::string_view(argv[1]) == "help" && argc == 2)) {
    print_overview(argc < 2 ? std::cerr : std::cout);
    return argc < 2 ? kFailed : kDone;
  }
  std::vector<std::string> words(argv + 1, argv + argc);
  if (words.front() == "--version") words.front() = "version";
  if (words.front() == "help") {
    words.erase(words.begin());
    words.push_back("--help");
  }
  // The longest verb that the words begin with: "eval tokens" before "eval".
  const Verb* found = nullptr;
  size_t used = 0;
  for (const Verb& verb : verbs()) {
    const bool two = verb.name.find(' ') != std::string::npos;
    const std::string given =
        two && words.size() > 1 ? words[0] + " " + words[1] : words[0];
    if (given == verb.name && (two ? 2U : 1U) > used) {
      found = &verb;
      used = two ? 2 : 1;
    }
  }
  if (found == nullptr) {
    std::string best;
    size_t best_distance = 3;
    bool group = false;
    for (const Verb& verb : verbs()) {
      const std::string first = verb.name.substr(0, verb.name.find(' '));
      group = group || (first == words[0] && first != verb.name);
      const size_t d = distance(words[0], first);
      if (d < best_distance) {
        best_distance = d;
        best = first;
      }
    }
    if (group) {
      std::cerr << "readout: \"" << words[0] << "\" wants one of:\n";
      for (const Verb& verb : verbs()) {
        if (verb.name.starts_with(words[0] + " ")) std::cerr << "  readout " << verb.name << "   " << verb.summary << "\n";
      }
      return kFailed;
    }
    std::cerr << "readout: there is no verb \"" << words[0] << "\"";
    if (!best.empty()) std::cerr << "; did you mean \"" << best << "\"?";
    std::cerr << "\nreadout --help lists the verbs.\n";
    return kFailed;
  }
  CLI::App app(found->summary, "readout " + found->name);
  app.footer(found->text);
  app.set_help_flag("-h,--help", "this text");
  Args args;
  for (const Option& option : found->options) attach(app, option, args);
  words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(used));
  std::reverse(words.begin(), words.end());  // CLI11 takes them from the back
  try {
    app.parse(words);
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help();
    return kDone;
  } catch (const CLI::ParseError& e) {
    std::cerr << "readout " << found->name << ": " << e.what() << "\n"
              << "readout " << found->name << " --help says what it takes.\n";
    return kFailed;
  }
  for (const Option& option : found->options) {
    auto& values = args.values[key_of(option)];
    if (values.empty() && !option.fallback.empty()) values = {option.fallback};
  }
  const int code = found->run(args);
  return interrupted() ? kInterrupted : code;
}

}  // namespace readout::cli
