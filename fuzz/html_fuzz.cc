#include "text_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return readout::text::fuzz_format(data, size, readout::text::Format::Html);
}
