// Line by line; the state between lines is the actor that "+SYNONYM" and indented "[CODE dates]"
// lines belong to.
#include "entities/petrarch.h"

#include <algorithm>
#include <set>

#include "core/utf8.h"
#include "entities/actor_reader.h"
#include "entities/petrarch_lines.h"

namespace readout::entities {
namespace {

/// Files of the nineties are Latin-1: bytes that are not UTF-8 are taken for it.
std::string to_utf8(std::string_view text) {
  if (utf8::find_invalid(text) == std::string_view::npos) return std::string(text);
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const auto length = static_cast<size_t>(utf8::length(lead));
    const std::string_view one = text.substr(i, length);
    if (lead < 0x80 ||
        (length > 1 && one.size() == length && utf8::find_invalid(one) == std::string_view::npos)) {
      out += one;
      i += length;
    } else {
      utf8::append(out, lead);
      ++i;
    }
  }
  return out;
}

/// "GUL_AGHA_SHIRZAI_" -> "Gul Agha Shirzai"; short single words keep their capitals ("PFLP").
std::string phrase(std::string_view raw) {
  std::string words;
  for (const char c : trim_line(raw)) words.push_back(c == '_' || c == '\t' ? ' ' : c);
  std::string out;
  bool space = false;
  for (const char c : words) {
    if (c == ' ') {
      space = !out.empty();
      continue;
    }
    if (space) out.push_back(' ');
    space = false;
    out.push_back(c);
  }
  const bool one = out.find(' ') == std::string::npos;
  if (one && out.size() <= 5) return out;
  std::string cased;
  bool start = true;
  for (size_t i = 0; i < out.size();) {
    const char32_t c = utf8::next(out, i);
    utf8::append(cased, start ? utf8::to_upper(c) : utf8::to_lower(c));
    start = c == ' ' || c == '-' || c == '.' || c == '\'';
  }
  return cased;
}

/// 20030101 -> "2003-01-01"; empty if it is open.
std::string iso_date(uint32_t day) {
  if (day == 0) return {};
  std::string digits = std::to_string(day);
  digits.insert(0, digits.size() < 8 ? 8 - digits.size() : 0, '0');
  return digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6);
}

struct Code {
  std::string code, from, until;
};

/// The bracketed codes of a line; a problem's words in `bad` if one can't be read.
std::vector<Code> codes_in(std::string_view line, std::string& bad) {
  std::vector<Code> codes;
  Bracket bracket;
  Taken taken = Taken::Nothing;
  while ((taken = take_bracket(line, bracket)) == Taken::Bracket) {
    if (bracket.code.empty()) {
      bad = "a bracket without a code";
      continue;
    }
    DayLimits days;
    if (!bracket.limits.empty()) {
      const auto read = read_day_limits(bracket.limits);
      if (!read) {
        const bool single = bracket.limits[0] == '<' || bracket.limits[0] == '>';
        bad = "\"" + bracket.limits +
              (single ? "\" is not a date (want <YYMMDD or >YYMMDD)"
                      : "\" is not a date restriction (want YYMMDD-YYMMDD)");
        continue;
      }
      days = *read;
      if (days.until != 0 && days.from > days.until) {
        bad = "the restriction \"" + bracket.limits + "\" ends before it begins";
        continue;
      }
    }
    codes.push_back({bracket.code, iso_date(days.from), iso_date(days.until)});
  }
  if (taken == Taken::Unclosed) bad = "a bracket is not closed";
  return codes;
}

/// "AFGGOVBUS" -> GOV;BUS (without the leading country).
std::string sectors_of(std::string_view code, bool country) {
  std::string out;
  for (size_t i = country ? 3 : 0; i < code.size(); i += 3) {
    if (!out.empty()) out.push_back(';');
    out += code.substr(i, 3);
  }
  return out;
}

/// What a code says of its actor, in our terms.
struct Named {
  std::string id, type, country, sectors;
};

/// `tail`: the name as an id has it; `dated`: some code of the actor has dates, as those of persons
/// do.
Named named_by(std::string_view code, const std::string& tail, bool dated) {
  std::string upper;
  for (const char c : code) upper.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c);
  const auto begins = [&](std::initializer_list<std::string_view> kinds) {
    return std::any_of(kinds.begin(), kinds.end(),
                       [&](std::string_view kind) { return upper.starts_with(kind); });
  };
  const auto has = [&](std::string_view sector) {
    for (size_t i = 3; i + 3 <= upper.size(); i += 3) {
      if (std::string_view(upper).substr(i, 3) == sector) return true;
    }
    return false;
  };
  const bool international = begins({"IGO", "NGO", "NGM", "MNC", "IMG", "INT"});
  Named named;
  if (upper.size() == 3 && !international) {
    named = {"state:" + upper, "state", {}, {}};
  } else if (dated) {
    named = {"person:" + tail, "person", {}, {}};
  } else if (begins({"NGO"})) {
    named = {"ngo:" + tail, "ngo", {}, {}};
  } else if (begins({"MNC"}) || has("MNC")) {
    named = {"company:" + tail, "company", {}, {}};
  } else if (international && !begins({"IMG"})) {
    named = {"org:" + tail, "igo", {}, {}};
  } else {
    const bool armed = begins({"IMG"}) || has("REB") || has("SEP") || has("UAF");
    named = {"group:" + tail, armed ? "armed_group" : "civil", {}, {}};
  }
  if (!international) named.country = "state:" + upper.substr(0, 3);
  named.sectors = sectors_of(upper, !international);
  return named;
}

class Importer {
 public:
  explicit Importer(PetrarchImport& out) : out_(out) {}

  void file(const PetrarchFile& f) {
    file_ = f.name;
    const std::string text = to_utf8(f.text);
    const PetrarchKind kind = petrarch_kind(f.name, text);
    if (kind == PetrarchKind::Other) return;
    close();
    number_ = 0;
    reported_ = 0;
    bool comment = false;
    for (size_t at = 0; at < text.size();) {
      const size_t end = std::min(text.find('\n', at), text.size());
      const std::string_view line = std::string_view(text).substr(at, end - at);
      at = end + 1;
      ++number_;
      const std::string kept = without_comment(
          line, comment,
          kind == PetrarchKind::Issues ? CommentMarks::TagsOnly : CommentMarks::Hash);
      const bool indented = !kept.empty() && (kept[0] == '\t' || kept[0] == ' ');
      const std::string_view rest = trim_line(kept);
      if (rest.empty()) continue;
      switch (kind) {
        case PetrarchKind::Actors:
          actor_line(rest, indented);
          break;
        case PetrarchKind::Agents:
          agent_line(rest);
          break;
        case PetrarchKind::Discards:
          discard_line(rest);
          break;
        case PetrarchKind::Issues:
          issue_line(rest);
          break;
        case PetrarchKind::Other:
          break;
      }
    }
    close();
  }

  void finish() {
    const auto table = [&](const std::string& path, std::string_view about,
                           std::string_view columns, const std::set<std::string>& rows) {
      if (rows.empty()) return;
      std::string text =
          "#: about    " + std::string(about) +
          "\n#: source   dictionaries of PETRARCH or TABARI, imported\n#: columns  " +
          std::string(columns) + "\n";
      for (const std::string& row : rows) text += row + "\n";
      out_.tables[path] = std::move(text);
    };
    table("entities/groups.tsv", "actors of imported dictionaries; a row a dated code",
          "id\ttype\tname\taliases\tweak\tcountry\tsectors\tfrom\tuntil", groups_);
    table("entities/agents.tsv", "role nouns of imported dictionaries",
          "noun\tplural\tsectors\tstrength", agents_);
    table("entities/discards.tsv", "phrases that make a sentence or a whole story be left out",
          "phrase\tlevel", discards_);
    table("entities/issues.tsv", "phrases and the issue that they speak of", "phrase\tissue",
          issues_);
    out_.actors = groups_.size();
    out_.agents = agents_.size();
    out_.discards = discards_.size();
    out_.issues = issues_.size();
  }

 private:
  void problem(std::string_view what) {
    if (reported_ == number_) return;  // one report a line
    reported_ = number_;
    out_.problems.push_back(file_ + ":" + std::to_string(number_) + ": " + std::string(what));
  }

  void actor_line(std::string_view line, bool indented) {
    std::string bad;
    const std::vector<Code> codes = codes_in(line, bad);
    if (!bad.empty()) problem(bad);
    const size_t open = line.find('[');
    std::string_view words = trim_line(line.substr(0, open));
    if (words.empty() || (indented && open == 0)) {
      if (names_.empty()) {
        if (bad.empty()) problem("a code without an actor before it");
        return;
      }
      codes_.insert(codes_.end(), codes.begin(), codes.end());
      return;
    }
    if (words.front() == '+') {
      words.remove_prefix(1);
      const std::string name = phrase(words);
      if (names_.empty()) {
        problem("a synonym without an actor before it");
      } else if (name.empty()) {
        problem("an empty synonym");
      } else {
        names_.push_back(name);
      }
      codes_.insert(codes_.end(), codes.begin(), codes.end());
      return;
    }
    close();
    const std::string name = phrase(words);
    if (name.empty() || name.find_first_not_of(" -.") == std::string::npos) {
      problem("an actor without a name");
      return;
    }
    names_.push_back(name);
    codes_ = codes;
    begun_ = number_;
  }

  void close() {
    if (names_.empty()) return;
    if (codes_.empty()) {
      out_.problems.push_back(file_ + ":" + std::to_string(begun_) + ": \"" + names_[0] +
                              "\" has no code");
    }
    bool dated = false;
    for (const Code& code : codes_) dated = dated || !code.from.empty() || !code.until.empty();
    std::string aliases;
    for (size_t n = 1; n < names_.size(); ++n) aliases += (n > 1 ? ";" : "") + names_[n];
    for (const Code& code : codes_) {
      if (code.code == "---") continue;
      const std::string tail = slug(names_[0]);
      if (tail.empty()) continue;
      const Named named = named_by(code.code, tail, dated);
      groups_.insert(named.id + "\t" + named.type + "\t" + names_[0] + "\t" + aliases + "\t\t" +
                     named.country + "\t" + named.sectors + "\t" + code.from + "\t" + code.until);
    }
    out_.names += names_.size();
    names_.clear();
    codes_.clear();
  }

  void agent_line(std::string_view line) {
    // "!PERSON! = MAN, MEN": a set that entries are spread over.
    const WordSets::Added added = sets_.add(line);
    if (added == WordSets::Added::Unclosed) problem("a set's name is not closed");
    if (added != WordSets::Added::NoSet) return;
    const size_t open = line.find('[');
    const size_t close = open == std::string_view::npos ? open : line.find(']', open);
    if (open == std::string_view::npos || close == std::string_view::npos) {
      problem("an agent without a code in brackets");
      return;
    }
    std::string_view code = trim_line(line.substr(open + 1, close - open - 1));
    bool tilde = false;
    if (!code.empty() && code.front() == '~') {
      tilde = true;
      code.remove_prefix(1);
    } else if (!code.empty() && code.back() == '~') {
      tilde = true;
      code.remove_suffix(1);
    }
    if (!tilde || code.empty()) {
      problem("\"" + std::string(line.substr(open, close - open + 1)) +
              "\" is no agent's code (want [~CODE])");
      return;
    }
    std::string_view noun = trim_line(line.substr(0, open)), plural;
    if (const size_t brace = noun.find('{'); brace != std::string_view::npos) {
      const size_t end = noun.find('}', brace);
      if (end == std::string_view::npos) {
        problem("a brace is not closed");
        return;
      }
      plural = trim_line(noun.substr(brace + 1, end - brace - 1));
      noun = trim_line(noun.substr(0, brace));
    } else {
      plural = "+S";
    }
    bool spread = false;
    const std::vector<std::string> nouns = sets_.spread(std::string(noun), spread);
    if (spread) plural = {};
    for (const std::string& n : nouns) {
      if (n.find('!') != std::string::npos) {
        problem("a set that no line defines in \"" + n + "\"");
        continue;
      }
      const std::string words = utf8::lower(phrase(n));
      if (words.empty()) {
        problem("an agent without a name");
        continue;
      }
      const std::string many = plural == "+S" ? words + "s" : utf8::lower(phrase(plural));
      agents_.insert(words + "\t" + many + "\t" + sectors_of(code, false) + "\t");
    }
  }

  void discard_line(std::string_view line) {
    const bool story = line.front() == '+';
    if (story) line.remove_prefix(1);
    const std::string words = phrase(line.substr(0, line.find('[')));
    if (words.empty()) {
      problem("an empty phrase");
      return;
    }
    discards_.insert(utf8::lower(words) + "\t" + (story ? "story" : "sentence"));
  }

  void issue_line(std::string_view line) {
    if (line.front() == '#' || line.front() == '<') return;
    if (line.starts_with("~~")) return;  // ends of what has been: TABARI's own notes
    const size_t open = line.find('[');
    const size_t close = open == std::string_view::npos ? open : line.find(']', open);
    if (close == std::string_view::npos) {
      problem("a phrase without an issue in brackets");
      return;
    }
    std::string words;
    for (const char c : trim_line(line.substr(0, open))) words.push_back(c == '+' ? ' ' : c);
    for (const std::string_view mark : {"n:", "v:", "a:"}) {
      for (size_t at = words.find(mark); at != std::string::npos; at = words.find(mark))
        words.erase(at, mark.size());
    }
    words = utf8::lower(std::string(trim_line(words)));
    const std::string issue(trim_line(line.substr(open + 1, close - open - 1)));
    if (words.empty() || issue.empty()) {
      problem("an empty phrase or issue");
      return;
    }
    issues_.insert(words + "\t" + issue);
  }

  PetrarchImport& out_;
  std::string file_;
  size_t number_ = 0, begun_ = 0, reported_ = 0;
  std::vector<std::string> names_;
  std::vector<Code> codes_;
  WordSets sets_;
  std::set<std::string> groups_, agents_, discards_, issues_;
};

}  // namespace

PetrarchKind petrarch_kind(std::string_view file, std::string_view text) {
  const std::string name = lower_base_name(file);
  if (name.find("verb") != std::string::npos || name.find("preposition") != std::string::npos ||
      name.find("option") != std::string::npos || name.find("license") != std::string::npos ||
      name.find("cameo") == 0) {
    return PetrarchKind::Other;
  }
  if (name.find("agent") != std::string::npos) return PetrarchKind::Agents;
  if (name.find("actor") != std::string::npos) return PetrarchKind::Actors;
  if (name.find("discard") != std::string::npos) return PetrarchKind::Discards;
  if (name.find("issue") != std::string::npos) return PetrarchKind::Issues;
  if (text.find("<ISSUE ") != std::string_view::npos) return PetrarchKind::Issues;
  if (text.find("[~") != std::string_view::npos) return PetrarchKind::Agents;
  return PetrarchKind::Other;
}

PetrarchImport import_petrarch(const std::vector<PetrarchFile>& files) {
  PetrarchImport out;
  Importer importer(out);
  for (const PetrarchFile& file : files) importer.file(file);
  importer.finish();
  return out;
}

}  // namespace readout::entities
