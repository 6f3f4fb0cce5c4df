// Who may use the record when: many readers, each with a connection of its own, and one writer.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "readout/store.h"

namespace readout::http {

class Stores {
 public:
  /// `most`: readers at one time; further ones wait. `query_ms`: the longest that one of their requests may take.
  Stores(std::string file, size_t most, std::chrono::milliseconds query_time) : file_(std::move(file)), free_(most), query_time_(query_time) {}

  /// A reader; given back when it goes out of scope.
  class Reader {
   public:
    Reader(Stores& from, std::unique_ptr<Store> store) : from_(&from), store_(std::move(store)) {}
    Reader(Reader&& other) noexcept = default;
    Reader& operator=(Reader&&) = delete;
    ~Reader() {
      if (store_) from_->give_back(std::move(store_));
    }
    const Store& operator*() const { return *store_; }
    const Store* operator->() const { return store_.get(); }

   private:
    Stores* from_;
    std::unique_ptr<Store> store_;
  };
  Result<Reader> reader();

  /// Runs `work` with the writer, alone. The writer is opened by the first use.
  template <class Work>
  auto write(const Work& work) -> decltype(work(std::declval<Store&>())) {
    const std::lock_guard lock(writing_);
    if (!writer_) {
      auto opened = Store::open(file_, Store::Mode::Write);
      if (!opened) return opened.error();
      writer_.emplace(std::move(*opened));
    }
    return work(*writer_);
  }
  const std::string& file() const { return file_; }

 private:
  void give_back(std::unique_ptr<Store> store);

  std::string file_;
  std::mutex mutex_;
  std::condition_variable returned_;
  size_t free_;                                  // readers that may still be taken
  std::vector<std::unique_ptr<Store>> idle_;
  std::chrono::milliseconds query_time_;
  std::mutex writing_;
  std::optional<Store> writer_;
};

}  // namespace readout::http
