// When acts took place, read from whole sentences of our own. The document's day is 14 May 2020, a Thursday.
#include "events/event_dates.h"

#include <gtest/gtest.h>

#include "readout/layer_names.h"
#include "readout/pipeline.h"

namespace readout::events {
namespace {

const Engine& engine() {
  static const std::shared_ptr<const Engine> kEngine = [] {
    EngineOptions options;
    options.layers = {Layer::Events};
    auto opened = Engine::open(options);
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
    return *opened;
  }();
  return *kEngine;
}

/// "head=date:basis" of the coded acts, in the order of the text.
std::string dates(const std::string& text) {
  TextLayer layer;
  layer.source = text;
  layer.meta.published = "2020-05-14";
  std::vector<Draft> batch;
  batch.emplace_back(std::move(layer));
  Scratch scratch;
  const auto done = engine().pipeline().run(batch, scratch);
  EXPECT_TRUE(done) << (done ? "" : done.error().message);
  const Document doc = std::move(batch[0]).finish();
  std::string out;
  for (const Event& event : doc.events()->events) {
    if (event.uncoded_reason != kNone<Sym>) continue;
    if (!out.empty()) out += " ";
    out += std::string(doc.word(event.head)) + "=" + (event.day == kNone<Sym> ? std::string() : std::string(doc.str(event.day))) + ":" +
           std::string(name(event.date_basis));
  }
  return out;
}

TEST(EventDates, ATimeBelongsToTheVerbThatItHangsOn) {
  EXPECT_EQ(dates("Norwegian Foreign Minister Kari Dahl met Swedish Foreign Minister Lena Berg in Oslo on 11 May.\n"), "met=2020-05-11:stated");
  EXPECT_EQ(dates("On 11 May Norway expelled two Swedish diplomats.\n"), "expelled=2020-05-11:stated");
  // The time of somebody's resignation, of an agreement's name, of a former meeting is not the time of what is told.
  const std::string both = dates("Sweden condemned Norway, which had left the 2015 agreement in March 2019.\n");
  EXPECT_TRUE(both.starts_with("condemned=2020-05-14:document left=2019-03:stated")) << both;
}

TEST(EventDates, ANarrationWithoutATimeIsOfTheDocumentsDay) {
  EXPECT_EQ(dates("Sweden thanked Norway for its support.\n").substr(0, 28), "thanked=2020-05-14:document");
  // The past perfect is some earlier day.
  EXPECT_EQ(dates("Sweden had thanked Norway.\n"), "thanked=:none");
}

TEST(EventDates, TheOpeningSaysWhichDayTheNarrationIsAt) {
  EXPECT_EQ(dates("Norwegian Prime Minister Kari Dahl met Swedish Prime Minister Lena Berg in Oslo on 12 May.\n\nDahl thanked Sweden.\n"),
            "met=2020-05-12:stated thanked=2020-05-12:narration");
}

TEST(EventDates, ClockTimesAreLeftToTheTimeExpression) {
  EXPECT_EQ(dates("Norway expelled two Swedish diplomats on 12 May at 16:00.\n"), "expelled=2020-05-12:stated");
}

TEST(EventDates, AnAnniversaryIsNotTheDayThatItRemembers) {
  EXPECT_EQ(dates("Norwegian Foreign Minister Kari Dahl visited Sweden on the 50th anniversary of the treaty.\n"), "visited=2020-05-14:document");
}

TEST(EventDates, BoundsDateNothing) {
  EXPECT_EQ(dates("Sweden condemned Norway after 3 March.\n"), "condemned=2020-05-14:document");
}

}  // namespace
}  // namespace readout::events
