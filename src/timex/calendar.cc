#include "timex/calendar.h"

#include <unicode/ucal.h>

#include <array>
#include <charconv>
#include <vector>

namespace readout::timex {

DayNumber day_number(int32_t year, int32_t month, int32_t day) {
  const int32_t y = month <= 2 ? year - 1 : year;
  const int32_t era = (y >= 0 ? y : y - 399) / 400;
  const int32_t yoe = y - era * 400;
  const int32_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int32_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + doe - 719468;
}

Ymd civil(DayNumber days) {
  const int32_t z = days + 719468;
  const int32_t era = (z >= 0 ? z : z - 146096) / 146097;
  const int32_t doe = z - era * 146097;
  const int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const int32_t mp = (5 * doy + 2) / 153;
  const int32_t month = mp + (mp < 10 ? 3 : -9);
  return {yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - (153 * mp + 2) / 5 + 1};
}

int32_t days_in_month(int32_t year, int32_t month) {
  constexpr std::array<int32_t, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<size_t>(month - 1)];
}

int32_t weekday(DayNumber days) { return ((days + 3) % 7 + 7) % 7 + 1; }

IsoWeek iso_week(DayNumber days) {
  const DayNumber thursday = days - weekday(days) + 4;
  const int32_t year = civil(thursday).year;
  return {year, (thursday - day_number(year, 1, 1)) / 7 + 1};
}

DayNumber monday_of(IsoWeek week) {
  const DayNumber fourth = day_number(week.year, 1, 4);
  return fourth - (weekday(fourth) - 1) + (week.week - 1) * 7;
}

// Method: anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8).
DayNumber easter_western(int32_t year) {
  const int32_t a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4;
  const int32_t f = (b + 8) / 25, g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30;
  const int32_t i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int32_t m = (a + 11 * h + 22 * l) / 451;
  return day_number(year, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
}

// Method: Meeus' Julian algorithm; the Julian date is moved by the centuries' difference.
DayNumber easter_eastern(int32_t year) {
  const int32_t a = year % 4, b = year % 7, c = year % 19, d = (19 * c + 15) % 30;
  const int32_t e = (2 * a + 4 * b - d + 34) % 7;
  const int32_t month = (d + e + 114) / 31, day = (d + e + 114) % 31 + 1;
  const int32_t shift = year / 100 - year / 400 - 2;
  return day_number(year, month, day) + shift;
}

std::optional<DayNumber> from_calendar(std::string_view calendar, int32_t year, int32_t month, int32_t day) {
  if (year < 1000 || year > 2200) return std::nullopt;
  const std::string locale = "en@calendar=" + std::string(calendar);
  UErrorCode status = U_ZERO_ERROR;
  constexpr char16_t kZone[] = u"UTC";
  UCalendar* cal = ucal_open(kZone, 3, locale.c_str(), UCAL_DEFAULT, &status);
  if (U_FAILURE(status)) return std::nullopt;
  // Walks the days of the Gregorian year: 365 steps at most, and no arithmetic of foreign years.
  std::optional<DayNumber> found;
  const DayNumber first = day_number(year, 1, 1), last = day_number(year, 12, 31);
  for (DayNumber d = first; d <= last;) {
    ucal_setMillis(cal, static_cast<double>(d) * 86400000.0, &status);
    const int32_t m = ucal_get(cal, UCAL_MONTH, &status) + 1;
    const int32_t dom = ucal_get(cal, UCAL_DAY_OF_MONTH, &status);
    if (U_FAILURE(status)) break;
    if (m == month && dom == day) {
      found = d;
      break;
    }
    d += m == month && dom < day ? day - dom : dom == 1 || dom > 26 ? (dom == 1 ? 27 : 1) : 27 - dom;
  }
  ucal_close(cal);
  return found;
}

std::optional<DayNumber> feast_day(std::string_view rule, int32_t year) {
  std::vector<std::string_view> words;
  while (!rule.empty()) {
    const size_t blank = rule.find(' ');
    words.push_back(rule.substr(0, blank));
    rule.remove_prefix(blank == std::string_view::npos ? rule.size() : blank + 1);
  }
  const auto number = [&](size_t i) {
    int32_t v = 0;
    if (i < words.size()) std::from_chars(words[i].data(), words[i].data() + words[i].size(), v);
    return v;
  };
  if (words.size() < 2) return std::nullopt;
  if (words[0] == "fixed") {
    int32_t month = 0, day = 0;
    const size_t dash = words[1].find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    std::from_chars(words[1].data(), words[1].data() + dash, month);
    std::from_chars(words[1].data() + dash + 1, words[1].data() + words[1].size(), day);
    if (month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
    return day_number(year, month, day);
  }
  if (words[0] == "easter") return easter_western(year) + number(1);
  if (words[0] == "orthodox") return easter_eastern(year) + number(1);
  if (words[0] == "nth" && words.size() >= 4) {
    const int32_t month = number(1), wd = number(2), n = number(3);
    if (n > 0) {
      const DayNumber first = day_number(year, month, 1);
      return first + (wd - weekday(first) + 7) % 7 + (n - 1) * 7;
    }
    const DayNumber last = day_number(year, month, days_in_month(year, month));
    return last - (weekday(last) - wd + 7) % 7;
  }
  if (words[0] == "calendar" && words.size() >= 4) return from_calendar(words[1], year, number(2), number(3));
  return std::nullopt;
}

void append_number(std::string& out, int32_t value, int width) {
  std::array<char, 12> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  for (auto n = end - digits.data(); n < width; ++n) out += '0';
  out.append(digits.data(), end);
}

std::string iso(DayNumber days) {
  const Ymd d = civil(days);
  std::string out;
  if (d.year < 1) {
    out = "BC";
    append_number(out, 1 - d.year, 4);
  } else {
    append_number(out, d.year, 4);
  }
  out += '-';
  append_number(out, d.month, 2);
  out += '-';
  append_number(out, d.day, 2);
  return out;
}

}  // namespace readout::timex
