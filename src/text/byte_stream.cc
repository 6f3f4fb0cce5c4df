#include "text/byte_stream.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace readout::text {
namespace {

class FileStream final : public ByteStream {
 public:
  FileStream(int fd, bool owned, uint64_t* done) : fd_(fd), owned_(owned), done_(done) {
    struct stat info {};
    if (fstat(fd_, &info) == 0 && S_ISREG(info.st_mode)) {
      regular_ = true;
      size_ = static_cast<uint64_t>(info.st_size);
    }
    base_ = *done_;
  }
  ~FileStream() override {
    if (owned_) close(fd_);
    if (regular_) *done_ = base_ + size_;
  }
  FileStream(const FileStream&) = delete;
  FileStream& operator=(const FileStream&) = delete;

  Result<size_t> read(char* out, size_t n) override {
    for (;;) {
      const ssize_t got = ::read(fd_, out, n);
      if (got >= 0) {
        *done_ += static_cast<uint64_t>(got);
        // A zip is read from its end first; progress never shows more than the file has.
        if (regular_) *done_ = std::min(*done_, base_ + size_);
        return static_cast<size_t>(got);
      }
      if (errno == EINTR) continue;
      return Error{errno == EISDIR ? Code::BadInput : Code::Io,
                   std::string("cannot read: ") + std::strerror(errno)};
    }
  }
  bool seek(uint64_t offset) override {
    return regular_ && lseek(fd_, static_cast<off_t>(offset), SEEK_SET) >= 0;
  }
  std::optional<uint64_t> size() const override {
    return regular_ ? std::optional(size_) : std::nullopt;
  }

 private:
  int fd_;
  bool owned_;
  uint64_t* done_;
  uint64_t base_ = 0, size_ = 0;
  bool regular_ = false;
};

}  // namespace

Result<std::unique_ptr<ByteStream>> open_file(const std::string& path, uint64_t* done) {
  if (path == "-")
    return std::unique_ptr<ByteStream>(std::make_unique<FileStream>(STDIN_FILENO, false, done));
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    const Code code = errno == ENOENT || errno == ENOTDIR ? Code::NotFound : Code::Io;
    return Error{code, path + ": " + std::strerror(errno)};
  }
  return std::unique_ptr<ByteStream>(std::make_unique<FileStream>(fd, true, done));
}

Result<std::string_view> PeekStream::peek(size_t n) {
  if (used_ != 0) {
    head_.erase(0, used_);
    used_ = 0;
  }
  size_t have = head_.size();
  if (have < n) {
    head_.resize(n);
    while (have < n) {
      auto got = inner_->read(head_.data() + have, n - have);
      if (!got) {
        // What could be read is still good for a look; the error comes again on reading.
        head_.resize(have);
        if (have == 0) return got.error();
        return std::string_view(head_);
      }
      if (*got == 0) break;
      have += *got;
    }
    head_.resize(have);
  }
  return std::string_view(head_).substr(0, n);
}

Result<size_t> PeekStream::read(char* out, size_t n) {
  if (used_ < head_.size()) {
    const size_t take = std::min(n, head_.size() - used_);
    std::memcpy(out, head_.data() + used_, take);
    used_ += take;
    return take;
  }
  if (!head_.empty()) {
    head_ = std::string();
    used_ = 0;
  }
  return inner_->read(out, n);
}

bool PeekStream::seek(uint64_t offset) {
  if (!inner_->seek(offset)) return false;
  head_.clear();
  used_ = 0;
  return true;
}

Result<std::string> read_all(ByteStream& stream, size_t limit, std::string_view limit_name) {
  const auto too_long = [&] {
    return Error{Code::Limit, "longer than the limit of " + human_bytes(limit) + " (" +
                                  std::string(limit_name) + ")"};
  };
  std::string out;
  if (const auto size = stream.size()) {
    if (*size > limit) return too_long();
    out.reserve(*size + 1);
  }
  constexpr size_t kStep = 1U << 18;
  size_t have = 0;
  for (;;) {
    const size_t room = std::min(limit + 1 - have, std::max(kStep, out.capacity() - have));
    out.resize(have + room);
    auto got = stream.read(out.data() + have, room);
    if (!got) return got.error();
    have += *got;
    out.resize(have);
    if (*got == 0) return out;
    if (have > limit) return too_long();
  }
}

std::string human_bytes(uint64_t bytes) {
  static constexpr const char* kUnits[] = {"bytes", "KiB", "MiB", "GiB", "TiB"};
  size_t unit = 0;
  while (unit < 4 && bytes >= 1024 && bytes % 1024 == 0) {
    bytes /= 1024;
    ++unit;
  }
  return std::to_string(bytes) + " " + kUnits[unit];
}

}  // namespace readout::text
