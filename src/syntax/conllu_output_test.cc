#include "syntax/conllu_output.h"

#include <gtest/gtest.h>

#include "text/conllu.h"

namespace readout::syntax {
namespace {

TEST(ConlluOutput, KeepsWordsAndFillsInTheRest) {
  const auto path = find_model();
  ASSERT_TRUE(path);
  const auto parser = Parser::open(*path);
  ASSERT_TRUE(parser);
  const std::string_view gold =
      "# sent_id = a-1\n"
      "1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
      "1\tDo\tx\tX\tQ\tA=B\t2\tdep\t2:dep\t_\n"
      "2\tn't\tx\tX\tQ\tA=B\t0\troot\t0:root\t_\n"
      "2.1\tgo\tgo\tVERB\t_\t_\t_\t_\t0:root\t_\n"
      "3\tgo\tx\tX\tQ\tA=B\t2\tdep\t_\tSpaceAfter=No\n\n";
  const auto out = annotate_conllu(gold, **parser);
  ASSERT_TRUE(out);
  const auto sentences = text::read_conllu(*out);
  ASSERT_TRUE(sentences);
  ASSERT_EQ(sentences->size(), 1U);
  const auto& rows = (*sentences)[0].rows;
  ASSERT_EQ(rows.size(), 4U);  // the empty node is left out
  EXPECT_EQ((*sentences)[0].comments[0], "# sent_id = a-1");
  EXPECT_EQ(rows[0].form, "don't");
  EXPECT_EQ(rows[0].misc, "SpaceAfter=No");
  EXPECT_EQ(rows[1].lemma, "do");
  EXPECT_EQ(rows[1].upos, "AUX");
  EXPECT_EQ(rows[1].xpos, "_");
  EXPECT_EQ(rows[3].upos, "VERB");
  EXPECT_EQ(rows[3].head, "0");
  EXPECT_EQ(rows[3].deprel, "root");
  EXPECT_EQ(rows[3].misc, "SpaceAfter=No");
}

TEST(ConlluOutput, DamagedRowsAreNamedByLine) {
  const auto path = find_model();
  ASSERT_TRUE(path);
  const auto parser = Parser::open(*path);
  ASSERT_TRUE(parser);
  const auto out = annotate_conllu("1\tonly\tthree\n\n", **parser);
  ASSERT_FALSE(out);
  EXPECT_NE(out.error().message.find("line 1"), std::string::npos);
}

}  // namespace
}  // namespace readout::syntax
