// Stages, and the pipeline that runs them over batches of documents.
#pragma once

#include <functional>
#include <memory>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <typeindex>
#include <unordered_map>
#include <vector>

#include "readout/document.h"
#include "readout/result.h"

namespace readout {

/// A set of layers.
class LayerSet {
 public:
  constexpr LayerSet() = default;
  constexpr LayerSet(std::initializer_list<Layer> layers) {
    for (Layer layer : layers) bits_ |= 1U << static_cast<unsigned>(layer);
  }
  constexpr bool has(Layer layer) const { return (bits_ >> static_cast<unsigned>(layer)) & 1U; }
  constexpr void add(Layer layer) { bits_ |= 1U << static_cast<unsigned>(layer); }
  constexpr void add(LayerSet layers) { bits_ |= layers.bits_; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr bool contains(LayerSet other) const { return (other.bits_ & ~bits_) == 0; }

 private:
  uint32_t bits_ = 0;
};

/// What one thread reuses from batch to batch.
class Scratch {
 public:
  /// Memory for one batch; given back by `reset`.
  std::pmr::memory_resource& arena() { return arena_; }
  /// A buffer of type T that belongs to `owner` and keeps its capacity between batches.
  template <class T>
  T& slot(const void* owner) {
    auto& entry = slots_[owner];
    if (!entry.value) entry = {std::make_shared<T>(), std::type_index(typeid(T))};
    return *static_cast<T*>(entry.value.get());
  }
  void reset() { arena_.release(); }

 private:
  struct Slot {
    std::shared_ptr<void> value;
    std::type_index type = typeid(void);
  };
  std::pmr::monotonic_buffer_resource arena_{1 << 16};
  std::unordered_map<const void*, Slot> slots_;
};

/// Reads finished layers and writes exactly one. Immutable after construction: one instance serves
/// all threads, and whatever changes during a run lives in the caller's Scratch.
class Stage {
 public:
  virtual ~Stage() = default;
  virtual std::string_view name() const = 0;  // "text.tokens/1": recorded with every result
  virtual LayerSet reads() const = 0;
  virtual Layer writes() const = 0;
  /// Sets the layer of every draft of the batch. A document's trouble is a note; an error here is
  /// the program's own.
  virtual Result<void> run(std::span<Draft> batch, Scratch& scratch) const = 0;
};

/// A declared list of stages, checked once.
class Pipeline {
 public:
  /// Refuses a list in which a stage reads what nobody before it writes, or a layer has two writers.
  static Result<Pipeline> create(std::vector<std::unique_ptr<const Stage>> stages);
  Result<void> run(std::span<Draft> batch, Scratch& scratch) const;
  /// Like `run`, adding the nanoseconds of processor time of each stage to `stage_ns` (one entry a stage).
  Result<void> run_timed(std::span<Draft> batch, Scratch& scratch, std::vector<uint64_t>& stage_ns) const;
  /// Like `run`, without the stages that write `given`: those layers were set by the caller
  /// (evaluation from gold words).
  Result<void> run_after(std::span<Draft> batch, Scratch& scratch, LayerSet given) const;
  LayerSet writes() const { return writes_; }
  std::vector<std::string_view> stage_names() const;

 private:
  std::vector<std::unique_ptr<const Stage>> stages_;
  LayerSet writes_;
};

/// Which coder writes the acts: the frames of data/events, the backoff model, the frames and the model where no frame fits, or dictionaries
/// of PETRARCH or TABARI in the data folder.
enum class Coder : uint8_t { Frames, Model, Both, Petrarch };

struct EngineOptions {
  LayerSet layers;            // wanted layers, with what they need; empty: all that are available
  std::string data_folder;    // overlay on the built-in data; empty: none
  std::string model_file;     // empty: the one shipped beside the program
  Coder coder = Coder::Frames;
};

/// The standard list of stages over the built-in data, ready to read. Thread-safe.
class Engine {
 public:
  static Result<std::shared_ptr<const Engine>> open(const EngineOptions& options);
  const Pipeline& pipeline() const { return pipeline_; }
  /// "readout 0.1.0", recorded with every document.
  static std::string_view version();
  /// Content hash of the data and name of the model in use.
  const std::string& data_version() const& { return data_version_; }
  const std::string& model_version() const& { return model_version_; }

 private:
  explicit Engine(Pipeline pipeline) : pipeline_(std::move(pipeline)) {}
  Pipeline pipeline_;
  std::string data_version_, model_version_;
};

}  // namespace readout
