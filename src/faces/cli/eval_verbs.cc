// readout eval: a layer against gold, with the field's measures. Scores per item, not totals alone;
// --failures lists what went wrong.
#include <cstdio>

#include "faces/cli/app.h"
#include "faces/cli/terminal.h"
#include "query/eval_turns.h"
#include "query/gold.h"
#include "query/gold_file.h"
#include "text/eval_tokens.h"

namespace readout::cli {
namespace {

int fail(const Error& error) {
  complain("readout eval: " + error.message);
  return kFailed;
}

Result<std::shared_ptr<const Engine>> engine_with(const Args& args, LayerSet layers) {
  EngineOptions options;
  options.data_folder = args.get("data");
  options.layers = layers;
  return Engine::open(options);
}

std::string percent_line(std::string_view name, const text::Counts& counts) {
  char buffer[160];
  std::snprintf(buffer, sizeof buffer, "  %-10.*s P %6.2f  R %6.2f  F1 %6.2f  (%llu gold, %llu found)\n",
                static_cast<int>(name.size()), name.data(), counts.precision(), counts.recall(), counts.f1(),
                static_cast<unsigned long long>(counts.gold), static_cast<unsigned long long>(counts.system));
  return buffer;
}

int eval_tokens(const Args& args) {
  auto engine = engine_with(args, {Layer::Structure, Layer::Tokens});
  if (!engine) return fail(engine.error());
  for (const std::string& file : args.all("FILE")) {
    const auto conllu = query::read_gold_file(file);
    if (!conllu) return fail(conllu.error());
    std::vector<std::string> examples;
    const auto scores = text::eval_tokens(*conllu, (*engine)->pipeline(), args.on("failures") ? &examples : nullptr);
    if (!scores) return fail(scores.error().within(file));
    emit(file + "\n" + percent_line("tokens", scores->tokens) + percent_line("words", scores->words) +
         percent_line("sentences", scores->sentences));
    for (const std::string& example : examples) emit("  " + example + "\n");
  }
  return kDone;
}

int eval_turns(const Args& args) {
  auto engine = engine_with(args, {Layer::Structure});
  if (!engine) return fail(engine.error());
  const auto gold = query::read_gold(**engine, args.all("FILE"));
  if (!gold) return fail(gold.error());
  const query::TurnScores scores = query::eval_turns(*gold);
  emit("turns, begin, end and label  " + query::to_text(scores.turns) + "\n");
  emit("turns, begin and end         " + query::to_text(scores.spans) + "\n");
  if (args.on("failures")) {
    for (const std::string& failure : scores.failures) emit("  " + failure + "\n");
  }
  return kDone;
}

Option failures_option() { return {"--failures", "", "", "list what went wrong", {}}; }

}  // namespace

std::vector<Verb> eval_verbs() {
  return {
      {"eval tokens", "score tokens, words and sentences against a treebank",
       "Raw text is rebuilt from CoNLL-U as in the CoNLL 2018 shared task.\n\n  readout eval tokens en_ewt-ud-dev.conllu.xz",
       {files_option(), failures_option(), data_option()}, eval_tokens},
      {"eval turns", "score turns and speaker labels against gold", "  readout eval turns examples",
       {files_option(), failures_option(), data_option()}, eval_turns},
  };
}

}  // namespace readout::cli
