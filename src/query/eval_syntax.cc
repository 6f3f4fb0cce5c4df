#include "query/eval_syntax.h"

#include <algorithm>
#include <charconv>

#include "core/utf8.h"
#include "text/conllu.h"
#include "text/eval_tokens.h"

namespace readout::query {
namespace {

struct GoldWord {
  std::string_view upos, lemma, deprel;
  std::string feats;
  uint32_t head = UINT32_MAX;  // index of a word of the whole treebank; UINT32_MAX: root
};

std::string_view main_relation(std::string_view deprel) { return deprel.substr(0, deprel.find(':')); }

/// The features that the shared task compared.
std::string universal_feats(std::string_view feats) {
  static constexpr std::string_view kUniversal[] = {
      "PronType", "NumType", "Poss",   "Reflex", "Foreign", "Abbr",  "Gender",  "Animacy",  "Number", "Case",    "Definite",
      "Degree",   "VerbForm", "Mood",  "Tense",  "Aspect",  "Voice", "Evident", "Polarity", "Person", "Polite"};
  std::string out;
  while (!feats.empty() && feats != "_") {
    const size_t end = std::min(feats.find('|'), feats.size());
    const std::string_view one = feats.substr(0, end);
    const std::string_view name = one.substr(0, one.find('='));
    for (const std::string_view u : kUniversal) {
      if (u == name) out.append(out.empty() ? "" : "|").append(one);
    }
    feats.remove_prefix(std::min(end + 1, feats.size()));
  }
  return out;
}

std::vector<GoldWord> gold_words(const std::vector<text::ConlluSentence>& sentences) {
  std::vector<GoldWord> words;
  for (const auto& sentence : sentences) {
    const auto base = static_cast<uint32_t>(words.size());
    for (const auto& row : sentence.rows) {
      if (row.is_range() || row.is_empty_node()) continue;
      GoldWord word{row.upos, row.lemma, main_relation(row.deprel), universal_feats(row.feats), UINT32_MAX};
      uint32_t head = 0;
      std::from_chars(row.head.data(), row.head.data() + row.head.size(), head);
      if (head > 0) word.head = base + head - 1;
      words.push_back(std::move(word));
    }
  }
  return words;
}

/// A document of given words: one blank between them, given sentences.
Result<Document> document_of(const std::vector<std::vector<std::string_view>>& sentences, const Engine& engine, Scratch& scratch) {
  TextLayer text;
  TokenLayer tokens;
  for (const auto& sentence : sentences) {
    const auto first = static_cast<uint32_t>(tokens.span.size());
    const SentenceId id{static_cast<uint32_t>(tokens.sentences.size())};
    for (const std::string_view word : sentence) {
      const auto begin = static_cast<uint32_t>(text.source.size());
      text.source.append(word).push_back(' ');
      tokens.span.push_back({begin, static_cast<uint32_t>(begin + word.size())});
      tokens.flags.push_back(TokenFlags::kSpaceAfter);
      tokens.sentence.push_back(id);
    }
    tokens.sentences.push_back({TokenId{first}, TokenId{static_cast<uint32_t>(tokens.span.size())}});
    tokens.sentence_block.push_back(kNone<BlockId>);
    tokens.sentence_turn.push_back(kNone<TurnId>);
  }
  std::vector<Draft> drafts;
  drafts.emplace_back(std::move(text));
  if (auto set = drafts[0].set(StructureLayer{}); !set) return set.error();
  if (auto set = drafts[0].set(std::move(tokens)); !set) return set.error();
  if (auto ran = engine.pipeline().run_after(drafts, scratch, {Layer::Structure, Layer::Tokens}); !ran) return ran.error();
  return std::move(drafts.front()).finish();
}

void count(const std::vector<GoldWord>& gold, const std::vector<std::pair<uint32_t, uint32_t>>& pairs,
           const std::vector<GoldWord>& system, SyntaxScores& scores) {
  std::vector<uint32_t> partner(system.size(), UINT32_MAX - 1);  // gold word of each system word
  for (const auto& [g, s] : pairs) partner[s] = g;
  for (Score* score : {&scores.words, &scores.upos, &scores.feats, &scores.lemma, &scores.uas, &scores.las}) {
    score->gold += gold.size();
    score->system += system.size();
  }
  for (const auto& [g, s] : pairs) {
    const GoldWord& want = gold[g];
    const GoldWord& got = system[s];
    ++scores.words.correct;
    scores.upos.correct += want.upos == got.upos ? 1 : 0;
    scores.feats.correct += want.feats == got.feats ? 1 : 0;
    scores.lemma.correct += want.lemma == got.lemma || want.lemma == "_" ? 1 : 0;
    const uint32_t head = got.head == UINT32_MAX ? UINT32_MAX : partner[got.head];
    if (head == want.head) {
      ++scores.uas.correct;
      scores.las.correct += want.deprel == got.deprel ? 1 : 0;
    }
  }
}

void append_words(const Document& doc, std::vector<GoldWord>& out) {
  const SyntaxLayer& syntax = *doc.syntax();
  const auto base = static_cast<uint32_t>(out.size());
  for (uint32_t i = 0; i < doc.tokens()->size(); ++i) {
    GoldWord word{name(syntax.upos[i]), doc.str(syntax.lemma[i]), main_relation(name(syntax.dep[i])),
                  universal_feats(syntax.feats[i] == kNone<Sym> ? "_" : doc.str(syntax.feats[i])), UINT32_MAX};
    if (index(syntax.head[i]) != i) word.head = base + index(syntax.head[i]);
    out.push_back(std::move(word));
  }
}

}  // namespace

Result<SyntaxScores> eval_syntax(std::string_view conllu, const Engine& engine, bool raw) {
  const auto sentences = text::read_conllu(conllu);
  if (!sentences) return sentences.error();
  const std::vector<GoldWord> gold = gold_words(*sentences);
  SyntaxScores scores;
  Scratch scratch;
  std::vector<Document> docs;  // keep the words' bytes
  std::vector<GoldWord> system;
  std::vector<std::pair<uint32_t, uint32_t>> pairs;
  if (!raw) {
    std::vector<std::vector<std::string_view>> words;
    for (const auto& sentence : *sentences) {
      auto& forms = words.emplace_back();
      for (const auto& row : sentence.rows) {
        if (!row.is_range() && !row.is_empty_node()) forms.push_back(row.form);
      }
    }
    auto doc = document_of(words, engine, scratch);
    if (!doc) return doc.error();
    docs.push_back(std::move(*doc));
    append_words(docs.back(), system);
    for (uint32_t i = 0; i < gold.size(); ++i) pairs.emplace_back(i, i);
  } else {
    const text::ConlluText rebuilt = text::rebuild_text(*sentences);
    std::vector<text::PlacedWord> placed;
    docs.reserve(rebuilt.document_begins.size());
    for (size_t d = 0; d < rebuilt.document_begins.size(); ++d) {
      const uint32_t begin = rebuilt.document_begins[d];
      const size_t end = d + 1 < rebuilt.document_begins.size() ? rebuilt.document_begins[d + 1] : rebuilt.text.size();
      TextLayer text;
      text.source = rebuilt.text.substr(begin, end - begin);
      std::vector<Draft> drafts;
      drafts.emplace_back(std::move(text));
      if (auto ran = engine.pipeline().run(drafts, scratch); !ran) return ran.error();
      docs.push_back(std::move(drafts.front()).finish());
      text::place_words(docs.back(), begin, placed);
      append_words(docs.back(), system);
    }
    pairs = text::align_words(text::place_words(rebuilt), placed);
  }
  count(gold, pairs, system, scores);
  return scores;
}

Result<EntityScores> eval_entities(std::string_view iob2, const Engine& engine) {
  std::vector<std::vector<std::string_view>> words(1), tags(1);
  while (!iob2.empty()) {
    const size_t end = std::min(iob2.find('\n'), iob2.size());
    const std::string_view line = iob2.substr(0, end);
    iob2.remove_prefix(std::min(end + 1, iob2.size()));
    if (line.empty()) {
      if (!words.back().empty()) {
        words.emplace_back();
        tags.emplace_back();
      }
      continue;
    }
    if (line.starts_with("#")) continue;
    const size_t first = line.find('\t');
    const size_t second = first == std::string_view::npos ? first : line.find('\t', first + 1);
    if (second == std::string_view::npos) return Error{Code::BadInput, "three columns are wanted: " + std::string(line)};
    words.back().push_back(line.substr(first + 1, second - first - 1));
    std::string_view tag = line.substr(second + 1);
    tags.back().push_back(tag.substr(0, tag.find('\t')));
  }
  if (words.back().empty()) {
    words.pop_back();
    tags.pop_back();
  }
  Scratch scratch;
  auto doc = document_of(words, engine, scratch);
  if (!doc) return doc.error();
  using Found = std::pair<TokenRange, std::string>;
  std::vector<Found> gold, system;
  std::vector<bool> left_open;  // words whose tag is `_`: an entity found there is neither right nor wrong
  uint32_t at = 0;
  for (const auto& sentence : tags) {
    for (size_t i = 0; i < sentence.size(); ++i) {
      if (!sentence[i].starts_with("B-")) continue;
      const std::string_view type = sentence[i].substr(2);
      size_t end = i + 1;
      while (end < sentence.size() && sentence[end] == "I-" + std::string(type)) ++end;
      if (type == "PER" || type == "ORG" || type == "LOC") {
        gold.push_back({{TokenId{static_cast<uint32_t>(at + i)}, TokenId{static_cast<uint32_t>(at + end)}}, std::string(type)});
      }
    }
    for (const std::string_view tag : sentence) left_open.push_back(tag == "_");
    at += static_cast<uint32_t>(sentence.size());
  }
  for (const Entity& entity : doc->entities()->entities) {
    const std::string type = entity.type == EntityType::Person ? "PER"
                             : entity.type == EntityType::Organisation ? "ORG"
                             : entity.type == EntityType::Location || entity.type == EntityType::Gpe ? "LOC" : "";
    if (type.empty()) continue;
    const auto begin = left_open.begin() + index(entity.tokens.begin), end = left_open.begin() + index(entity.tokens.end);
    if (std::find(begin, end, true) == end) system.push_back({entity.tokens, type});
  }
  EntityScores scores;
  size_t s = 0;
  const auto words_of = [&](const Found& f) {
    const SentenceId sentence = doc->tokens()->sentence[index(f.first.begin)];
    return f.second + " [" + std::string(doc->text(doc->span(f.first))) + "] in: " + std::string(doc->text(doc->sentence_span(sentence)));
  };
  for (const Found& g : gold) {
    ++scores.all.gold;
    ++scores.by_type[g.second].gold;
  }
  for (const Found& f : system) {
    ++scores.all.system;
    ++scores.by_type[f.second].system;
  }
  std::vector<bool> used(system.size(), false);
  for (const Found& g : gold) {
    while (s < system.size() && system[s].first.begin < g.first.begin) ++s;
    if (s < system.size() && system[s] == g) {
      used[s] = true;
      ++scores.all.correct;
      ++scores.by_type[g.second].correct;
    } else {
      scores.failures.push_back("missed " + words_of(g));
    }
  }
  for (size_t i = 0; i < system.size(); ++i) {
    if (!used[i]) scores.failures.push_back("extra " + words_of(system[i]));
  }
  return scores;
}

}  // namespace readout::query
