#include "faces/http/stores.h"

namespace readout::http {

Result<Stores::Reader> Stores::reader() {
  std::unique_ptr<Store> store;
  {
    std::unique_lock lock(mutex_);
    if (!returned_.wait_for(lock, std::chrono::seconds(10), [&] { return free_ > 0; })) {
      return Error{Code::Limit, "too many questions at one time"};
    }
    --free_;
    if (!idle_.empty()) {
      store = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (!store) {
    auto opened = Store::open(file_, Store::Mode::Read);
    if (!opened) {
      give_back(nullptr);
      return opened.error();
    }
    store = std::make_unique<Store>(std::move(*opened));
  }
  store->limit_time(query_time_);
  return Reader(*this, std::move(store));
}

void Stores::give_back(std::unique_ptr<Store> store) {
  {
    const std::lock_guard lock(mutex_);
    ++free_;
    if (store) idle_.push_back(std::move(store));
  }
  returned_.notify_one();
}

}  // namespace readout::http
