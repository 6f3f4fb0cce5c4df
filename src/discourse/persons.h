// How much of a text speaks in the first and second person.
#pragma once

#include <cstdint>
#include <string_view>

#include "readout/span.h"

namespace readout::discourse {

/// Counts of first- and second-person words of a span, outside of double quotation marks.
struct Persons {
  uint32_t singular = 0;  // I, my, me
  uint32_t plural = 0;    // we, our, us
  uint32_t second = 0;    // you, your
  uint32_t words = 0;
  uint32_t any() const { return singular + plural + second; }
};
Persons count_persons(std::string_view text, Span span);

}  // namespace readout::discourse
