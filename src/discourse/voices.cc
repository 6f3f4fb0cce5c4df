// A base voice for the page and one for each turn; each quote then adds its source to the voice of what
// it stands in. Quotes come outer ones first, so that painting them in order leaves the innermost on top.
#include "discourse/voices.h"

#include <algorithm>
#include <unordered_map>

#include "readout/voice.h"

namespace readout::discourse {
namespace {

constexpr size_t kMaxChain = 24;  // a speaker who reports a speaker who reports ...: the rest is left out

/// Finds equal voices by a hash of what they hold.
class VoiceTable {
 public:
  explicit VoiceTable(std::vector<Voice>& voices) : voices_(voices) {}

  VoiceId intern(Voice voice) {
    uint64_t h = 0xcbf29ce484222325U;
    const auto mix = [&](uint64_t x) { h = (h ^ x) * 0x100000001b3U; };
    for (size_t i = 0; i < voice.chain.size(); ++i) {
      mix(index(voice.chain[i]));
      mix(voice.evidence[i].begin);
      mix(voice.evidence[i].end);
    }
    auto [it, end] = by_hash_.equal_range(h);
    for (; it != end; ++it) {
      const Voice& old = voices_[index(it->second)];
      if (old.chain == voice.chain && old.evidence == voice.evidence) return it->second;
    }
    voices_.push_back(std::move(voice));
    const VoiceId id{static_cast<uint32_t>(voices_.size() - 1)};
    by_hash_.emplace(h, id);
    return id;
  }
  const Voice& get(VoiceId id) const { return voices_[index(id)]; }

 private:
  std::vector<Voice>& voices_;
  std::unordered_multimap<uint64_t, VoiceId> by_hash_;
};

/// Adds a level; nothing if it is the level that is innermost already.
void add_level(Voice& voice, const std::vector<ActorId>& actors, Span evidence) {
  std::vector<ActorId> wanted = actors;
  if (wanted.empty()) {
    if (evidence.empty()) return;
    wanted.push_back(kNone<ActorId>);
  }
  if (!voice.chain.empty()) {
    const size_t from = level_begin(voice, voice.chain.size() - 1);
    const bool same = std::equal(voice.chain.begin() + static_cast<std::ptrdiff_t>(from), voice.chain.end(), wanted.begin(), wanted.end());
    if (same && wanted.front() != kNone<ActorId>) return;
  }
  if (voice.chain.size() >= kMaxChain) return;
  for (const ActorId actor : wanted) {
    voice.chain.push_back(actor);
    voice.evidence.push_back(evidence);
  }
}

}  // namespace

void find_voices(const Document& doc, QuoteLayer& layer) {
  const uint32_t n = doc.tokens()->size();
  const StructureLayer& structure = *doc.structure();
  const ActorLayer& actors = *doc.actors();
  layer.voices.clear();
  VoiceTable table(layer.voices);

  Voice page;
  if (actors.publisher) add_level(page, {*actors.publisher}, structure.publisher.value_or(Span{}));
  if (structure.source_line) {
    for (const Mention& mention : actors.mentions) {
      if (!structure.source_line->contains(mention.span) || mention.actors.size() != 1) continue;
      const ActorType type = actors.actors[index(mention.actors[0])].type;
      if (type == ActorType::Media || mention.form == MentionForm::Name || mention.form == MentionForm::Acronym) {
        add_level(page, {mention.actors[0]}, mention.span);
        break;
      }
    }
  }
  const VoiceId base = table.intern(page);
  layer.token_voice.assign(n, base);

  for (size_t i = 0; i < structure.turns.size(); ++i) {
    const Turn& turn = structure.turns[i];
    Voice voice = page;
    add_level(voice, actors.turn_speaker[i], turn.speaker.empty() ? turn.introduced_by : turn.speaker);
    const VoiceId id = table.intern(std::move(voice));
    const TokenRange range = doc.tokens_in(turn.span);
    for (uint32_t t = index(range.begin); t < index(range.end); ++t) layer.token_voice[t] = id;
  }
  for (const Quote& quote : layer.quotes) {
    const TokenRange range = doc.tokens_in(quote.span);
    if (range.empty() || (quote.source.empty() && quote.source_span.empty())) continue;
    // A quote over several turns would be a mistake of the marks; each token keeps its own outer voice.
    VoiceId outer = kNone<VoiceId>, inner = kNone<VoiceId>;
    for (uint32_t t = index(range.begin); t < index(range.end); ++t) {
      if (layer.token_voice[t] != outer) {
        outer = layer.token_voice[t];
        Voice voice = table.get(outer);
        add_level(voice, quote.source, quote.source_span);
        inner = table.intern(std::move(voice));
      }
      layer.token_voice[t] = inner;
    }
  }
}

}  // namespace readout::discourse
