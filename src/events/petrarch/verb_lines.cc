// Verbs: a header or the verb itself opens a block; "{...}" lists forms, which are regular
// otherwise; "&NAME" opens a set of phrases, whose members are lines with "+"; "-" and "~" begin
// patterns.
#include <algorithm>

#include "events/petrarch/dictionary_reader.h"

namespace readout::events::petrarch {

void Reader::verb_line(std::string_view line) {
  if (line.front() == '<') return;
  if (line.starts_with("---")) {
    header_line(line.substr(3));
    return;
  }
  if (line.front() == '&') {
    std::string name(line.substr(1, line.find_first_of(" \t") == std::string_view::npos
                                        ? line.size()
                                        : line.find_first_of(" \t") - 1));
    while (!name.empty() && name.back() == '_') name.pop_back();
    set_ = &to_.sets_[capitals(name)];
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
    pending_.push_back({static_cast<uint32_t>(to_.blocks_.size() - 1),
                        {line_, std::string(entities::trim_line(line.substr(1)))}});
    return;
  }
  if (line.front() == '{' && to_.verbs_.size() > first_verb_) {
    forms(line, to_.verbs_.back());
    return;
  }
  entry_line(line);
}

// "--- ABANDON [345] ---"
void Reader::header_line(std::string_view line) {
  set_ = nullptr;
  if (line.ends_with("---")) line.remove_suffix(3);
  line = entities::trim_line(line);
  bool coded = false;
  block_code_ = take_code(line, coded);
  open_block(std::string(line));
}

void Reader::open_block(std::string name) {
  VerbBlock block;
  block.name = std::move(name);
  block.file = file_;
  block.line = line_;
  to_.blocks_.push_back(std::move(block));
}

void Reader::set_member(std::string_view line) {
  const std::string_view rest = entities::trim_line(line);
  Phrase phrase;
  phrase.loose = stems_ && rest.find(' ') != std::string_view::npos;
  if (rest.empty()) {
    problem("an empty member of a set");
    return;
  }
  if (rest.find('&') !=
      std::string_view::npos) {  // a set in a set: every member of the inner one in its place
    const size_t from = rest.find('&');
    size_t to = from + 1;
    while (to < rest.size() && rest[to] != ' ' && rest[to] != '_') ++to;
    const auto inner = to_.sets_.find(capitals(rest.substr(from + 1, to - from - 1)));
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
  if (!stems_ && rest.back() != '_' && !last.ends_with("S") &&
      last.find_first_of("0123456789'&") == std::string::npos) {
    Phrase many = phrase;
    many.words.back().text += "S";
    set_->push_back(std::move(many));
  }
  set_->push_back(std::move(phrase));
}

void Reader::add_words(Phrase& phrase, std::string_view text) const {
  for (size_t at = 0; at < text.size();) {
    size_t end = text.find(' ', at);
    if (end == std::string_view::npos) end = text.size();
    const std::string_view piece = text.substr(at, end - at);
    const bool whole = !stems_ || (!piece.empty() && piece.back() == '_');
    const auto words = split_words(piece);
    for (size_t i = 0; i < words.size(); ++i)
      phrase.words.push_back({words[i], !whole && i + 1 == words.size()});
    at = end + 1;
  }
}

void Reader::entry_line(std::string_view line) {
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
  rest = entities::trim_line(rest.substr(0, rest.find('{')));
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
  if (!braces.empty())
    forms(braces, entry);
  else if (!stems_)
    regular_forms(entry);
}

// "KLM_NOP_+RST": the "+" marks the verb; without one it is the first word.
bool Reader::expression(std::string_view text, VerbEntry& entry) const {
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

void Reader::forms(std::string_view braces, const VerbEntry& like) {
  std::string_view list = braces.substr(
      1, braces.find('}') == std::string_view::npos ? braces.size() - 1 : braces.find('}') - 1);
  const VerbEntry base = like;
  for (size_t at = 0; at < list.size();) {
    size_t end = list.find_first_of(" \t", at);
    if (end == std::string_view::npos) end = list.size();
    if (const std::string_view piece = entities::trim_line(list.substr(at, end - at));
        !piece.empty()) {
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

void Reader::regular_forms(const VerbEntry& entry) {
  const std::string base = entry.words[entry.verb].text;
  std::vector<std::string> made;
  const char last = base.back();
  const bool vowel_before = base.size() > 1 && std::string_view("AEIOU").find(
                                                   base[base.size() - 2]) != std::string_view::npos;
  if (last == 'E') {
    made = {base + "S", base + "D", base.substr(0, base.size() - 1) + "ING"};
  } else if (last == 'Y' && !vowel_before) {
    const std::string stem = base.substr(0, base.size() - 1);
    made = {stem + "IES", stem + "IED", base + "ING"};
  } else if (base.ends_with("S") || base.ends_with("X") || base.ends_with("Z") ||
             base.ends_with("SH") || base.ends_with("CH")) {
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

}  // namespace readout::events::petrarch
