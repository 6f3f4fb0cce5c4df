// What the index's builder and its reader share.
#include "entities/knowledge.h"

namespace readout::entities {

std::string_view table_path(Table table) {
  static constexpr std::string_view kPaths[static_cast<size_t>(Table::kCount)] = {
      "entities/states.tsv",      "entities/orgs.tsv",           "entities/groups.tsv",
      "entities/bodies.tsv",      "entities/metonyms.tsv",       "entities/titles.tsv",
      "entities/agents.tsv",      "entities/persons.tsv",        "entities/offices.tsv",
      "entities/office_holders.tsv", "entities/memberships.tsv", "entities/disputed.tsv",
      "entities/names/given.tsv", "places/gazetteer.tsv",        "places/regions.tsv",
      "entities/names/patronymics.tsv", "places/admin1.tsv", "places/adjectives.tsv"};
  return kPaths[static_cast<size_t>(table)];
}

uint64_t NameRef::pack() const {
  return (static_cast<uint64_t>(table) << 48) | (static_cast<uint64_t>(kind) << 40) | offset;
}

NameRef NameRef::unpack(uint64_t value) {
  return {static_cast<Table>(value >> 48), static_cast<NameKind>((value >> 40) & 0xFF), false,
          static_cast<uint32_t>(value)};
}

}  // namespace readout::entities
