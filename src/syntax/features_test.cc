#include "syntax/features.h"

#include <gtest/gtest.h>

#include "syntax/lemma.h"

namespace readout::syntax {
namespace {

struct Want {
  const char* form;
  std::vector<uint32_t> affix, shape, gram;
};

// Made by training/syntax/features.py: hashed(form).
TEST(Features, EqualThoseOfTraining) {
  const Want cases[] = {
      {"Minister", {5860, 15810, 14788, 9251, 11805, 287, 595, 6800, 3286}, {671, 1815, 1871},
       {15936, 1317, 15942, 3260, 7920, 2981, 8108, 10042, 6339, 2907, 13147, 1935, 16033, 6539, 8904}},
      {"n\u2019t", {4433, 16052, 16273, 0, 3984, 11180, 8808, 0, 0}, {1362, 897, 1172}, {5783, 9013, 688, 11935, 6927}},
      {"\u0130lham", {16152, 10857, 10393, 7120, 10378, 4701, 8820, 12120, 1265}, {1164, 456, 1884},
       {6972, 6414, 14450, 11914, 1218, 6479, 2610, 10330, 9106}},
      {"U.N.", {7342, 5013, 8204, 14788, 13067, 6772, 7536, 14795, 0}, {1660, 325, 685},
       {12219, 6027, 7118, 2865, 10071, 3526, 7014}},
      {"2,000", {4653, 3071, 12240, 12589, 5246, 3336, 12554, 10479, 6981}, {2038, 598, 998},
       {10036, 9064, 4671, 8442, 11296, 3297, 4605, 2679, 6997}},
      {"\u2014", {15273, 0, 0, 0, 965, 0, 0, 0, 0}, {1485, 476, 1751}, {1042}},
  };
  SpellingScratch scratch;
  Pieces got;
  for (const Want& want : cases) {
    pieces(want.form, scratch, got);
    EXPECT_EQ(std::vector<uint32_t>(got.affix.begin(), got.affix.end()), want.affix) << want.form;
    EXPECT_EQ(std::vector<uint32_t>(got.shape.begin(), got.shape.end()), want.shape) << want.form;
    EXPECT_EQ(std::vector<uint32_t>(got.gram.begin(), got.gram.begin() + got.grams), want.gram) << want.form;
  }
}

TEST(Lemma, ScriptsMakeWords) {
  const struct {
    const char *script, *form, *lemma;
  } cases[] = {{"L3|y", "Cities", "city"},   {"K0|", "Paris", "Paris"},   {"T0|", "PARIS", "Paris"}, {"=be", "was", "be"},
               {"L1|", "\u00C9t\u00E9s", "\u00E9t\u00E9"}, {"L9|x", "ab", ""}, {"K1|", "\u00E9", ""}};
  std::string out;
  for (const auto& c : cases) {
    const auto script = parse_lemma_script(c.script);
    ASSERT_TRUE(script) << c.script;
    make_lemma(*script, c.form, out);
    EXPECT_EQ(out, std::string_view(c.script) == "L9|x" ? "ab" : c.lemma) << c.script << " " << c.form;
  }
}

TEST(Lemma, DamagedScriptsAreRefused) {
  for (const char* text : {"", "L", "L|x", "Lx|y", "Q1|y", "L1"}) EXPECT_FALSE(parse_lemma_script(text)) << text;
}

}  // namespace
}  // namespace readout::syntax
