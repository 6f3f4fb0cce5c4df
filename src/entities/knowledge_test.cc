#include "entities/knowledge.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstring>

namespace readout::entities {
namespace {

TEST(WordKey, FoldsCaseAccentsAndPoints) {
  EXPECT_EQ(word_key("U.S."), word_key("us"));
  EXPECT_EQ(word_key("\xC3\x89lys\xC3\xA9" "e"), word_key("Elysee"));
  EXPECT_EQ(word_key("\xC6\x8Fliyev"), word_key("eliyev"));
  EXPECT_EQ(word_key("Sana'a"), word_key("Sanaa"));
  EXPECT_NE(word_key("a"), word_key("b"));
}

TEST(PhraseIndex, LongestAndExact) {
  PhraseIndexBuilder builder;
  builder.add(phrase_keys("New York"), 1);
  builder.add(phrase_keys("New York City"), 2);
  builder.add(phrase_keys("York"), 3);
  builder.add(phrase_keys("New York"), 4);
  const std::string bytes = builder.finish();
  std::vector<uint64_t> aligned(bytes.size() / 8);
  std::memcpy(aligned.data(), bytes.data(), bytes.size());
  const auto index = PhraseIndex::open({reinterpret_cast<const char*>(aligned.data()), bytes.size()});
  ASSERT_TRUE(index);
  const auto keys = phrase_keys("new york city hall");
  const auto match = index->longest(keys);
  EXPECT_EQ(match.length, 3U);
  ASSERT_EQ(match.values.size(), 1U);
  EXPECT_EQ(match.values[0], 2U);
  const auto exact = index->exact(phrase_keys("NEW YORK"));
  ASSERT_EQ(exact.size(), 2U);
  EXPECT_EQ(exact[0], 1U);
  EXPECT_EQ(exact[1], 4U);
  EXPECT_TRUE(index->exact(phrase_keys("new")).empty());
  EXPECT_FALSE(PhraseIndex::open(std::string_view(bytes).substr(0, 40)));
}

TEST(PhraseIndex, CostOfATokenDoesNotGrowWithTheNames) {
  // The same text, of which most words begin no name, against 2,000 and 200,000 names.
  std::vector<uint64_t> text;
  for (int k = 0; k < 20000; ++k) text.push_back(word_key("w" + std::to_string(k % 1500)));
  for (int k = 0; k < 20000; k += 100) text[static_cast<size_t>(k)] = word_key("name" + std::to_string(k % 1900));
  double per_token[2];
  size_t found[2] = {0, 0};
  for (const int size : {2000, 200000}) {
    PhraseIndexBuilder builder;
    for (int k = 0; k < size; ++k) builder.add(phrase_keys("name" + std::to_string(k) + " family" + std::to_string(k % 5000)), static_cast<uint64_t>(k));
    const std::string bytes = builder.finish();
    std::vector<uint64_t> aligned(bytes.size() / 8 + 1);
    std::memcpy(aligned.data(), bytes.data(), bytes.size());
    const auto index = PhraseIndex::open({reinterpret_cast<const char*>(aligned.data()), bytes.size()});
    ASSERT_TRUE(index);
    double best = 1e9;
    for (int round = 0; round < 15; ++round) {
      const auto start = std::chrono::steady_clock::now();
      size_t hits = 0;
      for (size_t i = 0; i < text.size(); ++i) hits += index->longest(std::span(text.data() + i, std::min<size_t>(4, text.size() - i))).length;
      best = std::min(best, std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count() / static_cast<double>(text.size()));
      found[size == 2000 ? 0 : 1] = hits;
    }
    per_token[size == 2000 ? 0 : 1] = best;
  }
  EXPECT_EQ(found[0], found[1]);
  // A larger table misses the caches more often; a cost that grew with the names would be a hundred times higher.
  EXPECT_LT(per_token[1], 10 * per_token[0] + 100);
  RecordProperty("ns_per_token_2000", std::to_string(per_token[0]));
  RecordProperty("ns_per_token_200000", std::to_string(per_token[1]));
}

TEST(Knowledge, DatesOfOffice) {
  EXPECT_TRUE(holds_on("2004-03-09", "2020", "2020-06-01"));
  EXPECT_FALSE(holds_on("2004-03-09", "2019-12-31", "2020-06-01"));
  EXPECT_TRUE(holds_on("", "", "1999-01-01"));
  EXPECT_FALSE(holds_on("2021-01", "", "2020-12-31"));
  EXPECT_TRUE(holds_on("2021-01", "", "2021-01-01"));
}

TEST(Knowledge, BuiltInTablesAnswer) {
  const auto knowledge = Knowledge::open("");
  ASSERT_TRUE(knowledge) << (knowledge ? "" : knowledge.error().message);
  // A person of the tables is found by name, has tenures, and the tenure leads back.
  bool person = false;
  for (const NameRef ref : (*knowledge)->exact("Sergey Lavrov")) {
    if (ref.table != Table::Persons) continue;
    person = true;
    const std::string id((*knowledge)->row(ref)[0]);
    const auto tenures = (*knowledge)->tenures(id);
    ASSERT_FALSE(tenures.empty());
    const TsvRow tenure = (*knowledge)->row(tenures.front());
    const auto holder = (*knowledge)->holder_on(tenure[0], std::string(tenure[2]));
    ASSERT_TRUE(holder);
    EXPECT_FALSE((*knowledge)->by_id(id).empty());
  }
  EXPECT_TRUE(person);
}

}  // namespace
}  // namespace readout::entities
