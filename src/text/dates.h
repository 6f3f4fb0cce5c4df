// Dates as containers write them -> ISO 8601.
#pragma once

#include <string>
#include <string_view>

namespace readout::text {

/// "2021-03-04T10:00:00Z", "20210304", "20210304T100000Z", "Thu, 04 Mar 2021 10:00:00 +0400",
/// "4 March 2021", "March 4, 2021 10:05" -> ISO 8601, with time and zone where they are given.
/// What is no date comes back as it was, without surrounding space.
std::string iso_date(std::string_view text);

/// True if `text` begins with a date that `iso_date` understands.
bool is_iso_date(std::string_view text);

}  // namespace readout::text
