// No allocation a word: the network none at all once its workspace has grown, the stages only the columns.
// Counts the calls of operator new of this whole test program, so it stands apart.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "discourse/structure.h"
#include "syntax/parser.h"
#include "syntax/stage.h"
#include "text/tokens.h"

// The sanitizers bring an operator new of their own.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

namespace {
std::atomic<size_t> allocations{0};

void* counted(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  void* p = std::malloc(size == 0 ? 1 : size);
  if (p == nullptr) std::abort();
  return p;
}
}  // namespace

void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void operator delete(void* p) noexcept { std::free(p); }
void operator delete[](void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }
void operator delete[](void* p, std::size_t) noexcept { std::free(p); }

namespace readout::syntax {
namespace {

std::shared_ptr<const Parser> shipped() {
  const auto path = find_model();
  if (!path) return nullptr;
  auto opened = Parser::open(*path, model::KernelChoice::Best);
  return opened ? *opened : nullptr;
}

TEST(Allocations, NoneInTheNetworkOnceItsWorkspaceHasGrown) {
  const auto parser = shipped();
  ASSERT_NE(parser, nullptr);
  std::vector<std::string> forms;
  std::vector<uint32_t> ends;
  for (uint32_t s = 0; s < 200; ++s) {
    for (uint32_t w = 0; w < 3 + s % 40; ++w) forms.push_back(w % 5 == 4 ? "Minister" + std::to_string(s) : w % 2 == 0 ? "talks" : "the");
    forms.emplace_back(".");
    ends.push_back(static_cast<uint32_t>(forms.size()));
  }
  const std::vector<std::string_view> words(forms.begin(), forms.end());
  Workspace ws;
  parser->network().run(words, ends, ws);
  const size_t before = allocations;
  parser->network().run(words, ends, ws);
  EXPECT_EQ(allocations - before, 0U);
}

size_t allocations_of_stages(const Pipeline& pipeline, size_t sentences, Scratch& scratch) {
  TextLayer text;
  for (size_t i = 0; i < sentences; ++i) text.source += "The ministers of France and Germany met in Paris and agreed on talks. ";
  std::vector<Draft> batch;
  batch.emplace_back(std::move(text));
  const size_t before = allocations;
  const auto done = pipeline.run(batch, scratch);
  EXPECT_TRUE(done);
  return allocations - before;
}

TEST(Allocations, GrowOnlyWithTheLogarithmOfADocument) {
  const auto parser = shipped();
  ASSERT_NE(parser, nullptr);
  std::vector<std::unique_ptr<const Stage>> stages;
  stages.push_back(discourse::make_structure_stage());
  stages.push_back(text::make_token_stage());
  stages.push_back(make_syntax_stage(parser));
  stages.push_back(make_entity_stage(parser));
  auto pipeline = Pipeline::create(std::move(stages));
  ASSERT_TRUE(pipeline);
  Scratch scratch;
  allocations_of_stages(*pipeline, 1600, scratch);  // everything grows
  const size_t small = allocations_of_stages(*pipeline, 100, scratch), large = allocations_of_stages(*pipeline, 1600, scratch);
  EXPECT_LE(large, small + 40) << small << " allocations for 1400 words, " << large << " for 22400";
}

}  // namespace
}  // namespace readout::syntax

#endif
