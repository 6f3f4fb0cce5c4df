// From tables to the index: which columns of which table are names, and of what kind.
#include <algorithm>
#include <cstring>
#include <vector>

#include "core/hash.h"
#include "entities/knowledge.h"

namespace readout::entities {
namespace {

/// Calls f(item) for each non-empty part of a list column.
template <class F>
void for_each_part(std::string_view list, char separator, F&& f) {
  while (!list.empty()) {
    const size_t end = list.find(separator);
    const std::string_view part = list.substr(0, end);
    if (!part.empty()) f(part);
    if (end == std::string_view::npos) break;
    list.remove_prefix(end + 1);
  }
}

/// "Burma[..1989]" -> "Burma": the dates are looked at when the row is read.
std::string_view without_dates(std::string_view name) { return name.substr(0, name.find('[')); }

/// "Marcos Jr." -> "Marcos"
std::string_view without_generation(std::string_view name) {
  for (const std::string_view ending : {" Jr.", " Jr", " Sr.", " Sr", " II", " III"}) {
    if (name.size() > ending.size() && name.ends_with(ending)) return name.substr(0, name.size() - ending.size());
  }
  return name;
}

/// Another spelling of the same name, not another name: both begin alike.
bool similar(std::string_view a, std::string_view b) {
  return !a.empty() && !b.empty() && phrase_keys(a.substr(0, 1)) == phrase_keys(b.substr(0, 1)) && a.size() + 4 > b.size() && b.size() + 4 > a.size();
}

class Builder {
 public:
  void name(Table table, NameKind kind, uint32_t offset, std::string_view phrase) {
    phrase = without_dates(phrase);
    if (phrase.empty()) return;
    names_.add(phrase_keys(phrase), NameRef{table, kind, false, offset}.pack());
  }
  void key(Table table, uint32_t offset, std::string_view key) {
    if (key.empty()) return;
    const uint64_t hash = fnv1a(key);
    keys_.add(std::span(&hash, 1), NameRef{table, NameKind::Name, false, offset}.pack());
  }
  void list(Table table, NameKind kind, uint32_t offset, std::string_view names) {
    for_each_part(names, ';', [&](std::string_view part) { name(table, kind, offset, part); });
  }
  std::string finish() const {
    const std::string names = names_.finish(), keys = keys_.finish();
    std::string out;
    const uint64_t size = names.size();
    out.append(reinterpret_cast<const char*>(&size), 8);
    return out + names + keys;
  }

 private:
  PhraseIndexBuilder names_, keys_;
};

void add_row(Builder& b, Table table, const TsvRow& row, uint32_t offset) {
  switch (table) {
    case Table::States:
      b.key(table, offset, row[0]);
      b.name(table, NameKind::Name, offset, row[3]);
      b.name(table, NameKind::Official, offset, row[4]);
      b.list(table, NameKind::Adjective, offset, row[5]);
      for_each_part(row[6], ';', [&](std::string_view forms) {
        for_each_part(forms, '/', [&](std::string_view form) { b.name(table, NameKind::Demonym, offset, form); });
      });
      b.list(table, NameKind::Alias, offset, row[7]);
      b.list(table, NameKind::Capital, offset, row[8]);
      break;
    case Table::Orgs:
      b.key(table, offset, row[0]);
      b.name(table, NameKind::Name, offset, row[2]);
      b.list(table, NameKind::Acronym, offset, row[3]);
      b.list(table, NameKind::Alias, offset, row[4]);
      break;
    case Table::Groups:
      b.key(table, offset, row[0]);
      b.name(table, NameKind::Name, offset, row[2]);
      b.list(table, NameKind::Alias, offset, row[3]);
      break;
    case Table::Bodies:
      b.key(table, offset, row[0]);
      b.name(table, NameKind::Name, offset, row[2]);
      break;
    case Table::Metonyms:
      b.name(table, NameKind::Metonym, offset, row[0]);
      break;
    case Table::Titles:
      b.name(table, NameKind::Title, offset, row[0]);
      b.list(table, NameKind::Plural, offset, row[1]);
      break;
    case Table::Agents:
      b.name(table, NameKind::Name, offset, row[0]);
      b.list(table, NameKind::Plural, offset, row[1]);
      break;
    case Table::Persons: {
      b.key(table, offset, row[0]);
      b.name(table, NameKind::Name, offset, row[1]);
      b.list(table, NameKind::Alias, offset, row[8]);
      std::vector<std::string_view> families;
      const auto family = [&](std::string_view words) {
        words = without_generation(words);
        if (words.empty() || words == row[1] || std::find(families.begin(), families.end(), words) != families.end()) return;
        families.push_back(words);
        b.name(table, NameKind::Family, offset, words);
      };
      if (!row[4].empty() && row[4] != row[1]) family(row[4]);
      if (row[5] == "given-family") {
        // Other spellings of the family name: "Tudjman" of the alias "Franjo Tudjman".
        for_each_part(row[8], ';', [&](std::string_view alias) {
          alias = without_generation(alias);
          const size_t blank = alias.rfind(' ');
          if (blank == std::string_view::npos || row[4].find(' ') != std::string_view::npos) return;
          if (similar(alias.substr(blank + 1), row[4])) family(alias.substr(blank + 1));
        });
      }
      if (!row[2].empty() && !row[3].empty()) {
        b.name(table, NameKind::Patronymic, offset, std::string(row[2]) + " " + std::string(row[3]));
        if (!row[4].empty()) {
          b.name(table, NameKind::Alias, offset,
                 std::string(row[2]) + " " + std::string(row[3]) + " " + std::string(row[4]));
        }
      }
      break;
    }
    case Table::Offices:
      b.key(table, offset, row[0]);
      b.key(table, offset, "of|" + std::string(row[1]));
      b.key(table, offset, "of|" + std::string(row[1]) + "|" + std::string(row[2]));
      b.list(table, NameKind::Title, offset, row[3]);
      break;
    case Table::OfficeHolders:
      b.key(table, offset, "tenure|" + std::string(row[0]));
      b.key(table, offset, "tenure|" + std::string(row[1]));
      break;
    case Table::Memberships:
      b.key(table, offset, "member|" + std::string(row[0]));
      b.key(table, offset, "member|" + std::string(row[1]));
      break;
    case Table::Disputed:
      b.key(table, offset, row[0]);
      b.list(table, NameKind::Name, offset, row[2]);
      break;
    case Table::Given:
      b.name(table, NameKind::Given, offset, row[0]);
      break;
    case Table::Regions:
    case Table::Gazetteer:
    case Table::Admin1:
      b.key(table, offset, row[0]);
      b.name(table, NameKind::Name, offset, row[1]);
      b.list(table, NameKind::Alias, offset, row[2]);
      break;
    case Table::RegionAdjectives:
      for_each_part(row[0], '/', [&](std::string_view form) { b.name(table, NameKind::Adjective, offset, form); });
      break;
    case Table::Patronymics:
    case Table::kCount:
      break;
  }
}

}  // namespace

std::string build_knowledge_index(std::span<const std::string_view> tables) {
  Builder builder;
  for (size_t t = 0; t < static_cast<size_t>(Table::kCount) && t < tables.size(); ++t) {
    const std::string_view text = tables[t];
    for_each_row(text, [&](const TsvRow& row) {
      if (row[0].empty()) return;
      add_row(builder, static_cast<Table>(t), row, static_cast<uint32_t>(row[0].data() - text.data()));
    });
  }
  return builder.finish();
}

}  // namespace readout::entities
