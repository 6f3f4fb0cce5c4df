// Commitments on three axes that are never mixed: what those who owe them say (official), what others say and
// events show (evidence), what the calendar says (schedule). Each state names the rows on which it stands.
#include "core/json_writer.h"
#include "query/asking.h"

namespace readout::query {

std::string commitment_state(const Fact& fact, const std::string& as_of) {
  const auto by_then = [&](const std::string& day) { return !day.empty() && (as_of.empty() || day <= as_of); };
  if (fact.type == "fulfilment") return "kept";
  if (!fact.answered_by.empty() && by_then(fact.answered_day)) return by_then(fact.denied_day) ? "disputed" : "answered";
  if (!fact.due.empty() && by_then(fact.revised_day)) return "revised";
  if (fact.due.empty()) return "open";
  return !as_of.empty() && fact.due < as_of ? "overdue" : "due";
}

namespace {

struct Axes {
  std::string official, evidence, schedule;        // where each stands
  std::string due;                                 // the deadline that holds, and the row that gives it
  std::vector<std::string> schedule_rows;
  std::vector<Claim> claims;                       // up to the day that is asked for
};

/// A row that nobody else speaks of has one claim: itself.
Claim own_claim(const Fact& fact, const Json& json) {
  const auto voice = list_of(json, "voice");
  const bool kept = fact.type == "fulfilment";
  return {"official", kept ? "reported_done" : fact.type == "refusal" ? "refused" : "stated", fact.day, voice.empty() ? fact.speaker : voice.back(), fact.id, fact.kind,
          fact.doc, fact.title, fact.publisher, {}, fact.due, fact.evidence};
}

Result<Axes> axes_of(const Store& store, const Fact& fact, const Json& json, const std::string& as_of) {
  Axes axes;
  if (fact.thread.empty()) {
    axes.claims.push_back(own_claim(fact, json));
  } else {
    auto claims = store.claims(fact.thread);
    if (!claims) return claims.error();
    for (Claim& claim : *claims) {
      if (as_of.empty() || claim.day <= as_of) axes.claims.push_back(std::move(claim));
    }
  }
  const Claim* done = nullptr;
  bool for_it = false, against = false, partly = false, under_way = false;
  axes.due = fact.due;
  std::string due_row = fact.due.empty() ? std::string() : fact.id;
  for (const Claim& claim : axes.claims) {
    if (claim.axis == "official") axes.official = claim.says;
    const bool says_done = claim.says == "supports" || claim.says == "reported_done";
    const bool says_not = claim.says == "denies" || claim.says == "reported_not_done";
    if (claim.axis == "evidence") {
      for_it = for_it || claim.says == "supports";
      partly = partly || claim.says == "partly";
      under_way = under_way || claim.says == "under_way";
      against = against || claim.says == "denies";
    }
    if (says_done && done == nullptr && claim.day >= fact.day && claim.row != fact.id) done = &claim;
    if (says_not) against = true;
    if (!claim.due.empty() && claim.kind == "commitment" && claim.day >= fact.day) {
      axes.due = claim.due;
      due_row = claim.row;
    }
  }
  axes.evidence = for_it && against ? "disputed" : against ? "denied" : for_it ? "supported" : partly ? "partly" : under_way ? "under_way" : "not_assessed";
  if (!due_row.empty()) axes.schedule_rows.push_back(due_row);
  if (fact.type == "fulfilment") {
    axes.schedule = "met";
  } else if (done != nullptr && !against) {
    axes.schedule = !axes.due.empty() && done->day > axes.due ? "met_late" : "met";
    axes.schedule_rows.push_back(done->row);
  } else {
    axes.schedule = axes.due.empty() ? "open" : !as_of.empty() && axes.due < as_of ? "overdue" : "due";
  }
  return axes;
}

std::string spaced(std::string text) {
  for (char& c : text) {
    if (c == '_') c = ' ';
  }
  return text;
}

/// "stated 2019-03-04 by Oli Varga (commitment-12ab); repeated ..."
std::string series_words(const Axes& axes, std::string_view axis, Names& names) {
  std::string out;
  for (const Claim& claim : axes.claims) {
    if (claim.axis != axis) continue;
    if (!out.empty()) out += "; ";
    out += spaced(claim.says) + " " + claim.day;
    if (claim.says == "revised" && !claim.due.empty()) out += " to " + claim.due;
    const std::string by = claim.by.empty() ? flat(claim.publisher.empty() ? claim.title : claim.publisher) : names.of(claim.by);
    if (!by.empty()) out += " by " + shortened(by, 60);
    out += " (" + claim.row + ")";
  }
  return out;
}

void write_axis(JsonWriter& json, const Axes& axes, std::string_view axis, const std::string& state) {
  json.key(axis).begin_object().field("state", state).key("claims").begin_array();
  for (const Claim& claim : axes.claims) {
    if (claim.axis != axis) continue;
    json.begin_object().field("status", claim.says).field("day", claim.day).optional_field("by", claim.by).field("row", claim.row).field("doc", claim.doc);
    json.optional_field("title", claim.title).optional_field("publisher", claim.publisher).optional_field("due", claim.due).optional_field("shared", claim.shared);
    json.optional_field("text", claim.evidence).end_object();
  }
  json.end_array().end_object();
}

std::string axes_json(const Fact& fact, const Axes& axes, const std::string& as_of) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  if (!fact.thread.empty()) json.key("thread").begin_object().field("first", fact.thread).field("relation", fact.relation).end_object();
  json.key("axes").begin_object();
  write_axis(json, axes, "official", axes.official);
  write_axis(json, axes, "evidence", axes.evidence);
  json.key("schedule").begin_object().field("state", axes.schedule).optional_field("due", axes.due).optional_field("as_of", as_of).key("rows").begin_array();
  for (const std::string& row : axes.schedule_rows) json.value(row);
  json.end_array().end_object().end_object().end_object();
  return out.substr(1, out.size() - 2);
}

}  // namespace

Result<Answer> ask_commitments(Asking asking) {
  const Question& q = asking.question;
  FactQuery& query = asking.query;
  query.kinds = {"commitment"};
  if (!q.type.empty()) query.types = {q.type};
  // What was promised after that day was not known on it. What was overdue on it may have been told of later.
  if (q.state != "overdue" && !q.known_by.empty() && (query.until.empty() || query.until > q.known_by)) query.until = q.known_by;
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
  query.by_due = q.state == "due" || q.state == "overdue";
  using Answered = FactQuery::Answered;
  if (q.state == "overdue") {
    if (q.as_of.empty()) return Error{Code::BadInput, "\"overdue\" wants the day on which it is judged (as_of)"};
    query.due_before = q.as_of;
    query.answered = Answered::No;
    query.not_revised = true;
  } else if (q.state == "due") {
    query.due_from = q.as_of.empty() ? "0000" : q.as_of;
    query.answered = Answered::No;
    query.not_revised = true;
  } else if (q.state == "open") {
    query.without_due = true;
    query.answered = Answered::No;
  } else if (q.state == "answered") {
    query.answered = Answered::Yes;
  } else if (q.state == "disputed") {
    query.answered = Answered::Disputed;
  } else if (!q.state.empty()) {
    return Error{Code::BadInput, "there is no state \"" + q.state + "\" (want open, due, overdue, answered or disputed)"};
  }
  if (q.state == "answered") {
    words += " that somebody says were kept, and nobody denies";
  } else if (q.state == "disputed") {
    words += " that some say were kept and others deny";
  } else if (q.state == "open") {
    words += " that have no deadline and are not said to be kept";
  } else if (!q.state.empty()) {
    words += " that are " + q.state;
  }
  if (!q.as_of.empty()) words += " as of " + q.as_of;
  asking.answer.question = words + asking.narrowed() + ".";
  asking.answer.columns = {"day", "kind", "state", "due", "by", "to", "what"};
  asking.answer.detail_columns = {"official", "evidence", "schedule"};
  const auto page = asking.facts();
  if (!page) return page.error();
  for (const Fact& fact : page->facts) {
    AnswerRow row = row_of(fact);
    const Json json = parse_line(fact);
    const std::string state = commitment_state(fact, q.as_of);
    const auto axes = axes_of(asking.store, fact, json, q.as_of);
    if (!axes) return axes.error();
    std::string due = fact.due;
    if (due.empty() && json.contains("deadline")) due = words_of(json, "deadline");
    std::string what = words_of(json, "what");
    if (const std::string condition = words_of(json, "condition"); !condition.empty()) what += " [if: " + condition + "]";
    row.cells = {fact.day, fact.type, state, due, asking.names.list(list_of(json, "owed_by")), asking.names.list(list_of(json, "owed_to")), what};
    if (!fact.thread.empty()) {
      std::string schedule = spaced(axes->schedule) + (axes->due.empty() ? "" : ", deadline " + axes->due);
      for (const std::string& cited : axes->schedule_rows) schedule += (cited == axes->schedule_rows.front() ? " (" : ", ") + cited;
      if (!axes->schedule_rows.empty()) schedule += ")";
      const std::string evidence = series_words(*axes, "evidence", asking.names);
      row.details = {series_words(*axes, "official", asking.names), evidence.empty() ? "not assessed" : evidence, schedule};
    }
    row.json.pop_back();
    row.json += ",\"state\":\"" + state + "\"" + (q.as_of.empty() ? "" : ",\"as_of\":\"" + q.as_of + "\"") + "," + axes_json(fact, *axes, q.as_of) + "}";
    asking.answer.rows.push_back(std::move(row));
  }
  return std::move(asking.answer);
}

}  // namespace readout::query
