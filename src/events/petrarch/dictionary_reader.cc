// The kind of a file decides who reads its lines; comments and codes in brackets are the same in
// all.
#include "events/petrarch/dictionary_reader.h"

#include <algorithm>

#include "core/utf8.h"

namespace readout::events::petrarch {

std::string capitals(std::string_view s) {
  std::string out;
  for (size_t i = 0; i < s.size();) utf8::append(out, utf8::to_upper(utf8::next(s, i)));
  return out;
}

Reader::Kind Reader::kind_of(std::string_view file, std::string_view text) {
  const std::string name = entities::lower_base_name(file);
  const auto named = [&](std::string_view part) { return name.find(part) != std::string::npos; };
  if (named("license") || named("option") || named("preposition") || named("issue"))
    return Kind::Other;
  if (named("verb") || name.starts_with("cameo.2")) return Kind::Verbs;
  if (named("agent")) return Kind::Agents;
  if (named("actor")) return Kind::Actors;
  if (named("discard")) return Kind::Discards;
  if (text.find("\n--- ") != std::string_view::npos) return Kind::Verbs;
  if (text.find("[~") != std::string_view::npos) return Kind::Agents;
  return Kind::Other;
}

bool Reader::read(std::string_view text) {
  const Kind kind = kind_of(file_, text);
  if (kind == Kind::Other) return false;
  // TABARI's verbs have no header lines, and its words are stems.
  if (kind == Kind::Verbs)
    headers_ = text.find("\n--- ") != std::string_view::npos ||
               text.find("\n---\t") != std::string_view::npos;
  stems_ = kind == Kind::Verbs ? !headers_
                               : text.find("_  [") != std::string_view::npos &&
                                     text.find(';') != std::string_view::npos;
  to_.stems_ = to_.stems_ || (kind == Kind::Verbs && stems_);
  bool comment = false;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view raw = text.substr(at, end - at);
    at = end + 1;
    ++line_;
    const std::string kept =
        entities::without_comment(raw, comment, entities::CommentMarks::HashOrTag);
    const bool indented = !kept.empty() && (kept[0] == ' ' || kept[0] == '\t');
    const std::string_view rest = entities::trim_line(kept);
    if (rest.empty()) {
      if (kind == Kind::Verbs && entities::trim_line(raw).empty())
        set_ = nullptr;  // an empty line ends a set of phrases
      continue;
    }
    switch (kind) {
      case Kind::Verbs:
        verb_line(rest);
        break;
      case Kind::Actors:
        actor_line(rest, indented);
        break;
      case Kind::Agents:
        agent_line(rest);
        break;
      case Kind::Discards:
        discard_line(rest);
        break;
      case Kind::Other:
        break;
    }
  }
  close_actor();
  for (auto& [block, pending] : pending_) pattern(block, pending.first, pending.second);
  return true;
}

void Reader::problem(std::string_view what) {
  to_.problems_.push_back(file_ + ":" + std::to_string(line_) + ": " + std::string(what));
}

// The bracketed code of a line, taken off it. "[---]" is no code.
Code Reader::take_code(std::string_view& line, bool& found) {
  Code code;
  found = false;
  const size_t open = line.find('[');
  if (open == std::string_view::npos) return code;
  const size_t close = line.find(']', open);
  if (close == std::string_view::npos) {
    problem("a bracket is not closed");
    line = entities::trim_line(line.substr(0, open));
    return code;
  }
  found = true;
  std::string inside(entities::trim_line(line.substr(open + 1, close - open - 1)));
  line = entities::trim_line(line.substr(0, open));
  if (!inside.empty() && inside.back() == '?') inside.pop_back();
  const size_t colon = inside.find(':');
  code.forward = inside.substr(0, colon);
  if (colon != std::string::npos) code.back = inside.substr(colon + 1);
  for (std::string* one : {&code.forward, &code.back}) {
    if (*one == "---") one->clear();
  }
  return code;
}

void Reader::discard_line(std::string_view line) {
  if (line.front() == '+') line.remove_prefix(1);
  Phrase phrase;
  for (const std::string& word : split_words(entities::trim_line(line.substr(0, line.find('[')))))
    phrase.words.push_back({word, false});
  if (phrase.words.empty())
    problem("an empty phrase");
  else
    to_.discards_.push_back(std::move(phrase));
}

}  // namespace readout::events::petrarch
