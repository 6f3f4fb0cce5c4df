#include "readout/document.h"

#include <gtest/gtest.h>

namespace readout {
namespace {

TEST(OffsetMap, IdentityIsTheDefault) {
  const OffsetMap map;
  EXPECT_EQ(map.to_source({3, 7}), (SourceSpan{3, 7}));
  EXPECT_EQ(map.to_plain(5), 5U);
}

// "<b>A</b>&amp;B" as "A&B": markup vanishes, an entity is one unit.
TEST(OffsetMap, MarkupAndEntities) {
  OffsetMap map;
  map.append(0, 1, 3, 1, true);
  map.append(1, 1, 8, 5, false);
  map.append(2, 1, 13, 1, true);
  EXPECT_EQ(map.to_source({0, 1}), (SourceSpan{3, 4}));
  EXPECT_EQ(map.to_source({1, 2}), (SourceSpan{8, 13}));
  EXPECT_EQ(map.to_source({0, 3}), (SourceSpan{3, 14}));
  EXPECT_EQ(map.to_plain(0), 0U);
  EXPECT_EQ(map.to_plain(8), 1U);
  EXPECT_EQ(map.to_plain(10), 1U);
  EXPECT_EQ(map.to_plain(13), 2U);
}

TEST(OffsetMap, InsertedBreakHasNoSource) {
  OffsetMap map;
  map.append(0, 2, 0, 2, true);
  map.append(2, 2, 9, 0, false);
  map.append(4, 2, 9, 2, true);
  EXPECT_EQ(map.to_source({0, 2}), (SourceSpan{0, 2}));
  EXPECT_EQ(map.to_source({4, 6}), (SourceSpan{9, 11}));
  EXPECT_EQ(map.to_source({0, 6}), (SourceSpan{0, 11}));
}

TEST(Draft, RefusesBadLayers) {
  TextLayer text;
  text.source = "a\xC3\xA9";
  Draft draft(std::move(text));
  StructureLayer cuts_a_letter;
  cuts_a_letter.blocks.push_back({{0, 2}});
  EXPECT_FALSE(draft.set(std::move(cuts_a_letter)));
  StructureLayer good;
  good.blocks.push_back({{0, 3}});
  EXPECT_TRUE(draft.set(std::move(good)));
  EXPECT_FALSE(draft.set(StructureLayer{}));
}

TEST(Draft, IdIsTheHashOfTheSource) {
  TextLayer text;
  text.source = "abc";
  EXPECT_EQ(Draft(std::move(text)).doc().id(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace readout
