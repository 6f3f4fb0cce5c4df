#include "syntax/stage.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/embedded.h"
#include "core/tsv.h"
#include "core/word_table.h"

namespace readout::syntax {
namespace {

/// What one thread keeps between batches: the words of a batch and the network's workspace.
struct Batch {
  Workspace ws;
  std::vector<std::string_view> words;
  std::vector<uint32_t> ends, first;   // first[i]: where document i begins; one more at the end
  std::vector<const Document*> docs;
  std::vector<Sym> feats;
  std::vector<FoundEntity> entities;
  std::string lemma;

  void read(const Parser& parser, std::span<Draft> drafts) {
    words.clear();
    ends.clear();
    first.clear();
    docs.clear();
    for (const Draft& draft : drafts) {
      const Document& doc = draft.doc();
      const TokenLayer& tokens = *doc.tokens();
      const auto base = static_cast<uint32_t>(words.size());
      first.push_back(base);
      docs.push_back(&doc);
      for (const Span span : tokens.span) words.push_back(doc.text(span));
      for (const TokenRange range : tokens.sentences) ends.push_back(base + index(range.end));
    }
    first.push_back(static_cast<uint32_t>(words.size()));
    parser.network().run(words, ends, ws);
  }

  bool holds(std::span<Draft> drafts) const {
    if (docs.size() != drafts.size()) return false;
    for (size_t i = 0; i < drafts.size(); ++i) {
      if (docs[i] != &drafts[i].doc() || first[i + 1] - first[i] != drafts[i].doc().tokens()->size()) return false;
      // The address may belong to another document by now: its words tell.
      if (first[i] < first[i + 1] && words[first[i]].data() != drafts[i].doc().text(drafts[i].doc().tokens()->span[0]).data()) {
        return false;
      }
    }
    return true;
  }
};

class SyntaxStage final : public Stage {
 public:
  explicit SyntaxStage(std::shared_ptr<const Parser> parser) : parser_(std::move(parser)) {
    for_each_row(embedded("text/irregular_verbs.tsv"), [&](const TsvRow& row) {
      irregular_.add(row[0], static_cast<uint32_t>(verbs_.size()));
      verbs_.push_back(row[1]);
    });
  }
  std::string_view name() const override { return "syntax/1"; }
  LayerSet reads() const override { return {Layer::Tokens}; }
  Layer writes() const override { return Layer::Syntax; }

  Result<void> run(std::span<Draft> drafts, Scratch& scratch) const override {
    auto& batch = scratch.slot<Batch>(parser_.get());
    batch.read(*parser_, drafts);
    for (size_t i = 0; i < drafts.size(); ++i) {
      if (auto done = drafts[i].set(layer(drafts[i], batch, batch.first[i])); !done) return done.error();
    }
    return {};
  }

 private:
  SyntaxLayer layer(Draft& draft, Batch& batch, uint32_t base) const {
    const TokenLayer& tokens = *draft.doc().tokens();
    const Workspace& ws = batch.ws;
    const uint32_t n = tokens.size();
    SyntaxLayer out;
    out.upos.resize(n);
    out.feats.resize(n);
    out.lemma.resize(n);
    out.head.resize(n);
    out.dep.resize(n);
    out.score.resize(n);
    batch.feats.assign(parser_->feats_count(), kNone<Sym>);
    for (const TokenRange range : tokens.sentences) {
      for (uint32_t t = index(range.begin); t < index(range.end); ++t) {
        const uint32_t w = base + t;
        out.upos[t] = static_cast<Upos>(ws.upos[w]);
        const uint16_t feats = ws.feats[w];
        if (batch.feats[feats] == kNone<Sym> && parser_->feats(feats) != "_") {
          batch.feats[feats] = draft.intern(parser_->feats(feats));
        }
        out.feats[t] = batch.feats[feats];
        make_lemma(parser_->script(ws.script[w]), batch.words[w], batch.lemma);
        if (out.upos[t] == Upos::Verb) irregular(batch.words[w], batch.lemma);
        out.lemma[t] = draft.intern(batch.lemma);
        out.head[t] = ws.head[w] == 0 ? static_cast<TokenId>(t) : static_cast<TokenId>(index(range.begin) + ws.head[w] - 1);
        out.dep[t] = parser_->dep(ws.dep[w]);
        out.score[t] = ws.arc_score[w];
      }
    }
    return out;
  }

  // "withdrew": what the network saw a few times at most.
  void irregular(std::string_view word, std::string& lemma) const {
    std::array<char, 24> low{};
    if (word.size() > low.size()) return;
    std::transform(word.begin(), word.end(), low.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (const uint32_t verb = irregular_.find({low.data(), word.size()}); verb != 0) lemma = verbs_[verb];
  }

  std::shared_ptr<const Parser> parser_;
  WordTable irregular_;                            // form -> place in verbs_
  std::vector<std::string_view> verbs_{std::string_view()};
};

class EntityStage final : public Stage {
 public:
  explicit EntityStage(std::shared_ptr<const Parser> parser) : parser_(std::move(parser)) {}
  std::string_view name() const override { return "syntax.entities/1"; }
  LayerSet reads() const override { return {Layer::Tokens, Layer::Syntax}; }
  Layer writes() const override { return Layer::Entities; }

  Result<void> run(std::span<Draft> drafts, Scratch& scratch) const override {
    auto& batch = scratch.slot<Batch>(parser_.get());
    if (!batch.holds(drafts)) batch.read(*parser_, drafts);
    for (size_t i = 0; i < drafts.size(); ++i) {
      const uint32_t base = batch.first[i];
      batch.entities.clear();
      for (const TokenRange range : drafts[i].doc().tokens()->sentences) {
        find_entities(batch.ws, base + index(range.begin), base + index(range.end), batch.entities);
      }
      EntityLayer out;
      out.entities.reserve(batch.entities.size());
      for (const FoundEntity& e : batch.entities) {
        out.entities.push_back({{static_cast<TokenId>(e.begin - base), static_cast<TokenId>(e.end - base)}, e.type, e.score});
      }
      if (auto done = drafts[i].set(std::move(out)); !done) return done.error();
    }
    batch.docs.clear();
    return {};
  }

 private:
  std::shared_ptr<const Parser> parser_;
};

}  // namespace

std::unique_ptr<const Stage> make_syntax_stage(std::shared_ptr<const Parser> parser) {
  return std::make_unique<SyntaxStage>(std::move(parser));
}

std::unique_ptr<const Stage> make_entity_stage(std::shared_ptr<const Parser> parser) {
  return std::make_unique<EntityStage>(std::move(parser));
}

}  // namespace readout::syntax
