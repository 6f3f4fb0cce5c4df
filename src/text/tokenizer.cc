// The main loop looks at one character class at a time. Letters go through a tight loop; if what
// follows cannot continue a word, the word is done. Otherwise the careful path decides
// (token_words.cc).
#include "text/tokenizer.h"

#include <algorithm>

#include "core/check.h"
#include "core/embedded.h"
#include "core/tsv.h"
#include "text/token_run.h"

namespace readout::text {
namespace {

uint32_t abbreviation_class(std::string_view name) {
  if (name == "title") return kTitle;
  if (name == "number") return kNumber;
  if (name == "month") return kMonth;
  if (name == "mid") return kMid;
  return 0;
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

void Tokenizer::Run::all() {
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

uint32_t Tokenizer::Run::letters(uint32_t begin) {
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
  if (n < 32 &&
      ((lists_.clitic_shapes_[static_cast<size_t>(to_lower(text_[begin]) - 'a')] >> n) & 1U) != 0) {
    const LowerCase lower(text_.substr(begin, n));
    if (const uint32_t parts = lists_.clitics_.find(lower.view()); parts != 0) {
      emit_parts(begin, parts, flags);
      return i;
    }
  }
  emit(begin, i, WordKind::Word, flags);
  return i;
}

void Tokenizer::Run::emit_parts(uint32_t begin, uint32_t id, uint8_t flags) {
  const auto& parts = lists_.clitic_parts_[id];
  const uint8_t space = flags & TokenFlags::kSpaceAfter;
  flags = static_cast<uint8_t>(flags & ~TokenFlags::kSpaceAfter);
  for (size_t k = 0; k < parts.size(); ++k) {
    const bool last = k + 1 == parts.size();
    emit(begin, begin + parts[k], WordKind::Word, static_cast<uint8_t>(flags | (last ? space : 0)));
    begin += parts[k];
    flags = static_cast<uint8_t>((flags & ~TokenFlags::kUpper) | TokenFlags::kContinuesToken);
  }
}

// A token over the limit is parted at character boundaries; the pieces count as words of one
// token.
void Tokenizer::Run::emit_cut(uint32_t begin, uint32_t end, WordKind kind, uint8_t flags) {
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

void Tokenizer::words(std::string_view text, Span span, Words& out) const {
  READOUT_CHECK(span.end <= text.size());
  Run(*this, text, span, out).all();
}

}  // namespace readout::text
