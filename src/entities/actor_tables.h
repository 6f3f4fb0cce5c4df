// The small tables by which reference is resolved: word classes, descriptions, and the rules for the
// persons of speech (data/entities/words.tsv, descriptions.tsv, org_nouns.tsv; data/discourse/persons.tsv).
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "entities/person_names.h"
#include "readout/result.h"

namespace readout::entities {

/// One rule for "we", "our", "you" ...: the first whose conditions all hold decides.
struct PersonRule {
  std::string name;
  std::vector<std::string> words;       // "we", "our"; "*1" all of the first person plural
  struct Condition {
    std::string what, value;            // see persons.tsv
    bool negated = false;
  };
  std::vector<Condition> conditions;
  std::string gives;
  float score = 0.5F;
  std::string why;
};

struct Description {
  std::string kind;   // country, government, people, person, party, org ...
  bool plural = false;
};

struct OrgNoun {
  std::string prefix, type;  // "org", "igo"
};

/// A state that is no more, and those that stand on its land today; letters without "state:".
struct FormerState {
  std::string letters, from, until;
  std::vector<std::string> successors;
};

class ActorTables {
 public:
  static Result<ActorTables> open();

  /// Is `word` (lower case) of the class?
  bool in(std::string_view cls, std::string_view word) const;
  /// "Viktorovich", "oglu": a word that is or ends a patronymic; lower case, accents as written.
  bool patronymic(std::string_view word) const;
  /// All words of a class, in no order that matters.
  std::vector<std::string_view> words(std::string_view cls) const;
  const Description* description(std::string_view noun) const;
  const OrgNoun* org_noun(std::string_view noun) const;
  const std::vector<FormerState>& former_states() const { return former_states_; }
  const Spellings& spellings() const { return spellings_; }
  const std::vector<PersonRule>& person_rules() const { return rules_; }
  /// Part of a government for a class of title ("head_of_state" -> "president"); empty if none.
  std::string_view office_part(std::string_view cls) const;

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  using Words = std::unordered_set<std::string, Hash, std::equal_to<>>;
  std::unordered_map<std::string, Words, Hash, std::equal_to<>> classes_;
  std::unordered_map<std::string, Description, Hash, std::equal_to<>> descriptions_;
  std::unordered_map<std::string, OrgNoun, Hash, std::equal_to<>> org_nouns_;
  std::unordered_map<std::string, std::string, Hash, std::equal_to<>> parts_;
  std::vector<PersonRule> rules_;
  std::vector<std::string> patronymic_endings_;
  Spellings spellings_;
  std::vector<FormerState> former_states_;
};

}  // namespace readout::entities
