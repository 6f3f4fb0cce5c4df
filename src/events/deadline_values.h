// Days that a deadline means, counted from a day that is known: the day the document was published
// or signed, the day of an act.
//
//   next_value("XXXX-01", "2019-10-11") -> "2020-01"     add_duration("1999-06-21", "P30D") ->
//   "1999-07-21"
#pragma once

#include <string>
#include <string_view>

#include "readout/document.h"

namespace readout::events {

/// The first day, month, weekday or season of that kind from `today` (ISO day) on; empty if the
/// value says no such thing or no day is known.
std::string next_value(std::string_view value, std::string_view today);

/// A day and a TIMEX3 duration later; empty if either is none.
std::string add_duration(std::string_view day, std::string_view duration);

/// The day before an ISO date ("2024-01-01" -> "2023-12-31"); empty if it is none.
std::string day_before(std::string_view iso);

/// The day of a document: when it was published, else the full date at its head, or at its foot
/// where the text was adopted or done. Empty if it has none.
std::string day_of_document(const Document& doc);

}  // namespace readout::events
