// The text is cut into numbers, words and signs; three shapes are tried: ISO, compact digits, and a
// month's name with a day and a year around it. No guess is made at "03/04/2021".
#include "text/dates.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <optional>

namespace readout::text {
namespace {

struct Stamp {
  int year = 0, month = 0, day = 0;
  int hour = -1, minute = -1, second = -1;
  std::string zone;  // "", "Z", "+04:00"
};

bool digit(char c) { return c >= '0' && c <= '9'; }

bool plausible(const Stamp& stamp) {
  static constexpr std::array kDays = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (stamp.year < 1000 || stamp.year > 2999) return false;
  if (stamp.month < 1 || stamp.month > 12) return false;
  if (stamp.day < 1 || stamp.day > kDays[static_cast<size_t>(stamp.month - 1)]) return false;
  if (stamp.hour > 24 || stamp.minute > 59 || stamp.second > 60) return false;
  return true;
}

std::string print(const Stamp& stamp) {
  char buffer[64];
  int n =
      std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", stamp.year, stamp.month, stamp.day);
  std::string out(buffer, static_cast<size_t>(n));
  if (stamp.hour >= 0 && stamp.minute >= 0) {
    n = std::snprintf(buffer, sizeof buffer, "T%02d:%02d", stamp.hour, stamp.minute);
    out.append(buffer, static_cast<size_t>(n));
    if (stamp.second >= 0) {
      n = std::snprintf(buffer, sizeof buffer, ":%02d", stamp.second);
      out.append(buffer, static_cast<size_t>(n));
    }
    out += stamp.zone;
  }
  return out;
}

class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}
  bool end() const { return at_ >= text_.size(); }
  char peek() const { return end() ? '\0' : text_[at_]; }
  bool take(char c) {
    if (peek() != c || end()) return false;
    ++at_;
    return true;
  }
  void skip_space() {
    while (peek() == ' ' || peek() == '\t' || peek() == ',') ++at_;
  }
  /// Between `low` and `high` digits.
  std::optional<int> number(size_t low, size_t high) {
    size_t n = 0;
    int value = 0;
    while (n < high && at_ + n < text_.size() && digit(text_[at_ + n])) {
      value = value * 10 + (text_[at_ + n] - '0');
      ++n;
    }
    if (n < low) return std::nullopt;
    at_ += n;
    return value;
  }
  std::string word() {
    std::string out;
    while (!end() && ((peek() | 0x20) >= 'a' && (peek() | 0x20) <= 'z')) {
      out.push_back(static_cast<char>(peek() | 0x20));
      ++at_;
    }
    return out;
  }
  size_t at() const { return at_; }
  void go(size_t at) { at_ = at; }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

/// 1 to 12 for an English month or its first three letters, 0 otherwise.
int month_of(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kMonths = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  for (size_t i = 0; i < kMonths.size(); ++i) {
    if (word == kMonths[i] || word == kMonths[i].substr(0, 3) || (i == 8 && word == "sept")) {
      return static_cast<int>(i) + 1;
    }
  }
  return 0;
}

void read_zone(Cursor& cursor, Stamp& stamp) {
  cursor.skip_space();
  const size_t before = cursor.at();
  const char sign = cursor.peek();
  if (sign == '+' || sign == '-') {
    cursor.take(sign);
    const auto hours = cursor.number(2, 2);
    cursor.take(':');
    const auto minutes = cursor.number(2, 2);
    if (hours && *hours <= 14 && (!minutes || *minutes < 60)) {
      char buffer[16];
      const int n =
          std::snprintf(buffer, sizeof buffer, "%c%02d:%02d", sign, *hours, minutes.value_or(0));
      stamp.zone.assign(buffer, static_cast<size_t>(n));
      return;
    }
    cursor.go(before);
    return;
  }
  // Names of zones with one meaning only; "EST" and the like differ by country and season.
  const std::string name = cursor.word();
  if (name == "z" || name == "gmt" || name == "utc" || name == "ut") {
    stamp.zone = "Z";
  } else {
    cursor.go(before);
  }
}

void read_time(Cursor& cursor, Stamp& stamp) {
  const size_t before = cursor.at();
  const auto hour = cursor.number(1, 2);
  if (!hour || !cursor.take(':')) return cursor.go(before);
  const auto minute = cursor.number(2, 2);
  if (!minute) return cursor.go(before);
  stamp.hour = *hour;
  stamp.minute = *minute;
  if (cursor.take(':')) {
    if (const auto second = cursor.number(2, 2)) stamp.second = *second;
    if (cursor.take('.')) cursor.number(1, 9);
  }
  const size_t after = cursor.at();
  cursor.skip_space();
  const std::string half = cursor.word();
  if (half == "pm" && stamp.hour < 12) stamp.hour += 12;
  if (half == "am" && stamp.hour == 12) stamp.hour = 0;
  if (half != "am" && half != "pm") cursor.go(after);
  read_zone(cursor, stamp);
}

std::optional<Stamp> iso(std::string_view text) {
  Cursor cursor(text);
  Stamp stamp;
  const auto year = cursor.number(4, 4);
  if (!year) return std::nullopt;
  stamp.year = *year;
  const char dash = cursor.peek();
  if (dash != '-' && dash != '/' &&
      dash != '.') {  // compact: 20210304, 202103041005, 20210304T100500Z
    const auto month = cursor.number(2, 2);
    const auto day = month ? cursor.number(2, 2) : std::nullopt;
    if (!day) return std::nullopt;
    stamp.month = *month;
    stamp.day = *day;
    if (cursor.take('T') || digit(cursor.peek())) {
      const auto hour = cursor.number(2, 2);
      const auto minute = hour ? cursor.number(2, 2) : std::nullopt;
      if (!minute) return std::nullopt;
      stamp.hour = *hour;
      stamp.minute = *minute;
      if (const auto second = cursor.number(2, 2)) stamp.second = *second;
      read_zone(cursor, stamp);
    }
  } else {
    cursor.take(dash);
    const auto month = cursor.number(1, 2);
    if (!month || !cursor.take(dash)) return std::nullopt;
    const auto day = cursor.number(1, 2);
    if (!day) return std::nullopt;
    stamp.month = *month;
    stamp.day = *day;
    if (cursor.peek() == 'T' || cursor.peek() == 't') {
      cursor.take(cursor.peek());
    }
    cursor.skip_space();
    read_time(cursor, stamp);
  }
  cursor.skip_space();
  if (!cursor.end() || !plausible(stamp)) return std::nullopt;
  return stamp;
}

/// "Thu, 04 Mar 2021 10:00:00 +0400", "4 March 2021", "March 4, 2021, 10:05 AM".
std::optional<Stamp> written(std::string_view text) {
  Cursor cursor(text);
  Stamp stamp;
  for (int parts = 0; parts < 8 && !cursor.end(); ++parts) {
    cursor.skip_space();
    if (cursor.take('.') || cursor.take('|')) continue;
    if (digit(cursor.peek())) {
      const size_t before = cursor.at();
      read_time(cursor, stamp);
      if (cursor.at() != before) continue;
      const auto four = cursor.number(4, 4);
      if (four && stamp.year == 0) {
        stamp.year = *four;
        continue;
      }
      cursor.go(before);
      const auto two = cursor.number(1, 2);
      if (!two || stamp.day != 0) return std::nullopt;
      stamp.day = *two;
    } else {
      const std::string word = cursor.word();
      if (word.empty()) break;
      const int month = month_of(word);
      if (month != 0 && stamp.month == 0) {
        stamp.month = month;
      } else {
        // Weekdays, "at", ordinals ("4th"); anything else is no date.
        static constexpr std::array<std::string_view, 20> kPass = {
            "mon",    "tue",     "wed",       "thu",      "fri",    "sat",      "sun",
            "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
            "at",     "of",      "st",        "nd",       "rd",     "th"};
        bool pass = false;
        for (const std::string_view known : kPass) pass = pass || word == known;
        if (!pass) return std::nullopt;
      }
    }
  }
  cursor.skip_space();
  // A comment may stand behind a mail's date: "(CEST)".
  if (!cursor.end() && cursor.peek() != '(') return std::nullopt;
  if (!plausible(stamp)) return std::nullopt;
  return stamp;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || (text.front() >= 9 && text.front() <= 13)))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || (text.back() >= 9 && text.back() <= 13)))
    text.remove_suffix(1);
  return text;
}

}  // namespace

std::string iso_date(std::string_view text) {
  text = trim(text);
  if (const auto stamp = iso(text)) return print(*stamp);
  if (const auto stamp = written(text)) return print(*stamp);
  return std::string(text);
}

bool is_iso_date(std::string_view text) {
  text = trim(text);
  return iso(text).has_value();
}

}  // namespace readout::text
