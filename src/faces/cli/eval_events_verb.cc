// readout eval events: acts against gold, sentences or documents.
#include <cstdio>

#include "faces/cli/app.h"
#include "faces/cli/reading.h"
#include "faces/cli/terminal.h"
#include "query/eval_events.h"
#include "query/gold.h"
#include "query/gold_file.h"

namespace readout::cli {
namespace {

int fail(const Error& error) {
  complain("readout eval: " + error.message);
  return kFailed;
}

/// Files of JSON Lines that are no hand-made gold of a document: sentences.
bool is_set(const std::string& path) {
  return path.find(".jsonl") != std::string::npos && path.find(".gold.jsonl") == std::string::npos;
}

int eval_events(const Args& args) {
  EngineOptions options;
  options.data_folder = args.get("data");
  options.layers = {Layer::Events};
  options.coder = chosen_coder(args);
  const auto engine = Engine::open(options);
  if (!engine) return fail(engine.error());
  const auto knowledge = entities::Knowledge::open(args.get("data"));
  if (!knowledge) return fail(knowledge.error());
  query::EventScores scores;
  std::vector<std::string> own;
  for (const std::string& file : args.all("FILE")) {
    if (!is_set(file)) {
      own.push_back(file);
      continue;
    }
    const auto lines = query::read_gold_file(file);
    if (!lines) return fail(lines.error());
    auto more = query::eval_event_lines(**engine, **knowledge, *lines, args.on("marked"), std::move(scores));
    if (!more) return fail(more.error().within(file));
    scores = std::move(*more);
  }
  if (!own.empty()) {
    const auto gold = query::read_gold(**engine, own);
    if (!gold) return fail(gold.error());
    query::eval_events(*gold, **knowledge, scores);
  }
  emit("PLOVER type                   " + query::to_text(scores.type) + "\n");
  char buffer[96];
  std::snprintf(buffer, sizeof buffer, "PLOVER type, macro F1         %.3f\n", scores.macro_f1());
  emit(buffer);
  emit("type + source + target        " + query::to_text(scores.type_roles) + "\n");
  emit("type + both countries         " + query::to_text(scores.type_dyad) + "\n");
  emit("type + words of both sides    " + query::to_text(scores.type_words) + "\n");
  emit("CAMEO root                    " + query::to_text(scores.root) + "\n");
  emit("CAMEO full code               " + query::to_text(scores.full) + "\n");
  std::snprintf(buffer, sizeof buffer, "status                        %.3f  (%llu of %llu)\n",
                scores.status_all == 0 ? 0.0 : static_cast<double>(scores.status_right) / static_cast<double>(scores.status_all),
                static_cast<unsigned long long>(scores.status_right), static_cast<unsigned long long>(scores.status_all));
  emit(buffer);
  std::snprintf(buffer, sizeof buffer, "extra events                  %.1f %% of gold (%llu)\n",
                scores.type.gold == 0 ? 0.0 : 100.0 * static_cast<double>(scores.extra) / static_cast<double>(scores.type.gold),
                static_cast<unsigned long long>(scores.extra));
  emit(buffer);
  for (const auto& [type, score] : scores.by_type) {
    std::snprintf(buffer, sizeof buffer, "  %-10s", type.c_str());
    emit(buffer + query::to_text(score) + "\n");
  }
  if (args.on("failures")) {
    for (const std::string& failure : scores.failures) emit(failure);
  }
  return kDone;
}

}  // namespace

Verb eval_events_verb() {
  return {"eval events", "score events against gold: types, roles, codes, status",
       "Sentences (tests/gold/events) or documents with hand-made gold.\n\n"
       "  readout eval events tests/gold/events/dev-aid.jsonl\n  readout eval events examples --failures",
       {files_option(), {"--failures", "", "", "list what went wrong", {}}, {"--marked", "", "", "source and target are given: score the relation between them", {}}, data_option(), coder_option()},
       eval_events};
}

}  // namespace readout::cli
