// Dictionaries of PETRARCH and TABARI, read as they are, for coding over our own parse: verbs with
// their patterns, actors with dated codes, agents, discards.
//
// Three dialects of verb files are read:
// - PETRARCH ("--- ABANDON [345] ---" opens a block of verbs that share patterns;
//   "- SAID WOULD_*_TALKS [102]");
// - PETRARCH 2 (the same, and "{BANK ACCOUNT}" for words of one phrase, "(INTO NETWORK)" for a
//   preposition with its noun);
// - TABARI ("ABANDON [345] ;comment" opens the block of one verb; words are stems unless "_" ends
//   them; "{ A | B }" alternatives).
//
// In a pattern "*" is the verb, "$" the source, "+" the target, "^" a phrase that is skipped, "%"
// several actors joined, "&NAME" a set of phrases. A blank lets words stand between, "_" does not.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace readout::events::petrarch {

/// A word of a dictionary in capitals. A stem stands for every word that begins with it, a regular
/// one ("DEPART_" of TABARI) for itself with the endings of verbs and plurals.
struct Word {
  std::string text;
  bool stem = false;
  bool regular = false;
  bool apart = false;  // of an actor's name: others may stand between the word before and this one
                       // ("ITHILEN TELEVISION")
};

/// Words that follow each other; `loose`: others may stand between.
struct Phrase {
  std::vector<Word> words;
  bool loose = false;
};

struct Item {
  enum class Kind : uint8_t { Words, Source, Target, Skip, Compound };
  Kind kind = Kind::Words;
  std::vector<Phrase> options;  // Words: one of these
  bool tight = false;           // directly beside the item that is nearer to the verb
};

struct Code {
  std::string forward;  // empty: no event
  std::string back;     // from the target to the source, "[031:032]"
};

struct Pattern {
  std::vector<Item> before;  // from the verb outwards
  std::vector<Item> after;
  Code code;
  uint32_t weight = 0;  // literal letters: the more of them, the earlier it is tried
  uint32_t line = 0;
};

/// Verbs that share patterns.
struct VerbBlock {
  std::string name;
  std::string file;
  uint32_t line = 0;
  std::vector<Pattern> patterns;
};

struct VerbEntry {
  uint32_t block = 0;
  Code code;
  std::vector<Word> words;  // the whole expression, the verb among them
  uint32_t verb = 0;        // which of `words` it is
  uint32_t line = 0;
};

/// A code with the days on which it holds, both inclusive, YYYYMMDD; 0 is open.
struct DatedCode {
  std::string code;
  uint32_t from = 0, until = 0;
};

struct ActorEntry {
  std::vector<Word> words;
  uint32_t codes = 0;  // index of Dictionary::codes
};

struct AgentEntry {
  std::vector<Word> words;
  std::string code;
  bool before = false;  // "NGO~": the code stands before the actor's
};

struct Counts {
  size_t verbs = 0, patterns = 0, actors = 0, agents = 0, discards = 0;
};

class Dictionary {
 public:
  /// Takes a file in by its name ("...verbs...", "...actors...", "...agents...", "...discards...")
  /// or, where that says nothing, by what it holds. False if it is none of these. Lines that cannot
  /// be read are added to problems() as "FILE:LINE: why".
  bool add(const std::string& name, std::string_view text);

  const std::vector<std::string>& problems() const { return problems_; }
  Counts counts() const;

  /// Entries that may begin with that word (capitals), the longest first; the other words are for
  /// the caller to compare. Verbs go by their verb. `out` is replaced.
  void verbs(std::string_view word, std::vector<uint32_t>& out) const {
    candidates(verb_index_, word, out);
  }
  const VerbEntry& verb(uint32_t entry) const { return verbs_[entry]; }
  const VerbBlock& block(uint32_t b) const { return blocks_[b]; }

  void actors(std::string_view word, std::vector<uint32_t>& out) const {
    candidates(actor_index_, word, out);
  }
  const ActorEntry& actor(uint32_t a) const { return actors_[a]; }
  /// The code on a day (YYYYMMDD, 0 if unknown); nullptr if none holds.
  const DatedCode* code_on(const ActorEntry& actor, uint32_t day) const;

  void agents(std::string_view word, std::vector<uint32_t>& out) const {
    candidates(agent_index_, word, out);
  }
  const AgentEntry& agent(uint32_t a) const { return agents_[a]; }

  const std::vector<Phrase>& discards() const { return discards_; }
  bool stems() const { return stems_; }

 private:
  friend class Reader;
  using ByWord = std::unordered_map<std::string, std::vector<uint32_t>>;
  static void candidates(const ByWord& index, std::string_view word, std::vector<uint32_t>& out);
  void sort();

  std::vector<std::string> problems_;
  std::vector<VerbBlock> blocks_;
  std::vector<VerbEntry> verbs_;
  std::vector<std::vector<DatedCode>> codes_;
  std::vector<ActorEntry> actors_;
  std::vector<AgentEntry> agents_;
  std::vector<Phrase> discards_;
  std::map<std::string, std::vector<Phrase>, std::less<>> sets_;
  // By first word (verbs: by the verb); stems by their first four letters.
  ByWord verb_index_, actor_index_, agent_index_;
  bool stems_ = false;
};

/// True if the dictionary's word stands for `text` (capitals).
bool covers(const Word& word, std::string_view text);

/// "AL-QAEDA didn't" -> AL QAEDA DID N'T: capitals, split as sentences are.
std::vector<std::string> split_words(std::string_view phrase);

}  // namespace readout::events::petrarch
