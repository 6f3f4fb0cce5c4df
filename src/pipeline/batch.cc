#include "pipeline/batch.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace readout {
namespace {

struct Job {
  std::vector<text::InputItem> items;
  std::vector<BatchItem> out;
  std::optional<Error> broken;  // the program's own failure, not a document's
  bool done = false;
};

std::string place_of(const ContainerMeta& meta) {
  return meta.line > 0 ? meta.file + ":" + std::to_string(meta.line) : meta.file;
}

/// Extracts and reads the documents of a job. Third-party code that throws must not end the run.
void work(const Engine& engine, const BatchRender& render, Job& job, Scratch& scratch) {
  std::vector<Draft> drafts;
  std::vector<size_t> slot;  // of each draft in job.out
  job.out.resize(job.items.size());
  for (size_t i = 0; i < job.items.size(); ++i) {
    if (auto* rejected = std::get_if<text::Rejected>(&job.items[i])) {
      job.out[i].rejected = std::move(*rejected);
      continue;
    }
    auto& raw = std::get<text::RawDocument>(job.items[i]);
    std::string place = place_of(raw.meta);
    try {
      auto layer = text::extract(std::move(raw));
      if (!layer) {
        job.out[i].rejected = text::Rejected{std::move(place), layer.error()};
        continue;
      }
      drafts.emplace_back(std::move(*layer));
      slot.push_back(i);
    } catch (const std::exception& e) {
      job.out[i].rejected = text::Rejected{std::move(place), Error{Code::Internal, e.what()}};
    }
  }
  job.items.clear();
  try {
    // A stage that fails on one document must not take the batch with it: the documents are then
    // read anew, one by one, and the one at fault is rejected.
    if (auto ran = engine.pipeline().run(drafts, scratch); !ran) {
      for (size_t k = 0; k < drafts.size(); ++k) {
        std::vector<Draft> alone;
        alone.emplace_back(drafts[k].doc().text_layer());
        if (auto again = engine.pipeline().run(alone, scratch); !again) {
          const ContainerMeta& meta = drafts[k].doc().meta();
          job.out[slot[k]].rejected = text::Rejected{place_of(meta), again.error()};
          continue;
        }
        drafts[k] = std::move(alone.front());
      }
    }
    for (size_t k = 0; k < drafts.size(); ++k) {
      BatchItem& item = job.out[slot[k]];
      if (item.rejected) continue;
      item.doc = std::move(drafts[k]).finish();
      if (render) item.rendered = render(*item.doc);
    }
  } catch (const std::exception& e) {
    job.broken = Error{Code::Internal, e.what()};
  }
}

class Workers {
 public:
  Workers(const Engine& engine, const BatchRender& render, unsigned threads) {
    for (unsigned i = 0; i < threads; ++i) {
      threads_.emplace_back([this, &engine, &render] { loop(engine, render); });
    }
  }
  ~Workers() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
      waiting_.clear();
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }
  void submit(Job& job) {
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back(&job);
    }
    wake_.notify_one();
  }
  void wait(Job& job) {
    std::unique_lock lock(mutex_);
    finished_.wait(lock, [&] { return job.done; });
  }

 private:
  void loop(const Engine& engine, const BatchRender& render) {
    Scratch scratch;
    while (true) {
      Job* job = nullptr;
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [&] { return closed_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        job = waiting_.front();
        waiting_.pop_front();
      }
      work(engine, render, *job, scratch);
      {
        const std::lock_guard lock(mutex_);
        job->done = true;
      }
      finished_.notify_all();
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_, finished_;
  std::deque<Job*> waiting_;
  bool closed_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace

Result<BatchCounts> read_all(const Engine& engine, text::InputSource& inputs,
                             const BatchOptions& options, const BatchRender& render,
                             const BatchSink& sink, const BatchWatch& watch) {
  BatchCounts counts;
  const unsigned threads = std::max(1U, options.threads);
  const size_t in_flight = size_t{2} * threads + 2;
  std::deque<std::unique_ptr<Job>> jobs;  // declared before the workers: outlives them
  Workers workers(engine, render, threads);

  const auto stopped = [&] { return options.stop != nullptr && options.stop->load(); };
  const auto take_oldest = [&]() -> Result<void> {
    const std::unique_ptr<Job> job = std::move(jobs.front());
    workers.wait(*job);
    jobs.pop_front();
    if (job->broken) return *job->broken;
    for (BatchItem& item : job->out) {
      ++counts.in;
      if (item.doc) {
        ++counts.read;
        counts.source_bytes += item.doc->source().size();
        if (const TokenLayer* tokens = item.doc->tokens()) {
          counts.sentences += tokens->sentences.size();
          counts.words += tokens->size();
        }
      } else {
        ++counts.rejected;
      }
      if (auto sunk = sink(std::move(item)); !sunk) return sunk.error();
    }
    if (watch) watch({inputs.bytes_done(), inputs.bytes_total(), counts});
    return {};
  };

  bool more = true;
  while (more && !stopped()) {
    auto job = std::make_unique<Job>();
    size_t bytes = 0;
    while (job->items.size() < options.batch_documents && bytes < options.batch_bytes) {
      auto item = inputs.next();
      if (!item) {
        more = false;
        break;
      }
      if (const auto* raw = std::get_if<text::RawDocument>(&*item)) bytes += raw->bytes.size();
      job->items.push_back(std::move(*item));
    }
    if (job->items.empty()) break;
    jobs.push_back(std::move(job));
    workers.submit(*jobs.back());
    while (jobs.size() >= in_flight) {
      if (auto taken = take_oldest(); !taken) return taken.error();
    }
  }
  while (!jobs.empty()) {
    if (auto taken = take_oldest(); !taken) return taken.error();
  }
  return counts;
}

Result<Document> read_one(const Engine& engine, text::RawDocument raw, Scratch& scratch) {
  auto layer = text::extract(std::move(raw));
  if (!layer) return layer.error();
  std::vector<Draft> drafts;
  drafts.emplace_back(std::move(*layer));
  if (auto ran = engine.pipeline().run(drafts, scratch); !ran) return ran.error();
  return std::move(drafts.front()).finish();
}

}  // namespace readout
