// The bytes go into a folder of their own under a tame name, because readers of archives want a file;
// the folder goes when the job is over.
#include "faces/http/jobs.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "core/hash.h"
#include "core/json_writer.h"
#include "pipeline/batch.h"
#include "readout/record.h"

namespace readout::http {
namespace {

namespace fs = std::filesystem;
constexpr size_t kRemembered = 200;     // jobs; older ones are forgotten
constexpr size_t kListed = 1000;        // documents and rejections that a job names

/// A file name that is safe in any folder and keeps its suffix.
std::string tame(std::string_view name) {
  if (const size_t slash = name.find_last_of("/\\"); slash != std::string_view::npos) name.remove_prefix(slash + 1);
  std::string out;
  for (const char c : name.substr(name.size() > 100 ? name.size() - 100 : 0)) {
    const bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || (c == '.' && !out.empty());
    out += good ? c : '_';
  }
  return out.empty() ? "upload" : out;
}

/// Takes the temporary folder out of the names that the record keeps.
class Renamed final : public text::InputSource {
 public:
  Renamed(std::unique_ptr<text::InputSource> inner, std::string folder) : inner_(std::move(inner)), folder_(std::move(folder)) {}
  std::optional<text::InputItem> next() override {
    auto item = inner_->next();
    if (!item) return item;
    if (auto* raw = std::get_if<text::RawDocument>(&*item)) strip(raw->meta.file);
    if (auto* rejected = std::get_if<text::Rejected>(&*item)) {
      strip(rejected->place);
      strip(rejected->error.message);
    }
    return item;
  }
  uint64_t bytes_total() const override { return inner_->bytes_total(); }
  uint64_t bytes_done() const override { return inner_->bytes_done(); }

 private:
  void strip(std::string& text) const {
    for (size_t at = text.find(folder_); at != std::string::npos; at = text.find(folder_)) text.erase(at, folder_.size());
  }
  std::unique_ptr<text::InputSource> inner_;
  std::string folder_;                   // with its slash
};

std::string_view outcome(Store::Added added) {
  switch (added) {
    case Store::Added::New: return "new";
    case Store::Added::Known: return "known";
    default: return "replaced";
  }
}

}  // namespace

std::string to_json(const JobState& job) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("schema", "readout.job/1").field("id", job.id).field("name", job.name).field("state", job.state);
  json.optional_field("error", job.error).field("bytes", job.bytes).field("bytes_done", job.bytes_done);
  json.field("read", job.read).field("rejected", job.rejected).field("sentences", job.sentences);
  json.key("documents").begin_array();
  for (const auto& [id, how] : job.documents) json.begin_object().field("id", id).field("outcome", how).end_object();
  json.end_array().key("rejections").begin_array();
  for (const std::string& rejection : job.rejections) json.value(rejection);
  json.end_array().end_object();
  return out;
}

Jobs::Jobs(Stores& stores, JobOptions options, std::function<Result<void>(Store&)> after)
    : stores_(stores), options_(std::move(options)), after_(std::move(after)), thread_([this] { work(); }) {}

Jobs::~Jobs() {
  stop();
  thread_.join();
}

void Jobs::stop() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
}

Result<std::string> Jobs::submit(Upload upload) {
  std::string id;
  {
    const std::lock_guard lock(mutex_);
    if (stop_) return Error{Code::Limit, "the server is stopping"};
    if (waiting_.size() >= options_.most_waiting) return Error{Code::Limit, "too many uploads are waiting; try again later"};
    auto job = std::make_unique<Job>();
    // Ids are no secret, but they should not be guessed by counting either.
    id = sha256_hex(std::to_string(++count_) + " " + upload.name + " " + std::to_string(std::chrono::steady_clock::now().time_since_epoch().count())).substr(0, 16);
    job->state.id = id;
    job->state.name = upload.name;
    job->state.bytes = upload.bytes.size();
    job->upload = std::move(upload);
    jobs_.emplace(id, std::move(job));
    order_.push_back(id);
    waiting_.push_back(id);
    while (order_.size() > kRemembered && jobs_.at(order_.front())->state.over()) {
      jobs_.erase(order_.front());
      order_.pop_front();
    }
  }
  changed_.notify_all();
  return id;
}

std::optional<JobState> Jobs::state(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  const auto it = jobs_.find(id);
  return it == jobs_.end() ? std::nullopt : std::optional(it->second->state);
}

std::vector<JobState> Jobs::all() const {
  const std::lock_guard lock(mutex_);
  std::vector<JobState> states;
  for (auto id = order_.rbegin(); id != order_.rend(); ++id) states.push_back(jobs_.at(*id)->state);
  return states;
}

std::optional<JobState> Jobs::wait(const std::string& id, uint64_t step, std::chrono::milliseconds time) const {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, time, [&] {
    const auto it = jobs_.find(id);
    return stop_ || it == jobs_.end() || it->second->state.over() || it->second->state.step > step;
  });
  const auto it = jobs_.find(id);
  return it == jobs_.end() ? std::nullopt : std::optional(it->second->state);
}

template <class Change>
void Jobs::change(Job& job, const Change& change_it) {
  {
    const std::lock_guard lock(mutex_);
    change_it(job.state);
    ++job.state.step;
  }
  changed_.notify_all();
}

void Jobs::work() {
  while (true) {
    Job* job = nullptr;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stop_ || !waiting_.empty(); });
      if (stop_) return;
      job = jobs_.at(waiting_.front()).get();
      waiting_.pop_front();
    }
    run(*job);
  }
}

void Jobs::run(Job& job) {
  change(job, [](JobState& state) { state.state = "running"; });
  std::string folder = (fs::temp_directory_path() / "readout-upload-XXXXXX").string();
  Result<void> done;
  if (mkdtemp(folder.data()) == nullptr) {
    done = Error{Code::Io, "no folder for uploads can be made in " + fs::temp_directory_path().string()};
  } else {
    done = read(job, folder + "/");
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }
  job.upload.bytes = {};
  change(job, [&](JobState& state) {
    state.state = done ? "done" : "failed";
    if (!done) state.error = done.error().message;
  });
}

Result<void> Jobs::read(Job& job, const std::string& folder) {
  const std::string file = folder + tame(job.upload.name);
  {
    std::ofstream out(file, std::ios::binary);
    out.write(job.upload.bytes.data(), static_cast<std::streamsize>(job.upload.bytes.size()));
    out.close();
    if (!out) return Error{Code::Io, "the upload could not be written to a temporary file"};
  }
  if (!engine_) {
    EngineOptions options;
    options.data_folder = options_.data_folder;
    auto engine = Engine::open(options);
    if (!engine) return engine.error();
    engine_ = std::move(*engine);
  }
  auto opened = text::open_inputs({job.upload.format, {file}});
  if (!opened) return opened.error();
  Renamed inputs(std::move(*opened), folder);
  std::atomic<bool> enough{false};
  BatchOptions batch;
  batch.threads = options_.threads;
  batch.stop = &enough;
  const auto until = std::chrono::steady_clock::now() + options_.most_time;
  const Versions versions = versions_of(*engine_);
  const auto render = [&](const Document& doc) {
    std::string rows;
    append_record(doc, versions, rows);
    return rows;
  };
  bool late = false;
  const auto sink = [&](BatchItem&& item) -> Result<void> {
    late = late || std::chrono::steady_clock::now() > until;
    if (late || stop_) enough = true;
    if (item.rejected) {
      change(job, [&](JobState& state) {
        ++state.rejected;
        const std::string& said = item.rejected->error.message;
        if (state.rejections.size() < kListed) state.rejections.push_back(said.starts_with(item.rejected->place) ? said : item.rejected->place + ": " + said);
      });
      return {};
    }
    const std::string_view source = item.doc->source();
    const auto added = stores_.write([&](Store& store) -> Result<Store::Added> {
      if (auto begun = store.begin(); !begun) return begun.error();
      auto one = store.add(item.rendered, &source);
      if (!one) {
        (void)store.rollback();  // the error that led here is the one to report
        return one;
      }
      if (auto done = store.commit(); !done) return done.error();
      return one;
    });
    if (!added) return added.error();
    const size_t sentences = item.doc->tokens() == nullptr ? 0 : item.doc->tokens()->sentences.size();
    change(job, [&](JobState& state) {
      ++state.read;
      state.sentences += sentences;
      if (state.documents.size() < kListed) state.documents.emplace_back(item.doc->id(), outcome(*added));
    });
    return {};
  };
  const auto watch = [&](const BatchProgress& progress) {
    change(job, [&](JobState& state) { state.bytes_done = std::min(progress.bytes_done, state.bytes); });
  };
  const auto counts = read_all(*engine_, inputs, batch, render, sink, watch);
  if (!counts) return counts.error();
  if (after_) {
    if (auto done = stores_.write([&](Store& store) { return after_(store); }); !done) return done;
  }
  if (late) return Error{Code::Limit, "reading was stopped after " + std::to_string(options_.most_time.count()) + " seconds; what was read is kept"};
  if (counts->in == 0) return Error{Code::BadInput, "no document was found in the upload"};
  if (counts->read == 0) return Error{Code::BadInput, "nothing in the upload could be read"};
  change(job, [](JobState& state) { state.bytes_done = state.bytes; });
  return {};
}

}  // namespace readout::http
