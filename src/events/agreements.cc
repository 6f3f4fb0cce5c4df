// Three steps. Find: every noun of the table, with what stands around it, and every known name,
// becomes a mention, or nothing if it could mean any paper in the world. Tie: a mention joins an
// earlier row if it has the same name, the same date and kind, or is a bare noun behind "the".
// Tell: parties, date, and what is said of each in the sentences that mention it.
#include "events/agreements.h"

#include <algorithm>

#include "core/utf8.h"
#include "events/agreement_reader.h"
#include "events/table_file.h"

namespace readout::events {

AgreementLayer AgreementReader::read() {
  fold();
  const TokenLayer& tokens = *doc_.tokens();
  own_ = doc_.structure()->genre == "agreement";
  for (uint32_t s = 0; s < tokens.sentences.size(); ++s) {
    const BlockId block = tokens.sentence_block[s];
    const BlockRole role = block == kNone<BlockId> ? BlockRole::Narration
                                                   : doc_.structure()->blocks[index(block)].role;
    if (role == BlockRole::Navigation || role == BlockRole::Boilerplate ||
        role == BlockRole::Credit)
      continue;
    sentence(index(tokens.sentences[s].begin), index(tokens.sentences[s].end));
  }
  join_undated();
  own_facts();
  std::stable_sort(rows_.begin(), rows_.end(),
                   [](const Agreement& a, const Agreement& b) { return a.span < b.span; });
  AgreementLayer layer;
  layer.agreements = std::move(rows_);
  return layer;
}

void AgreementReader::fold() {
  const size_t n = doc_.tokens()->size();
  room_.folded.clear();
  room_.at.clear();
  for (size_t t = 0; t < n; ++t) {
    room_.at.push_back(static_cast<uint32_t>(room_.folded.size()));
    const std::string_view word = doc_.word(static_cast<TokenId>(t));
    for (size_t i = 0; i < word.size();) {
      const char32_t c = utf8::next(word, i);
      utf8::append(room_.folded, c == 0x2019 ? U'\'' : utf8::to_lower(c));
    }
  }
  room_.at.push_back(static_cast<uint32_t>(room_.folded.size()));
  room_.words.clear();
  for (size_t t = 0; t < n; ++t)
    room_.words.push_back(
        std::string_view(room_.folded).substr(room_.at[t], room_.at[t + 1] - room_.at[t]));
}

namespace {

class AgreementStage : public Stage {
 public:
  AgreementStage(AgreementWords words, LayerSet reads) : words_(std::move(words)), reads_(reads) {}
  std::string_view name() const override { return "events.agreements/1"; }
  LayerSet reads() const override { return reads_; }
  Layer writes() const override { return Layer::Agreements; }
  Result<void> run(std::span<Draft> batch, Scratch& scratch) const override {
    AgreementRoom& room = scratch.slot<AgreementRoom>(this);
    for (Draft& draft : batch) {
      AgreementLayer layer = AgreementReader(draft, words_, room).read();
      if (auto done = draft.set(std::move(layer)); !done) return done;
    }
    return {};
  }

 private:
  AgreementWords words_;
  LayerSet reads_;
};

}  // namespace

Result<std::unique_ptr<const Stage>> make_agreement_stage(const std::string& data_folder,
                                                          LayerSet available) {
  const auto words = table_bytes(data_folder, "events/agreements.tsv");
  if (!words) return words.error();
  const auto names = table_bytes(data_folder, "entities/agreements.tsv");
  if (!names) return names.error();
  auto table = AgreementWords::parse(*words, *names);
  if (!table) return table.error();
  LayerSet reads{Layer::Structure, Layer::Tokens};
  for (const Layer layer : {Layer::Syntax, Layer::Actors, Layer::Quotes, Layer::Timex}) {
    if (available.has(layer)) reads.add(layer);
  }
  return std::unique_ptr<const Stage>(std::make_unique<AgreementStage>(std::move(*table), reads));
}

}  // namespace readout::events
