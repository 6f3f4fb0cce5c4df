// Blocks are tokenized one by one; blocks that the page cut in two are split into sentences
// together. Where a turn begins or ends inside a block, the sentence ends too: "X said:" is one
// sentence, what X said begins another.
#include "text/tokens.h"

#include <algorithm>

#include "core/limits.h"
#include "text/breaks.h"
#include "text/tokenizer.h"

namespace readout::text {
namespace {

struct Buffers {
  Words words;
  std::vector<uint32_t> ends;
  std::vector<uint32_t> cuts;  // offsets at which a sentence must begin
};

bool in_speech(BlockRole role) {
  switch (role) {
    case BlockRole::Title:
    case BlockRole::Caption:
    case BlockRole::Credit:
    case BlockRole::Dateline:
    case BlockRole::Byline:
    case BlockRole::SourceLine:
    case BlockRole::Navigation:
    case BlockRole::Boilerplate:
      return false;
    default:
      return true;
  }
}

class TokenStage final : public Stage {
 public:
  std::string_view name() const override { return "text.tokens/1"; }
  LayerSet reads() const override { return {Layer::Structure}; }
  Layer writes() const override { return Layer::Tokens; }

  Result<void> run(std::span<Draft> batch, Scratch& scratch) const override {
    auto& buffers = scratch.slot<Buffers>(this);
    for (Draft& draft : batch) {
      if (auto done = draft.set(tokens_of(draft, buffers)); !done) return done.error();
    }
    return {};
  }

 private:
  TokenLayer tokens_of(Draft& draft, Buffers& buffers) const {
    const Document& doc = draft.doc();
    const StructureLayer& structure = *doc.structure();
    const std::string_view text = doc.plain();
    Words& words = buffers.words;
    words.clear();
    buffers.ends.clear();
    find_cuts(text, structure, buffers.cuts);

    TokenLayer layer;
    size_t cut = 0;
    for (size_t b = 0; b < structure.blocks.size();) {
      const auto first = static_cast<uint32_t>(words.span.size());
      size_t to = b;
      do {
        tokenizer_.words(text, structure.blocks[to].span, words);
        ++to;
      } while (to < structure.blocks.size() && structure.blocks[to].continues);
      split(text, words, first, cut, buffers);
      b = to;
    }
    fill(draft, structure, words, buffers.ends, layer);
    return layer;
  }

  static void find_cuts(std::string_view text, const StructureLayer& structure,
                        std::vector<uint32_t>& cuts) {
    cuts.clear();
    if (const uint32_t at = behind_dateline(text, structure); at != 0) cuts.push_back(at);
    for (const Turn& turn : structure.turns) {
      cuts.push_back(turn.span.begin);
      cuts.push_back(turn.span.end);
    }
    std::sort(cuts.begin(), cuts.end());
  }

  // "GENEVA, March 3 (Agency) - The envoy said": the date line is no part of the sentence. Offset
  // of its first word, 0 if there is no date line before running text.
  static uint32_t behind_dateline(std::string_view text, const StructureLayer& structure) {
    if (!structure.dateline_place) return 0;
    const Span place = *structure.dateline_place;
    const auto block = std::find_if(structure.blocks.begin(), structure.blocks.end(),
                                    [&](const Block& b) { return b.span.contains(place); });
    if (block == structure.blocks.end() || block->role != BlockRole::Narration ||
        block->span.begin != place.begin)
      return 0;
    const std::string_view head = text.substr(0, std::min(block->span.end, place.end + 80));
    for (const std::string_view dash : {" - ", " -- ", " \xE2\x80\x93 ", " \xE2\x80\x94 "}) {
      const size_t at = head.find(dash, place.end);
      if (at == std::string_view::npos) continue;
      const size_t next = at + dash.size();
      if (next < head.size() && head[next] >= 'A' && head[next] <= 'Z')
        return static_cast<uint32_t>(next);
    }
    return 0;
  }

  // Sentences of the words from `first` to the last, no sentence over one of the cuts.
  void split(std::string_view text, const Words& words, uint32_t first, size_t& cut,
             Buffers& buffers) const {
    const auto last = static_cast<uint32_t>(words.span.size());
    while (first < last) {
      while (cut < buffers.cuts.size() && buffers.cuts[cut] <= words.span[first].begin) ++cut;
      uint32_t to = last;
      if (cut < buffers.cuts.size() && buffers.cuts[cut] < words.span[last - 1].end) {
        const auto behind =
            std::partition_point(words.span.begin() + first, words.span.end(),
                                 [&](Span s) { return s.begin < buffers.cuts[cut]; });
        to = static_cast<uint32_t>(behind - words.span.begin());
      }
      const size_t from = buffers.ends.size();
      tokenizer_.sentences(text, words, first, to, buffers.ends);
      breaks_.revise(text, words, first, to, from, buffers.ends);
      first = to;
    }
  }

  // Columns from words and sentence ends; over-long sentences are cut, with a note.
  static void fill(Draft& draft, const StructureLayer& structure, const Words& words,
                   const std::vector<uint32_t>& ends, TokenLayer& layer) {
    const size_t n = words.span.size();
    layer.span = words.span;
    layer.flags = words.flags;
    layer.sentence.resize(n);
    layer.sentences.reserve(ends.size());
    uint32_t begin = 0;
    for (const uint32_t end : ends) {
      while (end - begin > limits::kSentenceTokens) {
        const uint32_t to = best_cut(words, begin);
        draft.note({words.span[begin].begin, words.span[end - 1].end}, "limit.sentence",
                   "a sentence of " + std::to_string(end - begin) + " words was cut (limit " +
                       std::to_string(limits::kSentenceTokens) + ")");
        layer.sentences.push_back({TokenId{begin}, TokenId{to}});
        begin = to;
      }
      layer.sentences.push_back({TokenId{begin}, TokenId{end}});
      begin = end;
    }
    for (const Span span : words.cut) {
      draft.note(span, "limit.token",
                 "a word of " + std::to_string(span.size()) + " bytes was cut (limit " +
                     std::to_string(limits::kTokenBytes) + ")");
    }
    const size_t m = layer.sentences.size();
    layer.sentence_block.resize(m);
    layer.sentence_turn.resize(m, kNone<TurnId>);
    size_t block = 0;
    size_t turn = 0;
    for (size_t s = 0; s < m; ++s) {
      const uint32_t at = layer.span[index(layer.sentences[s].begin)].begin;
      while (block + 1 < structure.blocks.size() && structure.blocks[block].span.end <= at) ++block;
      while (turn < structure.turns.size() && structure.turns[turn].span.end <= at) ++turn;
      layer.sentence_block[s] = BlockId{static_cast<uint32_t>(block)};
      if (turn < structure.turns.size() && structure.turns[turn].span.begin <= at &&
          in_speech(structure.blocks[block].role)) {
        layer.sentence_turn[s] = TurnId{static_cast<uint32_t>(turn)};
      }
      for (uint32_t k = index(layer.sentences[s].begin); k < index(layer.sentences[s].end); ++k) {
        layer.sentence[k] = SentenceId{static_cast<uint32_t>(s)};
      }
    }
  }

  /// Where to cut an over-long sentence: behind the last semicolon, else comma or dash, of the
  /// second half of what is allowed; never between the words of one token.
  static uint32_t best_cut(const Words& words, uint32_t begin) {
    const uint32_t limit = begin + limits::kSentenceTokens;
    for (const WordKind wanted :
         {WordKind::Stop, WordKind::Semicolon, WordKind::Comma, WordKind::Dash}) {
      for (uint32_t k = limit - 1; k > begin + limits::kSentenceTokens / 2; --k) {
        if (words.kind[k] == wanted) return k + 1;
      }
    }
    uint32_t to = limit;
    while (to > begin + 1 && to < words.flags.size() &&
           (words.flags[to] & TokenFlags::kContinuesToken) != 0)
      --to;
    return to > begin + 1 ? to : limit;
  }

  Tokenizer tokenizer_;
  Breaks breaks_;
};

}  // namespace

std::unique_ptr<const Stage> make_token_stage() { return std::make_unique<TokenStage>(); }

}  // namespace readout::text
