// Patterns, cut into their pieces from left to right; then what stands before the verb is turned
// round, so that both sides are matched from the verb outwards.
#include <algorithm>

#include "events/petrarch/dictionary_reader.h"

namespace readout::events::petrarch {

void Reader::pattern(uint32_t block, uint32_t line, const std::string& text) {
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
  Pieces pieces;
  if (!read_pieces(rest, text, pieces)) return;
  if (pieces.verb == std::string::npos) {
    problem("no \"*\" in \"" + text + "\"");
    return;
  }
  for (size_t i = pieces.verb; i-- > 0;) {
    pieces.items[i].tight = pieces.tight_after[i];
    pattern.before.push_back(pieces.items[i]);
  }
  for (size_t i = pieces.verb + 1; i < pieces.items.size(); ++i) {
    pieces.items[i].tight = pieces.tight_after[i - 1];
    pattern.after.push_back(pieces.items[i]);
  }
  // the longer pattern is tried first, then the order of the file
  pattern.weight = pieces.letters + static_cast<uint32_t>(pieces.items.size());
  to_.blocks_[block].patterns.push_back(std::move(pattern));
}

// `whole` is the line, for what is reported. False if it cannot be read.
bool Reader::read_pieces(std::string_view text, std::string_view whole, Pieces& pieces) {
  for (size_t at = 0; at < text.size();) {
    const char c = text[at];
    const size_t bar = c == '{' ? text.find('|', at) : std::string_view::npos;
    if (c == '*') {
      if (pieces.verb != std::string::npos) {
        problem("two verbs in \"" + std::string(whole) + "\"");
        return false;
      }
      pieces.verb = pieces.items.size();
      pieces.push({});
      ++at;
    } else if (bar != std::string_view::npos && bar < text.find('}', at)) {
      Item item;
      if (!read_alternatives(text, at, whole, item)) return false;
      pieces.push(std::move(item));
    } else if (std::string_view(" \t_{}()").find(c) != std::string_view::npos) {
      if (c == '_' && !pieces.tight_after.empty()) pieces.tight_after.back() = true;
      ++at;
    } else {
      const size_t end = std::min(text.find_first_of(" \t_{}()*|", at), text.size());
      const bool exact = end < text.size() && text[end] == '_';
      if (!read_piece(text.substr(at, end - at), exact, whole, pieces)) return false;
      at = std::max(end, at + 1);
    }
  }
  return true;
}

// "{ A | B }" at `at`, which is moved behind it.
bool Reader::read_alternatives(std::string_view text, size_t& at, std::string_view whole,
                               Item& item) {
  const size_t close = text.find('}', at);
  if (close == std::string_view::npos) {
    problem("a brace is not closed in \"" + std::string(whole) + "\"");
    return false;
  }
  std::string_view list = text.substr(at + 1, close - at - 1);
  while (true) {
    const size_t bar = list.find('|');
    alternative(entities::trim_line(list.substr(0, bar)), item);
    if (bar == std::string_view::npos) break;
    list.remove_prefix(bar + 1);
  }
  at = close + 1;
  return true;
}

// A sign, a set or words; `exact`: the last word is no stem.
bool Reader::read_piece(std::string_view piece, bool exact, std::string_view whole,
                        Pieces& pieces) {
  Item item;
  if (piece == "$") {
    item.kind = Item::Kind::Source;
  } else if (piece == "+") {
    item.kind = Item::Kind::Target;
  } else if (piece == "^") {
    item.kind = Item::Kind::Skip;
  } else if (piece == "%") {
    item.kind = Item::Kind::Compound;
  } else if (piece.starts_with('&')) {
    alternative(piece, item);
  } else {
    const auto words = split_words(piece);
    Phrase phrase;
    for (size_t i = 0; i < words.size(); ++i) {
      phrase.words.push_back({words[i], stems_ && !exact && i + 1 == words.size()});
    }
    pieces.letters += static_cast<uint32_t>(piece.size());
    if (!phrase.words.empty()) item.options.push_back(std::move(phrase));
  }
  if (item.kind == Item::Kind::Words && item.options.empty()) {
    problem("\"" + std::string(piece) + "\" says nothing in \"" + std::string(whole) + "\"");
    return false;
  }
  pieces.push(std::move(item));
  return true;
}

void Reader::alternative(std::string_view text, Item& item) {
  if (!text.empty() && text.front() == '&') {
    size_t to = 1;
    while (to < text.size() && text[to] != ' ' && text[to] != '_') ++to;
    const std::string name = capitals(text.substr(1, to - 1));
    auto set = to_.sets_.find(name);
    if (set == to_.sets_.end() && name.ends_with("S"))
      set = to_.sets_.find(std::string_view(name).substr(0, name.size() - 1));
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

}  // namespace readout::events::petrarch
