// Version, man page and shell completion, all from the table of verbs.
#include <algorithm>
#include <sstream>

#include "faces/cli/app.h"
#include "faces/cli/terminal.h"
#include "readout/pipeline.h"

namespace readout::cli {
namespace {

std::vector<std::string> names_of(const Option& option) {
  std::vector<std::string> names;
  std::stringstream in(option.names);
  for (std::string name; std::getline(in, name, ',');) names.push_back(name);
  return names;
}

int version(const Args&) {
  emit(std::string(Engine::version()) + "\n");
  return kDone;
}

std::string roff(std::string_view text) {
  std::string out;
  bool line_start = true;
  for (const char c : text) {
    if (line_start && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\' || c == '-') out += '\\';
    out += c;
    line_start = c == '\n';
  }
  return out;
}

int man(const Args&) {
  std::string out = ".TH READOUT 1\n.SH NAME\nreadout \\- sourced record of diplomatic readouts and political news\n"
                    ".SH SYNOPSIS\n.B readout\n.I VERB\n[options] [FILE...]\n.SH DESCRIPTION\n"
                    "Reads readouts, communiques, transcripts, agreements and political news, and keeps a record in "
                    "which every row names its voice and points at the bytes that it came from.\n.SH VERBS\n";
  for (const Verb& verb : verbs()) {
    out += ".SS " + roff(verb.name) + "\n" + roff(verb.summary) + ".\n.PP\n.nf\n" + roff(verb.text) + "\n.fi\n";
    for (const Option& option : verb.options) {
      out += ".TP\n.B " + roff(option.names);
      if (!option.value.empty() && option.names.starts_with("-")) out += " " + roff(option.value);
      out += "\n" + roff(option.help) + ".";
      if (!option.choices.empty()) {
        out += " One of:";
        for (const std::string& choice : option.choices) out += " " + roff(choice);
        out += ".";
      }
      if (!option.fallback.empty()) out += " Default: " + roff(option.fallback) + ".";
      out += "\n";
    }
  }
  out += ".SH EXIT STATUS\n0 done, 1 nothing found, 2 any error (other files still run), 130 interrupted.\n"
         ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nno colour unless asked for.\n";
  emit(out);
  return kDone;
}

std::string completion_bash() {
  std::string out = "_readout() {\n  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
                    "  local verb=${COMP_WORDS[1]} sub=${COMP_WORDS[2]}\n  if [ $COMP_CWORD = 1 ]; then\n"
                    "    COMPREPLY=($(compgen -W \"";
  std::vector<std::string> firsts;
  for (const Verb& verb : verbs()) {
    const std::string first = verb.name.substr(0, verb.name.find(' '));
    if (std::find(firsts.begin(), firsts.end(), first) == firsts.end()) firsts.push_back(first);
  }
  for (const std::string& first : firsts) out += first + " ";
  out += "help\" -- \"$cur\")); return\n  fi\n  case \"$verb $sub\" in\n";
  // Two-word verbs first, so that "eval tokens" is not caught by "eval *".
  std::vector<const Verb*> ordered;
  for (const Verb& verb : verbs()) ordered.push_back(&verb);
  std::stable_sort(ordered.begin(), ordered.end(), [](const Verb* a, const Verb* b) {
    return a->name.find(' ') != std::string::npos && b->name.find(' ') == std::string::npos;
  });
  for (const Verb* verb : ordered) {
    const bool two = verb->name.find(' ') != std::string::npos;
    out += "    \"" + verb->name + (two ? "\"" : " \"*") + ")\n      case \"$prev\" in\n";
    std::string words;
    for (const Option& option : verb->options) {
      if (!option.names.starts_with("-")) continue;
      std::string pattern;
      for (const std::string& name : names_of(option)) {
        words += name + " ";
        pattern += (pattern.empty() ? "" : "|") + name;
      }
      if (option.choices.empty()) continue;
      out += "        " + pattern + ") COMPREPLY=($(compgen -W \"";
      for (const std::string& choice : option.choices) out += choice + " ";
      out += "\" -- \"$cur\")); return ;;\n";
    }
    out += "      esac\n      [[ $cur == -* ]] && COMPREPLY=($(compgen -W \"" + words + "\" -- \"$cur\")) && return\n"
           "      COMPREPLY=($(compgen -f -- \"$cur\")); return ;;\n";
  }
  for (const std::string& first : firsts) {
    std::string subs;
    for (const Verb& verb : verbs()) {
      if (verb.name.starts_with(first + " ")) subs += verb.name.substr(first.size() + 1) + " ";
    }
    if (!subs.empty()) out += "    \"" + first + " \"*) COMPREPLY=($(compgen -W \"" + subs + "\" -- \"$cur\")); return ;;\n";
  }
  out += "  esac\n}\ncomplete -o filenames -F _readout readout\n";
  return out;
}

std::string completion_fish() {
  std::string out = "complete -c readout -f -n __fish_use_subcommand -a help -d 'help on a verb'\n";
  for (const Verb& verb : verbs()) {
    const size_t blank = verb.name.find(' ');
    std::string seen;
    if (blank == std::string::npos) {
      out += "complete -c readout -n __fish_use_subcommand -a " + verb.name + " -d '" + verb.summary + "'\n";
      seen = "'__fish_seen_subcommand_from " + verb.name + "'";
    } else {
      const std::string first = verb.name.substr(0, blank), second = verb.name.substr(blank + 1);
      out += "complete -c readout -n __fish_use_subcommand -a " + first + "\n";
      out += "complete -c readout -n '__fish_seen_subcommand_from " + first + "' -a " + second + " -d '" + verb.summary + "'\n";
      seen = "'__fish_seen_subcommand_from " + first + "; and __fish_seen_subcommand_from " + second + "'";
    }
    for (const Option& option : verb.options) {
      if (!option.names.starts_with("-")) continue;
      out += "complete -c readout -n " + seen;
      for (const std::string& name : names_of(option)) {
        out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      }
      if (!option.value.empty()) out += " -r";
      if (!option.choices.empty()) {
        out += " -f -a '";
        for (const std::string& choice : option.choices) out += choice + " ";
        out += "'";
      }
      out += " -d '" + option.help + "'\n";
    }
  }
  return out;
}

int completion(const Args& args) {
  const std::string shell = args.get("SHELL");
  if (shell == "fish") {
    emit(completion_fish());
  } else if (shell == "zsh") {
    emit("#compdef readout\nautoload -U +X bashcompinit && bashcompinit\n" + completion_bash());
  } else {
    emit(completion_bash());
  }
  return kDone;
}

}  // namespace

std::vector<Verb> meta_verbs() {
  return {{"completion", "print the completion script of a shell",
           "  readout completion bash > /etc/bash_completion.d/readout",
           {{"SHELL", "SHELL", "", "bash, zsh or fish", {"bash", "zsh", "fish"}, false, true}}, completion},
          {"man", "print the man page", "  readout man | man -l -", {}, man},
          {"version", "print the version", "", {}, version}};
}

}  // namespace readout::cli
