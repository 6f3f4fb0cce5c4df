// Sentence by sentence: the figures that the finder reads, then the date and the actor that each
// belongs to.
#include "figures/figures.h"

#include <algorithm>

#include "figures/finder.h"
#include "figures/words.h"

namespace readout::figures {
namespace {

const Words& words() {
  static const Words kWords;
  return kWords;
}

class FigureStage final : public Stage {
 public:
  std::string_view name() const override { return "figures.rules/1"; }
  LayerSet reads() const override { return {Layer::Structure, Layer::Tokens, Layer::Timex}; }
  Layer writes() const override { return Layer::Figures; }

  Result<void> run(std::span<Draft> batch, Scratch& scratch) const override {
    auto& atoms = scratch.slot<std::vector<Atom>>(this);
    for (Draft& draft : batch) {
      if (auto set = draft.set(read(draft, atoms)); !set) return set;
    }
    return {};
  }

 private:
  FigureLayer read(Draft& draft, std::vector<Atom>& atoms) const {
    const Document& doc = draft.doc();
    const TokenLayer& tokens = *doc.tokens();
    FigureLayer layer;
    const Sym by = draft.intern(name());
    for (const TokenRange& range : tokens.sentences) {
      atoms.clear();
      read_atoms(doc.plain(), tokens, index(range.begin), index(range.end), words_.lexicon, atoms);
      const auto first = static_cast<uint32_t>(layer.figures.size());
      const auto sentence = static_cast<size_t>(&range - tokens.sentences.data());
      const BlockId block = tokens.sentence_block[sentence];
      const auto& blocks = doc.structure()->blocks;
      const bool table =
          index(block) < blocks.size() && blocks[index(block)].role == BlockRole::Table;
      for (Found& f : Finder(words_, doc, atoms, table ? Setting::Table : Setting::Prose).read()) {
        Figure& figure = f.figure;
        figure.span = {atoms[f.begin].span.begin, atoms[f.end - 1].span.end};
        if (!f.unit.empty()) figure.unit = draft.intern(f.unit);
        if (!f.counted.empty()) figure.counted = draft.intern(f.counted);
        if (figure.revises != kNone<FigureId>)
          figure.revises = static_cast<FigureId>(index(figure.revises) + first);
        figure.as_of = as_of(doc, figure.span, atoms.front().span.begin, atoms.back().span.end);
        about(doc, figure, range);
        figure.made = {by, 1.0F};
        layer.figures.push_back(std::move(figure));
      }
    }
    return layer;
  }

  /// The date or time of the same sentence that stands nearest.
  static TimexId as_of(const Document& doc, Span span, uint32_t begin, uint32_t end) {
    const auto& timexes = doc.timexes()->timexes;
    auto t = std::lower_bound(timexes.begin(), timexes.end(), begin,
                              [](const Timex& x, uint32_t at) { return x.span.end <= at; });
    TimexId best = kNone<TimexId>;
    uint32_t gap = UINT32_MAX;
    for (; t != timexes.end() && t->span.begin < end; ++t) {
      if (t->type != TimexType::Date && t->type != TimexType::Time) continue;
      const uint32_t d = t->span.begin >= span.end   ? t->span.begin - span.end
                         : span.begin >= t->span.end ? span.begin - t->span.end
                                                     : 0;
      if (d < gap) {
        gap = d;
        best = static_cast<TimexId>(t - timexes.begin());
      }
    }
    return best;
  }

  /// The actor named nearest before the figure in its sentence, if the actors are known.
  static void about(const Document& doc, Figure& figure, TokenRange sentence) {
    if (doc.actors() == nullptr) return;
    const auto& mentions = doc.actors()->mentions;
    const Mention* best = nullptr;
    for (auto m = std::lower_bound(mentions.begin(), mentions.end(), doc.span(sentence).begin,
                                   [](const Mention&x, uint32_t at) { return x.span.begin < at; });
         m != mentions.end() && m->span.begin < doc.span(sentence).end; ++m) {
      if (m->span.overlaps(figure.counted_span)) {
        best = &*m;
        break;
      }
      if (m->span.end <= figure.span.begin && m->form != MentionForm::Pronoun) best = &*m;
    }
    if (best != nullptr) figure.about = best->actors;
  }

  const Words& words_ = words();
};

}  // namespace

std::unique_ptr<const Stage> make_figure_stage() { return std::make_unique<FigureStage>(); }

std::string_view unit_sign(std::string_view name_text) {
  TokenLayer tokens;
  tokens.span.push_back({0, static_cast<uint32_t>(name_text.size())});
  std::vector<Atom> atoms;
  read_atoms(name_text, tokens, 0, 1, words().lexicon, atoms);
  for (const PhraseTable* table : {&words().currencies, &words().units, &words().signs}) {
    if (const auto hit = table->match(name_text, atoms, 0); hit && hit->next == atoms.size())
      return words().unit[hit->value].sign;
  }
  return {};
}

}  // namespace readout::figures
