// At each word: does a date begin here? If so, a clock time is looked for behind it, then before
// it.
#include "discourse/publication.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/embedded.h"
#include "core/tsv.h"
#include "discourse/scan.h"

namespace readout::discourse {
namespace {

int days_in(int year, int month) {
  static constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year == 0 || (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
  return month == 2 && leap ? 29 : kDays[static_cast<size_t>(month - 1)];
}

bool possible(int year, int month, int day) {
  return month >= 1 && month <= 12 && day >= 1 && day <= days_in(year, month) &&
         (year == 0 || (year >= 1800 && year <= 2199));
}

/// Digits from `i` on: their number; value in `out`.
uint32_t digits(std::string_view text, uint32_t i, uint32_t end, int& out) {
  uint32_t n = 0;
  int value = 0;
  while (i + n < end && ascii_digit(text[i + n]) && n < 9) {
    value = value * 10 + (text[i + n] - '0');
    ++n;
  }
  out = value;
  return n;
}

/// Blanks, commas, dashes, bars, "at", "of", "on": what may stand between the parts of a date line.
uint32_t skip_between(std::string_view text, uint32_t i, uint32_t end) {
  while (i < end) {
    const uint32_t space = space_length(text, i);
    if (space != 0) {
      i += space;
      continue;
    }
    if (text[i] == ',' || text[i] == '|' || text[i] == '-' || text[i] == '/' || text[i] == '.') {
      ++i;
      continue;
    }
    if (const uint32_t mark = typographic_mark(text, i); mark == 3) {
      i += mark;
      continue;
    }
    if (i + 3 < end && lower(text[i]) == 'a' && lower(text[i + 1]) == 't' && blank(text[i + 2])) {
      i += 3;
      continue;
    }
    break;
  }
  return std::min(i, end);
}

void append_two(std::string& out, int value) {
  out += static_cast<char>('0' + value / 10 % 10);
  out += static_cast<char>('0' + value % 10);
}

std::string offset_text(char sign, int hours, int minutes) {
  std::string out(1, sign);
  append_two(out, std::min(hours, 14));
  out += ':';
  append_two(out, std::min(minutes, 59));
  return out;
}

}  // namespace

std::string StatedTime::iso() const {
  if (year == 0) return {};
  std::string out = std::to_string(year);
  const auto part = [&](char mark, int value) {
    out += mark;
    append_two(out, value);
  };
  part('-', month);
  part('-', day);
  if (hour >= 0) {
    part('T', hour);
    part(':', minute);
    if (second >= 0) part(':', second);
    out += zone;
  }
  return out;
}

DateReader::DateReader() {
  for_each_row(embedded("discourse/months.tsv"), [&](const TsvRow& row) {
    uint32_t number = 0;
    std::from_chars(row[1].data(), row[1].data() + row[1].size(), number);
    months_.add(row[0], number);
  });
  offsets_.emplace_back();
  for_each_row(embedded("discourse/zones.tsv"), [&](const TsvRow& row) {
    zones_.add(row[0], static_cast<uint32_t>(offsets_.size()));
    offsets_.push_back(row[1]);
  });
}

int DateReader::month_at(std::string_view text, Span within, uint32_t at, uint32_t& end) const {
  std::array<char, 12> buffer{};
  uint32_t n = 0;
  while (at + n < within.end && ascii_alpha(text[at + n]) && n < buffer.size()) {
    buffer[n] = lower(text[at + n]);
    ++n;
  }
  if (n < 3 ||
      (at + n < within.end && wordish(text[at + n]) && typographic_mark(text, at + n) == 0))
    return 0;
  end = at + n;
  if (end < within.end && text[end] == '.') ++end;
  return static_cast<int>(months_.find({buffer.data(), n}));
}

uint32_t DateReader::read_zone(std::string_view text, Span within, uint32_t at,
                               std::string& zone) const {
  const uint32_t start = at;
  at = skip_space(text, at, within.end);
  bool bracket = false;
  if (at < within.end && (text[at] == '(' || text[at] == '[')) {
    bracket = true;
    ++at;
  }
  // "local time (UTC+12)"
  for (const std::string_view words : {"local time", "local"}) {
    if (text.substr(at, words.size()) == words) {
      at = skip_space(text, at + static_cast<uint32_t>(words.size()), within.end);
      if (at < within.end && text[at] == '(') {
        bracket = true;
        ++at;
      }
      break;
    }
  }
  uint32_t n = 0;
  while (at + n < within.end && ascii_alpha(text[at + n])) ++n;
  std::string found;
  if (n > 0) {
    const uint32_t id = n <= 4 ? zones_.find(text.substr(at, n)) : 0;
    if (id == 0) return start;
    found = offsets_[id];
    at += n;
  }
  // "+04:00", "+0400", "+4", "−3"
  const uint32_t sign_at = n > 0 ? skip_space(text, at, within.end) : at;
  if (sign_at < within.end &&
      (text[sign_at] == '+' || text[sign_at] == '-' || typographic_mark(text, sign_at) == 3)) {
    const uint32_t width = high(text[sign_at]) ? 3 : 1;
    int hours = 0;
    const uint32_t number_at = skip_space(text, sign_at + width, within.end);
    const uint32_t length = digits(text, number_at, within.end, hours);
    const bool plausible =
        (length == 4 && hours <= 1400) || (length >= 1 && length <= 2 && hours <= 14);
    if (plausible && (n == 0 ? text[sign_at] != '-' || length == 4 ||
                                   (number_at + 2 < within.end && text[number_at + 2] == ':')
                             : true)) {
      int minutes = 0;
      at = number_at + length;
      if (length == 4) {
        minutes = hours % 100;
        hours /= 100;
      } else if (at < within.end && text[at] == ':') {
        const uint32_t more = digits(text, at + 1, within.end, minutes);
        if (more == 2) at += 3;
      }
      found = offset_text(text[sign_at] == '+' ? '+' : '-', hours, minutes);
    }
  }
  if (found.empty()) return start;
  if (bracket && at < within.end && (text[at] == ')' || text[at] == ']')) ++at;
  zone = found;
  return at;
}

bool DateReader::read_clock(std::string_view text, Span within, uint32_t at,
                            StatedTime& out) const {
  int hour = 0, minute = 0;
  const uint32_t n = digits(text, at, within.end, hour);
  if (n == 0 || n > 2 || hour > 24 ||
      (at > within.begin && (ascii_digit(text[at - 1]) || text[at - 1] == '.')))
    return false;
  uint32_t i = at + n;
  bool minutes = false;
  if (i + 2 < within.end + 0 && (text[i] == ':' || text[i] == '.' || text[i] == 'h') &&
      i + 2 < text.size()) {
    int value = 0;
    if (digits(text, i + 1, within.end, value) == 2 && value < 60) {
      const char mark = text[i];
      const bool more_dots = i + 3 < within.end && text[i + 3] == mark && mark == '.' &&
                             i + 4 < within.end && ascii_digit(text[i + 4]);
      if (more_dots) return false;  // 10.05.2021
      minute = value;
      minutes = true;
      i += 3;
      int seconds = 0;
      if (mark == ':' && i < within.end && text[i] == ':' &&
          digits(text, i + 1, within.end, seconds) == 2 && seconds < 60) {
        out.second = seconds;
        i += 3;
      }
    }
  }
  // am, p.m., P.M.
  uint32_t j = skip_space(text, i, within.end);
  bool half = false;
  if (j + 1 < within.end && (lower(text[j]) == 'a' || lower(text[j]) == 'p')) {
    uint32_t k = j + 1;
    if (text[k] == '.') ++k;
    if (k < within.end && lower(text[k]) == 'm' &&
        (k + 1 >= within.end || !ascii_alpha(text[k + 1]))) {
      if (hour > 12) return false;
      if (lower(text[j]) == 'p' && hour < 12) hour += 12;
      if (lower(text[j]) == 'a' && hour == 12) hour = 0;
      ++k;
      if (k < within.end && text[k] == '.') ++k;
      i = k;
      half = true;
    }
  }
  if ((!minutes && !half) || hour > 24) return false;
  out.hour = hour == 24 ? 0 : hour;
  out.minute = minute;
  // "13.15 hours", "Uhr"
  j = skip_space(text, i, within.end);
  for (const std::string_view word : {"hours", "hrs", "o'clock"}) {
    if (text.substr(j, word.size()) == word) i = j + static_cast<uint32_t>(word.size());
  }
  i = read_zone(text, within, i, out.zone);
  out.span = {at, i};
  return true;
}

bool DateReader::read_date(std::string_view text, Span within, uint32_t at, StatedTime& out,
                           bool without_year) const {
  const auto finish = [&](uint32_t end) {
    if (!possible(out.year, out.month, out.day)) return false;
    out.span = {at, end};
    return true;
  };
  const auto year_behind = [&](uint32_t i, int& year, uint32_t& end) {
    uint32_t k = i;
    while (k < within.end && (space_length(text, k) != 0 || text[k] == ','))
      k += std::max<uint32_t>(space_length(text, k), 1);
    int value = 0;
    const uint32_t n = digits(text, k, within.end, value);
    if (n != 4 || value < 1800 || value > 2199 || (k + n < within.end && ascii_alpha(text[k + n])))
      return false;
    year = value;
    end = k + n;
    return true;
  };
  uint32_t end = 0;
  if (ascii_digit(text[at])) {
    int a = 0, b = 0, c = 0;
    const uint32_t n = digits(text, at, within.end, a);
    uint32_t i = at + n;
    if (i >= within.end) return false;
    if (n == 4 && (text[i] == '-' || text[i] == '/' || text[i] == '.')) {
      const char mark = text[i];
      const uint32_t m = digits(text, i + 1, within.end, b);
      if (m < 1 || m > 2 || i + 1 + m >= within.end || text[i + 1 + m] != mark) return false;
      const uint32_t k = digits(text, i + 2 + m, within.end, c);
      if (k < 1 || k > 2) return false;
      out.year = a;
      out.month = b;
      out.day = c;
      i += 2 + m + k;
      if (i + 1 < within.end && text[i] == 'T' && ascii_digit(text[i + 1])) {
        StatedTime clock;
        if (read_clock(text, within, i + 1, clock)) {
          out.hour = clock.hour;
          out.minute = clock.minute;
          out.second = clock.second;
          out.zone = clock.zone;
          return finish(clock.span.end);
        }
      }
      return finish(i);
    }
    if (n > 2) return false;
    if (text[i] == '.' || text[i] == '/' || text[i] == '-') {
      const char mark = text[i];
      const uint32_t m = digits(text, i + 1, within.end, b);
      if (m >= 1 && m <= 2 && i + 1 + m < within.end && text[i + 1 + m] == mark) {
        const uint32_t k = digits(text, i + 2 + m, within.end, c);
        if (k != 4 && k != 2) return false;
        if (k == 2) c += c < 70 ? 2000 : 1900;
        const uint32_t behind = i + 2 + m + k;
        if (behind < within.end && ascii_alpha(text[behind])) return false;
        out.year = c;
        out.day = a;
        out.month = b;
        // Month first where day first is impossible, or where the clock beside it is American.
        StatedTime clock;
        const uint32_t next = skip_between(text, behind, within.end);
        bool american = false;
        if (mark == '/' && next < within.end && read_clock(text, within, next, clock)) {
          const std::string_view said = text.substr(clock.span.begin, clock.span.size());
          american = said.find('M') != std::string_view::npos || clock.zone == "-04:00" ||
                     clock.zone == "-05:00";
        }
        if ((b > 12 && a <= 12) || (american && a <= 12 && b <= 12)) std::swap(out.day, out.month);
        return finish(behind);
      }
    }
    // 10 May 2021, 10th of May 2021
    if (i + 1 < within.end && ascii_alpha(text[i]) && ascii_alpha(text[i + 1]) &&
        (i + 2 >= within.end || !ascii_alpha(text[i + 2]))) {
      i += 2;  // st, nd, rd, th
    }
    uint32_t k = i;
    while (k < within.end && (space_length(text, k) != 0 || text[k] == '-' || text[k] == '.'))
      k += std::max<uint32_t>(space_length(text, k), 1);
    if (text.substr(k, 3) == "of ") k += 3;
    if (k >= within.end) return false;
    const int month = month_at(text, within, k, end);
    if (month == 0) return false;
    out.day = a;
    out.month = month;
    uint32_t behind = end;
    if (end < within.end && text[end] == '-') ++end;
    if (!year_behind(end, out.year, behind)) {
      if (!without_year) return false;
      return finish(end);
    }
    return finish(behind);
  }
  const int month = month_at(text, within, at, end);
  if (month == 0 || !begins_upper(text.substr(at, 1))) return false;
  uint32_t i = skip_space(text, end, within.end);
  int day = 0;
  const uint32_t n = i < within.end ? digits(text, i, within.end, day) : 0;
  if (n < 1 || n > 2) return false;
  i += n;
  if (i + 1 < within.end && ascii_alpha(text[i]) && ascii_alpha(text[i + 1])) i += 2;
  out.day = day;
  out.month = month;
  uint32_t behind = i;
  if (!year_behind(i, out.year, behind)) {
    if (!without_year) return false;
    return finish(i);
  }
  return finish(behind);
}

std::optional<StatedTime> DateReader::find(std::string_view text, Span within,
                                           bool without_year) const {
  for (uint32_t i = within.begin; i < within.end; ++i) {
    const char c = text[i];
    if (!ascii_digit(c) && !ascii_upper(c)) continue;
    if (i > within.begin && (wordish(text[i - 1]) && typographic_mark(text, i - 1) == 0) &&
        !high(text[i - 1]))
      continue;
    if (i > within.begin && ascii_digit(c) &&
        (text[i - 1] == '/' || text[i - 1] == '.' || text[i - 1] == ':'))
      continue;
    StatedTime date;
    if (!read_date(text, within, i, date, without_year)) continue;
    if (date.hour < 0) {
      StatedTime clock;
      const uint32_t behind = skip_between(text, date.span.end, within.end);
      if (behind < within.end && ascii_digit(text[behind]) &&
          read_clock(text, within, behind, clock)) {
        date.hour = clock.hour;
        date.minute = clock.minute;
        date.second = clock.second;
        date.zone = clock.zone;
        date.span.end = clock.span.end;
      } else {
        // "19:30, 6 September 2017": the clock stands right before the date.
        const uint32_t from =
            date.span.begin > within.begin + 40 ? date.span.begin - 40 : within.begin;
        for (uint32_t k = from; k < date.span.begin; ++k) {
          if (!ascii_digit(text[k]) || (k > within.begin && wordish(text[k - 1]))) continue;
          StatedTime before;
          if (!read_clock(text, {within.begin, date.span.begin}, k, before)) continue;
          uint32_t gap = skip_between(text, before.span.end, date.span.begin);
          for (const std::string_view word : {"on ", "Monday", "Tuesday", "Wednesday", "Thursday",
                                              "Friday", "Saturday", "Sunday"}) {
            if (text.substr(gap, word.size()) == word)
              gap = skip_between(text, gap + static_cast<uint32_t>(word.size()), date.span.begin);
          }
          if (gap != date.span.begin) continue;
          date.hour = before.hour;
          date.minute = before.minute;
          date.second = before.second;
          date.zone = before.zone;
          date.span.begin = before.span.begin;
          break;
        }
      }
    }
    return date;
  }
  return std::nullopt;
}

std::optional<StatedTime> DateReader::find_clock(std::string_view text, Span within) const {
  for (uint32_t i = within.begin; i < within.end; ++i) {
    if (!ascii_digit(text[i]) || (i > within.begin && wordish(text[i - 1]))) continue;
    StatedTime clock;
    if (read_clock(text, within, i, clock)) return clock;
  }
  return std::nullopt;
}

}  // namespace readout::discourse
