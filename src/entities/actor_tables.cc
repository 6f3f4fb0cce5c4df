#include "entities/actor_tables.h"

#include <charconv>

#include "core/embedded.h"
#include "core/tsv.h"

namespace readout::entities {
namespace {

std::vector<std::string> split(std::string_view list, char separator) {
  std::vector<std::string> parts;
  while (!list.empty()) {
    const size_t end = std::min(list.find(separator), list.size());
    if (end > 0) parts.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return parts;
}

}  // namespace

Result<ActorTables> ActorTables::open() {
  ActorTables tables;
  for_each_row(embedded("entities/words.tsv"), [&](const TsvRow& row) {
    Words& words = tables.classes_[std::string(row[0])];
    for (std::string& word : split(row[1], ' ')) words.insert(std::move(word));
  });
  for_each_row(embedded("entities/descriptions.tsv"), [&](const TsvRow& row) {
    tables.descriptions_.insert({std::string(row[0]), Description{std::string(row[2]), false}});
    if (!row[1].empty()) tables.descriptions_.insert({std::string(row[1]), Description{std::string(row[2]), true}});
  });
  for_each_row(embedded("entities/org_nouns.tsv"), [&](const TsvRow& row) {
    tables.org_nouns_[std::string(row[0])] = OrgNoun{std::string(row[1]), std::string(row[2])};
  });
  for_each_row(embedded("entities/office_parts.tsv"), [&](const TsvRow& row) {
    tables.parts_[std::string(row[0])] = std::string(row[1]);
  });
  for_each_row(embedded("entities/names/patronymics.tsv"), [&](const TsvRow& row) {
    if (row[4] != "middle" && row[4] != "after_father") return;
    if (row[1] == "suffix" && row[0].size() > 4) tables.patronymic_endings_.emplace_back(row[0].substr(1));
    if (row[1] == "word") tables.classes_["patronymic_word"].insert(std::string(row[0]));
  });
  for_each_row(embedded("entities/states.tsv"), [&](const TsvRow& row) {
    if (row[2] != "former" || row[16].empty()) return;
    FormerState state{std::string(row[0].substr(6)), std::string(row[14]), std::string(row[15]), {}};
    for (const std::string& one : split(row[16], ';')) state.successors.push_back(one.substr(one.find(':') + 1));
    tables.former_states_.push_back(std::move(state));
  });
  for_each_row(embedded("entities/names/translit.tsv"), [&](const TsvRow& row) { tables.spellings_.add(row[1], row[2]); });
  std::string bad;
  for_each_row(embedded("discourse/persons.tsv"), [&](const TsvRow& row) {
    PersonRule rule;
    rule.name = row[0];
    rule.words = split(row[1], ' ');
    for (const std::string& part : split(row[2], ';')) {
      PersonRule::Condition condition;
      std::string_view rest = part;
      if (rest.starts_with("!")) {
        condition.negated = true;
        rest.remove_prefix(1);
      }
      const size_t colon = rest.find('=');
      condition.what = rest.substr(0, colon);
      if (colon != std::string_view::npos) condition.value = rest.substr(colon + 1);
      rule.conditions.push_back(std::move(condition));
    }
    rule.gives = row[3];
    int percent = 0;
    const auto parsed = std::from_chars(row[4].data(), row[4].data() + row[4].size(), percent);
    if (parsed.ec != std::errc() || percent < 0 || percent > 100 || rule.gives.empty()) {
      bad = "data/discourse/persons.tsv:" + std::to_string(row.line) + ": score \"" + std::string(row[4]) + "\" (want 0 to 100)";
    }
    rule.score = static_cast<float>(percent) / 100.0F;
    rule.why = row[5];
    tables.rules_.push_back(std::move(rule));
  });
  if (!bad.empty()) return Error{Code::BadData, bad};
  return tables;
}

bool ActorTables::in(std::string_view cls, std::string_view word) const {
  const auto it = classes_.find(cls);
  return it != classes_.end() && it->second.contains(word);
}

std::vector<std::string_view> ActorTables::words(std::string_view cls) const {
  const auto it = classes_.find(cls);
  if (it == classes_.end()) return {};
  return {it->second.begin(), it->second.end()};
}

bool ActorTables::patronymic(std::string_view word) const {
  if (in("patronymic_word", word)) return true;
  for (const std::string& ending : patronymic_endings_) {
    if (word.size() > ending.size() + 2 && word.ends_with(ending)) return true;
  }
  return false;
}

const Description* ActorTables::description(std::string_view noun) const {
  const auto it = descriptions_.find(noun);
  return it == descriptions_.end() ? nullptr : &it->second;
}

const OrgNoun* ActorTables::org_noun(std::string_view noun) const {
  const auto it = org_nouns_.find(noun);
  return it == org_nouns_.end() ? nullptr : &it->second;
}

std::string_view ActorTables::office_part(std::string_view cls) const {
  const auto it = parts_.find(cls);
  return it == parts_.end() ? std::string_view() : std::string_view(it->second);
}

}  // namespace readout::entities
