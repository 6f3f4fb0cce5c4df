// Pages made here, without any script: the library, a document with its rows beside its sentences,
// dossiers and search. The page with everything comes from web/dist, where it was built.
#include "faces/http/pages.h"

#include <map>
#include <nlohmann/json.hpp>

#include "core/embedded.h"
#include "core/hash.h"
#include "faces/http/api.h"
#include "readout/ask.h"

namespace readout::http {
namespace {

using Json = nlohmann::ordered_json;
constexpr size_t kPage = 50;             // documents of one page of the library

std::string html(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string url_part(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.') {
      out += c;
    } else {
      out += '%';
      out += kHex[u >> 4U];
      out += kHex[u & 15U];
    }
  }
  return out;
}

Response page(std::string_view title, std::string_view body) {
  Response response;
  response.type = "text/html; charset=utf-8";
  response.body = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>" +
                  html(title) + "</title><link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"/plain/style.css\"></head><body>\n<nav aria-label=\"Pages\"><a href=\"/plain\">Library</a>"
                  "<form action=\"/plain/search\" role=\"search\"><label>Find <input name=\"words\" type=\"search\" required></label> <button>Search</button></form>"
                  "<form action=\"/plain/dossier\"><label>Dossier on <input name=\"actor\" required></label> <button>Open</button></form></nav>\n<main>\n<h1>" +
                  html(title) + "</h1>\n" + std::string(body) + "</main></body></html>\n";
  return response;
}

/// A problem as a page.
Response trouble(const Error& error) {
  const int status = problem(error).status;
  Response response = page(status_words(status), "<p>" + html(error.message) + "</p>\n");
  response.status = status;
  return response;
}

template <class Work>
Response with_reader(Stores& stores, const Work& work) {
  auto reader = stores.reader();
  if (!reader) return trouble(reader.error());
  Result<Response> response = work(**reader);
  return response ? std::move(*response) : trouble(response.error());
}

Response library(Stores& stores, const Request& request) {
  return with_reader(stores, [&](const Store& store) -> Result<Response> {
    const auto at = count_of(request, "page", 1, 1'000'000);
    if (!at) return at.error();
    ListOptions options;
    options.newest_first = true;
    options.limit = kPage;
    options.offset = (*at - 1) * kPage;
    const auto total = store.count(options);
    if (!total) return total.error();
    const auto documents = store.list(options);
    if (!documents) return documents.error();
    std::string body = "<p>" + std::to_string(*total) + (*total == 1 ? " document" : " documents") + ", newest first.</p>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Documents\">"
                       "<table><thead><tr><th scope=\"col\">published</th><th scope=\"col\">title</th><th scope=\"col\">genre</th>"
                       "<th scope=\"col\" class=\"n\">sentences</th><th scope=\"col\" class=\"n\">rows</th></tr></thead><tbody>\n";
    for (const DocumentInfo& d : *documents) {
      body += "<tr><td>" + html(d.published.substr(0, 10)) + "</td><td><a href=\"/plain/documents/" + d.id + "\">" + html(d.title.empty() ? (d.file.empty() ? d.id : d.file) : d.title) +
              "</a></td><td>" + html(d.genre) + "</td><td class=\"n\">" + std::to_string(d.sentences) + "</td><td class=\"n\">" + std::to_string(d.rows) + "</td></tr>\n";
    }
    body += "</tbody></table></div>\n<p>";
    if (*at > 1) body += "<a rel=\"prev\" href=\"/plain?page=" + std::to_string(*at - 1) + "\">Newer</a> ";
    if (options.offset + documents->size() < *total) body += "<a rel=\"next\" href=\"/plain?page=" + std::to_string(*at + 1) + "\">Older</a>";
    return page("Library", body + "</p>\n");
  });
}

std::string text_of(const Json& row, const char* key) {
  const auto it = row.find(key);
  return it != row.end() && it->is_string() ? it->get<std::string>() : std::string();
}

/// Names of the actors of a document, by id.
using Names = std::map<std::string, std::string>;

std::string name_of(const Names& names, const std::string& id) {
  const auto it = names.find(id);
  return id == "?" ? "somebody not named" : it == names.end() ? id : it->second;
}

std::string list_of(const Json& row, const char* key, const Names& names) {
  std::string out;
  const auto it = row.find(key);
  if (it == row.end() || !it->is_array()) return out;
  for (const Json& item : *it) {
    if (item.is_string()) out += (out.empty() ? "" : ", ") + name_of(names, item.get<std::string>());
  }
  return out;
}

/// One row in a few words: what a reader wants to see beside the sentence.
std::string in_words(const Json& row, const Names& names) {
  const std::string kind = text_of(row, "kind");
  std::string out;
  const auto add = [&](std::string_view before, const std::string& text) {
    if (!text.empty()) out += (out.empty() ? "" : " ") + std::string(before) + text;
  };
  if (kind == "event") {
    add("", text_of(row, "plover"));
    add("", text_of(row, "cameo"));
    add("", text_of(row, "status"));
    add("by ", list_of(row, "source", names));
    add("to ", list_of(row, "target", names));
    add("on ", text_of(row, "date"));
    if (text_of(row, "polarity") == "negative") add("", "(said not to be so)");
  } else if (kind == "commitment") {
    add("", text_of(row, "commitment_kind"));
    add("of ", list_of(row, "owed_by", names));
    add("to ", list_of(row, "owed_to", names));
    if (row.contains("deadline")) add("deadline: ", text_of(row["deadline"], "text"));
  } else if (kind == "quote") {
    add("", text_of(row, "type"));
    add("of ", list_of(row, "source", names));
  } else if (kind == "figure") {
    add("", text_of(row, "comparator"));
    if (row.contains("value")) add("", row["value"].dump());
    add("", text_of(row, "unit"));
    add("of ", text_of(row, "counted"));
  } else if (kind == "timex") {
    add("", text_of(row, "value"));
  } else if (kind == "agreement" || kind == "place") {
    add("", text_of(row, "name"));
  } else if (kind == "mention") {
    add("", list_of(row, "actors", names));
  }
  return out;
}

Response document(Stores& stores, const Request& request) {
  return with_reader(stores, [&](const Store& store) -> Result<Response> {
    const auto id = one_document(store, request.captures[0]);
    if (!id) return id.error();
    const auto lines = store.record(*id);
    if (!lines) return lines.error();
    Json head;
    std::map<std::string, Json> turns;
    std::vector<Json> sentences;
    std::map<std::string, std::vector<Json>> beside;
    Names names;
    std::string_view rest = *lines;
    while (!rest.empty()) {
      const size_t end = std::min(rest.find('\n'), rest.size());
      Json row = Json::parse(rest.substr(0, end), nullptr, false);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (!row.is_object()) continue;
      const std::string kind = text_of(row, "kind");
      if (kind == "document") head = std::move(row);
      else if (kind == "turn") turns[text_of(row, "id")] = std::move(row);
      else if (kind == "sentence") sentences.push_back(std::move(row));
      else if (kind == "actor") names[text_of(row, "actor")] = text_of(row, "name");
      else if (!in_words(row, names).empty()) beside[text_of(row, "sentence")].push_back(std::move(row));
    }
    // Words without the markup that they stand in; where the bytes were not kept, as they stand.
    const auto layer = plain_text(store, *id);
    const auto words_of = [&](const Json& row) {
      const auto begin = row.find("begin"), end = row.find("end");
      if (!layer || begin == row.end() || end == row.end() || !begin->is_number_unsigned() || !end->is_number_unsigned()) return text_of(row, "text");
      const uint32_t from = layer->map.to_plain(begin->get<uint32_t>()), until = layer->map.to_plain(end->get<uint32_t>());
      const std::string_view words = layer->text();
      return from < until && until <= words.size() ? std::string(words.substr(from, until - from)) : text_of(row, "text");
    };
    std::string body = "<p class=\"meta\">" + html(text_of(head, "published")) + " &middot; " + html(name_of(names, text_of(head, "publisher"))) + " &middot; " + html(text_of(head, "genre")) +
                       " &middot; <a href=\"/api/v1/documents/" + *id + "/source\">original</a> &middot; <a href=\"/api/v1/documents/" + *id + "/record\">record</a></p>\n";
    std::string open_turn;
    bool in_turn = false;
    for (const Json& sentence : sentences) {
      const std::string turn = text_of(sentence, "turn");
      if (turn != open_turn || (turn.empty() && in_turn)) {
        if (in_turn) body += "</section>\n";
        in_turn = !turn.empty();
        open_turn = turn;
        if (in_turn) {
          const std::string speaker = text_of(turns[turn], "speaker");
          body += "<section class=\"turn\"><p class=\"speaker\">" + html(speaker.empty() ? "speaker not known" : name_of(names, speaker)) + "</p>\n";
        }
      }
      const std::string sentence_id = text_of(sentence, "id");
      body += "<div class=\"line\" id=\"" + html(sentence_id) + "\"><div>" + html(words_of(sentence)) + "</div><ul>";
      for (const Json& row : beside[sentence_id]) {
        if (text_of(row, "kind") == "mention") continue;  // every name: too much to read
        body += "<li id=\"" + html(text_of(row, "id")) + "\"><span class=\"kind\">" + html(text_of(row, "kind")) + "</span> " + html(in_words(row, names)) + "</li>";
      }
      body += "</ul></div>\n";
    }
    if (in_turn) body += "</section>\n";
    const std::string title = text_of(head, "title");
    return page(title.empty() ? *id : title, body);
  });
}

/// The document's sentence that a row stands in, as an address.
std::string place_of(const std::string& doc, const std::string& sentence) {
  return "/plain/documents/" + url_part(doc) + (sentence.empty() ? "" : "#" + url_part(sentence));
}

std::string table(const Answer& answer) {
  if (answer.rows.empty()) return "<p>Nothing in the record.</p>\n";
  std::string out = "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + html(answer.verb) + "\"><table><thead><tr>";
  for (const std::string& column : answer.columns) out += "<th scope=\"col\">" + html(column) + "</th>";
  out += "<th scope=\"col\">evidence</th></tr></thead><tbody>\n";
  for (const AnswerRow& row : answer.rows) {
    out += "<tr>";
    for (const std::string& cell : row.cells) out += "<td>" + html(cell) + "</td>";
    const Json json = Json::parse(row.json, nullptr, false);
    out += "<td><a href=\"" + place_of(row.doc, json.is_object() ? text_of(json, "sentence") : "") + "\">" + html(row.evidence.empty() ? row.title : row.evidence) + "</a></td></tr>\n";
  }
  out += "</tbody></table></div>\n";
  if (answer.total > answer.rows.size()) out += "<p>" + std::to_string(answer.rows.size()) + " of " + std::to_string(answer.total) + " shown.</p>\n";
  return out;
}

Response dossier_page(Stores& stores, const Request& request) {
  return with_reader(stores, [&](const Store& store) -> Result<Response> {
    const auto answer = reply(store, {"dossier", request.query}, today_utc());
    if (!answer) return answer.error();
    const Dossier& found = std::get<Dossier>(*answer);
    std::string body = "<p>" + html(found.question) + "</p>\n<dl>\n";
    for (const auto& [label, words] : found.facts) body += "<dt><b>" + html(label) + "</b></dt><dd>" + html(words) + "</dd>\n";
    body += "</dl>\n";
    for (const auto& [heading, section] : found.sections) body += "<h2>" + html(heading) + "</h2>\n" + table(section);
    return page(found.title, body);
  });
}

Response search_page(Stores& stores, const Request& request) {
  return with_reader(stores, [&](const Store& store) -> Result<Response> {
    const auto answer = reply(store, {"search", request.query}, today_utc());
    if (!answer) return answer.error();
    const Found& found = std::get<Found>(*answer);
    std::string body = "<p>" + html(found.question) + "</p>\n<ul>\n";
    for (const SearchHit& hit : found.hits) {
      body += "<li><a href=\"" + place_of(hit.document, hit.row) + "\">" + html(hit.title.empty() ? hit.document : hit.title) + "</a> " + html(hit.published.substr(0, 10)) + "<br>" +
              (hit.speaker.empty() ? "" : "<b>" + html(hit.speaker) + "</b>: ") + html(hit.text) + "</li>\n";
    }
    body += "</ul>\n";
    if (found.hits.empty()) body += "<p>Nothing in the record.</p>\n";
    return page("Search", body);
  });
}

std::string_view type_of(std::string_view path) {
  static constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
      {".html", "text/html; charset=utf-8"},       {".js", "text/javascript; charset=utf-8"}, {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},         {".json", "application/json"},             {".svg", "image/svg+xml"},
      {".png", "image/png"},                       {".ico", "image/x-icon"},                  {".woff2", "font/woff2"},
      {".webmanifest", "application/manifest+json"}, {".txt", "text/plain; charset=utf-8"}};
  for (const auto& [suffix, type] : kTypes) {
    if (path.ends_with(suffix)) return type;
  }
  return "application/octet-stream";
}

/// A file of the built page. Its views stand behind the '#' of one address, so any other path is none.
Response built(std::string_view path) {
  std::string_view bytes = embedded("web/" + std::string(path));
  // The build of the page compresses what gets smaller by it; every browser takes that.
  const bool compressed = bytes.empty();
  if (compressed) bytes = embedded("web/" + std::string(path) + ".gz");
  if (bytes.empty()) return problem(404, "there is nothing at /" + std::string(path));
  Response response;
  if (compressed) response.with("Content-Encoding", "gzip").with("Vary", "Accept-Encoding");
  response.type = type_of(path);
  response.body = bytes;
  // Names of built parts change with their content.
  if (path.starts_with("assets/")) response.with("Cache-Control", "public, max-age=31536000, immutable");
  return response;
}

}  // namespace

void add_pages(Router& router, Stores& stores) {
  const auto get = [&](std::string path, std::vector<std::string> parameters, Handler handler) {
    router.add({"GET", std::move(path), std::move(parameters), std::move(handler), false});
  };
  get("/plain", {"page"}, [&stores](const Request& request) { return library(stores, request); });
  get("/plain/style.css", {}, [](const Request&) {
    Response response;
    response.type = "text/css; charset=utf-8";
    response.body = std::string(embedded("style/theme.css")) + std::string(embedded("style/plain.css"));
    return response;
  });
  get("/plain/documents/{id}", {}, [&stores](const Request& request) { return document(stores, request); });
  get("/plain/dossier", {"actor", "other", "kind", "from", "until", "as_of", "limit"}, [&stores](const Request& request) { return dossier_page(stores, request); });
  get("/plain/search", {"words", "speaker", "from", "until", "limit", "offset"}, [&stores](const Request& request) { return search_page(stores, request); });
  const bool has_page = !embedded("web/index.html").empty();
  get("/{path*}", {"*"}, [&stores, has_page](const Request& request) {
    if (has_page) return built(request.captures[0].empty() ? "index.html" : request.captures[0]);
    if (request.captures[0].empty()) return library(stores, request);
    return problem(404, "there is nothing at " + request.path);
  });
}

}  // namespace readout::http
