#include "query/exporting.h"

#include <algorithm>

#include "core/embedded.h"
#include "core/hash.h"
#include "core/json_writer.h"
#include "core/tsv.h"
#include "readout/pipeline.h"
#include "record/days.h"

namespace readout {
namespace query {
namespace {

const std::map<std::string_view, StateCodes>& state_table() {
  static const std::map<std::string_view, StateCodes> kStates = [] {
    std::map<std::string_view, StateCodes> states;
    for_each_row(embedded("entities/states.tsv"), [&](const TsvRow& row) {
      if (!row[0].starts_with("state:")) return;
      states[row[0].substr(6)] = {row[3], row[11], row[12], row[1]};
    });
    return states;
  }();
  return kStates;
}

std::string cameo_country(std::string_view iso3) {
  static const std::map<std::string_view, std::string_view> kOther = [] {
    std::map<std::string_view, std::string_view> other;
    for_each_row(embedded("ontology/cameo_countries.tsv"), [&](const TsvRow& row) { other[row[0]] = row[1]; });
    return other;
  }();
  const auto it = kOther.find(iso3);
  return std::string(it == kOther.end() ? iso3 : it->second);
}

bool is_alpha3(std::string_view text) {
  return text.size() == 3 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// PLOVER's sector in CAMEO's letters, where they differ (data: cameo_roles of the manual).
std::string cameo_role(std::string_view sector) {
  if (sector == "JRN") return "MED";
  if (sector == "MED") return "HLH";
  return std::string(sector);
}

}  // namespace

std::string ExportDocument::text_of_sentence(const Json& row) const {
  const auto it = sentences.find(query::text_of(row, "sentence"));
  return it == sentences.end() ? std::string() : query::text_of(*it->second, "text");
}

uint64_t ExportDocument::number_of_sentence(const Json& row) const {
  const auto it = sentences.find(query::text_of(row, "sentence"));
  return it == sentences.end() ? 0 : static_cast<uint64_t>(number_in(*it->second, "number", 0));
}

StateCodes state_codes(std::string_view iso3) {
  const auto it = state_table().find(iso3);
  return it == state_table().end() ? StateCodes{} : it->second;
}

std::string name_in(const ExportDocument& doc, const std::string& id) {
  const auto it = doc.actors.find(id);
  if (it != doc.actors.end()) {
    if (std::string name = text_of(*it->second, "name"); !name.empty()) return name;
  }
  if (id.starts_with("state:")) {
    if (const StateCodes codes = state_codes(id.substr(6)); !codes.name.empty()) return std::string(codes.name);
  }
  return id == "?" ? std::string() : id;
}

CodedActor coded(const ExportDocument& doc, const std::string& id, std::string_view words) {
  CodedActor actor;
  actor.id = id;
  actor.text = flat(words);
  if (id.empty() || id == "?") return actor;
  actor.name = name_in(doc, id);
  const size_t colon = id.find(':');
  const std::string kind = id.substr(0, colon);
  const std::string rest = colon == std::string::npos ? std::string() : id.substr(colon + 1);
  std::string type;
  std::vector<std::string> sectors;
  if (const auto it = doc.actors.find(id); it != doc.actors.end()) {
    actor.iso = text_of(*it->second, "country");
    type = text_of(*it->second, "type");
    sectors = list_of(*it->second, "sectors");
  }
  if (actor.iso.empty() && is_alpha3(rest.substr(0, 3)) && (kind == "state" || kind == "gov" || kind == "mil")) actor.iso = rest.substr(0, 3);
  if (kind == "state") sectors.clear();  // a state is its country, not its government
  if (sectors.empty()) {
    if (kind == "gov") sectors = {"GOV"};
    if (kind == "mil") sectors = {"MIL"};
    if (type == "armed_group") sectors = {"REB"};
    if (type == "party") sectors = {"PTY"};
    if (type == "population" || kind == "people") sectors = {"CVL"};
    if (kind == "media" || type == "media") sectors = {"JRN"};
    if (type == "company") sectors = {"BUS"};
    if (type == "igo") sectors = {"IGO"};
    if (type == "ngo") sectors = {"NGO"};
  }
  for (const std::string& sector : sectors) {
    const std::string role = cameo_role(sector);
    const bool international = role == "IGO" || role == "NGO" || role == "MNC" || role == "IMG" || role == "INT" || role == "NGM" || role == "UIS";
    if (international) {
      if (actor.iso.empty() && actor.country.empty()) actor.country = role;
    } else if (std::find(actor.roles.begin(), actor.roles.end(), role) == actor.roles.end()) {
      actor.roles.push_back(role);
    }
  }
  if (!actor.iso.empty()) actor.country = cameo_country(actor.iso);
  actor.code = actor.country;
  for (const std::string& role : actor.roles) actor.code += role;
  return actor;
}

std::string event_day(const Json& event, const ExportDocument& doc) {
  // The row's own date: its first day; else the day of publication.
  if (std::string day = record::day_range(text_of(event, "date")).first; !day.empty()) return day;
  return doc.day;
}

bool passes(const DyadFilter& filter, const Json& event, const ExportDocument& doc) {
  const std::string status = text_of(event, "status");
  if (filter.happened_only && (text_of(event, "polarity") == "negative" || (status != "happened" && status != "ongoing" && status != "habitual"))) {
    return false;
  }
  const std::string day = event_day(event, doc);
  if (!filter.from.empty() && day < filter.from) return false;
  return filter.until.empty() || day <= filter.until;
}

namespace {
/// Words of the n-th actor of a role, where each has its own.
std::string role_words(const Json& event, const char* key, size_t n, size_t count) {
  const auto it = event.find(key);
  if (it == event.end() || !it->is_array() || it->empty()) return {};
  const size_t at = it->size() == count ? n : 0;
  return text_of((*it)[std::min(at, it->size() - 1)], "text");
}
}  // namespace

std::vector<Dyad> dyads(const ExportDocument& doc, DyadFilter& filter) {
  std::vector<Dyad> out;
  for (const Json& event : doc.rows) {
    if (text_of(event, "kind") != "event") continue;
    if (!passes(filter, event, doc)) {
      ++filter.filtered;
      continue;
    }
    std::vector<std::string> sources = list_of(event, "source"), targets = list_of(event, "target");
    const size_t source_count = sources.size(), target_count = targets.size();
    if (sources.empty()) sources = {""};
    if (targets.empty()) targets = {""};
    size_t number = 0;
    for (size_t s = 0; s < sources.size(); ++s) {
      for (size_t t = 0; t < targets.size(); ++t) {
        // "A and B met" has both on both sides: nobody meets himself.
        if (sources[s] == targets[t] && !sources[s].empty() && (source_count > 1 || target_count > 1)) continue;
        Dyad dyad;
        dyad.event = &event;
        dyad.source = coded(doc, sources[s], role_words(event, "source_words", s, source_count));
        dyad.target = coded(doc, targets[t], role_words(event, "target_words", t, target_count));
        dyad.day = event_day(event, doc);
        if (filter.dyads_only && (dyad.source.code.empty() || dyad.target.code.empty())) {
          ++filter.filtered;
          continue;
        }
        if (filter.one_a_day &&
            !filter.seen.insert(dyad.day + '\t' + dyad.source.code + '\t' + dyad.target.code + '\t' + text_of(event, "cameo")).second) {
          ++filter.filtered;
          continue;
        }
        dyad.number = number++;
        out.push_back(std::move(dyad));
      }
    }
  }
  return out;
}

std::string cell(std::string_view text) { return flat(text); }

std::string compact_day(std::string_view day) {
  if (day.size() < 10) return {};
  return std::string(day.substr(0, 4)) + std::string(day.substr(5, 2)) + std::string(day.substr(8, 2));
}

std::string decimal(double value) {
  std::string out;
  JsonWriter(out).value(value);
  return out;
}

double number_in(const Json& row, const char* key, double fallback) {
  const auto it = row.find(key);
  return it != row.end() && it->is_number() ? it->get<double>() : fallback;
}

const Json* place_of(const ExportDocument& doc, const Json& event) {
  const auto it = doc.places.find(text_of(event, "place"));
  return it == doc.places.end() ? nullptr : it->second;
}

}  // namespace query

const std::vector<ExportFormat>& export_formats() {
  static const std::vector<ExportFormat> kFormats = {
      {"petrarch2", ".txt", "PETRARCH 2 event lines with actor and event text"},
      {"phoenix", ".txt", "Phoenix events, 26 columns"},
      {"gdelt", ".export.CSV", "GDELT 2.0 events, 61 columns"},
      {"gdelt-mentions", ".mentions.CSV", "GDELT 2.0 mentions, 16 columns"},
      {"gkg", ".gkg.csv", "GDELT knowledge graph 2.1, 27 columns"},
      {"icews", ".tab", "ICEWS coded events, 20 columns with header"},
      {"polecat", ".txt", "POLECAT, 40 columns with header"},
      {"plover", ".jsonl", "PLOVER JSON Lines (manual of 2024)"},
      {"ngec", ".jsonl", "NGEC event JSON Lines"},
      {"csv", ".csv", "events, a line each, lists joined by semicolons"},
      {"graphml", ".graphml", "actors as nodes, events as edges with weights"},
      {"geojson", ".geojson", "events with a place as points"},
      {"ical", ".ics", "deadlines of commitments as a calendar"},
      {"webanno", ".tsv", "WebAnno TSV 3.2, spans over words"},
      {"w3c", ".jsonl", "W3C Web Annotations, one a line"},
  };
  return kFormats;
}

Result<ExportManifest> export_as(const Store& store, const ExportOptions& options, const std::function<bool(std::string_view)>& sink) {
  using namespace query;
  std::unique_ptr<Exporter> exporter = table_exporter(options.to);
  if (!exporter) exporter = object_exporter(options.to);
  if (!exporter) exporter = other_exporter(options.to, options.as_of);
  if (!exporter) return Error{Code::BadInput, "there is no export format \"" + options.to + "\""};
  DyadFilter filter;
  filter.from = options.from;
  filter.until = options.until;
  for (const std::string& view : options.views) {
    if (view == "one-a-day") filter.one_a_day = true;
    else if (view == "dyads-only") filter.dyads_only = true;
    else if (view == "happened-only") filter.happened_only = true;
    else return Error{Code::BadInput, "there is no view \"" + view + "\" (want one-a-day, dyads-only, happened-only)"};
  }
  ExportManifest manifest;
  std::string out, ids;
  std::set<std::string> readers;
  exporter->head(out);
  const auto documents = store.list({});
  if (!documents) return documents.error();
  for (const DocumentInfo& info : *documents) {
    const auto record = store.record(info.id);
    if (!record) return record.error();
    ExportDocument doc;
    std::string_view lines = *record;
    while (!lines.empty()) {
      const size_t end = std::min(lines.find('\n'), lines.size());
      Json row = end > 0 ? Json::parse(lines.substr(0, end), nullptr, false) : Json();
      lines.remove_prefix(std::min(end + 1, lines.size()));
      if (!row.is_object()) continue;
      if (text_of(row, "kind") == "document") doc.head = std::move(row);
      else doc.rows.push_back(std::move(row));
    }
    doc.id = info.id;
    doc.title = flat(info.title);
    doc.published = info.published;
    doc.publisher = info.publisher;
    doc.url = text_of(doc.head, "url");
    doc.day = info.published.size() >= 10 ? info.published.substr(0, 10) : std::string();
    for (const Json& row : doc.rows) {
      const std::string kind = text_of(row, "kind");
      if (kind == "sentence") doc.sentences[text_of(row, "id")] = &row;
      if (kind == "actor") doc.actors.emplace(text_of(row, "actor"), &row);
      if (kind == "place") doc.places.emplace(text_of(row, "name"), &row);
    }
    const std::string& engine = text_of(doc.head, "engine") + " data " + text_of(doc.head, "data") + " model " + text_of(doc.head, "model");
    readers.insert(engine);
    ids += info.id + " " + engine + "\n";
    exporter->document(doc, filter, out);
    ++manifest.documents;
    if (out.size() > (1U << 16U)) {
      if (!sink(out)) return manifest;
      out.clear();
    }
  }
  exporter->foot(out);
  if (!out.empty() && !sink(out)) return manifest;
  manifest.rows = exporter->rows;
  manifest.skipped = exporter->skipped;
  JsonWriter json(manifest.json);
  json.begin_object().field("schema", "readout.manifest/1").field("tool", Engine::version()).field("data", embedded_version());
  json.field("format", options.to).key("views").begin_array();
  for (const std::string& view : options.views) json.value(view);
  json.end_array().optional_field("from", options.from).optional_field("until", options.until);
  json.field("documents", manifest.documents).field("rows", manifest.rows).field("filtered_by_views_and_days", filter.filtered);
  json.field("not_expressible", manifest.skipped).key("read_by").begin_array();
  for (const std::string& reader : readers) json.value(reader);
  // The input is the documents and what read them, in the order of the record.
  json.end_array().field("input", "sha256:" + sha256_hex(ids)).end_object();
  return manifest;
}

}  // namespace readout
