#include "timex/when.h"

#include <array>
#include <cmath>

namespace readout::timex {
namespace {

constexpr std::array<const char*, 7> kParts = {"", "TMO", "TMI", "TAF", "TEV", "TNI", "TDT"};
constexpr std::array<const char*, 5> kSeasons = {"", "SP", "SU", "FA", "WI"};

void append_year(std::string& out, int32_t year) {
  if (year == kNo) {
    out += "XXXX";
  } else if (year < 1) {
    out += "BC";
    append_number(out, 1 - year, 4);
  } else {
    append_number(out, year, 4);
  }
}

void append_field(std::string& out, int32_t value) {
  if (value == kNo) {
    out += "XX";
  } else {
    append_number(out, value, 2);
  }
}

int32_t floor_div(int32_t a, int32_t b) { return (a >= 0 ? a : a - b + 1) / b; }

}  // namespace

When When::day_of(DayNumber days) {
  const Ymd d = civil(days);
  When w;
  w.gran = Gran::Day;
  w.year = d.year;
  w.month = d.month;
  w.day = d.day;
  return w;
}

When When::week_of(DayNumber days) {
  const IsoWeek week = iso_week(days);
  When w;
  w.gran = Gran::Week;
  w.year = week.year;
  w.sub = week.week;
  return w;
}

When When::month_of(int32_t year, int32_t month) {
  When w;
  w.gran = Gran::Month;
  w.year = year;
  w.month = month;
  return w;
}

When When::year_of(int32_t year) {
  When w;
  w.gran = Gran::Year;
  w.year = year;
  return w;
}

bool When::resolved() const {
  if (ref != Ref::None || year == kNo) return false;
  switch (gran) {
    case Gran::Century:
    case Gran::Decade:
    case Gran::Year:
      return true;
    case Gran::Half:
    case Gran::Season:
    case Gran::Quarter:
    case Gran::Week:
    case Gran::Weekend:
      return sub != kNo;
    case Gran::Month:
      return month != kNo;
    case Gran::Day:
    case Gran::Time:
      return month != kNo && day != kNo;
  }
  return false;
}

std::string value_of(const When& w) {
  if (w.ref == Ref::Past) return "PAST_REF";
  if (w.ref == Ref::Present) return "PRESENT_REF";
  if (w.ref == Ref::Future) return "FUTURE_REF";
  std::string out;
  if (w.kind == YearKind::Fiscal) out = "FY";
  if (w.kind == YearKind::School) out = "SY";
  switch (w.gran) {
    case Gran::Century:
    case Gran::Decade: {
      const int32_t unit = w.gran == Gran::Century ? 100 : 10;
      if (w.year == kNo) return w.gran == Gran::Century ? "XX" : "XXX";
      const bool bc = w.year < 1;
      if (bc) out += "BC";
      append_number(out, bc ? (-w.year) / unit : w.year / unit, w.gran == Gran::Century ? 2 : 3);
      return out;
    }
    case Gran::Year:
      append_year(out, w.year);
      return out;
    case Gran::Half:
      append_year(out, w.year);
      return out + "-H" + std::to_string(w.sub);
    case Gran::Quarter:
      append_year(out, w.year);
      return out + "-Q" + (w.sub == kNo ? "X" : std::to_string(w.sub));
    case Gran::Season:
      append_year(out, w.year);
      return out + "-" + kSeasons[static_cast<size_t>(w.sub)];
    case Gran::Month:
      append_year(out, w.year);
      out += '-';
      append_field(out, w.month);
      return out;
    case Gran::Week:
    case Gran::Weekend:
      append_year(out, w.year);
      out += "-W";
      append_field(out, w.sub);
      if (w.gran == Gran::Weekend) out += "-WE";
      return out;
    case Gran::Day:
    case Gran::Time:
      break;
  }
  append_year(out, w.year);
  if (w.weekday != kNo && w.month == kNo) {
    out += "-WXX-";
    append_number(out, w.weekday, 1);
  } else {
    out += '-';
    append_field(out, w.month);
    out += '-';
    append_field(out, w.day);
  }
  if (w.hour != kNo) {
    out += 'T';
    append_number(out, w.hour, 2);
    if (w.minute != kNo) {
      out += ':';
      append_number(out, w.minute, 2);
    }
    if (w.second != kNo) {
      out += ':';
      append_number(out, w.second, 2);
    }
    if (w.zone_min == 0) {
      out += 'Z';
    } else if (w.zone_min != kNo) {
      out += w.zone_min < 0 ? '-' : '+';
      append_number(out, std::abs(w.zone_min) / 60, 2);
      out += ':';
      append_number(out, std::abs(w.zone_min) % 60, 2);
    }
  } else if (w.part != Part::None) {
    out += kParts[static_cast<size_t>(w.part)];
  }
  return out;
}

std::optional<Interval> interval_of(const When& w) {
  if (!w.resolved() || w.kind != YearKind::Calendar) return std::nullopt;
  switch (w.gran) {
    case Gran::Century: {
      const int32_t first = w.year < 1 ? w.year : floor_div(w.year, 100) * 100;
      return Interval{day_number(first, 1, 1), day_number(first + 100, 1, 1)};
    }
    case Gran::Decade: {
      const int32_t first = floor_div(w.year, 10) * 10;
      return Interval{day_number(first, 1, 1), day_number(first + 10, 1, 1)};
    }
    case Gran::Year:
      return Interval{day_number(w.year, 1, 1), day_number(w.year + 1, 1, 1)};
    case Gran::Half:
      return w.sub == 1 ? Interval{day_number(w.year, 1, 1), day_number(w.year, 7, 1)}
                        : Interval{day_number(w.year, 7, 1), day_number(w.year + 1, 1, 1)};
    case Gran::Quarter: {
      const int32_t first = (w.sub - 1) * 3 + 1;
      return Interval{day_number(w.year, first, 1),
                      w.sub == 4 ? day_number(w.year + 1, 1, 1) : day_number(w.year, first + 3, 1)};
    }
    case Gran::Season: {  // meteorological seasons of the northern half; winter begins in December
      const int32_t first = w.sub * 3;
      return Interval{day_number(w.year, first, 1),
                      w.sub == 4 ? day_number(w.year + 1, 3, 1) : day_number(w.year, first + 3, 1)};
    }
    case Gran::Month:
      return Interval{day_number(w.year, w.month, 1),
                      day_number(w.year, w.month, 1) + days_in_month(w.year, w.month)};
    case Gran::Week: {
      const DayNumber monday = monday_of({w.year, w.sub});
      return Interval{monday, monday + 7};
    }
    case Gran::Weekend: {
      const DayNumber monday = monday_of({w.year, w.sub});
      return Interval{monday + 5, monday + 7};
    }
    case Gran::Day:
    case Gran::Time: {
      const DayNumber d = day_number(w.year, w.month, w.day);
      return Interval{d, d + 1};
    }
  }
  return std::nullopt;
}

When unit_of(DayNumber d, Unit unit) {
  const Ymd ymd = civil(d);
  When w;
  switch (unit) {
    case Unit::Week:
      return When::week_of(d);
    case Unit::Weekend:
      w = When::week_of(d);
      w.gran = Gran::Weekend;
      return w;
    case Unit::Month:
      return When::month_of(ymd.year, ymd.month);
    case Unit::Quarter:
      w.gran = Gran::Quarter;
      w.year = ymd.year;
      w.sub = (ymd.month - 1) / 3 + 1;
      return w;
    case Unit::Year:
      return When::year_of(ymd.year);
    case Unit::Decade:
      w = When::year_of(floor_div(ymd.year, 10) * 10);
      w.gran = Gran::Decade;
      return w;
    case Unit::Century:
    case Unit::Millennium:
      w = When::year_of(floor_div(ymd.year, 100) * 100);
      w.gran = Gran::Century;
      return w;
    default:
      return When::day_of(d);
  }
}

std::optional<When> shifted(const When& base, double n, Unit unit, bool keep) {
  const auto interval = interval_of(base);
  if (!interval) return std::nullopt;
  const Ymd from = civil(interval->from);
  if (unit == Unit::Second || unit == Unit::Minute || unit == Unit::Hour) {
    if (base.hour == kNo) return std::nullopt;
    double seconds = base.hour * 3600.0 + (base.minute == kNo ? 0 : base.minute * 60) +
                     (base.second == kNo ? 0 : base.second);
    seconds += n * (unit == Unit::Hour ? 3600 : unit == Unit::Minute ? 60 : 1);
    if (std::fabs(seconds) > 1e9) return std::nullopt;
    const double days = std::floor(seconds / 86400);
    const auto rest = static_cast<int32_t>(seconds - days * 86400);
    When w = When::day_of(interval->from + static_cast<int32_t>(days));
    w.gran = Gran::Time;
    w.hour = rest / 3600;
    w.minute = rest / 60 % 60;
    if (unit == Unit::Second || base.second != kNo) w.second = rest % 60;
    w.zone_min = base.zone_min;
    return w;
  }
  if (std::fabs(n) > 12000) return std::nullopt;
  int32_t months = 0, days = 0;
  const auto whole = static_cast<int32_t>(std::lround(n));
  switch (unit) {
    case Unit::Day:
      days = whole;
      break;
    case Unit::Week:
      days = static_cast<int32_t>(std::lround(n * 7));
      break;
    case Unit::Weekend:
      days = whole * 7;
      break;
    case Unit::Month:
      months = static_cast<int32_t>(std::floor(n));
      days = static_cast<int32_t>(std::lround((n - std::floor(n)) * 30));
      break;
    case Unit::Quarter:
      months = whole * 3;
      break;
    case Unit::Year:
      months = static_cast<int32_t>(std::lround(n * 12));
      break;
    case Unit::Decade:
      months = whole * 120;
      break;
    case Unit::Century:
      months = whole * 1200;
      break;
    case Unit::Millennium:
      months = whole * 12000;
      break;
    default:
      break;
  }
  const int32_t index = from.year * 12 + from.month - 1 + months;
  const int32_t year = floor_div(index, 12), month = index - year * 12 + 1;
  if (year < -9999 || year > 9999) return std::nullopt;
  const DayNumber d =
      day_number(year, month, std::min(from.day, days_in_month(year, month))) + days;
  if (keep) {
    switch (base.gran) {
      case Gran::Century:
        return unit_of(d, Unit::Century);
      case Gran::Decade:
        return unit_of(d, Unit::Decade);
      case Gran::Year:
        return unit == Unit::Year || unit == Unit::Decade || unit == Unit::Century
                   ? When::year_of(year)
                   : unit_of(d, unit);
      case Gran::Half:
      case Gran::Quarter:
      case Gran::Season: {
        if (months % 12 != 0 || days != 0) return unit_of(d, unit);
        When w = base;
        w.year += months / 12;
        return w;
      }
      case Gran::Month:
        return days != 0 ? unit_of(d, unit) : When::month_of(year, month);
      case Gran::Week:
        return unit == Unit::Day ? When::day_of(d) : When::week_of(d);
      case Gran::Weekend:
        return unit_of(d, Unit::Weekend);
      default: {
        When w = When::day_of(d);
        if (base.timed()) {
          w.gran = Gran::Time;
          w.hour = base.hour;
          w.minute = base.minute;
          w.part = base.part;
          w.zone_min = base.zone_min;
        }
        return w;
      }
    }
  }
  // Half a year or one and a half years ago: told to the month.
  if (unit == Unit::Year && months % 12 != 0) return When::month_of(year, month);
  return unit_of(d, unit);
}

}  // namespace readout::timex
