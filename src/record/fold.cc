#include "record/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "core/utf8.h"

namespace readout::record {
namespace {

std::string_view plain_letter(char32_t c) {
  switch (c) {
    case 0x259: return "a";                  // ə, as the English forms of names write it
    case 0x131: return "i";                  // ı
    case 0xF8: return "o";                   // ø
    case 0x142: return "l";                  // ł
    case 0x111: case 0xF0: return "d";       // đ ð
    case 0xDF: return "ss";                  // ß
    case 0xE6: return "ae";                  // æ
    case 0x153: return "oe";                 // œ
    case 0xFE: return "th";                  // þ
    case 0x127: return "h";                  // ħ
    case 0x14B: return "n";                  // ŋ
    case 0x167: return "t";                  // ŧ
    case 0x2BB: case 0x2BC: case 0x2018: case 0x2019: return "'";
    default: return {};
  }
}

bool is_mark(char32_t c) { return c >= 0x300 && c <= 0x36F; }

}  // namespace

std::string fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  static const icu::Normalizer2* nfd = [] {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFDInstance(status);
  }();
  for (size_t i = 0; i < text.size();) {
    const char32_t c = utf8::next(text, i);
    if (c < 0x80) {
      out.push_back(static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c));
      continue;
    }
    if (is_mark(c)) continue;
    const char32_t low = utf8::to_lower(c);
    if (const std::string_view plain = plain_letter(low); !plain.empty()) {
      out += plain;
      continue;
    }
    icu::UnicodeString parts;
    if (nfd != nullptr && nfd->getDecomposition(static_cast<UChar32>(low), parts)) {
      const UChar32 base = parts.char32At(0);
      // Latin and Cyrillic lose their accents (й stays: it is a letter of its own).
      if (low == 0x439) {
        utf8::append(out, low);
        continue;
      }
      char32_t folded = utf8::to_lower(static_cast<char32_t>(base));
      if (const std::string_view plain = plain_letter(folded); !plain.empty()) {
        out += plain;
      } else if (base >= 0xAC00 || (base >= 0x1100 && base <= 0x11FF)) {
        utf8::append(out, low);  // Hangul syllables stay whole
      } else {
        utf8::append(out, folded);
      }
      continue;
    }
    utf8::append(out, low);
  }
  return out;
}

std::vector<std::pair<std::pair<uint32_t, uint32_t>, std::string>> folded_words(std::string_view text) {
  std::vector<std::pair<std::pair<uint32_t, uint32_t>, std::string>> words;
  size_t begin = std::string_view::npos;
  const auto close = [&](size_t end) {
    if (begin == std::string_view::npos) return;
    words.push_back({{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}, fold(text.substr(begin, end - begin))});
    begin = std::string_view::npos;
  };
  for (size_t i = 0; i < text.size();) {
    const size_t at = i;
    const char32_t c = utf8::next(text, i);
    if (utf8::is_letter(c) || utf8::is_digit(c)) {
      if (begin == std::string_view::npos) begin = at;
    } else {
      close(at);
    }
  }
  close(text.size());
  return words;
}

std::string fts_query(std::string_view query, std::vector<std::string>& words) {
  // Tokens: words with an optional '*', quoted phrases, brackets, operators. Operators are only kept
  // between operands, so the expression is always well formed.
  struct Token {
    enum Kind { Operand, Operator, Open, Close } kind;
    std::string text;
  };
  std::vector<Token> tokens;
  const auto phrase = [&](std::string_view text, bool prefix) {
    std::string out;
    const auto parts = folded_words(text);
    for (const auto& [range, word] : parts) {
      out += (out.empty() ? "" : " ") + word;
      words.push_back(word);
    }
    if (out.empty()) return std::string();
    if (prefix) words.back() += '*';
    return "\"" + out + "\"" + (prefix ? "*" : "");
  };
  size_t i = 0;
  while (i < query.size()) {
    const char c = query[i];
    if (c == '"') {
      const size_t end = std::min(query.find('"', i + 1), query.size());
      const bool prefix = end + 1 < query.size() && query[end + 1] == '*';
      if (std::string p = phrase(query.substr(i + 1, end - i - 1), prefix); !p.empty()) tokens.push_back({Token::Operand, p});
      i = end + 1 + (prefix ? 1 : 0);
    } else if (c == '(') {
      tokens.push_back({Token::Open, "("});
      ++i;
    } else if (c == ')') {
      tokens.push_back({Token::Close, ")"});
      ++i;
    } else if (query.substr(i).starts_with("NEAR(")) {
      const size_t close = query.find(')', i);
      std::string_view inside = query.substr(i + 5, (close == std::string_view::npos ? query.size() : close) - i - 5);
      std::string distance = "10";
      if (const size_t comma = inside.rfind(','); comma != std::string_view::npos) {
        distance.clear();
        for (const char d : inside.substr(comma + 1)) {
          if (d >= '0' && d <= '9' && distance.size() < 4) distance.push_back(d);
        }
        if (distance.empty()) distance = "10";
        inside = inside.substr(0, comma);
      }
      std::string operands;
      for (const auto& [range, word] : folded_words(inside)) {
        operands += (operands.empty() ? "\"" : " \"") + word + "\"";
        words.push_back(word);
      }
      if (!operands.empty()) tokens.push_back({Token::Operand, "NEAR(" + operands + ", " + distance + ")"});
      i = close == std::string_view::npos ? query.size() : close + 1;
    } else if (c == ' ' || c == '\t' || c == '\n' || c == ',' || c == ';') {
      ++i;
    } else {
      size_t end = i;
      while (end < query.size() && query[end] != ' ' && query[end] != '\t' && query[end] != '\n' && query[end] != '"' &&
             query[end] != '(' && query[end] != ')') {
        ++end;
      }
      std::string_view word = query.substr(i, end - i);
      i = end;
      if (word == "AND" || word == "OR" || word == "NOT") {
        tokens.push_back({Token::Operator, std::string(word)});
        continue;
      }
      const bool prefix = word.ends_with('*');
      if (std::string p = phrase(word, prefix); !p.empty()) tokens.push_back({Token::Operand, p});
    }
  }
  std::string out;
  int depth = 0;
  bool operand = false;        // the last thing written can be the left side of an operator
  std::string pending;         // operator waiting for its right side
  const auto join = [&] {
    if (operand) out += pending.empty() ? " AND " : " " + pending + " ";
    pending.clear();
    operand = false;
  };
  std::vector<size_t> opened;
  for (const Token& token : tokens) {
    switch (token.kind) {
      case Token::Operand:
        join();
        out += token.text;
        operand = true;
        break;
      case Token::Operator:
        if (operand) pending = token.text;
        break;
      case Token::Open:
        join();
        opened.push_back(out.size());
        out += "(";
        ++depth;
        break;
      case Token::Close:
        if (depth > 0 && operand) {
          out += ")";
          opened.pop_back();
          --depth;
          pending.clear();
        }
        break;
    }
  }
  if (!operand) {
    // Ends with an open bracket or an operator's left side only: cut back to the last operand.
    while (!opened.empty() && !operand) {
      out.resize(opened.back());
      opened.pop_back();
      --depth;
      // Drop a trailing operator.
      for (const std::string_view op : {" AND ", " OR ", " NOT "}) {
        if (out.ends_with(op)) out.resize(out.size() - op.size());
      }
      operand = !out.empty() && out.back() != '(';
    }
  }
  out.append(static_cast<size_t>(std::max(depth, 0)), ')');
  return operand ? out : std::string();
}

}  // namespace readout::record
