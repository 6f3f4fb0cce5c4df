#include "readout/pipeline.h"

#include <gtest/gtest.h>

#include "pipeline/batch.h"

namespace readout {
namespace {

/// Writes one layer, reads others, does nothing else.
class Fake : public Stage {
 public:
  Fake(LayerSet reads, Layer writes) : reads_(reads), writes_(writes) {}
  std::string_view name() const override { return "fake/1"; }
  LayerSet reads() const override { return reads_; }
  Layer writes() const override { return writes_; }
  Result<void> run(std::span<Draft>, Scratch&) const override { return {}; }

 private:
  LayerSet reads_;
  Layer writes_;
};

std::vector<std::unique_ptr<const Stage>> list(std::vector<std::pair<LayerSet, Layer>> stages) {
  std::vector<std::unique_ptr<const Stage>> out;
  for (const auto& [reads, writes] : stages) out.push_back(std::make_unique<Fake>(reads, writes));
  return out;
}

TEST(Pipeline, RefusesWhatNobodyWrites) {
  EXPECT_FALSE(Pipeline::create(list({{{Layer::Tokens}, Layer::Syntax}})));
  EXPECT_TRUE(Pipeline::create(list({{{}, Layer::Tokens}, {{Layer::Tokens}, Layer::Syntax}})));
}

TEST(Pipeline, RefusesTwoWriters) {
  const auto pipeline = Pipeline::create(list({{{}, Layer::Tokens}, {{}, Layer::Tokens}}));
  ASSERT_FALSE(pipeline);
  EXPECT_NE(pipeline.error().message.find("tokens"), std::string::npos);
}

class Numbers : public text::InputSource {
 public:
  explicit Numbers(int n) : n_(n) {}
  std::optional<text::InputItem> next() override {
    if (at_ == n_) return std::nullopt;
    const int i = at_++;
    if (i % 7 == 3) return text::Rejected{"item " + std::to_string(i), {Code::BadInput, "seventh"}};
    text::RawDocument raw;
    raw.bytes = "document " + std::to_string(i);
    raw.meta.file = std::to_string(i);
    return raw;
  }
  uint64_t bytes_total() const override { return 0; }
  uint64_t bytes_done() const override { return 0; }

 private:
  int n_, at_ = 0;
};

TEST(Batch, OrderAndCountsDoNotDependOnThreads) {
  const auto engine = Engine::open({});
  ASSERT_TRUE(engine) << (engine ? "" : engine.error().message);
  for (const unsigned threads : {1U, 3U, 8U}) {
    Numbers inputs(200);
    BatchOptions options;
    options.threads = threads;
    options.batch_documents = 5;
    std::string seen;
    const auto counts = read_all(
        **engine, inputs, options, [](const Document& doc) { return doc.meta().file; },
        [&](BatchItem&& item) -> Result<void> {
          seen += (item.rejected ? "-" : item.rendered) + " ";
          return {};
        },
        {});
    ASSERT_TRUE(counts);
    EXPECT_EQ(counts->in, 200U);
    EXPECT_EQ(counts->in, counts->read + counts->rejected);
    EXPECT_EQ(seen.substr(0, 20), "0 1 2 - 4 5 6 7 8 9 ");
    EXPECT_EQ(seen.substr(seen.size() - 10), "197 198 - ");
  }
}

TEST(Batch, ASinkErrorEndsTheRun) {
  const auto engine = Engine::open({});
  ASSERT_TRUE(engine);
  Numbers inputs(1000);
  int taken = 0;
  const auto counts = read_all(
      **engine, inputs, {2, 4}, {},
      [&](BatchItem&&) -> Result<void> {
        if (++taken == 10) return Error{Code::Io, "full"};
        return {};
      },
      {});
  ASSERT_FALSE(counts);
  EXPECT_EQ(counts.error().message, "full");
}

}  // namespace
}  // namespace readout
