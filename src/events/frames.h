// The frame language: what words make which act, with whom in which role.
//
//   class attack   source=subj,by target=obj,against@,on@ noun_target=of,against,on
//   frame assault.shell  ASSAULT/heavy-weapons 194 military  class=attack
//   verb  shell, bombard, {fire} <shells> at/on
//   noun  shelling, bombardment
//   code  ASSAULT 190 when ~<riot-weapons>
//   yes   "Ethiopian forces shelled the town of Humera." = ASSAULT 194
//   no    "He shelled peas in the kitchen."
//
// A frame set is read once from data/events/*.rules and sets.tsv, checked, and compiled into an
// index by lemma: looking a token up costs one hash of its lemma a document. docs/layers/events.md
// describes every line. Read-only after construction.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "readout/layers.h"
#include "readout/result.h"

namespace readout::events {

/// A lemma that some frame, set or table mentions; kNoWord: none does.
enum class WordId : uint32_t {};
inline constexpr WordId kNoWord = static_cast<WordId>(UINT32_MAX);
enum class SetId : uint16_t {};
inline constexpr SetId kNoSet = static_cast<SetId>(UINT16_MAX);

/// Words and the sets they belong to ("troops", "weapons", "money").
class Lexicon {
 public:
  WordId find(std::string_view lower_lemma) const;
  WordId add(std::string_view lower_lemma);
  SetId add_set(std::string_view name);
  SetId find_set(std::string_view name) const;
  void put(WordId word, SetId set);
  bool in(WordId word, SetId set) const;
  std::string_view str(WordId word) const { return words_[static_cast<size_t>(word)]; }
  std::string_view set_name(SetId set) const { return set_names_[static_cast<size_t>(set)]; }
  size_t set_count() const { return set_names_.size(); }
  const std::vector<WordId>& members(SetId set) const { return members_[static_cast<size_t>(set)]; }

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  std::unordered_map<std::string, WordId, Hash, std::equal_to<>> ids_;
  std::vector<std::string> words_;
  std::vector<std::vector<SetId>> sets_of_;
  std::unordered_map<std::string, SetId, Hash, std::equal_to<>> set_ids_;
  std::vector<std::string> set_names_;
  std::vector<std::vector<WordId>> members_;  // [set], in the order of reading
};

/// One way from a predicate to a role filler.
struct Path {
  enum class Kind : uint8_t { Subj, Obj, Iobj, Poss, Of, Mod, Prep, Inf, That, Ger, Support };
  Kind kind = Kind::Subj;
  WordId prep = kNoWord;
  bool actor = false;  // "@": only a filler that can act
};

/// Role defaults of a class of predicates.
struct RoleClass {
  std::string name;
  std::vector<Path> source, target, content;
  std::vector<Path> noun_source, noun_target;
  bool reciprocal = false;   // both sides play both roles
  bool agent = true;         // a subject that can't act (a storm, a decision) is refused
};

/// A condition on what stands around the predicate.
struct Element {
  enum class Kind : uint8_t { Particle, Object, NotObject, Prep, NotPrep, Subject, NotSubject, Comp };
  Kind kind = Kind::Particle;
  std::vector<WordId> words;   // particles, or prepositions (any of them)
  SetId set = kNoSet;          // kNoSet: anything
  bool actor = false;          // the filler must be able to act
  Path::Kind comp = Path::Kind::Inf;  // Comp: which complement
};

enum class PatternPos : uint8_t { Verb, Noun, Adj };

struct Pattern {
  uint32_t frame = 0;
  PatternPos pos = PatternPos::Verb;
  bool weak = false;           // a noun that is an act only with a support verb or both sides named
  std::vector<Element> elements;
  uint32_t line = 0;
};

/// Another code when a word of a set stands in the theme ("~") or anywhere in the clause ("*").
struct Refinement {
  enum class Where : uint8_t { Theme, Clause, Target, Source };
  Where where = Where::Theme;
  SetId set = kNoSet;
  std::string plover, mode, cameo;
  std::vector<std::string> contexts;
};

struct Example {
  std::string text;
  std::string plover, cameo;  // wanted; empty: any
  bool yes = true;
  uint32_t line = 0;
};

struct Frame {
  std::string name, file;
  uint32_t line = 0;
  std::string plover, mode, cameo;
  std::vector<std::string> contexts;
  uint32_t role_class = 0;
  std::string operator_class;   // how its content changes: a class of transform.tsv
  bool has_status = false;
  Status status = Status::Happened;
  bool own_talk = false;
  std::vector<Refinement> refinements;
  std::vector<Example> examples;
  float score = 0.9F;
};

/// A row of status.tsv: a word that governs a clause and changes its standing.
struct Governor {
  std::string effect;            // future, hope, conditional, fail, begin, continue, end, try, ...
  PatternPos pos = PatternPos::Verb;
};

/// A row of transform.tsv.
struct Transform {
  std::string inner;             // CAMEO prefix; "*": anything, "-": no code inside
  std::string plover, mode, cameo;
  std::string status;            // empty: as the frame says
};

/// A row of light.tsv: what a support verb tells of the noun it carries.
struct Support {
  std::string role;              // "source": its subject does it; "target": undergoes it; "event": the noun itself is the subject
  std::string effect;            // happened, ongoing, planned, denied, end
};

class FrameSet {
 public:
  struct File {
    std::string path;
    std::string_view bytes;
  };
  /// Reads sets, classes, frames and tables. Fails with BadData, naming file and line.
  static Result<FrameSet> parse(const std::vector<File>& files);

  const std::vector<Pattern>& patterns() const { return patterns_; }
  const Frame& frame(uint32_t i) const { return frames_[i]; }
  const std::vector<Frame>& frames() const { return frames_; }
  const RoleClass& role_class(const Frame& frame) const { return classes_[frame.role_class]; }
  const Lexicon& lexicon() const { return lexicon_; }
  /// Patterns headed by `word`, most specific first.
  const std::vector<uint32_t>& headed_by(WordId word) const;
  const Governor* governor(WordId word, PatternPos pos) const;
  const Support* support(WordId word) const;
  /// Longest prefix of `cameo` under `op`; null if there is none.
  const Transform* transform(std::string_view op, std::string_view cameo) const;
  /// The word of the lexicon that `lower_form` is a form of: irregular.tsv, then regular endings.
  WordId word_of_form(std::string_view lower_form, PatternPos pos) const;
  WordId irregular(std::string_view lower_form, PatternPos pos) const;
  /// The country of a lower-case adjective or demonym ("turkish", "south korean"); empty if it is none.
  std::string_view country_of_adjective(std::string_view lower) const;
  /// The country of a lower-case name of a state ("south korea"); empty if it is none.
  std::string_view country_of_name(std::string_view lower) const;
  const std::vector<std::pair<SetId, std::string>>& context_sets() const { return context_sets_; }

 private:
  friend struct RuleReader;
  Lexicon lexicon_;
  std::vector<RoleClass> classes_;
  std::vector<Frame> frames_;
  std::vector<Pattern> patterns_;
  std::vector<std::vector<uint32_t>> index_;  // [word] -> patterns
  std::vector<std::array<int32_t, 3>> governor_of_;  // [word][pos]
  std::vector<Governor> governors_;
  std::vector<int32_t> support_of_;
  std::vector<Support> supports_;
  std::vector<std::pair<std::string, std::vector<Transform>>> transforms_;
  struct FormHash {
    using is_transparent = void;
    size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  std::array<std::unordered_map<std::string, WordId, FormHash, std::equal_to<>>, 2> irregular_;  // verbs, nouns
  std::unordered_map<std::string, std::string, FormHash, std::equal_to<>> adjectives_;  // of entities/states.tsv
  std::unordered_map<std::string, std::string, FormHash, std::equal_to<>> names_;       // "
  std::vector<std::pair<SetId, std::string>> context_sets_;  // set "ctx.military" -> "military"
};

}  // namespace readout::events
