// Days of the proleptic Gregorian calendar, ISO weeks, and feast days of other calendars.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace readout::timex {

/// Days since 1970-01-01.
using DayNumber = int32_t;

struct Ymd {
  int32_t year = 0;
  int32_t month = 1, day = 1;
  friend constexpr bool operator==(Ymd, Ymd) = default;
};

/// Method: Howard Hinnant, "chrono-compatible low-level date algorithms". Exact for all years used.
DayNumber day_number(int32_t year, int32_t month, int32_t day);
Ymd civil(DayNumber days);
int32_t days_in_month(int32_t year, int32_t month);
/// 1 = Monday ... 7 = Sunday.
int32_t weekday(DayNumber days);

struct IsoWeek {
  int32_t year = 0, week = 1;
};
IsoWeek iso_week(DayNumber days);
DayNumber monday_of(IsoWeek week);

/// Easter Sunday by the western (Gregorian) and the eastern (Julian) reckoning.
DayNumber easter_western(int32_t year);
DayNumber easter_eastern(int32_t year);

/// First day that lies in the Gregorian `year` on which month `month`, day `day` of another calendar
/// falls (ICU's names: "islamic-umalqura", "hebrew", "chinese", "persian"). Slow (microseconds):
/// asked only when a feast is named. Nothing if the calendar is unknown or the day does not occur.
std::optional<DayNumber> from_calendar(std::string_view calendar, int32_t year, int32_t month, int32_t day);

/// A feast's rule for one year: "fixed 12-25", "easter -2", "orthodox 0", "nth 11 4 4" (4th Thursday of
/// November; -1 = last), "calendar islamic-umalqura 10 1". Nothing if the rule is malformed.
std::optional<DayNumber> feast_day(std::string_view rule, int32_t year);

/// "2023-06-04"; years before 1 as "BC0044".
std::string iso(DayNumber days);
void append_number(std::string& out, int32_t value, int width);

}  // namespace readout::timex
