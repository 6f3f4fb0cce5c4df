// Marks on plain text; quotes and voices on trees written by hand, with actors of invented places.
#include "discourse/quotes.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <sstream>

#include "core/utf8.h"
#include "discourse/quote_marks.h"

namespace readout::discourse {
namespace {

std::vector<Block> paragraphs(std::string_view text) {
  std::vector<Block> blocks;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    if (end > at) {
      Block block;
      block.span = {static_cast<uint32_t>(at), static_cast<uint32_t>(end)};
      blocks.push_back(block);
    }
    at = end + 1;
  }
  return blocks;
}

std::vector<std::string> marked(std::string_view text) {
  std::vector<std::string> out;
  for (const Marked& mark : find_marked(text, paragraphs(text))) {
    out.push_back(std::string(mark.depth, '>') + (mark.continues ? "+" : "") + std::string(text.substr(mark.inner.begin, mark.inner.size())) +
                  (mark.continued ? "+" : ""));
  }
  return out;
}

using Strings = std::vector<std::string>;

TEST(QuoteMarks, ReadsAllKinds) {
  EXPECT_EQ(marked("He said “yes” and \"no\" and «perhaps» and „never“ and ``so'' it was."), (Strings{"yes", "no", "perhaps", "never", "so"}));
  EXPECT_EQ(marked("Han sa ”ja” och gick."), (Strings{"ja"}));
}

TEST(QuoteMarks, TellsApostrophesFromSingleMarks) {
  EXPECT_EQ(marked("The parties’ envoy said it’s the ‘end’ of the ’90s."), (Strings{"end"}));
  EXPECT_EQ(marked("It's the ministers' plan, 'a good one', he says."), (Strings{"a good one"}));
  EXPECT_EQ(marked("Rock 'n' roll isn't dead"), (Strings{"n"}));
}

TEST(QuoteMarks, Nests) {
  EXPECT_EQ(marked("“She told me ‘never again’ twice,” he said."), (Strings{"She told me ‘never again’ twice,", ">never again"}));
}

TEST(QuoteMarks, JoinsParagraphsThatOpenAnew) {
  EXPECT_EQ(marked("“We carry messages.\n“We carry them.\n“Honestly,” he said."), (Strings{"We carry messages.+", "+We carry them.+", "+Honestly,"}));
}

TEST(QuoteMarks, JoinsParagraphsOpenedOnce) {
  EXPECT_EQ(marked("He said: “One.\nTwo.” Then he left."), (Strings{"One.+", "+Two."}));
}

TEST(QuoteMarks, OneMissingMarkSpoilsOneParagraphOnly) {
  const auto found = marked("He said \"yes, he would.\nThen \"no\" again.");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found.back(), "no");
}

TEST(QuoteMarks, InchesOpenNothing) { EXPECT_EQ(marked("A 5\" pipe and a 6\" pipe."), Strings{}); }

// ------------------------------------------------------------------------------- on trees

/// A sentence a line of "form/lemma/upos/head/dep" (head: 1-based, 0 the root), paragraphs parted by
/// "|". `actors`: words that name an actor, by their form.
Document read_tree(const std::vector<std::string>& sentences, const std::map<std::string, std::string>& actors,
                   std::vector<std::pair<size_t, std::string>> turns = {}) {
  struct Word {
    std::string form, lemma, upos, dep;
    uint32_t head = 0;
  };
  std::string text;
  TokenLayer tokens;
  std::vector<Word> words;
  StructureLayer structure;
  for (const std::string& line : sentences) {
    const uint32_t block_begin = static_cast<uint32_t>(text.size());
    const auto first = static_cast<uint32_t>(words.size());
    std::istringstream in(line);
    for (std::string item; in >> item;) {
      Word word;
      std::string head;
      std::istringstream fields(item);
      std::getline(fields, word.form, '/');
      std::getline(fields, word.lemma, '/');
      std::getline(fields, word.upos, '/');
      std::getline(fields, head, '/');
      std::getline(fields, word.dep, '/');
      word.head = head == "0" ? static_cast<uint32_t>(words.size()) : first + static_cast<uint32_t>(std::stoul(head)) - 1;
      const auto begin = static_cast<uint32_t>(text.size());
      text += word.form;
      tokens.span.push_back({begin, static_cast<uint32_t>(text.size())});
      text += " ";
      tokens.flags.push_back(static_cast<uint8_t>(word.form[0] >= 'A' && word.form[0] <= 'Z' ? TokenFlags::kUpper | TokenFlags::kAlpha : TokenFlags::kAlpha));
      tokens.sentence.push_back(SentenceId{static_cast<uint32_t>(tokens.sentences.size())});
      words.push_back(word);
    }
    tokens.sentences.push_back({TokenId{first}, TokenId{static_cast<uint32_t>(words.size())}});
    tokens.sentence_block.push_back(BlockId{static_cast<uint32_t>(structure.blocks.size())});
    tokens.sentence_turn.push_back(kNone<TurnId>);
    Block block;
    block.span = {block_begin, static_cast<uint32_t>(text.size()) - 1};
    structure.blocks.push_back(block);
    text.back() = '\n';
  }
  for (const auto& [sentence, speaker] : turns) {
    Turn turn;
    turn.span = structure.blocks[sentence].span;
    structure.turns.push_back(turn);
  }
  TextLayer layer;
  layer.source = text;
  Draft draft(std::move(layer));
  SyntaxLayer syntax;
  ActorLayer people;
  std::map<std::string, ActorId> ids;
  const auto actor = [&](const std::string& id) {
    const auto [it, fresh] = ids.try_emplace(id, ActorId{static_cast<uint32_t>(people.actors.size())});
    if (fresh) {
      Actor a;
      a.id = draft.intern(id);
      people.actors.push_back(a);
    }
    return it->second;
  };
  for (uint32_t t = 0; t < words.size(); ++t) {
    syntax.upos.push_back(*parse_upos(words[t].upos));
    syntax.lemma.push_back(draft.intern(words[t].lemma));
    const bool past = words[t].form.ends_with("ed") || words[t].form == "said" || words[t].form == "told";
    syntax.feats.push_back(words[t].upos == "VERB" ? draft.intern(past ? "Tense=Past|VerbForm=Fin" : words[t].form.ends_with("ing") ? "VerbForm=Ger" : "VerbForm=Fin")
                                                   : kNone<Sym>);
    syntax.head.push_back(TokenId{words[t].head});
    syntax.dep.push_back(*parse_dep(words[t].dep));
    if (const auto it = actors.find(words[t].form); it != actors.end()) {
      Mention mention;
      mention.span = tokens.span[t];
      mention.tokens = {TokenId{t}, TokenId{t + 1}};
      mention.head = TokenId{t};
      mention.actors = {actor(it->second)};
      people.mentions.push_back(mention);
    }
  }
  for (const auto& [sentence, speaker] : turns) {
    people.turn_speaker.push_back({actor(speaker)});
    people.turn_addressee.push_back({});
  }
  people.publisher = actor("media:gazette");
  EXPECT_TRUE(draft.set(std::move(structure)));
  EXPECT_TRUE(draft.set(std::move(tokens)));
  EXPECT_TRUE(draft.set(std::move(syntax)));
  EXPECT_TRUE(draft.set(std::move(people)));
  std::vector<Draft> batch;
  batch.push_back(std::move(draft));
  Scratch scratch;
  EXPECT_TRUE(make_quote_stage()->run(batch, scratch));
  return std::move(batch[0]).finish();
}

/// "direct person:a -> person:b [said]: content", "-" in front where denied.
Strings quotes_of(const Document& doc) {
  Strings out;
  const auto ids = [&](const std::vector<ActorId>& actors) {
    std::string joined;
    for (const ActorId a : actors) joined += (joined.empty() ? "" : ",") + std::string(doc.str(doc.actors()->actors[index(a)].id));
    return joined.empty() ? std::string("?") : joined;
  };
  for (const Quote& quote : doc.quotes()->quotes) {
    const char* types[] = {"direct", "indirect", "mixed"};
    out.push_back(std::string(quote.denied ? "-" : "") + types[static_cast<size_t>(quote.type)] + " " + ids(quote.source) +
                  (quote.addressee.empty() ? "" : " > " + ids(quote.addressee)) + " [" + std::string(doc.text(quote.cue)) +
                  "] " + std::string(doc.text(quote.span)));
  }
  return out;
}

std::string voice_at(const Document& doc, std::string_view word) {
  for (uint32_t t = 0; t < doc.tokens()->size(); ++t) {
    if (doc.word(TokenId{t}) != word) continue;
    std::string out;
    for (const ActorId a : doc.quotes()->voices[index(doc.quotes()->token_voice[t])].chain) {
      out += (out.empty() ? "" : " > ") + (a == kNone<ActorId> ? std::string("?") : std::string(doc.str(doc.actors()->actors[index(a)].id)));
    }
    return out;
  }
  return "absent";
}

const std::map<std::string, std::string> kPeople = {{"Orla", "person:orla"}, {"Bram", "person:bram"}, {"Freedonia", "state:x-freedonia"}};

TEST(Quotes, IndirectSpeechNests) {
  const Document doc = read_tree({"Orla/Orla/PROPN/2/nsubj said/say/VERB/0/root that/that/SCONJ/5/mark Bram/Bram/PROPN/5/nsubj told/tell/VERB/2/ccomp "
                                  "Freedonia/Freedonia/PROPN/5/obj that/that/SCONJ/9/mark talks/talk/NOUN/9/nsubj failed/fail/VERB/5/ccomp ././PUNCT/2/punct"},
                                 kPeople);
  EXPECT_EQ(quotes_of(doc), (Strings{"indirect person:orla [said] Bram told Freedonia that talks failed",
                                     "indirect person:bram > state:x-freedonia [told] talks failed"}));
  EXPECT_EQ(doc.quotes()->quotes[1].parent, QuoteId{0});
  EXPECT_EQ(voice_at(doc, "said"), "media:gazette");
  EXPECT_EQ(voice_at(doc, "told"), "media:gazette > person:orla");
  EXPECT_EQ(voice_at(doc, "failed"), "media:gazette > person:orla > person:bram");
}

TEST(Quotes, DenialIsKept) {
  const Document doc = read_tree({"Freedonia/Freedonia/PROPN/2/nsubj denied/deny/VERB/0/root that/that/SCONJ/5/mark troops/troops/NOUN/5/nsubj "
                                  "fired/fire/VERB/2/ccomp ././PUNCT/2/punct"},
                                 kPeople);
  EXPECT_EQ(quotes_of(doc), (Strings{"-indirect state:x-freedonia [denied] troops fired"}));
}

TEST(Quotes, WhatCouldBeSaidWasNotSaid) {
  const Document doc = read_tree({"Orla/Orla/PROPN/3/nsubj could/can/AUX/3/aux say/say/VERB/0/root that/that/SCONJ/6/mark talks/talk/NOUN/6/nsubj "
                                  "failed/fail/VERB/3/ccomp ././PUNCT/3/punct"},
                                 kPeople);
  EXPECT_EQ(quotes_of(doc), Strings{});
}

TEST(Quotes, InvertedDirectSpeechAndItsContinuation) {
  const Document doc = read_tree({"“/“/PUNCT/3/punct Talks/talk/NOUN/3/nsubj failed/fail/VERB/0/root ,/,/PUNCT/3/punct ”/”/PUNCT/3/punct said/say/VERB/3/parataxis "
                                  "Orla/Orla/PROPN/6/nsubj ././PUNCT/3/punct",
                                  "“/“/PUNCT/3/punct We/we/PRON/3/nsubj tried/try/VERB/0/root ././PUNCT/3/punct ”/”/PUNCT/3/punct"},
                                 kPeople);
  EXPECT_EQ(quotes_of(doc), (Strings{"direct person:orla [said] Talks failed ,", "direct person:orla [] We tried ."}));
}

TEST(Quotes, AccordingToTakesTheClause) {
  const Document doc = read_tree({"According/accord/VERB/3/case to/to/ADP/1/fixed Orla/Orla/PROPN/6/obl ,/,/PUNCT/6/punct talks/talk/NOUN/6/nsubj "
                                  "failed/fail/VERB/0/root ././PUNCT/6/punct"},
                                 kPeople);
  EXPECT_EQ(quotes_of(doc), (Strings{"indirect person:orla [According to] talks failed"}));
}

TEST(Quotes, NamesAndScareMarksAreNoQuotes) {
  const Document doc = read_tree({"Orla/Orla/PROPN/2/nsubj saw/see/VERB/0/root the/the/DET/4/det film/film/NOUN/2/obj “/“/PUNCT/6/punct Dawn/Dawn/PROPN/4/appos "
                                  "”/”/PUNCT/6/punct and/and/CCONJ/11/cc a/a/DET/11/det “/“/PUNCT/11/punct ceasefire/ceasefire/NOUN/4/conj ”/”/PUNCT/11/punct ././PUNCT/2/punct"},
                                 kPeople);
  EXPECT_EQ(quotes_of(doc), Strings{});
}

TEST(Quotes, OwnSpeakerIsNoNewVoice) {
  const Document doc = read_tree({"Orla/Orla/PROPN/2/nsubj said/say/VERB/0/root talks/talk/NOUN/4/nsubj failed/fail/VERB/2/ccomp ././PUNCT/2/punct"}, kPeople,
                                 {{0, "person:orla"}});
  EXPECT_EQ(voice_at(doc, "failed"), "media:gazette > person:orla");
}

// Random words, marks and trees: whatever comes, columns keep their promises.
TEST(QuoteProperties, HoldOnRandomTrees) {
  std::mt19937 random(7);
  const Strings forms = {"Orla/Orla/PROPN", "said/say/VERB", "told/tell/VERB", "that/that/SCONJ", "\"/\"/PUNCT", "“/“/PUNCT", "”/”/PUNCT", "‘/‘/PUNCT",
                         "’/’/PUNCT", ",/,/PUNCT", "claim/claim/NOUN", "Bram/Bram/PROPN", "according/accord/VERB", "to/to/ADP", "denied/deny/VERB", "failed/fail/VERB",
                         "sure/sure/ADJ", "he/he/PRON", "called/call/VERB", "«/«/PUNCT", "»/»/PUNCT", "?/?/PUNCT", "reports/report/NOUN"};
  const Strings deps = {"nsubj", "ccomp", "xcomp", "mark", "parataxis", "obj", "advcl", "acl", "conj", "case", "nmod", "punct", "obl", "acl:relcl", "appos", "nmod:poss", "nsubj:pass"};
  for (int round = 0; round < 400; ++round) {
    Strings sentences;
    const size_t count = 1 + random() % 4;
    for (size_t s = 0; s < count; ++s) {
      const size_t n = 2 + random() % 18;
      // A random tree: a random order, each word under one that came before it.
      std::vector<size_t> order(n), head(n, 0);
      for (size_t i = 0; i < n; ++i) order[i] = i;
      std::shuffle(order.begin(), order.end(), random);
      for (size_t i = 1; i < n; ++i) head[order[i]] = order[random() % i] + 1;
      std::string line;
      for (size_t i = 0; i < n; ++i) {
        line += forms[random() % forms.size()] + "/" + std::to_string(head[i]) + "/" + (head[i] == 0 ? "root" : deps[random() % deps.size()]) + " ";
      }
      sentences.push_back(line);
    }
    const Document doc = read_tree(sentences, kPeople);
    const QuoteLayer& layer = *doc.quotes();
    ASSERT_EQ(layer.token_voice.size(), doc.tokens()->size());
    for (const VoiceId voice : layer.token_voice) ASSERT_LT(index(voice), layer.voices.size());
    for (const Voice& voice : layer.voices) {
      ASSERT_EQ(voice.chain.size(), voice.evidence.size());
    }
    for (size_t i = 0; i < layer.quotes.size(); ++i) {
      const Quote& quote = layer.quotes[i];
      ASSERT_FALSE(quote.span.empty());
      ASSERT_TRUE(utf8::is_boundary(doc.plain(), quote.span.begin) && utf8::is_boundary(doc.plain(), quote.span.end));
      if (quote.parent != kNone<QuoteId>) {
        ASSERT_LT(index(quote.parent), i);
        ASSERT_TRUE(layer.quotes[index(quote.parent)].span.contains(quote.span));
      }
      for (size_t k = 0; k < i; ++k) {
        const Span other = layer.quotes[k].span;
        ASSERT_TRUE(!other.overlaps(quote.span) || other.contains(quote.span));
      }
    }
  }
}

}  // namespace
}  // namespace readout::discourse
