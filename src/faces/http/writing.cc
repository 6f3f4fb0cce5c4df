// Uploads with their progress, removal, the second pass, corrections and alerts.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/json_writer.h"
#include "faces/http/api.h"
#include "readout/alert.h"
#include "readout/ask.h"

namespace readout::http {
namespace {

constexpr auto kLongestWait = std::chrono::minutes(5);

std::optional<text::Format> format_of(const std::string& name) {
  static const std::map<std::string, text::Format> kFormats = {
      {"", text::Format::Auto},         {"auto", text::Format::Auto}, {"text", text::Format::Text}, {"markdown", text::Format::Markdown},
      {"html", text::Format::Html},     {"pdf", text::Format::Pdf},   {"docx", text::Format::Docx}, {"eml", text::Format::Eml},
      {"jsonl", text::Format::Jsonl},   {"petrarch", text::Format::PetrarchXml}};
  const auto it = kFormats.find(name);
  return it == kFormats.end() ? std::nullopt : std::optional(it->second);
}

/// A paste: {"text": ..., "title", "date", "source", "url", "id"}: one line of the JSON Lines input.
Result<Upload> pasted(const std::string& body) {
  const auto json = nlohmann::json::parse(body, nullptr, false);
  if (!json.is_object() || !json.contains("text") || !json["text"].is_string()) {
    return Error{Code::BadInput, "the body is not an object with a \"text\""};
  }
  nlohmann::json line = nlohmann::json::object();
  for (const auto& [name, value] : json.items()) {
    if (name != "text" && name != "title" && name != "date" && name != "source" && name != "url" && name != "id") {
      return Error{Code::BadInput, "a document has no \"" + name + "\" (want text, title, date, source, url, id)"};
    }
    if (!value.is_string()) return Error{Code::BadInput, "\"" + name + "\" is not a text"};
    line[name] = value;
  }
  Upload upload;
  upload.name = json.contains("title") ? json["title"].get<std::string>().substr(0, 80) : "pasted text";
  upload.bytes = line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  upload.format = text::Format::Jsonl;
  return upload;
}

Result<Upload> upload_of(const Request& request) {
  const auto format = format_of(request.get("input_format"));
  if (!format) return Error{Code::BadInput, "input_format: there is no \"" + request.get("input_format") + "\""};
  const std::string type = request.header("content-type");
  const bool json = type.starts_with("application/json");
  if (json) return pasted(request.body);
  Upload upload;
  upload.format = *format;
  upload.name = request.get("filename");
  if (type.starts_with("multipart/form-data")) {
    const Part* file = nullptr;
    for (const Part& part : request.parts) {
      if (part.name == "file" || part.name == "text") {
        if (file != nullptr && !part.content.empty() && !file->content.empty()) return Error{Code::BadInput, "one file or text at a time"};
        if (file == nullptr || file->content.empty()) file = &part;
      }
    }
    if (file == nullptr) return Error{Code::BadInput, "the form has no part \"file\" or \"text\""};
    if (upload.name.empty()) upload.name = file->filename;
    upload.bytes = file->content;
  } else {
    upload.bytes = request.body;
  }
  if (upload.name.empty()) upload.name = "upload";
  if (upload.bytes.empty()) return Error{Code::BadInput, "the body is empty"};
  return upload;
}

Response job_response(int status, const JobState& job) {
  Response response;
  response.status = status;
  response.body = to_json(job) + "\n";
  response.with("Location", "/api/v1/jobs/" + job.id);
  return response;
}

Response upload(Jobs& jobs, const Request& request) {
  auto given = upload_of(request);
  if (!given) return problem(given.error());
  const std::string wait = request.get("wait");
  if (!wait.empty() && wait != "true" && wait != "false") return problem(400, "wait: want true or false");
  const auto id = jobs.submit(std::move(*given));
  if (!id) return problem(429, id.error().message).with("Retry-After", "5");
  if (wait != "true") return job_response(202, *jobs.state(*id));
  const auto until = std::chrono::steady_clock::now() + kLongestWait;
  auto state = jobs.state(*id);
  while (state && !state->over() && !jobs.stopping() && std::chrono::steady_clock::now() < until) {
    state = jobs.wait(*id, state->step, std::chrono::seconds(5));
  }
  if (!state) return problem(404, "the job was forgotten");
  if (!state->over()) return job_response(202, *state);
  if (state->state == "failed") return problem(400, state->error).with("Location", "/api/v1/jobs/" + *id);
  return job_response(201, *state);
}

/// Server-sent events: one `progress` a change, `done` or `failed` at the end.
Response events(Jobs& jobs, const Request& request) {
  const std::string id = request.captures[0];
  if (!jobs.state(id)) return problem(404, "no job " + id);
  Response response;
  response.type = "text/event-stream; charset=utf-8";
  response.with("Cache-Control", "no-store");
  response.stream = [&jobs, id](const Write& write) {
    auto state = jobs.state(id);
    while (state) {
      const std::string event = state->over() ? state->state : "progress";
      if (!write("event: " + event + "\nid: " + std::to_string(state->step) + "\ndata: " + to_json(*state) + "\n\n")) return;
      if (state->over() || jobs.stopping()) return;
      const uint64_t seen = state->step;
      while ((state = jobs.wait(id, seen, std::chrono::seconds(5))) && state->step == seen && !state->over()) {
        if (jobs.stopping() || !write(": still at it\n\n")) return;
      }
    }
  };
  return response;
}

Response link(Stores& stores) {
  const auto report = stores.write([](Store& store) { return store.link(); });
  if (!report) return problem(report.error());
  Response response;
  JsonWriter json(response.body);
  json.begin_object().field("schema", "readout.linked/1").field("near_documents", report->near_documents).field("actors", report->actors);
  json.field("events", report->events).field("commitments", report->commitments).field("evidence", report->evidence);
  json.field("figures", report->figures).field("agreements", report->agreements).end_object();
  response.body += '\n';
  return response;
}

Response remove(Stores& stores, const Request& request) {
  const auto done = stores.write([&](Store& store) -> Result<void> {
    const auto id = one_document(store, request.captures[0]);
    if (!id) return id.error();
    if (auto begun = store.begin(); !begun) return begun;
    if (auto gone = store.remove(*id); !gone) {
      (void)store.rollback();  // the error that led here is the one to report
      return gone;
    }
    return store.commit();
  });
  if (!done) return problem(done.error());
  Response response;
  response.status = 204;
  return response;
}

/// A transaction of the writer; its error undoes it.
template <class Work>
Result<void> written_once(Stores& stores, const Work& work) {
  return stores.write([&](Store& store) -> Result<void> {
    if (auto begun = store.begin(); !begun) return begun;
    if (auto done = work(store); !done) {
      (void)store.rollback();  // the error that led here is the one to report
      return done;
    }
    return store.commit();
  });
}

Response entries(Stores& stores, const Request& request, const std::string& document, const std::string& row) {
  auto reader = stores.reader();
  if (!reader) return problem(reader.error());
  const auto limit = count_of(request, "limit", 100, 1000);
  if (!limit) return problem(limit.error());
  std::string full = document;
  if (!document.empty()) {
    const auto id = one_document(**reader, document);
    if (!id) return problem(id.error());
    full = *id;
  }
  if (!row.empty()) {
    if (const auto there = (*reader)->row(row); !there) return problem(there.error());
  }
  const auto all = (*reader)->corrections(full, row, *limit, 0);
  if (!all) return problem(all.error());
  Response response;
  JsonWriter json(response.body);
  json.begin_object().field("schema", "readout.corrections/1").key("corrections").begin_array();
  for (const Correction& one : *all) json.raw(to_json(one));
  json.end_array().end_object();
  response.body += '\n';
  return response;
}

Response correct(Stores& stores, const Request& request) {
  const auto json = nlohmann::ordered_json::parse(request.body, nullptr, false);
  if (!json.is_object()) return problem(400, "the body is not a JSON object");
  Correction correction;
  correction.row = request.captures[0];
  correction.at = now_utc();
  correction.verdict = json.contains("change") ? "changed" : "";
  const std::pair<std::string_view, std::string*> texts[] = {{"verdict", &correction.verdict}, {"by", &correction.by}, {"note", &correction.note}};
  for (const auto& [name, value] : json.items()) {
    if (name == "change") {
      correction.change = value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
      continue;
    }
    const auto field = std::find_if(std::begin(texts), std::end(texts), [&, &known = name](const auto& text) { return text.first == known; });
    if (field == std::end(texts)) return problem(400, "a correction has no \"" + name + "\" (want verdict, change, by, note)");
    if (!value.is_string()) return problem(400, "\"" + name + "\" is not a text");
    *field->second = value.get<std::string>();
  }
  const auto done = written_once(stores, [&](Store& store) { return store.correct(correction); });
  if (!done) return problem(done.error());
  auto reader = stores.reader();
  if (!reader) return problem(reader.error());
  auto row = (*reader)->row(correction.row);
  if (!row) return problem(row.error());
  Response response;
  response.status = 201;
  response.body = *row + "\n";
  return response;
}

Response put_alert(Stores& stores, const Request& request) {
  const auto asked = asked_from_json(request.body);
  if (!asked) return problem(asked.error());
  const std::string tell = request.get("tell_all");
  if (!tell.empty() && tell != "true" && tell != "false") return problem(400, "tell_all: want true or false");
  const auto done = stores.write([&](Store& store) { return add_alert(store, request.captures[0], *asked, tell == "true", now_utc()); });
  if (!done) return problem(done.error());
  auto reader = stores.reader();
  if (!reader) return problem(reader.error());
  const auto alert = (*reader)->alert(request.captures[0]);
  if (!alert) return problem(alert.error());
  Response response;
  response.status = 201;
  response.body = to_json(*alert) + "\n";
  return response;
}

/// What an alert has told, as JSON or as a feed.
Response told(Stores& stores, const Request& request, bool atom) {
  auto reader = stores.reader();
  if (!reader) return problem(reader.error());
  const auto limit = count_of(request, "limit", 100, 1000);
  if (!limit) return problem(limit.error());
  const auto alert = (*reader)->alert(request.captures[0]);
  if (!alert) return problem(alert.error());
  const auto hits = (*reader)->hits(request.captures[0], *limit);
  if (!hits) return problem(hits.error());
  Response response;
  if (atom) response.type = "application/atom+xml; charset=utf-8";
  response.body = atom ? to_atom(*alert, *hits, "http://" + request.header("host")) : to_json(*alert, *hits);
  return response;
}

Response run(Stores& stores, const Request& request) {
  const auto fresh = stores.write([&](Store& store) { return run_alert(store, request.captures[0], now_utc()); });
  if (!fresh) return problem(fresh.error());
  auto reader = stores.reader();
  if (!reader) return problem(reader.error());
  const auto alert = (*reader)->alert(request.captures[0]);
  if (!alert) return problem(alert.error());
  Response response;
  response.body = to_json(*alert, *fresh);
  return response;
}

void add_alerts(Router& router, Stores& stores) {
  const std::string api = "/api/v1";
  router.add({"GET", api + "/alerts", {}, [&stores](const Request&) {
                auto reader = stores.reader();
                if (!reader) return problem(reader.error());
                const auto alerts = (*reader)->alerts();
                if (!alerts) return problem(alerts.error());
                Response response;
                JsonWriter json(response.body);
                json.begin_object().field("schema", "readout.alerts/1").key("alerts").begin_array();
                for (const Alert& alert : *alerts) json.raw(to_json(alert));
                json.end_array().end_object();
                response.body += '\n';
                return response;
              }, false});
  router.add({"GET", api + "/alerts/{name}", {"limit"}, [&stores](const Request& request) { return told(stores, request, false); }, false});
  router.add({"GET", api + "/alerts/{name}/atom", {"limit"}, [&stores](const Request& request) { return told(stores, request, true); }, false});
  router.add({"PUT", api + "/alerts/{name}", {"tell_all"}, [&stores](const Request& request) { return put_alert(stores, request); }, true});
  router.add({"POST", api + "/alerts/{name}/run", {}, [&stores](const Request& request) { return run(stores, request); }, true});
  router.add({"DELETE", api + "/alerts/{name}", {}, [&stores](const Request& request) {
                const auto done = written_once(stores, [&](Store& store) { return store.remove_alert(request.captures[0]); });
                if (!done) return problem(done.error());
                Response response;
                response.status = 204;
                return response;
              }, true});
}

}  // namespace

void add_writing(Router& router, Stores& stores, Jobs* jobs) {
  const std::string api = "/api/v1";
  const auto with_jobs = [jobs](Response (*handler)(Jobs&, const Request&)) -> Handler {
    return [jobs, handler](const Request& request) { return jobs == nullptr ? problem(403, "this server is read-only") : handler(*jobs, request); };
  };
  router.add({"POST", api + "/documents", {"filename", "input_format", "wait"}, with_jobs(upload), true});
  router.add({"GET", api + "/corrections", {"document", "limit"},
              [&stores](const Request& request) { return entries(stores, request, request.get("document"), {}); }, false});
  router.add({"GET", api + "/rows/{id}/corrections", {"limit"}, [&stores](const Request& request) { return entries(stores, request, {}, request.captures[0]); }, false});
  router.add({"POST", api + "/rows/{id}/corrections", {}, [&stores](const Request& request) { return correct(stores, request); }, true});
  add_alerts(router, stores);
  router.add({"DELETE", api + "/documents/{id}", {}, [&stores](const Request& request) { return remove(stores, request); }, true});
  router.add({"POST", api + "/links", {}, [&stores](const Request&) { return link(stores); }, true});
  router.add({"GET", api + "/jobs", {}, [jobs](const Request&) {
                Response response;
                JsonWriter json(response.body);
                json.begin_object().field("schema", "readout.jobs/1").key("jobs").begin_array();
                if (jobs != nullptr) {
                  for (const JobState& job : jobs->all()) json.raw(to_json(job));
                }
                json.end_array().end_object();
                response.body += '\n';
                return response;
              }, false});
  router.add({"GET", api + "/jobs/{id}", {}, [jobs](const Request& request) {
                const auto state = jobs == nullptr ? std::nullopt : jobs->state(request.captures[0]);
                return state ? job_response(200, *state) : problem(404, "no job " + request.captures[0]);
              }, false});
  router.add({"GET", api + "/jobs/{id}/events", {}, [jobs](const Request& request) {
                return jobs == nullptr ? problem(404, "no job " + request.captures[0]) : events(*jobs, request);
              }, false});
}

}  // namespace readout::http
