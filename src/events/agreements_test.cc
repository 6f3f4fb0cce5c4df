#include "events/agreements.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/embedded.h"
#include "events/agreement_words.h"
#include "readout/pipeline.h"

namespace readout::events {
namespace {

Document read(const std::string& text) {
  EngineOptions options;
  options.layers = {Layer::Agreements};
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

std::vector<std::string> names(const Document& doc) {
  std::vector<std::string> out;
  for (const Agreement& row : doc.agreements()->agreements) {
    std::string line(doc.text(row.span));
    for (const Span also : row.also) line += " = " + std::string(doc.text(also));
    out.push_back(line);
  }
  return out;
}

using Names = std::vector<std::string>;

Names parties(const Document& doc, size_t row) {
  Names out;
  for (const ActorId id : doc.agreements()->agreements[row].parties)
    out.emplace_back(doc.str(doc.actors()->actors[index(id)].id));
  std::sort(out.begin(), out.end());
  return out;
}

constexpr const char* kTreaty =
    "AGREEMENT BETWEEN THE REPUBLIC OF CHILE AND THE REPUBLIC OF PERU ON FISHING\n\n"
    "The Government of the Republic of Chile and the Government of the Republic of Peru "
    "(hereinafter \"the Parties\"),\n\nRecalling the Protocol of 3 May 1980,\n\n"
    "Have agreed as follows:\n\nArticle 1\n\nThe Parties shall open their ports.\n\n"
    "Done at Lima on 4 July 1991.\n\nFor the Republic of Chile: Juan Soto\n\n"
    "For the Republic of Peru: Rosa Diaz\n";

TEST(Agreements, TheTextOfAnAgreementHasItsPartiesAndItsDay) {
  const Document doc = read(kTreaty);
  ASSERT_FALSE(doc.agreements()->agreements.empty());
  EXPECT_EQ(parties(doc, 0), (Names{"state:CHL", "state:PER"}));
  const Agreement& own = doc.agreements()->agreements[0];
  ASSERT_NE(own.date, kNone<TimexId>);
  EXPECT_EQ(doc.str(doc.timexes()->timexes[index(own.date)].value), "1991-07-04");
}

TEST(Agreements, LettersInBracketsStandForTheName) {
  EXPECT_EQ(names(read("He cited the Coastal Fishing Agreement (CFA) of the region. "
                       "They met often. The CFA will last.")),
            (Names{"Coastal Fishing Agreement = CFA = CFA"}));
}

TEST(Agreements, PapersInGeneralAreNone) {
  EXPECT_TRUE(names(read("Several understandings helped. She wrote a draft protocol.")).empty());
}

TEST(Agreements, ANameInCapitalsAndItsBareNounAreOne) {
  EXPECT_EQ(names(read("They signed the Treaty on the Marsh Rivers in May. The treaty will last.")),
            (Names{"Treaty on the Marsh Rivers = treaty"}));
}

TEST(Agreements, SeveralNamesOfOneDate) {
  EXPECT_EQ(names(read("She cited the joint declaration of 9 November 2020. The statement of 9 "
                       "November 2020 holds.")),
            (Names{"joint declaration of 9 November 2020 = statement of 9 November 2020"}));
}

TEST(Agreements, TwoDatesAreTwoPapers) {
  EXPECT_EQ(
      names(read("He recalled the Memorandum of 12 May 2011 and the Memorandum of 3 June 2012."))
          .size(),
      2U);
}

TEST(Agreements, AStatementThatSomebodyMadeIsNoPaper) {
  EXPECT_TRUE(
      names(read("The minister made a statement to the press. Such statements are dangerous."))
          .empty());
  EXPECT_TRUE(names(read("A treaty is paper. There was agreement in the room.")).empty());
}

TEST(Agreements, ANounThatModifiesIsNone) {
  EXPECT_TRUE(names(read("Monitors counted ceasefire violations.")).empty());
}

TEST(Agreements, WhatIsSaidOfIt) {
  const Document doc =
      read("Both sides violated the ceasefire. The spokesman welcomed the Treaty of Brackwater.");
  const auto& rows = doc.agreements()->agreements;
  ASSERT_EQ(rows.size(), 2U);
  ASSERT_EQ(rows[0].said.size(), 1U);
  EXPECT_EQ(doc.str(rows[0].said[0].status), "violated");
  EXPECT_EQ(doc.text(rows[0].said[0].span), "violated the ceasefire");
  ASSERT_EQ(rows[1].said.size(), 1U);
  EXPECT_EQ(doc.str(rows[1].said[0].status), "welcomed");
}

TEST(Agreements, ResolutionsGoByNumber) {
  EXPECT_EQ(names(read(
                "The Council adopted resolution 2254 (2015). It recalled resolution 2254 (2015).")),
            (Names{"resolution 2254 (2015) = resolution 2254 (2015)"}));
}

TEST(AgreementWords, SaysWhereALineIsWrong) {
  const auto table = AgreementWords::parse("head\tagreement\n", "");
  ASSERT_FALSE(table);
  EXPECT_NE(table.error().message.find(":1:"), std::string::npos);
}

TEST(AgreementWords, LongestKnownName) {
  const auto table = AgreementWords::parse(
      "", "a:1\tagreement\tMarsh Treaty\tMarsh Treaty of 1990;Marsh\t\t1990\t\t\t\n");
  ASSERT_TRUE(table);
  size_t length = 0;
  EXPECT_EQ(table->known_at({"the", "marsh", "treaty", "of", "1990"}, 1, length), 0);
  EXPECT_EQ(length, 4U);
  EXPECT_EQ(table->known_at({"marshes"}, 0, length), -1);
}

}  // namespace
}  // namespace readout::events
