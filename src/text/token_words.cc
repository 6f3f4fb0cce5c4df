// Words with marks inside: addresses first, then stop, comma, colon, slash, ampersand, apostrophe
// and hyphen, each by its own rule.
#include "text/address.h"
#include "text/token_run.h"

namespace readout::text {
namespace {

// How far ahead an address or a chunk is looked for; longer ones are not addresses.
constexpr uint32_t kLookahead = 512;
// How often an address is looked for in one chunk: keeps chunks of nothing but marks linear.
constexpr int kMostTries = 8;

/// "2nd", "1990s", "21ST".
bool ordinal_or_decade(std::string_view letters) {
  if (letters.size() == 1) return to_lower(letters[0]) == 's';
  if (letters.size() != 2) return false;
  const char a = to_lower(letters[0]), b = to_lower(letters[1]);
  return (a == 's' && b == 't') || (a == 'n' && b == 'd') || (a == 'r' && b == 'd') ||
         (a == 't' && b == 'h');
}

}  // namespace

uint32_t Tokenizer::Run::careful(uint32_t begin) {
  if (const uint32_t to = address(begin); to != 0) {
    emit_word(begin, to);
    return to;
  }
  Word word;
  word.begin = word.end = word.piece = begin;
  while (word.end < end_) {
    const C c = ascii_class(text_[word.end]);
    if (c == C::Digit) {
      ++word.end;
    } else if (!pass(word, c)) {
      break;
    }
  }
  // An inner mark is passed only if what is behind it belongs to the word too.
  uint32_t i = word.end;
  if (i == begin) {
    size_t next = i;
    utf8::next(text_.substr(0, end_), next);
    i = static_cast<uint32_t>(next);
  }
  const bool ellipsis = i + 2 < end_ && text_[i + 1] == '.' && text_[i + 2] == '.';
  if (i < end_ && text_[i] == '.' && !word_at(i + 1) && !ellipsis) {
    if (const WordKind kind = with_stop(begin, i, word.dotted); kind != WordKind::Word) {
      emit(begin, i + 1, kind, word_flags(begin, i + 1));
      return i + 1;
    }
  }
  const WordKind plain = word.numeric ? WordKind::Number : WordKind::Word;
  if (word.apostrophe) {
    emit_clitics(begin, i, plain);
  } else {
    const LowerCase lower(text_.substr(begin, std::min<uint32_t>(i - begin, 32)));
    const uint32_t parts = i - begin <= 8 ? lists_.clitics_.find(lower.view()) : 0;
    if (parts != 0) {
      emit_parts(begin, parts, word_flags(begin, i));
    } else {
      emit(begin, i, plain, word_flags(begin, i));
    }
  }
  return possessive_stop(begin, i);
}

// The end of the address at `begin`, 0 if there is none. Only a chunk with "@", a stop before a
// letter, or a colon before a slash (any colon, behind "m": "mailto:") can be one.
uint32_t Tokenizer::Run::address(uint32_t begin) {
  const uint32_t stop = std::min(end_, begin + kLookahead);
  for (uint32_t k = begin; k < stop; ++k) {
    const char c = text_[k];
    if (ascii_class(c) == C::Space) return 0;
    if (c != '@' && c != '.' && c != ':') continue;
    if (c != '@') {
      if (k + 1 >= end_) continue;
      const char next = text_[k + 1];
      if (c == '.' && (!is_word(ascii_class(next)) || ascii_digit(next))) continue;
      if (c == ':' && next != '/' && to_lower(text_[begin]) != 'm') continue;
    }
    if (begin >= tried_until_) {
      tried_until_ = chunk_end(begin);
      tries_ = 0;
    }
    if (++tries_ > kMostTries) return 0;
    return find_address(text_.substr(0, end_), begin, chunk_end(begin), lists_.domains_);
  }
  return 0;
}

// End of the characters without white space from `i`, at most kLookahead on.
uint32_t Tokenizer::Run::chunk_end(uint32_t i) const {
  const uint32_t stop = std::min(end_, i + kLookahead);
  while (i < stop) {
    size_t next = 0;
    if (class_at(text_.substr(0, end_), i, next) == C::Space) break;
    i = static_cast<uint32_t>(next);
  }
  return std::min(i, end_);
}

// Takes the character at the end of `word`, of class `c`, if the word goes on there.
bool Tokenizer::Run::pass(Word& word, CharClass c) const {
  const uint32_t i = word.end;
  bool on = false;
  switch (c) {
    case C::Lower:
    case C::Upper:
      return pass_letter(word);
    case C::High:
      return pass_high(word);
    case C::Apostrophe:
      if (!letter_at(i + 1)) return false;
      word.apostrophe = true;
      word.numeric = false;
      on = true;
      break;
    case C::Stop:
      return pass_stop(word);
    case C::Comma:
      on = word.numeric && digits_from(i + 1) == 3;
      break;
    case C::Colon:
      on = word.numeric && digit_at(i + 1);
      break;
    case C::Hyphen:
      return pass_hyphen(word);
    case C::Currency:  // US$
      if (i > word.begin && i - word.begin <= 3 && ascii_upper(text_[word.begin]) &&
          digit_at(i + 1))
        ++word.end;
      return false;
    default:
      if (text_[i] == '/') return pass_slash(word);
      if (text_[i] == '_') {
        word.numeric = false;
        on = true;
      }
      if (text_[i] == '&')
        on = i + 1 < end_ && ascii_letter(text_[i + 1]) && short_capitals(word.begin, i);
      break;
  }
  if (on) word.piece = ++word.end;
  return on;
}

// Letters on a number: "2nd", "1990s" stay; units part; "9A", "3D" stay.
bool Tokenizer::Run::pass_letter(Word& word) const {
  const uint32_t i = word.end;
  if (word.numeric && i > word.begin) {
    uint32_t to = i;
    while (to < end_ && ascii_letter(text_[to])) ++to;
    const std::string_view run = text_.substr(i, to - i);
    if (!ordinal_or_decade(run) && lists_.units_.has(run)) return false;
  }
  word.numeric = false;
  ++word.end;
  return true;
}

// Letters of other alphabets, typographic apostrophes and hyphens.
bool Tokenizer::Run::pass_high(Word& word) const {
  size_t behind = word.end;
  const C c = class_of(utf8::next(text_.substr(0, end_), behind));
  const auto next = static_cast<uint32_t>(behind);
  if (is_word(c)) {
    if (c != C::Digit) word.numeric = false;
    word.end = next;
    return true;
  }
  if (c == C::Apostrophe && letter_at(next)) {
    word.apostrophe = true;
    word.numeric = false;
    word.end = word.piece = next;
    return true;
  }
  if (c == C::Hyphen && !word.numeric && joins_hyphen(word.piece, word.end) && word_at(next)) {
    word.end = word.piece = next;
    return true;
  }
  return false;
}

// "3.5"; letters on both sides: short pieces are abbreviations ("U.S", "Ph.D"); else a file name or
// a missing blank.
bool Tokenizer::Run::pass_stop(Word& word) const {
  const uint32_t i = word.end;
  if (!word_at(i + 1)) return false;
  if (!word.numeric || !digit_at(i + 1)) {
    const uint32_t left = i - word.piece;
    const bool next_upper = class_behind(text_.substr(0, end_), i + 1) == C::Upper;
    if (left <= 2 || (word.dotted && left <= 3)) {
      word.dotted = true;
    } else if (next_upper || static_cast<unsigned char>(text_[i + 1]) >= 0x80) {
      return false;
    }
    word.numeric = false;
  }
  word.piece = ++word.end;
  return true;
}

bool Tokenizer::Run::pass_hyphen(Word& word) const {
  const uint32_t i = word.end;
  if (!word_at(i + 1)) {
    if (cut_off(word.begin, i)) ++word.end;
    return false;
  }
  const bool digits = word.numeric && digit_at(i + 1);
  const bool join = digits ? hyphen_in_number(word.begin, word.piece, i)
                           : !word.numeric && joins_hyphen(word.piece, i);
  if (join) word.piece = ++word.end;
  return join;
}

// "1/2"; "w/o", "s/he", "I/C": a single letter before it, one or two behind.
bool Tokenizer::Run::pass_slash(Word& word) const {
  const uint32_t i = word.end;
  if (word.numeric && digit_at(i + 1)) {
    word.piece = ++word.end;
    return true;
  }
  if (i - word.begin != 1 || !letter_at(i + 1)) return false;
  uint32_t to = i + 1;
  while (to < end_ && ascii_letter(text_[to])) ++to;
  const char first = text_[word.begin];
  if (to - i > 4 || to - i < 2 || (to - i > 2 && first != 'w' && first != 's')) return false;
  word.end = to;
  return true;
}

// "555-1234", "1-800-555-1234", "11-20-2000", "12345-6789": numbers whose hyphens do not part
// them. `piece` is where the digits before the hyphen at `i` begin.
bool Tokenizer::Run::hyphen_in_number(uint32_t token, uint32_t piece, uint32_t i) const {
  const uint32_t left = i - piece;
  const uint32_t right = digits_from(i + 1);
  const uint32_t behind = i + 1 + right;
  const bool another = behind < end_ && text_[behind] == '-' && digit_at(behind + 1);
  const bool later = piece > token;  // not the first hyphen
  if (word_at(behind) && !another) return false;
  if (left == 3 && right == 4) return true;
  if ((left == 3 && right == 3 && another) || (left == 1 && right == 3 && another)) return true;
  if (left == 5 && right == 4) return true;
  if (left <= 2 && right <= 2 && another && left >= 1 && right >= 1) return true;
  if (later && (right == 2 || right == 4)) return true;
  return left == 4 && right == 2 && another;  // 2021-05-10
}

bool Tokenizer::Run::short_capitals(uint32_t begin, uint32_t i) const {
  if (i - begin > 3 || i == begin) return false;
  const uint32_t to_letter = i + 1;
  uint32_t to = to_letter;
  while (to < end_ && ascii_letter(text_[to])) ++to;
  return to - to_letter <= 2;
}

// A word broken off by its speaker: "th- the". Short, in small letters, blank behind.
bool Tokenizer::Run::cut_off(uint32_t begin, uint32_t i) const {
  if (!(i + 1 < text_.size() && ascii_class(text_[i + 1]) == C::Space)) return false;
  if (i - begin > 2 || i == begin) return false;
  for (uint32_t k = begin; k < i; ++k) {
    if (!ascii_letter(text_[k])) return false;
  }
  return !lists_.prefixes_.has(LowerCase(text_.substr(begin, i - begin)).view());
}

bool Tokenizer::Run::joins_hyphen(uint32_t piece, uint32_t i) const {
  return lists_.prefixes_.has(LowerCase(text_.substr(piece, i - piece)).view());
}

}  // namespace readout::text
