// readout bench questions: how long each question takes on a record of the user's own, asked about what the
// record has most of.
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "core/json_writer.h"
#include "faces/cli/app.h"
#include "faces/cli/reading.h"
#include "faces/cli/terminal.h"
#include "readout/ask.h"

namespace readout::cli {
namespace {

struct Timed {
  std::string name;
  double cpu_ms = 1e9, clock_ms = 1e9;
  size_t bytes = 0;
};

double clock_of(clockid_t which) {
  timespec now{};
  clock_gettime(which, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + 1e-6 * static_cast<double>(now.tv_nsec);
}

/// The best of `rounds` after one that warms.
template <class Work>
Result<Timed> timed(std::string name, int rounds, const Work& work) {
  Timed out{std::move(name)};
  for (int i = 0; i <= rounds; ++i) {
    const double cpu = clock_of(CLOCK_THREAD_CPUTIME_ID), wall = clock_of(CLOCK_MONOTONIC);
    const Result<size_t> bytes = work();
    if (!bytes) return bytes.error().within(out.name);
    out.bytes = *bytes;
    if (i == 0) continue;
    out.cpu_ms = std::min(out.cpu_ms, clock_of(CLOCK_THREAD_CPUTIME_ID) - cpu);
    out.clock_ms = std::min(out.clock_ms, clock_of(CLOCK_MONOTONIC) - wall);
  }
  return out;
}

/// Every verb, without and with each of its narrowings that the record has something for.
std::vector<Asked> questions_of(const Samples& s) {
  const std::string year = s.newest.substr(0, 4);
  std::vector<Asked> all = {
      {"who", {{"actor", s.actor}}}, {"who", {{"actor", s.person}}},
      {"said", {}}, {"said", {{"actor", s.actor}}}, {"said", {{"actor", s.person}, {"about", s.other}}}, {"said", {{"about", s.other}}}, {"said", {{"about", "peace process"}}},
      {"events", {}}, {"events", {{"newest", "true"}}}, {"events", {{"actor", s.actor}}}, {"events", {{"actor", s.actor}, {"other", s.other}}},
      {"events", {{"source", s.actor}, {"target", s.other}}}, {"events", {{"type", "CONSULT"}}}, {"events", {{"cameo", "19"}}}, {"events", {{"status", "denied"}}},
      {"events", {{"place", s.place}}}, {"events", {{"words", "ceasefire"}}}, {"events", {{"topic", s.topic}}}, {"events", {{"from", year}}},
      {"contacts", {}}, {"contacts", {{"actor", s.person}}}, {"contacts", {{"actor", s.actor}, {"other", s.other}}},
      {"commitments", {}}, {"commitments", {{"state", "overdue"}}}, {"commitments", {{"state", "due"}, {"as_of", s.newest}}}, {"commitments", {{"state", "open"}}},
      {"commitments", {{"state", "answered"}}}, {"commitments", {{"state", "disputed"}}}, {"commitments", {{"by", s.actor}}}, {"commitments", {{"by", s.actor}, {"state", "overdue"}}},
      {"commitments", {{"topic", s.topic}}},
      {"figures", {}}, {"figures", {{"name", s.counted}}}, {"figures", {{"unit", "USD"}}}, {"figures", {{"about", s.actor}}}, {"figures", {{"topic", s.topic}}},
      {"agreements", {}}, {"agreements", {{"name", s.agreement}}}, {"agreements", {{"party", s.actor}}}, {"agreements", {{"topic", s.topic}}},
      {"timeline", {}}, {"timeline", {{"actor", s.actor}}}, {"timeline", {{"actor", s.actor}, {"other", s.other}}}, {"timeline", {{"topic", s.topic}}},
      {"dossier", {{"actor", s.actor}}}, {"dossier", {{"actor", s.person}}}, {"dossier", {{"actor", s.actor}, {"other", s.other}}},
      {"dossier", {{"kind", "topic"}, {"actor", s.topic}}}, {"dossier", {{"kind", "agreement"}, {"actor", s.agreement}}}, {"dossier", {{"kind", "place"}, {"actor", s.place}}},
      {"series", {}}, {"series", {{"actor", s.actor}}}, {"series", {{"actor", s.actor}, {"other", s.other}, {"period", "week"}}},
      {"why", {{"row", s.row}}}, {"diff", {{"a", s.document}, {"b", s.longest}}}, {"diff", {{"from", year}}}, {"diff", {{"from", year}, {"actor", s.actor}}},
      {"search", {{"words", "peace"}}}, {"search", {{"words", "the"}}}, {"search", {{"words", "\"united nations\" AND peace"}}}, {"links", {}}, {"links", {{"kind", "evidence"}}}};
  std::erase_if(all, [](const Asked& asked) {
    return std::any_of(asked.values.begin(), asked.values.end(), [](const auto& value) { return value.second.empty(); });
  });
  return all;
}

std::string words_of(const Asked& asked) {
  std::string out = asked.verb;
  for (const auto& [name, value] : asked.values) out += " " + name + "=" + value.substr(0, name == "row" || name == "a" || name == "b" ? 12 : 60);
  return out;
}

int bench_questions(const Args& args) {
  const auto store = Store::open(args.get("record"), Store::Mode::Read);
  const auto fail = [](const Error& error) {
    complain("readout bench questions: " + error.message);
    return kFailed;
  };
  if (!store) return fail(store.error());
  const auto samples = store->samples();
  if (!samples) return fail(samples.error());
  const int rounds = std::max(1, std::atoi(args.get("rounds").c_str()));
  const double most_ms = std::max(1, std::atoi(args.get("most-ms").c_str()));
  std::vector<Timed> results;
  for (const Asked& asked : questions_of(*samples)) {
    auto one = timed(words_of(asked), rounds, [&]() -> Result<size_t> {
      const auto answer = reply(*store, asked, today_utc());
      // Nobody by that name in this record: the look-up was timed all the same.
      if (!answer && answer.error().code == Code::NotFound) return size_t{0};
      if (!answer) return answer.error();
      const auto text = written(*answer, "json");
      if (!text) return text.error();
      return text->size();
    });
    if (!one) return fail(one.error());
    results.push_back(std::move(*one));
  }
  auto reader = timed("the longest document: text and record", rounds, [&]() -> Result<size_t> {
    const auto record = store->record(samples->longest);
    if (!record) return record.error();
    const auto source = store->source(samples->longest);
    return record->size() + (source ? source->size() : 0);
  });
  if (!reader) return fail(reader.error());
  results.push_back(std::move(*reader));
  size_t slow = 0;
  std::string out;
  if (args.get("format") == "table") {
    char line[64];
    for (const Timed& one : results) {
      const bool over = one.cpu_ms > most_ms;
      slow += over ? 1 : 0;
      std::snprintf(line, sizeof line, "%8.1f ms %8.1f ms by the clock %8zu kB  ", one.cpu_ms, one.clock_ms, one.bytes / 1000);
      out += line + printable(one.name) + (over ? "  <<<" : "") + "\n";
    }
    out += std::to_string(results.size()) + " questions, warm, best of " + std::to_string(rounds) + ", processor time and by the clock; " + std::to_string(slow) + " over " +
           args.get("most-ms") + " ms\n";
  } else {
    for (const Timed& one : results) {
      slow += one.cpu_ms > most_ms ? 1 : 0;
      JsonWriter json(out);
      json.begin_object().field("schema", "readout.bench-questions/1").field("question", one.name).field("cpu_ms", one.cpu_ms).field("clock_ms", one.clock_ms);
      json.field("bytes", uint64_t{one.bytes}).end_object();
      out += '\n';
    }
  }
  emit(out);
  return slow > 0 && args.on("strict") ? kFailed : kDone;
}

}  // namespace

Verb bench_questions_verb() {
  return {"bench questions", "time every question on a record",
          "Asks each question, without and with narrowings, about what the record has most of: its most frequent actor,\n"
          "dyad, topic, place, agreement and thing counted; opens the longest document.\n\n  readout bench questions --record desk.db",
          {record_option(), {"--rounds", "N", "3", "the best of so many rounds counts, after one that warms", {}},
           {"--most-ms", "N", "100", "mark what takes longer", {}}, {"--strict", "", "", "exit code 2 if anything does", {}},
           format_option({"table", "jsonl"}, "table")},
          bench_questions};
}

}  // namespace readout::cli
