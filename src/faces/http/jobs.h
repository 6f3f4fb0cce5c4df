// Uploads: each is a job that reads its documents on a thread of its own and keeps them in the record.
// One job at a time: there is one writer.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "faces/http/stores.h"
#include "readout/pipeline.h"
#include "text/input.h"

namespace readout::http {

struct Upload {
  std::string name;                // of the file, for people and for the reader of its format
  std::string bytes;
  text::Format format = text::Format::Auto;
};

/// What is known of a job at one moment.
struct JobState {
  std::string id, name;
  std::string state = "queued";    // queued, running, done, failed
  std::string error;               // of a failed one
  uint64_t bytes = 0, bytes_done = 0;
  uint64_t read = 0, rejected = 0, sentences = 0;
  std::vector<std::pair<std::string, std::string>> documents;  // id; new, known or replaced
  std::vector<std::string> rejections;
  uint64_t step = 0;               // grows with every change
  bool over() const { return state == "done" || state == "failed"; }
};
std::string to_json(const JobState& job);

struct JobOptions {
  std::string data_folder;         // dictionaries over the built-in ones
  unsigned threads = 1;
  std::chrono::seconds most_time{300};  // of one job; what is left is not read
  size_t most_waiting = 16;
};

class Jobs {
 public:
  /// `after`: what is to be done once documents came in (links, alerts), with the writer.
  Jobs(Stores& stores, JobOptions options, std::function<Result<void>(Store&)> after);
  ~Jobs();
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  /// The id of the new job; Limit if too many are waiting.
  Result<std::string> submit(Upload upload);
  std::optional<JobState> state(const std::string& id) const;
  std::vector<JobState> all() const;
  /// Waits until the job has got beyond `step` or is over, or `time` has passed, or the server stops.
  std::optional<JobState> wait(const std::string& id, uint64_t step, std::chrono::milliseconds time) const;
  void stop();
  bool stopping() const { return stop_; }

 private:
  struct Job {
    JobState state;
    Upload upload;
  };
  void work();
  void run(Job& job);
  Result<void> read(Job& job, const std::string& folder);
  template <class Change>
  void change(Job& job, const Change& change_it);

  Stores& stores_;
  JobOptions options_;
  std::function<Result<void>(Store&)> after_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::map<std::string, std::unique_ptr<Job>> jobs_;
  std::deque<std::string> order_, waiting_;
  std::shared_ptr<const Engine> engine_;   // of the working thread; opened by its first job
  std::atomic<bool> stop_{false};
  uint64_t count_ = 0;
  std::thread thread_;
};

}  // namespace readout::http
