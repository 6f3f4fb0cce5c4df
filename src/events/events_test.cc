// The frame language and its tables, over small frame sets of their own; marked sentences. Whole
// sentences are tested by the yes and no lines of data/events, which `readout data check` and the
// last test here run.
#include <gtest/gtest.h>

#include "events/engine.h"
#include "events/examples.h"
#include "events/frames.h"
#include "events/marked.h"

namespace readout::events {
namespace {

constexpr std::string_view kSets = "weapons\trifle;tank\ntransfer\tgive;send\nword.function\tnot;never;to;by;of\n";
constexpr std::string_view kRules =
    "class transfer source=subj target=iobj,to@\n"
    "frame aid.arms AID 072 military class=transfer\n"
    "verb {transfer} <weapons> to:@, equip @ with:<weapons>, arm @\n"
    "noun hunger strike, delivery of:<weapons>\n"
    "code 073 when ~<weapons>\n"
    "yes \"Ruritania sent rifles to Sylvania.\" = AID 073\n";
constexpr std::string_view kTransforms =
    "promise\t07\tAGREE\t033\t\npromise\t072\tAGREE\t0332\tpromised\npromise\t-\t=\t-\t\npromise\t*\tkeep\t-\t\n";

Result<FrameSet> parse(std::string_view rules, std::string_view transforms = kTransforms) {
  return FrameSet::parse({{"t/sets.tsv", kSets}, {"t/a.rules", rules}, {"t/transform.tsv", transforms}});
}

TEST(Frames, EachVerbOfASetHeadsThePattern) {
  const auto set = parse(kRules);
  ASSERT_TRUE(set) << set.error().message;
  const Lexicon& lexicon = set->lexicon();
  EXPECT_EQ(set->headed_by(lexicon.find("give")).size(), 1U);
  EXPECT_EQ(set->headed_by(lexicon.find("send")).size(), 1U);
  EXPECT_TRUE(set->headed_by(lexicon.find("rifle")).empty());
  EXPECT_TRUE(set->headed_by(kNoWord).empty());
}

TEST(Frames, ANounsHeadIsItsLastPlainWord) {
  const auto set = parse(kRules);
  ASSERT_TRUE(set);
  ASSERT_EQ(set->headed_by(set->lexicon().find("strike")).size(), 1U);
  EXPECT_EQ(set->patterns()[set->headed_by(set->lexicon().find("strike"))[0]].elements.size(), 1U);
  EXPECT_TRUE(set->headed_by(set->lexicon().find("hunger")).empty());
  EXPECT_EQ(set->headed_by(set->lexicon().find("delivery")).size(), 1U);
}

TEST(Frames, TheLongestPrefixTransforms) {
  const auto set = parse(kRules);
  ASSERT_TRUE(set);
  EXPECT_EQ(set->transform("promise", "072")->cameo, "0332");
  EXPECT_EQ(set->transform("promise", "072")->status, "promised");
  EXPECT_EQ(set->transform("promise", "071")->cameo, "033");
  EXPECT_EQ(set->transform("promise", "190")->plover, "keep");
  EXPECT_EQ(set->transform("promise", "")->plover, "=");
  EXPECT_EQ(set->transform("no such", "190"), nullptr);
}

TEST(Frames, ErrorsNameFileLineAndWord) {
  const auto type = parse("class c source=subj\nframe x.y HELP 072 class=c\n");
  ASSERT_FALSE(type);
  EXPECT_EQ(type.error().code, Code::BadData);
  EXPECT_EQ(type.error().message, "t/a.rules:2: \"HELP\" is no PLOVER type");
  EXPECT_FALSE(parse("frame x.y AID 072 class=nothing\n"));
  EXPECT_FALSE(parse("class c source=subj\nframe x.y AID 7x class=c\n"));
  EXPECT_FALSE(parse("class c source=subj\nframe x.y AID 072 class=c\nverb {no-such-set} <weapons>\n"));
  EXPECT_FALSE(parse("verb arm @\n"));
  EXPECT_FALSE(parse("class c source=subj\nframe x.y AID 072 class=c\nyes no quotation marks\n"));
}

TEST(Frames, FormsLeadToTheirWord) {
  const auto set = parse("class c source=subj\nframe x.y AID 072 class=c\nverb free, stop, supply, arm\n");
  ASSERT_TRUE(set);
  const Lexicon& lexicon = set->lexicon();
  EXPECT_EQ(set->word_of_form("freed", PatternPos::Verb), lexicon.find("free"));
  EXPECT_EQ(set->word_of_form("stopped", PatternPos::Verb), lexicon.find("stop"));
  EXPECT_EQ(set->word_of_form("supplies", PatternPos::Verb), lexicon.find("supply"));
  EXPECT_EQ(set->word_of_form("arming", PatternPos::Verb), lexicon.find("arm"));
  EXPECT_EQ(set->word_of_form("walked", PatternPos::Verb), kNoWord);
}

TEST(Marked, SidesAreTakenOutOfTheText) {
  const auto sides = parse_marked("<s>Ruritania</s> shelled <t>Sylvania</t>.");
  ASSERT_TRUE(sides);
  EXPECT_EQ(sides->text, "Ruritania shelled Sylvania.");
  EXPECT_EQ(sides->source, (Span{0, 9}));
  EXPECT_EQ(sides->target, (Span{18, 26}));
  EXPECT_FALSE(parse_marked("<s>Ruritania</s> shelled Sylvania."));
}

TEST(Data, BuiltInFramesParseAndHaveDistinctNames) {
  const auto frames = load_frames("");
  ASSERT_TRUE(frames) << frames.error().message;
  EXPECT_GT((*frames)->patterns().size(), 4000U);
  for (const Frame& frame : (*frames)->frames()) {
    if (!frame.cameo.empty()) {
      EXPECT_GE(frame.cameo.size(), 2U) << frame.name;
    }
  }
}

TEST(Data, ExampleSentencesHold) {
  const auto engine = Engine::open({});
  ASSERT_TRUE(engine) << engine.error().message;
  ASSERT_TRUE((*engine)->pipeline().writes().has(Layer::Events));
  const auto frames = load_frames("");
  ASSERT_TRUE(frames);
  const auto report = check_examples(**frames, (*engine)->pipeline());
  ASSERT_TRUE(report) << report.error().message;
  for (const std::string& problem : report->problems) ADD_FAILURE() << problem;
  EXPECT_GT(report->yes, 100U);
}

}  // namespace
}  // namespace readout::events
