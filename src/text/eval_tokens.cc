// Alignment after conll18_ud_eval.py (Zeman et al. 2018, "CoNLL 2018 Shared Task").
#include "text/eval_tokens.h"

#include <algorithm>

#include "core/utf8.h"

namespace readout::text {
namespace {

void common_subsequence(const std::vector<PlacedWord>& gold, uint32_t g0, uint32_t g1,
                        const std::vector<PlacedWord>& system, uint32_t s0, uint32_t s1,
                        std::vector<std::pair<uint32_t, uint32_t>>& out) {
  const size_t n = g1 - g0, m = s1 - s0;
  if (n == 0 || m == 0) return;
  std::vector<uint32_t> length((n + 1) * (m + 1), 0);
  const auto at = [&](size_t i, size_t j) -> uint32_t& { return length[i * (m + 1) + j]; };
  const auto same = [&](size_t i, size_t j) {
    return utf8::lower(gold[g0 + i].form) == utf8::lower(system[s0 + j].form);
  };
  for (size_t i = n; i-- > 0;) {
    for (size_t j = m; j-- > 0;) {
      at(i, j) = same(i, j) ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
    }
  }
  for (size_t i = 0, j = 0; i < n && j < m;) {
    if (same(i, j)) {
      out.emplace_back(g0 + static_cast<uint32_t>(i++), s0 + static_cast<uint32_t>(j++));
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      ++i;
    } else {
      ++j;
    }
  }
}

Counts count_equal(const std::vector<Span>& gold, const std::vector<Span>& system) {
  Counts counts{gold.size(), system.size(), 0};
  for (size_t g = 0, s = 0; g < gold.size() && s < system.size();) {
    if (gold[g] == system[s]) {
      ++counts.correct;
      ++g;
      ++s;
    } else if (gold[g].begin <= system[s].begin) {
      ++g;
    } else {
      ++s;
    }
  }
  return counts;
}

}  // namespace

std::vector<std::pair<uint32_t, uint32_t>> align_words(const std::vector<PlacedWord>& gold,
                                                       const std::vector<PlacedWord>& system) {
  std::vector<std::pair<uint32_t, uint32_t>> pairs;
  uint32_t g = 0, s = 0;
  const auto behind = [](const std::vector<PlacedWord>& words, uint32_t i, uint32_t end) {
    if (i >= words.size()) return true;
    return words[i].multiword ? words[i].span.begin >= end : words[i].span.end > end;
  };
  while (g < gold.size() && s < system.size()) {
    if (gold[g].multiword || system[s].multiword) {
      uint32_t end = 0;
      if (gold[g].multiword) {
        end = gold[g].span.end;
        if (!system[s].multiword && system[s].span.begin < gold[g].span.begin) {
          ++s;
          continue;
        }
      } else {
        end = system[s].span.end;
        if (!gold[g].multiword && gold[g].span.begin < system[s].span.begin) {
          ++g;
          continue;
        }
      }
      const uint32_t g0 = g, s0 = s;
      while (!behind(gold, g, end) || !behind(system, s, end)) {
        if (g < gold.size() && (s >= system.size() || gold[g].span.begin <= system[s].span.begin)) {
          if (gold[g].multiword && gold[g].span.end > end) end = gold[g].span.end;
          ++g;
        } else {
          if (system[s].multiword && system[s].span.end > end) end = system[s].span.end;
          ++s;
        }
      }
      common_subsequence(gold, g0, g, system, s0, s, pairs);
    } else if (gold[g].span == system[s].span) {
      pairs.emplace_back(g++, s++);
    } else if (gold[g].span.begin <= system[s].span.begin) {
      ++g;
    } else {
      ++s;
    }
  }
  return pairs;
}

std::vector<PlacedWord> place_words(const ConlluText& gold) {
  std::vector<PlacedWord> out;
  for (const auto& token : gold.tokens) {
    for (uint32_t k = 0; k < token.words; ++k) {
      out.push_back({{token.begin, token.end}, gold.words[token.first_word + k], token.words > 1});
    }
  }
  return out;
}

void place_words(const Document& doc, uint32_t offset, std::vector<PlacedWord>& out) {
  const TokenLayer& tokens = *doc.tokens();
  for (uint32_t i = 0; i < tokens.size();) {
    uint32_t to = i + 1;
    while (to < tokens.size() && (tokens.flags[to] & TokenFlags::kContinuesToken) != 0) ++to;
    const Span span{tokens.span[i].begin + offset, tokens.span[to - 1].end + offset};
    for (uint32_t k = i; k < to; ++k) out.push_back({span, doc.word(TokenId{k}), to - i > 1});
    i = to;
  }
}

Result<TokenScores> eval_tokens(std::string_view conllu, const Pipeline& pipeline,
                                std::vector<std::string>* examples) {
  const auto sentences = read_conllu(conllu);
  if (!sentences) return sentences.error();
  const ConlluText gold = rebuild_text(*sentences);

  std::vector<Span> gold_tokens, gold_sentences;
  for (const auto& token : gold.tokens) gold_tokens.push_back({token.begin, token.end});
  uint32_t first = 0;
  for (const uint32_t end : gold.sentence_ends) {
    if (end > first) gold_sentences.push_back({gold.tokens[first].begin, gold.tokens[end - 1].end});
    first = end;
  }

  std::vector<Span> system_tokens, system_sentences;
  std::vector<PlacedWord> system_words;
  std::vector<Document> docs;  // keep the words' bytes
  Scratch scratch;
  for (size_t d = 0; d < gold.document_begins.size(); ++d) {
    const uint32_t begin = gold.document_begins[d];
    const uint32_t end = d + 1 < gold.document_begins.size()
                             ? gold.document_begins[d + 1]
                             : static_cast<uint32_t>(gold.text.size());
    TextLayer text;
    text.source = gold.text.substr(begin, end - begin);
    std::vector<Draft> batch;
    batch.emplace_back(std::move(text));
    if (auto done = pipeline.run(batch, scratch); !done) return done.error();
    docs.push_back(std::move(batch.front()).finish());
    const Document& doc = docs.back();
    if (doc.tokens() == nullptr) return Error{Code::Internal, "the pipeline writes no tokens"};
    place_words(doc, begin, system_words);
    for (uint32_t s = 0; s < doc.tokens()->sentences.size(); ++s) {
      const Span span = doc.sentence_span(SentenceId{s});
      system_sentences.push_back({span.begin + begin, span.end + begin});
    }
  }
  for (const PlacedWord& word : system_words) {
    if (system_tokens.empty() || system_tokens.back() != word.span)
      system_tokens.push_back(word.span);
  }

  TokenScores scores;
  scores.tokens = count_equal(gold_tokens, system_tokens);
  scores.sentences = count_equal(gold_sentences, system_sentences);
  const std::vector<PlacedWord> gold_words = place_words(gold);
  scores.words = {gold_words.size(), system_words.size(),
                  align_words(gold_words, system_words).size()};

  if (examples != nullptr) {
    const auto show = [&](Span span) {
      const uint32_t from = span.begin < 30 ? 0 : span.begin - 30;
      std::string around = gold.text.substr(from, span.end + 30 - from);
      std::replace(around.begin(), around.end(), '\n', '|');
      return "[" + gold.text.substr(span.begin, span.size()) + "] in \"" + around + "\"";
    };
    for (size_t g = 0, s = 0;
         g < gold_tokens.size() && s < system_tokens.size() && examples->size() < 4000;) {
      if (gold_tokens[g] == system_tokens[s]) {
        ++g;
        ++s;
      } else if (gold_tokens[g].begin <= system_tokens[s].begin) {
        examples->push_back("token missed " + show(gold_tokens[g++]));
      } else {
        ++s;
      }
    }
    for (size_t g = 0, s = 0;
         g < gold_sentences.size() && s < system_sentences.size() && examples->size() < 8000;) {
      if (gold_sentences[g] == system_sentences[s]) {
        ++g;
        ++s;
      } else if (gold_sentences[g].begin <= system_sentences[s].begin) {
        examples->push_back("sentence missed " + show(gold_sentences[g++]));
      } else {
        examples->push_back("sentence extra " + show(system_sentences[s++]));
      }
    }
  }
  return scores;
}

}  // namespace readout::text
