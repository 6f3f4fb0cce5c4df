// The verbs over a record: add, list, show, search, export, import, verify, remove.
#include <sys/stat.h>

#include <charconv>
#include <chrono>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "faces/cli/app.h"
#include "faces/cli/reading.h"
#include "faces/cli/render.h"
#include "faces/cli/terminal.h"
#include "readout/ask.h"
#include "readout/export.h"
#include "readout/record.h"
#include "readout/store.h"

namespace readout::cli {
namespace {

int fail(std::string_view verb, const Error& error) {
  complain("readout " + std::string(verb) + ": " + error.message);
  return error.code == Code::NotFound ? kNothingFound : kFailed;
}

size_t to_size(const std::string& text, size_t fallback) {
  size_t value = fallback;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string cell(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) out.push_back(c == '\n' || c == '\t' ? ' ' : c);
  return out;
}

/// A CSV field after RFC 4180.
std::string csv(std::string_view text) {
  if (text.find_first_of(",\"\n\r") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

int add(const Args& args) {
  catch_interrupts();
  auto reading = open_reading(args);
  if (!reading) return fail("add", reading.error());
  auto store = Store::open(args.get("record"), Store::Mode::Create);
  if (!store) return fail("add", store.error());
  const Versions versions = versions_of(*reading->engine);
  const auto render = [&](const Document& doc) {
    std::string rows;
    append_record(doc, versions, rows);
    return rows;
  };
  uint64_t added = 0, known = 0, replaced = 0, since = 0;
  bool open = true;
  auto last_commit = std::chrono::steady_clock::now();
  if (auto begun = store->begin(); !begun) return fail("add", begun.error());
  const auto sink = [&](BatchItem&& item) -> Result<void> {
    if (item.rejected) {
      complain(rejection(*item.rejected));
      return {};
    }
    const std::string_view source = item.doc->source();
    const auto done = store->add(item.rendered, &source);
    if (!done) return done.error().within(item.doc->meta().file);
    added += *done == Store::Added::New ? 1 : 0;
    known += *done == Store::Added::Known ? 1 : 0;
    replaced += *done == Store::Added::Replaced ? 1 : 0;
    // A transaction a batch: what was said to be added is safe within a second.
    const auto now = std::chrono::steady_clock::now();
    if (++since >= 256 || now - last_commit > std::chrono::seconds(1)) {
      since = 0;
      last_commit = now;
      if (auto committed = store->commit(); !committed) return committed;
      return store->begin();
    }
    return {};
  };
  int code = run_reading(*reading, args, "add", render, sink, open);
  if (auto committed = store->commit(); !committed) return fail("add", committed.error());
  if (!args.on("quiet")) {
    complain(args.get("record") + ": " + std::to_string(added) + " added, " + std::to_string(replaced) +
             " read anew, " + std::to_string(known) + " already there");
  }
  return code;
}

int list(const Args& args) {
  auto store = Store::open(args.get("record"), Store::Mode::Read);
  if (!store) return fail("list", store.error());
  ListOptions options;
  options.from = args.get("from");
  options.until = args.get("until");
  options.genre = args.get("genre");
  options.limit = to_size(args.get("limit"), SIZE_MAX);
  const auto documents = store->list(options);
  if (!documents) return fail("list", documents.error());
  const Painter paint(args.get("color"));
  const std::string format = args.get("format");
  std::string out;
  if (format == "csv") out = "id,published,genre,publisher,title,turns,sentences,rows,file\n";
  for (const DocumentInfo& d : *documents) {
    if (format == "jsonl") {
      out += to_json(d) + "\n";
    } else if (format == "csv") {
      out += d.id + "," + csv(d.published) + "," + csv(d.genre) + "," + csv(d.publisher) + "," + csv(d.title) + "," +
             std::to_string(d.turns) + "," + std::to_string(d.sentences) + "," + std::to_string(d.rows) + "," + csv(d.file) + "\n";
    } else {
      out += paint(Paint::Dim, d.id.substr(0, 12)) + "  " + paint(Paint::Cyan, (d.published.substr(0, 10) + "          ").substr(0, 10)) + "  " +
             paint(Paint::Bold, cell(d.title.empty() ? d.file : d.title)) + "\n" + std::string(26, ' ') +
             paint(Paint::Dim, (d.genre.empty() ? "" : d.genre + " · ") + (d.publisher.empty() ? "" : cell(d.publisher) + " · ") +
                                   std::to_string(d.turns) + " turns · " + std::to_string(d.sentences) + " sentences · " +
                                   std::to_string(d.rows) + " rows") + "\n";
    }
  }
  emit(out);
  return documents->empty() ? kNothingFound : kDone;
}

int show(const Args& args) {
  const auto& wanted = args.all("ID");
  RenderOptions options;
  options.width = std::min(terminal_width(), 120);
  for (const std::string& layer : args.all("layers")) options.layers.insert(layer);
  const Painter paint(args.get("color"));
  auto store = Store::open(args.get("record"), Store::Mode::Read);
  if (!store) return fail("show", store.error());
  int code = kDone;
  for (const std::string& id : wanted) {
    const auto ids = store->resolve_document(id);
    if (!ids) return fail("show", ids.error());
    if (ids->size() != 1) {
      complain("readout show: " + (ids->empty() ? "no document begins with \"" + id + "\""
                                                : "\"" + id + "\" is not unique: " + std::to_string(ids->size()) + " documents begin so"));
      code = kNothingFound;
      continue;
    }
    const auto record = store->record(ids->front());
    if (!record) return fail("show", record.error());
    if (!emit(args.get("format") == "jsonl" ? *record : render_record(*record, options, paint) + "\n")) return kDone;
  }
  return code;
}

int search(const Args& args) {
  auto store = Store::open(args.get("record"), Store::Mode::Read);
  if (!store) return fail("search", store.error());
  SearchOptions options;
  options.speaker = args.get("speaker");
  options.from = args.get("from");
  options.until = args.get("until");
  options.limit = to_size(args.get("limit"), 20);
  std::string query;
  for (const std::string& word : args.all("WORDS")) query += (query.empty() ? "" : " ") + word;
  const auto hits = store->search(query, options);
  if (!hits) return fail("search", hits.error());
  const Painter paint(args.get("color"));
  const std::string format = args.get("format");
  if (format == "jsonl") {
    emit(to_jsonl(*hits));
    return hits->empty() ? kNothingFound : kDone;
  }
  std::string out;
  for (const SearchHit& hit : *hits) {
    out += paint(Paint::Cyan, hit.published.substr(0, 10)) + " " + paint(Paint::Dim, hit.document.substr(0, 12)) + " " + cell(hit.title) + "\n";
    std::string text;
    uint32_t at = 0;
    for (const auto& [begin, end] : hit.marks) {
      text += cell(std::string_view(hit.text).substr(at, begin - at));
      text += paint.on() ? paint(Paint::Yellow, std::string_view(hit.text).substr(begin, end - begin))
                         : "[" + hit.text.substr(begin, end - begin) + "]";
      at = end;
    }
    text += cell(std::string_view(hit.text).substr(at));
    out += "    " + (hit.speaker.empty() ? "" : paint(Paint::Bold, cell(hit.speaker)) + ": ") + text + "\n";
  }
  emit(out);
  return hits->empty() ? kNothingFound : kDone;
}

/// One of the formats of others, with its manifest.
int export_format(const Args& args, const Store& store) {
  ExportOptions options;
  options.to = args.get("to");
  options.views = args.all("view");
  options.from = args.get("from");
  options.until = args.get("until");
  options.as_of = args.get("as-of");
  const std::string out = args.get("out");
  std::ofstream file;
  if (!out.empty()) {
    file.open(out, std::ios::binary);
    if (!file) return fail("export", Error{Code::Io, out + ": cannot be written"});
  }
  const auto done = export_as(store, options, [&](std::string_view bytes) {
    if (out.empty()) return emit(bytes);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return file.good();
  });
  if (!done) return fail("export", done.error());
  if (!out.empty()) {
    file.close();
    if (!file) return fail("export", Error{Code::Io, out + ": could not be written whole"});
  }
  const std::string manifest = !args.get("manifest").empty() ? args.get("manifest") : out.empty() ? std::string() : out + ".manifest.json";
  if (!manifest.empty()) {
    std::ofstream written(manifest, std::ios::binary);
    written << done->json << "\n";
    written.close();
    if (!written) return fail("export", Error{Code::Io, manifest + ": cannot be written"});
  }
  complain(options.to + ": " + std::to_string(done->rows) + " rows of " + std::to_string(done->documents) + " documents" +
           (done->skipped == 0 ? "" : "; " + std::to_string(done->skipped) + " rows cannot be said in this format"));
  return kDone;
}

int export_rows(const Args& args) {
  auto store = Store::open(args.get("record"), Store::Mode::Read);
  if (!store) return fail("export", store.error());
  if (!args.get("to").empty()) return export_format(args, *store);
  const auto done = store->export_all([](std::string_view lines) { return emit(lines); }, !args.on("no-source"));
  return done ? kDone : fail("export", done.error());
}

int import_rows(const Args& args) {
  auto store = Store::open(args.get("record"), Store::Mode::Create);
  if (!store) return fail("import", store.error());
  int code = kDone;
  for (const std::string& file : args.all("FILE")) {
    std::ifstream opened;
    if (file != "-") {
      opened.open(file, std::ios::binary);
      if (!opened) {
        complain("readout import: " + file + ": cannot be opened");
        code = kFailed;
        continue;
      }
    }
    std::istream& in = file == "-" ? std::cin : opened;
    const auto imported = store->import_lines([&]() -> std::optional<std::string> {
      std::string line;
      if (!std::getline(in, line)) return std::nullopt;
      return line;
    });
    if (!imported) {
      complain("readout import: " + file + ": " + imported.error().message);
      code = kFailed;
      continue;
    }
    complain(file + ": " + std::to_string(imported->documents) + " documents imported, " + std::to_string(imported->replaced) +
             " replaced, " + std::to_string(imported->known) + " already there");
  }
  return code;
}

int verify(const Args& args) {
  auto store = Store::open(args.get("record"), Store::Mode::Read);
  if (!store) return fail("verify", store.error());
  const auto report = store->verify({});
  if (!report) return fail("verify", report.error());
  for (const std::string& line : report->problems) complain(line);
  emit(args.get("record") + ": " + std::to_string(report->documents) + " documents, " + std::to_string(report->rows) + " rows, " +
       std::to_string(report->spans) + " spans checked; " +
       (report->problem_count == 0 ? "all is well" : std::to_string(report->problem_count) + " problems") + "\n");
  return report->problem_count == 0 ? kDone : kFailed;
}

int remove(const Args& args) {
  auto store = Store::open(args.get("record"), Store::Mode::Write);
  if (!store) return fail("remove", store.error());
  for (const std::string& id : args.all("ID")) {
    const auto ids = store->resolve_document(id);
    if (!ids) return fail("remove", ids.error());
    if (ids->size() != 1) {
      complain("readout remove: \"" + id + "\" names " + std::to_string(ids->size()) + " documents");
      return kNothingFound;
    }
    if (auto begun = store->begin(); !begun) return fail("remove", begun.error());
    if (auto gone = store->remove(ids->front()); !gone) return fail("remove", gone.error());
    if (auto done = store->commit(); !done) return fail("remove", done.error());
  }
  return kDone;
}

std::vector<std::string> export_names() {
  std::vector<std::string> names;
  for (const ExportFormat& format : export_formats()) names.emplace_back(format.name);
  return names;
}

Option from_option() { return {"--from", "DATE", "", "published on or after this day (YYYY-MM-DD)", {}}; }
Option until_option() { return {"--until", "DATE", "", "published on or before this day", {}}; }

}  // namespace

Verb show_verb() {
  return {"show", "show documents of a record with turns and sentences",
          "  readout show 268349a4 --layers event\n"
          "IDs are the document's hash, its beginning, or the id that the input gave.",
          {{"ID", "ID", "", "documents", {}, true, true}, record_option(), format_option({"text", "jsonl"}, "text"),
           {"-l,--layers", "KIND", "", "row kinds to list under each sentence (mention, quote, event, all ...)", {}, true}, color_option()},
          show};
}

std::vector<Verb> store_verbs() {
  return {
      {"add", "read documents and keep their record",
       "Adds documents to a record. The same bytes twice change nothing; a newer engine's reading\n"
       "replaces the older one.\n\n  readout add --record desk.db inbox/ archive.zip",
       {files_option(), record_option(), input_format_option(), threads_option(), depth_option(), data_option(), coder_option(),
        {"-q,--quiet", "", "", "no closing counts", {}}},
       add},
      {"list", "list the documents of a record", "  readout list --from 2021-01-01 --genre communique",
       {record_option(), from_option(), until_option(), {"--genre", "GENRE", "", "only of this genre", {}},
        {"-n,--limit", "N", "", "at most so many", {}}, format_option({"table", "jsonl", "csv"}, "table"), color_option()},
       list},
      {"search", "find sentences by their words",
       "Words, \"phrases\", prefix*, NEAR(a b, 5), AND, OR, NOT and brackets. Case and accents don't matter.\n\n"
       "  readout search '\"transport corridor*\" OR NEAR(railway border, 8)' --speaker lavrov --from 2021-01-01",
       {{"WORDS", "WORDS", "", "what to look for", {}, true, false}, record_option(),
        {"-s,--speaker", "WORDS", "", "only in turns of this speaker (words of the name or an actor id)", {}}, from_option(), until_option(),
        {"-n,--limit", "N", "20", "at most so many", {}}, format_option({"table", "jsonl"}, "table"), color_option()},
       search},
      {"export", "print a whole record as JSON Lines, or its events in a format of others",
       "Every row of every document, and after each document a source line with its bytes, so that import\n"
       "gives back the same record. With --to: event data, graphs, calendars and annotations, each with a manifest\n"
       "(beside --out, or where --manifest says) of what made it.\n\n"
       "  readout export --record desk.db | zstd > desk.jsonl.zst\n"
       "  readout export --to gdelt --view dyads-only --view one-a-day --out day.export.CSV",
       {record_option(), {"--no-source", "", "", "leave out the documents' bytes", {}},
        {"-t,--to", "FORMAT", "", "a format of others", export_names()},
        {"--view", "VIEW", "", "leave out events: one a day, dyad and code; those without two coded sides; those that did not happen",
         {"one-a-day", "dyads-only", "happened-only"}, true},
        {"--from", "DATE", "", "events on or after this day (YYYY-MM-DD)", {}}, {"--until", "DATE", "", "events on or before this day", {}},
        {"--as-of", "DATE", "", "ical: the day that stands as the calendar's stamp", {}},
        {"-o,--out", "FILE", "", "write here instead of to standard output", {}},
        {"--manifest", "FILE", "", "write the manifest here", {}}},
       export_rows},
      {"import", "read an exported record", "  zstdcat desk.jsonl.zst | readout import --record copy.db -",
       {files_option(), record_option()}, import_rows},
      {"verify", "check every row of a record against the bytes it came from", "", {record_option()}, verify},
      {"remove", "take documents out of a record", "", {{"ID", "ID", "", "documents", {}, true, true}, record_option()}, remove},
  };
}

}  // namespace readout::cli
