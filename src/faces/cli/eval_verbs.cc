// readout eval: a layer against gold, with the field's measures. Scores per item, not totals alone;
// --failures lists what went wrong.
#include <cstdio>

#include "faces/cli/app.h"
#include "faces/cli/terminal.h"
#include "query/eval_actors.h"
#include "query/eval_coref.h"
#include "query/eval_agreements.h"
#include "query/eval_commitments.h"
#include "query/eval_figures.h"
#include "query/eval_quotes.h"
#include "query/eval_timex.h"
#include "query/eval_topics.h"
#include "query/eval_turns.h"
#include "query/eval_syntax.h"
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

int eval_actors(const Args& args, bool persons) {
  LayerSet layers = {Layer::Structure, Layer::Tokens, Layer::Actors};
  if (!persons) layers.add(Layer::Places);
  auto engine = engine_with(args, layers);
  if (!engine) return fail(engine.error());
  const auto gold = query::read_gold(**engine, args.all("FILE"));
  if (!gold) return fail(gold.error());
  const auto knowledge = entities::Knowledge::open(args.get("data"));
  if (!knowledge) return fail(knowledge.error());
  const auto scores = query::eval_actors(*gold, **knowledge);
  if (!scores) return fail(scores.error());
  if (persons) {
    query::Score both = scores->first;
    both += scores->second;
    emit("first and second person   " + query::to_text(both) + "\n");
    emit("  first person            " + query::to_text(scores->first) + "\n");
    emit("  second person           " + query::to_text(scores->second) + "\n");
    emit("third person              " + query::to_text(scores->third) + "\n");
  } else {
    emit("mentions, span and actors  " + query::to_text(scores->mentions) + "\n");
    emit("mentions, span alone       " + query::to_text(scores->spans) + "\n");
    for (const auto& [form, score] : scores->by_form) {
      // A form of gold's may be found under another: only what was found of it means something.
      std::string label = "  " + form;
      label.resize(27, ' ');
      char buffer[96];
      std::snprintf(buffer, sizeof buffer, "R %.3f  (%llu of %llu gold)", score.recall(), static_cast<unsigned long long>(score.correct),
                    static_cast<unsigned long long>(score.gold));
      emit(label + buffer + "\n");
    }
    emit("speakers of turns          " + query::to_text(scores->speakers) + "\n");
    emit("places                     " + query::to_text(scores->places) + "\n");
  }
  if (args.on("failures")) {
    for (const std::string& line : persons ? scores->person_failures : scores->failures) emit("  " + line + "\n");
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

std::string rate_line(std::string_view name, uint64_t right, uint64_t all) {
  char buffer[160];
  std::snprintf(buffer, sizeof buffer, "%-30.*s%.3f  (%llu of %llu)\n", static_cast<int>(name.size()), name.data(),
                all == 0 ? 0.0 : static_cast<double>(right) / static_cast<double>(all), static_cast<unsigned long long>(right),
                static_cast<unsigned long long>(all));
  return buffer;
}

void emit_timex(const query::TimexScores& scores, bool failures) {
  if (scores.exhaustive) {
    emit("spans, relaxed                " + query::to_text(scores.relaxed) + "\n");
    emit("spans, strict                 " + query::to_text(scores.strict) + "\n");
    if (scores.type_right > 0) emit(rate_line("types of what was found", scores.type_right, scores.matched));
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "%-30s%.3f\n", "value F1", scores.value_f1());
    emit(buffer);
  } else {
    emit(rate_line("found (gold not exhaustive)", scores.matched, scores.gold));
  }
  emit(rate_line("values of what was found", scores.value_right, scores.matched));
  emit(rate_line("values of all gold", scores.value_right, scores.gold));
  if (scores.left_out > 0) emit("left out                      " + std::to_string(scores.left_out) + "\n");
  if (failures) {
    for (const std::string& failure : scores.failures) emit("  " + failure + "\n");
  }
}

/// Files of JSON Lines that are no hand-made gold: development sets.
bool is_set(const std::string& path) {
  return path.find(".jsonl") != std::string::npos && path.find(".gold.jsonl") == std::string::npos;
}

int eval_timex(const Args& args) {
  auto engine = engine_with(args, {Layer::Timex});
  if (!engine) return fail(engine.error());
  std::vector<std::string> own;
  for (const std::string& file : args.all("FILE")) {
    if (!is_set(file)) {
      own.push_back(file);
      continue;
    }
    const auto lines = query::read_gold_file(file);
    if (!lines) return fail(lines.error());
    const auto scores = query::eval_timex_lines(**engine, *lines);
    if (!scores) return fail(scores.error().within(file));
    emit(file + "\n");
    emit_timex(*scores, args.on("failures"));
  }
  if (own.empty()) return kDone;
  const auto gold = query::read_gold(**engine, own);
  if (!gold) return fail(gold.error());
  emit_timex(query::eval_timex(*gold), args.on("failures"));
  return kDone;
}

/// "0.926  (50 of 54)"
std::string share(const query::Score& score) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.3f  (%llu of %llu)", score.recall(), static_cast<unsigned long long>(score.correct),
                static_cast<unsigned long long>(score.gold));
  return buffer;
}

int eval_quotes(const Args& args) {
  auto engine = engine_with(args, {Layer::Quotes});
  if (!engine) return fail(engine.error());
  std::vector<std::string> own;
  for (const std::string& file : args.all("FILE")) {
    if (!is_set(file)) {
      own.push_back(file);
      continue;
    }
    const auto lines = query::read_gold_file(file);
    if (!lines) return fail(lines.error());
    const auto scores = query::eval_attributions(**engine, *lines);
    if (!scores) return fail(scores.error().within(file));
    emit(file + "\n");
    emit("attributions                " + query::to_text(scores->attributions) + "\n");
    emit("speakers, of all            " + share(scores->speakers) + "\n");
    emit("speakers, of those found    " + share(scores->speakers_of_found) + "\n");
    if (args.on("failures")) {
      for (const std::string& failure : scores->failures) emit("  " + failure + "\n");
    }
  }
  if (own.empty()) return kDone;
  const auto gold = query::read_gold(**engine, own);
  if (!gold) return fail(gold.error());
  const auto knowledge = entities::Knowledge::open(args.get("data"));
  if (!knowledge) return fail(knowledge.error());
  const auto scores = query::eval_quotes(*gold, **knowledge);
  if (!scores) return fail(scores.error());
  emit("quotes, content overlaps    " + query::to_text(scores->spans) + "\n");
  emit("quotes, same words          " + query::to_text(scores->exact) + "\n");
  emit("speakers, of all            " + share(scores->sources) + "\n");
  emit("speakers, of those found    " + share(scores->sources_of_found) + "\n");
  emit("innermost voices            " + share(scores->voices) + "\n");
  emit("types                       " + share(scores->types) + "\n");
  emit("addressees                  " + share(scores->addressees) + "\n");
  emit("polarity                    " + share(scores->polarity) + "\n");
  if (args.on("failures")) {
    for (const std::string& failure : scores->failures) emit("  " + failure + "\n");
  }
  return kDone;
}

int eval_topics(const Args& args) {
  auto engine = engine_with(args, {Layer::Topics});
  if (!engine) return fail(engine.error());
  const auto gold = query::read_gold(**engine, args.all("FILE"));
  if (!gold) return fail(gold.error());
  const query::TopicScores scores = query::eval_topics(*gold);
  emit("tracks of a document        " + query::to_text(scores.tracks) + "\n");
  emit("primary tracks              " + query::to_text(scores.primary) + "\n");
  if (args.on("failures")) {
    for (const std::string& failure : scores.failures) emit("  " + failure + "\n");
  }
  return kDone;
}

void emit_figures(const query::FigureScores& scores, bool failures) {
  emit("figures, number right         " + query::to_text(scores.right) + "\n");
  emit("spans, relaxed                " + query::to_text(scores.spans) + "\n");
  emit("spans, strict                 " + query::to_text(scores.strict) + "\n");
  if (scores.comparator_right > 0) emit(rate_line("comparators", scores.comparator_right, scores.right.correct));
  emit(rate_line("units", scores.unit_right, scores.unit_gold));
  if (scores.counted_gold > 0) emit(rate_line("what is counted", scores.counted_right, scores.counted_gold));
  if (scores.left_out > 0) emit("left out                      " + std::to_string(scores.left_out) + "\n");
  if (failures) {
    for (const std::string& failure : scores.failures) emit("  " + failure + "\n");
  }
}

int eval_figures(const Args& args) {
  auto engine = engine_with(args, {Layer::Figures});
  if (!engine) return fail(engine.error());
  std::vector<std::string> own;
  for (const std::string& file : args.all("FILE")) {
    if (!is_set(file)) {
      own.push_back(file);
      continue;
    }
    const auto lines = query::read_gold_file(file);
    if (!lines) return fail(lines.error());
    const auto scores = query::eval_figures_lines(**engine, *lines);
    if (!scores) return fail(scores.error().within(file));
    emit(file + "\n");
    emit_figures(*scores, args.on("failures"));
  }
  if (own.empty()) return kDone;
  const auto gold = query::read_gold(**engine, own);
  if (!gold) return fail(gold.error());
  emit_figures(query::eval_figures(*gold), args.on("failures"));
  return kDone;
}

int eval_commitments(const Args& args) {
  auto engine = engine_with(args, {Layer::Commitments});
  if (!engine) return fail(engine.error());
  const auto knowledge = entities::Knowledge::open(args.get("data"));
  if (!knowledge) return fail(knowledge.error());
  const auto gold = query::read_gold(**engine, args.all("FILE"));
  if (!gold) return fail(gold.error());
  const query::CommitmentScores scores = query::eval_commitments(*gold, **knowledge);
  emit("commitments, kind and content " + query::to_text(scores.rows) + "\n");
  emit("content, whatever the kind    " + query::to_text(scores.content) + "\n");
  emit(rate_line("owed by, of what was found", scores.owed_by_right, scores.owed_by_gold));
  emit(rate_line("strength, of what was found", scores.strength_right, scores.rows.correct));
  emit(rate_line("deadline, of what was found", scores.deadline_right, scores.rows.correct));
  emit(rate_line("deadline, where gold has one", scores.dated_right, scores.dated_gold));
  if (args.on("failures")) {
    for (const std::string& failure : scores.failures) emit("  " + failure + "\n");
  }
  return kDone;
}

int eval_agreements(const Args& args) {
  auto engine = engine_with(args, {Layer::Agreements});
  if (!engine) return fail(engine.error());
  const auto knowledge = entities::Knowledge::open(args.get("data"));
  if (!knowledge) return fail(knowledge.error());
  const auto gold = query::read_gold(**engine, args.all("FILE"));
  if (!gold) return fail(gold.error());
  const query::AgreementScores scores = query::eval_agreements(*gold, **knowledge);
  char line[160];
  std::snprintf(line, sizeof line, "agreements                    P %.3f  R %.3f  F1 %.3f  (%llu gold, %llu found)\n", scores.precision(),
                scores.recall(), scores.f1(), static_cast<unsigned long long>(scores.mentions.gold),
                static_cast<unsigned long long>(scores.mentions.system));
  emit(line);
  emit(rate_line("types of what was found", scores.type_right, scores.gold_found));
  emit(rate_line("dates of what was found", scores.date_right, scores.date_gold));
  emit(rate_line("parties of what was found", scores.parties_right, scores.parties_gold));
  if (args.on("failures")) {
    for (const std::string& failure : scores.failures) emit("  " + failure + "\n");
  }
  return kDone;
}

int eval_syntax(const Args& args) {
  auto engine = engine_with(args, {Layer::Structure, Layer::Tokens, Layer::Syntax});
  if (!engine) return fail(engine.error());
  for (const std::string& file : args.all("FILE")) {
    const auto conllu = query::read_gold_file(file);
    if (!conllu) return fail(conllu.error());
    emit(file + "\n");
    for (const bool raw : {false, true}) {
      const auto scores = query::eval_syntax(*conllu, **engine, raw);
      if (!scores) return fail(scores.error().within(file));
      char line[200];
      std::snprintf(line, sizeof line, "  %-12s UPOS %6.2f  feats %6.2f  lemma %6.2f  UAS %6.2f  LAS %6.2f  (words %6.2f)\n",
                    raw ? "raw text" : "gold tokens", 100 * scores->upos.f1(), 100 * scores->feats.f1(), 100 * scores->lemma.f1(),
                    100 * scores->uas.f1(), 100 * scores->las.f1(), 100 * scores->words.f1());
      emit(line);
    }
  }
  return kDone;
}

int eval_entities(const Args& args) {
  auto engine = engine_with(args, {Layer::Structure, Layer::Tokens, Layer::Syntax, Layer::Entities});
  if (!engine) return fail(engine.error());
  for (const std::string& file : args.all("FILE")) {
    const auto iob2 = query::read_gold_file(file);
    if (!iob2) return fail(iob2.error());
    const auto scores = query::eval_entities(*iob2, **engine);
    if (!scores) return fail(scores.error().within(file));
    emit(file + "\n  all  " + query::to_text(scores->all) + "\n");
    for (const auto& [type, score] : scores->by_type) emit("  " + type + "  " + query::to_text(score) + "\n");
    if (args.on("failures")) {
      for (const std::string& failure : scores->failures) emit("  " + failure + "\n");
    }
  }
  return kDone;
}

int eval_coref(const Args& args) {
  auto engine = engine_with(args, {Layer::Structure, Layer::Tokens, Layer::Syntax, Layer::Entities, Layer::Actors});
  if (!engine) return fail(engine.error());
  const auto percent = [](double value) { return std::to_string(static_cast<int>(value * 1000 + 0.5) / 10) + "." + std::to_string(static_cast<int>(value * 1000 + 0.5) % 10); };
  for (const std::string& file : args.all("FILE")) {
    const auto conllu = query::read_gold_file(file);
    if (!conllu) return fail(conllu.error());
    const auto scores = query::eval_coref(*conllu, **engine);
    if (!scores) return fail(scores.error().within(file));
    emit(file + " (" + std::to_string(scores->documents) + " documents)\n");
    const auto line = [&](const char* name, const query::CorefScores::Measure& m) {
      emit(std::string("  ") + name + "  P " + percent(m.precision()) + "  R " + percent(m.recall()) + "  F1 " + percent(m.f1()) + "\n");
    };
    line("mentions", scores->mentions);
    line("MUC     ", scores->muc);
    line("B3      ", scores->b3);
    line("CEAF-e  ", scores->ceaf);
    emit("  CoNLL     " + percent(scores->conll()) + "\n");
  }
  return kDone;
}

Option failures_option() { return {"--failures", "", "", "list what went wrong", {}}; }

}  // namespace

std::vector<Verb> eval_verbs() {
  return {
      eval_events_verb(),
      eval_petrarch_verb(),
      {"eval tokens", "score tokens, words and sentences against a treebank",
       "Raw text is rebuilt from CoNLL-U as in the CoNLL 2018 shared task.\n\n  readout eval tokens en_ewt-ud-dev.conllu.xz",
       {files_option(), failures_option(), data_option()}, eval_tokens},
      {"eval syntax", "score tags, lemmas and arcs against a treebank",
       "From gold tokens and from raw text, with the measures of the CoNLL 2018 shared task.\n\n"
       "  readout eval syntax en_ewt-ud-dev.conllu.xz",
       {files_option(), data_option()}, eval_syntax},
      {"eval entities", "score entity spans against IOB2", "  readout eval entities uner_en_ewt-dev.iob2",
       {files_option(), failures_option(), data_option()}, eval_entities},
      {"eval turns", "score turns and speaker labels against gold", "  readout eval turns examples",
       {files_option(), failures_option(), data_option()}, eval_turns},
      {"eval coref", "score coreference of names and pronouns against GUM",
       "The mean of MUC, B3 and CEAF-e over named and pronominal mentions of persons, organisations and places.\n\n  readout eval coref en_gum-ud-dev.conllu.xz",
       {files_option(), data_option()}, eval_coref},
      {"eval mentions", "score actors, speakers of turns and places against gold",
       "A mention is found if one overlaps it that names the same set of actors.\n\n  readout eval mentions examples",
       {files_option(), failures_option(), data_option()}, [](const Args& args) { return eval_actors(args, false); }},
      {"eval persons", "score I, we, you, our, your against gold", "  readout eval persons --failures examples",
       {files_option(), failures_option(), data_option()}, [](const Args& args) { return eval_actors(args, true); }},
      {"eval quotes", "score quotes, their speakers and voices against gold",
       "Takes hand-made gold and the attributions derived from GUM.\n\n  readout eval quotes --failures examples",
       {files_option(), failures_option(), data_option()}, eval_quotes},
      {"eval timex", "score time expressions and their values against gold",
       "Hand-made gold, or a development set: dates of GUM, Recognizers-Text, MEANTIME.\n\n"
       "  readout eval timex examples\n  readout eval timex --failures gum_dates-dev.jsonl",
       {files_option(), failures_option(), data_option()}, eval_timex},
      {"eval commitments", "score commitments, who owes them, strength and deadline against gold", "  readout eval commitments examples",
       {files_option(), failures_option(), data_option()}, eval_commitments},
      {"eval agreements", "score agreements, their types, dates and parties against gold", "  readout eval agreements examples",
       {files_option(), failures_option(), data_option()}, eval_agreements},
      {"eval topics", "score the tracks of documents against gold", "  readout eval topics examples",
       {files_option(), failures_option(), data_option()}, eval_topics},
      {"eval figures", "score figures against gold",
       "Hand-made gold, or the specification of Recognizers-Text.\n\n  readout eval figures examples",
       {files_option(), failures_option(), data_option()}, eval_figures},
  };
}

}  // namespace readout::cli
