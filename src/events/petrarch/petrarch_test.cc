#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "events/petrarch/coder.h"
#include "readout/pipeline.h"

namespace readout::events::petrarch {
namespace {

constexpr std::string_view kVerbs = R"(# our own small dictionary
&AIDWORDS
+GRAIN
+FIELD_HOSPITAL

--- PRAISE [051] ---
PRAISE
COMMEND
- NEVER * [111]

--- SEND [070] ---   # with forms of its own
SEND {SENDS SENDING SENT}
+HAND_OVER {+HANDS_OVER +HANDED_OVER}
- * &AIDWORDS [073]
- * GRAIN TO + [0732]
- % * ENVOYS [036:036]

--- VISIT [042:043] ---
VISIT

--- DENOUNCE [111] ---
DENOUNCE
- * ARMS_SALES {TO ALLY} [112]
- broken [999
)";
constexpr std::string_view kActors = R"(VELDANIA [VEL]
+VELDANIAN
ORSK_REPUBLIC
	[ORK <19991231]
	[ORR]
HARBOUR LEAGUE [IGOHBL]
KESH [KES]
)";
constexpr std::string_view kAgents =
    "PRESIDENT [~GOV]\nSOLDIER [~MIL]\nPOLICE {} [~COP]\nRELIEF_GROUP [NGO~]\n";

class Petrarch : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    EngineOptions options;
    options.layers = {Layer::Tokens, Layer::Syntax};
    auto engine = Engine::open(options);
    ASSERT_TRUE(engine) << engine.error().message;
    engine_ = std::move(*engine);
  }
  static void TearDownTestSuite() { engine_.reset(); }

  void SetUp() override {
    ASSERT_TRUE(dictionary_.add("own.verbs.txt", kVerbs));
    ASSERT_TRUE(dictionary_.add("own.actors.txt", kActors));
    ASSERT_TRUE(dictionary_.add("own.agents.txt", kAgents));
    ASSERT_TRUE(dictionary_.add("own.discards.txt", "CUP FINAL\n"));
  }

  std::vector<std::string> coded(std::string text, uint32_t day = 20200101,
                                 Options options = {}) const {
    TextLayer layer;
    layer.source = std::move(text);
    std::vector<Draft> batch;
    batch.emplace_back(std::move(layer));
    Scratch scratch;
    EXPECT_TRUE(engine_->pipeline().run(batch, scratch));
    SentenceCoder coder(dictionary_);
    std::vector<std::string> out;
    const Document& doc = batch[0].doc();
    for (uint32_t s = 0; s < doc.tokens()->sentences.size(); ++s) {
      for (const CodedEvent& event : coder.code(doc, SentenceId{s}, day, options))
        out.push_back(event.source + ">" + event.target + ":" + event.code);
    }
    std::sort(out.begin(), out.end());
    return out;
  }

  using List = std::vector<std::string>;
  static inline std::shared_ptr<const Engine> engine_;
  Dictionary dictionary_;
};

TEST_F(Petrarch, ReadsVerbsWithTheirFormsAndReportsBadLines) {
  const Counts counts = dictionary_.counts();
  EXPECT_EQ(counts.patterns, 5U);
  EXPECT_EQ(counts.discards, 1U);
  ASSERT_EQ(dictionary_.problems().size(), 2U);
  EXPECT_NE(dictionary_.problems()[0].find("own.verbs.txt:"), std::string::npos)
      << dictionary_.problems()[0];
  std::vector<uint32_t> entries;
  for (const char* form : {"PRAISES", "PRAISED", "PRAISING", "COMMENDED", "SENT", "HANDED"}) {
    dictionary_.verbs(form, entries);
    EXPECT_FALSE(entries.empty()) << form;
  }
  dictionary_.verbs("SENDED", entries);
  EXPECT_TRUE(entries.empty());
}

TEST_F(Petrarch, TheVerbsOwnCodeAndItsPatterns) {
  EXPECT_EQ(coded("Veldania praised Kesh on Monday."), List{"VEL>KES:051"});
  EXPECT_EQ(coded("Veldania has never praised Kesh for its restraint."), List{"VEL>KES:111"});
  EXPECT_EQ(coded("Veldania sent a field hospital to Kesh after the flood."), List{"VEL>KES:073"});
  EXPECT_EQ(coded("Veldania sent grain to Kesh after the flood."), List{"VEL>KES:0732"});
  EXPECT_EQ(coded("Veldania handed over grain for the harbour to Kesh."), List{"VEL>KES:0732"});
}

TEST_F(Petrarch, BothWays) {
  EXPECT_EQ(coded("The president of Veldania visited Kesh yesterday."),
            (List{"KES>VELGOV:043", "VELGOV>KES:042"}));
  EXPECT_EQ(coded("Veldania and Kesh sent envoys."), (List{"KES>VEL:036", "VEL>KES:036"}));
}

TEST_F(Petrarch, PassiveWithItsDoer) {
  EXPECT_EQ(coded("Kesh was denounced by Veldania in a sharp note."), List{"VEL>KES:111"});
}

TEST_F(Petrarch, AgentsGoWithTheNamesTheyHangOn) {
  EXPECT_EQ(coded("Soldiers from Kesh denounced the Veldanian police."), List{"KESMIL>VELCOP:111"});
  EXPECT_EQ(coded("A Kesh relief group praised Veldania."), List{"NGOKES>VEL:051"});
}

TEST_F(Petrarch, JoinedActorsActTogether) {
  EXPECT_EQ(coded("Veldania and Kesh denounced the Harbour League."),
            (List{"KES>IGOHBL:111", "VEL>IGOHBL:111"}));
}

TEST_F(Petrarch, CodesHoldOnTheirDays) {
  EXPECT_EQ(coded("Veldania praised the Orsk Republic.", 19980401), List{"VEL>ORK:051"});
  EXPECT_EQ(coded("Veldania praised the Orsk Republic.", 20050401), List{"VEL>ORR:051"});
}

TEST_F(Petrarch, DiscardsAndDyads) {
  EXPECT_TRUE(coded("Veldania praised Kesh before the cup final.").empty());
  EXPECT_TRUE(coded("Veldania praised the weather.").empty());
  Options lone;
  lone.require_dyad = false;
  EXPECT_EQ(coded("Veldania praised the weather.", 20200101, lone), List{"VEL>---:051"});
}

TEST_F(Petrarch, ShortStretchesBetweenCommasAreLeftOut) {
  EXPECT_EQ(coded("Veldania, denounced by Kesh last year, praised the Harbour League for its long "
                  "and patient work in the delta."),
            List{"VEL>IGOHBL:051"});
}

TEST(PetrarchTabari, StemsAndAlternatives) {
  Dictionary dictionary;
  ASSERT_TRUE(dictionary.add("stems.verbs",
                             "PROPOS [100] ;a stem\n- * { TALKS | PARLEYS_ } [036]\nACT_ [010]\n"));
  EXPECT_TRUE(dictionary.stems());
  EXPECT_TRUE(dictionary.problems().empty());
  std::vector<uint32_t> entries;
  dictionary.verbs("PROPOSED", entries);
  EXPECT_EQ(entries.size(), 1U);
  EXPECT_EQ(dictionary.counts().patterns, 1U);
}

// Whatever stands in a file: no crash, every line read or reported, and what was read can be looked
// up.
TEST(PetrarchReader, SurvivesAnyFile) {
  constexpr std::string_view kPieces[] = {
      "--- ",   "[",       "]",      "[123]",  "[---]",   "&",     "+",        "- * ",
      "*",      "_",       "{",      "}",      "(",       ")",     "|",        "$",
      "%",      "^",       "#",      ";",      "<!--",    "-->",   "<",        "!X! = A, B",
      "!X!",    "~",       "[~GOV]", "[GOV~]", "ABANDON", "WORD_", "STEM",     "=",
      "\n",     "\n",      "\n\n",   " ",      "\t",      "\xC3",  "\xFF\xFE", "é",
      "950101", "<950101", ":",      "'S",     "N'T",     "-"};
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (size_t n = random() % 60; n > 0; --n) text += kPieces[random() % std::size(kPieces)];
    Dictionary dictionary;
    for (const char* name : {"a.verbs", "b.actors", "c.agents", "d.discards", "e"})
      dictionary.add(name, text);
    std::vector<uint32_t> entries;
    for (const char* word : {"ABANDON", "STEM", "STEMMED", "WORD", ""}) {
      dictionary.verbs(word, entries);
      for (const uint32_t entry : entries) {
        const VerbEntry& verb = dictionary.verb(entry);
        ASSERT_LT(verb.verb, verb.words.size());
        EXPECT_LE(dictionary.block(verb.block).line, verb.line);
      }
      dictionary.actors(word, entries);
      for (const uint32_t entry : entries) dictionary.code_on(dictionary.actor(entry), 19950101);
    }
  }
}

TEST(PetrarchWords, AreSplitAsSentencesAre) {
  EXPECT_EQ(split_words("al-Kesh didn't_go"),
            (std::vector<std::string>{"AL", "KESH", "DID", "N'T", "GO"}));
}

}  // namespace
}  // namespace readout::events::petrarch
