// A person's word on a row of the record. Entries are kept one after the other and never changed; what
// was read stays as it was, and every answer shows the row as the entries leave it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "readout/result.h"

namespace readout {

struct Correction {
  std::string at;                  // UTC, ISO 8601
  std::string by, note;            // who, and why
  std::string document, row, kind; // of the row; taken from the record when one is added
  std::string verdict;             // changed, wrong (the row should not be), right, withdrawn (all before)
  std::string change = "{}";       // JSON object: new values of fields; null takes a field away
  uint64_t begin = 0, end = 0;     // of the row
  bool attached = true;            // false: a newer reading has no such row any more
};

/// The verdict is known, and `change` has only fields that rows of `kind` have and that may be changed,
/// with values of their type. BadInput says what is wrong.
Result<void> check_correction(std::string_view kind, const Correction& correction);

/// A line of an export, {"kind":"correction",...}, and back.
std::string to_json(const Correction& correction);
Result<Correction> correction_from_json(std::string_view line);

}  // namespace readout
