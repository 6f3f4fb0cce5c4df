// Codes sentences with a dictionary of PETRARCH or TABARI: who and whom from our dependency tree,
// what from the dictionary's patterns.
//
// What those programs took from position (TABARI) or from a constituency tree (PETRARCH) is taken
// from relations here: the source is the verb's subject, its own or the one of the verb that
// governs it; the target is the first actor behind the verb; joined actors act together; a passive
// with its doer is turned round. Patterns are matched over the words as those programs did.
#pragma once

#include <string>
#include <vector>

#include "events/petrarch/dictionary.h"
#include "events/sentence_tree.h"
#include "readout/document.h"

namespace readout::events::petrarch {

/// Lengths in words between which a stretch between commas is left out. max 0: never.
struct CommaRange {
  uint32_t min = 2, max = 8;
};

enum class CodeBy : uint8_t { All, Clause, Sentence };

/// The settings of PETR_config and TABARI's options files that bear on coding.
struct Options {
  CommaRange inner, begin{0, 0}, end;
  bool require_dyad = true;      // both sides must have a code
  CodeBy code_by = CodeBy::All;  // how many verbs of a stretch are coded
};

struct CodedEvent {
  std::string source, target;  // codes; "---": none
  std::string code;
  TokenId verb{};
  TokenRange source_tokens, target_tokens;
  const VerbBlock* block = nullptr;
  uint32_t line = 0;  // of the pattern, or of the verb where no pattern held
};

class SentenceCoder {
 public:
  explicit SentenceCoder(const Dictionary& dictionary) : dictionary_(dictionary) {}

  /// `day`: YYYYMMDD of the document, 0 if unknown. Needs tokens and syntax.
  std::vector<CodedEvent> code(const Document& doc, SentenceId sentence, uint32_t day,
                               const Options& options);

 private:
  /// A word as the dictionary sees it: tokens are split at hyphens.
  struct Cell {
    std::string text;
    size_t token = 0;
  };
  /// Actors and agents of one noun phrase.
  struct Unit {
    size_t first = 0, last = 0;       // tokens
    size_t head = 0;                  // token
    std::vector<std::string> actors;  // "FRO/BIL" gives two
    std::string before, after;        // codes of agents
    std::vector<std::string> codes;   // what comes out
    bool has_actor = false;           // a name, or at least an agent
    size_t group = 0;                 // joined units have the same
  };
  static constexpr size_t kNo = SIZE_MAX;

  void cells(const Document& doc, SentenceId sentence);
  void leave_out(const Options& options);
  bool discarded() const;
  void find_units(uint32_t day);
  size_t phrase_head(size_t token) const;
  void compose(Unit& unit) const;
  size_t match_words(const std::vector<Word>& words, size_t cell) const;
  /// Entries whose words stand around a verb, the best first.
  void verbs_at(size_t cell, std::vector<const VerbEntry*>& out, size_t& first, size_t& last) const;
  bool told_above(size_t verb) const;
  bool left_out(size_t token) const { return gone_[token - tree_.begin()]; }

  struct Binding {
    size_t source = kNo, target = kNo;  // units
    bool compound = false;
  };
  bool match(const std::vector<Item>& items, size_t i, size_t cell, bool forward, size_t limit,
             Binding& binding) const;
  bool place_phrase(const Phrase& phrase, size_t cell, bool forward, size_t limit,
                    size_t& next) const;
  size_t unit_of_cell(size_t cell) const;

  size_t doer_of_passive(size_t verb) const;
  size_t subject_unit(size_t verb);
  size_t first_unit_below(size_t token, size_t except_group) const;
  size_t target_unit(size_t verb, size_t source_group) const;
  size_t clause_of(size_t verb) const;

  const Dictionary& dictionary_;
  const Document* doc_ = nullptr;
  SentenceTree tree_;
  std::vector<Cell> cells_;
  std::vector<bool> gone_;
  std::vector<Unit> units_;
  std::vector<size_t> unit_at_;  // token -> unit
  bool set_aside_ = false;
  bool blocked_ = false;    // subject_unit() met somebody without a code who acts himself
  std::vector<bool> told_;  // verbs that gave an event
  mutable std::vector<uint32_t> candidates_;
};

}  // namespace readout::events::petrarch
