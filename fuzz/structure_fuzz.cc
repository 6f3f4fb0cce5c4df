// Structure, words and sentences of arbitrary bytes: whatever the readers let through must give
// columns within bounds, and the same ones twice.
#include <cstdint>
#include <string>
#include <vector>

#include "core/check.h"
#include "core/utf8.h"
#include "discourse/structure.h"
#include "readout/pipeline.h"
#include "text/tokens.h"

namespace {

const readout::Pipeline& pipeline() {
  static const readout::Pipeline made = [] {
    std::vector<std::unique_ptr<const readout::Stage>> stages;
    stages.push_back(readout::discourse::make_structure_stage());
    stages.push_back(readout::text::make_token_stage());
    auto result = readout::Pipeline::create(std::move(stages));
    READOUT_CHECK(result);
    return std::move(*result);
  }();
  return made;
}

readout::Document read(const std::string& bytes) {
  readout::Scratch scratch;
  readout::TextLayer text;
  text.source = bytes;
  std::vector<readout::Draft> batch;
  batch.emplace_back(std::move(text));
  const auto done = pipeline().run(batch, scratch);
  READOUT_CHECK(done);
  return std::move(batch.front()).finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  // The readers hand over valid UTF-8 only.
  const size_t bad = readout::utf8::find_invalid(bytes);
  if (bad != std::string::npos) bytes.resize(bad);
  const readout::Document doc = read(bytes);
  const readout::Document again = read(bytes);
  READOUT_CHECK(doc.tokens()->span == again.tokens()->span);
  READOUT_CHECK(doc.structure()->turns.size() == again.structure()->turns.size());
  return 0;
}
