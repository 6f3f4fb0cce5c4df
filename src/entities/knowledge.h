// What readout knows of the world: the tables of data/entities and data/places, looked up by phrase
// and by id. The tables stay the text that they are; an index compiled at build time (readout_datac)
// points into them, so opening costs nothing and a row is parsed only when it is asked for.
//
// A user's folder (--data) adds tables of the same names; its rows come first.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/tsv.h"
#include "entities/phrase_index.h"
#include "readout/result.h"

namespace readout::entities {

/// The tables, in the order of `kTableNames`.
enum class Table : uint8_t {
  States, Orgs, Groups, Bodies, Metonyms, Titles, Agents, Persons, Offices, OfficeHolders, Memberships,
  Disputed, Given, Gazetteer, Regions, Patronymics, Admin1, RegionAdjectives, kCount
};
std::string_view table_path(Table table);  // "entities/states.tsv"

/// What a phrase is to the row that it leads to.
enum class NameKind : uint8_t {
  Name,         // of a state, organisation, group, body, person, place
  Official,
  Alias,
  Acronym,
  Adjective,    // "Azerbaijani"
  Demonym,      // "Azerbaijanis"
  Capital,
  Metonym,
  Title,
  Plural,       // of a title or role noun
  Family,       // the family name alone
  Patronymic,   // given name and patronymic
  Given,        // a given name
};

/// A row of a table, and what the phrase is to it. Packed into the index's values.
struct NameRef {
  Table table{};
  NameKind kind{};
  bool user = false;     // of the user's folder
  uint32_t offset = 0;   // of the row's line in its table

  uint64_t pack() const;
  static NameRef unpack(uint64_t value);
  friend bool operator==(NameRef, NameRef) = default;
};

/// From and until of a dated fact; empty ends are open. ISO 8601 prefixes compare as text.
bool holds_on(std::string_view from, std::string_view until, std::string_view day);

class Knowledge {
 public:
  /// The built-in tables and index; `folder`: the user's, empty for none.
  static Result<std::shared_ptr<const Knowledge>> open(const std::string& folder);

  /// Phrases of the user's folder first, then the built-in ones; the longest of each.
  struct Found {
    uint32_t length = 0;
    std::vector<NameRef> refs;
  };
  Found longest(std::span<const uint64_t> keys) const;
  /// Exactly this phrase.
  std::vector<NameRef> exact(std::span<const uint64_t> keys) const;
  std::vector<NameRef> exact(std::string_view phrase) const { return exact(phrase_keys(phrase)); }

  /// The columns of a row; views into the table.
  TsvRow row(NameRef ref) const;

  /// The rows that declare an id ("state:AZE", "person:...", "office:...", "org:..."). A body's id
  /// may be a pattern ("gov:*.mfa"); those are found under the pattern.
  std::vector<NameRef> by_id(std::string_view id) const;
  /// Tenures of a person or of an office (rows of office_holders).
  std::vector<NameRef> tenures(std::string_view person_or_office) const;
  /// Offices of a body or state, optionally of a role ("head_of_state").
  std::vector<NameRef> offices_of(std::string_view actor, std::string_view role = {}) const;
  /// Memberships of an organisation or of a member (rows of memberships).
  std::vector<NameRef> memberships(std::string_view org_or_member) const;

  /// The row of office_holders for who held `office` on `day` (ISO date; empty: the latest).
  std::optional<NameRef> holder_on(std::string_view office, std::string_view day) const;

 private:
  struct Source {
    std::vector<std::string> owned;                // tables of the user's folder
    std::vector<std::string_view> tables;          // [Table::kCount]
    std::string built;                             // index of the user's folder
    PhraseIndex names, keys;
  };
  std::vector<NameRef> lookup(std::string_view key) const;

  Source user_, builtin_;
  bool has_user_ = false;
};

/// Builds the two indexes of a set of tables into one byte string (8-byte aligned parts).
/// `tables` holds the text of each table, empty if absent.
std::string build_knowledge_index(std::span<const std::string_view> tables);

}  // namespace readout::entities
