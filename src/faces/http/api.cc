#include "faces/http/api.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "core/embedded.h"
#include "core/json_writer.h"
#include "readout/ask.h"
#include "readout/export.h"
#include "readout/pipeline.h"
#include "text/input.h"

namespace readout::http {
namespace {

constexpr size_t kMostRows = 1000;       // of one answer over HTTP
const std::string kApi = "/api/v1";

Response json_body(std::string body) {
  Response response;
  response.body = std::move(body);
  return response;
}

Response page_of(std::string body, std::string type) {
  Response response;
  response.type = std::move(type);
  response.body = std::move(body);
  return response;
}

std::string_view type_of(std::string_view format) {
  if (format == "jsonl") return "application/x-ndjson; charset=utf-8";
  if (format == "csv") return "text/csv; charset=utf-8";
  if (format == "markdown") return "text/markdown; charset=utf-8";
  if (format == "html") return "text/html; charset=utf-8";
  if (format == "svg") return "image/svg+xml; charset=utf-8";
  return "application/json; charset=utf-8";
}

/// Runs `work` with a reader; its error is a problem.
template <class Work>
Response with_reader(Stores& stores, const Work& work) {
  auto reader = stores.reader();
  if (!reader) return problem(reader.error());
  Result<Response> response = work(**reader);
  return response ? std::move(*response) : problem(response.error());
}

/// A question of the command line: its parameters are those of the query.
Handler asks(Stores& stores, std::string verb) {
  return [&stores, verb = std::move(verb)](const Request& request) {
    Asked asked{verb, request.query};
    const std::string format = asked.values.contains("format") ? asked.values.extract("format").mapped() : "json";
    return with_reader(stores, [&](const Store& store) -> Result<Response> {
      if (const auto limit = count_of(request, "limit", 1, kMostRows); !limit) return limit.error();
      auto answer = reply(store, asked, today_utc());
      if (!answer) return answer.error();
      auto text = written(*answer, format);
      if (!text) return text.error();
      return page_of(std::move(*text), std::string(type_of(format)));
    });
  };
}

/// `items` are objects of JSON already; joined into an array.
void raw_array(JsonWriter& json, std::string_view key, const std::vector<std::string>& items) {
  json.key(key).begin_array();
  for (const std::string& item : items) json.raw(item);
  json.end_array();
}

Response list_documents(Stores& stores, const Request& request) {
  return with_reader(stores, [&](const Store& store) -> Result<Response> {
    ListOptions options;
    options.from = request.get("from");
    options.until = request.get("until");
    options.genre = request.get("genre");
    options.publisher = request.get("publisher");
    options.topic = request.get("topic");
    options.title = request.get("title");
    const std::string order = request.get("order");
    if (!order.empty() && order != "added" && order != "newest") return Error{Code::BadInput, "order: want added or newest"};
    options.newest_first = order == "newest";
    const auto limit = count_of(request, "limit", 50, kMostRows);
    if (!limit) return limit.error();
    options.limit = *limit;
    if (const std::string cursor = request.get("cursor"); !cursor.empty()) {
      const auto [end, error] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), options.offset);
      if (error != std::errc() || end != cursor.data() + cursor.size() || options.offset > INT32_MAX) {
        return Error{Code::BadInput, "cursor: \"" + cursor + "\" was not given by this record"};
      }
    }
    const auto total = store.count(options);
    if (!total) return total.error();
    const auto documents = store.list(options);
    if (!documents) return documents.error();
    std::vector<std::string> items;
    for (const DocumentInfo& document : *documents) items.push_back(to_json(document));
    std::string out;
    JsonWriter json(out);
    json.begin_object().field("schema", "readout.documents/1").field("total", *total);
    const size_t next = options.offset + documents->size();
    if (!documents->empty() && next < *total) json.field("next", std::to_string(next));
    raw_array(json, "documents", items);
    json.end_object();
    return json_body(out + "\n");
  });
}

Response one(Stores& stores, const Request& request) {
  return with_reader(stores, [&](const Store& store) -> Result<Response> {
    const auto id = one_document(store, request.captures[0]);
    if (!id) return id.error();
    const auto head = store.rows({"document", *id, {}, {}, {}, 1});
    if (!head) return head.error();
    const auto near = store.near_documents(*id);
    if (!near) return near.error();
    const auto bytes = store.source(*id);
    std::string out;
    JsonWriter json(out);
    json.begin_object().field("schema", "readout.document/1").key("document").raw(head->lines.empty() ? "{}" : head->lines.front());
    if (bytes) json.field("bytes", uint64_t{bytes->size()});
    json.field("source_kept", static_cast<bool>(bytes)).key("near").begin_array();
    for (const auto& [info, reason] : *near) {
      json.begin_object().key("document").raw(to_json(info)).field("reason", reason).end_object();
    }
    json.end_array().end_object();
    return json_body(out + "\n");
  });
}

Response document_record(Stores& stores, const Request& request) {
  return with_reader(stores, [&](const Store& store) -> Result<Response> {
    const auto id = one_document(store, request.captures[0]);
    if (!id) return id.error();
    auto lines = store.record(*id);
    if (!lines) return lines.error();
    return page_of(std::move(*lines), std::string(type_of("jsonl")));
  });
}

Response document_source(Stores& stores, const Request& request) {
  return with_reader(stores, [&](const Store& store) -> Result<Response> {
    const auto id = one_document(store, request.captures[0]);
    if (!id) return id.error();
    auto bytes = store.source(*id);
    if (!bytes) return bytes.error();
    // Never shown as a page of ours: what a document brings along must not run here.
    Response response = page_of(std::move(*bytes), "application/octet-stream");
    response.with("Content-Disposition", "attachment; filename=\"" + id->substr(0, 16) + "\"");
    return response;
  });
}

Response document_text(Stores& stores, const Request& request) {
  return with_reader(stores, [&](const Store& store) -> Result<Response> {
    const auto id = one_document(store, request.captures[0]);
    if (!id) return id.error();
    const auto layer = plain_text(store, *id);
    if (!layer) return layer.error();
    return page_of(std::string(layer->text()), "text/plain; charset=utf-8");
  });
}

Response rows(Stores& stores, const Request& request, const std::string& document) {
  return with_reader(stores, [&](const Store& store) -> Result<Response> {
    RowQuery query;
    query.kind = request.get("kind");
    query.actor = request.get("actor");
    query.role = request.get("role");
    query.after = request.get("cursor");
    const auto limit = count_of(request, "limit", 100, kMostRows);
    if (!limit) return limit.error();
    query.limit = *limit;
    if (!document.empty()) {
      const auto id = one_document(store, document);
      if (!id) return id.error();
      query.document = *id;
    }
    const auto page = store.rows(query);
    if (!page) return page.error();
    std::string out;
    JsonWriter json(out);
    json.begin_object().field("schema", "readout.rows/1").optional_field("next", page->next);
    raw_array(json, "rows", page->lines);
    json.end_object();
    return json_body(out + "\n");
  });
}

Response row(Stores& stores, const Request& request) {
  return with_reader(stores, [&](const Store& store) -> Result<Response> {
    auto line = store.row(request.captures[0]);
    if (!line) return line.error();
    return json_body(*line + "\n");
  });
}

Response actors(Stores& stores, const Request& request) {
  return with_reader(stores, [&](const Store& store) -> Result<Response> {
    const std::string name = request.get("name");
    if (name.empty()) return Error{Code::BadInput, "name: what is the actor called?"};
    const auto limit = count_of(request, "limit", 20, 200);
    if (!limit) return limit.error();
    const auto found = store.find_actors(name);
    if (!found) return found.error();
    std::string out;
    JsonWriter json(out);
    json.begin_object().field("schema", "readout.actors/1").key("actors").begin_array();
    for (size_t i = 0; i < found->size() && i < *limit; ++i) {
      const ActorMatch& match = (*found)[i];
      json.begin_object().field("id", match.id).field("name", match.name).field("documents", match.documents).field("exact", match.exact).end_object();
    }
    json.end_array().end_object();
    return json_body(out + "\n");
  });
}

Response export_record(Stores& stores, const Request& request) {
  auto reader = stores.reader();
  if (!reader) return problem(reader.error());
  ExportOptions options;
  options.to = request.get("to").empty() ? "jsonl" : request.get("to");
  options.from = request.get("from");
  options.until = request.get("until");
  options.as_of = request.get("as_of").empty() ? today_utc() : request.get("as_of");
  if (const std::string view = request.get("view"); !view.empty()) options.views.push_back(view);
  const bool whole = options.to == "jsonl";
  std::string_view suffix = "jsonl";
  if (!whole) {
    const ExportFormat* format = nullptr;
    for (const ExportFormat& one : export_formats()) {
      if (one.name == options.to) format = &one;
    }
    if (format == nullptr) return problem(400, "to: there is no format \"" + options.to + "\"");
    suffix = format->suffix;
  }
  Response response;
  response.type = whole ? std::string(type_of("jsonl")) : "application/octet-stream";
  response.with("Content-Disposition", "attachment; filename=\"record." + std::string(suffix.substr(suffix.starts_with('.') ? 1 : 0)) + "\"");
  // A whole record takes as long as it takes; the limit is for questions.
  (*reader)->limit_time(std::chrono::milliseconds(0));
  auto held = std::make_shared<Stores::Reader>(std::move(*reader));
  if (request.get("manifest") == "true") {
    if (whole) return problem(400, "manifest: only a format of others has one");
    const auto done = export_as(**held, options, [](std::string_view) { return true; });
    return done ? json_body(done->json + "\n") : problem(done.error());
  }
  response.stream = [held, options, whole](const Write& write) {
    // Once the first bytes are out, an error can only end the stream.
    if (whole) {
      (void)(**held).export_all(write, true);
    } else {
      (void)export_as(**held, options, write);
    }
  };
  return response;
}

Response status(Stores& stores, const ApiOptions& options) {
  return with_reader(stores, [&](const Store& store) -> Result<Response> {
    const auto documents = store.count({});
    if (!documents) return documents.error();
    std::string out;
    JsonWriter json(out);
    json.begin_object().field("schema", "readout.status/1").field("version", Engine::version()).field("documents", *documents);
    json.field("read_only", options.read_only).field("token", options.token_wanted).key("questions").begin_array();
    for (const AskedVerb& verb : asked_verbs()) json.value(verb.name);
    json.end_array().key("exports").begin_array();
    for (const ExportFormat& format : export_formats()) {
      json.begin_object().field("name", format.name).field("suffix", format.suffix).field("about", format.about).end_object();
    }
    json.end_array().end_object();
    return json_body(out + "\n");
  });
}

}  // namespace

Result<std::string> one_document(const Store& store, const std::string& given) {
  auto ids = store.resolve_document(given);
  if (!ids) return ids.error();
  if (ids->empty()) return Error{Code::NotFound, "no document begins with \"" + given + "\""};
  if (ids->size() > 1 && ids->front() != given) return Error{Code::NotFound, "\"" + given + "\" is not unique: " + std::to_string(ids->size()) + " documents begin so"};
  return std::move(ids->front());
}

Result<TextLayer> plain_text(const Store& store, const std::string& id) {
  auto bytes = store.source(id);
  if (!bytes) return bytes.error();
  const auto head = store.rows({"document", id, {}, {}, {}, 1});
  if (!head) return head.error();
  text::RawDocument raw;
  raw.bytes = std::move(*bytes);
  if (!head->lines.empty()) {
    const auto row = nlohmann::json::parse(head->lines.front(), nullptr, false);
    if (row.is_object()) {
      raw.meta.file = row.value("file", "");
      raw.meta.encoding = row.value("encoding", "");
    }
  }
  return text::extract(std::move(raw));
}

Result<size_t> count_of(const Request& request, std::string_view name, size_t fallback, size_t most) {
  const std::string given = request.get(name);
  if (given.empty()) return fallback;
  size_t value = 0;
  const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), value);
  if (error != std::errc() || end != given.data() + given.size() || value == 0 || value > most) {
    return Error{Code::BadInput, std::string(name) + ": \"" + given + "\" is not a number from 1 to " + std::to_string(most)};
  }
  return value;
}

void add_api(Router& router, Stores& stores, Jobs* jobs, const ApiOptions& options) {
  const auto get = [&](std::string path, std::vector<std::string> parameters, Handler handler) {
    router.add({"GET", kApi + path, std::move(parameters), std::move(handler), false});
  };
  get("/status", {}, [&stores, options](const Request&) { return status(stores, options); });
  get("/openapi.json", {}, [](const Request&) { return json_body(std::string(embedded("api/openapi.json"))); });
  get("/documents", {"from", "until", "genre", "publisher", "topic", "title", "order", "limit", "cursor"},
      [&stores](const Request& request) { return list_documents(stores, request); });
  get("/documents/{id}", {}, [&stores](const Request& request) { return one(stores, request); });
  get("/documents/{id}/record", {}, [&stores](const Request& request) { return document_record(stores, request); });
  get("/documents/{id}/text", {}, [&stores](const Request& request) { return document_text(stores, request); });
  get("/documents/{id}/source", {}, [&stores](const Request& request) { return document_source(stores, request); });
  get("/documents/{id}/rows", {"kind", "actor", "role", "limit", "cursor"},
      [&stores](const Request& request) { return rows(stores, request, request.captures[0]); });
  get("/rows", {"kind", "document", "actor", "role", "limit", "cursor"},
      [&stores](const Request& request) { return rows(stores, request, request.get("document")); });
  get("/rows/{id}", {}, [&stores](const Request& request) { return row(stores, request); });
  get("/actors", {"name", "limit"}, [&stores](const Request& request) { return actors(stores, request); });
  get("/export", {"to", "view", "from", "until", "as_of", "manifest"}, [&stores](const Request& request) { return export_record(stores, request); });
  for (const AskedVerb& verb : asked_verbs()) {
    std::vector<std::string> parameters = {"format"};
    for (const AskedParameter& parameter : verb.parameters) parameters.emplace_back(parameter.name);
    get("/" + std::string(verb.name), std::move(parameters), asks(stores, std::string(verb.name)));
  }
  add_writing(router, stores, jobs);
}

}  // namespace readout::http
