#include "readout/pipeline.h"

#include <time.h>

#include "readout/layer_names.h"

namespace readout {
namespace {

/// Processor time of this thread: what other programs on the machine do is not in it.
uint64_t thread_ns() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<uint64_t>(now.tv_sec) * 1'000'000'000ULL + static_cast<uint64_t>(now.tv_nsec);
}

}  // namespace

Result<Pipeline> Pipeline::create(std::vector<std::unique_ptr<const Stage>> stages) {
  Pipeline pipeline;
  for (const auto& stage : stages) {
    for (size_t i = 0; i < static_cast<size_t>(Layer::kCount); ++i) {
      const Layer layer = static_cast<Layer>(i);
      if (stage->reads().has(layer) && !pipeline.writes_.has(layer)) {
        return Error{Code::Internal, std::string(stage->name()) + " reads the layer \"" +
                                         std::string(name(layer)) +
                                         "\", which no stage before it writes"};
      }
    }
    if (pipeline.writes_.has(stage->writes())) {
      return Error{Code::Internal, std::string(stage->name()) + " writes the layer \"" +
                                       std::string(name(stage->writes())) +
                                       "\", which a stage before it wrote"};
    }
    pipeline.writes_.add(stage->writes());
  }
  pipeline.stages_ = std::move(stages);
  return pipeline;
}

Result<void> Pipeline::run(std::span<Draft> batch, Scratch& scratch) const {
  for (const auto& stage : stages_) {
    if (auto done = stage->run(batch, scratch); !done) return done.error().within(stage->name());
  }
  scratch.reset();
  return {};
}

Result<void> Pipeline::run_after(std::span<Draft> batch, Scratch& scratch, LayerSet given) const {
  for (const auto& stage : stages_) {
    if (given.has(stage->writes())) continue;
    if (auto done = stage->run(batch, scratch); !done) return done.error().within(stage->name());
  }
  scratch.reset();
  return {};
}

Result<void> Pipeline::run_timed(std::span<Draft> batch, Scratch& scratch,
                                 std::vector<uint64_t>& stage_ns) const {
  stage_ns.resize(stages_.size());
  for (size_t i = 0; i < stages_.size(); ++i) {
    const uint64_t begin = thread_ns();
    if (auto done = stages_[i]->run(batch, scratch); !done) {
      return done.error().within(stages_[i]->name());
    }
    stage_ns[i] += thread_ns() - begin;
  }
  scratch.reset();
  return {};
}

std::vector<std::string_view> Pipeline::stage_names() const {
  std::vector<std::string_view> names;
  for (const auto& stage : stages_) names.push_back(stage->name());
  return names;
}

}  // namespace readout
