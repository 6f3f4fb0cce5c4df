// What the lines of PETRARCH's and TABARI's dictionaries have in common, whatever they are read
// for: comments, codes in brackets with the days on which they hold ("[GOV 950601-960101]"), sets
// of words ("!PERSON! = MAN, MEN").
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace readout::entities {

/// Without the blanks, tabs and returns at its ends.
std::string_view trim_line(std::string_view s);

/// The file's name without its folder, in small letters.
std::string lower_base_name(std::string_view file);

enum class CommentMarks : uint8_t {
  Hash,       // "# ..." and "; ..." to the end of the line
  HashOrTag,  // also "<ms 16 Mar 2008>"
  TagsOnly    // none of these
};

/// `line` without its comments; "<!-- ... -->" may go over lines, `comment` tells whether one is
/// open. Inside brackets the marks are part of the code: "[###]", "[HOB <950601]".
std::string without_comment(std::string_view line, bool& comment, CommentMarks marks);

struct Bracket {
  std::string code;    // as it is written
  std::string limits;  // what stands behind it, without blanks: "<950601", "950601-960101"
};

enum class Taken : uint8_t { Bracket, Unclosed, Nothing };

/// Takes the next "[CODE limits]" off the front of `line`.
Taken take_bracket(std::string_view& line, Bracket& out);

/// Days of a restriction, YYYYMMDD, both inclusive; 0 is open.
struct DayLimits {
  uint32_t from = 0, until = 0;
};

/// "<950601", ">20030101", "950601-960101", "950601"; nothing if it is none of these. Years of two
/// digits from 30 on are of the last century.
std::optional<DayLimits> read_day_limits(std::string_view limits);

/// Named sets of words in lists of agents.
class WordSets {
 public:
  enum class Added : uint8_t { Set, Unclosed, NoSet };

  /// Takes a line "!NAME! = WORD, WORD" in.
  Added add(std::string_view line);
  /// `noun` with every member of every set that it names in its place; sets `used` if it names one.
  std::vector<std::string> spread(std::string noun, bool& used) const;

 private:
  std::map<std::string, std::vector<std::string>> sets_;
};

}  // namespace readout::entities
