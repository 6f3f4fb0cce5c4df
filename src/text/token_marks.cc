// Everything that is no word: marks, runs of one mark, faces made of marks, "#tags" and "@names".
#include "text/token_run.h"

namespace readout::text {

uint32_t Tokenizer::Run::mark(uint32_t i, uint32_t next, C c) {
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
      if ((text_[i] == '#' || text_[i] == '@') && letter_at(next)) return tag(i);
      next = symbol_end(i, next, before_blank);
      break;
  }
  emit(i, next, kind, space_at(next) ? TokenFlags::kSpaceAfter : uint8_t{0});
  return next;
}

// The end of the symbol at [i, next): "+49", a face, a run of the same ("====").
uint32_t Tokenizer::Run::symbol_end(uint32_t i, uint32_t next, bool before_blank) const {
  switch (text_[i]) {
    case '+':
      return before_blank && digit_at(next) ? next + digits_from(next) : repeat(i, next);
    case '<':
    case '>':
    case '^':
    case '=':
      if (const uint32_t to = emoticon(i); to != 0) return to;
      return repeat(i, next);
    case '_':
    case '*':
    case '~':
    case '|':
    case '\\':
      return repeat(i, next);
    default:
      return next;
  }
}

// End of the run of the character at [i, next), whatever its length in bytes.
uint32_t Tokenizer::Run::repeat(uint32_t i, uint32_t next) const {
  const uint32_t size = next - i;
  while (next + size <= end_ && text_.substr(next, size) == text_.substr(i, size)) next += size;
  return next;
}

// End of the face at `i` if a blank, the end or a stop is behind it; else 0.
uint32_t Tokenizer::Run::emoticon(uint32_t i) const {
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

uint32_t Tokenizer::Run::tag(uint32_t i) {
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

// ".doc", ".265"
uint32_t Tokenizer::Run::dot_word(uint32_t i) {
  uint32_t to = i + 1;
  while (to < end_ && is_word(ascii_class(text_[to]))) ++to;
  emit(i, to, WordKind::Word, word_flags(i, to));
  return to;
}

}  // namespace readout::text
