#include "events/backoff.h"

#include <gtest/gtest.h>

#include "readout/pipeline.h"

namespace readout::events {
namespace {

constexpr std::string_view kHead =
    "#: types    ACCUSE;AGREE;AID;ASSAULT;COERCE;CONCEDE;CONSULT;COOPERATE;MOBILIZE;PROTEST;REJECT;REQUEST;RETREAT;SANCTION;SUPPORT;THREATEN;NONE\n"
    "#: threshold 0.6\n";

TEST(Backoff, TheTableDecidesAndSaysWhy) {
  const auto model = BackoffModel::parse(std::string(kHead) + "bias\tNONE:1\nclass competition\tASSAULT:3\nwith against\tASSAULT:1;PROTEST:0.5\n");
  ASSERT_TRUE(model) << model.error().message;
  const auto guess = model->classify({"verb besiege", "class competition", "with against"}, 0.6F);
  ASSERT_TRUE(guess);
  EXPECT_EQ(guess->type, "ASSAULT");
  EXPECT_EQ(guess->cameo, "18");
  EXPECT_GT(guess->probability, 0.7F);
  EXPECT_EQ(guess->reasons, (std::vector<std::string>{"class competition", "with against"}));
  EXPECT_FALSE(model->classify({"verb ponder"}, 0.6F));              // none is likelier
  EXPECT_FALSE(model->classify({"with against"}, 0.6F));             // not likely enough
}

TEST(Backoff, WrongTablesAreRefusedWithTheLine) {
  const auto message = [](std::string table) {
    const auto model = BackoffModel::parse(table);
    return model ? std::string("read") : model.error().message;
  };
  EXPECT_NE(message("#: types    ACCUSE;NONE\nbias\tNONE:1\n").find(":1: other types"), std::string::npos);
  EXPECT_NE(message(std::string(kHead) + "bias\tNONE:1\nfeature without weights\n").find(":4: want a feature"), std::string::npos);
  EXPECT_NE(message(std::string(kHead) + "x\tASSAULT:much\n").find("ASSAULT:much"), std::string::npos);
  EXPECT_NE(message(std::string(kHead) + "x\tWAR:1\n").find("WAR:1"), std::string::npos);
  EXPECT_NE(message("").find("no types"), std::string::npos);
  EXPECT_NE(message("#: threshold 7\n").find("no share"), std::string::npos);
}

TEST(Backoff, TheBuiltInTableIsRead) { EXPECT_TRUE(BackoffModel::open()) << BackoffModel::open().error().message; }

TEST(Backoff, ProposalsAreMarkedAsTheModels) {
  EngineOptions options;
  options.layers = {Layer::Events};
  options.coder = Coder::Model;
  const auto engine = Engine::open(options);
  ASSERT_TRUE(engine) << engine.error().message;
  TextLayer text;
  text.source = "Russian forces shelled Ukraine on Monday. France attacked Germany with artillery. Iran bombed Iraq.";
  std::vector<Draft> batch;
  batch.emplace_back(std::move(text));
  Scratch scratch;
  ASSERT_TRUE((*engine)->pipeline().run(batch, scratch));
  const Document& doc = batch[0].doc();
  ASSERT_FALSE(doc.events()->events.empty());
  for (const Event& event : doc.events()->events) {
    EXPECT_EQ(doc.str(event.made.by), "events.backoff/1");
    EXPECT_EQ(doc.str(event.frame), "model");
    EXPECT_GE(event.made.score, 0.5F);
    ASSERT_FALSE(event.explanation.empty());
    EXPECT_NE(doc.str(event.explanation[0]).find("what spoke for it"), std::string_view::npos);
  }
}

}  // namespace
}  // namespace readout::events
