// Frames, sets and classes in users' own files: an error with file and line, or an ontology whose parts fit together.
#include "core/check.h"
#include "events/frames.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto frames = readout::events::FrameSet::parse({{"events/fuzz.rules", bytes}});
  if (!frames) {
    READOUT_CHECK(frames.error().message.find("fuzz.rules") != std::string::npos);
    return 0;
  }
  for (const auto& frame : frames->frames()) frames->role_class(frame);
  return 0;
}
