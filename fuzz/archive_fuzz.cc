// Compressed files and archives: every member is read to its end or to the limit.
#include <algorithm>
#include <cstring>

#include "text/archive.h"
#include "text/byte_stream.h"

namespace {

class Bytes final : public readout::text::ByteStream {
 public:
  Bytes(const uint8_t* data, size_t size) : data_(data), size_(size) {}
  readout::Result<size_t> read(char* out, size_t n) override {
    const size_t take = std::min(n, size_ - at_);
    if (take != 0) std::memcpy(out, data_ + at_, take);
    at_ += take;
    return take;
  }
  bool seek(uint64_t to) override {
    if (to > size_) return false;
    at_ = to;
    return true;
  }
  std::optional<uint64_t> size() const override { return size_; }

 private:
  const uint8_t* data_;
  size_t size_, at_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace readout::text;
  auto archive = Archive::open(std::make_unique<PeekStream>(std::make_unique<Bytes>(data, size)), "fuzz");
  if (!archive) return 0;
  constexpr size_t kMembers = 1000, kLimit = size_t{1} << 20;
  for (size_t i = 0; i < kMembers; ++i) {
    auto member = (*archive)->next();
    if (!member) {
      if ((*archive)->failed()) break;
      continue;
    }
    if (!*member) break;
    (void)read_all(*(*member)->stream, kLimit, "bytes of a member");
  }
  return 0;
}
