// What is new in the record between two days, most pressing first: agreements, what became of promises, what
// fell due, new promises, figures that moved, events. Each part is a question of its own, so that a page of the
// answer reads only its own rows.
#include <algorithm>

#include "query/asking.h"
#include "query/ontology.h"

namespace readout::query {
namespace {

const std::vector<std::string> kAnyPart = {"source", "target", "owed_by", "owed_to", "holder", "party", "about"};

struct Part {
  std::string_view news;
  FactQuery query;
};

std::vector<Part> parts_of(const FactQuery& asked, const std::string& until) {
  const auto part = [&](std::string_view news, std::vector<std::string> kinds) {
    Part out{news, asked};
    out.query.kinds = std::move(kinds);
    // New is what is told now, whenever it happened.
    out.query.told_from = asked.from;
    out.query.told_until = asked.until;
    out.query.from.clear();
    out.query.until.clear();
    out.query.limit = 0;
    out.query.offset = 0;
    return out;
  };
  std::vector<Part> parts;
  parts.push_back(part("new agreement", {"agreement"}));
  parts.back().query.first_only = true;
  const auto about_promises = [&](std::string_view news, std::vector<std::string> says) {
    parts.push_back(part(news, {"event", "commitment"}));
    parts.back().query.says = std::move(says);
  };
  about_promises("said to be kept", {"reported_done", "supports"});
  about_promises("said to be kept in part", {"reported_partly", "partly", "reported_under_way", "under_way"});
  about_promises("said not to be kept", {"denies", "reported_not_done", "refused"});
  parts.push_back(part("deadline or sum revised", {"commitment"}));
  parts.back().query.relations = {"revised"};
  // What fell due may have been promised long before.
  parts.push_back(part("fell due", {"commitment"}));
  parts.back().query.due_from = asked.from.empty() ? "0000" : asked.from;
  parts.back().query.due_until = until;
  parts.back().query.types = {"pledge", "intention", "offer", "order", "request"};
  parts.back().query.answered = FactQuery::Answered::No;
  parts.back().query.answered_until = until;
  parts.back().query.not_revised = true;
  parts.back().query.by_due = true;
  parts.back().query.told_from.clear();
  parts.back().query.told_until.clear();
  parts.back().query.until = until;
  parts.push_back(part("new commitment", {"commitment"}));
  parts.back().query.types = {"pledge", "intention", "offer", "order", "request", "condition", "prohibition", "refusal"};
  parts.back().query.first_only = true;
  parts.push_back(part("figure moved", {"figure"}));
  parts.back().query.changes = {"up", "down"};
  parts.push_back(part("new event", {"event"}));
  parts.back().query.first_only = true;
  parts.back().query.no_claims = true;
  return parts;
}

}  // namespace

std::vector<std::string> who_and_what(const Fact& fact, const Json& row, Names& names) {
  if (fact.kind == "event") {
    const CameoCode* code = cameo(text_of(row, "cameo"));
    const std::string act = code != nullptr ? std::string(code->name) : text_of(row, "plover");
    return {names.list(list_of(row, "source")), names.list(list_of(row, "target")),
            act + " (" + text_of(row, "status") + (text_of(row, "polarity") == "negative" ? ", not" : "") + "): " + words_of(row, "predicate")};
  }
  if (fact.kind == "commitment") {
    const std::string due = !fact.due.empty() ? fact.due : row.contains("deadline") ? words_of(row, "deadline") : "";
    return {names.list(list_of(row, "owed_by")), names.list(list_of(row, "owed_to")),
            text_of(row, "commitment_kind") + ": " + words_of(row, "what") + (due.empty() ? "" : " [" + due + "]")};
  }
  if (fact.kind == "figure") return {names.list(list_of(row, "about")), "", text_of(row, "counted") + ": " + figure_words(row) + (fact.mode.empty() ? "" : " " + fact.mode)};
  if (fact.kind == "agreement") return {names.list(list_of(row, "parties")), "", text_of(row, "name")};
  return {"", "", readable(text_of(row, "text"))};
}

Result<Answer> ask_changes(Asking asking) {
  const Question& q = asking.question;
  std::string words = "What is new in the record";
  for (const std::string* name : {&q.actor, &q.other}) {
    if (name->empty()) continue;
    auto part = asking.part(*name, kAnyPart);
    if (!part) return part.error();
    words += (name == &q.actor ? " on " : " and ") + *part;
  }
  asking.answer.question = words + asking.narrowed() + "?";
  asking.answer.columns = {"news", "day", "who", "towards", "what"};
  const std::string until = !q.until.empty() ? q.until : !q.as_of.empty() ? q.as_of : "9999-12-31";
  size_t skip = q.offset, room = q.limit;
  std::string counts;
  for (Part& part : parts_of(asking.query, until)) {
    part.query.offset = skip;
    part.query.limit = room;
    const auto page = asking.store.facts(part.query);
    if (!page) return page.error();
    if (page->total > 0) counts += (counts.empty() ? "" : ", ") + std::string(part.news) + ": " + std::to_string(page->total);
    asking.answer.total += page->total;
    skip -= std::min<size_t>(skip, page->total);
    room -= std::min(room, page->facts.size());
    for (const Fact& fact : page->facts) {
      AnswerRow row = row_of(fact);
      std::vector<std::string> cells = who_and_what(fact, parse_line(fact), asking.names);
      cells.insert(cells.begin(), {std::string(part.news), part.query.by_due ? fact.due : fact.day});
      row.cells = std::move(cells);
      row.json.pop_back();
      row.json += ",\"news\":\"" + std::string(part.news) + "\"}";
      asking.answer.rows.push_back(std::move(row));
    }
  }
  uint64_t documents = 0;
  ListOptions listed;
  listed.from = q.from;
  listed.until = q.until;
  listed.topic = q.topic;
  if (const auto count = asking.store.count(listed)) documents = *count;
  asking.answer.notes.insert(asking.answer.notes.begin(), std::to_string(documents) + (documents == 1 ? " document" : " documents") +
                                                               " published in this time" + (counts.empty() ? std::string() : "; " + counts));
  return std::move(asking.answer);
}

}  // namespace readout::query
