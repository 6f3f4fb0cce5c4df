#include "events/topics.h"

#include <gtest/gtest.h>

#include "core/embedded.h"
#include "readout/pipeline.h"

namespace readout::events {
namespace {

Document read(const std::string& text) {
  EngineOptions options;
  options.layers = {Layer::Topics};
  const auto engine = Engine::open(options);
  EXPECT_TRUE(engine) << (engine ? "" : engine.error().message);
  TextLayer layer;
  layer.source = text;
  std::vector<Draft> batch;
  batch.emplace_back(std::move(layer));
  Scratch scratch;
  const auto done = (*engine)->pipeline().run(batch, scratch);
  EXPECT_TRUE(done) << (done ? "" : done.error().message);
  return std::move(batch[0]).finish();
}

std::vector<std::string> primary(const Document& doc) {
  std::vector<std::string> out;
  for (const Topic& topic : doc.topics()->topics) {
    if (topic.primary) out.emplace_back(doc.str(topic.topic));
  }
  return out;
}

TEST(Topics, TheTrackWithTheHeaviestWords) {
  const Document doc =
      read("The two presidents spoke about the exchange of prisoners. All detainees will go home.");
  EXPECT_EQ(primary(doc), std::vector<std::string>{"prisoners"});
  EXPECT_EQ(doc.text(doc.topics()->topics[0].span),
            "The two presidents spoke about the exchange of prisoners.");
}

TEST(Topics, NothingWhereNoWordSpeaks) {
  EXPECT_TRUE(read("They sat by the window. It was late.").topics()->topics.empty());
}

TEST(Topics, AStopPhraseSpeaksOfNothing) {
  EXPECT_TRUE(
      read("It happened during the Cold War. A press release followed.").topics()->topics.empty());
}

TEST(TopicTable, CommonTracksCountLess) {
  const auto table =
      TopicTable::parse("~\t4\tarms\narms\t3\tarms control\nhealth\t2\tvirus\n", "t.tsv");
  ASSERT_TRUE(table);
  EXPECT_DOUBLE_EQ(table->factor(0), 0.6);
  EXPECT_DOUBLE_EQ(table->factor(1), 1.0);
  EXPECT_FALSE(TopicTable::parse("~\t4\tboats\narms\t3\tarms control\n", "t.tsv"));
}

TEST(TopicTable, LongestTermOfATrackAndWildcards) {
  const auto table = TopicTable::parse(
      "arms\t3\tarms control;weapon*\narms\t1\tarms\nhealth\t2\torgani?ation\n", "t.tsv");
  ASSERT_TRUE(table);
  std::string folded;
  std::vector<std::string_view> words;
  std::vector<uint32_t> begins;
  topic_words("Arms control, WEAPONRY; organisation", folded, words, begins);
  ASSERT_EQ(words.size(), 4U);
  EXPECT_EQ(begins[2], 14U);
  std::vector<TopicTable::Hit> hits;
  uint32_t blocked = 0;
  table->match(words, 0, hits, blocked);
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].words, 2U);
  EXPECT_EQ(hits[0].weight, 3);
  table->match(words, 2, hits, blocked);
  EXPECT_EQ(hits.size(), 1U);
  table->match(words, 3, hits, blocked);
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(table->tracks()[hits[0].track], "health");
}

TEST(TopicTable, SaysWhereALineIsWrong) {
  const auto table = TopicTable::parse("# head\narms\tmuch\tweapon*\n", "t.tsv");
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().message.find("t.tsv:2:"), 0U) << table.error().message;
  EXPECT_FALSE(TopicTable::parse("arms\t3\ta*\n", "t.tsv"));
}

TEST(TopicTable, BuiltInTableHasAboutFortyTracks) {
  const auto table = TopicTable::parse(embedded("events/topics.tsv"), "topics.tsv");
  ASSERT_TRUE(table);
  EXPECT_GE(table->tracks().size(), 38U);
}

}  // namespace
}  // namespace readout::events
