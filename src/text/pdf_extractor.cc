// Runs pdftotext. The PDF goes in and the text comes out through files in memory, so that neither
// side can block the other and nothing touches the disk.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "core/hash.h"
#include "core/limits.h"
#include "text/pdf.h"

namespace readout::text {
namespace {

class File {
 public:
  explicit File(const char* name) : fd_(memfd_create(name, MFD_CLOEXEC)) {}
  ~File() {
    if (fd_ >= 0) close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int fd() const { return fd_; }

  bool write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<size_t>(n));
    }
    return lseek(fd_, 0, SEEK_SET) == 0;
  }
  uint64_t size() const {
    struct stat info {};
    return fstat(fd_, &info) == 0 ? static_cast<uint64_t>(info.st_size) : 0;
  }
  std::string read(size_t limit) const {
    std::string out(std::min<uint64_t>(size(), limit), '\0');
    size_t have = 0;
    while (have < out.size()) {
      const ssize_t n = pread(fd_, out.data() + have, out.size() - have, static_cast<off_t>(have));
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) break;
      have += static_cast<size_t>(n);
    }
    out.resize(have);
    return out;
  }

 private:
  int fd_;
};

/// Where the program is; the library does not ask the environment.
const char* find_program() {
  static constexpr std::array kPlaces = {"/usr/bin/pdftotext", "/usr/local/bin/pdftotext",
                                         "/opt/homebrew/bin/pdftotext"};
  for (const char* place : kPlaces) {
    if (access(place, X_OK) == 0) return place;
  }
  return nullptr;
}

void limit(pid_t pid, __rlimit_resource what, rlim_t value) {
  const rlimit both{value, value};
  prlimit(pid, what, &both, nullptr);
}

/// Waits for the child; kills it when its time is over. Gives its status, or nothing if killed.
std::optional<int> wait_for(pid_t pid, int seconds) {
  const int handle = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
  bool over = false;
  if (handle >= 0) {
    pollfd ready{handle, POLLIN, 0};
    int rc;
    do {
      rc = poll(&ready, 1, seconds * 1000);
    } while (rc < 0 && errno == EINTR);
    over = rc == 0;
    close(handle);
  } else {  // an old kernel: ask every 10 ms
    constexpr int kStepMs = 10;
    int status = 0;
    for (int waited = 0; waited < seconds * 1000; waited += kStepMs) {
      if (waitpid(pid, &status, WNOHANG) == pid) return status;
      usleep(kStepMs * 1000);
    }
    over = true;
  }
  if (over) kill(pid, SIGKILL);
  int status = 0;
  while (waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR) return std::nullopt;
  }
  if (over) return std::nullopt;
  return status;
}

}  // namespace

Result<TextLayer> extract_pdf(RawDocument raw) {
  const std::string place = raw.meta.file;
  if (std::string_view(raw.bytes).substr(0, 1024).find("%PDF-") == std::string_view::npos) {
    return Error{Code::BadInput, place + ": not a PDF (no \"%PDF-\" at its beginning)"};
  }
  const char* program = find_program();
  if (program == nullptr) {
    return Error{Code::NotFound,
                 place + ": reading PDF needs the program pdftotext (package poppler-utils)"};
  }
  const File in("readout-pdf"), out("readout-text"), messages("readout-messages");
  if (in.fd() < 0 || out.fd() < 0 || messages.fd() < 0 || !in.write(raw.bytes)) {
    return Error{Code::Io, place + ": no memory for the text extractor: " + std::strerror(errno)};
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.fd(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out.fd(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, messages.fd(), STDERR_FILENO);
  // posix_spawn wants char* but does not write to them.
  std::array<std::string, 7> words = {"pdftotext", "-enc", "UTF-8", "-eol", "unix", "-", "-"};
  std::array<char*, 8> arguments{};
  for (size_t i = 0; i < words.size(); ++i) arguments[i] = words[i].data();
  std::string language = "LC_ALL=C.UTF-8";
  std::array<char*, 2> environment = {language.data(), nullptr};
  pid_t pid = 0;
  const int rc =
      posix_spawn(&pid, program, &actions, nullptr, arguments.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  if (rc != 0)
    return Error{Code::Io, place + ": cannot start " + program + ": " + std::strerror(rc)};
  limit(pid, RLIMIT_CPU, static_cast<rlim_t>(limits::kExtractorSeconds));
  limit(pid, RLIMIT_AS, limits::kExtractorBytes);
  limit(pid, RLIMIT_FSIZE, limits::kDocumentBytes + 1);
  limit(pid, RLIMIT_CORE, 0);
  const auto status = wait_for(pid, limits::kExtractorSeconds * 2);
  if (!status ||
      (WIFSIGNALED(*status) && (WTERMSIG(*status) == SIGXCPU || WTERMSIG(*status) == SIGKILL))) {
    return Error{Code::Limit, place + ": extracting the text took longer than " +
                                  std::to_string(limits::kExtractorSeconds) +
                                  " s (limit of the text extractor)"};
  }
  if (out.size() > limits::kDocumentBytes ||
      (WIFSIGNALED(*status) && WTERMSIG(*status) == SIGXFSZ)) {
    return Error{Code::Limit, place + ": its text is longer than the limit of " +
                                  std::to_string(limits::kDocumentBytes >> 20) +
                                  " MiB (limit of a document)"};
  }
  std::string said = messages.read(400);
  said.resize(std::min(said.find('\n'), said.size()));
  if (!WIFEXITED(*status))
    return Error{Code::BadInput, place + ": the text extractor broke down on this PDF"};
  std::string text = out.read(limits::kDocumentBytes);
  const bool empty =
      std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || (c >= 9 && c <= 13); });
  if (WEXITSTATUS(*status) != 0 && empty) {
    if (said.find("password") != std::string::npos || said.find("ncrypted") != std::string::npos) {
      return Error{Code::BadInput, place + ": encrypted PDF (save it without a password)"};
    }
    return Error{Code::BadInput, place + ": damaged PDF" + (said.empty() ? "" : " (" + said + ")")};
  }
  if (empty)
    return Error{Code::BadInput,
                 place + ": no text in this PDF (a scan? run text recognition first)"};
  ContainerMeta meta = std::move(raw.meta);
  meta.original_sha256 = sha256_hex(raw.bytes);
  raw.bytes = std::string();
  auto layer = layer_of_pages(std::move(text), std::move(meta));
  if (layer && !said.empty()) layer->notes.push_back({{}, "pdf.damaged", place + ": " + said});
  return layer;
}

}  // namespace readout::text
