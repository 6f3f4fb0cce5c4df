#include "entities/phrase_index.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <array>
#include <bit>
#include <cstring>

#include "core/hash.h"
#include "core/utf8.h"

namespace readout::entities {
namespace {

constexpr uint64_t kMagic = 0x3178646E69686E70ULL;  // "pnhindx1"

/// Spreads a node and a key over the table.
uint64_t mix(uint32_t node, uint64_t key) {
  uint64_t h = key ^ (static_cast<uint64_t>(node) * 0x9E3779B97F4A7C15ULL);
  h ^= h >> 29;
  h *= 0xBF58476D1CE4E5B9ULL;
  h ^= h >> 32;
  return h;
}

/// Letters that are written without an accent to take off.
char32_t plain(char32_t c) {
  switch (c) {
    case 0x259: return 'e';
    case 0x131: return 'i';
    case 0xF8: return 'o';
    case 0x142: return 'l';
    case 0x111: case 0xF0: return 'd';
    default: return c;
  }
}

bool skipped(char32_t c) {
  return c == '.' || c == '\'' || c == '`' || c == 0x2BB || c == 0x2BC || c == 0x2BE || c == 0x2BF || c == 0x2018 ||
         c == 0x2019 || c == 0xAD || c == 0xB4 || (c >= 0x300 && c <= 0x36F);
}

void hash_char(uint64_t& h, char32_t c) {
  do {
    h ^= c & 0xFF;
    h *= 0x100000001b3ULL;
    c >>= 8;
  } while (c != 0);
}

void append_u64(std::string& out, uint64_t v) {
  char bytes[8];
  std::memcpy(bytes, &v, 8);
  out.append(bytes, 8);
}

}  // namespace

uint64_t word_key(std::string_view word) {
  uint64_t h = 0xcbf29ce484222325ULL;
  for (size_t i = 0; i < word.size();) {
    const auto a = static_cast<unsigned char>(word[i]);
    if (a < 0x80) {
      ++i;
      if (a == '.' || a == '\'' || a == '`') continue;
      h ^= a >= 'A' && a <= 'Z' ? a + 32U : a;
      h *= 0x100000001b3ULL;
      continue;
    }
    const char32_t c = utf8::next(word, i);
    if (skipped(c)) continue;
    const char32_t low = plain(utf8::to_lower(c));
    if (low < 0x80) {
      hash_char(h, low);
      continue;
    }
    if (low == 0xDF) {
      hash_char(h, 's');
      hash_char(h, 's');
      continue;
    }
    if (low == 0xE6) {
      hash_char(h, 'a');
      hash_char(h, 'e');
      continue;
    }
    if ((low >= 0xC0 && low < 0x250) || (low >= 0x1E00 && low < 0x1F00)) {
      static const icu::Normalizer2* nfd = [] {
        UErrorCode status = U_ZERO_ERROR;
        return icu::Normalizer2::getNFDInstance(status);
      }();
      icu::UnicodeString parts;
      if (nfd != nullptr && nfd->getDecomposition(static_cast<UChar32>(low), parts)) {
        hash_char(h, plain(utf8::to_lower(static_cast<char32_t>(parts.char32At(0)))));
        continue;
      }
    }
    hash_char(h, low);
  }
  return h == 0 ? 1 : h;
}

std::vector<uint64_t> phrase_keys(std::string_view phrase) {
  std::vector<uint64_t> keys;
  size_t begin = 0;
  const auto close = [&](size_t end) {
    if (end <= begin) return;
    std::string_view word = phrase.substr(begin, end - begin);
    // The tokenizer splits the possessive off: "People's" is two words.
    for (const std::string_view possessive : {"'s", "\xE2\x80\x99s"}) {
      if (word.size() > possessive.size() && word.ends_with(possessive)) {
        keys.push_back(word_key(word.substr(0, word.size() - possessive.size())));
        word = possessive;
        break;
      }
    }
    keys.push_back(word_key(word));
  };
  for (size_t i = 0; i <= phrase.size(); ++i) {
    const char c = i < phrase.size() ? phrase[i] : ' ';
    if (c == ' ' || c == '\t' || c == '\n') {
      close(i);
      begin = i + 1;
    } else if (c == ',' || c == '(' || c == ')' || c == '/' || c == '&' || c == '"') {
      // Words of their own.
      close(i);
      keys.push_back(word_key(phrase.substr(i, 1)));
      begin = i + 1;
    } else if (c == '-') {
      // The tokenizer writes "Nagorno-Karabakh" as three words.
      close(i);
      if (i > 0 && i + 1 < phrase.size() && phrase[i + 1] != ' ') keys.push_back(word_key("-"));
      begin = i + 1;
    }
  }
  return keys;
}

uint32_t PhraseIndexBuilder::child(uint32_t parent, uint64_t key) {
  if (table_.size() < 2 * (edges_.size() + 1)) {
    table_.assign(std::bit_ceil(4 * (edges_.size() + 16)), 0);
    for (size_t e = 0; e < edges_.size(); ++e) {
      size_t at = mix(edges_[e].parent, edges_[e].key) & (table_.size() - 1);
      while (table_[at] != 0) at = (at + 1) & (table_.size() - 1);
      table_[at] = static_cast<uint32_t>(e + 1);
    }
  }
  size_t at = mix(parent, key) & (table_.size() - 1);
  while (table_[at] != 0) {
    const Edge& edge = edges_[table_[at] - 1];
    if (edge.parent == parent && edge.key == key) return edge.child;
    at = (at + 1) & (table_.size() - 1);
  }
  const auto node = static_cast<uint32_t>(node_values_.size());
  node_values_.emplace_back();
  edges_.push_back({parent, key, node});
  table_[at] = static_cast<uint32_t>(edges_.size());
  return node;
}

void PhraseIndexBuilder::add(std::span<const uint64_t> keys, uint64_t value) {
  if (keys.empty()) return;
  uint32_t node = 0;
  for (const uint64_t key : keys) node = child(node, key);
  auto& values = node_values_[node];
  for (const uint64_t v : values) {
    if (v == value) return;
  }
  values.push_back(value);
  ++values_;
}

std::string PhraseIndexBuilder::finish() const {
  const size_t slots = std::bit_ceil(2 * edges_.size() + 16);
  std::string out;
  append_u64(out, kMagic);
  append_u64(out, slots);
  append_u64(out, node_values_.size());
  append_u64(out, values_);
  std::vector<std::array<uint64_t, 2>> table(slots, {0, 0});
  for (const Edge& edge : edges_) {
    size_t at = mix(edge.parent, edge.key) & (slots - 1);
    while (table[at][0] != 0) at = (at + 1) & (slots - 1);
    table[at] = {edge.key, static_cast<uint64_t>(edge.parent) | (static_cast<uint64_t>(edge.child) << 32)};
  }
  for (const auto& slot : table) {
    append_u64(out, slot[0]);
    append_u64(out, slot[1]);
  }
  std::vector<uint32_t> begins;
  uint32_t begin = 0;
  for (const auto& values : node_values_) {
    begins.push_back(begin);
    begin += static_cast<uint32_t>(values.size());
  }
  begins.push_back(begin);
  if (begins.size() % 2 != 0) begins.push_back(begin);  // keeps what follows aligned
  out.append(reinterpret_cast<const char*>(begins.data()), begins.size() * 4);
  for (const auto& values : node_values_) {
    for (const uint64_t value : values) append_u64(out, value);
  }
  return out;
}

Result<PhraseIndex> PhraseIndex::open(std::string_view bytes) {
  const auto bad = [](std::string_view what) { return Error{Code::BadData, "phrase index: " + std::string(what)}; };
  uint64_t head[4];
  if (bytes.size() < sizeof head) return bad("truncated");
  std::memcpy(head, bytes.data(), sizeof head);
  if (head[0] != kMagic) return bad("not a phrase index of this version");
  const uint64_t begins = (head[2] + 2) / 2 * 2;
  if (head[1] > bytes.size() || head[2] > bytes.size() || head[3] > bytes.size() ||
      !std::has_single_bit(head[1]) || bytes.size() < 32 + head[1] * 16 + begins * 4 + head[3] * 8) {
    return bad("truncated");
  }
  if (reinterpret_cast<uintptr_t>(bytes.data()) % 8 != 0) return bad("not aligned");
  PhraseIndex index;
  const char* at = bytes.data() + 32;
  index.slots_ = {reinterpret_cast<const Slot*>(at), head[1]};
  at += head[1] * 16;
  index.value_begin_ = {reinterpret_cast<const uint32_t*>(at), head[2] + 1};
  at += begins * 4;
  index.values_ = {reinterpret_cast<const uint64_t*>(at), head[3]};
  return index;
}

uint32_t PhraseIndex::step(uint32_t node, uint64_t key) const {
  if (slots_.empty()) return 0;
  size_t at = mix(node, key) & (slots_.size() - 1);
  while (slots_[at].key != 0) {
    if (slots_[at].key == key && slots_[at].parent == node) return slots_[at].child;
    at = (at + 1) & (slots_.size() - 1);
  }
  return 0;
}

std::span<const uint64_t> PhraseIndex::values(uint32_t node) const {
  return values_.subspan(value_begin_[node], value_begin_[node + 1] - value_begin_[node]);
}

PhraseIndex::Match PhraseIndex::longest(std::span<const uint64_t> keys) const {
  Match best;
  uint32_t node = 0;
  for (uint32_t i = 0; i < keys.size(); ++i) {
    node = step(node, keys[i]);
    if (node == 0) break;
    if (const auto found = values(node); !found.empty()) best = {i + 1, found};
  }
  return best;
}

void PhraseIndex::all(std::span<const uint64_t> keys, std::vector<Match>& out) const {
  out.clear();
  uint32_t node = 0;
  for (uint32_t i = 0; i < keys.size(); ++i) {
    node = step(node, keys[i]);
    if (node == 0) break;
    if (const auto found = values(node); !found.empty()) out.push_back({i + 1, found});
  }
}

std::span<const uint64_t> PhraseIndex::exact(std::span<const uint64_t> keys) const {
  uint32_t node = 0;
  for (const uint64_t key : keys) {
    node = step(node, key);
    if (node == 0) return {};
  }
  return keys.empty() ? std::span<const uint64_t>() : values(node);
}

}  // namespace readout::entities
