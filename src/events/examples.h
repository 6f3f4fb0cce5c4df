// Runs the yes and no lines of all frames through the whole reading path.
#pragma once

#include <string>
#include <vector>

#include "events/frames.h"
#include "readout/pipeline.h"

namespace readout::events {

struct ExampleReport {
  size_t yes = 0, no = 0;
  std::vector<std::string> problems;  // "data/events/aid.rules:12: ..."
};

/// A "yes" sentence must give an event of its frame's type (or of the type and code it names), a "no"
/// sentence none of that type. Frames without any example and names that occur twice are problems too.
Result<ExampleReport> check_examples(const FrameSet& frames, const Pipeline& pipeline);

}  // namespace readout::events
