// The command line as a table: every verb and option is defined once. Parser, -h, --help, the man
// page and shell completion are made from it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "readout/result.h"

namespace readout::cli {

/// Exit codes of the program.
enum Exit : int { kDone = 0, kNothingFound = 1, kFailed = 2, kInterrupted = 130 };

struct Option {
  std::string names;                 // "-f,--format"; a positional has no dash: "FILE"
  std::string value;                 // name of the value ("FORMAT"); empty: a switch
  std::string fallback;              // default, as text
  std::string help;                  // one line
  std::vector<std::string> choices;  // empty: any
  bool many = false;                 // may be given several times
  bool required = false;
};

/// What was given, by long name without dashes ("format") or positional name ("FILE").
class Args {
 public:
  std::string get(std::string_view name) const;
  bool on(std::string_view name) const;
  const std::vector<std::string>& all(std::string_view name) const;
  bool given(std::string_view name) const;
  std::map<std::string, std::vector<std::string>, std::less<>> values;
};

struct Verb {
  std::string name;
  std::string summary;  // one line
  std::string text;     // long help: what it does, what it prints, an example
  std::vector<Option> options;
  std::function<int(const Args&)> run;
};

/// All verbs, in the order of help. Sub-verbs are written "eval tokens".
const std::vector<Verb>& verbs();

/// Options that many verbs share, defined once.
Option format_option(std::vector<std::string> choices, std::string fallback);
Option threads_option();
Option color_option();
Option files_option(bool required = true);
Option input_format_option();
Option data_option();
Option record_option();
Option coder_option();
Option depth_option();

int run(int argc, char** argv);

// Verb definitions, one function a file.
Verb read_verb();
Verb show_verb();
Verb parse_verb();
Verb bench_verb();
Verb bench_syntax_verb();
Verb bench_questions_verb();
Verb data_verb();
Verb data_import_verb();
Verb data_predicates_verb();
Verb serve_verb();
Verb eval_events_verb();
Verb eval_petrarch_verb();
std::vector<Verb> eval_verbs();
std::vector<Verb> store_verbs();
std::vector<Verb> question_verbs();
std::vector<Verb> alert_verbs();
std::vector<Verb> meta_verbs();  // completion, man, version

}  // namespace readout::cli
