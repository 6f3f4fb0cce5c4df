// The shipped model: what must hold whatever it has learned, and hand-made hard cases.
#include "syntax/network.h"

#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <sstream>
#include <thread>

#include "syntax/parser.h"

namespace readout::syntax {
namespace {

std::shared_ptr<const Parser> parser(model::KernelChoice choice = model::KernelChoice::Best) {
  const auto path = find_model();
  if (!path) return nullptr;
  auto opened = Parser::open(*path, choice);
  return opened ? *opened : nullptr;
}

struct Words {
  std::vector<std::string> forms;
  std::vector<std::string_view> views;
  std::vector<uint32_t> ends;

  void add(const std::vector<std::string>& sentence) {
    forms.insert(forms.end(), sentence.begin(), sentence.end());
    ends.push_back(static_cast<uint32_t>(forms.size()));
  }
  void run(const Parser& p, Workspace& ws) {
    views.assign(forms.begin(), forms.end());
    p.network().run(views, ends, ws);
  }
};

std::vector<std::string> split(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> out;
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

/// Words of all kinds: letters of several scripts, marks, numbers, emoji, damaged bytes, very long ones.
std::vector<std::string> random_sentence(std::mt19937& random, size_t n) {
  static const char* kPieces[] = {"the", "Minister", "agreed", "ON", "2,000", "\u201c", "\u2014", "\u0259", "\u041c\u043e\u0441\u043a\u0432\u0430",
                                  "\U0001F600", "-", ".", "%", "a", "\xff", "$", "\u5317\u4eac", "www.x.org/a_b?c=1", "'s", "\u0130"};
  std::vector<std::string> out;
  for (size_t i = 0; i < n; ++i) {
    std::string word = kPieces[random() % std::size(kPieces)];
    while (random() % 4 == 0 && word.size() < 300) word += kPieces[random() % std::size(kPieces)];
    out.push_back(word);
  }
  return out;
}

void expect_trees(const Words& words, const Workspace& ws) {
  uint32_t begin = 0;
  for (const uint32_t end : words.ends) {
    size_t roots = 0;
    for (uint32_t w = begin; w < end; ++w) {
      roots += ws.head[w] == 0 ? 1 : 0;
      size_t steps = 0;
      for (uint32_t j = w - begin + 1; j != 0; j = ws.head[begin + j - 1]) {
        ASSERT_LE(j, end - begin);
        ASSERT_LE(++steps, end - begin);
      }
      ASSERT_GE(ws.arc_score[w], 0.0F);
      ASSERT_LE(ws.arc_score[w], 1.0F);
    }
    ASSERT_EQ(roots, end > begin ? 1U : 0U);
    begin = end;
  }
}

template <class T>
bool same(const std::vector<T>& all, size_t from, const std::vector<T>& one, size_t n) {
  return std::memcmp(all.data() + from, one.data(), n * sizeof(T)) == 0;
}

TEST(Network, AnyWordsGiveTrees) {
  const auto p = parser();
  ASSERT_NE(p, nullptr);
  std::mt19937 random(11);
  Words words;
  for (const size_t n : {1U, 2U, 3U, 17U, 399U, 400U, 401U, 1300U}) words.add(random_sentence(random, n));
  for (int i = 0; i < 150; ++i) words.add(random_sentence(random, 1 + random() % 40));
  Workspace ws;
  words.run(*p, ws);
  expect_trees(words, ws);
}

TEST(Network, ASentenceDoesNotDependOnItsBatchOrOnUsedMemory) {
  const auto p = parser();
  ASSERT_NE(p, nullptr);
  std::mt19937 random(12);
  Words all;
  for (int i = 0; i < 90; ++i) all.add(random_sentence(random, 1 + random() % 50));
  Workspace ws;
  all.run(*p, ws);
  Workspace used;
  uint32_t begin = 0;
  for (size_t s = 0; s < all.ends.size(); ++s) {
    Words one;
    one.add({all.forms.begin() + begin, all.forms.begin() + all.ends[s]});
    one.run(*p, used);
    const size_t n = all.ends[s] - begin;
    EXPECT_TRUE(same(ws.head, begin, used.head, n) && same(ws.dep, begin, used.dep, n) && same(ws.upos, begin, used.upos, n) &&
                same(ws.script, begin, used.script, n) && same(ws.tag, begin, used.tag, n) &&
                same(ws.arc_score, begin, used.arc_score, n))
        << s;
    begin = all.ends[s];
  }
}

TEST(Network, EqualOnEveryProcessorAndThread) {
  const auto best = parser();
  ASSERT_NE(best, nullptr);
  std::mt19937 random(13);
  Words words;
  for (int i = 0; i < 12; ++i) words.add(random_sentence(random, 1 + random() % 20));
  Workspace want;
  words.run(*best, want);
  for (const auto choice : {model::KernelChoice::Plain, model::KernelChoice::Avx2, model::KernelChoice::Avx512, model::KernelChoice::Neon, model::KernelChoice::NeonDot}) {
    const auto other = parser(choice);
    if (other == nullptr) continue;  // this processor lacks it
    Workspace ws;
    words.run(*other, ws);
    EXPECT_TRUE(ws.head == want.head && ws.dep == want.dep && ws.upos == want.upos && ws.feats == want.feats &&
                ws.script == want.script && ws.tag == want.tag && ws.arc_score == want.arc_score)
        << other->kernels();
  }
  std::vector<Workspace> of(3);
  std::vector<std::thread> threads;
  for (Workspace& ws : of) threads.emplace_back([&words, &best, &ws] { best->network().run(words.views, words.ends, ws); });
  for (std::thread& t : threads) t.join();
  for (const Workspace& ws : of) EXPECT_TRUE(ws.head == want.head && ws.arc_score == want.arc_score);
}

TEST(Network, NoWordsGiveNothing) {
  const auto p = parser();
  ASSERT_NE(p, nullptr);
  Words none;
  Workspace ws;
  none.run(*p, ws);
  EXPECT_TRUE(ws.head.empty());
}

struct Case {
  const char* sentence;  // words with blanks between them
  const char* word;
  Upos upos;
  const char* lemma;     // null: any
};

TEST(Network, HardCases) {
  const auto p = parser();
  ASSERT_NE(p, nullptr);
  const Case cases[] = {
      {"MINISTERS MEET IN GENEVA", "MEET", Upos::Verb, "meet"},
      {"MINISTERS MEET IN GENEVA", "IN", Upos::Adp, "in"},
      {"LEADERS SIGN PEACE DEAL", "SIGN", Upos::Verb, nullptr},
      {"the ministers met on tuesday", "met", Upos::Verb, "meet"},
      {"They will meet again", "meet", Upos::Verb, "meet"},
      {"The meeting was short .", "meeting", Upos::Noun, "meeting"},
      {"We are meeting them today .", "meeting", Upos::Verb, "meet"},
      {"He was appointed minister .", "was", Upos::Aux, "be"},
      {"He was a minister .", "was", Upos::Aux, "be"},
      {"The troops left the town .", "left", Upos::Verb, "leave"},
      {"Turn left at the bridge .", "left", Upos::Adv, nullptr},
      {"They did n\u2019t agree .", "n\u2019t", Upos::Part, nullptr},
      {"They did n't agree .", "n't", Upos::Part, "not"},
      {"They did n't agree .", "did", Upos::Aux, "do"},
      {"Both sides agreed to return the prisoners .", "to", Upos::Part, "to"},
      {"They went to Brussels .", "to", Upos::Adp, "to"},
      {"They went to Brussels .", "Brussels", Upos::Propn, "Brussels"},
      {"They went to Brussels .", "went", Upos::Verb, "go"},
      {"More than 1,600 bodies were handed over .", "1,600", Upos::Num, "1,600"},
      {"More than 1,600 bodies were handed over .", "bodies", Upos::Noun, "body"},
      {"More than 1,600 bodies were handed over .", "handed", Upos::Verb, "hand"},
      {"The countries ' leaders spoke .", "countries", Upos::Noun, "country"},
      {"The countries ' leaders spoke .", "spoke", Upos::Verb, "speak"},
      {"I thank you , Mr. President .", "thank", Upos::Verb, "thank"},
      {"I thank you , Mr. President .", "I", Upos::Pron, "I"},
      {"Our children have grown .", "children", Upos::Noun, "child"},
      {"Our children have grown .", "have", Upos::Aux, "have"},
      {"We have three ships .", "have", Upos::Verb, "have"},
      {"We have three ships .", "three", Upos::Num, "three"},
      {"If they come , we will talk .", "If", Upos::Sconj, "if"},
      {"She said that it was better .", "that", Upos::Sconj, "that"},
      {"She said that it was better .", "better", Upos::Adj, "good"},
      {"That treaty is old .", "That", Upos::Det, "that"},
      {"The ceasefire that was signed holds .", "that", Upos::Pron, "that"},
      {"The ceasefire that was signed holds .", "holds", Upos::Verb, "hold"},
      {"France and Germany called for talks .", "and", Upos::Cconj, "and"},
      {"France and Germany called for talks .", "France", Upos::Propn, "France"},
      {"Oh , that is sad !", "Oh", Upos::Intj, nullptr},
      {"The price rose by 5 % .", "%", Upos::Sym, "%"},
      {"It cost $ 3 billion .", "$", Upos::Sym, "$"},
      {"It cost $ 3 billion .", "billion", Upos::Num, "billion"},
      {"Russian forces withdrew quickly .", "Russian", Upos::Adj, nullptr},
      {"Russian forces withdrew quickly .", "withdrew", Upos::Verb, "withdraw"},
      {"Russian forces withdrew quickly .", "quickly", Upos::Adv, "quickly"},
      {"Mr. Nguyen Phu Trong arrived .", "Nguyen", Upos::Propn, nullptr},
      {"Secretary Blinken spoke with Foreign Minister Kuleba", "Kuleba", Upos::Propn, nullptr},
      {"Secretary Blinken spoke with Foreign Minister Kuleba", "spoke", Upos::Verb, "speak"},
      {"- the return of refugees ;", "return", Upos::Noun, "return"},
      {"Great news \U0001F600 today", "news", Upos::Noun, "news"},
      {"They should have been told earlier .", "been", Upos::Aux, "be"},
      {"They should have been told earlier .", "told", Upos::Verb, "tell"},
      {"What do you think ?", "What", Upos::Pron, "what"},
  };
  size_t wrong = 0;
  Workspace ws;
  std::string lemma;
  for (const Case& c : cases) {
    Words words;
    words.add(split(c.sentence));
    words.run(*p, ws);
    expect_trees(words, ws);
    const auto at = static_cast<size_t>(std::find(words.forms.begin(), words.forms.end(), c.word) - words.forms.begin());
    ASSERT_LT(at, words.forms.size()) << c.sentence;
    make_lemma(p->script(ws.script[at]), c.word, lemma);
    if (static_cast<Upos>(ws.upos[at]) != c.upos || (c.lemma != nullptr && lemma != c.lemma)) {
      ++wrong;
      std::printf("  %s: %s is %.*s %s\n", c.sentence, c.word, static_cast<int>(name(static_cast<Upos>(ws.upos[at])).size()),
                  name(static_cast<Upos>(ws.upos[at])).data(), lemma.c_str());
    }
  }
  // A statistical model: a few may go wrong, and are printed.
  EXPECT_LE(wrong, 4U) << "of " << std::size(cases);
}

TEST(Network, AfterWarmUpItsWorkspaceDoesNotGrow) {
  const auto p = parser();
  ASSERT_NE(p, nullptr);
  std::mt19937 random(14);
  Words words;
  for (int i = 0; i < 40; ++i) words.add(random_sentence(random, 1 + random() % 30));
  Workspace ws;
  words.run(*p, ws);
  words.run(*p, ws);
  const auto sizes = [&] {
    return std::vector<size_t>{ws.h1.capacity(), ws.h2.capacity(), ws.bytes.capacity(), ws.x.capacity(), ws.pre.capacity(), ws.in.capacity(),
                               ws.hidden.capacity(), ws.wide.capacity(), ws.type_in.capacity(), ws.scores.capacity(), ws.sums.capacity(),
                               ws.forms.capacity(), ws.slots.capacity(), ws.row_word.capacity(), ws.dep_in.capacity(), ws.tree.score.capacity()};
  };
  const auto before = sizes();
  words.run(*p, ws);
  EXPECT_EQ(sizes(), before);
}

}  // namespace
}  // namespace readout::syntax
