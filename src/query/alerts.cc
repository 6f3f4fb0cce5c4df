// An alert keeps the ids of the rows that answered it. A run asks the question again and keeps what is
// not there yet; ids are stable, so a document that was read anew is no news.
#include "readout/alert.h"

#include <algorithm>
#include <ctime>

#include "core/json_writer.h"
#include "query/answers.h"

namespace readout {
namespace {

using query::Json;

constexpr std::string_view kLists[] = {"said", "events", "contacts", "commitments", "figures", "agreements", "timeline", "search"};
constexpr const char* kMostHits = "5000";  // of one run

std::string joined(const std::vector<std::string>& cells) {
  std::string out;
  for (const std::string& cell : cells) {
    const std::string words = query::flat(cell);
    if (!words.empty()) out += (out.empty() ? "" : " · ") + words;
  }
  return out;
}

AlertHit hit_of(const AnswerRow& row, const Json& json, const std::string& words) {
  AlertHit hit;
  hit.row = query::text_of(json, "id");
  hit.document = query::text_of(json, "doc");
  hit.sentence = query::text_of(json, "sentence");
  hit.day = query::text_of(json, "day");
  hit.title = query::flat(query::text_of(json, "title"));
  hit.words = words;
  hit.evidence = query::readable(query::text_of(json, "evidence"));
  if (hit.evidence.empty()) hit.evidence = row.evidence;
  return hit;
}

Result<std::vector<AlertHit>> hits_now(const Store& store, const Asked& asked, std::string_view today) {
  Asked wide = asked;
  wide.values["limit"] = kMostHits;
  wide.values.erase("offset");
  if (asked.verb != "search") wide.values["newest"] = "true";
  const auto answered = reply(store, wide, today);
  std::vector<AlertHit> hits;
  if (!answered) {
    // Somebody whom no document names yet may be named tomorrow.
    if (answered.error().code == Code::NotFound) return hits;
    return answered.error();
  }
  if (const Found* found = std::get_if<Found>(&*answered)) {
    for (const SearchHit& one : found->hits) {
      hits.push_back({one.row, one.document, one.row, {}, one.published.substr(0, 10), query::flat(one.title), one.speaker, query::readable(one.text)});
    }
    return hits;
  }
  for (const AnswerRow& row : std::get<Answer>(*answered).rows) {
    const Json json = Json::parse(row.json, nullptr, false);
    if (!json.is_object()) continue;
    // A group (of tellings of one agreement) is new with each new telling.
    if (const auto inner = json.find("rows"); inner != json.end() && inner->is_array()) {
      for (const Json& one : *inner) hits.push_back(hit_of(row, one, joined(row.cells)));
    } else {
      hits.push_back(hit_of(row, json, joined(row.cells)));
    }
  }
  std::erase_if(hits, [](const AlertHit& hit) { return hit.row.empty(); });
  return hits;
}

template <class Work>
auto in_transaction(Store& store, const Work& work) -> decltype(work()) {
  if (auto begun = store.begin(); !begun) return begun.error();
  auto done = work();
  if (!done) {
    (void)store.rollback();  // the error that led here is the one to report
    return done;
  }
  if (auto kept = store.commit(); !kept) return kept.error();
  return done;
}

std::string xml(std::string_view text) {
  std::string out;
  for (const char c : query::flat(text)) {
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

void alert_fields(JsonWriter& json, const Alert& alert) {
  json.field("schema", "readout.alert/1").field("name", alert.name).key("question").raw(alert.question).field("made", alert.made);
  json.optional_field("last_run", alert.last_run).field("hits", alert.hits);
}

}  // namespace

Result<void> add_alert(Store& store, std::string_view name, const Asked& asked, bool tell_all, const std::string& now) {
  const bool good = !name.empty() && name.size() <= 64 && name.front() != '.' && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  });
  if (!good) return Error{Code::BadInput, "name: want 1 to 64 letters, digits, '-', '_' or '.'"};
  if (std::find(std::begin(kLists), std::end(kLists), asked.verb) == std::end(kLists)) {
    return Error{Code::BadInput, "an alert wants a list for a question (said, events, contacts, commitments, figures, agreements, timeline or search), not \"" + asked.verb + "\""};
  }
  const std::string question = to_json(asked);
  if (auto valid = asked_from_json(question); !valid) return valid.error();
  const auto hits = hits_now(store, asked, now.substr(0, 10));
  if (!hits) return hits.error();
  return in_transaction(store, [&]() -> Result<void> {
    if (auto made = store.put_alert({std::string(name), question, now, {}, 0}); !made) return made;
    if (tell_all) return {};
    const auto known = store.add_hits(name, *hits, {}, now);
    return known ? Result<void>() : known.error();
  });
}

Result<std::vector<AlertHit>> run_alert(Store& store, std::string_view name, const std::string& now) {
  const auto alert = store.alert(name);
  if (!alert) return alert.error();
  const auto asked = asked_from_json(alert->question);
  if (!asked) return asked.error().within("alert " + std::string(name));
  const auto hits = hits_now(store, *asked, now.substr(0, 10));
  if (!hits) return hits.error();
  return in_transaction(store, [&] { return store.add_hits(name, *hits, now, now); });
}

Result<void> run_alerts(Store& store, const std::string& now) {
  const auto all = store.alerts();
  if (!all) return all.error();
  for (const Alert& alert : *all) {
    if (auto done = run_alert(store, alert.name, now); !done) return done.error();
  }
  return {};
}

std::string to_json(const Alert& alert) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  alert_fields(json, alert);
  json.end_object();
  return out;
}

std::string to_json(const Alert& alert, const std::vector<AlertHit>& hits) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  alert_fields(json, alert);
  json.key("new").begin_array();
  for (const AlertHit& hit : hits) {
    json.begin_object().field("row", hit.row).field("doc", hit.document).optional_field("sentence", hit.sentence).optional_field("found", hit.found);
    json.optional_field("day", hit.day).optional_field("title", hit.title).field("words", hit.words).field("evidence", hit.evidence).end_object();
  }
  json.end_array().end_object();
  return out + "\n";
}

std::string to_atom(const Alert& alert, const std::vector<AlertHit>& hits, std::string_view base) {
  const std::string updated = hits.empty() ? (alert.last_run.empty() ? alert.made : alert.last_run) : hits.front().found;
  std::string out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<id>urn:readout:alert:" + xml(alert.name) +
                    "</id>\n<title>" + xml(alert.name) + "</title>\n<updated>" + xml(updated) + "</updated>\n<author><name>readout</name></author>\n";
  if (!base.empty()) out += "<link rel=\"self\" href=\"" + xml(base) + "/api/v1/alerts/" + xml(alert.name) + "/atom\"/>\n";
  for (const AlertHit& hit : hits) {
    out += "<entry>\n<id>urn:readout:alert:" + xml(alert.name) + ":" + xml(hit.row) + "</id>\n<title>" + xml(hit.words.empty() ? hit.title : hit.words) + "</title>\n<updated>" +
           xml(hit.found) + "</updated>\n";
    if (!base.empty()) {
      out += "<link href=\"" + xml(base) + "/plain/documents/" + xml(hit.document) + (hit.sentence.empty() ? "" : "#" + xml(hit.sentence)) + "\"/>\n";
    }
    // An entry without a link has to have its content.
    if (base.empty()) out += "<content type=\"text\">" + xml(hit.evidence) + "</content>\n";
    out += "<summary>" + xml(hit.evidence + (hit.title.empty() ? "" : " (" + hit.title + (hit.day.empty() ? "" : ", " + hit.day) + ")")) + "</summary>\n</entry>\n";
  }
  return out + "</feed>\n";
}

std::string now_utc() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

}  // namespace readout
