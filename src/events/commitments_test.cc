#include "events/commitments.h"

#include <gtest/gtest.h>

#include "events/commitment_cues.h"
#include "events/deadline_values.h"
#include "readout/layer_names.h"
#include "readout/pipeline.h"
#include "testing/case_file.h"

namespace readout::events {
namespace {

const Engine& engine() {
  static const std::shared_ptr<const Engine> kEngine = [] {
    EngineOptions options;
    options.layers = {Layer::Commitments};
    auto opened = Engine::open(options);
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
    return *opened;
  }();
  return *kEngine;
}

Document read(const std::string& text) {
  TextLayer layer;
  layer.source = text;
  std::vector<Draft> batch;
  batch.emplace_back(std::move(layer));
  Scratch scratch;
  const auto done = engine().pipeline().run(batch, scratch);
  EXPECT_TRUE(done) << (done ? "" : done.error().message);
  return std::move(batch[0]).finish();
}

std::string rows(const std::string& text) {
  const Document doc = read(text);
  std::string out;
  for (const Commitment& row : doc.commitments()->commitments) {
    if (!out.empty()) out += " | ";
    out += std::string(name(row.kind)) + ": " + std::string(doc.text(row.what));
    if (!row.condition.empty()) out += " [" + std::string(doc.text(row.condition)) + "]";
    if (!row.deadline.empty()) out += " <" + std::string(doc.text(row.deadline)) + ">";
  }
  return out;
}

// A first sentence keeps the sentence under test from being read as a title.
std::string in_text(const std::string& sentence) {
  return "Talks in Geneva\n\nGENEVA, 3 March 2021 - The foreign ministers of France and Chile met "
         "on Wednesday.\n\n" +
         sentence + "\n";
}

TEST(Commitments, EachKind) {
  EXPECT_EQ(rows(in_text("France promised to send two ships before the end of June.")),
            "pledge: send two ships before the end of June <before the end of June>");
  EXPECT_EQ(rows(in_text("Chile intends to ratify the treaty.")), "intention: ratify the treaty");
  EXPECT_EQ(rows(in_text("France is ready to train the officers.")), "offer: train the officers");
  EXPECT_EQ(rows(in_text("The president ordered the army to clear the road.")),
            "order: clear the road");
  EXPECT_EQ(rows(in_text("France urged Chile to release the crew.")), "request: release the crew");
  EXPECT_EQ(rows(in_text("Chile refused to sign the protocol.")), "refusal: sign the protocol");
  EXPECT_EQ(rows(in_text("France expects Chile to withdraw its ambassador.")),
            "expectation: withdraw its ambassador");
}

TEST(Commitments, WhoOwesToWhom) {
  const Document doc = read(in_text("France urged Chile to release the crew."));
  const auto& all = doc.commitments()->commitments;
  ASSERT_EQ(all.size(), 1U);
  ASSERT_EQ(all[0].owed_by.size(), 1U);
  ASSERT_EQ(all[0].holder.size(), 1U);
  EXPECT_EQ(doc.str(doc.actors()->actors[index(all[0].owed_by[0])].id), "state:CHL");
  EXPECT_EQ(doc.str(doc.actors()->actors[index(all[0].holder[0])].id), "state:FRA");
  EXPECT_EQ(all[0].strength, Strength::Expects);
}

TEST(Commitments, ReportedFutureOfTheSpeaker) {
  EXPECT_EQ(rows(in_text("France said that it would deliver the vaccines within two weeks.")),
            "pledge: deliver the vaccines within two weeks <within two weeks>");
}

TEST(Commitments, PredictionsAreNone) {
  EXPECT_EQ(rows(in_text("It will rain on Friday.")), "");
  EXPECT_EQ(rows(in_text("Observers believe that Chile will lose the case.")), "");
  EXPECT_EQ(rows(in_text("He will be remembered as a friend of Chile.")), "");
  EXPECT_EQ(rows(in_text("Prices will rise next year.")), "");
}

TEST(Commitments, DenialsQuestionsAndAllegationsAreNone) {
  EXPECT_EQ(rows(in_text("France did not promise to send ships.")), "");
  EXPECT_EQ(rows(in_text("Will you send ships?")), "");
  EXPECT_EQ(rows(in_text("Critics claim that Chile promised to send ships.")), "");
}

TEST(Commitments, PolitenessIsNone) {
  EXPECT_EQ(rows(in_text("We hope that you will enjoy your stay.")), "");
}

TEST(Commitments, Conditions) {
  EXPECT_EQ(rows(in_text("France offered to send observers if both sides agree.")),
            "offer: send observers [if both sides agree]");
}

TEST(Commitments, AListUnderItsVerb) {
  const std::string text = in_text(
      "Both sides agreed:\n\n(a) to open a consulate in Lyon;\n\n(b) to exchange students every "
      "year.");
  const std::string found = rows(text);
  EXPECT_NE(found.find("pledge: open a consulate in Lyon"), std::string::npos) << found;
  EXPECT_NE(found.find("pledge: exchange students every year"), std::string::npos) << found;
}

TEST(Commitments, AWordThatWasKeptAnswersThePromise) {
  const Document doc =
      read(in_text("France promised to deliver the vaccines by May.\n\nThe promise to deliver the "
                   "vaccines was kept."));
  const auto& all = doc.commitments()->commitments;
  ASSERT_GE(all.size(), 2U);
  const Commitment& kept = all.back();
  EXPECT_EQ(kept.kind, CommitmentKind::Fulfilment);
  ASSERT_NE(kept.fulfils, kNone<CommitmentId>);
  EXPECT_EQ(all[index(kept.fulfils)].kind, CommitmentKind::Pledge);
}

void check_cases(const std::string& file, bool alone) {
  const auto cases = testing::read_cases(READOUT_SOURCE_DIR "/src/events/gold/" + file);
  ASSERT_GE(cases.size(), 2U);
  for (const auto& one : cases) {
    std::string text = one.text, want;
    while (!text.empty() && text.back() == '\n') text.pop_back();
    for (const auto& [key, value] : one.wants) {
      if (key == "want" && value != "none") want += (want.empty() ? "" : " | ") + value;
    }
    const std::string found = rows(alone ? text : in_text(text));
    if (one.known.empty()) {
      EXPECT_EQ(found, want) << file << ":" << one.line << ": " << one.name;
    } else {
      EXPECT_NE(found, want) << file << ":" << one.line << " passes now; take the mark away";
    }
  }
}

TEST(Commitments, Cases) {
  check_cases("commitments.case", false);
  check_cases("promises.case", false);
  check_cases("requests.case", false);
}

TEST(Commitments, TextsOfAgreements) { check_cases("agreement_text.case", true); }

TEST(Deadlines, DayBefore) {
  EXPECT_EQ(day_before("2024-01-01"), "2023-12-31");
  EXPECT_EQ(day_before("2024-03-01"), "2024-02-29");
  EXPECT_EQ(day_before("2024-02-30"), "");
  EXPECT_EQ(day_before("soon"), "");
}

TEST(Deadlines, NextOfItsKind) {
  EXPECT_EQ(next_value("XXXX-01", "2019-10-11"), "2020-01");
  EXPECT_EQ(next_value("XXXX-12-01", "2019-10-11"), "2019-12-01");
  EXPECT_EQ(next_value("XXXX-10-11", "2019-10-11"), "2020-10-11");
  EXPECT_EQ(next_value("XXXX-WXX-5", "2019-10-11"), "2019-10-18");
  EXPECT_EQ(next_value("XXXX-WI", "2019-10-11"), "2019-WI");
  EXPECT_EQ(next_value("XXXX-SP", "2019-10-11"), "2020-SP");
  EXPECT_EQ(next_value("XXXX-01", ""), "");
  EXPECT_EQ(next_value("2019-01", "2019-10-11"), "");
}

TEST(Deadlines, CountedFromADay) {
  EXPECT_EQ(add_duration("1999-06-21", "P30D"), "1999-07-21");
  EXPECT_EQ(add_duration("2021-01-31", "P1M"), "2021-02-28");
  EXPECT_EQ(add_duration("2017-05-04", "PT48H"), "2017-05-06");
  EXPECT_EQ(add_duration("2017-05-04", "PXD"), "");
  EXPECT_EQ(add_duration("", "P1D"), "");
}

TEST(CommitmentCues, SaysWhereALineIsWrong) {
  const auto cues = CommitmentCues::parse("cue\tpledge\tcommits\tverb\tnone\tvow\n");
  ASSERT_FALSE(cues);
  EXPECT_NE(cues.error().message.find(":1: unknown frame"), std::string::npos)
      << cues.error().message;
}

}  // namespace
}  // namespace readout::events
