// libarchive calls back for packed bytes and hands out unpacked ones. Two counters watch the
// relation of the two, so that a bomb is refused while it is being unpacked and not after.
#include "text/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "core/limits.h"

namespace readout::text {

struct Archive::State {
  std::unique_ptr<PeekStream> stream;
  std::string place;
  archive* handle = nullptr;
  std::vector<char> buffer = std::vector<char>(size_t{1} << 16);
  uint64_t packed = 0, unpacked = 0, offset = 0;
  size_t members = 0;
  bool failed = false;
  bool seeking = false;
  std::optional<Error> inner_error;

  ~State() {
    if (handle != nullptr) archive_read_free(handle);
  }

  /// What libarchive said, with the place; an error of the stream below goes first.
  Error error(std::string_view what) const {
    if (inner_error) return inner_error->within(place);
    const char* said = archive_error_string(handle);
    return {Code::BadInput,
            place + ": " + std::string(what) + ": " + (said != nullptr ? said : "damaged")};
  }

  /// Refuses bombs: too much in all, or too much for what was packed.
  std::optional<Error> over_limit() const {
    if (unpacked > limits::kArchiveBytes) {
      return Error{Code::Limit, place + ": unpacks to more than " +
                                    human_bytes(limits::kArchiveBytes) + " (limit of an archive)"};
    }
    const uint64_t known = std::max(packed, stream->size().value_or(0));
    if (unpacked > limits::kArchiveRatioFrom && unpacked / limits::kArchiveRatio > known) {
      return Error{Code::Limit, place + ": unpacks to more than " +
                                    std::to_string(limits::kArchiveRatio) +
                                    " times its size (limit of an archive): refused as a bomb"};
    }
    return std::nullopt;
  }
};

namespace {

la_ssize_t on_read(archive* handle, void* data, const void** out) {
  auto& state = *static_cast<Archive::State*>(data);
  auto got = state.stream->read(state.buffer.data(), state.buffer.size());
  if (!got) {
    state.inner_error = got.error();
    archive_set_error(handle, EIO, "%s", got.error().message.c_str());
    return -1;
  }
  state.packed += *got;
  state.offset += *got;
  *out = state.buffer.data();
  return static_cast<la_ssize_t>(*got);
}

la_int64_t on_seek(archive*, void* data, la_int64_t offset, int whence) {
  auto& state = *static_cast<Archive::State*>(data);
  const auto size = state.stream->size();
  if (!size) return ARCHIVE_FAILED;
  la_int64_t target = offset;
  if (whence == SEEK_CUR) target += static_cast<la_int64_t>(state.offset);
  if (whence == SEEK_END) target += static_cast<la_int64_t>(*size);
  if (target < 0 || !state.stream->seek(static_cast<uint64_t>(target))) return ARCHIVE_FATAL;
  state.offset = static_cast<uint64_t>(target);
  return target;
}

class MemberStream final : public ByteStream {
 public:
  explicit MemberStream(Archive::State* state) : state_(state) {}
  Result<size_t> read(char* out, size_t n) override {
    if (error_) return *error_;
    la_ssize_t got = 0;
    do {
      got = archive_read_data(state_->handle, out, n);
    } while (got == ARCHIVE_RETRY);
    if (got < 0) {
      if (got == ARCHIVE_FATAL) state_->failed = true;
      error_ = state_->error("cannot unpack");
      return *error_;
    }
    state_->unpacked += static_cast<uint64_t>(got);
    if (auto over = state_->over_limit()) {
      state_->failed = true;
      error_ = *over;
      return *error_;
    }
    return static_cast<size_t>(got);
  }

 private:
  Archive::State* state_;
  std::optional<Error> error_;
};

/// Hidden files and the droppings of file managers are no documents.
bool visible(std::string_view name) {
  size_t begin = 0;
  while (begin < name.size()) {
    const size_t slash = std::min(name.find('/', begin), name.size());
    const std::string_view part = name.substr(begin, slash - begin);
    if (part == "__MACOSX" || (part.size() > 1 && part[0] == '.' && part != "..")) return false;
    begin = slash + 1;
  }
  return true;
}

}  // namespace

Archive::Archive(std::unique_ptr<State> state) : state_(std::move(state)) {}
Archive::~Archive() = default;
bool Archive::failed() const { return state_->failed; }

Result<std::unique_ptr<Archive>> Archive::open(std::unique_ptr<PeekStream> stream,
                                               std::string place) {
  auto state = std::make_unique<State>();
  state->place = std::move(place);
  archive* handle = state->handle = archive_read_new();
  if (handle == nullptr) return Error{Code::Internal, "out of memory for an archive"};
  // Only what works inside this process: no filter that would start a program.
  archive_read_support_filter_gzip(handle);
  archive_read_support_filter_zstd(handle);
  archive_read_support_filter_xz(handle);
  archive_read_support_filter_lzma(handle);
  archive_read_support_filter_bzip2(handle);
  archive_read_support_filter_lz4(handle);
  archive_read_support_format_tar(handle);
  archive_read_support_format_zip(handle);
  archive_read_support_format_raw(handle);
  archive_read_set_read_callback(handle, on_read);
  archive_read_set_callback_data(handle, state.get());
  if (stream->size()) archive_read_set_seek_callback(handle, on_seek);
  state->stream = std::move(stream);
  if (archive_read_open1(handle) != ARCHIVE_OK) return state->error("cannot open");
  return std::unique_ptr<Archive>(new Archive(std::move(state)));
}

Result<std::optional<Archive::Member>> Archive::next() {
  State& state = *state_;
  while (!state.failed) {
    // What of the last member was not read still has to be unpacked where the whole archive is
    // compressed; done here, under the counters, and not unseen inside of the next call.
    if (state.members > 0 && archive_filter_code(state.handle, 0) != ARCHIVE_FILTER_NONE) {
      MemberStream rest(&state);
      std::vector<char> waste(size_t{1} << 16);
      for (;;) {
        auto got = rest.read(waste.data(), waste.size());
        if (!got && state.failed && got.error().code == Code::Limit) return got.error();
        if (!got || *got == 0) break;
      }
      if (state.failed) break;
    }
    archive_entry* entry = nullptr;
    int rc = ARCHIVE_OK;
    do {
      rc = archive_read_next_header(state.handle, &entry);
    } while (rc == ARCHIVE_RETRY);
    if (rc == ARCHIVE_EOF) break;
    if (rc == ARCHIVE_FATAL) {
      state.failed = true;
      return state.error("cannot read on");
    }
    if (rc < ARCHIVE_WARN) return state.error("cannot read a member");
    if (++state.members > limits::kArchiveMembers) {
      state.failed = true;
      return Error{Code::Limit, state.place + ": more than " +
                                    std::to_string(limits::kArchiveMembers) +
                                    " members (limit of an archive)"};
    }
    if (archive_format(state.handle) == ARCHIVE_FORMAT_RAW) {
      return std::optional(Member{"", std::make_unique<MemberStream>(&state)});
    }
    if (archive_entry_filetype(entry) != AE_IFREG) continue;
    const char* name = archive_entry_pathname_utf8(entry);
    if (name == nullptr) name = archive_entry_pathname(entry);
    std::string member =
        name != nullptr && *name != '\0' ? name : "member-" + std::to_string(state.members);
    if (!visible(member)) continue;
    if (archive_entry_is_data_encrypted(entry) != 0) {
      return Error{Code::BadInput, state.place + "!/" + member + ": encrypted"};
    }
    return std::optional(Member{std::move(member), std::make_unique<MemberStream>(&state)});
  }
  return std::optional<Member>();
}

}  // namespace readout::text
