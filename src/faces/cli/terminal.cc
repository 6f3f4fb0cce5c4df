#include "faces/cli/terminal.h"

#include <sys/ioctl.h>
#include <unicode/uchar.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "core/utf8.h"

namespace readout::cli {
namespace {

std::atomic<bool> g_stop{false};      // NOLINT(cppcoreguidelines-avoid-non-const-global-variables): set by signals
bool g_progress_shown = false;        // NOLINT(cppcoreguidelines-avoid-non-const-global-variables): one terminal

void on_signal(int) {
  if (g_stop.exchange(true)) _exit(130);  // a second one does not wait
}

uint64_t now_ns() {
  return static_cast<uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(
                                   std::chrono::steady_clock::now().time_since_epoch())
                                   .count());
}

void clear_progress() {
  if (g_progress_shown) std::fputs("\r\033[K", stderr);
  g_progress_shown = false;
}

std::string human_bytes(double bytes) {
  static constexpr const char* kUnits[] = {"B", "kB", "MB", "GB", "TB"};
  int unit = 0;
  while (bytes >= 1000 && unit < 4) {
    bytes /= 1000;
    ++unit;
  }
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, unit == 0 ? "%.0f %s" : "%.1f %s", bytes, kUnits[unit]);
  return buffer;
}

}  // namespace

Painter::Painter(std::string_view when) {
  const char* no_color = std::getenv("NO_COLOR");
  on_ = when == "always" ||
        (when != "never" && isatty(STDOUT_FILENO) != 0 && (no_color == nullptr || *no_color == '\0'));
}

std::string Painter::operator()(Paint paint, std::string_view text) const {
  if (!on_ || paint == Paint::Plain || text.empty()) return std::string(text);
  static constexpr const char* kCodes[] = {"", "1", "2", "31", "32", "33", "34", "35", "36"};
  return "\033[" + std::string(kCodes[static_cast<int>(paint)]) + "m" + std::string(text) + "\033[0m";
}

bool emit(std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = write(STDOUT_FILENO, text.data(), text.size());
    if (n < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    text.remove_prefix(static_cast<size_t>(n));
  }
  return true;
}

void complain(std::string_view line) {
  clear_progress();
  std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
}

int terminal_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 100;
}

int display_width(std::string_view text) {
  int width = 0;
  for (size_t i = 0; i < text.size();) {
    const auto c = static_cast<UChar32>(utf8::next(text, i));
    const int type = u_charType(c);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) continue;
    const int east = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    width += east == U_EA_WIDE || east == U_EA_FULLWIDTH ? 2 : 1;
  }
  return width;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    const size_t begin = i;
    const char32_t c = utf8::next(text, i);
    if (c == '\n' || c == '\t') {
      out.push_back(static_cast<char>(c));
    } else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
               (c >= 0x2066 && c <= 0x2069)) {
      out.append("\xEF\xBF\xBD");  // no escape codes, no direction overrides
    } else {
      out.append(text.substr(begin, i - begin));
    }
  }
  return out;
}

void catch_interrupts() {
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
}
const std::atomic<bool>& stop_flag() { return g_stop; }
bool interrupted() { return g_stop.load(); }

Progress::Progress() : on_(isatty(STDERR_FILENO) != 0), begin_ns_(now_ns()) {}
Progress::~Progress() { clear_progress(); }

void Progress::show(const BatchProgress& progress) {
  if (!on_) return;
  const uint64_t now = now_ns();
  if (now - last_ns_ < 100'000'000) return;
  last_ns_ = now;
  const double seconds = static_cast<double>(now - begin_ns_) * 1e-9;
  const double rate = static_cast<double>(progress.bytes_done) / seconds;
  std::string line = "\r\033[K" + std::to_string(progress.counts.in) + " documents";
  if (progress.counts.rejected > 0) line += ", " + std::to_string(progress.counts.rejected) + " rejected";
  if (progress.bytes_total > 0 && progress.bytes_done <= progress.bytes_total) {
    const double part = static_cast<double>(progress.bytes_done) / static_cast<double>(progress.bytes_total);
    constexpr int kWidth = 24;
    const int full = static_cast<int>(part * kWidth);
    line += "  [" + std::string(static_cast<size_t>(full), '=') +
            std::string(static_cast<size_t>(kWidth - full), ' ') + "] " +
            std::to_string(static_cast<int>(part * 100)) + " %";
    if (part > 0.001) {
      const auto left = static_cast<uint64_t>(seconds * (1 - part) / part);
      char eta[32];
      std::snprintf(eta, sizeof eta, "  %llu:%02llu left", static_cast<unsigned long long>(left / 60),
                    static_cast<unsigned long long>(left % 60));
      line += eta;
    }
  }
  line += "  " + human_bytes(rate) + "/s";
  std::fputs(line.c_str(), stderr);
  std::fflush(stderr);
  g_progress_shown = true;
}

unsigned thread_count(std::string_view option) {
  unsigned threads = 0;
  std::from_chars(option.data(), option.data() + option.size(), threads);
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  return std::min(threads, 256U);
}

}  // namespace readout::cli
