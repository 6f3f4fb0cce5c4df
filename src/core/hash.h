// Content hashes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace readout {

/// SHA-256 of `bytes`, 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);

/// FNV-1a, 64 bit: for row ids and look-up tables, not for security. Stable across machines.
constexpr uint64_t fnv1a(std::string_view bytes, uint64_t seed = 0xcbf29ce484222325ULL) {
  uint64_t h = seed;
  for (const char c : bytes) {
    h ^= static_cast<unsigned char>(c);
    h *= 0x100000001b3ULL;
  }
  return h;
}

}  // namespace readout
