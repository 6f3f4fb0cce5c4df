// The main loop looks at one character class at a time. Letters go through a tight loop; if what
// follows cannot continue a word, the word is done. Otherwise `careful` decides: addresses first,
// then marks inside words (stop, comma, colon, slash, ampersand, apostrophe, hyphen), each by its
// own rule.
#include "text/tokenizer.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "core/check.h"
#include "core/embedded.h"
#include "core/limits.h"
#include "core/tsv.h"
#include "text/address.h"
#include "text/characters.h"

namespace readout::text {
namespace {

using C = CharClass;

// Classes of abbreviations, as bits: a form may have several.
constexpr uint32_t kTitle = 1, kNumber = 2, kMonth = 4, kMid = 8;

// How far ahead an address or a chunk is looked for; longer ones are not addresses.
constexpr uint32_t kLookahead = 512;
// How often an address is looked for in one chunk: keeps chunks of nothing but marks linear.
constexpr int kMostTries = 8;

bool ascii_letter(char c) {
  const C k = ascii_class(c);
  return k == C::Lower || k == C::Upper;
}
bool ascii_upper(char c) { return ascii_class(c) == C::Upper; }
bool ascii_digit(char c) { return ascii_class(c) == C::Digit; }
char to_lower(char c) { return ascii_upper(c) ? static_cast<char>(c + 32) : c; }

uint32_t abbreviation_class(std::string_view name) {
  if (name == "title") return kTitle;
  if (name == "number") return kNumber;
  if (name == "month") return kMonth;
  if (name == "mid") return kMid;
  return 0;
}

/// Lower-cased ASCII copy in a fixed buffer; empty if it does not fit or is not ASCII.
class LowerCase {
 public:
  explicit LowerCase(std::string_view word) {
    if (word.size() > buffer_.size()) return;
    for (const char c : word) {
      if (static_cast<unsigned char>(c) >= 0x80) {
        size_ = 0;
        return;
      }
      buffer_[size_++] = to_lower(c);
    }
  }
  std::string_view view() const { return {buffer_.data(), size_}; }

 private:
  std::array<char, 24> buffer_{};
  size_t size_ = 0;
};

/// "2nd", "1990s", "21ST".
bool ordinal_or_decade(std::string_view letters) {
  if (letters.size() == 1) return to_lower(letters[0]) == 's';
  if (letters.size() != 2) return false;
  const char a = to_lower(letters[0]), b = to_lower(letters[1]);
  return (a == 's' && b == 't') || (a == 'n' && b == 'd') || (a == 'r' && b == 'd') ||
         (a == 't' && b == 'h');
}

/// Length of the apostrophe at `i`: ASCII ' and `, the typographic ones, or 0.
uint32_t apostrophe_at(std::string_view text, uint32_t i, uint32_t end) {
  if (i >= end) return 0;
  const char c = text[i];
  if (c == '\'' || c == '`') return 1;
  const auto byte = [&](uint32_t k) { return static_cast<unsigned char>(text[i + k]); };
  if (i + 3 <= end && byte(0) == 0xE2 && byte(1) == 0x80 && (byte(2) == 0x98 || byte(2) == 0x99))
    return 3;
  if (i + 2 <= end && byte(0) == 0xCA && (byte(1) == 0xBC || byte(1) == 0xBB)) return 2;
  return 0;
}

bool clitic(std::string_view letters) {
  if (letters.size() == 1) {
    const char c = to_lower(letters[0]);
    return c == 's' || c == 'd' || c == 'm';
  }
  if (letters.size() != 2) return false;
  const char a = to_lower(letters[0]), b = to_lower(letters[1]);
  return (a == 'r' && b == 'e') || (a == 'v' && b == 'e') || (a == 'l' && b == 'l');
}

}  // namespace

Tokenizer::Tokenizer() {
  for_each_row(embedded("text/abbreviations.tsv"),
               [&](const TsvRow& row) { abbreviations_.add(row[0], abbreviation_class(row[1])); });
  for_each_row(embedded("text/hyphen_prefixes.tsv"),
               [&](const TsvRow& row) { prefixes_.add(row[0], 1); });
  for_each_row(embedded("text/units.tsv"), [&](const TsvRow& row) { units_.add(row[0], 1); });
  for_each_row(embedded("text/emoticons.tsv"),
               [&](const TsvRow& row) { emoticons_.add(row[0], 1); });
  for_each_row(embedded("text/starters.tsv"), [&](const TsvRow& row) { starters_.add(row[0], 1); });
  for_each_row(embedded("text/domains.tsv"), [&](const TsvRow& row) { domains_.add(row[0], 1); });
  clitic_parts_.emplace_back();  // 0 means absent
  for_each_row(embedded("text/clitics.tsv"), [&](const TsvRow& row) {
    std::vector<uint8_t> parts;
    std::string_view rest = row[1];
    while (!rest.empty()) {
      const size_t blank = std::min(rest.find(' '), rest.size());
      parts.push_back(static_cast<uint8_t>(blank));
      rest.remove_prefix(std::min(blank + 1, rest.size()));
    }
    clitics_.add(row[0], static_cast<uint32_t>(clitic_parts_.size()));
    if (ascii_letter(row[0][0]) && row[0].size() < 32) {
      clitic_shapes_[static_cast<size_t>(row[0][0] - 'a')] |= 1U << row[0].size();
    }
    clitic_parts_.push_back(std::move(parts));
  });
}

/// The state of one call of `words`.
class Tokenizer::Run {
 public:
  Run(const Tokenizer& lists, std::string_view text, Span span, Words& out)
      : lists_(lists), text_(text), begin_(span.begin), end_(span.end), out_(out) {}

  void all() {
    uint32_t i = begin_;
    while (i < end_) {
      const C c = ascii_class(text_[i]);
      switch (c) {
        case C::Space:
          ++i;
          break;
        case C::Lower:
        case C::Upper:
          i = letters(i);
          break;
        case C::Digit:
          i = careful(i);
          break;
        case C::High: {
          size_t next = i;
          const C high = class_of(utf8::next(text_.substr(0, end_), next));
          if (high == C::Space) {
            i = static_cast<uint32_t>(next);
          } else if (is_word(high)) {
            i = careful(i);
          } else {
            i = mark(i, static_cast<uint32_t>(next), high);
          }
          break;
        }
        default:
          i = mark(i, i + 1, c);
          break;
      }
    }
  }

 private:
  // ---- output

  void emit(uint32_t begin, uint32_t end, WordKind kind, uint8_t flags) {
    if (end - begin > limits::kTokenBytes) {
      emit_cut(begin, end, kind, flags);
      return;
    }
    out_.span.push_back({begin, end});
    out_.kind.push_back(kind);
    out_.flags.push_back(flags);
  }

  // A token over the limit is parted at character boundaries; the pieces count as words of one
  // token.
  void emit_cut(uint32_t begin, uint32_t end, WordKind kind, uint8_t flags) {
    out_.cut.push_back({begin, end});
    const uint8_t last = flags & TokenFlags::kSpaceAfter;
    flags = static_cast<uint8_t>(flags & ~TokenFlags::kSpaceAfter);
    while (begin < end) {
      uint32_t to = std::min(end, begin + limits::kTokenBytes);
      while (to < end && to > begin + 1 && !utf8::is_boundary(text_, to)) --to;
      out_.span.push_back({begin, to});
      out_.kind.push_back(kind);
      out_.flags.push_back(static_cast<uint8_t>(flags | (to == end ? last : 0)));
      flags |= TokenFlags::kContinuesToken;
      begin = to;
    }
  }

  bool space_at(uint32_t i) const {
    if (i >= text_.size()) return false;
    const C c = ascii_class(text_[i]);
    return c == C::Space || (c == C::High && class_behind(text_, i) == C::Space);
  }

  uint8_t word_flags(uint32_t begin, uint32_t end) const {
    uint8_t flags = space_at(end) ? TokenFlags::kSpaceAfter : 0;
    const C first = class_behind(text_, begin);
    if (first == C::Lower) flags |= TokenFlags::kAlpha;
    if (first == C::Upper) flags |= TokenFlags::kAlpha | TokenFlags::kUpper;
    for (uint32_t i = begin; i < end; ++i) {
      if (ascii_digit(text_[i])) {
        flags |= TokenFlags::kDigit;
        break;
      }
    }
    return flags;
  }

  // ---- words

  uint32_t letters(uint32_t begin) {
    uint32_t i = begin + 1;
    while (i < end_ && ascii_letter(text_[i])) ++i;
    const C behind = i < end_ ? ascii_class(text_[i]) : C::Space;
    switch (behind) {
      case C::Space:
      case C::Comma:
      case C::Semicolon:
      case C::Strong:
      case C::Close:
      case C::Quote:
        break;
      default:
        return careful(begin);
    }
    const uint32_t n = i - begin;
    uint8_t flags = TokenFlags::kAlpha;
    if (ascii_upper(text_[begin])) flags |= TokenFlags::kUpper;
    if (behind == C::Space && i < text_.size()) flags |= TokenFlags::kSpaceAfter;
    if (n < 32 && ((lists_.clitic_shapes_[static_cast<size_t>(to_lower(text_[begin]) - 'a')] >> n) &
                   1U) != 0) {
      const LowerCase lower(text_.substr(begin, n));
      if (const uint32_t parts = lists_.clitics_.find(lower.view()); parts != 0) {
        emit_parts(begin, parts, flags);
        return i;
      }
    }
    emit(begin, i, WordKind::Word, flags);
    return i;
  }

  void emit_parts(uint32_t begin, uint32_t id, uint8_t flags) {
    const auto& parts = lists_.clitic_parts_[id];
    const uint8_t space = flags & TokenFlags::kSpaceAfter;
    flags = static_cast<uint8_t>(flags & ~TokenFlags::kSpaceAfter);
    for (size_t k = 0; k < parts.size(); ++k) {
      const bool last = k + 1 == parts.size();
      emit(begin, begin + parts[k], WordKind::Word,
           static_cast<uint8_t>(flags | (last ? space : 0)));
      begin += parts[k];
      flags = static_cast<uint8_t>((flags & ~TokenFlags::kUpper) | TokenFlags::kContinuesToken);
    }
  }

  /// End of the characters without white space from `i`, at most kLookahead on.
  uint32_t chunk_end(uint32_t i) const {
    const uint32_t stop = std::min(end_, i + kLookahead);
    while (i < stop) {
      size_t next = 0;
      if (class_at(text_.substr(0, end_), i, next) == C::Space) break;
      i = static_cast<uint32_t>(next);
    }
    return std::min(i, end_);
  }

  bool word_at(uint32_t i) const {
    return i < end_ && is_word(class_behind(text_.substr(0, end_), i));
  }
  bool letter_at(uint32_t i) const {
    if (i >= end_) return false;
    const C c = class_behind(text_.substr(0, end_), i);
    return c == C::Lower || c == C::Upper;
  }
  bool digit_at(uint32_t i) const { return i < end_ && ascii_digit(text_[i]); }

  /// Digits from `i` on.
  uint32_t digits_from(uint32_t i) const {
    uint32_t n = 0;
    while (digit_at(i + n)) ++n;
    return n;
  }

  /// "555-1234", "1-800-555-1234", "11-20-2000", "12345-6789": numbers whose hyphens do not part
  /// them. `piece` is where the digits before the hyphen at `i` begin.
  bool hyphen_in_number(uint32_t token, uint32_t piece, uint32_t i) const {
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

  uint32_t careful(uint32_t begin) {
    // Only a chunk that holds one of these can be an address.
    {
      const uint32_t stop = std::min(end_, begin + kLookahead);
      for (uint32_t k = begin; k < stop; ++k) {
        const char c = text_[k];
        const C cls = ascii_class(c);
        if (cls == C::Space) break;
        if (c == '@' ||
            (c == '.' && k + 1 < end_ && is_word(ascii_class(text_[k + 1])) &&
             !ascii_digit(text_[k + 1])) ||
            (c == ':' && k + 1 < end_ && (text_[k + 1] == '/' || to_lower(text_[begin]) == 'm'))) {
          if (begin >= tried_until_) {
            tried_until_ = chunk_end(begin);
            tries_ = 0;
          }
          if (++tries_ > kMostTries) break;
          if (const uint32_t to =
                  find_address(text_.substr(0, end_), begin, chunk_end(begin), lists_.domains_);
              to != 0) {
            emit(begin, to, WordKind::Word, word_flags(begin, to));
            return to;
          }
          break;
        }
      }
    }
    uint32_t i = begin;
    uint32_t piece = begin;  // behind the last inner mark
    bool numeric = true;     // only digits and their separators so far
    bool apostrophe = false;
    bool dotted = false;  // "U.S", "e.g"
    while (i < end_) {
      const C c = ascii_class(text_[i]);
      if (c == C::Digit) {
        ++i;
        continue;
      }
      if (c == C::Lower || c == C::Upper) {
        if (numeric && i > begin) {
          // Letters on a number: "2nd", "1990s" stay; units part; "9A", "3D" stay.
          uint32_t to = i;
          while (to < end_ && ascii_letter(text_[to])) ++to;
          const std::string_view run = text_.substr(i, to - i);
          if (!ordinal_or_decade(run) && lists_.units_.has(run)) break;
        }
        numeric = false;
        ++i;
        continue;
      }
      if (c == C::High) {
        size_t next = i;
        const C high = class_of(utf8::next(text_.substr(0, end_), next));
        if (is_word(high)) {
          if (high != C::Digit) numeric = false;
          i = static_cast<uint32_t>(next);
          continue;
        }
        if (high == C::Apostrophe && letter_at(static_cast<uint32_t>(next))) {
          apostrophe = true;
          numeric = false;
          i = piece = static_cast<uint32_t>(next);
          continue;
        }
        if (high == C::Hyphen && !numeric && joins_hyphen(piece, i) &&
            word_at(static_cast<uint32_t>(next))) {
          i = piece = static_cast<uint32_t>(next);
          continue;
        }
        break;
      }
      if (c == C::Apostrophe) {
        if (!letter_at(i + 1)) break;
        apostrophe = true;
        numeric = false;
        i = piece = i + 1;
        continue;
      }
      if (c == C::Stop) {
        if (!word_at(i + 1)) break;
        if (numeric && digit_at(i + 1)) {
          piece = ++i;
          continue;
        }
        // Letters on both sides: short pieces are abbreviations ("U.S", "Ph.D"); else a file name
        // or a missing blank.
        const uint32_t left = i - piece;
        const bool next_upper = class_behind(text_.substr(0, end_), i + 1) == C::Upper;
        if (left <= 2 || (dotted && left <= 3)) {
          dotted = true;
        } else if (next_upper || static_cast<unsigned char>(text_[i + 1]) >= 0x80) {
          break;
        }
        numeric = false;
        piece = ++i;
        continue;
      }
      if (c == C::Comma) {
        if (!numeric || digits_from(i + 1) != 3) break;
        piece = ++i;
        continue;
      }
      if (c == C::Colon) {
        if (!numeric || !digit_at(i + 1)) break;
        piece = ++i;
        continue;
      }
      if (c == C::Hyphen) {
        if (!word_at(i + 1)) {
          if (cut_off(begin, i)) ++i;
          break;
        }
        const bool digits = numeric && digit_at(i + 1);
        const bool join =
            digits ? hyphen_in_number(begin, piece, i) : !numeric && joins_hyphen(piece, i);
        if (!join) break;
        piece = ++i;
        continue;
      }
      if (text_[i] == '/') {
        if (numeric && digit_at(i + 1)) {
          piece = ++i;
          continue;
        }
        // "w/o", "s/he", "I/C": a single letter before it, one or two behind.
        if (i - begin != 1 || !letter_at(i + 1)) break;
        uint32_t to = i + 1;
        while (to < end_ && ascii_letter(text_[to])) ++to;
        if (to - i > 4 || to - i < 2 || (to - i > 2 && text_[begin] != 'w' && text_[begin] != 's'))
          break;
        i = to;
        continue;
      }
      if (text_[i] == '&') {
        if (i + 1 >= end_ || !ascii_letter(text_[i + 1]) || !short_capitals(begin, i)) break;
        piece = ++i;
        continue;
      }
      if (text_[i] == '_') {
        numeric = false;
        piece = ++i;
        continue;
      }
      if (c == C::Currency && i - begin <= 3 && i > begin && ascii_upper(text_[begin]) &&
          digit_at(i + 1))
        ++i;  // US$
      break;
    }
    // The loop may end right behind an inner mark only if that mark was taken on purpose.
    if (i == begin) {
      size_t next = i;
      utf8::next(text_.substr(0, end_), next);
      i = static_cast<uint32_t>(next);
    }
    const WordKind plain = numeric ? WordKind::Number : WordKind::Word;
    const bool ellipsis = i + 2 < end_ && text_[i + 1] == '.' && text_[i + 2] == '.';
    if (i < end_ && text_[i] == '.' && !word_at(i + 1) && !ellipsis) {
      if (const WordKind kind = with_stop(begin, i, dotted); kind != WordKind::Word) {
        emit(begin, i + 1, kind, word_flags(begin, i + 1));
        return i + 1;
      }
    }
    if (apostrophe) {
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

  bool short_capitals(uint32_t begin, uint32_t i) const {
    if (i - begin > 3 || i == begin) return false;
    const uint32_t to_letter = i + 1;
    uint32_t to = to_letter;
    while (to < end_ && ascii_letter(text_[to])) ++to;
    return to - to_letter <= 2;
  }

  /// A word broken off by its speaker: "th- the". Short, in small letters, blank behind.
  bool cut_off(uint32_t begin, uint32_t i) const {
    if (!(i + 1 < text_.size() && ascii_class(text_[i + 1]) == C::Space)) return false;
    if (i - begin > 2 || i == begin) return false;
    for (uint32_t k = begin; k < i; ++k) {
      if (!ascii_letter(text_[k])) return false;
    }
    return !lists_.prefixes_.has(LowerCase(text_.substr(begin, i - begin)).view());
  }

  bool joins_hyphen(uint32_t piece, uint32_t i) const {
    return lists_.prefixes_.has(LowerCase(text_.substr(piece, i - piece)).view());
  }

  /// First offset behind white space from `i`; end_ if none.
  uint32_t skip_space(uint32_t i) const {
    while (i < end_) {
      size_t next = 0;
      if (class_at(text_.substr(0, end_), i, next) != C::Space) break;
      i = static_cast<uint32_t>(next);
    }
    return std::min(i, end_);
  }

  /// Does the stop at `i` belong to the word [begin, i)? Word: no.
  WordKind with_stop(uint32_t begin, uint32_t i, bool dotted) const {
    const std::string_view word = text_.substr(begin, i - begin);
    const uint32_t next = skip_space(i + 1);
    const C behind = next < end_ ? class_behind(text_.substr(0, end_), next) : C::Space;
    const bool at_end = next >= end_;
    if (dotted) {
      // "p.m." closes its sentence with the same stop; at the end of a block the stop is the
      // sentence's.
      return at_end && !ascii_upper(word.back()) ? WordKind::Word : WordKind::AbbreviationStop;
    }
    const uint32_t classes = lists_.abbreviations_.find(word);
    if (word.size() == 1 && ascii_upper(word[0])) {
      if (word == "I" || at_end) return WordKind::Word;
      if (behind == C::Upper || behind == C::High) {
        // "because of X. So I may": no surname, a sentence begins.
        uint32_t to = next;
        while (to < end_ && ascii_letter(text_[to])) ++to;
        const bool starter = lists_.starters_.has(text_.substr(next, to - next));
        return starter ? WordKind::Word : WordKind::Initial;
      }
      if ((classes & (kNumber | kTitle)) != 0 && behind == C::Digit) return WordKind::NumberStop;
      return behind == C::Comma || behind == C::Close ? WordKind::Initial : WordKind::Word;
    }
    if (word.size() <= 2 && static_cast<unsigned char>(word[0]) >= 0x80 &&
        class_behind(word, 0) == C::Upper && behind == C::Upper) {
      return WordKind::Initial;  // "Ş. Mammadov"
    }
    if (classes == 0) return WordKind::Word;
    if ((classes & kTitle) != 0 &&
        (behind == C::Upper || behind == C::Open || behind == C::Quote)) {
      return WordKind::TitleStop;
    }
    if ((classes & kNumber) != 0 &&
        (behind == C::Digit || text_[std::min(next, end_ - 1)] == '#')) {
      return WordKind::NumberStop;
    }
    if ((classes & kNumber) != 0 && ascii_upper(word[0]) && behind == C::Upper && roman_at(next)) {
      return WordKind::NumberStop;
    }
    if ((classes & kMonth) != 0) return at_end ? WordKind::AbbreviationStop : WordKind::NumberStop;
    if ((classes & kMid) != 0) {
      if (ascii_upper(word[0]))
        return at_end && word.size() > 4 ? WordKind::Word : WordKind::AbbreviationStop;
      if (at_end || behind == C::Upper || behind == C::Quote || behind == C::Close)
        return WordKind::Word;
      return WordKind::AbbreviationStop;
    }
    if ((classes & kTitle) != 0 && !at_end && behind != C::Lower) return WordKind::AbbreviationStop;
    return WordKind::Word;
  }

  bool roman_at(uint32_t i) const {
    uint32_t n = 0;
    while (i + n < end_ && n < 6 && std::strchr("IVXLC", text_[i + n]) != nullptr &&
           text_[i + n] != 0)
      ++n;
    return n > 0 && !word_at(i + n);
  }

  /// Cuts "'s", "n't", "'ve" ... from the end of [begin, end) and emits the parts.
  void emit_clitics(uint32_t begin, uint32_t end, WordKind kind) {
    std::array<uint32_t, 4> cuts{};
    size_t n = 0;
    uint32_t to = end;
    while (n < cuts.size()) {
      // The last apostrophe of [begin, to) and the letters behind it.
      uint32_t at = to;
      uint32_t mark = 0;
      for (uint32_t k = to; k-- > begin && to - k <= 6;) {
        if (const uint32_t length = apostrophe_at(text_, k, to); length != 0) {
          at = k;
          mark = length;
          break;
        }
      }
      if (mark == 0 || at <= begin) break;
      const std::string_view tail = text_.substr(at + mark, to - at - mark);
      if (tail.size() == 1 && to_lower(tail[0]) == 't' && at > begin + 1 &&
          to_lower(text_[at - 1]) == 'n') {
        cuts[n++] = at - 1;
        to = at - 1;
        continue;
      }
      if (!clitic(tail)) break;
      // "1930's" is a decade; "2008's" is a possessive.
      if (ascii_digit(text_[at - 1]) && text_[at - 1] == '0' && to_lower(tail[0]) == 's') break;
      cuts[n++] = at;
      to = at;
    }
    if (n == 0) {
      if (const uint32_t parts = lists_.clitics_.find(
              LowerCase(text_.substr(begin, std::min<uint32_t>(end - begin, 32))).view());
          parts != 0 && end - begin <= 8) {
        emit_parts(begin, parts, word_flags(begin, end));
        return;
      }
      emit(begin, end, kind, word_flags(begin, end));
      return;
    }
    uint32_t from = begin;
    uint8_t continues = 0;
    for (size_t k = n; k-- > 0;) {
      emit(from, cuts[k], WordKind::Word,
           static_cast<uint8_t>(word_flags(from, cuts[k]) | continues));
      from = cuts[k];
      continues = TokenFlags::kContinuesToken;
    }
    emit(from, end, WordKind::Word, static_cast<uint8_t>(word_flags(from, end) | continues));
  }

  /// The apostrophe of "parents'" belongs to its word unless a quotation is open.
  uint32_t possessive_stop(uint32_t begin, uint32_t i) {
    const uint32_t length = apostrophe_at(text_, i, end_);
    if (length == 0 || single_open_ || i == begin || word_at(i + length)) return i;
    const char last = to_lower(text_[i - 1]);
    if (last != 's' && last != 'z' && last != 'x') return i;
    if (text_[i] == '`' || (length == 3 && text_[i + 2] == '\x98')) return i;
    if (length == 1 && i + 1 < end_ && text_[i + 1] == '\'') return i;
    emit(i, i + length, WordKind::Other,
         static_cast<uint8_t>(TokenFlags::kContinuesToken |
                              (space_at(i + length) ? TokenFlags::kSpaceAfter : 0)));
    return i + length;
  }

  // ---- marks

  uint32_t mark(uint32_t i, uint32_t next, C c) {
    const bool before_blank = i == begin_ || class_before(text_, i) == C::Space;
    WordKind kind = WordKind::Other;
    switch (c) {
      case C::Stop:
        while (next < end_ && (text_[next] == '.' || ascii_class(text_[next]) == C::Strong)) ++next;
        if (next == i + 1 && before_blank && word_at(next)) return dot_word(i);
        kind = next - i == 1 ? WordKind::Stop : WordKind::Ellipsis;
        if (next - i > 1 && ascii_class(text_[next - 1]) == C::Strong) kind = WordKind::Strong;
        break;
      case C::Strong:
        while (next < end_ && ascii_class(text_[next]) == C::Strong) ++next;
        kind = WordKind::Strong;
        break;
      case C::Ellipsis:
        if (next < end_ && text_[next] == '.' && !word_at(next + 1)) ++next;
        kind = WordKind::Ellipsis;
        break;
      case C::Comma:
        kind = WordKind::Comma;
        break;
      case C::Colon:
      case C::Semicolon:
        if (const uint32_t to = emoticon(i); to != 0) {
          next = to;
          break;
        }
        kind = c == C::Colon ? WordKind::Colon : WordKind::Semicolon;
        break;
      case C::Hyphen:
        next = repeat(i, next);
        kind = WordKind::Dash;
        break;
      case C::Dash:
        kind = WordKind::Dash;
        break;
      case C::Open:
        if (text_[i] == '(' || text_[i] == '[') {
          if (const uint32_t to = emoticon(i); to != 0) {
            next = to;
            break;
          }
          if (text_.substr(i, 5) == "[...]" && i + 5 <= end_) {
            next = i + 5;
            break;
          }
        }
        kind = WordKind::Open;
        break;
      case C::Close:
        kind = WordKind::Close;
        break;
      case C::Quote:
        kind = WordKind::Quote;
        break;
      case C::Apostrophe:
        return apostrophe(i, next, before_blank);
      default:
        switch (text_[i]) {
          case '#':
          case '@':
            if (letter_at(next)) return tag(i);
            break;
          case '+':
            if (before_blank && digit_at(next)) {
              next += digits_from(next);
            } else {
              next = repeat(i, next);
            }
            break;
          case '<':
          case '>':
          case '^':
            if (const uint32_t to = emoticon(i); to != 0) {
              next = to;
            } else {
              next = repeat(i, next);
            }
            break;
          case '=':
          case '_':
          case '*':
          case '~':
          case '|':
          case '\\':
            if (const uint32_t to = text_[i] == '=' ? emoticon(i) : 0; to != 0) {
              next = to;
            } else {
              next = repeat(i, next);
            }
            break;
          default:
            break;
        }
        break;
    }
    emit(i, next, kind, space_at(next) ? TokenFlags::kSpaceAfter : uint8_t{0});
    return next;
  }

  /// End of the run of the character at [i, next), whatever its length in bytes.
  uint32_t repeat(uint32_t i, uint32_t next) const {
    const uint32_t size = next - i;
    while (next + size <= end_ && text_.substr(next, size) == text_.substr(i, size)) next += size;
    return next;
  }

  /// End of the face at `i` if a blank, the end or a stop is behind it; else 0.
  uint32_t emoticon(uint32_t i) const {
    for (uint32_t n = 3; n >= 2; --n) {
      if (i + n > end_) continue;
      if (!lists_.emoticons_.has(text_.substr(i, n))) continue;
      const C behind = i + n < end_ ? class_behind(text_.substr(0, end_), i + n) : C::Space;
      if (is_word(behind)) continue;
      if (text_[i] == '(' && !(i == begin_ || class_before(text_, i) == C::Space)) continue;
      return i + n;
    }
    return 0;
  }

  uint32_t tag(uint32_t i) {
    uint32_t to = i + 1;
    while (to < end_) {
      size_t next = 0;
      const C c = class_at(text_.substr(0, end_), to, next);
      if (!is_word(c) && text_[to] != '_') break;
      to = static_cast<uint32_t>(next);
    }
    emit(i, to, WordKind::Word, word_flags(i, to));
    return to;
  }

  /// ".doc", ".265"
  uint32_t dot_word(uint32_t i) {
    uint32_t to = i + 1;
    while (to < end_ && is_word(ascii_class(text_[to]))) ++to;
    emit(i, to, WordKind::Word, word_flags(i, to));
    return to;
  }

  uint32_t apostrophe(uint32_t i, uint32_t next, bool before_blank) {
    const uint8_t no_flags = 0;
    if (text_[i] == '\'' || text_[i] == '`') {
      if (next < end_ && text_[next] == text_[i]) {  // '' and ``
        emit(i, next + 1, WordKind::Quote, space_at(next + 1) ? TokenFlags::kSpaceAfter : no_flags);
        return next + 1;
      }
    }
    if (before_blank || single_quote_may_open(i)) {
      // "'s" that stands alone, "'em", "'90s"; else the quotation opens.
      uint32_t to = next;
      while (to < end_ && ascii_letter(text_[to])) ++to;
      if (to > next && to - next <= 5 && text_[i] != '`') {
        const bool single = length_of(i) == 1;
        if (single && before_blank && clitic(text_.substr(next, to - next)) && !word_at(to)) {
          emit(i, to, WordKind::Word, word_flags(i, to));
          return to;
        }
        std::array<char, 8> key{};
        key[0] = '\'';
        for (uint32_t k = next; k < to; ++k) key[k - next + 1] = to_lower(text_[k]);
        uint32_t size = to - next + 1;
        if (to < end_ && text_[to] == '\'' && size < key.size()) {
          key[size] = '\'';
          if (lists_.clitics_.has({key.data(), size + 1})) {  // 'n'
            emit(i, to + 1, WordKind::Word, word_flags(i, to + 1));
            return to + 1;
          }
        }
        if (const uint32_t parts = lists_.clitics_.find({key.data(), size});
            parts != 0 && !word_at(to)) {
          if (lists_.clitic_parts_[parts].size() > 1 && single) {
            emit_parts(i, parts, word_flags(i, to));
          } else {
            emit(i, to, WordKind::Word, word_flags(i, to));
          }
          return to;
        }
      }
      if (digits_from(next) == 2) {
        uint32_t end = next + 2;
        if (end < end_ && text_[end] == 's') ++end;
        if (!word_at(end)) {
          emit(i, end, WordKind::Word, word_flags(i, end));
          return end;
        }
      }
      if (word_at(next) || (next < end_ && !space_at(next))) single_open_ = true;
    } else {
      single_open_ = false;
    }
    emit(i, next, WordKind::SingleQuote, space_at(next) ? TokenFlags::kSpaceAfter : no_flags);
    return next;
  }

  bool single_quote_may_open(uint32_t i) const {
    const C before = class_before(text_, i);
    return before == C::Open || before == C::Quote || before == C::Dash;
  }
  uint32_t length_of(uint32_t i) const {
    return static_cast<uint32_t>(utf8::length(static_cast<unsigned char>(text_[i])));
  }

  const Tokenizer& lists_;
  std::string_view text_;
  uint32_t begin_, end_;
  Words& out_;
  bool single_open_ = false;
  uint32_t tried_until_ = 0;  // end of the chunk in which addresses were looked for, and how often
  int tries_ = 0;
};

void Tokenizer::words(std::string_view text, Span span, Words& out) const {
  READOUT_CHECK(span.end <= text.size());
  Run(*this, text, span, out).all();
}

}  // namespace readout::text
