#include "events/petrarch/dictionary.h"

#include <algorithm>
#include <set>

#include "core/utf8.h"

namespace readout::events::petrarch {
namespace {

constexpr size_t kStemKey = 3;  // letters of a stem that the index goes by

std::string_view trim(std::string_view s) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!s.empty() && blank(s.front())) s.remove_prefix(1);
  while (!s.empty() && blank(s.back())) s.remove_suffix(1);
  return s;
}

std::string upper(std::string_view s) {
  std::string out;
  for (size_t i = 0; i < s.size();) utf8::append(out, utf8::to_upper(utf8::next(s, i)));
  return out;
}

std::string stem_key(std::string_view word) { return "~" + std::string(word.substr(0, kStemKey)); }

/// "950601" or "19950601" -> 19950601; 0 if it is no date.
uint32_t day_number(std::string_view digits) {
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) return 0;
  if (digits.size() != 6 && digits.size() != 8) return 0;
  uint32_t n = 0;
  for (const char c : digits) n = n * 10 + static_cast<uint32_t>(c - '0');
  if (digits.size() == 6) n += n >= 300000 ? 19000000 : 20000000;
  const uint32_t month = n / 100 % 100, day = n % 100;
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? n : 0;
}

}  // namespace

std::vector<std::string> split_words(std::string_view phrase) {
  std::vector<std::string> out;
  std::string word;
  const auto close = [&] {
    if (word.empty()) return;
    if (word.size() > 3 && word.ends_with("N'T")) {
      out.push_back(word.substr(0, word.size() - 3));
      out.emplace_back("N'T");
    } else if (word.size() > 2 && word.ends_with("'S")) {
      out.push_back(word.substr(0, word.size() - 2));
      out.emplace_back("'S");
    } else {
      out.push_back(word);
    }
    word.clear();
  };
  for (const char c : upper(phrase)) {
    if (c == ' ' || c == '_' || c == '-' || c == '\t') close();
    else word.push_back(c);
  }
  close();
  return out;
}

bool covers(const Word& word, std::string_view text) {
  if (word.stem) return text.starts_with(word.text);
  if (!word.regular || text.size() <= word.text.size()) return text == word.text;
  const bool silent = word.text.ends_with("E");
  const std::string_view trunk = silent ? std::string_view(word.text).substr(0, word.text.size() - 1) : std::string_view(word.text);
  if (!text.starts_with(trunk)) return false;
  const std::string_view ending = text.substr(trunk.size());
  if (silent) return ending == "ES" || ending == "ED" || ending == "ING" || ending == "EN";
  return ending == "S" || ending == "ES" || ending == "ED" || ending == "ING" || ending == "EN";
}

/// One file, line by line.
class Reader {
 public:
  Reader(Dictionary& to, std::string file)
      : to_(to), file_(std::move(file)), first_block_(to.blocks_.size()), first_verb_(to.verbs_.size()) {}

  enum class Kind : uint8_t { Verbs, Actors, Agents, Discards, Other };

  static Kind kind_of(std::string_view file, std::string_view text) {
    const std::string name = utf8::lower(file.substr(file.rfind('/') == std::string_view::npos ? 0 : file.rfind('/') + 1));
    const auto named = [&](std::string_view part) { return name.find(part) != std::string::npos; };
    if (named("license") || named("option") || named("preposition") || named("issue")) return Kind::Other;
    if (named("verb") || name.starts_with("cameo.2")) return Kind::Verbs;
    if (named("agent")) return Kind::Agents;
    if (named("actor")) return Kind::Actors;
    if (named("discard")) return Kind::Discards;
    if (text.find("\n--- ") != std::string_view::npos) return Kind::Verbs;
    if (text.find("[~") != std::string_view::npos) return Kind::Agents;
    return Kind::Other;
  }

  bool read(std::string_view text) {
    const Kind kind = kind_of(file_, text);
    if (kind == Kind::Other) return false;
    // TABARI's verbs have no header lines, and its words are stems.
    if (kind == Kind::Verbs) headers_ = text.find("\n--- ") != std::string_view::npos || text.find("\n---\t") != std::string_view::npos;
    stems_ = kind == Kind::Verbs ? !headers_ : text.find("_  [") != std::string_view::npos && text.find(';') != std::string_view::npos;
    to_.stems_ = to_.stems_ || (kind == Kind::Verbs && stems_);
    bool comment = false;
    for (size_t at = 0; at < text.size();) {
      const size_t end = std::min(text.find('\n', at), text.size());
      std::string_view raw = text.substr(at, end - at);
      at = end + 1;
      ++line_;
      const std::string kept = without_comment(raw, comment);
      const bool indented = !kept.empty() && (kept[0] == ' ' || kept[0] == '\t');
      const std::string_view rest = trim(kept);
      if (rest.empty()) {
        if (kind == Kind::Verbs && trim(raw).empty()) set_ = nullptr;  // an empty line ends a set of phrases
        continue;
      }
      switch (kind) {
        case Kind::Verbs: verb_line(rest); break;
        case Kind::Actors: actor_line(rest, indented); break;
        case Kind::Agents: agent_line(rest); break;
        case Kind::Discards: discard_line(rest); break;
        case Kind::Other: break;
      }
    }
    close_actor();
    for (auto& [block, pending] : pending_) pattern(block, pending.first, pending.second);
    return true;
  }

 private:
  void problem(std::string_view what) { to_.problems_.push_back(file_ + ":" + std::to_string(line_) + ": " + std::string(what)); }

  static std::string without_comment(std::string_view line, bool& comment) {
    std::string kept;
    while (!line.empty()) {
      if (comment) {
        const size_t stop = line.find("-->");
        if (stop == std::string_view::npos) return kept;
        comment = false;
        line.remove_prefix(stop + 3);
        continue;
      }
      size_t mark = line.find_first_of("#;<");
      // inside brackets these are part of the code: "[###]", "[HOB <950601]"
      while (mark != std::string_view::npos) {
        const size_t open = line.rfind('[', mark);
        const size_t shut = open == std::string_view::npos ? open : line.find(']', open);
        if (open == std::string_view::npos || shut == std::string_view::npos || shut < mark) break;
        mark = line.find_first_of("#;<", shut);
      }
      kept += line.substr(0, mark);
      if (mark == std::string_view::npos || line[mark] != '<') return kept;
      if (!line.substr(mark).starts_with("<!--")) return kept;  // other tags, "<ms 16 Mar 2008>"
      comment = true;
      line.remove_prefix(mark + 4);
    }
    return kept;
  }

  /// The bracketed code of a line, taken off it. "[---]" is no code.
  Code take_code(std::string_view& line, bool& found) {
    Code code;
    found = false;
    const size_t open = line.find('[');
    if (open == std::string_view::npos) return code;
    const size_t close = line.find(']', open);
    if (close == std::string_view::npos) {
      problem("a bracket is not closed");
      line = trim(line.substr(0, open));
      return code;
    }
    found = true;
    std::string inside(trim(line.substr(open + 1, close - open - 1)));
    line = trim(line.substr(0, open));
    if (!inside.empty() && inside.back() == '?') inside.pop_back();
    const size_t colon = inside.find(':');
    code.forward = inside.substr(0, colon);
    if (colon != std::string::npos) code.back = inside.substr(colon + 1);
    for (std::string* one : {&code.forward, &code.back}) {
      if (*one == "---") one->clear();
    }
    return code;
  }

  // ---- verbs

  void verb_line(std::string_view line) {
    if (line.front() == '<') return;
    if (line.starts_with("---")) {
      set_ = nullptr;
      std::string_view inside = line.substr(3);
      if (inside.ends_with("---")) inside.remove_suffix(3);
      inside = trim(inside);
      bool coded = false;
      block_code_ = take_code(inside, coded);
      open_block(std::string(inside));
      return;
    }
    if (line.front() == '&') {
      std::string name(line.substr(1, line.find_first_of(" \t") == std::string_view::npos ? line.size() : line.find_first_of(" \t") - 1));
      while (!name.empty() && name.back() == '_') name.pop_back();
      set_ = &to_.sets_[upper(name)];
      return;
    }
    if (set_ != nullptr && line.front() == '+') {
      set_member(line.substr(1));
      return;
    }
    set_ = nullptr;
    if (line.front() == '-' || line.front() == '~') {
      if (to_.blocks_.size() == first_block_) {
        problem("a pattern without a verb before it");
        return;
      }
      // Patterns are read at the end: their sets may be defined further down.
      pending_.push_back({static_cast<uint32_t>(to_.blocks_.size() - 1), {line_, std::string(trim(line.substr(1)))}});
      return;
    }
    if (line.front() == '{' && to_.verbs_.size() > first_verb_) {
      forms(line, to_.verbs_.back());
      return;
    }
    entry_line(line);
  }

  void open_block(std::string name) {
    VerbBlock block;
    block.name = std::move(name);
    block.file = file_;
    block.line = line_;
    to_.blocks_.push_back(std::move(block));
  }

  void set_member(std::string_view line) {
    const std::string_view rest = trim(line);
    Phrase phrase;
    phrase.loose = stems_ && rest.find(' ') != std::string_view::npos;
    if (rest.empty()) {
      problem("an empty member of a set");
      return;
    }
    if (rest.find('&') != std::string_view::npos) {  // a set in a set: every member of the inner one in its place
      const size_t from = rest.find('&');
      size_t to = from + 1;
      while (to < rest.size() && rest[to] != ' ' && rest[to] != '_') ++to;
      const auto inner = to_.sets_.find(upper(rest.substr(from + 1, to - from - 1)));
      if (inner == to_.sets_.end()) {
        problem("a set that is not defined before \"" + std::string(rest) + "\"");
        return;
      }
      const std::vector<Phrase> members = inner->second;
      for (const Phrase& member : members) {
        Phrase whole = phrase;
        add_words(whole, rest.substr(0, from));
        whole.words.insert(whole.words.end(), member.words.begin(), member.words.end());
        add_words(whole, rest.substr(to));
        set_->push_back(std::move(whole));
      }
      return;
    }
    add_words(phrase, rest);
    if (phrase.words.empty()) return;
    // PETRARCH's sets hold singulars; "_" at the end: there is no plural.
    const std::string& last = phrase.words.back().text;
    if (!stems_ && rest.back() != '_' && !last.ends_with("S") && last.find_first_of("0123456789'&") == std::string::npos) {
      Phrase many = phrase;
      many.words.back().text += "S";
      set_->push_back(std::move(many));
    }
    set_->push_back(std::move(phrase));
  }

  void add_words(Phrase& phrase, std::string_view text) const {
    for (size_t at = 0; at < text.size();) {
      size_t end = text.find(' ', at);
      if (end == std::string_view::npos) end = text.size();
      const std::string_view piece = text.substr(at, end - at);
      const bool whole = !stems_ || (!piece.empty() && piece.back() == '_');
      const auto words = split_words(piece);
      for (size_t i = 0; i < words.size(); ++i) phrase.words.push_back({words[i], !whole && i + 1 == words.size()});
      at = end + 1;
    }
  }

  void entry_line(std::string_view line) {
    bool coded = false;
    std::string_view braces;
    if (const size_t open = line.find('{'); open != std::string_view::npos) {
      const size_t close = line.find('}', open);
      if (close == std::string_view::npos) {
        problem("a brace is not closed");
        return;
      }
      braces = line.substr(open, close - open + 1);
    }
    std::string_view rest = line;
    Code code = take_code(rest, coded);
    rest = trim(rest.substr(0, rest.find('{')));
    if (rest.empty()) {
      problem("a code without a verb");
      return;
    }
    if (!headers_) open_block(std::string(rest));
    if (to_.blocks_.size() == first_block_) {
      problem("a verb before the first \"---\" line");
      return;
    }
    VerbEntry entry;
    entry.block = static_cast<uint32_t>(to_.blocks_.size() - 1);
    entry.code = coded ? code : headers_ ? block_code_ : Code{};
    entry.line = line_;
    if (!expression(rest, entry)) {
      problem("no verb in \"" + std::string(rest) + "\"");
      return;
    }
    to_.verbs_.push_back(entry);
    if (!braces.empty()) forms(braces, entry);
    else if (!stems_) regular_forms(entry);
  }

  /// "KLM_NOP_+RST": the "+" marks the verb; without one it is the first word.
  bool expression(std::string_view text, VerbEntry& entry) const {
    entry.words.clear();
    entry.verb = 0;
    bool marked = false;
    const bool exact = !text.empty() && text.back() == '=';  // TABARI: not even with an ending
    if (exact) text.remove_suffix(1);
    const bool whole = !stems_ || exact || (!text.empty() && text.back() == '_');
    const bool regular = stems_ && whole && !exact;
    for (size_t at = 0; at < text.size();) {
      size_t end = text.find_first_of(" _", at);
      if (end == std::string_view::npos) end = text.size();
      std::string_view piece = text.substr(at, end - at);
      if (!piece.empty() && piece.front() == '+') {
        piece.remove_prefix(1);
        if (!marked) entry.verb = static_cast<uint32_t>(entry.words.size());
        marked = true;
      }
      for (const std::string& word : split_words(piece)) entry.words.push_back({word, false});
      at = end + 1;
    }
    if (entry.words.empty()) return false;
    entry.words.back().stem = !whole;
    entry.words.back().regular = regular;
    return entry.verb < entry.words.size();
  }

  void forms(std::string_view braces, const VerbEntry& like) {
    std::string_view list = braces.substr(1, braces.find('}') == std::string_view::npos ? braces.size() - 1 : braces.find('}') - 1);
    const VerbEntry base = like;
    for (size_t at = 0; at < list.size();) {
      size_t end = list.find_first_of(" \t", at);
      if (end == std::string_view::npos) end = list.size();
      if (const std::string_view piece = trim(list.substr(at, end - at)); !piece.empty()) {
        VerbEntry form = base;
        if (expression(piece, form)) {
          if (form.words.size() == 1 && base.words.size() > 1) {  // only the verb is told
            const Word verb = form.words[0];
            form.words = base.words;
            form.verb = base.verb;
            form.words[form.verb] = verb;
          }
          to_.verbs_.push_back(std::move(form));
        }
      }
      at = end + 1;
    }
  }

  void regular_forms(const VerbEntry& entry) {
    const std::string base = entry.words[entry.verb].text;
    std::vector<std::string> made;
    const char last = base.back();
    const bool vowel_before = base.size() > 1 && std::string_view("AEIOU").find(base[base.size() - 2]) != std::string_view::npos;
    if (last == 'E') {
      made = {base + "S", base + "D", base.substr(0, base.size() - 1) + "ING"};
    } else if (last == 'Y' && !vowel_before) {
      const std::string stem = base.substr(0, base.size() - 1);
      made = {stem + "IES", stem + "IED", base + "ING"};
    } else if (base.ends_with("S") || base.ends_with("X") || base.ends_with("Z") || base.ends_with("SH") || base.ends_with("CH")) {
      made = {base + "ES", base + "ED", base + "ING"};
    } else {
      made = {base + "S", base + "ED", base + "ING"};
    }
    for (std::string& form : made) {
      VerbEntry other = entry;
      other.words[other.verb].text = std::move(form);
      to_.verbs_.push_back(std::move(other));
    }
  }

  // ---- patterns

  void pattern(uint32_t block, uint32_t line, const std::string& text) {
    line_ = line;
    std::string_view rest = text;
    bool coded = false;
    Pattern pattern;
    pattern.code = take_code(rest, coded);
    pattern.line = line;
    if (!coded) {
      problem("a pattern without a code");
      return;
    }
    // "+++" and "###" asked TABARI to set a record aside for a person.
    if (pattern.code.forward.find_first_of("+#") != std::string::npos) return;
    std::vector<Item> items;
    std::vector<bool> tight_after;  // "_" behind the item
    size_t verb = std::string::npos;
    bool group = false;
    for (size_t at = 0; at < rest.size();) {
      const char c = rest[at];
      if (c == ' ' || c == '\t') {
        ++at;
        continue;
      }
      if (c == '_') {
        if (!tight_after.empty()) tight_after.back() = true;
        ++at;
        continue;
      }
      if (c == '*') {
        if (verb != std::string::npos) {
          problem("two verbs in \"" + text + "\"");
          return;
        }
        verb = items.size();
        items.push_back({});
        tight_after.push_back(false);
        ++at;
        continue;
      }
      if (c == '{' && rest.find('|', at) != std::string_view::npos && rest.find('|', at) < rest.find('}', at)) {
        const size_t close = rest.find('}', at);
        if (close == std::string_view::npos) {
          problem("a brace is not closed in \"" + text + "\"");
          return;
        }
        Item item;
        std::string_view list = rest.substr(at + 1, close - at - 1);
        while (true) {
          const size_t bar = list.find('|');
          alternative(trim(list.substr(0, bar)), item);
          if (bar == std::string_view::npos) break;
          list.remove_prefix(bar + 1);
        }
        items.push_back(std::move(item));
        tight_after.push_back(false);
        at = close + 1;
        continue;
      }
      if (c == '{' || c == '(') {
        group = true;
        ++at;
        continue;
      }
      if (c == '}' || c == ')') {
        group = false;
        ++at;
        continue;
      }
      size_t end = at;
      while (end < rest.size() && std::string_view(" \t_{}()*|").find(rest[end]) == std::string_view::npos) ++end;
      const std::string_view piece = rest.substr(at, end - at);
      const bool exact = end < rest.size() && rest[end] == '_';
      at = std::max(end, at + 1);
      Item item;
      if (piece == "$") item.kind = Item::Kind::Source;
      else if (piece == "+") item.kind = Item::Kind::Target;
      else if (piece == "^") item.kind = Item::Kind::Skip;
      else if (piece == "%") item.kind = Item::Kind::Compound;
      else if (!piece.empty() && piece.front() == '&') alternative(piece, item);
      else {
        const auto words = split_words(piece);
        Phrase phrase;
        for (size_t i = 0; i < words.size(); ++i) phrase.words.push_back({words[i], stems_ && !exact && i + 1 == words.size()});
        pattern.weight += static_cast<uint32_t>(piece.size());
        if (!phrase.words.empty()) item.options.push_back(std::move(phrase));
      }
      if (item.kind == Item::Kind::Words && item.options.empty()) {
        problem("\"" + std::string(piece) + "\" says nothing in \"" + text + "\"");
        return;
      }
      items.push_back(std::move(item));
      tight_after.push_back(false);
    }
    (void)group;
    if (verb == std::string::npos) {
      problem("no \"*\" in \"" + text + "\"");
      return;
    }
    for (size_t i = verb; i-- > 0;) {
      items[i].tight = tight_after[i];
      pattern.before.push_back(items[i]);
    }
    for (size_t i = verb + 1; i < items.size(); ++i) {
      items[i].tight = tight_after[i - 1];
      pattern.after.push_back(items[i]);
    }
    pattern.weight += static_cast<uint32_t>(items.size());
    to_.blocks_[block].patterns.push_back(std::move(pattern));
    // the longer pattern is tried first, then the order of the file
  }

  void alternative(std::string_view text, Item& item) {
    if (!text.empty() && text.front() == '&') {
      size_t to = 1;
      while (to < text.size() && text[to] != ' ' && text[to] != '_') ++to;
      const std::string name = upper(text.substr(1, to - 1));
      auto set = to_.sets_.find(name);
      if (set == to_.sets_.end() && name.ends_with("S")) set = to_.sets_.find(std::string_view(name).substr(0, name.size() - 1));
      if (set == to_.sets_.end()) {
        problem("the set &" + name + " is not defined");
        return;
      }
      for (const Phrase& member : set->second) {
        Phrase whole = member;
        Phrase tail;
        add_words(tail, text.substr(to));
        whole.words.insert(whole.words.end(), tail.words.begin(), tail.words.end());
        item.options.push_back(std::move(whole));
      }
      return;
    }
    Phrase phrase;
    phrase.loose = text.find(' ') != std::string_view::npos;
    add_words(phrase, text);
    if (!phrase.words.empty()) item.options.push_back(std::move(phrase));
  }

  // ---- actors, agents, discards

  void actor_line(std::string_view line, bool indented) {
    if (line.front() == '<' || line.starts_with("~~")) return;
    const size_t open = line.find('[');
    std::string_view words = trim(line.substr(0, open));
    std::vector<DatedCode> codes = dated_codes(open == std::string_view::npos ? std::string_view() : line.substr(open));
    if (words.empty() || (indented && open == 0)) {
      if (names_.empty()) {
        problem("a code without an actor before it");
        return;
      }
      actor_codes_.insert(actor_codes_.end(), codes.begin(), codes.end());
      return;
    }
    const bool synonym = words.front() == '+';
    if (synonym) words.remove_prefix(1);
    if (!synonym) close_actor();
    if (synonym && names_.empty()) {
      problem("a synonym without an actor before it");
      return;
    }
    Phrase phrase;
    // Names of TABARI are stems unless "_" ends them.
    const bool exact = !words.empty() && words.back() == '=';
    if (exact) words.remove_suffix(1);
    const bool whole = !stems_ || exact || (!words.empty() && words.back() == '_');
    const bool regular = stems_ && whole && !exact;
    for (size_t at = 0; at < words.size();) {
      const size_t end = std::min(words.find_first_of(" _", at), words.size());
      const bool apart = at > 0 && words[at - 1] == ' ';
      bool first = true;
      for (const std::string& word : split_words(words.substr(at, end - at))) {
        phrase.words.push_back({word, false, apart && first && !phrase.words.empty()});
        first = false;
      }
      at = end + 1;
    }
    if (phrase.words.empty()) {
      problem("an actor without a name");
      return;
    }
    phrase.words.back().stem = !whole;
    phrase.words.back().regular = regular;
    names_.push_back(std::move(phrase.words));
    actor_codes_.insert(actor_codes_.end(), codes.begin(), codes.end());
  }

  void close_actor() {
    if (!names_.empty()) {
      if (actor_codes_.empty()) problem("the actor before has no code");
      const auto codes = static_cast<uint32_t>(to_.codes_.size());
      to_.codes_.push_back(actor_codes_);
      for (auto& words : names_) to_.actors_.push_back({std::move(words), codes});
    }
    names_.clear();
    actor_codes_.clear();
  }

  std::vector<DatedCode> dated_codes(std::string_view line) {
    std::vector<DatedCode> codes;
    while (true) {
      const size_t open = line.find('[');
      if (open == std::string_view::npos) return codes;
      const size_t close = line.find(']', open);
      if (close == std::string_view::npos) {
        problem("a bracket is not closed");
        return codes;
      }
      const std::string_view inside = trim(line.substr(open + 1, close - open - 1));
      line.remove_prefix(close + 1);
      size_t end = 0;
      while (end < inside.size() && std::string_view(" \t<>").find(inside[end]) == std::string_view::npos) ++end;
      DatedCode code;
      code.code = upper(inside.substr(0, end));
      std::string rest;
      for (const char c : inside.substr(end)) {
        if (c != ' ' && c != '\t') rest.push_back(c);
      }
      if (code.code.empty()) {
        problem("a bracket without a code");
        continue;
      }
      if (!rest.empty()) {
        const std::string_view view = rest;
        bool right = true;
        if (rest[0] == '<' || rest[0] == '>') {
          const uint32_t day = day_number(view.substr(1));
          right = day != 0;
          (rest[0] == '<' ? code.until : code.from) = day;
        } else {
          const size_t dash = rest.find('-');
          code.from = day_number(view.substr(0, dash));
          code.until = dash == std::string::npos ? 0 : day_number(view.substr(dash + 1));
          right = code.from != 0 && (dash == std::string::npos || code.until != 0);
        }
        if (!right) {
          problem("\"" + rest + "\" is not a date restriction (want <YYMMDD, >YYMMDD or YYMMDD-YYMMDD)");
          continue;
        }
      }
      codes.push_back(std::move(code));
    }
  }

  void agent_line(std::string_view line) {
    if (line.front() == '!' && line.find('=') != std::string_view::npos && line.find('[') == std::string_view::npos) {
      const size_t end = line.find('!', 1);
      if (end == std::string_view::npos) {
        problem("a set's name is not closed");
        return;
      }
      std::vector<std::string>& set = agent_sets_[upper(line.substr(0, end + 1))];
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
    if (close == std::string_view::npos) {
      problem("an agent without a code in brackets");
      return;
    }
    std::string code;
    for (const char c : line.substr(open + 1, close - open - 1)) {
      if (c != ' ' && c != '\t') code.push_back(c);
    }
    const bool before = code.ends_with("~");
    if (!before && !code.starts_with("~")) {
      problem("\"[" + code + "]\" is no agent's code (want [~CODE] or [CODE~])");
      return;
    }
    code = before ? code.substr(0, code.size() - 1) : code.substr(1);
    std::string_view noun = trim(line.substr(0, open)), plural;
    bool regular = true;
    if (const size_t brace = noun.find('{'); brace != std::string_view::npos) {
      plural = trim(noun.substr(brace + 1, std::min(noun.find('}', brace), noun.size()) - brace - 1));
      noun = trim(noun.substr(0, brace));
      regular = false;
    }
    std::vector<std::string> nouns = {upper(noun)};
    for (const auto& [name, members] : agent_sets_) {
      std::vector<std::string> spread;
      for (const std::string& n : nouns) {
        const size_t at = n.find(name);
        if (at == std::string::npos) {
          spread.push_back(n);
          continue;
        }
        regular = false;
        for (const std::string& member : members) spread.push_back(n.substr(0, at) + upper(member) + n.substr(at + name.size()));
      }
      nouns = std::move(spread);
    }
    const bool whole = !stems_ || (!noun.empty() && noun.back() == '_');
    const bool endings = stems_ && whole;
    const auto add = [&](std::string_view words) {
      AgentEntry agent;
      for (const std::string& word : split_words(words)) agent.words.push_back({word, false});
      if (agent.words.empty()) return;
      agent.words.back().stem = !whole;
      agent.words.back().regular = endings;
      agent.code = code;
      agent.before = before;
      to_.agents_.push_back(std::move(agent));
    };
    for (const std::string& n : nouns) {
      add(n);
      if (stems_) continue;
      if (!regular) {
        if (!plural.empty()) add(plural);
        continue;
      }
      std::string many(n);
      while (!many.empty() && many.back() == '_') many.pop_back();
      if (many.ends_with("Y")) add(many.substr(0, many.size() - 1) + "IES");
      else add(many + "S");
    }
  }

  void discard_line(std::string_view line) {
    if (line.front() == '+') line.remove_prefix(1);
    Phrase phrase;
    for (const std::string& word : split_words(trim(line.substr(0, line.find('['))))) phrase.words.push_back({word, false});
    if (phrase.words.empty()) problem("an empty phrase");
    else to_.discards_.push_back(std::move(phrase));
  }

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
  std::map<std::string, std::vector<std::string>> agent_sets_;
};

bool Dictionary::add(const std::string& name, std::string_view text) {
  Reader reader(*this, name);
  if (!reader.read(text)) return false;
  sort();
  return true;
}

void Dictionary::sort() {
  for (VerbBlock& block : blocks_) {
    std::stable_sort(block.patterns.begin(), block.patterns.end(), [](const Pattern& a, const Pattern& b) { return a.weight > b.weight; });
  }
  const auto build = [](ByWord& index, const auto& entries, auto key) {
    index.clear();
    for (uint32_t i = 0; i < entries.size(); ++i) {
      const Word& word = key(entries[i]);
      index[word.stem || word.regular ? stem_key(word.text) : word.text].push_back(i);
    }
    for (auto& [word, list] : index) {
      const auto letters = [&](uint32_t e) {
        size_t n = 0;
        for (const Word& w : entries[e].words) n += w.text.size() + 1;
        return n;
      };
      std::stable_sort(list.begin(), list.end(), [&](uint32_t a, uint32_t b) { return letters(a) > letters(b); });
    }
  };
  build(verb_index_, verbs_, [](const VerbEntry& e) -> const Word& { return e.words[e.verb]; });
  build(actor_index_, actors_, [](const ActorEntry& e) -> const Word& { return e.words.front(); });
  build(agent_index_, agents_, [](const AgentEntry& e) -> const Word& { return e.words.front(); });
}

void Dictionary::candidates(const ByWord& index, std::string_view word, std::vector<uint32_t>& out) {
  out.clear();
  if (const auto it = index.find(std::string(word)); it != index.end()) out = it->second;
  for (size_t letters = std::min(kStemKey, word.size()); letters > 0; --letters) {
    if (const auto it = index.find(stem_key(word.substr(0, letters))); it != index.end()) out.insert(out.end(), it->second.begin(), it->second.end());
  }
}

Counts Dictionary::counts() const {
  Counts counts;
  counts.verbs = verbs_.size();
  for (const VerbBlock& block : blocks_) counts.patterns += block.patterns.size();
  counts.actors = actors_.size();
  counts.agents = agents_.size();
  counts.discards = discards_.size();
  return counts;
}

const DatedCode* Dictionary::code_on(const ActorEntry& actor, uint32_t day) const {
  // A code with dates goes before one without.
  const DatedCode* open = nullptr;
  for (const DatedCode& code : codes_[actor.codes]) {
    if (code.from == 0 && code.until == 0) {
      if (open == nullptr) open = &code;
    } else if (day != 0 && (code.from == 0 || day >= code.from) && (code.until == 0 || day <= code.until)) {
      return &code;
    }
  }
  return open;
}

}  // namespace readout::events::petrarch
