#include "events/commitments.h"

#include "events/commitment_reader.h"
#include "events/table_file.h"

namespace readout::events {
namespace {

class CommitmentStage : public Stage {
 public:
  CommitmentStage(CommitmentCues cues, LayerSet reads) : cues_(std::move(cues)), reads_(reads) {}
  std::string_view name() const override { return "events.commitments/1"; }
  LayerSet reads() const override { return reads_; }
  Layer writes() const override { return Layer::Commitments; }
  Result<void> run(std::span<Draft> batch, Scratch&) const override {
    for (Draft& draft : batch) {
      CommitmentLayer layer = CommitmentReader(draft, cues_).read();
      if (auto done = draft.set(std::move(layer)); !done) return done;
    }
    return {};
  }

 private:
  CommitmentCues cues_;
  LayerSet reads_;
};

}  // namespace

Result<std::unique_ptr<const Stage>> make_commitment_stage(const std::string& data_folder,
                                                           LayerSet available) {
  const auto bytes = table_bytes(data_folder, "events/commitments.tsv");
  if (!bytes) return bytes.error();
  auto cues = CommitmentCues::parse(*bytes);
  if (!cues) return cues.error();
  LayerSet reads{Layer::Structure, Layer::Tokens, Layer::Syntax};
  for (const Layer layer :
       {Layer::Actors, Layer::Quotes, Layer::Timex, Layer::Figures, Layer::Agreements}) {
    if (available.has(layer)) reads.add(layer);
  }
  return std::unique_ptr<const Stage>(std::make_unique<CommitmentStage>(std::move(*cues), reads));
}

}  // namespace readout::events
