// When a document says it was published: dates and times as date lines write them, with their zone.
//
//   "# 10 May 2021 22:04 (UTC +04:00)"  ->  2021-05-10T22:04+04:00
//   "MAY 10, 2021 - 6:04 PM EDT"        ->  2021-05-10T18:04-04:00
//   "Helsinki, 12 October 2021, 13.15"  ->  2021-10-12T13:15
//   "05/28/2021 11:36 AM EDT"           ->  2021-05-28T11:36-04:00
//
// Numeric dates with slashes are read day first unless that is impossible or the clock is American
// (AM/PM or an American zone). What cannot be a date is not one; nothing is guessed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/word_table.h"
#include "readout/span.h"

namespace readout::discourse {

struct StatedTime {
  Span span;
  int year = 0, month = 0, day = 0;  // year 0: not stated
  int hour = -1, minute = 0, second = -1;
  std::string zone;  // "+04:00", empty if not stated

  /// ISO 8601; empty without a year.
  std::string iso() const;
};

class DateReader {
 public:
  /// Tables from data/discourse.
  DateReader();

  /// The first date in `within`, with the time beside it. A date without a year counts only if
  /// `without_year`.
  std::optional<StatedTime> find(std::string_view text, Span within,
                                 bool without_year = false) const;
  /// A clock time alone ("5:55 P.M. EDT").
  std::optional<StatedTime> find_clock(std::string_view text, Span within) const;

 private:
  bool read_date(std::string_view text, Span within, uint32_t at, StatedTime& out,
                 bool without_year) const;
  bool read_clock(std::string_view text, Span within, uint32_t at, StatedTime& out) const;
  uint32_t read_zone(std::string_view text, Span within, uint32_t at, std::string& zone) const;
  int month_at(std::string_view text, Span within, uint32_t at, uint32_t& end) const;

  WordTable months_, zones_;
  std::vector<std::string_view> offsets_;
};

}  // namespace readout::discourse
