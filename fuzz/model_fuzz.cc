// The reader of model files. Size and checksum are set right first, so that the checks behind them
// are reached; whatever is accepted must be readable to its ends.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "model/model_file.h"
#include "syntax/parser.h"

namespace {

void read(std::string_view bytes) {
  const auto model = readout::model::ModelFile::view(bytes, "fuzz.model");
  if (!model) return;
  for (const char* name : {"meta", "numbers", "words.text", "deprels"}) {
    if (const auto lines = model->lines(name)) {
      size_t sum = 0;
      for (const auto line : *lines) sum += line.size();
      if (sum > bytes.size()) std::abort();
    }
    if (const auto numbers = model->array<float>(name, 0, 0)) {
      volatile float last = numbers->empty() ? 0.0F : numbers->back();
      (void)last;
    }
  }
  (void)model->number("size.x", 0, 100);
  (void)readout::syntax::Parser::view(bytes, "fuzz.model");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  struct Free {
    void operator()(char* p) const { std::free(p); }
  };
  const std::unique_ptr<char, Free> bytes(static_cast<char*>(std::aligned_alloc(64, (size + 64) / 64 * 64)));
  if (size > 0) std::memcpy(bytes.get(), data, size);
  read({bytes.get(), size});
  if (size >= 32) {
    const uint64_t whole = size, sum = readout::model::checksum({bytes.get() + 32, size - 32});
    std::memcpy(bytes.get() + 16, &whole, 8);
    std::memcpy(bytes.get() + 24, &sum, 8);
    read({bytes.get(), size});
  }
  return 0;
}
