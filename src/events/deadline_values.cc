#include "events/deadline_values.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>

namespace readout::events {
namespace {

using std::chrono::days;
using std::chrono::month;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;
using std::chrono::years;

/// The number in `text`, up to 9999; nothing unless all of it is digits.
std::optional<int> number(std::string_view text) {
  if (text.empty() || text.size() > 4) return std::nullopt;
  int out = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    out = out * 10 + (c - '0');
  }
  return out;
}

year_month_day make_day(int y, int m, int d) {
  return {year{y}, month{static_cast<unsigned>(m)}, std::chrono::day{static_cast<unsigned>(d)}};
}

std::optional<year_month_day> parse_day(std::string_view iso) {
  if (iso.size() < 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const auto y = number(iso.substr(0, 4)), m = number(iso.substr(5, 2)),
             d = number(iso.substr(8, 2));
  if (!y || !m || !d) return std::nullopt;
  const year_month_day day = make_day(*y, *m, *d);
  return day.ok() ? std::optional(day) : std::nullopt;
}

std::string print_day(year_month_day day) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return buffer;
}

}  // namespace

std::string day_before(std::string_view iso) {
  const auto day = parse_day(iso);
  return day ? print_day(year_month_day(sys_days(*day) - days(1))) : std::string();
}

std::string add_duration(std::string_view from, std::string_view duration) {
  const auto start = parse_day(from);
  if (!start || duration.size() < 3 || duration[0] != 'P') return {};
  const bool hours = duration[1] == 'T';
  const auto count = number(duration.substr(hours ? 2 : 1, duration.size() - (hours ? 3 : 2)));
  if (!count) return {};
  year_month_day end = *start;
  switch (duration.back()) {
    case 'H':
      if (!hours || *count % 24 != 0) return {};
      end = sys_days(*start) + days(*count / 24);
      break;
    case 'D':
      end = sys_days(*start) + days(*count);
      break;
    case 'W':
      end = sys_days(*start) + days(*count * 7);
      break;
    case 'M':
      if (hours) return {};
      end = *start + months(*count);
      break;
    case 'Y':
      end = *start + years(*count);
      break;
    default:
      return {};
  }
  if (!end.ok()) end = end.year() / end.month() / std::chrono::last;
  return print_day(end);
}

std::string next_value(std::string_view value, std::string_view today) {
  const auto now = parse_day(today);
  if (!now || value.size() < 7 || value.substr(0, 5) != "XXXX-") return {};
  const std::string_view rest = value.substr(5);
  const int this_year = static_cast<int>(now->year());
  const std::string years[2] = {std::string(today.substr(0, 4)), std::to_string(this_year + 1)};
  if (rest.size() == 5 && rest.starts_with("WXX-")) {
    const auto want = number(rest.substr(4));
    if (!want || *want < 1 || *want > 7) return {};
    const unsigned here = std::chrono::weekday(sys_days(*now)).iso_encoding();
    int ahead = *want - static_cast<int>(here);
    if (ahead <= 0) ahead += 7;
    return print_day(year_month_day(sys_days(*now) + days(ahead)));
  }
  // The last month of each season; winter is named by the year in which it begins.
  int month_of = 0;
  if (rest == "SP") month_of = 5;
  if (rest == "SU") month_of = 8;
  if (rest == "FA") month_of = 11;
  if (rest == "WI") month_of = 12;
  if (month_of == 0) {
    const auto m = number(rest.substr(0, 2));
    if (!m || *m < 1 || *m > 12) return {};
    month_of = *m;
    if (rest.size() == 5) {
      const std::string here = years[0] + "-" + std::string(rest);
      return here > std::string(today.substr(0, 10)) ? here : years[1] + "-" + std::string(rest);
    }
    if (rest.size() != 2) return {};
  }
  const bool past = month_of < static_cast<int>(static_cast<unsigned>(now->month()));
  return years[past ? 1 : 0] + "-" + std::string(rest);
}

std::string day_of_document(const Document& doc) {
  if (doc.structure()->published_iso.size() >= 10)
    return doc.structure()->published_iso.substr(0, 10);
  if (doc.timexes() == nullptr || doc.tokens()->sentences.empty()) return {};
  const std::string& genre = doc.structure()->genre;
  const auto full = [&](const Timex& timex) {
    return timex.type == TimexType::Date && parse_day(doc.str(timex.value)).has_value();
  };
  const auto& all = doc.timexes()->timexes;
  if (genre == "agreement" || genre == "communique") {
    // "Done at Algiers, this 21st day of June 1999", "Adopted in Colombo on 22 August 2018"
    for (size_t k = all.size(); k-- > 0;) {
      if (!full(all[k])) continue;
      const auto s = doc.sentence_of(all[k].span);
      if (!s) continue;
      const std::string_view text = doc.text(doc.sentence_span(*s));
      for (const std::string_view word : {"Done ", "DONE ", "done at", "Adopted ", "ADOPTED ",
                                          "Signed ", "SIGNED ", "signed at", "Issued "}) {
        if (text.find(word) != std::string_view::npos)
          return std::string(doc.str(all[k].value).substr(0, 10));
      }
    }
  }
  for (const Timex& timex : all) {
    if (!full(timex)) continue;
    const auto s = doc.sentence_of(timex.span);
    if (!s || index(*s) >= 6) break;
    // A date line is little more than the date; the date of a dateline may follow a place.
    const Span sentence = doc.sentence_span(*s);
    const bool line =
        sentence.size() < timex.span.size() + 40 || timex.span.begin < sentence.begin + 40;
    if (line) return std::string(doc.str(timex.value).substr(0, 10));
  }
  return {};
}

}  // namespace readout::events
