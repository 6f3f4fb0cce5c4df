// Line by line; the state between lines is the actor that "+SYNONYM" and indented "[CODE dates]"
// lines belong to.
#include "entities/petrarch.h"

#include <algorithm>
#include <set>

#include "core/utf8.h"
#include "entities/actor_reader.h"

namespace readout::entities {
namespace {

std::string_view trim(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t' || s.front() == '\r')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t' || s.back() == '\r')) s.remove_suffix(1);
  return s;
}

/// Files of the nineties are Latin-1: bytes that are not UTF-8 are taken for it.
std::string to_utf8(std::string_view text) {
  if (utf8::find_invalid(text) == std::string_view::npos) return std::string(text);
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const auto length = static_cast<size_t>(utf8::length(lead));
    const std::string_view one = text.substr(i, length);
    if (lead < 0x80 || (length > 1 && one.size() == length && utf8::find_invalid(one) == std::string_view::npos)) {
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
  for (const char c : trim(raw)) words.push_back(c == '_' || c == '\t' ? ' ' : c);
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

/// "030101" or "20030101" -> "2003-01-01"; empty if it is no date.
std::string iso_date(std::string_view digits) {
  if (digits.find_first_not_of("0123456789") != std::string_view::npos) return {};
  std::string year;
  if (digits.size() == 6) {
    year = (digits.substr(0, 2) >= "30" ? "19" : "20") + std::string(digits.substr(0, 2));
    digits.remove_prefix(2);
  } else if (digits.size() == 8) {
    year = digits.substr(0, 4);
    digits.remove_prefix(4);
  } else {
    return {};
  }
  const std::string month(digits.substr(0, 2)), day(digits.substr(2, 2));
  if (month < "01" || month > "12" || day < "01" || day > "31") return {};
  return year + "-" + month + "-" + day;
}

struct Code {
  std::string code, from, until;
};

/// The bracketed codes of a line; a problem's words in `bad` if one can't be read.
std::vector<Code> codes_in(std::string_view line, std::string& bad) {
  std::vector<Code> codes;
  while (true) {
    const size_t open = line.find('[');
    if (open == std::string_view::npos) break;
    const size_t close = line.find(']', open);
    if (close == std::string_view::npos) {
      bad = "a bracket is not closed";
      break;
    }
    std::string inside(trim(line.substr(open + 1, close - open - 1)));
    line.remove_prefix(close + 1);
    size_t end = 0;
    while (end < inside.size() && inside[end] != ' ' && inside[end] != '<' && inside[end] != '>' && inside[end] != '\t') ++end;
    Code code;
    code.code = inside.substr(0, end);
    std::string rest;
    for (const char c : inside.substr(end)) {
      if (c != ' ' && c != '\t') rest.push_back(c);
    }
    if (code.code.empty()) {
      bad = "a bracket without a code";
      continue;
    }
    if (!rest.empty()) {
      if (rest[0] == '<' || rest[0] == '>') {
        const std::string date = iso_date(std::string_view(rest).substr(1));
        if (date.empty()) {
          bad = "\"" + rest + "\" is not a date (want <YYMMDD or >YYMMDD)";
          continue;
        }
        (rest[0] == '<' ? code.until : code.from) = date;
      } else {
        const size_t dash = rest.find('-');
        code.from = iso_date(std::string_view(rest).substr(0, dash));
        if (dash != std::string::npos) code.until = iso_date(std::string_view(rest).substr(dash + 1));
        if (code.from.empty() || (dash != std::string::npos && code.until.empty())) {
          bad = "\"" + rest + "\" is not a date restriction (want YYMMDD-YYMMDD)";
          continue;
        }
      }
      if (!code.from.empty() && !code.until.empty() && code.from > code.until) {
        bad = "the restriction \"" + rest + "\" ends before it begins";
        continue;
      }
    }
    codes.push_back(std::move(code));
  }
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
    std::string issue;
    for (size_t at = 0; at < text.size();) {
      const size_t end = std::min(text.find('\n', at), text.size());
      std::string_view line = std::string_view(text).substr(at, end - at);
      at = end + 1;
      ++number_;
      // Comments: "# ..." to the end of the line, "<!-- ... -->" over lines.
      std::string kept;
      while (!line.empty()) {
        if (comment) {
          const size_t stop = line.find("-->");
          if (stop == std::string_view::npos) break;
          comment = false;
          line.remove_prefix(stop + 3);
          continue;
        }
        const size_t start = line.find("<!--");
        // OEDA's files mark comments with ';'.
        const size_t hash = kind == PetrarchKind::Issues ? std::string_view::npos : std::min(line.find('#'), line.find(';'));
        if (hash != std::string_view::npos && (start == std::string_view::npos || hash < start) && kind != PetrarchKind::Issues) {
          // A '#' inside of brackets belongs to the code.
          const size_t open = line.rfind('[', hash), shut = open == std::string_view::npos ? open : line.find(']', open);
          if (open != std::string_view::npos && (shut == std::string_view::npos || shut > hash) && shut != std::string_view::npos) {
            kept += line.substr(0, shut + 1);
            line.remove_prefix(shut + 1);
            continue;
          }
          kept += line.substr(0, hash);
          break;
        }
        if (start == std::string_view::npos) {
          kept += line;
          break;
        }
        kept += line.substr(0, start);
        line.remove_prefix(start + 4);
        comment = true;
      }
      const bool indented = !kept.empty() && (kept[0] == '\t' || kept[0] == ' ');
      const std::string_view rest = trim(kept);
      if (rest.empty()) continue;
      switch (kind) {
        case PetrarchKind::Actors: actor_line(rest, indented); break;
        case PetrarchKind::Agents: agent_line(rest); break;
        case PetrarchKind::Discards: discard_line(rest); break;
        case PetrarchKind::Issues: issue_line(rest); break;
        case PetrarchKind::Other: break;
      }
    }
    close();
  }

  void finish() {
    const auto table = [&](const std::string& path, std::string_view about, std::string_view columns, const std::set<std::string>& rows) {
      if (rows.empty()) return;
      std::string text = "#: about    " + std::string(about) + "\n#: source   dictionaries of PETRARCH or TABARI, imported\n#: columns  " + std::string(columns) + "\n";
      for (const std::string& row : rows) text += row + "\n";
      out_.tables[path] = std::move(text);
    };
    table("entities/groups.tsv", "actors of imported dictionaries; a row a dated code", "id\ttype\tname\taliases\tweak\tcountry\tsectors\tfrom\tuntil", groups_);
    table("entities/agents.tsv", "role nouns of imported dictionaries", "noun\tplural\tsectors\tstrength", agents_);
    table("entities/discards.tsv", "phrases that make a sentence or a whole story be left out", "phrase\tlevel", discards_);
    table("entities/issues.tsv", "phrases and the issue that they speak of", "phrase\tissue", issues_);
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
    std::string_view words = trim(line.substr(0, open));
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
      out_.problems.push_back(file_ + ":" + std::to_string(begun_) + ": \"" + names_[0] + "\" has no code");
    }
    bool dated = false;
    for (const Code& code : codes_) dated = dated || !code.from.empty() || !code.until.empty();
    std::string aliases;
    for (size_t n = 1; n < names_.size(); ++n) aliases += (n > 1 ? ";" : "") + names_[n];
    for (const Code& code : codes_) {
      std::string_view c = code.code;
      if (c == "---" || c.empty()) continue;
      std::string upper;
      for (const char ch : c) upper.push_back(ch >= 'a' && ch <= 'z' ? static_cast<char>(ch - 32) : ch);
      const bool international = upper.starts_with("IGO") || upper.starts_with("NGO") || upper.starts_with("NGM") || upper.starts_with("MNC") || upper.starts_with("IMG") ||
                                 upper.starts_with("INT");
      const std::string tail = slug(names_[0]);
      const auto has = [&](std::string_view sector) {
        for (size_t i = 3; i + 3 <= upper.size(); i += 3) {
          if (std::string_view(upper).substr(i, 3) == sector) return true;
        }
        return false;
      };
      std::string id, type;
      if (upper.size() == 3 && !international) {
        id = "state:" + upper;
        type = "state";
      } else if (dated) {
        id = "person:" + tail;
        type = "person";
      } else if (upper.starts_with("NGO")) {
        id = "ngo:" + tail;
        type = "ngo";
      } else if (upper.starts_with("MNC") || has("MNC")) {
        id = "company:" + tail;
        type = "company";
      } else if (international && !upper.starts_with("IMG")) {
        id = "org:" + tail;
        type = "igo";
      } else {
        id = "group:" + tail;
        type = upper.starts_with("IMG") || has("REB") || has("SEP") || has("UAF") ? "armed_group" : "civil";
      }
      if (tail.empty()) continue;
      const std::string country = international ? "" : "state:" + upper.substr(0, 3);
      groups_.insert(id + "\t" + type + "\t" + names_[0] + "\t" + aliases + "\t\t" + country + "\t" + sectors_of(upper, !international) + "\t" + code.from + "\t" + code.until);
    }
    out_.names += names_.size();
    names_.clear();
    codes_.clear();
  }

  void agent_line(std::string_view line) {
    // "!PERSON! = MAN, MEN": a set that entries are spread over.
    if (line.front() == '!' && line.find('=') != std::string_view::npos && line.find('[') == std::string_view::npos) {
      const size_t end = line.find('!', 1);
      if (end == std::string_view::npos) {
        problem("a set's name is not closed");
        return;
      }
      std::vector<std::string>& set = sets_[std::string(line.substr(0, end + 1))];
      std::string_view list = line.substr(line.find('=') + 1);
      while (!list.empty()) {
        const size_t comma = std::min(list.find(','), list.size());
        if (const std::string_view item = trim(list.substr(0, comma)); !item.empty()) set.emplace_back(item);
        list.remove_prefix(std::min(comma + 1, list.size()));
      }
      return;
    }
    const size_t open = line.find('[');
    const size_t close = open == std::string_view::npos ? open : line.find(']', open);
    if (open == std::string_view::npos || close == std::string_view::npos) {
      problem("an agent without a code in brackets");
      return;
    }
    std::string_view code = trim(line.substr(open + 1, close - open - 1));
    bool tilde = false;
    if (!code.empty() && code.front() == '~') {
      tilde = true;
      code.remove_prefix(1);
    } else if (!code.empty() && code.back() == '~') {
      tilde = true;
      code.remove_suffix(1);
    }
    if (!tilde || code.empty()) {
      problem("\"" + std::string(line.substr(open, close - open + 1)) + "\" is no agent's code (want [~CODE])");
      return;
    }
    std::string_view noun = trim(line.substr(0, open)), plural;
    if (const size_t brace = noun.find('{'); brace != std::string_view::npos) {
      const size_t end = noun.find('}', brace);
      if (end == std::string_view::npos) {
        problem("a brace is not closed");
        return;
      }
      plural = trim(noun.substr(brace + 1, end - brace - 1));
      noun = trim(noun.substr(0, brace));
    } else {
      plural = "+S";
    }
    std::vector<std::string> nouns = {std::string(noun)};
    for (const auto& [name, members] : sets_) {
      std::vector<std::string> spread;
      for (const std::string& n : nouns) {
        const size_t at = n.find(name);
        if (at == std::string::npos) {
          spread.push_back(n);
          continue;
        }
        for (const std::string& member : members) spread.push_back(n.substr(0, at) + member + n.substr(at + name.size()));
        plural = {};
      }
      nouns = std::move(spread);
    }
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
    for (const char c : trim(line.substr(0, open))) words.push_back(c == '+' ? ' ' : c);
    for (const std::string_view mark : {"n:", "v:", "a:"}) {
      for (size_t at = words.find(mark); at != std::string::npos; at = words.find(mark)) words.erase(at, mark.size());
    }
    words = utf8::lower(std::string(trim(words)));
    const std::string issue(trim(line.substr(open + 1, close - open - 1)));
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
  std::map<std::string, std::vector<std::string>> sets_;
  std::set<std::string> groups_, agents_, discards_, issues_;
};

}  // namespace

PetrarchKind petrarch_kind(std::string_view file, std::string_view text) {
  const std::string name = utf8::lower(file.substr(file.rfind('/') == std::string_view::npos ? 0 : file.rfind('/') + 1));
  if (name.find("verb") != std::string::npos || name.find("preposition") != std::string::npos || name.find("option") != std::string::npos ||
      name.find("license") != std::string::npos || name.find("cameo") == 0) {
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
