#include "syntax/features.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <bit>

#include "core/utf8.h"

namespace readout::syntax {
namespace {

constexpr uint32_t kSeed = 2166136261U, kPrime = 16777619U;
constexpr size_t kMaxLetters = 256, kGramLetters = 40, kShapeLetters = 12;

uint32_t add(uint32_t hash, unsigned char byte) { return (hash ^ byte) * kPrime; }

uint32_t add(uint32_t hash, std::string_view bytes) {
  for (const char c : bytes) hash = add(hash, static_cast<unsigned char>(c));
  return hash;
}

uint32_t bucket(uint32_t hash, uint32_t buckets) { return hash % (buckets - 1) + 1; }

bool is_alpha(char32_t c) {
  if (c < 0x80) return (c | 0x20U) >= 'a' && (c | 0x20U) <= 'z';
  return u_isalpha(static_cast<UChar32>(c)) != 0;
}

char32_t letter_class(char32_t c) {
  if (c >= '0' && c <= '9') return 'd';
  if (is_alpha(c)) return fold(c) != c ? U'X' : U'x';
  return c;
}

/// The letter pattern with runs cut to `limit`, at most 12 places.
uint32_t shape_hash(std::span<const char32_t> form, unsigned char tag, size_t limit, std::string& buffer) {
  buffer.clear();
  char32_t last = 0;
  size_t run = 0, places = 0;
  for (const char32_t c : form) {
    const char32_t k = letter_class(c);
    run = k == last && places > 0 ? run + 1 : 1;
    last = k;
    if (run > limit) continue;
    if (places++ == kShapeLetters) break;
    utf8::append(buffer, k);
  }
  return bucket(add(add(kSeed, tag), buffer), kShapeBuckets);
}

bool is(const std::vector<char32_t>& word, std::u32string_view text) {
  return std::equal(word.begin(), word.end(), text.begin(), text.end());
}

/// Typographic variants to the marks that the word vectors know.
void make_plain(std::vector<char32_t>& word) {
  const auto set = [&](std::u32string_view text) { word.assign(text.begin(), text.end()); };
  if (word.size() == 1) {
    switch (word[0]) {
      case 0x201C: case 0x201D: return set(U"\"");
      case 0x2013: case 0x2014: return set(U"-");
      case 0x2026: return set(U"...");
      default: break;
    }
  }
  if (is(word, U"``") || is(word, U"''")) return set(U"\"");
  for (char32_t& c : word) {
    if (c == 0x2018 || c == 0x2019) c = '\'';
    if (c == 0x2010 || c == 0x2011) c = '-';
  }
}

}  // namespace

char32_t fold(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  return c == 0x130 ? c : static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}

void pieces(std::string_view form, SpellingScratch& s, Pieces& out) {
  s.form.clear();
  for (size_t i = 0; i < form.size() && s.form.size() < kMaxLetters;) s.form.push_back(utf8::next(form, i));
  s.low.clear();
  s.key.clear();
  for (const char32_t c : s.form) {
    s.low.push_back(fold(c));
    utf8::append(s.key, s.low.back());
  }
  s.plain = s.low;
  make_plain(s.plain);
  s.bytes.clear();
  s.begin.clear();
  for (const char32_t c : s.plain) {
    s.begin.push_back(static_cast<uint32_t>(s.bytes.size()));
    utf8::append(s.bytes, c);
  }
  s.begin.push_back(static_cast<uint32_t>(s.bytes.size()));
  const size_t n = s.plain.size();
  const std::string_view bytes = s.bytes;

  for (size_t k = 1; k <= 4; ++k) {
    out.affix[k - 1] = n >= k ? bucket(add(add(kSeed, 'p'), bytes.substr(0, s.begin[k])), kAffixBuckets) : 0;
  }
  for (size_t k = 1; k <= 5; ++k) {
    out.affix[3 + k] = n >= k ? bucket(add(add(kSeed, 's'), bytes.substr(s.begin[n - k])), kAffixBuckets) : 0;
  }

  std::string& buffer = s.shape;
  out.shape[0] = shape_hash(s.form, 'c', 1, buffer);
  out.shape[1] = shape_hash(s.form, 'f', 3, buffer);
  buffer.clear();
  const size_t length = std::min(s.form.size(), kShapeLetters);
  if (length >= 10) buffer.push_back('1');
  buffer.push_back(static_cast<char>('0' + length % 10));
  if (!s.form.empty()) utf8::append(buffer, letter_class(s.form[0]));
  out.shape[2] = bucket(add(add(kSeed, 'l'), buffer), kShapeBuckets);

  // "<" + at most 40 letters + ">": positions 0 and m + 1 are the marks.
  const size_t m = std::min(n, kGramLetters);
  out.grams = 0;
  for (size_t k = 3; k <= 4; ++k) {
    for (size_t i = 0; i + k <= m + 2 && out.grams < kGramSlots; ++i) {
      uint32_t hash = add(kSeed, 'g');
      if (i == 0) hash = add(hash, '<');
      const size_t from = i == 0 ? 0 : i - 1, to = std::min(i + k - 1, m);
      hash = add(hash, bytes.substr(s.begin[from], s.begin[to] - s.begin[from]));
      if (i + k == m + 2) hash = add(hash, '>');
      out.gram[out.grams++] = bucket(hash, kGramBuckets);
    }
  }
  for (size_t i = out.grams; i < kGramSlots; ++i) out.gram[i] = 0;
}

Result<Lexicon> Lexicon::create(const model::ModelFile& file) {
  Lexicon lexicon;
  auto text = file.text("words.text");
  if (!text) return text.error();
  auto begin = file.array<uint32_t>("words.begin", 0, 1);
  if (!begin) return begin.error();
  auto table = file.array<uint32_t>("words.table", 0, 1);
  if (!table) return table.error();
  lexicon.text_ = *text;
  lexicon.begin_ = *begin;
  lexicon.table_ = *table;
  const auto bad = [&](const char* what) { return Error{Code::BadModel, file.name() + ": " + what}; };
  if (begin->size() < 2 || !std::has_single_bit(table->size())) return bad("the word table is empty or no power of two");
  // Row 0 is the unknown word; word i stands at begin[i - 1] .. begin[i].
  lexicon.count_ = static_cast<uint32_t>(begin->size() - 1);
  if (!std::is_sorted(begin->begin(), begin->end()) || begin->back() > text->size()) return bad("words.begin is out of order");
  size_t used = 0;
  for (const uint32_t slot : *table) {
    if (slot > lexicon.count_) return bad("words.table points past the last word");
    used += slot != 0 ? 1 : 0;
  }
  if (used >= table->size()) return bad("words.table has no free slot");
  return lexicon;
}

uint32_t Lexicon::find(std::string_view low) const {
  const size_t mask = table_.size() - 1;
  for (size_t at = add(kSeed, low) & mask;; at = (at + 1) & mask) {
    const uint32_t slot = table_[at];
    if (slot == 0) return 0;
    if (text_.substr(begin_[slot - 1], begin_[slot] - begin_[slot - 1]) == low) return slot;
  }
}

}  // namespace readout::syntax
