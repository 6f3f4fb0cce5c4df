// Apostrophes: clitics that part from their word ("can't", "Peru's"), words that begin with one
// ("'em", "'90s"), the possessive of plurals, and else single quotation marks.
#include "text/token_run.h"

namespace readout::text {
namespace {

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

// Cuts "'s", "n't", "'ve" ... from the end of [begin, end) and emits the parts.
void Tokenizer::Run::emit_clitics(uint32_t begin, uint32_t end, WordKind kind) {
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

// The apostrophe of "parents'" belongs to its word unless a quotation is open.
uint32_t Tokenizer::Run::possessive_stop(uint32_t begin, uint32_t i) {
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

uint32_t Tokenizer::Run::apostrophe(uint32_t i, uint32_t next, bool before_blank) {
  const auto space_behind = [&](uint32_t k) {
    return space_at(k) ? TokenFlags::kSpaceAfter : uint8_t{0};
  };
  const bool doubled =
      (text_[i] == '\'' || text_[i] == '`') && next < end_ && text_[next] == text_[i];
  if (doubled) {  // '' and ``
    emit(i, next + 1, WordKind::Quote, space_behind(next + 1));
    return next + 1;
  }
  if (before_blank || single_quote_may_open(i)) {
    if (const uint32_t to = shortened(i, next, before_blank); to != 0) return to;
    if (word_at(next) || (next < end_ && !space_at(next))) single_open_ = true;
  } else {
    single_open_ = false;
  }
  emit(i, next, WordKind::SingleQuote, space_behind(next));
  return next;
}

// "'s" that stands alone, "'em", "'n'", "'90s": emits it and returns its end; 0 if it is none.
uint32_t Tokenizer::Run::shortened(uint32_t i, uint32_t next, bool before_blank) {
  uint32_t to = next;
  while (to < end_ && ascii_letter(text_[to])) ++to;
  if (to > next && to - next <= 5 && text_[i] != '`') {
    const bool single = utf8::length(static_cast<unsigned char>(text_[i])) == 1;
    if (single && before_blank && clitic(text_.substr(next, to - next)) && !word_at(to)) {
      emit_word(i, to);
      return to;
    }
    std::array<char, 8> key{};
    key[0] = '\'';
    for (uint32_t k = next; k < to; ++k) key[k - next + 1] = to_lower(text_[k]);
    const uint32_t size = to - next + 1;
    if (to < end_ && text_[to] == '\'' && size < key.size()) {
      key[size] = '\'';
      if (lists_.clitics_.has({key.data(), size + 1})) {  // 'n'
        emit_word(i, to + 1);
        return to + 1;
      }
    }
    const uint32_t parts = lists_.clitics_.find({key.data(), size});
    if (parts != 0 && !word_at(to)) {
      if (lists_.clitic_parts_[parts].size() > 1 && single) {
        emit_parts(i, parts, word_flags(i, to));
      } else {
        emit_word(i, to);
      }
      return to;
    }
  }
  if (digits_from(next) == 2) {
    uint32_t end = next + 2;
    if (end < end_ && text_[end] == 's') ++end;
    if (!word_at(end)) {
      emit_word(i, end);
      return end;
    }
  }
  return 0;
}

bool Tokenizer::Run::single_quote_may_open(uint32_t i) const {
  const C before = class_before(text_, i);
  return before == C::Open || before == C::Quote || before == C::Dash;
}

}  // namespace readout::text
