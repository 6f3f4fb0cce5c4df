#include "syntax/parser.h"

#include <filesystem>

namespace readout::syntax {

Result<std::shared_ptr<const Parser>> Parser::open(const std::string& path, model::KernelChoice choice) {
  auto file = model::ModelFile::open(path);
  if (!file) return file.error();
  return make(std::move(*file), choice);
}

Result<std::shared_ptr<const Parser>> Parser::view(std::string_view bytes, std::string name) {
  auto file = model::ModelFile::view(bytes, std::move(name));
  if (!file) return file.error();
  return make(std::move(*file), model::KernelChoice::Best);
}

Result<std::shared_ptr<const Parser>> Parser::make(model::ModelFile file, model::KernelChoice choice) {
  std::shared_ptr<Parser> parser(new Parser());
  parser->kernels_ = model::find_kernels(choice);
  if (parser->kernels_ == nullptr) return Error{Code::NotFound, "this processor lacks the wanted kernels"};
  parser->file_ = std::make_unique<model::ModelFile>(std::move(file));
  const model::ModelFile& f = *parser->file_;
  auto network = Network::create(f, *parser->kernels_);
  if (!network) return network.error();
  parser->network_ = std::make_unique<Network>(std::move(*network));
  parser->version_ = std::string(f.meta("name").value_or("?")) + "/" + std::string(f.meta("version").value_or("?"));
  auto deps = f.lines("deprels");
  if (!deps) return deps.error();
  auto feats = f.lines("feats");
  if (!feats) return feats.error();
  auto scripts = f.lines("scripts");
  if (!scripts) return scripts.error();
  const Sizes& sizes = parser->network_->sizes();
  if (deps->size() != sizes.deprels || feats->size() != sizes.feats || scripts->size() != sizes.scripts) {
    return Error{Code::BadModel, f.name() + ": a list of labels has another length than its size in meta"};
  }
  for (const std::string_view label : *deps) {
    const auto dep = parse_dep(label);
    if (!dep) return Error{Code::BadModel, f.name() + ": unknown relation \"" + std::string(label) + "\""};
    parser->deps_.push_back(*dep);
  }
  for (const std::string_view text : *scripts) {
    auto script = parse_lemma_script(text);
    if (!script) return script.error().within(f.name());
    parser->scripts_.push_back(*script);
  }
  parser->dep_names_ = std::move(*deps);
  parser->feats_ = std::move(*feats);
  return std::shared_ptr<const Parser>(std::move(parser));
}

void find_entities(const Workspace& ws, uint32_t begin, uint32_t end, std::vector<FoundEntity>& out) {
  constexpr EntityType kTypes[] = {EntityType::Person, EntityType::Organisation, EntityType::Location};
  for (uint32_t i = begin; i < end;) {
    const uint8_t tag = ws.tag[i];
    if (tag == 0) {
      ++i;
      continue;
    }
    FoundEntity e{i, i + 1, kTypes[(tag - 1) / 2], ws.tag_score[i]};
    const auto inside = static_cast<uint8_t>((tag - 1) / 2 * 2 + 2);
    while (e.end < end && ws.tag[e.end] == inside) e.score += ws.tag_score[e.end++];
    e.score /= static_cast<float>(e.end - e.begin);
    i = e.end;
    out.push_back(e);
  }
}

Result<std::string> find_model() {
  namespace fs = std::filesystem;
  constexpr const char* kName = "readout-syntax-en.model";
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
  for (const fs::path& place : {program / kName, program / "models" / kName, program / "../share/readout" / kName,
                                fs::path(READOUT_MODEL_FOLDER) / kName}) {
    if (fs::is_regular_file(place, error)) return place.lexically_normal().string();
  }
  return Error{Code::NotFound, std::string("no ") + kName + " beside the program, in ../share/readout or in " + READOUT_MODEL_FOLDER};
}

}  // namespace readout::syntax
