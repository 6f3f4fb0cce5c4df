// A point on the time line as finely as it was told: "2023", "2023-W21", "2023-06-14TEV".
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "timex/calendar.h"

namespace readout::timex {

/// From coarse to fine. Week, weekend, quarter, half and season lie beside the month.
enum class Gran : uint8_t {
  Century,
  Decade,
  Year,
  Half,
  Season,
  Quarter,
  Month,
  Week,
  Weekend,
  Day,
  Time
};

enum class Ref : uint8_t { None, Past, Present, Future };

enum class Season : uint8_t { Spring = 1, Summer = 2, Autumn = 3, Winter = 4 };

/// Parts of a day by TIMEX3's letters.
enum class Part : uint8_t { None, Morning, Midday, Afternoon, Evening, Night, Daytime };

enum class YearKind : uint8_t { Calendar, Fiscal, School };

inline constexpr int32_t kNo = INT32_MIN;  // a field that is not told

struct When {
  Gran gran = Gran::Day;
  Ref ref = Ref::None;
  YearKind kind = YearKind::Calendar;
  int32_t year =
      kNo;  // astronomical: 0 is 1 BC; a century is its first year's hundred (1900 -> 19)
  int32_t month = kNo, day = kNo;
  int32_t sub = kNo;      // week, quarter, half, season
  int32_t weekday = kNo;  // told, but the date is not known
  int32_t hour = kNo, minute = kNo, second = kNo;
  Part part = Part::None;
  int32_t zone_min = kNo;

  static When day_of(DayNumber days);
  static When week_of(DayNumber days);
  static When month_of(int32_t year, int32_t month);
  static When year_of(int32_t year);

  /// All that its granularity wants is known.
  bool resolved() const;
  bool timed() const { return hour != kNo || part != Part::None; }
};

/// TIMEX3 value; unknown fields as X.
std::string value_of(const When& when);

struct Interval {
  DayNumber from = 0, until = 0;  // half-open
};
/// Days that it covers; nothing for what is not resolved.
std::optional<Interval> interval_of(const When& when);

enum class Unit : uint8_t {
  Second,
  Minute,
  Hour,
  Day,
  Week,
  Month,
  Quarter,
  Year,
  Decade,
  Century,
  Millennium,
  Weekend
};

/// `n` units after (before, if negative) a base whose interval is known. The result is as fine as
/// the unit, or as the base where `keep` is set. Nothing out of the years 1 .. 9999.
std::optional<When> shifted(const When& base, double n, Unit unit, bool keep);

/// The calendar unit that contains day `d`.
When unit_of(DayNumber d, Unit unit);

}  // namespace readout::timex
