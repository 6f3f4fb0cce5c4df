// Figures by the thing that is counted, then by day: who claims which number, and where one took the place of
// another.
#include "query/asking.h"

namespace readout::query {
namespace {

/// "up from 12 (2011-03-04, Gazette)", by the figure before it in its series.
Result<std::string> change_words(const Store& store, const Fact& fact) {
  if (fact.previous.empty()) return std::string();
  const auto line = store.row(fact.previous);
  if (!line) return line.error();
  const Json before = Json::parse(*line, nullptr, false);
  if (!before.is_object()) return std::string();
  const std::string value = figure_words(before);
  if (fact.change == "same") return std::string("as before");
  if (fact.change == "other") return "before: " + value;
  return fact.change + " from " + value;
}

}  // namespace

Result<Answer> ask_figures(Asking asking) {
  const Question& q = asking.question;
  asking.query.kinds = {"figure"};
  asking.query.name = q.name;
  asking.query.by_type = true;
  if (!q.unit.empty()) asking.query.modes = {q.unit};
  std::string words = q.name.empty() ? "Figures" : "Figures of \"" + q.name + "\"";
  if (!q.unit.empty()) words += " in " + q.unit;
  if (!q.actor.empty()) {
    auto part = asking.part(q.actor, {"about", "voice"});
    if (!part) return part.error();
    words += " about or by " + *part;
  }
  asking.answer.question = words + asking.narrowed() + ", each thing by date.";
  asking.answer.columns = {"counted", "day", "value", "unit", "change", "about", "according to", "document"};
  const auto page = asking.facts();
  if (!page) return page.error();
  for (const Fact& fact : page->facts) {
    AnswerRow row = row_of(fact);
    const Json json = parse_line(fact);
    const auto voice = list_of(json, "voice");
    std::string by = voice.empty() ? asking.names.of(fact.speaker) : asking.names.of(voice.back());
    if (by.empty()) by = fact.publisher;
    auto change = change_words(asking.store, fact);
    if (!change) return change.error();
    if (json.contains("revises")) *change += change->empty() ? "revised" : ", revised";
    row.cells = {text_of(json, "counted"), fact.day, figure_words(json), fact.mode, *change, asking.names.list(list_of(json, "about")), by, fact.title};
    if (!fact.previous.empty()) {
      row.json.pop_back();
      row.json += ",\"previous\":\"" + fact.previous + "\",\"change\":\"" + fact.change + "\"}";
    }
    asking.answer.rows.push_back(std::move(row));
  }
  return std::move(asking.answer);
}

}  // namespace readout::query
