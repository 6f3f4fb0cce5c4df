// The table of questions, and the one way to answer them.
#include "readout/ask.h"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <nlohmann/json.hpp>

#include "core/json_writer.h"
#include "query/answers.h"
#include "timex/calendar.h"

namespace readout {
namespace {

using Kind = AskedParameter::Kind;

constexpr size_t kMostRows = 100'000;  // of one answer; more is an export

std::vector<AskedParameter> with_common(std::vector<AskedParameter> own) {
  for (AskedParameter parameter : std::initializer_list<AskedParameter>{
           {"from", Kind::Day, {}}, {"until", Kind::Day, {}}, {"topic", Kind::Text, {}}, {"words", Kind::Text, {}},
           {"document", Kind::Text, {}}, {"newest", Kind::Truth, {}}, {"limit", Kind::Count, {}}, {"offset", Kind::Count, {}}}) {
    own.push_back(std::move(parameter));
  }
  return own;
}

AskedParameter text(std::string_view name, bool required = false) { return {name, Kind::Text, {}, required}; }

std::vector<AskedVerb> make_verbs() {
  const AskedParameter as_of{"as_of", Kind::Day, {}};
  const AskedParameter status{"status", Kind::Choice,
                              {"happened", "ongoing", "habitual", "planned", "promised", "offered", "requested", "hoped", "conditional",
                               "denied", "alleged", "refused"}};
  const AskedParameter kind{"type", Kind::Choice,
                            {"pledge", "intention", "offer", "order", "request", "condition", "prohibition", "refusal", "expectation", "fulfilment"}};
  const AskedParameter from{"from", Kind::Day, {}}, until{"until", Kind::Day, {}}, limit{"limit", Kind::Count, {}}, offset{"offset", Kind::Count, {}};
  const std::vector<std::string_view> lists = {"json", "jsonl", "csv"}, pages = {"json", "markdown", "html"};
  AskedParameter any_status = status;
  any_status.choices.push_back("all");
  return {
      {"who", {text("actor", true)}, pages},
      {"said", with_common({text("actor"), text("about")}), lists},
      {"events", with_common({text("actor"), text("other"), text("source"), text("target"), text("type"), text("mode"), text("cameo"), text("place"), status}), lists},
      {"contacts", with_common({text("actor"), text("other"), text("mode"), text("place"), status}), lists},
      {"commitments", with_common({text("actor"), text("other"), text("by"), text("to"), kind, {"state", Kind::Choice, {"open", "due", "overdue", "answered", "disputed"}}, as_of}), lists},
      {"figures", with_common({text("name"), text("about"), text("unit")}), lists},
      {"agreements", with_common({text("name"), text("party"), text("other")}), lists},
      {"timeline", with_common({text("actor"), text("other"), text("place"), as_of}), lists},
      {"dossier", {text("actor", true), text("other"), {"kind", Kind::Choice, {"actor", "dyad", "topic", "agreement", "place"}}, from, until, as_of, limit}, pages},
      {"series", {text("actor"), text("other"), text("source"), text("target"), {"period", Kind::Choice, {"week", "month", "quarter", "year"}}, text("type"),
                  text("cameo"), any_status, text("topic"), from, until}, {"json", "csv", "svg"}},
      {"why", {text("row", true)}, {"json"}},
      {"diff", {text("a"), text("b"), from, until, text("actor"), text("other"), text("topic"), limit, offset}, lists},
      {"search", {text("words"), text("speaker"), from, until, limit, offset}, {"json", "jsonl"}},
      {"links", {{"kind", Kind::Choice, {"near_document", "same_actor", "same_event", "commitment", "evidence", "figure", "agreement"}}, text("id"), limit, offset}, {"json", "jsonl"}},
  };
}

/// A whole day out of "2021", "2021-03" or "2021-03-04"; `last`: the last one of it.
Result<std::string> whole_day(std::string_view name, const std::string& given, bool last) {
  const auto wrong = [&] { return Error{Code::BadInput, std::string(name) + ": \"" + given + "\" is not a day (want YYYY-MM-DD, YYYY-MM or YYYY)"}; };
  if (given.size() != 4 && given.size() != 7 && given.size() != 10) return wrong();
  for (size_t i = 0; i < given.size(); ++i) {
    const bool dash = i == 4 || i == 7;
    if (dash ? given[i] != '-' : given[i] < '0' || given[i] > '9') return wrong();
  }
  const auto number = [&](size_t at, size_t size) {
    int32_t value = 0;
    std::from_chars(given.data() + at, given.data() + at + size, value);
    return value;
  };
  const int32_t year = number(0, 4);
  const int32_t month = given.size() >= 7 ? number(5, 2) : last ? 12 : 1;
  if (month < 1 || month > 12) return wrong();
  const int32_t days = timex::days_in_month(year, month);
  const int32_t day = given.size() == 10 ? number(8, 2) : last ? days : 1;
  if (day < 1 || day > days) return wrong();
  return timex::iso(timex::day_number(year, month, day));
}

std::string listed(const std::vector<std::string_view>& choices) {
  std::string out;
  for (const std::string_view choice : choices) out += (out.empty() ? "" : ", ") + std::string(choice);
  return out;
}

/// Checks names and values against the table; days become whole days.
Result<Asked> checked(const Asked& asked) {
  const AskedVerb* verb = asked_verb(asked.verb);
  if (verb == nullptr) return Error{Code::BadInput, "there is no question \"" + asked.verb + "\""};
  Asked out{asked.verb, {}};
  for (const auto& [name, value] : asked.values) {
    const auto parameter = std::find_if(verb->parameters.begin(), verb->parameters.end(), [&](const AskedParameter& p) { return p.name == name; });
    if (parameter == verb->parameters.end()) return Error{Code::BadInput, "\"" + asked.verb + "\" takes no \"" + name + "\""};
    if (value.empty()) continue;
    if (parameter->kind == Kind::Day) {
      auto day = whole_day(name, value, name != "from");
      if (!day) return day.error();
      out.values[name] = std::move(*day);
      continue;
    }
    if (parameter->kind == Kind::Count) {
      size_t number = 0;
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
      const bool digits = error == std::errc() && end == value.data() + value.size();
      const size_t most = name == "limit" ? kMostRows : 1'000'000'000;
      if (!digits || number > most) return Error{Code::BadInput, name + ": \"" + value + "\" is not a number from 0 to " + std::to_string(most)};
    }
    if (parameter->kind == Kind::Truth && value != "true" && value != "false") {
      return Error{Code::BadInput, name + ": \"" + value + "\" is neither true nor false"};
    }
    if (parameter->kind == Kind::Choice && std::find(parameter->choices.begin(), parameter->choices.end(), value) == parameter->choices.end()) {
      return Error{Code::BadInput, name + ": there is no \"" + value + "\" (want " + listed(parameter->choices) + ")"};
    }
    out.values[name] = value;
  }
  for (const AskedParameter& parameter : verb->parameters) {
    if (parameter.required && !out.values.contains(parameter.name)) {
      return Error{Code::BadInput, "\"" + asked.verb + "\" wants \"" + std::string(parameter.name) + "\""};
    }
  }
  return out;
}

struct Values {
  const Asked& asked;
  std::string get(std::string_view name) const {
    const auto it = asked.values.find(name);
    return it == asked.values.end() ? std::string() : it->second;
  }
  size_t count(std::string_view name, size_t fallback) const {
    const std::string given = get(name);
    std::from_chars(given.data(), given.data() + given.size(), fallback);
    return fallback;
  }
};

/// The one document that an id, its beginning or a source id names.
Result<std::string> one_document(const Store& store, const std::string& given) {
  auto ids = store.resolve_document(given);
  if (!ids) return ids.error();
  if (ids->size() != 1) return Error{Code::NotFound, "\"" + given + "\" names " + std::to_string(ids->size()) + " documents"};
  return std::move(ids->front());
}

Result<Question> question_of(const Store& store, const Values& given, std::string_view today) {
  Question q;
  q.actor = given.get("actor");
  q.other = given.get("other");
  q.source = given.get("source");
  q.target = given.get("target");
  q.about = given.get("about");
  q.owed_by = given.get("by");
  q.owed_to = given.get("to");
  q.type = given.get("type");
  q.mode = given.get("mode");
  q.code = given.get("cameo");
  q.status = given.get("status");
  q.topic = given.get("topic");
  q.place = given.get("place");
  q.name = given.get("name");
  q.words = given.get("words");
  q.unit = given.get("unit");
  q.period = given.get("period");
  q.state = given.get("state");
  q.from = given.get("from");
  q.until = given.get("until");
  q.as_of = given.get("as_of");
  q.known_by = q.as_of;
  if (q.as_of.empty()) q.as_of = today;
  q.newest_first = given.get("newest") == "true";
  // A dossier is several answers: the first rows of each.
  q.limit = given.count("limit", given.asked.verb == "dossier" ? 20 : 50);
  q.offset = given.count("offset", 0);
  // Who is asked for stands under another name where that reads better.
  if (given.asked.verb == "figures") q.actor = std::move(q.about);
  if (given.asked.verb == "agreements") q.actor = given.get("party");
  if (const std::string document = given.get("document"); !document.empty()) {
    auto id = one_document(store, document);
    if (!id) return id.error();
    q.document = std::move(*id);
  }
  return q;
}

Result<Reply> why(const Store& store, const std::string& wanted) {
  const auto rows = store.resolve_row(wanted);
  if (!rows) return rows.error();
  if (rows->empty()) return Error{Code::NotFound, "no row " + wanted};
  if (rows->size() > 1 && rows->front().first != wanted) {
    std::string message = "\"" + wanted + "\" is not unique:";
    for (const auto& [row, doc] : *rows) message += " " + row;
    return Error{Code::BadInput, message};
  }
  const auto record = store.record(rows->front().second);
  if (!record) return record.error();
  auto explanation = explain(*record, wanted);
  if (!explanation) return explanation.error();
  return Reply(std::move(*explanation));
}

Result<Reply> diff(const Store& store, const Values& given, std::string_view today) {
  const bool two = !given.get("a").empty() && !given.get("b").empty();
  const bool days = !given.get("from").empty() || !given.get("until").empty();
  const auto any = [&](std::initializer_list<std::string_view> names) {
    return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return !given.get(name).empty(); });
  };
  if (two == days || (two && any({"actor", "other", "topic"})) || (days && any({"a", "b"}))) {
    return Error{Code::BadInput, "\"diff\" wants two documents (a and b), or days (from, until), with actor, other and topic if wanted"};
  }
  if (days) {
    const auto question = question_of(store, given, today);
    if (!question) return question.error();
    auto answer = ask(store, "diff", *question);
    if (!answer) return answer.error();
    return Reply(std::move(*answer));
  }
  std::vector<std::string> records;
  for (const char* side : {"a", "b"}) {
    const auto id = one_document(store, given.get(side));
    if (!id) return id.error();
    auto record = store.record(*id);
    if (!record) return record.error();
    records.push_back(std::move(*record));
  }
  auto answer = compare(records[0], records[1]);
  if (!answer) return answer.error();
  const size_t skipped = std::min(given.count("offset", 0), answer->rows.size());
  answer->rows.erase(answer->rows.begin(), answer->rows.begin() + static_cast<std::ptrdiff_t>(skipped));
  if (const size_t most = given.count("limit", kMostRows); answer->rows.size() > most) answer->rows.resize(most);
  return Reply(std::move(*answer));
}

Result<Reply> search(const Store& store, const Values& given) {
  SearchOptions options;
  options.speaker = given.get("speaker");
  options.from = given.get("from");
  options.until = given.get("until");
  options.limit = given.count("limit", 20) + 1;  // one more tells whether there are further ones
  options.offset = given.count("offset", 0);
  const std::string words = given.get("words");
  auto hits = store.search(words, options);
  if (!hits) return hits.error();
  Found found;
  found.question = "Sentences" + (words.empty() ? std::string() : " with " + words) +
                   (options.speaker.empty() ? std::string() : " in turns of " + options.speaker) + query::dates_words(options.from, options.until) + ".";
  found.more = hits->size() == options.limit;
  if (found.more) hits->pop_back();
  found.hits = std::move(*hits);
  return Reply(std::move(found));
}

Result<Reply> links(const Store& store, const Values& given) {
  const LinkQuery query{given.get("kind"), given.get("id"), given.count("limit", 50), given.count("offset", 0)};
  Linked linked;
  linked.question = "What belongs together" + (query.kind.empty() ? std::string() : ": " + query.kind) + (query.id.empty() ? std::string() : ", with " + query.id) + ".";
  auto found = store.links(query, linked.total);
  if (!found) return found.error();
  linked.links = std::move(*found);
  return Reply(std::move(linked));
}

}  // namespace

const std::vector<AskedVerb>& asked_verbs() {
  static const std::vector<AskedVerb> kVerbs = make_verbs();
  return kVerbs;
}

const AskedVerb* asked_verb(std::string_view name) {
  for (const AskedVerb& verb : asked_verbs()) {
    if (verb.name == name) return &verb;
  }
  return nullptr;
}

Result<Reply> reply(const Store& store, const Asked& asked, std::string_view today) {
  const auto valid = checked(asked);
  if (!valid) return valid.error();
  const Values given{*valid};
  const std::string& verb = valid->verb;
  if (verb == "why") return why(store, given.get("row"));
  if (verb == "diff") return diff(store, given, today);
  if (verb == "search") return search(store, given);
  if (verb == "links") return links(store, given);
  const auto as_reply = [](auto result) -> Result<Reply> {
    if (!result) return result.error();
    return Reply(std::move(*result));
  };
  if (verb == "who") return as_reply(who(store, given.get("actor")));
  auto question = question_of(store, given, today);
  if (!question) return question.error();
  question->counts = verb == "timeline";
  if (verb == "dossier") return as_reply(dossier(store, given.get("kind"), *question));
  if (verb == "series") return as_reply(series(store, *question));
  return as_reply(ask(store, verb, *question));
}

std::string question_words(const Reply& reply) {
  return std::visit([](const auto& answer) -> std::string {
    if constexpr (requires { answer.question; }) {
      return answer.question;
    } else {
      return answer.heading;
    }
  }, reply);
}

bool is_empty(const Reply& reply) {
  struct Look {
    bool operator()(const Answer& a) const { return a.rows.empty(); }
    bool operator()(const Dossier&) const { return false; }
    bool operator()(const Series& s) const { return s.points.empty(); }
    bool operator()(const Explanation&) const { return false; }
    bool operator()(const Found& f) const { return f.hits.empty(); }
    bool operator()(const Linked& l) const { return l.links.empty(); }
  };
  return std::visit(Look{}, reply);
}

namespace {

void hit_object(JsonWriter& json, const SearchHit& hit) {
  json.begin_object().field("schema", "readout.search/1").field("doc", hit.document).field("row", hit.row);
  json.optional_field("title", hit.title).optional_field("published", hit.published).optional_field("speaker", hit.speaker);
  json.field("begin", hit.begin).field("end", hit.end).field("text", hit.text).key("marks").begin_array();
  for (const auto& [begin, end] : hit.marks) json.begin_array().value(begin).value(end).end_array();
  json.end_array().end_object();
}

void link_object(JsonWriter& json, const Link& link) {
  json.begin_object().field("schema", "readout.link/1").field("kind", link.kind).field("from", link.from).field("to", link.to);
  json.field("reason", link.reason).end_object();
}

std::string found_json(const Found& found) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("schema", "readout.search/1").field("question", found.question).field("more", found.more).key("hits").begin_array();
  for (const SearchHit& hit : found.hits) hit_object(json, hit);
  json.end_array().end_object();
  return out + "\n";
}

std::string linked_json(const Linked& linked) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("schema", "readout.links/1").field("question", linked.question).field("total", linked.total).key("links").begin_array();
  for (const Link& link : linked.links) link_object(json, link);
  json.end_array().end_object();
  return out + "\n";
}

struct Write {
  std::string_view format;
  std::string operator()(const Answer& a) const {
    return format == "json" ? to_json(a) : format == "jsonl" ? to_jsonl(a) : format == "csv" ? to_csv(a) : std::string();
  }
  std::string operator()(const Dossier& d) const {
    return format == "json" ? to_json(d) : format == "markdown" ? to_markdown(d) : format == "html" ? to_html(d) : std::string();
  }
  std::string operator()(const Series& s) const {
    return format == "json" ? to_json(s) : format == "csv" ? to_csv(s) : format == "svg" ? to_svg(s) : std::string();
  }
  std::string operator()(const Explanation& e) const { return format == "json" ? e.json + "\n" : std::string(); }
  std::string operator()(const Found& f) const { return format == "json" ? found_json(f) : format == "jsonl" ? to_jsonl(f.hits) : std::string(); }
  std::string operator()(const Linked& l) const { return format == "json" ? linked_json(l) : format == "jsonl" ? to_jsonl(l.links) : std::string(); }
};

template <class Item, class One>
std::string lines_of(const std::vector<Item>& items, const One& one) {
  std::string out;
  for (const Item& item : items) {
    JsonWriter json(out);
    one(json, item);
    out += '\n';
  }
  return out;
}

}  // namespace

Result<std::string> written(const Reply& reply, std::string_view format) {
  static constexpr std::string_view kFormats[] = {"json", "jsonl", "csv", "markdown", "html", "svg"};
  std::string out;
  if (std::find(std::begin(kFormats), std::end(kFormats), format) != std::end(kFormats)) out = std::visit(Write{format}, reply);
  // No form of an answer is empty but that of a list of nothing.
  const bool list = format == "jsonl" && is_empty(reply);
  if (out.empty() && !list) return Error{Code::BadInput, "format: this question has no answer as \"" + std::string(format) + "\""};
  return out;
}

std::string to_jsonl(const std::vector<SearchHit>& hits) { return lines_of(hits, hit_object); }
std::string to_jsonl(const std::vector<Link>& links) { return lines_of(links, link_object); }

std::string to_json(const DocumentInfo& d) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("schema", "readout.list/1").field("id", d.id).optional_field("published", d.published);
  json.optional_field("genre", d.genre).optional_field("publisher", d.publisher).optional_field("title", d.title);
  json.field("turns", d.turns).field("sentences", d.sentences).field("rows", d.rows);
  json.optional_field("file", d.file).optional_field("source_id", d.source_id).end_object();
  return out;
}

std::string to_json(const Asked& asked) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("verb", asked.verb).key("values").begin_object();
  for (const auto& [name, value] : asked.values) json.field(name, value);
  json.end_object().end_object();
  return out;
}

Result<Asked> asked_from_json(std::string_view text) {
  const Error wrong{Code::BadInput, "a question is {\"verb\": ..., \"values\": {name: text, ...}}"};
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("verb") || !json["verb"].is_string()) return wrong;
  Asked asked{json["verb"].get<std::string>(), {}};
  if (json.contains("values")) {
    if (!json["values"].is_object()) return wrong;
    for (const auto& [name, value] : json["values"].items()) {
      if (!value.is_string()) return wrong;
      asked.values[name] = value.get<std::string>();
    }
  }
  auto valid = checked(asked);
  if (!valid) return valid.error();
  return asked;
}

std::string today_utc() {
  const std::time_t now = std::time(nullptr);
  std::tm day{};
  gmtime_r(&now, &day);
  char text_of_day[16];
  std::strftime(text_of_day, sizeof text_of_day, "%Y-%m-%d", &day);
  return text_of_day;
}

}  // namespace readout
