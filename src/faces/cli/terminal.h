// The terminal: colours, progress, signals, and the one way to write to standard output.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/batch.h"

namespace readout::cli {

enum class Paint { Plain, Bold, Dim, Red, Green, Yellow, Blue, Magenta, Cyan };

/// Wraps text in escape codes, or not, as the user and the terminal want.
class Painter {
 public:
  /// `when` is auto, always or never; auto looks at the terminal and at NO_COLOR.
  explicit Painter(std::string_view when);
  std::string operator()(Paint paint, std::string_view text) const;
  bool on() const { return on_; }

 private:
  bool on_ = false;
};

/// Writes to standard output; false once the reader has closed it (a closed pipe ends quietly).
bool emit(std::string_view text);
/// A line on standard error, over the progress bar if there is one.
void complain(std::string_view line);

/// Width of the terminal in columns, 100 if there is none.
int terminal_width();
/// Columns that the text takes (characters, wide ones as two, combining ones as none).
int display_width(std::string_view text);
/// Control characters made visible, so that a document can't drive the terminal.
std::string printable(std::string_view text);

/// Handles SIGINT and SIGTERM from now on; `stop_flag` is set by them.
void catch_interrupts();
const std::atomic<bool>& stop_flag();
bool interrupted();

/// A progress line with rate and remaining time on standard error, if that is a terminal.
class Progress {
 public:
  Progress();
  ~Progress();
  void show(const BatchProgress& progress);

 private:
  bool on_ = false;
  uint64_t begin_ns_ = 0, last_ns_ = 0;
};

unsigned thread_count(std::string_view option);

}  // namespace readout::cli
