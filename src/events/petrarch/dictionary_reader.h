// Reads one file of a dictionary into a Dictionary, line by line. Internal to the dictionary.
//
// dictionary_reader.cc knows the kinds of files and their comments; verb_lines.cc reads verbs with
// their forms and sets, pattern_lines.cc patterns, actor_lines.cc actors, agents and discards.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "entities/petrarch_lines.h"
#include "events/petrarch/dictionary.h"

namespace readout::events::petrarch {

/// `s` in capitals, whatever its letters.
std::string capitals(std::string_view s);

class Reader {
 public:
  Reader(Dictionary& to, std::string file)
      : to_(to),
        file_(std::move(file)),
        first_block_(to.blocks_.size()),
        first_verb_(to.verbs_.size()) {}

  /// False if the file is of no kind that the dictionary takes.
  bool read(std::string_view text);

 private:
  enum class Kind : uint8_t { Verbs, Actors, Agents, Discards, Other };
  /// The pieces of a pattern in the order of the line.
  struct Pieces {
    std::vector<Item> items;
    std::vector<bool> tight_after;  // [items] "_" behind it
    size_t verb = std::string::npos;
    uint32_t letters = 0;  // literal ones

    void push(Item item) {
      items.push_back(std::move(item));
      tight_after.push_back(false);
    }
  };

  static Kind kind_of(std::string_view file, std::string_view text);
  void problem(std::string_view what);
  Code take_code(std::string_view& line, bool& found);
  void discard_line(std::string_view line);

  // verb_lines.cc
  void verb_line(std::string_view line);
  void header_line(std::string_view line);
  void open_block(std::string name);
  void set_member(std::string_view line);
  void add_words(Phrase& phrase, std::string_view text) const;
  void entry_line(std::string_view line);
  bool expression(std::string_view text, VerbEntry& entry) const;
  void forms(std::string_view braces, const VerbEntry& like);
  void regular_forms(const VerbEntry& entry);

  // pattern_lines.cc
  void pattern(uint32_t block, uint32_t line, const std::string& text);
  bool read_pieces(std::string_view text, std::string_view whole, Pieces& pieces);
  bool read_alternatives(std::string_view text, size_t& at, std::string_view whole, Item& item);
  bool read_piece(std::string_view piece, bool exact, std::string_view whole, Pieces& pieces);
  void alternative(std::string_view text, Item& item);

  // actor_lines.cc
  void actor_line(std::string_view line, bool indented);
  void close_actor();
  std::vector<DatedCode> dated_codes(std::string_view line);
  void agent_line(std::string_view line);
  void add_agent(std::string_view words, const AgentEntry& like, bool whole);

  Dictionary& to_;
  std::string file_;
  size_t first_block_, first_verb_;  // what earlier files left
  uint32_t line_ = 0;
  bool headers_ = true, stems_ = false;
  Code block_code_;
  std::vector<Phrase>* set_ = nullptr;
  std::vector<std::pair<uint32_t, std::pair<uint32_t, std::string>>> pending_;
  std::vector<std::vector<Word>> names_;
  std::vector<DatedCode> actor_codes_;
  entities::WordSets agent_sets_;
};

}  // namespace readout::events::petrarch
