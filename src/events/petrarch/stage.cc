#include "events/petrarch/stage.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "core/embedded.h"
#include "core/tsv.h"
#include "events/engine.h"
#include "events/modality.h"
#include "events/petrarch/coder.h"

namespace readout::events::petrarch {
namespace {

constexpr float kScore = 0.5F;  // dictionaries give no score; a pattern without a frame's checks

/// What one thread keeps between batches.
struct Kept {
  SentenceView view;
  WordColumn words;
};

struct PloverOf {
  std::string_view type, mode;
};

/// PLOVER type and mode of a CAMEO code, by the code or its parents.
PloverOf plover_of(std::string_view code) {
  static const std::map<std::string_view, PloverOf> kCodes = [] {
    std::map<std::string_view, PloverOf> codes;
    for_each_row(embedded("ontology/cameo.tsv"), [&](const TsvRow& row) {
      codes[row[0]] = {row[2], row[3]};
    });
    return codes;
  }();
  for (; code.size() >= 2; code.remove_suffix(1)) {
    if (const auto it = kCodes.find(code); it != kCodes.end()) return it->second;
  }
  return {};
}

uint32_t day_of(std::string_view iso) {
  uint32_t n = 0;
  size_t digits = 0;
  for (size_t i = 0; i < iso.size() && i < 10; ++i) {
    if (iso[i] < '0' || iso[i] > '9') continue;
    n = n * 10 + static_cast<uint32_t>(iso[i] - '0');
    ++digits;
  }
  return digits == 8 ? n : 0;
}

class PetrarchStage final : public Stage {
 public:
  PetrarchStage(Dictionary dictionary, std::shared_ptr<const FrameSet> frames, LayerSet reads)
      : dictionary_(std::move(dictionary)),
        frames_(std::move(frames)),
        known_(frames_->lexicon()),
        reads_(reads) {}

  std::string_view name() const override { return "events.petrarch/1"; }
  LayerSet reads() const override { return reads_; }
  Layer writes() const override { return Layer::Events; }

  Result<void> run(std::span<Draft> batch, Scratch& scratch) const override {
    Kept& kept = scratch.slot<Kept>(this);
    SentenceCoder coder(dictionary_);
    for (Draft& draft : batch) {
      const Document& doc = draft.doc();
      kept.words.build(doc, *frames_);
      const uint32_t day = doc.structure() == nullptr ? 0 : day_of(doc.structure()->published_iso);
      EventLayer layer;
      for (uint32_t s = 0; s < doc.tokens()->sentences.size(); ++s) {
        const auto found = coder.code(doc, SentenceId{s}, day, {});
        if (found.empty()) continue;
        kept.view.begin(doc, *frames_, kept.words, known_, SentenceId{s});
        for (const CodedEvent& coded : found)
          layer.events.push_back(event(draft, kept.view, coded));
      }
      if (auto set = draft.set(std::move(layer)); !set) return set.error();
    }
    return {};
  }

 private:
  static Span span_of(const Document& doc, TokenRange tokens) {
    if (tokens.empty()) return {};
    return {doc.tokens()->span[index(tokens.begin)].begin,
            doc.tokens()->span[index(tokens.end) - 1].end};
  }

  static std::vector<ActorId> actors_in(const Document& doc, Span span) {
    std::vector<ActorId> found;
    if (doc.actors() == nullptr || span.empty()) return found;
    for (const Mention& mention : doc.actors()->mentions) {
      if (!mention.span.overlaps(span)) continue;
      for (const ActorId id : mention.actors) {
        if (std::find(found.begin(), found.end(), id) == found.end()) found.push_back(id);
      }
    }
    return found;
  }

  Event event(Draft& draft, SentenceView& view, const CodedEvent& coded) const {
    const Document& doc = draft.doc();
    Event event;
    event.head = coded.verb;
    event.predicate = doc.tokens()->span[index(coded.verb)];
    const Span source = span_of(doc, coded.source_tokens),
               target = span_of(doc, coded.target_tokens);
    if (!source.empty()) event.source_spans.push_back(source);
    if (!target.empty()) event.target_spans.push_back(target);
    event.source = actors_in(doc, source);
    event.target = actors_in(doc, target);
    event.cameo = draft.intern(coded.code);
    if (const PloverOf plover = plover_of(coded.code); !plover.type.empty()) {
      event.plover = draft.intern(plover.type);
      if (!plover.mode.empty()) event.mode = draft.intern(plover.mode);
    }
    StatusReading reading;
    read_status(view, coded.verb, kNone<TokenId>, reading);
    event.status = reading.status;
    event.negative = reading.negative;
    const std::string place = coded.block->file + ":" + std::to_string(coded.line);
    event.frame = draft.intern(coded.block->name + "@" + place);
    event.explanation.push_back(draft.intern("dictionary " + place + " gives " + coded.source +
                                             " " + coded.code + " " + coded.target));
    event.made = {draft.intern(name()), kScore};
    return event;
  }

  Dictionary dictionary_;
  std::shared_ptr<const FrameSet> frames_;  // words that tell a clause's standing
  SentenceView::Known known_;
  LayerSet reads_;
};

}  // namespace

Result<std::unique_ptr<const Stage>> make_petrarch_stage(const std::string& data_folder,
                                                         LayerSet reads) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(data_folder) / "petrarch";
  std::error_code error;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.is_regular_file(error)) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  Dictionary dictionary;
  for (const fs::path& path : paths) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    dictionary.add(path.filename().string(), std::move(bytes).str());
  }
  const Counts counts = dictionary.counts();
  if (counts.verbs == 0 || counts.actors == 0) {
    return Error{
        readout::Code::BadInput,
        folder.string() +
            ": no verbs and actors of PETRARCH in it (readout data import petrarch FOLDER --to " +
            (data_folder.empty() ? "DATA" : data_folder) + " puts them there; read with --data)"};
  }
  auto frames = load_frames(data_folder);
  if (!frames) return frames.error();
  return std::unique_ptr<const Stage>(
      std::make_unique<PetrarchStage>(std::move(dictionary), std::move(*frames), reads));
}

}  // namespace readout::events::petrarch
