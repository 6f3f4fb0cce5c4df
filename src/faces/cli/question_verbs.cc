// The verbs that ask a record: who, said, events, contacts, commitments, figures, agreements,
// timeline, dossier, why, diff, series. The answers come from include/readout/ask.h.
#include <algorithm>

#include "faces/cli/answer_table.h"
#include "faces/cli/app.h"
#include "faces/cli/reading.h"
#include "faces/cli/terminal.h"
#include "readout/ask.h"
#include "readout/query.h"
#include "readout/record.h"
#include "readout/store.h"

namespace readout::cli {
namespace {

int fail(std::string_view verb, const Error& error) {
  complain("readout " + std::string(verb) + ": " + error.message);
  return error.code == Code::NotFound ? kNothingFound : kFailed;
}

/// What was given, under the names of the table of questions: "ACTOR" is "actor", "as-of" is "as_of".
Asked asked_by(std::string_view verb, const Args& args) {
  Asked asked{std::string(verb), {}};
  // Options beside the question (the record, the format) are not in its table.
  const auto takes = [known = asked_verb(verb)](std::string_view name) {
    return std::any_of(known->parameters.begin(), known->parameters.end(), [&](const AskedParameter& p) { return p.name == name; });
  };
  for (const auto& [option, values] : args.values) {
    if (values.empty()) continue;
    std::string name = option;
    for (char& c : name) c = c == '-' ? '_' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (name == "overdue" || name == "due" || name == "open" || name == "fulfilled" || name == "disputed") {
      asked.values["state"] = name == "fulfilled" ? "answered" : name;
    } else if (name == "newest") {
      asked.values[name] = "true";
    } else if (takes(name)) {
      asked.values[name] = values.back();
    }
  }
  return asked;
}

/// For people; empty if this kind of answer has no such form.
std::string rendered(const Reply& reply, const Painter& paint) {
  struct Render {
    const Painter& paint;
    int width(int most) const { return std::min(terminal_width(), most); }
    std::string operator()(const Answer& a) const { return render_answer(a, width(160), paint); }
    std::string operator()(const Dossier& d) const { return render_dossier(d, width(160), paint); }
    std::string operator()(const Series& s) const { return render_series(s, width(140), paint); }
    std::string operator()(const Explanation& e) const { return render_explanation(e, width(140), paint); }
    std::string operator()(const Found&) const { return {}; }
    std::string operator()(const Linked& l) const {
      std::string out;
      for (const Link& link : l.links) out += link.kind + "  " + printable(link.from) + "  ->  " + printable(link.to) + "  (" + printable(link.reason) + ")\n";
      return out;
    }
  };
  return std::visit(Render{paint}, reply);
}

int print(const Args& args, const Reply& reply) {
  const std::string format = args.get("format");
  if (format == "table" || format == "text" || format == "plot") {
    emit(rendered(reply, Painter(args.get("color"))));
  } else {
    const auto text = written(reply, format);
    if (!text) return fail("format", text.error());
    emit(*text);
  }
  return is_empty(reply) ? kNothingFound : kDone;
}

std::function<int(const Args&)> asks(std::string verb) {
  return [verb = std::move(verb)](const Args& args) {
    const auto store = Store::open(args.get("record"), Store::Mode::Read);
    if (!store) return fail(verb, store.error());
    const auto answer = reply(*store, asked_by(verb, args), today_utc());
    return answer ? print(args, *answer) : fail(verb, answer.error());
  };
}

/// The records of the documents in a file, read now.
Result<std::vector<std::string>> read_file(const Args& args, const std::string& file) {
  Args with_file = args;
  with_file.values["FILE"] = {file};
  auto reading = open_reading(with_file);
  if (!reading) return reading.error();
  const Versions versions = versions_of(*reading->engine);
  std::vector<std::string> records;
  const auto render = [&](const Document& doc) {
    std::string rows;
    append_record(doc, versions, rows);
    return rows;
  };
  std::optional<Error> rejected;
  const auto sink = [&](BatchItem&& item) -> Result<void> {
    if (item.rejected) {
      rejected = Error{Code::BadInput, rejection(*item.rejected)};
      return {};
    }
    records.push_back(std::move(item.rendered));
    return {};
  };
  const auto counts = read_all(*reading->engine, *reading->inputs, reading->batch, render, sink, {});
  if (!counts) return counts.error();
  if (records.empty()) return rejected ? *rejected : Error{Code::NotFound, file + ": no document"};
  return records;
}

int run_why(const Args& args) {
  if (!args.given("file")) return asks("why")(args);
  const auto records = read_file(args, args.get("file"));
  if (!records) return fail("why", records.error());
  Error last{Code::NotFound, "no row " + args.get("ROW")};
  for (const std::string& record : *records) {
    auto explanation = explain(record, args.get("ROW"));
    if (explanation) return print(args, std::move(*explanation));
    if (explanation.error().code != Code::NotFound) last = explanation.error();
  }
  return fail("why", last);
}

int run_diff(const Args& args) {
  if (!args.on("files")) return asks("diff")(args);
  if (args.get("A").empty() || args.get("B").empty()) return fail("diff", Error{Code::BadInput, "--files wants two files"});
  std::vector<std::string> records;
  for (const std::string& given : {args.get("A"), args.get("B")}) {
    auto read = read_file(args, given);
    if (!read) return fail("diff", read.error());
    records.push_back(std::move(read->front()));
  }
  auto answer = compare(records[0], records[1]);
  return answer ? print(args, std::move(*answer)) : fail("diff", answer.error());
}

int run_link(const Args& args) {
  auto store = Store::open(args.get("record"), Store::Mode::Write);
  if (!store) return fail("link", store.error());
  const auto report = store->link();
  if (!report) return fail("link", report.error());
  uint64_t total = 0;
  const auto links = store->links({}, total);
  if (!links) return fail("link", links.error());
  if (args.get("format") == "jsonl") emit(to_jsonl(*links));
  if (args.get("format") == "table") emit(rendered(Linked{{}, *links, links->size()}, Painter("never")));
  complain(args.get("record") + ": " + std::to_string(report->near_documents) + " pairs of near documents, " + std::to_string(report->actors) +
           " actors taken for others, " + std::to_string(report->events) + " further tellings of events, " + std::to_string(report->commitments) +
           " further rows in threads of commitments (" + std::to_string(report->evidence) + " of them evidence), " + std::to_string(report->figures) +
           " further figures in series, " + std::to_string(report->agreements) + " further tellings of agreements");
  return kDone;
}

Option actor(bool required, std::string help = "an actor: id, name, alias or code") {
  return {"ACTOR", "ACTOR", "", std::move(help), {}, false, required};
}
Option other() { return {"OTHER", "ACTOR", "", "a second actor: only what involves both", {}}; }
Option from_day() { return {"--from", "DATE", "", "on or after this day (YYYY-MM-DD, YYYY-MM or YYYY)", {}}; }
Option until_day() { return {"--until", "DATE", "", "on or before this day", {}}; }
Option topic() { return {"--topic", "TOPIC", "", "only in documents with this topic", {}}; }
Option words() { return {"-w,--words", "WORDS", "", "only in sentences with these words (as in search)", {}}; }
Option as_of() { return {"--as-of", "DATE", "", "the day on which \"overdue\" is judged; empty: today", {}}; }

/// What every list has, behind the verb's own options.
std::vector<Option> with_common(std::vector<Option> own) {
  for (Option option : {from_day(), until_day(), topic(), words(), Option{"--document", "ID", "", "only in this document", {}},
                        Option{"--newest", "", "", "newest first", {}}, Option{"-n,--limit", "N", "50", "at most so many rows", {}},
                        Option{"--offset", "N", "0", "leave out so many rows", {}}, record_option(),
                        format_option({"table", "jsonl", "json", "csv"}, "table"), color_option()}) {
    own.push_back(std::move(option));
  }
  return own;
}

}  // namespace

std::vector<Verb> question_verbs() {
  return {
      {"who", "what a record knows of an actor",
       "Names, aliases, offices with their dates, first and last seen, counts of rows by kind and role, and with\n"
       "whom the actor stands in the same rows.\n\n  readout who lavrov\n  readout who state:AZE",
       {actor(true), record_option(), format_option({"text", "markdown", "html", "json"}, "text"), color_option()}, asks("who")},
      {"said", "what somebody said, also about somebody or something",
       "Quotes and the sentences of own turns. --about takes an actor, or words if nobody is called so.\n\n"
       "  readout said 'sergey lavrov' --about azerbaijan --from 2021-01-01",
       with_common({actor(false, "who said it"), {"--about", "ACTOR", "", "an actor or words", {}}}), asks("said")},
      {"events", "who did what to whom",
       "  readout events --source russia --target azerbaijan --type CONSULT\n  readout events --cameo 19 --status alleged",
       with_common({actor(false, "on either side"), other(), {"--source", "ACTOR", "", "who acts", {}}, {"--target", "ACTOR", "", "who is acted upon", {}},
                    {"--type", "TYPE", "", "PLOVER type (AGREE, CONSULT, ...)", {}}, {"--mode", "MODE", "", "PLOVER mode (visit, phone, ...)", {}},
                    {"--cameo", "CODE", "", "CAMEO code or its beginning", {}}, {"--place", "PLACE", "", "where it happened", {}},
                    {"--status", "STATUS", "", "how it stands",
                     {"happened", "ongoing", "habitual", "planned", "promised", "offered", "requested", "hoped", "conditional", "denied", "alleged", "refused"}}}),
       asks("events")},
      {"contacts", "meetings, visits and calls of somebody, or of two",
       "  readout contacts lavrov aliyev --from 2021",
       with_common({actor(false), other(), {"--mode", "MODE", "", "PLOVER mode (visit, phone, ...)", {}}, {"--place", "PLACE", "", "where", {}},
                    {"--status", "STATUS", "", "how it stands (happened, planned ...)", {}}}),
       asks("contacts")},
      {"commitments", "who owes what to whom, until when, and whether it was kept",
       "A commitment is overdue if its deadline lies before --as-of and no row says that it was kept. The record\n"
       "never says that it was broken: that is for a person to judge.\n\n"
       "  readout commitments --by armenia --overdue --as-of 2021-06-01",
       with_common({actor(false, "on either side"), other(), {"--by", "ACTOR", "", "who owes", {}}, {"--to", "ACTOR", "", "to whom", {}},
                    {"--type", "KIND", "", "its kind",
                     {"pledge", "intention", "offer", "order", "request", "condition", "prohibition", "refusal", "expectation", "fulfilment"}},
                    {"--due", "", "", "only with a deadline that is still ahead", {}}, {"--overdue", "", "", "only with a deadline that has passed, not said to be kept", {}},
                    {"--fulfilled", "", "", "only what somebody says was kept, and nobody denies", {}},
                    {"--disputed", "", "", "only what some say was kept and others deny", {}}, {"--open", "", "", "only without a deadline, not said to be kept", {}}, as_of()}),
       asks("commitments")},
      {"figures", "claimed numbers of one thing, by date and with who claims them",
       "  readout figures 'prisoners' --from 2020\n  readout figures --unit USD --words aid",
       with_common({{"NAME", "WORDS", "", "what is counted", {}}, {"--about", "ACTOR", "", "about or by this actor", {}}, {"--unit", "UNIT", "", "in this unit (people, USD, km ...)", {}}}),
       asks("figures")},
      {"agreements", "agreements with parties, dates and what is said of them",
       "  readout agreements 'trilateral statement'\n  readout agreements --party armenia",
       with_common({{"NAME", "WORDS", "", "words of its name", {}}, {"--party", "ACTOR", "", "of this party", {}}}),
       asks("agreements")},
      {"timeline", "what happened, was promised and agreed, by date",
       "  readout timeline azerbaijan armenia --from 2020-11 --until 2021-06",
       with_common({actor(false), other(), {"--place", "PLACE", "", "events there", {}}, as_of()}), asks("timeline")},
      {"dossier", "all of it on an actor, two actors, a topic, an agreement or a place",
       "  readout dossier lavrov --format html > lavrov.html\n  readout dossier armenia azerbaijan\n"
       "  readout dossier --kind agreement 'trilateral statement' --format markdown",
       {actor(true, "an actor, or the topic, agreement or place of --kind"), other(),
        {"-k,--kind", "KIND", "", "what it is about; empty: an actor or two", {"actor", "dyad", "topic", "agreement", "place"}},
        from_day(), until_day(), as_of(), {"-n,--limit", "N", "20", "at most so many rows a section", {}}, record_option(),
        format_option({"text", "markdown", "html", "json"}, "text"), color_option()},
       asks("dossier")},
      {"series", "events and Goldstein sums by week, month, quarter or year",
       "Counts what happened (or --status) by direction. Events without a Goldstein value are counted, not summed.\n\n"
       "  readout series russia ukraine --period week --format csv\n  readout series --source usa --format svg > usa.svg",
       {actor(false, "both directions between this actor"), other(), {"--source", "ACTOR", "", "only by this actor", {}},
        {"--target", "ACTOR", "", "only towards this actor", {}}, {"--period", "PERIOD", "month", "how long a step is", {"week", "month", "quarter", "year"}},
        {"--type", "TYPE", "", "PLOVER type", {}}, {"--cameo", "CODE", "", "CAMEO code or its beginning", {}},
        {"--status", "STATUS", "", "another status than what happened; \"all\": any", {}}, topic(), from_day(), until_day(), record_option(),
        format_option({"plot", "csv", "json", "svg"}, "plot"), color_option()},
       asks("series")},
      {"link", "find what belongs together over all documents of a record",
       "The second pass: near-duplicate documents, persons whom one document names less fully than others, the same\n"
       "event told by several documents, promises stated, repeated, revised and kept. Changes no row and may be\n"
       "repeated; prints each link with its reason.\n\n  readout link --record desk.db --format jsonl",
       {record_option(), format_option({"table", "jsonl", "counts"}, "counts")}, run_link},
      {"why", "explain one row: its sentence, what made it, and how its words were understood",
       "  readout why event-07d2a3c4e5f60718\n  readout why event-07d2 --file report.txt",
       {{"ROW", "ROW", "", "a row's id or its beginning", {}, false, true}, record_option(),
        {"--file", "FILE", "", "read this document now instead of asking the record", {}}, input_format_option(), data_option(), threads_option(),
        format_option({"text", "json"}, "text"), color_option()},
       run_why},
      {"diff", "two documents: what each leaves out; or two days: what is new",
       "Of two documents: acts of one type with the same actors, commitments and quotes that share most words, and\n"
       "figures of the same thing are taken for the same. With --from or --until and no documents: what the record\n"
       "tells for the first time in these days, what became of promises, what fell due, which figures moved.\n\n"
       "  readout diff 268349a4 91c0ffee\n  readout diff --files ours.txt theirs.txt\n  readout diff --from 2021-05 --until 2021-06 --actor russia",
       {{"A", "ID", "", "a document", {}}, {"B", "ID", "", "another", {}},
        {"--files", "", "", "A and B are files to read now", {}}, from_day(), until_day(), {"--actor", "ACTOR", "", "two days: only what involves them", {}},
        {"--other", "ACTOR", "", "and them", {}}, topic(), {"-n,--limit", "N", "", "at most so many rows; empty: 50 of two days, all of two documents", {}},
        {"--offset", "N", "0", "leave out so many rows", {}}, record_option(), input_format_option(), data_option(), threads_option(),
        format_option({"table", "jsonl", "json", "csv"}, "table"), color_option()},
       run_diff},
  };
}

}  // namespace readout::cli
