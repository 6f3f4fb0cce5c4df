// PETRARCH's unit tests and TABARI's validation suite: sentences with the events that those programs code, run through our parse with
// their own dictionaries.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/petrarch/coder.h"
#include "events/petrarch/dictionary.h"
#include "readout/pipeline.h"
#include "readout/result.h"

namespace readout::query {

struct PetrarchRecord {
  std::string id, category, text;
  uint32_t day = 0;                      // YYYYMMDD
  std::vector<std::string> want;         // "GON>OSG:064", sorted
  events::petrarch::Options options;     // as set at this place of the suite
};

struct PetrarchOutcome {
  const PetrarchRecord* record = nullptr;
  std::vector<std::string> got;          // sorted
  bool right() const { return got == record->want; }
};

/// The unit tests as PETRARCH has them (XML with <Config> lines between the sentences) or as JSON Lines (one record a line: id, date, text,
/// events). Records without text are left out.
Result<std::vector<PetrarchRecord>> read_petrarch_suite(std::string_view text);

std::vector<PetrarchOutcome> run_petrarch_suite(const Engine& engine, const events::petrarch::Dictionary& dictionary,
                                                const std::vector<PetrarchRecord>& records);

}  // namespace readout::query
