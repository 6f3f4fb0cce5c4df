// The standard list of stages. A new stage is added here and nowhere else.
#include "discourse/structure.h"
#include "readout/pipeline.h"
#include "text/tokens.h"

namespace readout {

std::string_view Engine::version() { return "readout " READOUT_VERSION; }

Result<std::shared_ptr<const Engine>> Engine::open(const EngineOptions&) {
  std::vector<std::unique_ptr<const Stage>> stages;
  stages.push_back(discourse::make_structure_stage());
  stages.push_back(text::make_token_stage());
  auto pipeline = Pipeline::create(std::move(stages));
  if (!pipeline) return pipeline.error();
  std::shared_ptr<Engine> engine(new Engine(std::move(*pipeline)));
  return std::shared_ptr<const Engine>(std::move(engine));
}

}  // namespace readout
