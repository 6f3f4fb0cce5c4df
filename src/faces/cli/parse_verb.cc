// readout parse: tags, lemmas, arcs and entities as CoNLL-U or as a table for people.
#include "faces/cli/app.h"
#include "faces/cli/reading.h"
#include "faces/cli/terminal.h"
#include "query/gold_file.h"
#include "syntax/conllu_output.h"

namespace readout::cli {
namespace {

int fail(const Error& error) {
  complain("readout parse: " + error.message);
  return kFailed;
}

/// The words of treebank files stay as they are.
int parse_treebanks(const Args& args) {
  const auto path = syntax::find_model();
  if (!path) return fail(path.error());
  const auto parser = syntax::Parser::open(*path);
  if (!parser) return fail(parser.error());
  int exit = kDone;
  for (const std::string& file : args.all("FILE")) {
    const auto bytes = query::read_gold_file(file);
    auto out = bytes ? syntax::annotate_conllu(*bytes, **parser) : Result<std::string>(bytes.error());
    if (!out) {
      exit = fail(out.error().within(file));
      continue;
    }
    if (!emit(*out)) return kDone;
  }
  return exit;
}

/// Word, lemma, tag, head and relation in columns, without numbers' tabs and blanks.
std::string table_of(const std::string& conllu) {
  std::string out;
  size_t at = 0;
  while (at < conllu.size()) {
    const size_t end = conllu.find('\n', at);
    const std::string_view line(conllu.data() + at, end - at);
    at = end + 1;
    if (line.starts_with("# text = ")) {
      out += "\n";
      out += printable(line.substr(9)) + "\n";
    }
    if (line.empty() || line.front() == '#') continue;
    std::vector<std::string_view> columns;
    for (size_t i = 0; i <= line.size();) {
      const size_t tab = std::min(line.find('\t', i), line.size());
      columns.push_back(line.substr(i, tab - i));
      i = tab + 1;
    }
    if (columns.size() != 10 || columns[0].find('-') != std::string_view::npos) continue;
    const auto add = [&](std::string_view text, int width) {
      const std::string shown = printable(text);
      out += shown + std::string(static_cast<size_t>(std::max(1, width - display_width(shown))), ' ');
    };
    add(columns[0], 5);
    add(columns[1], 22);
    add(columns[2], 20);
    add(columns[3], 7);
    add(columns[6], 5);
    add(columns[7], 16);
    const size_t ner = columns[9].find("NER=");
    out += ner == std::string_view::npos ? std::string() : std::string(columns[9].substr(ner + 4, columns[9].find('|', ner) - ner - 4));
    while (!out.empty() && out.back() == ' ') out.pop_back();
    out += '\n';
  }
  return out;
}

int parse(const Args& args) {
  if (args.get("input-format") == "conllu") return parse_treebanks(args);
  catch_interrupts();
  auto reading = open_reading(args, {Layer::Syntax, Layer::Entities});
  if (!reading) return fail(reading.error());
  const bool table = args.get("format") == "table";
  const auto render = [table](const Document& doc) {
    std::string out;
    syntax::append_conllu(doc, out);
    return table ? table_of(out) : out;
  };
  bool open = true;
  const auto sink = [&](BatchItem&& item) -> Result<void> {
    if (item.rejected) {
      complain(rejection(*item.rejected));
      return {};
    }
    open = open && emit(item.rendered);
    if (!open) return Error{Code::Io, "closed"};
    return {};
  };
  return run_reading(*reading, args, "parse", render, sink, open);
}

}  // namespace

Verb parse_verb() {
  Option input = input_format_option();
  input.choices.push_back("conllu");
  return {"parse", "print words, tags, lemmas, arcs and entities",
          "Reads documents as `read` does and prints their sentences as CoNLL-U, entities in the last column. With\n"
          "--input-format conllu the words of a treebank file are kept and its tags, lemmas, heads and relations filled in.\n\n"
          "  readout parse report.html\n"
          "  readout parse --input-format conllu --format conllu treebank.conllu",
          {files_option(), format_option({"conllu", "table"}, "conllu"), input, threads_option(), data_option(),
           {"-q,--quiet", "", "", "no closing counts", {}}},
          parse};
}

}  // namespace readout::cli
