// The syntax model, opened: the network with its labels and lemma scripts.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/model_file.h"
#include "readout/layers.h"
#include "readout/result.h"
#include "syntax/lemma.h"
#include "syntax/network.h"

namespace readout::syntax {

/// Immutable; one instance serves all threads.
class Parser {
 public:
  /// Maps the model file. Fails with BadModel or NotFound and a reason.
  static Result<std::shared_ptr<const Parser>> open(const std::string& path,
                                                    model::KernelChoice choice = model::KernelChoice::Best);
  /// The same over bytes that outlive the parser, 64-byte aligned.
  static Result<std::shared_ptr<const Parser>> view(std::string_view bytes, std::string name);

  const Network& network() const { return *network_; }
  const std::string& version() const& { return version_; }      // "readout-syntax-en/1"
  std::string_view kernels() const { return kernels_->name; }

  // The labels behind the numbers in a Workspace.
  Dep dep(size_t id) const { return deps_[id]; }
  std::string_view dep_name(size_t id) const { return dep_names_[id]; }
  std::string_view feats(size_t id) const { return feats_[id]; }  // "_" for none
  size_t feats_count() const { return feats_.size(); }
  const LemmaScript& script(size_t id) const { return scripts_[id]; }

 private:
  static Result<std::shared_ptr<const Parser>> make(model::ModelFile file, model::KernelChoice choice);
  Parser() = default;

  std::unique_ptr<model::ModelFile> file_;
  const model::Kernels* kernels_ = nullptr;
  std::unique_ptr<Network> network_;
  std::string version_;
  std::vector<Dep> deps_;
  std::vector<std::string_view> dep_names_, feats_;
  std::vector<LemmaScript> scripts_;
};

/// An entity found in a sentence: words [begin, end) of the whole input.
struct FoundEntity {
  uint32_t begin = 0, end = 0;
  EntityType type = EntityType::Other;
  float score = 0.0F;  // geometric mean would punish length: the arithmetic mean of its tags
};

/// Reads the entity tags of words [begin, end) from a workspace.
void find_entities(const Workspace& ws, uint32_t begin, uint32_t end, std::vector<FoundEntity>& out);

/// The model that is shipped: beside the program, in ../share/readout of it, or in the source folder
/// that the program was built from.
Result<std::string> find_model();

}  // namespace readout::syntax
