// The standard list of stages. A new stage is added here and nowhere else.
#include <functional>

#include "core/embedded.h"
#include "discourse/quotes.h"
#include "discourse/structure.h"
#include "entities/actors.h"
#include "entities/places.h"
#include "events/agreements.h"
#include "events/commitments.h"
#include "events/engine.h"
#include "events/petrarch/stage.h"
#include "events/topics.h"
#include "figures/figures.h"
#include "readout/pipeline.h"
#include "syntax/stage.h"
#include "text/tokens.h"
#include "timex/timex.h"

namespace readout {
namespace {

/// A stage that can be had: what it writes and reads, and how to make it. It is made only if it is
/// wanted, so that a model or dictionary that nobody asks for is not opened.
struct Offer {
  Layer writes;
  LayerSet reads;
  std::function<Result<std::unique_ptr<const Stage>>()> make;
};

/// The syntax model, opened when the first stage asks for it and shared by those that follow.
struct ModelSlot {
  std::string file;
  std::shared_ptr<const syntax::Parser> parser;

  Result<std::shared_ptr<const syntax::Parser>> get() {
    if (parser == nullptr) {
      auto path = file.empty() ? syntax::find_model() : Result<std::string>(file);
      if (!path) return path.error();
      auto opened = syntax::Parser::open(*path);
      if (!opened) return opened.error();
      parser = std::move(*opened);
    }
    return parser;
  }
};

// What these stages may read that others write before them.
constexpr LayerSet kAgreementReads{Layer::Structure, Layer::Tokens, Layer::Syntax, Layer::Actors, Layer::Quotes, Layer::Timex};
constexpr LayerSet kCommitmentReads{Layer::Structure, Layer::Tokens,  Layer::Syntax,    Layer::Actors,
                                    Layer::Quotes,    Layer::Timex,   Layer::Figures,   Layer::Agreements};

std::vector<Offer> offers(const EngineOptions& options, const std::shared_ptr<ModelSlot>& model) {
  using Made = Result<std::unique_ptr<const Stage>>;
  // One reading of the dictionaries for all stages that want them, none if nobody does.
  const auto knowledge = [cache = std::make_shared<std::shared_ptr<const entities::Knowledge>>(),
                          folder = options.data_folder]() -> Result<std::shared_ptr<const entities::Knowledge>> {
    if (!*cache) {
      auto opened = entities::Knowledge::open(folder);
      if (!opened) return opened.error();
      *cache = *opened;
    }
    return *cache;
  };
  std::vector<Offer> all = {
      {Layer::Structure, {}, []() -> Made { return discourse::make_structure_stage(); }},
      {Layer::Tokens, {Layer::Structure}, []() -> Made { return text::make_token_stage(); }},
      {Layer::Syntax, {Layer::Tokens}, [model]() -> Made {
         auto parser = model->get();
         if (!parser) return parser.error();
         return syntax::make_syntax_stage(std::move(*parser));
       }},
      {Layer::Entities, {Layer::Tokens, Layer::Syntax}, [model]() -> Made {
         auto parser = model->get();
         if (!parser) return parser.error();
         return syntax::make_entity_stage(std::move(*parser));
       }},
      {Layer::Sayings, {Layer::Structure, Layer::Tokens, Layer::Syntax}, []() -> Made { return discourse::make_saying_stage(); }},
      {Layer::Actors,
       {Layer::Structure, Layer::Tokens, Layer::Syntax, Layer::Entities, Layer::Sayings},
       [knowledge]() -> Made {
         auto opened = knowledge();
         if (!opened) return opened.error();
         return entities::make_actor_stage(*opened, {Layer::Structure, Layer::Tokens, Layer::Syntax, Layer::Entities, Layer::Sayings});
       }},
      {Layer::Places,
       {Layer::Structure, Layer::Tokens, Layer::Entities, Layer::Actors},
       [knowledge]() -> Made {
         auto opened = knowledge();
         if (!opened) return opened.error();
         return entities::make_place_stage(*opened, {Layer::Structure, Layer::Tokens, Layer::Entities});
       }},
      {Layer::Quotes, {Layer::Structure, Layer::Tokens, Layer::Syntax, Layer::Actors}, []() -> Made { return discourse::make_quote_stage(); }},
      {Layer::Timex, {Layer::Structure, Layer::Tokens, Layer::Syntax}, []() -> Made { return timex::make_timex_stage(); }},
      {Layer::Agreements, kAgreementReads,
       [folder = options.data_folder]() -> Made { return events::make_agreement_stage(folder, kAgreementReads); }},
      {Layer::Topics, {Layer::Structure, Layer::Tokens},
       [folder = options.data_folder]() -> Made { return events::make_topic_stage(folder); }},
      {Layer::Figures, {Layer::Structure, Layer::Tokens, Layer::Syntax, Layer::Timex}, []() -> Made { return figures::make_figure_stage(); }},
      {Layer::Commitments, kCommitmentReads,
       [folder = options.data_folder]() -> Made { return events::make_commitment_stage(folder, kCommitmentReads); }},
  };
  // Acts read all that is there; without arcs there are none.
  LayerSet before;
  for (const Offer& offer : all) {
    if (offer.writes < Layer::Events && offer.writes != Layer::Figures) before.add(offer.writes);
  }
  if (before.has(Layer::Syntax)) {
    all.push_back({Layer::Events, before, [&options, before]() -> Made {
                     return options.coder == Coder::Petrarch ? events::petrarch::make_petrarch_stage(options.data_folder, before)
                                                             : events::make_event_stage(options.data_folder, before, options.coder);
                   }});
  }
  return all;
}

}  // namespace

std::string_view Engine::version() { return "readout " READOUT_VERSION; }

Result<std::shared_ptr<const Engine>> Engine::open(const EngineOptions& options) {
  const auto model = std::make_shared<ModelSlot>();
  model->file = options.model_file;
  const std::vector<Offer> all = offers(options, model);
  // From the last to the first: what a wanted stage reads is wanted too.
  LayerSet wanted;
  for (const Offer& offer : all) {
    if (options.layers.empty() || options.layers.has(offer.writes)) wanted.add(offer.writes);
  }
  for (auto offer = all.rbegin(); offer != all.rend(); ++offer) {
    if (wanted.has(offer->writes)) wanted.add(offer->reads);
  }
  std::vector<std::unique_ptr<const Stage>> stages;
  for (const Offer& offer : all) {
    if (!wanted.has(offer.writes)) continue;
    auto stage = offer.make();
    if (!stage) return stage.error();
    stages.push_back(std::move(*stage));
  }
  auto pipeline = Pipeline::create(std::move(stages));
  if (!pipeline) return pipeline.error();
  std::shared_ptr<Engine> engine(new Engine(std::move(*pipeline)));
  if (model->parser != nullptr) engine->model_version_ = model->parser->version();
  engine->data_version_ = embedded_version().substr(0, 16);
  return std::shared_ptr<const Engine>(std::move(engine));
}

}  // namespace readout
