// A buffer slides over the stream; a line that lies in it whole is parsed where it is. Memory is
// bounded by the longest line that is allowed; of a longer one only the end is looked for.
#include <cstring>
#include <vector>

#include "core/limits.h"
#include "text/json.h"
#include "text/reader.h"

namespace readout::text {
namespace {

class JsonlReader final : public Reader {
 public:
  JsonlReader(std::unique_ptr<ByteStream> stream, std::string name)
      : stream_(std::move(stream)), name_(std::move(name)), buffer_(size_t{1} << 20) {}

  std::optional<InputItem> next() override {
    for (;;) {
      if (done_ && begin_ == end_) return std::nullopt;
      const void* found = std::memchr(buffer_.data() + scanned_, '\n', end_ - scanned_);
      if (found == nullptr && !done_) {
        scanned_ = end_;
        if (auto error = fill()) return rejected(line_ + 1, *error);
        continue;
      }
      const size_t stop =
          found != nullptr ? static_cast<size_t>(static_cast<const char*>(found) - buffer_.data())
                           : end_;
      std::string_view line(buffer_.data() + begin_, stop - begin_);
      begin_ = scanned_ = std::min(stop + 1, end_);
      ++line_;
      if (cut_) {  // a damaged stream broke off inside of this line
        cut_ = false;
        continue;
      }
      if (skipping_) {
        skipping_ = false;
        return rejected(line_,
                        {Code::Limit, place(line_) + ": line longer than the limit of " +
                                          human_bytes(limits::kJsonLineBytes) + " (JSON Lines)"});
      }
      if (line_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
      while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t'))
        line.remove_suffix(1);
      if (line.empty()) continue;
      auto doc = parser_.parse(line, name_, line_);
      if (!doc) return rejected(line_, doc.error());
      return InputItem(std::move(*doc));
    }
  }

 private:
  std::string place(uint64_t line) const { return name_ + ":" + std::to_string(line); }
  InputItem rejected(uint64_t line, Error error) const {
    return Rejected{place(line), std::move(error)};
  }

  /// Reads on; an error ends the stream.
  std::optional<Error> fill() {
    if (skipping_) begin_ = scanned_ = end_ = 0;  // nothing of this line is kept
    if (begin_ > 0) {
      std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
      end_ -= begin_;
      scanned_ -= begin_;
      begin_ = 0;
    }
    if (end_ == buffer_.size()) {
      if (buffer_.size() >= limits::kJsonLineBytes) {
        skipping_ = true;
        begin_ = scanned_ = end_ = 0;
      } else {
        buffer_.resize(std::min(buffer_.size() * 2, limits::kJsonLineBytes));
      }
    }
    auto got = stream_->read(buffer_.data() + end_, buffer_.size() - end_);
    if (!got) {
      done_ = true;
      cut_ = begin_ != end_;
      return got.error().message.starts_with(name_) ? got.error()
                                                    : got.error().within(place(line_ + 1));
    }
    if (*got == 0) {
      done_ = true;
      if (skipping_ && begin_ == end_) {  // the endless line was the last
        skipping_ = false;
        return Error{Code::Limit, place(line_ + 1) + ": line longer than the limit of " +
                                      human_bytes(limits::kJsonLineBytes) + " (JSON Lines)"};
      }
    }
    end_ += *got;
    return std::nullopt;
  }

  std::unique_ptr<ByteStream> stream_;
  std::string name_;
  JsonlParser parser_;
  std::vector<char> buffer_;
  size_t begin_ = 0, scanned_ = 0,
         end_ = 0;  // the line so far; what was looked through; what was read
  uint64_t line_ = 0;
  bool done_ = false, skipping_ = false, cut_ = false;
};

}  // namespace

std::unique_ptr<Reader> jsonl_reader(std::unique_ptr<ByteStream> stream, std::string name) {
  return std::make_unique<JsonlReader>(std::move(stream), std::move(name));
}

}  // namespace readout::text
