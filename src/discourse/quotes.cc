#include "discourse/quotes.h"

#include "discourse/addressees.h"
#include "discourse/quote_finder.h"
#include "discourse/voices.h"

namespace readout::discourse {
namespace {

class QuoteStage final : public Stage {
 public:
  std::string_view name() const override { return "discourse.quotes/1"; }
  LayerSet reads() const override { return {Layer::Structure, Layer::Tokens, Layer::Syntax, Layer::Actors}; }
  Layer writes() const override { return Layer::Quotes; }

  Result<void> run(std::span<Draft> batch, Scratch& scratch) const override {
    auto& arcs = scratch.slot<Arcs>(this);
    for (Draft& draft : batch) {
      arcs.read(draft.doc());
      QuoteLayer layer;
      layer.quotes = QuoteFinder(arcs, words_, draft).find();
      // Words of the source that the content has cut off leave nothing to point at.
      for (Quote& quote : layer.quotes) {
        if (quote.source_span.end <= quote.source_span.begin) quote.source_span = {};
      }
      imply_addressees(draft.doc(), layer.quotes);
      find_voices(draft.doc(), layer);
      if (auto done = draft.set(std::move(layer)); !done) return done.error();
    }
    return {};
  }

 private:
  QuoteWords words_;
};

class SayingStage final : public Stage {
 public:
  std::string_view name() const override { return "discourse.sayings/1"; }
  LayerSet reads() const override { return {Layer::Structure, Layer::Tokens, Layer::Syntax}; }
  Layer writes() const override { return Layer::Sayings; }

  Result<void> run(std::span<Draft> batch, Scratch& scratch) const override {
    auto& arcs = scratch.slot<Arcs>(this);
    for (Draft& draft : batch) {
      SayingLayer layer;
      arcs.read(draft.doc());
      layer.sayings = SpeechMarks(arcs, words_).sayings();
      if (auto done = draft.set(std::move(layer)); !done) return done.error();
    }
    return {};
  }

 private:
  QuoteWords words_;
};

}  // namespace

std::unique_ptr<const Stage> make_saying_stage() { return std::make_unique<SayingStage>(); }

std::unique_ptr<const Stage> make_quote_stage() { return std::make_unique<QuoteStage>(); }

}  // namespace readout::discourse
