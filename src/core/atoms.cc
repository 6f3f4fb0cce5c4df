// One pass over the bytes of each token. ASCII letters and digits take the short way; anything else
// is decoded. The folded word is kept in a small buffer, so that nothing is allocated per word.
#include "core/atoms.h"

#include <algorithm>
#include <array>

#include "core/hash.h"
#include "core/utf8.h"

namespace readout {
namespace {

constexpr size_t kLongestWord = 64;  // longer words are in no lexicon

enum : uint8_t { kOther = 0, kLetter = 1, kDigitClass = 2, kHigh = 3 };

constexpr std::array<uint8_t, 256> kClass = [] {
  std::array<uint8_t, 256> table{};
  for (int c = 'a'; c <= 'z'; ++c) table[static_cast<size_t>(c)] = kLetter;
  for (int c = 'A'; c <= 'Z'; ++c) table[static_cast<size_t>(c)] = kLetter;
  for (int c = '0'; c <= '9'; ++c) table[static_cast<size_t>(c)] = kDigitClass;
  for (size_t c = 0x80; c < 0x100; ++c) table[c] = kHigh;
  return table;
}();

char32_t plain_mark(char32_t c) {
  switch (c) {
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212: return '-';
    case 0x2018: case 0x2019: case 0x02BC: case '`': return '\'';
    case 0x201C: case 0x201D: case 0x00AB: case 0x00BB: case 0x201E: return '"';
    case 0x2044: return '/';
    default: return c;
  }
}

}  // namespace

Lexicon::Lexicon() : slots_(1024), entries_(1) {}

uint32_t Lexicon::find(std::string_view word) const {
  if (word.empty() || word.size() > longest_) return 0;
  const size_t mask = slots_.size() - 1;
  size_t i = fnv1a(word) & mask;
  while (slots_[i].id != 0) {
    if (slots_[i].word == word) return slots_[i].id;
    i = (i + 1) & mask;
  }
  return 0;
}

void Lexicon::add(std::string_view word, uint8_t cls, int32_t value) {
  uint32_t id = find(word);
  if (id == 0) {
    if (entries_.size() * 3 > slots_.size()) grow();
    id = static_cast<uint32_t>(entries_.size());
    entries_.emplace_back();
    const std::string_view kept = words_.emplace_back(word);
    longest_ = std::max(longest_, kept.size());
    const size_t mask = slots_.size() - 1;
    size_t i = fnv1a(kept) & mask;
    while (slots_[i].id != 0) i = (i + 1) & mask;
    slots_[i] = {kept, id};
  }
  Entry& entry = entries_[id];
  if ((entry.mask >> cls) & 1U) return;
  entry.mask |= uint64_t{1} << cls;
  entry.senses.push_back({cls, value});
}

void Lexicon::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  const size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.id == 0) continue;
    size_t i = fnv1a(slot.word) & mask;
    while (slots_[i].id != 0) i = (i + 1) & mask;
    slots_[i] = slot;
  }
}

int32_t Lexicon::value(uint32_t id, uint8_t cls, int32_t fallback) const {
  for (const Sense& sense : entries_[id].senses) {
    if (sense.cls == cls) return sense.value;
  }
  return fallback;
}

void read_atoms(std::string_view text, const TokenLayer& tokens, uint32_t first, uint32_t last,
                const Lexicon& lexicon, std::vector<Atom>& out) {
  std::array<char, kLongestWord> folded;
  uint32_t previous_end = UINT32_MAX;
  for (uint32_t t = first; t < last; ++t) {
    const Span token = tokens.span[t];
    uint32_t at = token.begin;
    while (at < token.end) {
      const auto byte = static_cast<unsigned char>(text[at]);
      Atom atom;
      atom.token = t;
      atom.span.begin = at;
      atom.glued = at == previous_end;
      uint8_t cls = kClass[byte];
      char32_t character = byte;
      size_t behind = at + 1;
      if (cls == kHigh) {
        behind = at;
        character = utf8::next(text, behind);
        cls = utf8::is_letter(character) ? kLetter : kOther;
      }
      if (cls == kLetter) {
        atom.kind = AtomKind::Word;
        atom.upper = character < 0x80 ? (character & 0x20U) == 0 : utf8::is_upper(character);
        size_t n = 0;
        bool high = false;
        while (at < token.end) {
          const auto c = static_cast<unsigned char>(text[at]);
          if (kClass[c] == kLetter) {
            if (n < kLongestWord) folded[n] = static_cast<char>(c | 0x20U);
            ++n;
            ++at;
          } else if (kClass[c] == kHigh) {
            size_t next = at;
            const char32_t letter = utf8::next(text, next);
            if (!utf8::is_letter(letter) || next > token.end) break;
            high = true;
            n += next - at;
            at = static_cast<uint32_t>(next);
          } else {
            break;
          }
        }
        atom.span.end = at;
        if (n <= kLongestWord) {
          atom.entry = high ? lexicon.find(utf8::lower(text.substr(atom.span.begin, atom.span.size())))
                            : lexicon.find({folded.data(), n});
          atom.mask = lexicon.entry(atom.entry).mask;
        }
      } else if (cls == kDigitClass) {
        atom.kind = AtomKind::Number;
        uint32_t digits = 0;
        while (at < token.end && kClass[static_cast<unsigned char>(text[at])] == kDigitClass) {
          if (digits < 18) atom.number = atom.number * 10 + static_cast<uint64_t>(text[at] - '0');
          ++digits;
          ++at;
        }
        atom.digits = static_cast<uint8_t>(std::min<uint32_t>(digits, 255));
        atom.span.end = at;
      } else {
        atom.mark = plain_mark(character);
        at = static_cast<uint32_t>(std::min<size_t>(behind, token.end));
        atom.span.end = at;
      }
      previous_end = at;
      if (atom.kind == AtomKind::Mark && utf8::is_space(character)) continue;  // inside a token
      out.push_back(atom);
    }
  }
}

}  // namespace readout
