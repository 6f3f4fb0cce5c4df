// Many documents through the engine on many threads, results in input order.
//
// The calling thread reads the inputs and hands out batches; workers extract, run the stages and
// render; the calling thread takes finished batches in order and gives them to the sink. At most
// 2 * threads + 2 batches are in flight, so memory does not depend on the length of the stream.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "readout/pipeline.h"
#include "text/input.h"

namespace readout {

struct BatchOptions {
  unsigned threads = 1;
  size_t batch_documents = 16;        // a batch ends at whichever comes first
  size_t batch_bytes = 256U << 10;
  const std::atomic<bool>* stop = nullptr;  // set by a signal: finish what is in flight, read no more
};

/// One input item's outcome: a document with what `render` made of it, or a rejection.
struct BatchItem {
  std::optional<Document> doc;
  std::string rendered;
  std::optional<text::Rejected> rejected;
};

/// in = read + rejected, always.
struct BatchCounts {
  uint64_t in = 0, read = 0, rejected = 0;
  uint64_t source_bytes = 0, sentences = 0, words = 0;
};

struct BatchProgress {
  uint64_t bytes_done = 0, bytes_total = 0;  // total 0: unknown
  BatchCounts counts;
};

/// Runs on the workers, for every document that was read.
using BatchRender = std::function<std::string(const Document&)>;
/// Runs on the calling thread, in input order. An error ends the run and is returned.
using BatchSink = std::function<Result<void>(BatchItem&&)>;
/// Called after every batch on the calling thread; may be empty.
using BatchWatch = std::function<void(const BatchProgress&)>;

Result<BatchCounts> read_all(const Engine& engine, text::InputSource& inputs,
                             const BatchOptions& options, const BatchRender& render,
                             const BatchSink& sink, const BatchWatch& watch);

/// One document, on this thread.
Result<Document> read_one(const Engine& engine, text::RawDocument raw, Scratch& scratch);

}  // namespace readout
