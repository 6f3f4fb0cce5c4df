#include "timex/timex.h"

#include <gtest/gtest.h>

#include <random>
#include <regex>

#include "core/utf8.h"
#include "readout/pipeline.h"
#include "testing/case_file.h"
#include "text/tokens.h"
#include "timex/calendar.h"
#include "timex/when.h"

namespace readout::timex {
namespace {

/// The structure is made by hand: one block and the date of publication.
class FixedStructure final : public Stage {
 public:
  explicit FixedStructure(std::string published) : published_(std::move(published)) {}
  std::string_view name() const override { return "test.structure/1"; }
  LayerSet reads() const override { return {}; }
  Layer writes() const override { return Layer::Structure; }
  Result<void> run(std::span<Draft> batch, Scratch&) const override {
    for (Draft& draft : batch) {
      StructureLayer layer;
      const auto size = static_cast<uint32_t>(draft.doc().plain().size());
      if (size > 0) layer.blocks.push_back({{0, size}, BlockRole::Narration, false, kNone<TurnId>});
      layer.published_iso = published_;
      layer.language = "en";
      if (auto set = draft.set(std::move(layer)); !set) return set;
    }
    return {};
  }

 private:
  std::string published_;
};

Document read(std::string text, std::string published) {
  std::vector<std::unique_ptr<const Stage>> stages;
  stages.push_back(std::make_unique<FixedStructure>(std::move(published)));
  stages.push_back(text::make_token_stage());
  stages.push_back(make_timex_stage());
  auto pipeline = Pipeline::create(std::move(stages));
  EXPECT_TRUE(pipeline);
  TextLayer layer;
  layer.source = std::move(text);
  std::vector<Draft> drafts;
  drafts.emplace_back(std::move(layer));
  Scratch scratch;
  const auto done = pipeline->run(drafts, scratch);
  EXPECT_TRUE(done) << (done ? "" : done.error().message);
  return std::move(drafts.front()).finish();
}

const Timex* find(const Document& doc, std::string_view quoted_text) {
  for (const Timex& timex : doc.timexes()->timexes) {
    if (doc.text(timex.span) == quoted_text) return &timex;
  }
  return nullptr;
}

std::string found_list(const Document& doc) {
  std::string out;
  for (const Timex& timex : doc.timexes()->timexes) {
    out += "  \"" + std::string(doc.text(timex.span)) +
           "\" = " + std::string(doc.str(timex.value)) + " " + std::string(doc.str(timex.mod)) +
           " " + std::string(doc.str(timex.function)) + " [" + std::string(doc.str(timex.from)) +
           ", " + std::string(doc.str(timex.until)) + ")\n";
  }
  return out;
}

TEST(Timex, Cases) {
  const auto cases = testing::read_cases(READOUT_SOURCE_DIR "/src/timex/gold/timex.case");
  ASSERT_GT(cases.size(), 20U);
  for (const auto& one : cases) {
    std::string dateline, text = one.text;
    for (const auto& [key, value] : one.wants) {
      if (key == "dateline" && value != "none") dateline = value;
    }
    while (!text.empty() && text.back() == '\n') text.pop_back();
    const Document doc = read(text, dateline);
    bool right = true;
    std::string wrong;
    for (const auto& [key, value] : one.wants) {
      if (key != "want" && key != "interval") continue;
      if (value == "none") {
        if (!doc.timexes()->timexes.empty()) {
          right = false;
          wrong += "want none\n";
        }
        continue;
      }
      const size_t close = value.find('"', 1);
      ASSERT_NE(close, std::string::npos) << one.line << ": " << value;
      const std::string what = value.substr(1, close - 1);
      const std::string rest = value.substr(value.find("= ", close) + 2);
      const Timex* timex = find(doc, what);
      std::string got;
      if (timex != nullptr && key == "want") {
        got = std::string(doc.str(timex->value));
        if (timex->mod != kNone<Sym>) got += " " + std::string(doc.str(timex->mod));
        if (timex->function != kNone<Sym>) got += " " + std::string(doc.str(timex->function));
      } else if (timex != nullptr) {
        got = std::string(doc.str(timex->from)) + " " + std::string(doc.str(timex->until));
      }
      if (got != rest) {
        right = false;
        wrong += key + " \"" + what + "\" = " + rest + ", got " +
                 (timex == nullptr ? "nothing" : got) + "\n";
      }
    }
    if (one.known.empty()) {
      EXPECT_TRUE(right) << "timex.case:" << one.line << ": " << one.name << "\n"
                         << wrong << "found\n"
                         << found_list(doc);
    } else {
      EXPECT_FALSE(right) << "timex.case:" << one.line << " passes now; take the mark away";
    }
  }
}

TEST(Calendar, DaysAndWeeksAgreeWithKnownDates) {
  EXPECT_EQ(day_number(1970, 1, 1), 0);
  EXPECT_EQ(weekday(0), 4);  // a Thursday
  EXPECT_EQ(iso_week(day_number(2021, 1, 3)).year, 2020);
  EXPECT_EQ(iso_week(day_number(2021, 1, 3)).week, 53);
  EXPECT_EQ(iso_week(day_number(2009, 12, 31)).week, 53);
  EXPECT_EQ(iso(easter_western(2024)), "2024-03-31");
  EXPECT_EQ(iso(easter_eastern(2024)), "2024-05-05");
  EXPECT_EQ(iso(*from_calendar("islamic-umalqura", 2024, 10, 1)), "2024-04-10");
  EXPECT_EQ(iso(*from_calendar("persian", 2024, 1, 1)), "2024-03-20");
  EXPECT_FALSE(from_calendar("no such calendar", 2024, 13, 45));
}

TEST(Calendar, EveryDayOfFourHundredYearsGoesThereAndBack) {
  for (DayNumber d = day_number(1800, 1, 1); d < day_number(2200, 1, 1); ++d) {
    const Ymd ymd = civil(d);
    ASSERT_EQ(day_number(ymd.year, ymd.month, ymd.day), d);
    const IsoWeek week = iso_week(d);
    const DayNumber monday = monday_of(week);
    ASSERT_LE(monday, d);
    ASSERT_LT(d, monday + 7);
  }
}

// Random mixtures of the pieces that the rules look at: spans in bounds, sorted, disjoint, on
// character boundaries; values well formed; intervals forward; the same twice.
TEST(Timex, PropertiesHoldForRandomTexts) {
  static constexpr const char* kPieces[] = {
      "on",      "the",        "of",     "to",          "from",       "between",
      "and",     "until",      "by",     "since",       "5",          "31",
      "99",      "2021",       "0",      "1995",        "May",        "march",
      "Feb.",    "Monday",     "Tues",   "weekend",     "week",       "weeks",
      "days",    "year",       "two",    "half",        "a",          "an",
      "twenty",  "-",          "–",      "/",           ":",          ".",
      ",",       "'",          "(",      ")",           "+",          "next",
      "last",    "this",       "past",   "ago",         "later",      "earlier",
      "before",  "after",      "every",  "each",        "first",      "third",
      "quarter", "Q3",         "FY",     "1990s",       "s",          "th",
      "century", "BC",         "noon",   "p.m.",        "19:30",      "UTC",
      "+04:00",  "local time", "Easter", "Eid al-Fitr", "Ramadan",    "end",
      "early",   "mid",        "about",  "at least",    "will",       "was",
      "said",    "now",        "today",  "tomorrow",    "morning",    "anniversary",
      "old",     "é",          "Ж",      "12/13/2020",  "2020-02-30", "000000000000000000001",
      "hundred", "million",    "dozen",  "semi",        "bi",         "monthly",
      "\n\n"};
  static const std::regex kValue(R"((BC)?[0-9XFSY]{2,6}.*|P.*|(PAST|PRESENT|FUTURE)_REF)");
  std::mt19937 random(11);
  for (int round = 0; round < 800; ++round) {
    std::string source;
    const int n = 1 + static_cast<int>(random() % 40);
    for (int k = 0; k < n; ++k) {
      source += kPieces[random() % std::size(kPieces)];
      if (random() % 5 != 0) source += ' ';
    }
    const std::string published = round % 3 == 0   ? ""
                                  : round % 3 == 1 ? "2024-02-29"
                                                   : "2021-05-10T22:04+04:00";
    const Document doc = read(source, published);
    const Document again = read(source, published);
    ASSERT_EQ(found_list(doc), found_list(again)) << source;
    uint32_t at = 0;
    for (const Timex& timex : doc.timexes()->timexes) {
      ASSERT_LE(at, timex.span.begin) << source;
      ASSERT_LT(timex.span.begin, timex.span.end) << source;
      ASSERT_LE(timex.span.end, doc.plain().size());
      ASSERT_TRUE(utf8::is_boundary(doc.plain(), timex.span.begin) &&
                  utf8::is_boundary(doc.plain(), timex.span.end));
      at = timex.span.end;
      const std::string value(doc.str(timex.value));
      ASSERT_TRUE(std::regex_match(value, kValue)) << value << " in " << source;
      if (timex.from != kNone<Sym> && timex.until != kNone<Sym>) {
        const std::string from(doc.str(timex.from)), until(doc.str(timex.until));
        const bool plain = from.substr(0, 2) != "BC" && from.find('T') == std::string::npos &&
                           until.find('T') == std::string::npos;
        if (plain && until.size() == from.size()) {
          ASSERT_LT(from, until) << found_list(doc) << source;
        }
      }
      ASSERT_FALSE(doc.str(timex.reason).empty());
    }
  }
}

// What says "will" with a date that has no year, month or weekday of its own lies on or after the
// dateline.
TEST(Timex, AFutureIsNeverResolvedIntoThePast) {
  static constexpr const char* kMonths[] = {"January",   "February", "March",    "April",
                                            "May",       "June",     "July",     "August",
                                            "September", "October",  "November", "December"};
  static constexpr const char* kDays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                          "Friday", "Saturday", "Sunday"};
  for (int32_t step = 0; step < 400; step += 29) {
    const DayNumber today = day_number(2023, 1, 1) + step;
    for (const char* month : kMonths) {
      const Document doc =
          read("The talks will resume on 15 " + std::string(month) + ".", iso(today));
      ASSERT_EQ(doc.timexes()->timexes.size(), 1U);
      EXPECT_GE(doc.str(doc.timexes()->timexes[0].value), iso(today)) << month;
    }
    for (const char* day : kDays) {
      const Document doc = read("The talks will resume on " + std::string(day) + ".", iso(today));
      ASSERT_EQ(doc.timexes()->timexes.size(), 1U);
      EXPECT_GE(doc.str(doc.timexes()->timexes[0].value), iso(today)) << day;
    }
  }
}

}  // namespace
}  // namespace readout::timex
