// Agreements as groups of tellings: those that the second pass takes for one under several names; in a record
// that it has not seen, those of one name.
#include <algorithm>
#include <set>

#include "query/asking.h"

namespace readout::query {
namespace {

constexpr size_t kReadTellings = 20;   // of one group
constexpr size_t kReadInAll = 240;     // of all groups of a page, with four of each at least

std::string most(const std::map<std::string, int>& counted) {
  std::string best;
  int count = 0;
  for (const auto& [text, n] : counted) {
    if (!text.empty() && n > count) {
      best = text;
      count = n;
    }
  }
  return best;
}

/// Has a capital letter, and is not just a word of the name ("the Agreement").
bool another_name(const std::string& also, const std::string& name) {
  return also != name && name.find(also) == std::string::npos && std::any_of(also.begin(), also.end(), [](char c) { return c >= 'A' && c <= 'Z'; }) &&
         (also.find(' ') != std::string::npos || std::all_of(also.begin(), also.end(), [](char c) { return c < 'a' || c > 'z'; }));
}

}  // namespace

Result<Answer> ask_agreements(Asking asking) {
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
  asking.answer.columns = {"agreement", "also called", "type", "date", "parties", "documents", "said of it"};
  auto groups = asking.store.agreement_groups(asking.query);
  if (!groups) return groups.error();
  asking.answer.total = groups->size();
  groups->erase(groups->begin(), groups->begin() + static_cast<std::ptrdiff_t>(std::min(q.offset, groups->size())));
  if (groups->size() > q.limit) groups->resize(q.limit);
  // All tellings that are read, in one look-up.
  FactQuery tellings;
  const size_t each = std::clamp(kReadInAll / std::max<size_t>(1, groups->size()), size_t{4}, kReadTellings);
  std::map<int64_t, size_t> group_of;
  for (size_t i = 0; i < groups->size(); ++i) {
    std::vector<int64_t>& rows = (*groups)[i].rows;
    // Who asks for the newest wants the last tellings, not the first.
    if (q.newest_first) std::reverse(rows.begin(), rows.end());
    for (size_t k = 0; k < rows.size() && k < each; ++k) {
      group_of.emplace(rows[k], i);
      tellings.rows.push_back(rows[k]);
    }
  }
  tellings.limit = tellings.rows.size();
  const auto page = asking.store.facts(tellings);
  if (!page) return page.error();
  struct Group {
    std::map<std::string, int> names, types, dates;
    std::set<std::string> parties, also;
    std::vector<std::string> said;
    AnswerRow first;
    Json rows = Json::array();
  };
  std::vector<Group> read(groups->size());
  for (const Fact& fact : page->facts) {
    const auto place = group_of.find(fact.row);
    if (place == group_of.end()) continue;
    Group& group = read[place->second];
    AnswerRow row = row_of(fact);
    Json json = Json::parse(row.json, nullptr, false);
    if (!json.is_object()) continue;
    ++group.names[text_of(json, "name")];
    ++group.types[text_of(json, "type")];
    if (const std::string date = text_of(json, "date"); !date.empty()) ++group.dates[date];
    for (const std::string& party : list_of(json, "parties")) group.parties.insert(party);
    if (const auto told = json.find("said"); told != json.end() && told->is_array()) {
      for (const Json& one : *told) {
        const std::string by = asking.names.list(list_of(one, "by"));
        const std::string said = text_of(one, "status") + (by.empty() ? "" : " (" + by + ")");
        if (std::find(group.said.begin(), group.said.end(), said) == group.said.end()) group.said.push_back(said);
      }
    }
    if (const auto also = json.find("also"); also != json.end() && also->is_array()) {
      for (const Json& one : *also) group.also.insert(flat(text_of(one, "text")));
    }
    if (group.first.row.empty()) group.first = std::move(row);
    group.rows.push_back(std::move(json));
  }
  for (size_t i = 0; i < groups->size(); ++i) {
    Group& group = read[i];
    AnswerRow row = std::move(group.first);
    const std::vector<std::string> parties(group.parties.begin(), group.parties.end());
    const std::string name = most(group.names);
    std::string said, also;
    std::vector<std::string> names;
    for (const auto& [other, n] : group.names) {
      if (other != name && !other.empty()) names.push_back(other);
    }
    for (const std::string& other : group.also) {
      if (another_name(other, name) && std::find(names.begin(), names.end(), other) == names.end()) names.push_back(other);
    }
    for (const std::string& one : group.said) said += (said.empty() ? "" : "; ") + one;
    for (const std::string& one : names) also += (also.empty() ? "" : "; ") + one;
    row.cells = {name, also, most(group.types), most(group.dates), asking.names.list(parties), std::to_string((*groups)[i].documents), said};
    Json json = Json::object();
    json["name"] = name;
    json["names"] = names;
    json["type"] = row.cells[2];
    if (!row.cells[3].empty()) json["date"] = row.cells[3];
    json["parties"] = parties;
    json["documents"] = (*groups)[i].documents;
    json["tellings"] = (*groups)[i].tellings;
    json["rows"] = std::move(group.rows);
    row.json = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    asking.answer.rows.push_back(std::move(row));
  }
  return std::move(asking.answer);
}

}  // namespace readout::query
