#include "syntax/stage.h"

#include <gtest/gtest.h>

#include "discourse/structure.h"
#include "syntax/parser.h"
#include "text/tokens.h"

namespace readout::syntax {
namespace {

TEST(SyntaxStage, KnowsIrregularVerbsByTheirTable) {
  const auto path = find_model();
  ASSERT_TRUE(path);
  const auto parser = Parser::open(*path, model::KernelChoice::Best);
  ASSERT_TRUE(parser);
  std::vector<std::unique_ptr<const Stage>> stages;
  stages.push_back(discourse::make_structure_stage());
  stages.push_back(text::make_token_stage());
  stages.push_back(make_syntax_stage(*parser));
  auto pipeline = Pipeline::create(std::move(stages));
  ASSERT_TRUE(pipeline);
  Scratch scratch;
  TextLayer text;
  text.source = "The troops withdrew quickly. Both sides have Forgone their claims. The minister left.";
  std::vector<Draft> batch;
  batch.emplace_back(std::move(text));
  ASSERT_TRUE(pipeline->run(batch, scratch));
  const Document doc = std::move(batch.front()).finish();
  const SyntaxLayer& syntax = *doc.syntax();
  size_t seen = 0;
  for (uint32_t t = 0; t < doc.tokens()->size(); ++t) {
    const std::string_view word = doc.word(TokenId{t}), lemma = doc.str(syntax.lemma[t]);
    const std::string_view want = word == "withdrew" ? "withdraw" : word == "Forgone" ? "forgo" : word == "left" ? "leave" : "";
    if (want.empty() || syntax.upos[t] != Upos::Verb) continue;
    EXPECT_EQ(lemma, want) << word;
    ++seen;
  }
  EXPECT_GE(seen, 2U);
}

}  // namespace
}  // namespace readout::syntax
