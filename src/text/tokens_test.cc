#include "text/tokens.h"

#include <gtest/gtest.h>

#include <random>

#include "core/limits.h"
#include "discourse/structure.h"
#include "testing/case_file.h"
#include "text/eval_tokens.h"

namespace readout::text {
namespace {

Document read(std::string source, size_t* notes = nullptr) {
  std::vector<std::unique_ptr<const Stage>> stages;
  stages.push_back(discourse::make_structure_stage());
  stages.push_back(make_token_stage());
  auto pipeline = Pipeline::create(std::move(stages));
  EXPECT_TRUE(pipeline);
  Scratch scratch;
  TextLayer text;
  text.source = std::move(source);
  std::vector<Draft> batch;
  batch.emplace_back(std::move(text));
  const auto done = pipeline->run(batch, scratch);
  EXPECT_TRUE(done) << (done ? "" : done.error().message);
  Document doc = std::move(batch.front()).finish();
  if (notes != nullptr) *notes = doc.notes().size();
  return doc;
}

std::string written(const Document& doc) {
  std::string out;
  const TokenLayer& tokens = *doc.tokens();
  for (uint32_t k = 0; k < tokens.size(); ++k) {
    if (k > 0) {
      const bool continues = (tokens.flags[k] & TokenFlags::kContinuesToken) != 0;
      out += tokens.sentence[k] != tokens.sentence[k - 1] ? " / " : continues ? "|" : " ";
    }
    out += doc.word(TokenId{k});
  }
  return out;
}

TEST(Tokens, Cases) {
  const auto cases = testing::read_cases(READOUT_SOURCE_DIR "/src/text/gold/tokens.case");
  ASSERT_FALSE(cases.empty());
  for (const auto& one : cases) {
    ASSERT_EQ(one.wants.size(), 1U) << one.name;
    const std::string got = written(read(one.text));
    if (one.known.empty()) {
      EXPECT_EQ(got, one.wants[0].second) << "tokens.case:" << one.line << ": " << one.name;
    } else {
      EXPECT_NE(got, one.wants[0].second)
          << "tokens.case:" << one.line << " passes now; take the mark away";
    }
  }
}

TEST(Tokens, LongWordsAndSentencesAreCutWithANote) {
  size_t notes = 0;
  const Document word = read(std::string(limits::kTokenBytes * 3, 'a'), &notes);
  EXPECT_EQ(word.tokens()->size(), 3U);
  EXPECT_EQ(notes, 1U);
  std::string sentence;
  for (uint32_t k = 0; k < limits::kSentenceTokens * 2; ++k) sentence += "word, ";
  const Document many = read(sentence, &notes);
  EXPECT_GE(notes, 1U);
  for (const TokenRange range : many.tokens()->sentences)
    EXPECT_LE(range.size(), limits::kSentenceTokens);
}

// Random mixtures of the pieces that the rules look at.
TEST(Tokens, PropertiesHoldForRandomTexts) {
  static constexpr const char* kPieces[] = {"a",       "word",      "Mr",
                                            ".",       ". ",        "U.S.",
                                            "don't",   "’s",        "“",
                                            "”",       "\"",        "'",
                                            " ",       "  ",        "\n",
                                            "\n\n",    "1,000",     "5",
                                            "-",       "—",         ":",
                                            "X said:", "QUESTION:", "Q ",
                                            "MR. A:",  "(",         ")",
                                            "é",       "Ж",         "\xC2\xA0",
                                            "@",       "http://",   "...",
                                            "?!",      "#",         "/",
                                            "\t",      "|",         "*",
                                            "A.",      "p.m.",      "\xE2\x80\x91\xE2\x80\x91",
                                            "…",       "«",         "\xE2\x80\xA8",
                                            "\r\n",    "cannot",    "$",
                                            "&",       "_"};
  std::mt19937 random(7);
  for (int round = 0; round < 400; ++round) {
    std::string source;
    const int n = static_cast<int>(random() % 120);
    for (int k = 0; k < n; ++k) source += kPieces[random() % std::size(kPieces)];
    const Document doc = read(source);
    const TokenLayer& tokens = *doc.tokens();
    // The text is its tokens and white space: nothing but blanks and layout dashes between them.
    std::string rebuilt;
    uint32_t at = 0;
    for (uint32_t k = 0; k < tokens.size(); ++k) {
      const Span span = tokens.span[k];
      ASSERT_LE(at, span.begin);
      rebuilt += source.substr(at, span.begin - at);
      rebuilt += doc.word(TokenId{k});
      at = span.end;
      const bool space = (tokens.flags[k] & TokenFlags::kSpaceAfter) != 0;
      if (k + 1 < tokens.size() && tokens.span[k + 1].begin == span.end) {
        EXPECT_FALSE(space) << source;
      }
      EXPECT_LT(index(tokens.sentence[k]), tokens.sentences.size());
      EXPECT_TRUE(tokens.sentences[index(tokens.sentence[k])].contains(TokenId{k}));
    }
    rebuilt += source.substr(at);
    EXPECT_EQ(rebuilt, source);
    for (const SentenceId s : tokens.sentence)
      EXPECT_LE(doc.sentence_tokens(s).size(), limits::kSentenceTokens);
    EXPECT_EQ(written(doc), written(read(source))) << "not deterministic";
  }
}

TEST(EvalTokens, CountsTokensWordsAndSentences) {
  const std::string treebank =
      "# newdoc id = a\n# newpar\n# text = I "
      "don't.\n1\tI\tI\tPRON\t_\t_\t0\troot\t_\t_\n2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
      "2\tdo\tdo\tAUX\t_\t_\t1\tdep\t_\t_\n3\tn't\tnot\tPART\t_\t_\t1\tdep\t_\t_\n4\t.\t.\tPUNCT\t_"
      "\t_\t1\tpunct\t_\t_\n\n"
      "# text = Yes "
      "sir\n1\tYes\tyes\tINTJ\t_\t_\t0\troot\t_\t_\n2\tsir\tsir\tNOUN\t_\t_\t1\tdep\t_\t_\n\n";
  std::vector<std::unique_ptr<const Stage>> stages;
  stages.push_back(discourse::make_structure_stage());
  stages.push_back(make_token_stage());
  auto pipeline = Pipeline::create(std::move(stages));
  const auto scores = eval_tokens(treebank, *pipeline);
  ASSERT_TRUE(scores);
  EXPECT_EQ(scores->tokens.gold, 5U);
  EXPECT_EQ(scores->tokens.correct, 5U);
  EXPECT_EQ(scores->words.gold, 6U);
  EXPECT_EQ(scores->words.correct, 6U);
  EXPECT_EQ(scores->sentences.correct, 2U);
  EXPECT_FALSE(eval_tokens("1\tI\tI\n\n", *pipeline));
}

// Gold "x y" against system "xy" and a multiword token: only equal spans count, clitics by their
// forms.
TEST(EvalTokens, AlignsMultiwordTokens) {
  const std::vector<PlacedWord> gold = {
      {{0, 2}, "do", true}, {{0, 2}, "nt", true}, {{3, 4}, "x", false}};
  const std::vector<PlacedWord> system = {{{0, 2}, "dont", false}, {{3, 4}, "x", false}};
  const auto pairs = align_words(gold, system);
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_EQ(pairs[0], (std::pair<uint32_t, uint32_t>{2, 1}));
}

}  // namespace
}  // namespace readout::text
