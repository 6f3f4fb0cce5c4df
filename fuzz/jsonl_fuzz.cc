#include <algorithm>
#include <cstring>

#include "text/reader.h"
#include "text_fuzz.h"

namespace {

/// Short reads of uneven length, so that every seam is met.
class Drip final : public readout::text::ByteStream {
 public:
  Drip(const uint8_t* data, size_t size) : data_(data), size_(size) {}
  readout::Result<size_t> read(char* out, size_t n) override {
    const size_t take = std::min({n, size_ - at_, 1 + step_++ % 97});
    if (take != 0) std::memcpy(out, data_ + at_, take);
    at_ += take;
    return take;
  }

 private:
  const uint8_t* data_;
  size_t size_, at_ = 0, step_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace readout::text;
  const auto reader = jsonl_reader(std::make_unique<Drip>(data, size), "fuzz");
  while (auto item = reader->next()) {
    if (auto* doc = std::get_if<RawDocument>(&*item)) {
      const auto layer = extract(std::move(*doc));
      if (layer) check_layer(*layer);
    }
  }
  return 0;
}
