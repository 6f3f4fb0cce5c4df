// UTF-8 is checked at memory speed and otherwise left alone. Every other encoding is converted a
// character at a time by ICU, each character one step of the offset map.
#include "text/encoding.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include "core/utf8.h"
#include "text/json.h"

namespace readout::text {
namespace {

using namespace std::string_view_literals;

constexpr char32_t kReplacement = 0xFFFD;

unsigned byte_at(std::string_view bytes, size_t i) { return static_cast<unsigned char>(bytes[i]); }

/// Counts damage and remembers where the first stands.
struct Damage {
  size_t count = 0;
  Span first;
  size_t first_byte = 0;

  void add(size_t plain, size_t plain_len, size_t byte) {
    if (count++ != 0) return;
    first = {static_cast<uint32_t>(plain), static_cast<uint32_t>(plain + plain_len)};
    first_byte = byte;
  }
  void note(Decoded& out, std::string_view place) const {
    if (count == 0) return;
    out.notes.push_back({first, "encoding.damaged",
                         std::string(place) + ": " + std::to_string(count) +
                             (count == 1 ? " place is" : " places are") + " no valid " +
                             out.encoding + " (first at byte " + std::to_string(first_byte) +
                             "); read as U+FFFD"});
  }
};

/// Appends one character that stands for bytes [at, at + n).
void put(Decoded& out, char32_t c, size_t at, size_t n) {
  const size_t before = out.utf8.size();
  utf8::append(out.utf8, c);
  out.map.append_character(static_cast<uint32_t>(before),
                           static_cast<uint32_t>(out.utf8.size() - before),
                           static_cast<uint32_t>(at), static_cast<uint32_t>(n));
}

/// Copies valid UTF-8 [begin, end), making line ends "\n" if asked.
void copy(Decoded& out, std::string_view bytes, size_t begin, size_t end, LineEnds ends) {
  while (begin < end) {
    size_t stop = end;
    if (ends == LineEnds::Unify) {
      const void* found = std::memchr(bytes.data() + begin, '\r', end - begin);
      if (found != nullptr)
        stop = static_cast<size_t>(static_cast<const char*>(found) - bytes.data());
    }
    if (stop > begin) {
      out.map.append(static_cast<uint32_t>(out.utf8.size()), static_cast<uint32_t>(stop - begin),
                     static_cast<uint32_t>(begin), static_cast<uint32_t>(stop - begin), true);
      out.utf8.append(bytes.substr(begin, stop - begin));
    }
    if (stop == end) return;
    const size_t n = stop + 1 < bytes.size() && bytes[stop + 1] == '\n' ? 2 : 1;
    out.map.append(static_cast<uint32_t>(out.utf8.size()), 1, static_cast<uint32_t>(stop),
                   static_cast<uint32_t>(n), false);
    out.utf8.push_back('\n');
    begin = stop + n;
  }
}

Decoded decode_utf8(std::string_view bytes, size_t begin, LineEnds ends, std::string_view place) {
  Decoded out;
  out.encoding = "UTF-8";
  const bool valid = valid_utf8(bytes);
  const bool breaks =
      ends == LineEnds::Unify && std::memchr(bytes.data(), '\r', bytes.size()) != nullptr;
  if (valid && begin == 0 && !breaks) return out;
  out.utf8.reserve(bytes.size());
  Damage damage;
  while (begin < bytes.size()) {
    const size_t bad = valid ? std::string_view::npos : utf8::find_invalid(bytes.substr(begin));
    const size_t stop = bad == std::string_view::npos ? bytes.size() : begin + bad;
    copy(out, bytes, begin, stop, ends);
    begin = stop;
    if (begin == bytes.size()) break;
    damage.add(out.utf8.size(), 3, begin);
    put(out, kReplacement, begin, 1);
    ++begin;
  }
  damage.note(out, place);
  return out;
}

Decoded decode_utf16(std::string_view bytes, size_t begin, bool little, LineEnds ends,
                     std::string_view place) {
  Decoded out;
  out.encoding = little ? "UTF-16LE" : "UTF-16BE";
  out.utf8.reserve(bytes.size());
  Damage damage;
  const auto unit = [&](size_t i) {
    return little ? byte_at(bytes, i) | byte_at(bytes, i + 1) << 8
                  : byte_at(bytes, i) << 8 | byte_at(bytes, i + 1);
  };
  size_t i = begin;
  while (i + 1 < bytes.size()) {
    char32_t c = unit(i);
    size_t n = 2;
    if (c >= 0xD800 && c < 0xE000) {
      const char32_t low = c < 0xDC00 && i + 3 < bytes.size() ? unit(i + 2) : 0;
      if (low >= 0xDC00 && low < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        n = 4;
      } else {
        damage.add(out.utf8.size(), 3, i);
        c = kReplacement;
      }
    } else if (c == '\r' && ends == LineEnds::Unify) {
      if (i + 3 < bytes.size() && unit(i + 2) == '\n') n = 4;
      c = '\n';
    }
    put(out, c, i, n);
    i += n;
  }
  if (i < bytes.size()) {  // half a unit
    damage.add(out.utf8.size(), 3, i);
    put(out, kReplacement, i, 1);
  }
  damage.note(out, place);
  return out;
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Decoded decode_legacy(std::string_view bytes, const std::string& encoding, LineEnds ends,
                      std::string_view place) {
  UErrorCode status = U_ZERO_ERROR;
  const Converter converter(ucnv_open(encoding.c_str(), &status));
  if (U_FAILURE(status)) return decode_utf8(bytes, 0, ends, place);
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_SUBSTITUTE, nullptr, nullptr, nullptr,
                      &status);
  Decoded out;
  out.encoding = encoding;
  out.utf8.reserve(bytes.size() * 2);
  Damage damage;
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  while (at < end) {
    const char* const before = at;
    status = U_ZERO_ERROR;
    const UChar32 got = ucnv_getNextUChar(converter.get(), &at, end, &status);
    const auto offset = static_cast<size_t>(before - bytes.data());
    if (U_FAILURE(status)) {
      if (at == before) at = end;  // a shift sequence or a cut character at the end
      if (status == U_INDEX_OUTOFBOUNDS_ERROR) break;
    }
    char32_t c = U_FAILURE(status) ? kReplacement : static_cast<char32_t>(got);
    // Bytes that windows code pages leave open come as C1 controls or U+FFFD.
    if (c >= 0xD800 && c < 0xE000) c = kReplacement;
    size_t n = static_cast<size_t>(at - before);
    if (c == '\r' && ends == LineEnds::Unify) {
      if (at < end && *at == '\n') {
        ++at;
        ++n;
      }
      c = '\n';
    }
    if (c == kReplacement) damage.add(out.utf8.size(), 3, offset);
    if (n == 0) continue;
    if (n < 256) {
      put(out, c, offset, n);
    } else {
      const auto plain = static_cast<uint32_t>(out.utf8.size());
      utf8::append(out.utf8, c);
      out.map.append(plain, static_cast<uint32_t>(out.utf8.size()) - plain,
                     static_cast<uint32_t>(offset), static_cast<uint32_t>(n), false);
    }
  }
  damage.note(out, place);
  return out;
}

/// UTF-16 without a mark: the zero bytes of Latin letters, spaces and digits stand on one side.
enum class Wide { No, Little, Big };
Wide looks_wide(std::string_view bytes) {
  const size_t n = std::min<size_t>(bytes.size(), 4096) & ~size_t{1};
  if (n < 8) return Wide::No;
  size_t even = 0, odd = 0;
  for (size_t i = 0; i < n; i += 2) {
    even += bytes[i] == '\0';
    odd += bytes[i + 1] == '\0';
  }
  const size_t units = n / 2;
  // Space and punctuation alone give about a sixth in Cyrillic text.
  if (odd * 8 > units && even * 20 < odd) return Wide::Little;
  if (even * 8 > units && odd * 20 < even) return Wide::Big;
  return Wide::No;
}

/// How much of what is not ASCII is well-formed UTF-8.
struct Utf8Shape {
  size_t good = 0, bad = 0;
};
Utf8Shape shape(std::string_view bytes) {
  Utf8Shape out;
  for (size_t i = 0; i < bytes.size();) {
    if (byte_at(bytes, i) < 0x80) {
      ++i;
      continue;
    }
    const size_t before = i;
    utf8::next(bytes, i);
    i - before > 1 ? ++out.good : ++out.bad;
  }
  return out;
}

/// What browsers read these labels as: the superset that is meant.
std::string superset(std::string name) {
  struct Pair {
    std::string_view from, to;
  };
  static constexpr std::array kPairs = {
      Pair{"ISO-8859-1"sv, "windows-1252"sv},
      Pair{"US-ASCII"sv, "windows-1252"sv},
      Pair{"ISO-8859-9"sv, "windows-1254"sv},
      Pair{"ISO-8859-11"sv, "windows-874"sv},
      Pair{"ISO-8859-8"sv, "windows-1255"sv},
      Pair{"TIS-620"sv, "windows-874"sv},
      Pair{"GB2312"sv, "GB18030"sv},
      Pair{"GBK"sv, "GB18030"sv},
      Pair{"ISO-8859-8-I"sv, "windows-1255"sv},
  };
  for (const Pair& pair : kPairs) {
    if (name == pair.from) return std::string(pair.to);
  }
  return name;
}

std::string detect(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  struct Close {
    void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
  };
  const std::unique_ptr<UCharsetDetector, Close> detector(ucsdet_open(&status));
  if (U_FAILURE(status)) return "windows-1252";
  // A sample is enough, and the lines without special letters say nothing.
  std::string sample;
  for (size_t i = 0; i < bytes.size() && sample.size() < (1U << 16);) {
    const size_t end = std::min(bytes.find('\n', i), bytes.size());
    const std::string_view line = bytes.substr(i, std::min<size_t>(end - i, 1U << 14));
    if (std::any_of(line.begin(), line.end(),
                    [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
      sample.append(line);
      sample.push_back('\n');
    }
    i = end + 1;
  }
  ucsdet_setText(detector.get(), sample.data(), static_cast<int32_t>(sample.size()), &status);
  int32_t found = 0;
  const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &found, &status);
  if (U_FAILURE(status)) return "windows-1252";
  for (int32_t i = 0; i < found; ++i) {
    const char* name = ucsdet_getName(matches[i], &status);
    if (U_FAILURE(status) || name == nullptr) continue;
    const std::string_view label = name;
    if (label == "UTF-8" || label.starts_with("UTF-16") || label.starts_with("UTF-32") ||
        label.starts_with("IBM42") || label.starts_with("ISO-2022")) {
      continue;  // decided elsewhere, or never met in news
    }
    return superset(std::string(label));
  }
  return "windows-1252";
}

}  // namespace

std::string canonical_encoding(std::string_view label) {
  std::string name;
  for (const char c : label) {
    if (c > ' ' && c != '"' && c != '\'' && static_cast<unsigned char>(c) < 127) name.push_back(c);
  }
  if (name.empty() || name.size() > 40) return {};
  UErrorCode status = U_ZERO_ERROR;
  const char* found = ucnv_getStandardName(name.c_str(), "IANA", &status);
  if (U_FAILURE(status) || found == nullptr) {
    status = U_ZERO_ERROR;
    found = ucnv_getStandardName(name.c_str(), "MIME", &status);
    if (U_FAILURE(status) || found == nullptr) return {};
  }
  return superset(found);
}

Decoded decode(std::string_view bytes, std::string_view declared, LineEnds ends,
               std::string_view place) {
  if (bytes.starts_with("\xEF\xBB\xBF"sv)) return decode_utf8(bytes, 3, ends, place);
  if (bytes.starts_with("\xFF\xFE"sv) && !bytes.starts_with("\xFF\xFE\0\0"sv)) {
    return decode_utf16(bytes, 2, true, ends, place);
  }
  if (bytes.starts_with("\xFE\xFF"sv)) return decode_utf16(bytes, 2, false, ends, place);
  if (bytes.starts_with("\xFF\xFE\0\0"sv) || bytes.starts_with("\0\0\xFE\xFF"sv)) {
    return decode_legacy(bytes, "UTF-32", ends, place);
  }
  switch (looks_wide(bytes)) {
    case Wide::Little:
      return decode_utf16(bytes, 0, true, ends, place);
    case Wide::Big:
      return decode_utf16(bytes, 0, false, ends, place);
    case Wide::No:
      break;
  }
  if (valid_utf8(bytes)) return decode_utf8(bytes, 0, ends, place);
  const std::string canonical = canonical_encoding(declared);
  const Utf8Shape seen = shape(bytes);
  // Text in a legacy encoding forms valid UTF-8 sequences only by chance.
  if (seen.good > 0 && seen.bad <= seen.good) return decode_utf8(bytes, 0, ends, place);
  if (!canonical.empty() && canonical != "UTF-8" && !canonical.starts_with("UTF-16") &&
      !canonical.starts_with("UTF-32")) {
    return decode_legacy(bytes, canonical, ends, place);
  }
  return decode_legacy(bytes, detect(bytes), ends, place);
}

}  // namespace readout::text
