#include "faces/http/server.h"

#include <httplib.h>
#include <pthread.h>
#include <signal.h>

#include <algorithm>
#include <thread>

#include "faces/http/api.h"
#include "faces/http/guard.h"
#include "faces/http/pages.h"
#include "readout/alert.h"

namespace readout::http {
namespace {

constexpr size_t kMostConnections = 512;   // served at one time; further ones wait to be accepted
constexpr size_t kLongestTarget = 4096;

/// Threads are made as connections come, up to a limit; then accepting waits. A connection that is kept
/// open holds its thread until its idle time is over.
class Workers final : public httplib::TaskQueue {
 public:
  void enqueue(std::function<void()> task) override {
    std::unique_lock lock(mutex_);
    freed_.wait(lock, [&] { return waiting_.size() < kMostConnections; });
    waiting_.push_back(std::move(task));
    if (idle_ < waiting_.size() && threads_.size() < kMostConnections) threads_.emplace_back([this] { work(); });
    lock.unlock();
    wanted_.notify_one();
  }
  void shutdown() override {
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
    }
    wanted_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  void work() {
    std::unique_lock lock(mutex_);
    while (true) {
      ++idle_;
      wanted_.wait(lock, [&] { return stop_ || !waiting_.empty(); });
      --idle_;
      if (waiting_.empty()) return;
      const std::function<void()> task = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      freed_.notify_one();
      task();
      lock.lock();
    }
  }
  std::mutex mutex_;
  std::condition_variable wanted_, freed_;
  std::deque<std::function<void()>> waiting_;
  std::vector<std::thread> threads_;
  size_t idle_ = 0;
  bool stop_ = false;
};

/// Blocks the signals here and in all threads made from here on; gives back what was blocked before.
class Signals {
 public:
  Signals() {
    sigemptyset(&wanted_);
    sigaddset(&wanted_, SIGINT);
    sigaddset(&wanted_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &wanted_, &before_);
  }
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;
  ~Signals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  /// Waits a little; true if one came.
  bool came() const {
    const timespec moment{0, 50'000'000};
    return sigtimedwait(&wanted_, nullptr, &moment) > 0;
  }

 private:
  sigset_t wanted_{}, before_{};
};

/// The library's request as ours; nothing if the query can't be read.
std::optional<Request> taken(const httplib::Request& given) {
  Request request;
  request.method = given.method == "HEAD" ? "GET" : given.method;
  request.path = given.path;
  for (const auto& [name, value] : given.headers) {
    std::string lower = name;
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    request.headers.emplace(std::move(lower), value);
  }
  const size_t mark = given.target.find('?');
  if (mark != std::string::npos) {
    auto query = parse_query(std::string_view(given.target).substr(mark + 1));
    if (!query) return std::nullopt;
    request.query = std::move(*query);
  }
  request.body = given.body;
  for (const auto& [name, part] : given.files) request.parts.push_back({part.name, part.filename, part.content_type, part.content});
  return request;
}

void give(Response&& response, httplib::Response& out) {
  out.status = response.status;
  for (const auto& [name, value] : response.headers) out.set_header(name, value);
  for (const auto& [name, value] : security_headers()) out.set_header(name, value);
  if (!out.has_header("Cache-Control")) out.set_header("Cache-Control", "no-store");
  if (response.stream) {
    out.set_chunked_content_provider(response.type, [stream = std::move(response.stream)](size_t, httplib::DataSink& sink) {
      stream([&](std::string_view bytes) { return bytes.empty() || sink.write(bytes.data(), bytes.size()); });
      sink.done();
      return true;
    });
  } else if (response.status != 204 && response.status != 304) {
    out.set_content(response.body, response.type);
  }
}

}  // namespace

Result<void> serve(const ServerOptions& options, const std::function<void(const std::string& url)>& ready) {
  const Signals signals;
  Stores stores(options.record, std::max<size_t>(4, 2 * size_t{std::thread::hardware_concurrency()}), options.query_time);
  {
    // The record must be there, and of this version, before anybody asks.
    if (auto reader = stores.reader(); !reader) return reader.error();
  }
  std::unique_ptr<Jobs> jobs;
  if (!options.read_only) jobs = std::make_unique<Jobs>(stores, options.jobs, [](Store& store) -> Result<void> {
    if (auto linked = store.link(); !linked) return linked.error();
    return run_alerts(store, now_utc());
  });
  const Guard guard(options.host, options.token);
  Router router;
  add_api(router, stores, jobs.get(), {options.read_only, guard.token_wanted()});
  guard.add_session(router);
  add_pages(router, stores);

  httplib::Server server;
  server.new_task_queue = [] { return new Workers; };  // NOLINT(cppcoreguidelines-owning-memory): the library's to delete
  server.set_payload_max_length(options.max_body);
  server.set_keep_alive_max_count(1000);
  server.set_keep_alive_timeout(3);
  server.set_read_timeout(10);
  server.set_write_timeout(30);
  server.set_tcp_nodelay(true);
  // Not the library's SO_REUSEPORT: two servers on one port would share its visitors by chance.
  socket_t listening = -1;
  server.set_socket_options([&listening](socket_t sock) {
    listening = sock;
    const int yes = 1;
    setsockopt(sock, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  });
  const auto answer = [&](const httplib::Request& given, httplib::Response& out) {
    auto request = taken(given);
    if (!request) return give(problem(400, "the query is malformed, or names something twice"), out);
    if (auto refused = guard.check(*request)) return give(std::move(*refused), out);
    const Request asked = *request;
    Response response = router.handle(std::move(*request), options.read_only);
    tag(asked, response);
    give(std::move(response), out);
  };
  // What can be refused without its body is refused here.
  server.set_pre_routing_handler([&](const httplib::Request& given, httplib::Response& out) {
    using Handled = httplib::Server::HandlerResponse;
    // Parts of an answer are not given: the library would cut any body to them, problems too.
    const_cast<httplib::Request&>(given).ranges.clear();  // NOLINT(cppcoreguidelines-pro-type-const-cast): its own object
    if (given.target.size() > kLongestTarget) {
      give(problem(414, "the address is longer than " + std::to_string(kLongestTarget) + " bytes"), out);
      return Handled::Handled;
    }
    const bool has_body = given.method == "POST" || given.method == "PUT" || given.method == "PATCH" || given.method == "DELETE";
    if (has_body) return Handled::Unhandled;
    answer(given, out);
    return Handled::Handled;
  });
  const std::string anything = "[\\s\\S]*";
  server.Post(anything, answer);
  server.Put(anything, answer);
  server.Patch(anything, answer);
  server.Delete(anything, answer);
  // What the library refuses itself (a malformed request line, a body over the limit) has no body yet.
  server.set_error_handler([&](const httplib::Request&, httplib::Response& out) {
    if (!out.body.empty() || out.content_provider_) return;
    give(problem(out.status, out.status == 413 ? "the body is longer than " + std::to_string(options.max_body) + " bytes" : "the request could not be understood"), out);
  });
  server.set_exception_handler([](const httplib::Request&, httplib::Response& out, std::exception_ptr) { give(problem(500, "the request failed"), out); });

  int port = options.port;
  if (port == 0) {
    port = server.bind_to_any_port(options.host.c_str());
  } else if (!server.bind_to_port(options.host.c_str(), port)) {
    port = -1;
  }
  if (port <= 0) return Error{Code::Io, "cannot listen on " + options.host + ":" + std::to_string(options.port) + " (is something else there?)"};
  // The library lets five wait to be accepted; of two hundred who come at once, some would wait for seconds.
  if (listening >= 0) (void)::listen(listening, static_cast<int>(kMostConnections));
  std::atomic<bool> over{false};
  std::thread watcher([&] {
    while (!over && !signals.came()) {
    }
    if (jobs) jobs->stop();
    server.stop();
  });
  const bool bare_v6 = options.host.find(':') != std::string::npos && !options.host.starts_with('[');
  ready("http://" + (bare_v6 ? "[" + options.host + "]" : options.host) + ":" + std::to_string(port) + "/");
  const bool served = server.listen_after_bind();
  over = true;
  watcher.join();
  return served ? Result<void>() : Error{Code::Io, "listening on " + options.host + " ended"};
}

}  // namespace readout::http
