// Alerts and corrections on the command line.
#include <nlohmann/json.hpp>

#include "faces/cli/answer_table.h"
#include "faces/cli/app.h"
#include "faces/cli/terminal.h"
#include "readout/alert.h"
#include "readout/ask.h"
#include "readout/store.h"

namespace readout::cli {
namespace {

int fail(std::string_view verb, const Error& error) {
  complain("readout " + std::string(verb) + ": " + error.message);
  return error.code == Code::NotFound ? kNothingFound : kFailed;
}

int run_add(const Args& args) {
  auto store = Store::open(args.get("record"), Store::Mode::Write);
  if (!store) return fail("alert add", store.error());
  // The question as the API names it: verb, then name=value.
  Asked asked{args.all("QUESTION").front(), {}};
  for (size_t i = 1; i < args.all("QUESTION").size(); ++i) {
    const std::string& word = args.all("QUESTION")[i];
    const size_t equals = word.find('=');
    if (equals == std::string::npos) return fail("alert add", {Code::BadInput, "\"" + word + "\" is no name=value (by=armenia, words=..., state=overdue)"});
    asked.values[word.substr(0, equals)] = word.substr(equals + 1);
  }
  const auto done = add_alert(*store, args.get("NAME"), asked, args.on("tell-all"), now_utc());
  return done ? kDone : fail("alert add", done.error());
}

int run_list(const Args& args) {
  const auto store = Store::open(args.get("record"), Store::Mode::Read);
  if (!store) return fail("alert list", store.error());
  const auto alerts = store->alerts();
  if (!alerts) return fail("alert list", alerts.error());
  for (const Alert& alert : *alerts) {
    emit(args.get("format") == "jsonl" ? to_json(alert) + "\n"
                                       : alert.name + "  " + printable(alert.question) + "  " + std::to_string(alert.hits) + " told" +
                                             (alert.last_run.empty() ? ", never run" : ", last run " + alert.last_run) + "\n");
  }
  return alerts->empty() ? kNothingFound : kDone;
}

int run_run(const Args& args) {
  auto store = Store::open(args.get("record"), Store::Mode::Write);
  if (!store) return fail("alert run", store.error());
  std::vector<std::string> names = args.all("NAME");
  if (names.empty()) {
    const auto alerts = store->alerts();
    if (!alerts) return fail("alert run", alerts.error());
    for (const Alert& alert : *alerts) names.push_back(alert.name);
  }
  const std::string format = args.get("format");
  // Nothing is told before it is clear that it can be written.
  if (format == "atom" && names.size() != 1) {
    return fail("alert run", Error{Code::BadInput, "a feed is of one alert; name it (there are " + std::to_string(names.size()) + ")"});
  }
  bool any = false;
  for (const std::string& name : names) {
    const auto fresh = run_alert(*store, name, now_utc());
    if (!fresh) return fail("alert run", fresh.error());
    any = any || !fresh->empty();
    const auto alert = store->alert(name);
    if (!alert) return fail("alert run", alert.error());
    if (format == "json") {
      emit(to_json(*alert, *fresh));
    } else if (format == "atom") {
      // A feed that a file holds is read now and then: it goes on telling what it told.
      constexpr size_t kFeed = 100;
      const auto told = store->hits(name, kFeed);
      if (!told) return fail("alert run", told.error());
      emit(to_atom(*alert, *told, args.get("base")));
    } else {
      for (const AlertHit& hit : *fresh) {
        emit(name + ": " + printable(hit.words) + "\n    \"" + printable(hit.evidence) + "\"\n    " + hit.document.substr(0, 12) + " " + hit.row + "  " + printable(hit.title) + "\n");
      }
    }
  }
  return any ? kDone : kNothingFound;
}

int run_remove(const Args& args) {
  auto store = Store::open(args.get("record"), Store::Mode::Write);
  if (!store) return fail("alert remove", store.error());
  const auto done = store->remove_alert(args.get("NAME"));
  return done ? kDone : fail("alert remove", done.error());
}

int run_correct(const Args& args) {
  auto store = Store::open(args.get("record"), Store::Mode::Write);
  if (!store) return fail("correct", store.error());
  Correction correction;
  correction.row = args.get("ROW");
  correction.at = now_utc();
  correction.by = args.get("by");
  correction.note = args.get("note");
  correction.verdict = args.on("wrong") ? "wrong" : args.on("right") ? "right" : args.on("withdraw") ? "withdrawn" : "changed";
  nlohmann::ordered_json change = nlohmann::ordered_json::object();
  for (const std::string& word : args.all("set")) {
    const size_t equals = word.find('=');
    if (equals == std::string::npos) return fail("correct", {Code::BadInput, "--set: \"" + word + "\" is no field=value"});
    // JSON where it is JSON ("[...]", "12", "null"), else the words themselves.
    const auto value = nlohmann::ordered_json::parse(word.substr(equals + 1), nullptr, false);
    change[word.substr(0, equals)] = value.is_discarded() ? nlohmann::ordered_json(word.substr(equals + 1)) : value;
  }
  correction.change = change.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  if (auto begun = store->begin(); !begun) return fail("correct", begun.error());
  if (auto done = store->correct(correction); !done) return fail("correct", done.error());
  if (auto done = store->commit(); !done) return fail("correct", done.error());
  const auto row = store->row(correction.row);
  if (!row) return fail("correct", row.error());
  emit(*row + "\n");
  return kDone;
}

int run_corrections(const Args& args) {
  const auto store = Store::open(args.get("record"), Store::Mode::Read);
  if (!store) return fail("corrections", store.error());
  const auto entries = store->corrections({}, args.get("ROW"), SIZE_MAX, 0);
  if (!entries) return fail("corrections", entries.error());
  for (const Correction& entry : *entries) emit(to_json(entry) + "\n");
  return entries->empty() ? kNothingFound : kDone;
}

}  // namespace

std::vector<Verb> alert_verbs() {
  const Option name{"NAME", "NAME", "", "of the alert", {}, false, true};
  return {
      {"alert add", "keep a question, to be told what is new",
       "The question is its verb and name=value words, named as in the API. What the record holds already is no\n"
       "news, unless --tell-all.\n\n  readout alert add poland events source=poland type=THREATEN\n"
       "  readout alert add late commitments by=armenia state=overdue",
       {name, {"QUESTION", "WORDS", "", "verb and name=value", {}, true, true}, {"--tell-all", "", "", "the first run tells what is there already", {}}, record_option()},
       run_add},
      {"alert list", "the questions that are kept", "", {record_option(), format_option({"text", "jsonl"}, "text")}, run_list},
      {"alert run", "ask the kept questions again and tell what is new",
       "Exit code 0: something is new; 1: nothing is. Text and JSON have what is new, a feed the last hundred rows of\n"
       "one alert. For cron:\n\n  readout alert run --format atom late > late.xml",
       {{"NAME", "NAME", "", "only these alerts", {}, true, false}, {"--base", "URL", "", "atom: where the record is served, for links", {}}, record_option(),
        format_option({"text", "json", "atom"}, "text")},
       run_run},
      {"alert remove", "forget a question", "", {name, record_option()}, run_remove},
      {"correct", "say that a row is wrong, or what it should say",
       "The row stays as it was read; the entry is kept beside it and survives a newer reading.\n\n"
       "  readout correct event-07d2a3c4e5f60718 --set 'source=[\"state:FRD\"]' --set status=denied --by ann --note 'see par. 4'\n"
       "  readout correct figure-11aa22bb33cc44dd --wrong",
       {{"ROW", "ROW", "", "the row's id", {}, false, true}, {"--set", "FIELD=VALUE", "", "the field's right value; null takes it away", {}, true},
        {"--wrong", "", "", "the row should not be", {}}, {"--right", "", "", "the row is right", {}}, {"--withdraw", "", "", "all entries so far no longer count", {}},
        {"--by", "NAME", "", "who says so", {}}, {"--note", "WORDS", "", "why", {}}, record_option()},
       run_correct},
      {"corrections", "what was said of rows, newest first", "", {{"ROW", "ROW", "", "only of this row", {}}, record_option()}, run_corrections},
  };
}

}  // namespace readout::cli
