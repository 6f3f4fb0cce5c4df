#include "discourse/structure.h"

#include <gtest/gtest.h>

#include <random>

#include "discourse/late_date.h"
#include "discourse/publication.h"
#include "readout/layer_names.h"
#include "readout/pipeline.h"
#include "testing/case_file.h"

namespace readout::discourse {
namespace {

Document read(std::string source) {
  std::vector<std::unique_ptr<const Stage>> stages;
  stages.push_back(make_structure_stage());
  auto pipeline = Pipeline::create(std::move(stages));
  EXPECT_TRUE(pipeline);
  Scratch scratch;
  TextLayer text;
  text.source = std::move(source);
  std::vector<Draft> batch;
  batch.emplace_back(std::move(text));
  const auto done = pipeline->run(batch, scratch);
  EXPECT_TRUE(done) << (done ? "" : done.error().message);
  return std::move(batch.front()).finish();
}

std::string role_label(std::string_view wanted) {
  std::string out;
  for (const char c : wanted) {
    if (c >= 'A' && c <= 'Z' && !out.empty()) out += '_';
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return out;
}

/// What does not hold of one case, one line each.
std::vector<std::string> failures(const testing::Case& one) {
  std::vector<std::string> out;
  const Document doc = read(one.text);
  const StructureLayer& structure = *doc.structure();
  const auto spanned = [&](const std::optional<Span>& span) {
    return span ? std::string(doc.text(*span)) : std::string();
  };
  const auto equal = [&](const std::string& key, const std::string& got, const std::string& want) {
    if (got != want) out.push_back(key + ": got \"" + got + "\", want \"" + want + "\"");
  };
  const auto any = [&](const std::string& key, const std::vector<Span>& spans,
                       const std::string& want) {
    for (const Span span : spans) {
      if (doc.text(span) == want) return;
    }
    out.push_back(key + ": \"" + want + "\" is missing");
  };
  size_t turn = 0;
  for (const auto& [key, want] : one.wants) {
    if (key == "turns") {
      equal(key, std::to_string(structure.turns.size()), want);
    } else if (key == "turn") {
      if (turn >= structure.turns.size()) {
        out.push_back("turn: missing: " + want);
        continue;
      }
      const Turn& got = structure.turns[turn++];
      const size_t close = want.find("] ");
      const size_t dots = want.find(" ... ");
      equal("label", std::string(doc.text(got.speaker)), want.substr(1, close - 1));
      const std::string first = want.substr(close + 2, dots - close - 2);
      const std::string last = want.substr(dots + 5);
      const std::string_view speech = doc.text(got.span);
      if (!speech.starts_with(first) || !speech.ends_with(last))
        out.push_back("speech \"" + std::string(speech) + "\", want " + want);
    } else if (key == "role" || key == "continues") {
      const size_t blank = key == "role" ? want.find(' ') : std::string::npos;
      const std::string begin = key == "role" ? want.substr(blank + 1) : want;
      bool found = false;
      for (const Block& block : structure.blocks) {
        if (!doc.text(block.span).starts_with(begin)) continue;
        found = true;
        if (key == "role")
          equal(begin, std::string(name(block.role)), role_label(want.substr(0, blank)));
        if (key == "continues" && !block.continues) out.push_back("does not continue: " + begin);
      }
      if (!found) out.push_back("no block begins with \"" + begin + "\"");
    } else if (key == "addressee") {
      const size_t number = static_cast<size_t>(want[0] - '1');
      if (number >= structure.turns.size()) {
        out.push_back("no turn " + want);
      } else {
        any(key, structure.turns[number].addressee, want.substr(2));
      }
    } else if (key == "indirect") {
      if (structure.turns.empty() || structure.turns[static_cast<size_t>(want[0] - '1')].direct)
        out.push_back("direct");
    } else if (key == "published") {
      equal(key, structure.published_iso, want);
    } else if (key == "title") {
      equal(key, spanned(structure.title), want);
    } else if (key == "place") {
      equal(key, spanned(structure.dateline_place), want);
    } else if (key == "publisher") {
      equal(key, spanned(structure.publisher), want);
    } else if (key == "source") {
      equal(key, spanned(structure.source_line), want);
    } else if (key == "author") {
      equal(key, spanned(structure.author), want);
    } else if (key == "genre") {
      equal(key, structure.genre, want);
    } else if (key == "caption") {
      any(key, structure.captions, want);
    } else if (key == "credit") {
      any(key, structure.credits, want);
    } else {
      out.push_back("unknown key " + key);
    }
  }
  return out;
}

TEST(Structure, Cases) {
  const auto cases = testing::read_cases(READOUT_SOURCE_DIR "/src/discourse/gold/structure.case");
  ASSERT_GE(cases.size(), 30U);
  for (const auto& one : cases) {
    const auto wrong = failures(one);
    if (one.known.empty()) {
      for (const auto& line : wrong)
        ADD_FAILURE() << "structure.case:" << one.line << ": " << one.name << ": " << line;
    } else {
      EXPECT_FALSE(wrong.empty()) << "structure.case:" << one.line
                                  << " passes now; take the mark away";
    }
  }
}

TEST(Structure, PropertiesHoldForRandomTexts) {
  static constexpr const char* kPieces[] = {"QUESTION:",
                                            "MR A:",
                                            "Q ",
                                            "A: ",
                                            "President X said:",
                                            "- ",
                                            "— ",
                                            "The representative of Y said that ",
                                            "I ",
                                            "we ",
                                            "word ",
                                            "Word ",
                                            ". ",
                                            "\n",
                                            "\n\n",
                                            "© APA | ",
                                            "10 May 2021 22:04 (UTC +04:00)",
                                            "MAY 10, 2021 - 6:04 PM EDT",
                                            "(Laughter.)",
                                            "\"",
                                            "“",
                                            "”",
                                            "é",
                                            "\xC2\xA0",
                                            "\t",
                                            "|",
                                            "1. ",
                                            "(a) ",
                                            "###",
                                            "END 6:29 P.M. EDT",
                                            ":",
                                            ",",
                                            "By A B",
                                            "Source: C",
                                            "--\n",
                                            "Forwarded message\nFrom: a\nTo: b\nDate: c\n",
                                            "\r\n",
                                            "# ",
                                            "**",
                                            "According to APA, ",
                                            "05/28/2021",
                                            "\xE2\x80\xA8"};
  std::mt19937 random(11);
  for (int round = 0; round < 600; ++round) {
    std::string source;
    const int n = static_cast<int>(random() % 80);
    for (int k = 0; k < n; ++k) source += kPieces[random() % std::size(kPieces)];
    const Document doc = read(source);  // Draft::set checks order and bounds
    const StructureLayer& structure = *doc.structure();
    const Document again = read(source);
    ASSERT_EQ(structure.turns.size(), again.structure()->turns.size());
    for (const Turn& turn : structure.turns) {
      EXPECT_LE(index(turn.first_block), index(turn.last_block));
      EXPECT_LT(index(turn.last_block), structure.blocks.size());
      EXPECT_FALSE(turn.span.empty());
      for (const Span span : turn.addressee) EXPECT_LE(span.end, source.size());
    }
    for (const Block& block : structure.blocks) {
      if (block.turn != kNone<TurnId>) {
        EXPECT_LT(index(block.turn), structure.turns.size());
      }
    }
  }
}

TEST(DateReader, ReadsTheUsualForms) {
  const DateReader dates;
  const auto read_date = [&](std::string_view text) {
    const auto found = dates.find(text, {0, static_cast<uint32_t>(text.size())});
    return found ? found->iso() : std::string();
  };
  EXPECT_EQ(read_date("10 May 2021 22:04 (UTC +04:00)"), "2021-05-10T22:04+04:00");
  EXPECT_EQ(read_date("Monday, 10 May 2021, 10.15 p.m. GMT"), "2021-05-10T22:15+00:00");
  EXPECT_EQ(read_date("19:30, 6 September 2017"), "2017-09-06T19:30");
  EXPECT_EQ(read_date("on 1st January, 1999"), "1999-01-01");
  EXPECT_EQ(read_date("Sept. 8, 2008"), "2008-09-08");
  EXPECT_EQ(read_date("2021/05/10 07:00Z"), "2021-05-10T07:00+00:00");
  EXPECT_EQ(read_date("31.12.2020"), "2020-12-31");
  EXPECT_EQ(read_date("12/31/2020"), "2020-12-31");
  EXPECT_EQ(read_date("25 January 2015, 18:00 local time (UTC+12)"), "2015-01-25T18:00+12:00");
  EXPECT_EQ(read_date("30 February 2020"), "");
  EXPECT_EQ(read_date("Daily Report 211/2017"), "");
  EXPECT_EQ(read_date("version 1.2.2021b or 3.4"), "");
  EXPECT_EQ(read_date("May 2021"), "");
}

TEST(LateDateReader, ReadsDatesInWords) {
  const LateDateReader dates;
  const auto spelled = [&](std::string_view text) {
    const auto found = dates.find_spelled(text, {0, static_cast<uint32_t>(text.size())});
    return found ? found->iso() : std::string();
  };
  EXPECT_EQ(spelled("on the twenty-second day of August two thousand and eight."), "2008-08-22");
  EXPECT_EQ(spelled("this 21st day of June 1999"), "1999-06-21");
  EXPECT_EQ(spelled("this eighteenth day of February, in the year of our Lord two thousand twenty-two"), "2022-02-18");
  EXPECT_EQ(spelled("the first day of May, nineteen hundred and ninety-six"), "1996-05-01");
  EXPECT_EQ(spelled("the thirty-first day of January one thousand nine hundred and seventy-two"), "1972-01-31");
  EXPECT_EQ(spelled("the tenth day of June, nineteen ninety-nine"), "1999-06-10");
  EXPECT_EQ(spelled("the second day of the talks"), "");
  EXPECT_EQ(spelled("on the first day of August of the tenth year"), "");
}

}  // namespace
}  // namespace readout::discourse
