// Each question: names are resolved to actors, the store is asked for facts, facts become cells. The
// question is said again in words from what was really asked.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/json_writer.h"
#include "query/answers.h"
#include "query/ontology.h"

namespace readout {
namespace {

using query::Json;
using query::Names;

const std::vector<std::string> kAnyPart = {"source", "target", "owed_by", "owed_to", "holder", "party"};

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

/// One question under way: its query, its answer, its words.
struct Asking {
  const Store& store;
  const Question& question;
  FactQuery query;
  Answer answer;
  Names names;

  Asking(const Store& s, const Question& q, std::string_view verb) : store(s), question(q), names(s) {
    answer.verb = verb;
    query.from = q.from;
    query.until = q.until;
    query.topic = q.topic;
    query.words = q.words;
    query.document = q.document;
    query.newest_first = q.newest_first;
    query.limit = q.limit;
    query.offset = q.offset;
  }

  /// Adds the condition that `name` stands in one of `roles`; gives the words for it.
  Result<std::string> part(std::string_view name, std::vector<std::string> roles) {
    auto meant = query::meant(store, name, answer.notes);
    if (!meant) return meant.error();
    query.who.push_back({std::move(meant->ids), std::move(roles)});
    return std::move(meant->words);
  }

  /// What every question may be narrowed by, in words.
  std::string narrowed() const {
    std::string out;
    if (!question.topic.empty()) out += ", in documents on \"" + question.topic + "\"";
    if (!question.words.empty()) out += ", in sentences with " + question.words;
    if (!question.document.empty()) out += ", in document " + question.document.substr(0, 12);
    return out + query::dates_words(question.from, question.until);
  }

  Result<FactPage> facts() {
    auto page = store.facts(query);
    if (page) answer.total = page->total;
    return page;
  }
};

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
                 query::words_of(json, "cue"), query::flat(query::text_of(json, "text"))};
    if (!quote) row.evidence = row.cells.back();
    asking.answer.rows.push_back(std::move(row));
  }
  return std::move(asking.answer);
}

std::string commitment_state(const Fact& fact, const std::string& as_of) {
  if (fact.type == "fulfilment") return "kept";
  if (!fact.answered_by.empty() && (as_of.empty() || fact.answered_day <= as_of)) return "answered";
  if (fact.due.empty()) return "open";
  return !as_of.empty() && fact.due < as_of ? "overdue" : "due";
}

Result<Answer> commitments(Asking asking) {
  const Question& q = asking.question;
  FactQuery& query = asking.query;
  query.kinds = {"commitment"};
  if (!q.type.empty()) query.types = {q.type};
  std::string words = q.type.empty() ? "Commitments" : "Commitments of the kind " + q.type;
  const auto add = [&](const std::string& name, std::vector<std::string> roles, std::string_view before) -> Result<void> {
    if (name.empty()) return {};
    auto part = asking.part(name, std::move(roles));
    if (!part) return part.error();
    words += std::string(before) + *part;
    return {};
  };
  if (auto done = add(q.owed_by, {"owed_by"}, " of "); !done) return done.error();
  if (auto done = add(q.owed_to, {"owed_to"}, " towards "); !done) return done.error();
  if (auto done = add(q.actor, {"owed_by", "owed_to", "holder"}, " that involve "); !done) return done.error();
  if (auto done = add(q.other, {"owed_by", "owed_to", "holder"}, " and "); !done) return done.error();
  query.answered_until = q.as_of;
  query.by_due = !q.state.empty() && q.state != "open";
  if (q.state == "overdue") {
    if (q.as_of.empty()) return Error{Code::BadInput, "\"overdue\" wants the day on which it is judged (as_of)"};
    query.due_before = q.as_of;
    query.answered = FactQuery::Answered::No;
  } else if (q.state == "due") {
    query.due_from = q.as_of.empty() ? "0000" : q.as_of;
    query.answered = FactQuery::Answered::No;
  } else if (q.state == "open") {
    query.without_due = true;
    query.answered = FactQuery::Answered::No;
  } else if (q.state == "answered") {
    query.answered = FactQuery::Answered::Yes;
  } else if (!q.state.empty()) {
    return Error{Code::BadInput, "there is no state \"" + q.state + "\" (want open, due, overdue or answered)"};
  }
  if (!q.state.empty()) words += std::string(" that ") + (q.state == "answered" ? "somebody says were kept" : "are " + q.state);
  if (!q.as_of.empty()) words += " as of " + q.as_of;
  asking.answer.question = words + asking.narrowed() + ".";
  asking.answer.columns = {"day", "kind", "state", "due", "by", "to", "what"};
  const auto page = asking.facts();
  if (!page) return page.error();
  for (const Fact& fact : page->facts) {
    AnswerRow row = query::row_of(fact);
    const Json json = query::parse_line(fact);
    const std::string state = commitment_state(fact, q.as_of);
    std::string due = fact.due;
    if (due.empty() && json.contains("deadline")) due = query::words_of(json, "deadline");
    std::string what = query::words_of(json, "what");
    if (const std::string condition = query::words_of(json, "condition"); !condition.empty()) what += " [if: " + condition + "]";
    row.cells = {fact.day, fact.type, state, due, asking.names.list(query::list_of(json, "owed_by")),
                 asking.names.list(query::list_of(json, "owed_to")), what};
    row.json.pop_back();
    row.json += ",\"state\":\"" + state + "\"" + (q.as_of.empty() ? "" : ",\"as_of\":\"" + q.as_of + "\"") + "}";
    asking.answer.rows.push_back(std::move(row));
  }
  return std::move(asking.answer);
}

Result<Answer> figures(Asking asking) {
  const Question& q = asking.question;
  asking.query.kinds = {"figure"};
  asking.query.name = q.name;
  if (!q.unit.empty()) asking.query.modes = {q.unit};
  std::string words = q.name.empty() ? "Figures" : "Figures of \"" + q.name + "\"";
  if (!q.unit.empty()) words += " in " + q.unit;
  if (!q.actor.empty()) {
    auto part = asking.part(q.actor, {"about", "voice"});
    if (!part) return part.error();
    words += " about or by " + *part;
  }
  asking.answer.question = words + asking.narrowed() + ", each thing by date.";
  asking.answer.columns = {"counted", "day", "value", "unit", "about", "according to", "document"};
  const auto page = asking.facts();
  if (!page) return page.error();
  std::vector<const Fact*> ordered;
  for (const Fact& fact : page->facts) ordered.push_back(&fact);
  // A series: the same counted thing and unit, by day.
  std::stable_sort(ordered.begin(), ordered.end(), [](const Fact* a, const Fact* b) {
    return std::tie(a->type, a->mode, a->day) < std::tie(b->type, b->mode, b->day);
  });
  for (const Fact* fact : ordered) {
    AnswerRow row = query::row_of(*fact);
    const Json json = query::parse_line(*fact);
    const auto voice = query::list_of(json, "voice");
    std::string by = voice.empty() ? asking.names.of(fact->speaker) : asking.names.of(voice.back());
    if (by.empty()) by = fact->publisher;
    row.cells = {query::text_of(json, "counted"), fact->day, query::figure_words(json) + (json.contains("revises") ? " (revised)" : ""),
                 fact->mode, asking.names.list(query::list_of(json, "about")), by, fact->title};
    asking.answer.rows.push_back(std::move(row));
  }
  return std::move(asking.answer);
}

Result<Answer> agreements(Asking asking) {
  const Question& q = asking.question;
  asking.query.kinds = {"agreement"};
  asking.query.name = q.name;
  std::string words = q.name.empty() ? "Agreements" : "Agreements called \"" + q.name + "\"";
  for (const std::string* name : {&q.actor, &q.other}) {
    if (name->empty()) continue;
    auto part = asking.part(*name, {"party"});
    if (!part) return part.error();
    words += (name == &q.actor ? " of " : " and ") + *part;
  }
  asking.answer.question = words + asking.narrowed() + ", each with what is said of it.";
  asking.answer.columns = {"agreement", "type", "date", "parties", "documents", "said of it"};
  // Groups are cut, not rows: first which there are, then what is said in those that are shown.
  constexpr size_t kMostTellings = 20'000, kReadTellings = 20;
  const size_t limit = asking.query.limit, offset = asking.query.offset;
  asking.query.limit = kMostTellings;
  asking.query.offset = 0;
  asking.query.lines = false;
  struct Group {
    std::string key;
    bool named = false;
    std::set<std::string> documents;
    size_t tellings = 0;
    std::map<std::string, int> names, types, dates;
    std::set<std::string> parties;
    std::vector<std::string> said;
    AnswerRow first;
    Json rows = Json::array();
  };
  std::vector<Group> groups;
  {
    const auto page = asking.facts();
    if (!page) return page.error();
    if (page->total > kMostTellings) asking.answer.notes.push_back("only the first " + std::to_string(kMostTellings) + " tellings were looked at; narrow the question");
    std::map<std::string, size_t> by_key;
    for (const Fact& fact : page->facts) {
      const auto [it, fresh] = by_key.emplace(fact.type.empty() ? fact.id : fact.type, groups.size());
      if (fresh) groups.push_back({it->first, !fact.type.empty(), {}, 0, {}, {}, {}, {}, {}, {}, Json::array()});
      Group& group = groups[it->second];
      group.documents.insert(fact.doc);
      ++group.tellings;
    }
  }
  std::sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
    return a.documents.size() != b.documents.size() ? a.documents.size() > b.documents.size() : a.key < b.key;
  });
  asking.answer.total = groups.size();
  groups.erase(groups.begin(), groups.begin() + static_cast<std::ptrdiff_t>(std::min(offset, groups.size())));
  if (groups.size() > limit) groups.resize(limit);
  asking.query.lines = true;
  asking.query.limit = kReadTellings;
  for (Group& group : groups) {
    if (group.named) {
      asking.query.types = {group.key};
      asking.query.document = q.document;
    } else {
      asking.query.document = *group.documents.begin();
    }
    const auto page = asking.store.facts(asking.query);
    if (!page) return page.error();
    for (const Fact& fact : page->facts) {
      if (!group.named && fact.id != group.key) continue;
      AnswerRow row = query::row_of(fact);
      Json json = Json::parse(row.json, nullptr, false);
      if (!json.is_object()) continue;
      ++group.names[query::text_of(json, "name")];
      ++group.types[query::text_of(json, "type")];
      if (const std::string date = query::text_of(json, "date"); !date.empty()) ++group.dates[date];
      for (const std::string& party : query::list_of(json, "parties")) group.parties.insert(party);
      if (const auto told = json.find("said"); told != json.end() && told->is_array()) {
        for (const Json& one : *told) {
          const std::string by = asking.names.list(query::list_of(one, "by"));
          group.said.push_back(query::text_of(one, "status") + (by.empty() ? "" : " (" + by + ")"));
        }
      }
      if (group.first.row.empty()) group.first = std::move(row);
      group.rows.push_back(std::move(json));
    }
    asking.query.types.clear();
  }
  const auto most = [](const std::map<std::string, int>& counted) {
    std::string best;
    int count = 0;
    for (const auto& [text, n] : counted) {
      if (n > count) {
        best = text;
        count = n;
      }
    }
    return best;
  };
  for (Group& group : groups) {
    AnswerRow row = std::move(group.first);
    const std::vector<std::string> parties(group.parties.begin(), group.parties.end());
    std::string said;
    for (const std::string& one : group.said) said += (said.empty() ? "" : "; ") + one;
    row.cells = {most(group.names), most(group.types), most(group.dates), asking.names.list(parties), std::to_string(group.documents.size()), said};
    Json json = Json::object();
    json["name"] = row.cells[0];
    json["type"] = row.cells[1];
    if (!row.cells[2].empty()) json["date"] = row.cells[2];
    json["parties"] = parties;
    json["documents"] = group.documents.size();
    json["tellings"] = group.tellings;
    json["rows"] = std::move(group.rows);
    row.json = json.dump(-1, ' ', false, Json::error_handler_t::replace);
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
  if (verb == "commitments") return commitments(std::move(asking));
  if (verb == "figures") return figures(std::move(asking));
  if (verb == "agreements") return agreements(std::move(asking));
  if (verb == "timeline") return timeline(std::move(asking));
  return Error{Code::BadInput, "there is no question \"" + std::string(verb) + "\""};
}

}  // namespace readout
