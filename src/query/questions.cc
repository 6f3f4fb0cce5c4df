// Each question: names are resolved to actors, the store is asked for facts, facts become cells. The
// question is said again in words from what was really asked.
#include "query/asking.h"
#include "query/ontology.h"

namespace readout {
namespace {

using query::Asking;
using query::commitment_state;
using query::Json;
using query::Names;

const std::vector<std::string> kAnyPart = {"source", "target", "owed_by", "owed_to", "holder", "party"};

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

std::string act_words(const Json& row) {
  const std::string code = query::text_of(row, "cameo");
  if (const query::CameoCode* known = query::cameo(code)) return std::string(known->name);
  return query::text_of(row, "plover");
}

std::string type_words(const Json& row) {
  const std::string mode = query::text_of(row, "plover_mode");
  return query::text_of(row, "plover") + (mode.empty() ? "" : "/" + mode);
}

std::string status_words(const Json& row) {
  return query::text_of(row, "status") + (query::text_of(row, "polarity") == "negative" ? ", not" : "");
}

std::vector<std::string> event_cells(const Fact& fact, const Json& row, Names& names) {
  return {fact.day,  type_words(row), fact.code, status_words(row), names.list(query::list_of(row, "source")),
          names.list(query::list_of(row, "target")), query::words_of(row, "predicate")};
}

Result<Answer> events(Asking asking, bool contacts) {
  const Question& q = asking.question;
  FactQuery& query = asking.query;
  query.kinds = {"event"};
  if (contacts) query.types = {"CONSULT"};
  if (!q.type.empty()) query.types = {upper(q.type)};
  if (!q.mode.empty()) query.modes = {q.mode};
  if (!q.status.empty()) query.statuses = {q.status};
  query.code = q.code;
  query.place = q.place;
  std::string words = contacts ? "Meetings, visits and calls" : query.types.empty() ? "Events" : "Events of type " + query.types.front();
  if (!q.mode.empty()) words += " (" + q.mode + ")";
  if (!q.code.empty()) {
    const query::CameoCode* known = query::cameo(q.code);
    words += " with CAMEO code " + q.code + (known != nullptr && known->code == q.code ? " (" + std::string(known->name) + ")" : "");
  }
  if (!q.status.empty()) words += " that are " + q.status;
  const auto add = [&](const std::string& name, std::vector<std::string> roles, std::string_view before) -> Result<void> {
    if (name.empty()) return {};
    auto part = asking.part(name, std::move(roles));
    if (!part) return part.error();
    words += std::string(before) + *part;
    return {};
  };
  if (auto done = add(q.source, {"source"}, " by "); !done) return done.error();
  if (auto done = add(q.target, {"target"}, " towards "); !done) return done.error();
  if (auto done = add(q.actor, {"source", "target"}, contacts ? " of " : " with "); !done) return done.error();
  if (auto done = add(q.other, {"source", "target"}, contacts ? " with " : " and "); !done) return done.error();
  if (!q.place.empty()) words += " in " + q.place;
  asking.answer.question = words + asking.narrowed() + ".";
  asking.answer.columns = {"day", "type", "code", "status", "source", "target", "words"};
  const auto page = asking.facts();
  if (!page) return page.error();
  for (const Fact& fact : page->facts) {
    AnswerRow row = query::row_of(fact);
    row.cells = event_cells(fact, query::parse_line(fact), asking.names);
    asking.answer.rows.push_back(std::move(row));
  }
  return std::move(asking.answer);
}

Result<Answer> said(Asking asking) {
  const Question& q = asking.question;
  asking.query.kinds = {"quote", "sentence"};
  std::string words = "What was said";
  if (!q.actor.empty()) {
    auto part = asking.part(q.actor, {"source", "speaks"});
    if (!part) return part.error();
    // A quote's source and a turn's speaker; an event's source is no voice, and kinds keep it out.
    words = "What " + *part + " said";
  }
  if (!q.about.empty()) {
    auto meant = query::meant(asking.store, q.about, asking.answer.notes);
    if (meant) {
      asking.query.mentions = meant->ids;
      words += " about " + meant->words;
    } else if (meant.error().code == Code::NotFound) {
      asking.query.words = asking.query.words.empty() ? q.about : "(" + asking.query.words + ") AND (" + q.about + ")";
      words += " in sentences with \"" + q.about + "\"";
    } else {
      return meant.error();
    }
  }
  asking.answer.question = words + asking.narrowed() + ".";
  asking.answer.columns = {"day", "speaker", "how", "cue", "words"};
  const auto page = asking.facts();
  if (!page) return page.error();
  for (const Fact& fact : page->facts) {
    AnswerRow row = query::row_of(fact);
    const Json json = query::parse_line(fact);
    const bool quote = fact.kind == "quote";
    std::string how = quote ? fact.type : "own turn";
    if (quote && json.value("denied", false)) how += ", denied";
    row.cells = {fact.day, quote ? asking.names.list(query::list_of(json, "source")) : asking.names.of(fact.speaker), how,
                 query::words_of(json, "cue"), query::readable(query::text_of(json, "text"))};
    if (!quote) row.evidence = row.cells.back();
    asking.answer.rows.push_back(std::move(row));
  }
  return std::move(asking.answer);
}

Result<Answer> timeline(Asking asking) {
  const Question& q = asking.question;
  asking.query.kinds = {"event", "commitment", "agreement"};
  std::string words = "What happened, was promised and agreed";
  for (const std::string* name : {&q.actor, &q.other}) {
    if (name->empty()) continue;
    auto part = asking.part(*name, kAnyPart);
    if (!part) return part.error();
    words += (name == &q.actor ? ": " : " and ") + *part;
  }
  asking.query.place = q.place;
  if (!q.place.empty()) words += " in " + q.place;
  asking.answer.question = words + asking.narrowed() + ", by date.";
  asking.answer.columns = {"day", "kind", "what", "status", "who", "towards"};
  if (q.counts) {
    auto counts = asking.store.period_counts(asking.query);
    if (!counts) return counts.error();
    asking.answer.counts = std::move(*counts);
  }
  const auto page = asking.facts();
  if (!page) return page.error();
  for (const Fact& fact : page->facts) {
    AnswerRow row = query::row_of(fact);
    const Json json = query::parse_line(fact);
    if (fact.kind == "event") {
      row.cells = {fact.day, "event", act_words(json), status_words(json), asking.names.list(query::list_of(json, "source")),
                   asking.names.list(query::list_of(json, "target"))};
    } else if (fact.kind == "commitment") {
      const std::string what = query::words_of(json, "what");
      row.cells = {fact.day, fact.type, what, commitment_state(fact, q.as_of), asking.names.list(query::list_of(json, "owed_by")),
                   asking.names.list(query::list_of(json, "owed_to"))};
    } else {
      row.cells = {fact.day, "agreement", query::text_of(json, "name"), query::text_of(json, "type"),
                   asking.names.list(query::list_of(json, "parties")), ""};
    }
    asking.answer.rows.push_back(std::move(row));
  }
  return std::move(asking.answer);
}

}  // namespace

Result<Answer> ask(const Store& store, std::string_view verb, const Question& question) {
  Asking asking(store, question, verb);
  if (verb == "events") return events(std::move(asking), false);
  if (verb == "contacts") return events(std::move(asking), true);
  if (verb == "said") return said(std::move(asking));
  if (verb == "commitments") return query::ask_commitments(std::move(asking));
  if (verb == "figures") return query::ask_figures(std::move(asking));
  if (verb == "agreements") return query::ask_agreements(std::move(asking));
  if (verb == "diff") return query::ask_changes(std::move(asking));
  if (verb == "timeline") return timeline(std::move(asking));
  return Error{Code::BadInput, "there is no question \"" + std::string(verb) + "\""};
}

}  // namespace readout
