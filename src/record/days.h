// Names and days in the form in which the record compares them.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace readout::record {

/// A name in the form in which names are compared: folded words joined by blanks, single letters
/// together ("U.S." and "US" are "us").
std::string name_key(std::string_view name);

/// First and last day of a TIMEX3 value or interval ("2021-03", "2021-W10", "2021-Q1", "a/b").
/// Empty where the value names no days ("P3D", "XXXX").
std::pair<std::string, std::string> day_range(std::string_view value);

}  // namespace readout::record
