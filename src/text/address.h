// Addresses and file names: what stays one word whatever marks it holds.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/word_table.h"

namespace readout::text {

/// If a URL, mail address, host or file name begins at `i`, its end; else 0. [i, end) is free of
/// white space; `domains` holds the last parts of hosts and files ("com", "doc") in small letters.
/// Marks behind an address are left out: "(see www.x.az)." gives "www.x.az".
uint32_t find_address(std::string_view text, uint32_t i, uint32_t end, const WordTable& domains);

}  // namespace readout::text
