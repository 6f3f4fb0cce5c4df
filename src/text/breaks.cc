#include "text/breaks.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>

#include "core/embedded.h"
#include "core/hash.h"
#include "core/tsv.h"

namespace readout::text {
namespace {

constexpr int32_t kSure = 70;  // hundredths: a rule is overruled beyond

// The order of features() in training/text/breaks.py.
constexpr std::array<std::string_view, 16> kNames = {
    "space", "word-1", "word+1", "word-2",  "word+2",  "pair",    "left",    "right",
    "four",  "six",    "length", "word-1+", "-word+1", "word+1+", "-word-1", "length+"};
constexpr std::string_view kEnd = "end", kInside = "inside", kAll = "all";

constexpr uint64_t with(uint64_t key, uint64_t part) {
  key = (key ^ part) * 0x9E3779B97F4A7C15ULL;
  return key ^ (key >> 32);
}

constexpr bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

constexpr uint64_t kNothing = fnv1a("#");

// Hash of the word in small (ASCII) letters.
uint64_t lower_hash(std::string_view word) {
  uint64_t hash = fnv1a("");
  for (const char c : word) {
    const char low = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    hash = fnv1a({&low, 1}, hash);
  }
  return hash;
}

// Hash of the name of a word's shape: "Aa" for "The", "9:9" for "8:30", ")" for ")".
uint64_t shape_hash(std::string_view word, uint8_t flags) {
  if (word.size() > 3) {
    if (word.find('@') != std::string_view::npos) return fnv1a("mail");
    if ((word[0] == 'h' && word.starts_with("http")) ||
        (word[0] == 'w' && word.starts_with("www.")))
      return fnv1a("url");
  }
  if ((flags & TokenFlags::kAlpha) != 0) {
    const bool other =
        std::any_of(word.begin(), word.end(), [](char c) { return ascii(c) && !letter(c); });
    if ((flags & TokenFlags::kUpper) == 0) return other ? fnv1a("a.") : fnv1a("a");
    if (word.size() == 1) return fnv1a("A");
    const bool small =
        std::any_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (small) return other ? fnv1a("Aa.") : fnv1a("Aa");
    return other ? fnv1a("AA.") : fnv1a("AA");
  }
  if (digit(word[0])) {
    if (std::all_of(word.begin(), word.end(), digit))
      return word.size() < 4 ? fnv1a("9") : fnv1a("9999");
    if (word.find(':') != std::string_view::npos) return fnv1a("9:9");
    if (word.find_first_of("/-") != std::string_view::npos) return fnv1a("9/9");
    return fnv1a("9x");
  }
  const auto lead = static_cast<unsigned char>(word[0]);
  const size_t size =
      lead < 0x80 ? 1 : std::min<size_t>(static_cast<size_t>(std::countl_one(lead)), word.size());
  if (size == 0 || word.size() % size != 0) return fnv1a("()");
  for (size_t i = size; i < word.size(); ++i) {
    if (word[i] != word[i - size]) return fnv1a("()");
  }
  return fnv1a(word.substr(0, std::min(word.size(), 2 * size)));
}

std::string_view length_name(uint32_t words) {
  if (words < 5) return std::string_view("1234").substr(words - 1, 1);
  return words < 8 ? "5" : words < 13 ? "8" : words < 25 ? "13" : "25";
}

// candidate() of breaks.py: is the gap behind word i worth a look?
bool looked_at(std::string_view text, const Words& words, uint32_t i, uint32_t start, bool rule) {
  const uint8_t flags = words.flags[i + 1];
  if ((flags & TokenFlags::kContinuesToken) != 0) return false;
  const char tail = text[words.span[i].end - 1], head = text[words.span[i + 1].begin];
  if (rule) {
    if (tail != '.' || words.span[i].size() != 1 || i == start) return true;
    const std::string_view before = text.substr(words.span[i - 1].begin, words.span[i - 1].size());
    const bool plain =
        before.size() > 3 && head >= 'A' && head <= 'Z' &&  // "... talks ended. The ..."
        std::all_of(before.begin(), before.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    const bool number = i > start + 1 &&
                        std::all_of(before.begin(), before.end(), digit);  // "... in 2019. The ..."
    return !plain && !number;
  }
  const std::string_view word = text.substr(words.span[i].begin, words.span[i].size());
  const auto blank_behind = [&](uint32_t k) {
    return (words.flags[k] & TokenFlags::kSpaceAfter) != 0;
  };
  if ((word == "\xE2\x80\x93" || word == "\xE2\x80\x94") && blank_behind(i) && i > start &&
      blank_behind(i - 1))
    return false;
  if ((flags & TokenFlags::kAlpha) != 0 && (flags & TokenFlags::kUpper) == 0) {
    return ascii(tail) && !letter(tail) && !digit(tail) &&
           std::string_view(",([{/'&$#").find(tail) == std::string_view::npos;
  }
  return std::string_view(".,?!:;)]}%'").find(head) == std::string_view::npos;
}

}  // namespace

Breaks::Breaks() {
  for (size_t rule = 0; rule < 2; ++rule) {
    for (size_t t = 0; t < kTemplates; ++t)
      seeds_[rule][t] = with(fnv1a(rule == 1 ? kEnd : kInside), fnv1a(kNames[t]));
  }
  size_t rows = 0;
  const std::string_view table = embedded("text/breaks.tsv");
  for_each_row(table, [&](const TsvRow&) { ++rows; });
  slots_.assign(std::bit_ceil(3 * rows + 1), Slot{});
  for_each_row(table, [&](const TsvRow& row) {
    double value = 0;
    std::from_chars(row[0].data(), row[0].data() + row[0].size(), value);
    const auto hundredths = static_cast<int32_t>(std::lround(100 * value));
    any_ = true;
    if (row[1] == kAll) {
      bias_ = hundredths;
      return;
    }
    uint64_t key = with(fnv1a(row[1]), fnv1a(row[2]));
    for (size_t i = 3; i < row.size; ++i) key = with(key, fnv1a(row[i]));
    size_t at = key & (slots_.size() - 1);
    while (slots_[at].weight != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {static_cast<uint32_t>(key >> 32), hundredths};
    known_[known_bit(key) / 64] |= uint64_t{1} << (known_bit(key) % 64);
  });
}

int32_t Breaks::weight(uint64_t key) const {
  const auto high = static_cast<uint32_t>(key >> 32);
  for (size_t at = key & (slots_.size() - 1); slots_[at].weight != 0;
       at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].key == high) return slots_[at].weight;
  }
  return 0;
}

// What the features ask of a word, kept for the words round the gap: gaps that are looked at stand
// close together.
class Breaks::Window {
 public:
  Window(std::string_view text, const Words& words) : text_(text), words_(words) {}

  uint64_t shape(uint32_t k) { return at(k).shape; }
  uint64_t low(uint32_t k) { return at(k).low; }

 private:
  struct Entry {
    uint32_t word = UINT32_MAX;
    uint64_t shape = 0, low = 0;
  };

  const Entry& at(uint32_t k) {
    Entry& entry = entries_[k % entries_.size()];
    if (entry.word != k) {
      const std::string_view word = text_.substr(words_.span[k].begin, words_.span[k].size());
      entry = {k, shape_hash(word, words_.flags[k]), lower_hash(word)};
    }
    return entry;
  }

  std::string_view text_;
  const Words& words_;
  std::array<Entry, 8> entries_;  // a power of two that holds i - 2 ... i + 3
};

int32_t Breaks::sum(Window& window, const Words& words, uint32_t i, uint32_t start, uint32_t last,
                    bool rule) const {
  const auto there = [&](uint32_t k) {
    return k >= start && k < last;
  };  // k may have wrapped round below 0
  const auto shape = [&](uint32_t k) { return there(k) ? window.shape(k) : kNothing; };
  const auto low = [&](uint32_t k) { return there(k) ? window.low(k) : kNothing; };
  const uint64_t p3 = shape(i - 2), p2 = shape(i - 1), p1 = shape(i), n1 = shape(i + 1),
                 n2 = shape(i + 2), n3 = shape(i + 3);
  const uint64_t before = low(i), behind = low(i + 1);
  const uint64_t space = (words.flags[i] & TokenFlags::kSpaceAfter) != 0 ? fnv1a("_") : fnv1a(".");
  const auto& seed = seeds_[rule ? 1 : 0];
  int32_t z = bias_;
  const auto add = [&](uint64_t key) {
    if ((known_[known_bit(key) / 64] >> (known_bit(key) % 64) & 1) != 0) z += weight(key);
  };
  add(with(seed[0], space));
  add(with(seed[1], before));
  add(with(seed[2], behind));
  add(with(seed[3], low(i - 1)));
  add(with(seed[4], low(i + 2)));
  add(with(with(with(seed[5], space), p1), n1));
  add(with(with(with(seed[6], p2), p1), n1));
  add(with(with(with(seed[7], p1), n1), n2));
  add(with(with(with(with(seed[8], p2), p1), n1), n2));
  add(with(with(with(with(with(with(seed[9], p3), p2), p1), n1), n2), n3));
  const uint64_t length = fnv1a(length_name(i + 1 - start));
  add(with(with(with(seed[10], length), p1), n1));
  add(with(with(seed[11], before), n1));
  add(with(with(seed[12], p1), behind));
  add(with(with(seed[13], behind), n2));
  add(with(with(seed[14], p2), before));
  add(with(with(with(with(seed[15], length), p2), p1), n1));
  return z;
}

void Breaks::revise(std::string_view text, const Words& words, uint32_t first, uint32_t last,
                    size_t from, std::vector<uint32_t>& ends) const {
  if (!any_ || last - first < 2) return;
  const size_t old_end = ends.size();
  size_t next = from;
  uint32_t start = first;
  Window window(text, words);
  for (uint32_t i = first; i + 1 < last; ++i) {
    while (next < old_end && ends[next] <= i) ++next;
    bool end = next < old_end && ends[next] == i + 1;
    if (looked_at(text, words, i, start, end)) {
      end = sum(window, words, i, start, last, end) > (end ? -kSure : kSure);
    }
    if (end) {
      ends.push_back(i + 1);
      start = i + 1;
    }
  }
  ends.push_back(last);
  ends.erase(ends.begin() + static_cast<ptrdiff_t>(from),
             ends.begin() + static_cast<ptrdiff_t>(old_end));
}

}  // namespace readout::text
