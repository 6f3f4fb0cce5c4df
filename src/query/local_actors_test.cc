#include "query/local_actors.h"

#include <gtest/gtest.h>

namespace readout::query {
namespace {

class LocalActors : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = entities::Knowledge::open("");
    ASSERT_TRUE(opened);
    knowledge = *opened;
  }
  std::string aligned(NamedActor gold, NamedActor found) const {
    const auto map = align_local_actors(*knowledge, std::vector{gold}, std::vector{found});
    return map.contains(gold.id) ? map.at(gold.id) : gold.id;
  }
  std::shared_ptr<const entities::Knowledge> knowledge;
};

TEST_F(LocalActors, SameWordsAreOneLocalActor) {
  EXPECT_EQ(aligned({"ngo:harbour-relief-league", {4, 25}}, {"org:harbour-relief", {4, 18}}), "org:harbour-relief");
  EXPECT_EQ(aligned({"person:orla-quickstep", {0, 14}}, {"person:quickstep", {5, 14}}), "person:quickstep");
}

TEST_F(LocalActors, OtherWordsOrAnotherFamilyAreNot) {
  EXPECT_EQ(aligned({"person:orla-quickstep", {0, 14}}, {"person:quickstep", {40, 49}}), "person:orla-quickstep");
  EXPECT_EQ(aligned({"person:orla-quickstep", {0, 14}}, {"org:quickstep", {0, 14}}), "person:orla-quickstep");
  EXPECT_EQ(aligned({"org:harbour-relief-league", {4, 25}}, {"?", {4, 25}}), "org:harbour-relief-league");
}

TEST_F(LocalActors, KnownActorsAreNeverRenamed) {
  EXPECT_EQ(aligned({"state:SUN", {0, 6}}, {"state:RUS", {0, 6}}), "state:SUN");
  EXPECT_EQ(aligned({"org:nato", {0, 4}}, {"org:harbour-relief", {0, 4}}), "org:nato");
  EXPECT_EQ(aligned({"gov:FRA.mfa", {0, 14}}, {"gov:FRA.mod", {0, 14}}), "gov:FRA.mfa");
  EXPECT_EQ(aligned({"gov:FRA.harbours", {0, 14}}, {"gov:DEU.ports", {0, 14}}), "gov:FRA.harbours");
}

TEST_F(LocalActors, AKnownBodyIsMetByASlugOfItsName) {
  EXPECT_EQ(aligned({"group:moro-islamic-liberation-front", {0, 29}}, {"group:milf", {0, 29}}), "group:milf");
  EXPECT_EQ(aligned({"group:harbour-front", {0, 29}}, {"group:milf", {0, 29}}), "group:harbour-front");
}

TEST_F(LocalActors, AnOfficeIsMetByItsHolder) {
  EXPECT_EQ(aligned({"gov:FRA.president", {0, 20}}, {"person:emmanuel-macron", {4, 20}}), "person:emmanuel-macron");
  EXPECT_EQ(aligned({"gov:DEU.president", {0, 20}}, {"person:emmanuel-macron", {4, 20}}), "gov:DEU.president");
}

TEST_F(LocalActors, OneToOne) {
  const std::vector<NamedActor> gold = {{"group:a-side", {0, 10}}, {"group:b-side", {0, 10}}};
  const std::vector<NamedActor> found = {{"org:both", {0, 10}}};
  EXPECT_EQ(align_local_actors(*knowledge, gold, found).size(), 1U);
}

TEST(ComparableActor, CoarseIds) {
  EXPECT_EQ(comparable_actor("gov:FRA"), "state:FRA");
  EXPECT_EQ(comparable_actor("gov:FRA.government"), "state:FRA");
  EXPECT_EQ(comparable_actor("gov:FRA.parliament.upper"), "gov:FRA.parliament");
  EXPECT_EQ(comparable_actor("mil:LKA.navy"), "mil:LKA");
  EXPECT_EQ(comparable_actor("gov:FRA.embassy"), "gov:FRA.mfa");
  EXPECT_EQ(comparable_actor("gov:FRA.mfa"), "gov:FRA.mfa");
  EXPECT_EQ(comparable_actor("mil:x-freedonia"), "mil:x-freedonia");
}

}  // namespace
}  // namespace readout::query
