#include "readout/document.h"

#include <algorithm>

#include "core/check.h"
#include "core/hash.h"
#include "core/symbol_table.h"
#include "core/utf8.h"

namespace readout {

void OffsetMap::push(const Run& run, uint32_t plain_len) {
  READOUT_CHECK(run.plain == plain_end_);
  plain_end_ += plain_len;
  if (plain_len == 0) return;
  if (run.plain_step != 0 && !runs_.empty()) {
    // Adjoining runs of equal steps are one.
    Run& last = runs_.back();
    if (last.plain_step == run.plain_step && last.source_step == run.source_step &&
        last.source + last.source_len == run.source) {
      last.source_len += run.source_len;
      return;
    }
  }
  runs_.push_back(run);
}

void OffsetMap::append(uint32_t plain, uint32_t plain_len, uint32_t source, uint32_t source_len,
                       bool identity) {
  READOUT_CHECK(!identity || plain_len == source_len);
  const uint8_t step = identity ? 1 : 0;
  push({plain, source, source_len, step, step}, plain_len);
}

void OffsetMap::append_character(uint32_t plain, uint32_t plain_len, uint32_t source,
                                 uint32_t source_len) {
  READOUT_CHECK(plain_len < 256 && source_len < 256);
  push({plain, source, source_len, static_cast<uint8_t>(plain_len), static_cast<uint8_t>(source_len)},
       plain_len);
}

void OffsetMap::append_through(const OffsetMap& first, uint32_t plain, uint32_t middle, uint32_t len) {
  if (first.identity()) return append(plain, len, middle, len, true);
  const uint32_t end = middle + len;
  auto it = std::upper_bound(first.runs_.begin(), first.runs_.end(), middle,
                             [](uint32_t o, const Run& run) { return o < run.plain; });
  if (it != first.runs_.begin()) --it;
  for (uint32_t at = middle; at < end; ++it) {
    READOUT_CHECK(it != first.runs_.end());
    const uint32_t run_end = std::next(it) == first.runs_.end() ? first.plain_end_ : std::next(it)->plain;
    const uint32_t stop = std::min(end, run_end);
    if (stop <= at) continue;
    Run run{plain + (at - middle), it->source, it->source_len, it->plain_step, it->source_step};
    if (it->plain_step != 0) {
      const uint32_t from = (at - it->plain) / it->plain_step;
      const uint32_t to = (stop - it->plain + it->plain_step - 1U) / it->plain_step;
      // A cut inside of a character would break the rhythm of the run: such a piece is a unit.
      if ((at - it->plain) % it->plain_step != 0 || (stop - it->plain) % it->plain_step != 0) {
        run.plain_step = run.source_step = 0;
      }
      run.source = it->source + from * it->source_step;
      run.source_len = (to - from) * it->source_step;
    }
    push(run, stop - at);
    at = stop;
  }
}

OffsetMap OffsetMap::composed(const OffsetMap& first) const {
  if (first.identity()) return *this;
  OffsetMap out;
  for (size_t i = 0; i < runs_.size(); ++i) {
    const Run& run = runs_[i];
    const uint32_t len = (i + 1 < runs_.size() ? runs_[i + 1].plain : plain_end_) - run.plain;
    if (run.plain_step == 1 && run.source_step == 1) {
      out.append_through(first, run.plain, run.source, len);
      continue;
    }
    const uint32_t step = run.plain_step != 0 ? run.plain_step : len;
    uint32_t source = run.source;
    const uint32_t source_step = run.plain_step != 0 ? run.source_step : run.source_len;
    for (uint32_t at = run.plain; at < run.plain + len; at += step, source += source_step) {
      const SourceSpan span = first.to_source({source, source + source_step});
      if (run.plain_step != 0 && span.size() < 256) {
        out.append_character(at, step, span.begin, span.size());
      } else {
        out.append(at, step, span.begin, span.size(), false);
      }
    }
  }
  return out;
}

SourceSpan OffsetMap::to_source(Span span) const {
  if (runs_.empty()) return {span.begin, span.end};
  const auto run_of = [&](uint32_t offset) {
    auto it = std::upper_bound(runs_.begin(), runs_.end(), offset,
                               [](uint32_t o, const Run& run) { return o < run.plain; });
    return it == runs_.begin() ? it : std::prev(it);
  };
  const auto first = run_of(span.begin);
  const uint32_t begin =
      first->plain_step != 0
          ? first->source + (span.begin - first->plain) / first->plain_step * first->source_step
          : first->source;
  if (span.empty()) return {begin, begin};
  const auto last = run_of(span.end - 1);
  const uint32_t end =
      last->plain_step != 0
          ? last->source +
                (span.end - last->plain + last->plain_step - 1U) / last->plain_step * last->source_step
          : last->source + last->source_len;
  return {std::min(begin, end), end};
}

uint32_t OffsetMap::to_plain(uint32_t source) const {
  if (runs_.empty()) return source;
  const auto it = std::partition_point(runs_.begin(), runs_.end(), [&](const Run& run) {
    return run.source + run.source_len <= source;
  });
  if (it == runs_.end()) return plain_end_;
  if (it->plain_step != 0 && it->source_step != 0 && source > it->source) {
    return it->plain + (source - it->source + it->source_step - 1U) / it->source_step * it->plain_step;
  }
  return it->plain;
}

Document::Document() = default;
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

std::string_view Document::str(Sym sym) const& { return symbols_->str(sym); }
Sym Document::find(std::string_view text) const { return symbols_->find(text); }

Span Document::span(TokenRange range) const {
  if (range.empty()) return {};
  return {tokens_->span[index(range.begin)].begin, tokens_->span[index(range.end) - 1].end};
}

TokenId Document::token_at(uint32_t offset) const {
  const auto& spans = tokens_->span;
  const auto it = std::partition_point(spans.begin(), spans.end(),
                                       [&](Span s) { return s.end <= offset; });
  return TokenId{static_cast<uint32_t>(it - spans.begin())};
}

TokenRange Document::tokens_in(Span span) const {
  const auto& spans = tokens_->span;
  const auto first = std::partition_point(spans.begin(), spans.end(),
                                          [&](Span s) { return s.end <= span.begin; });
  const auto last = std::partition_point(first, spans.end(),
                                         [&](Span s) { return s.begin < span.end; });
  return {TokenId{static_cast<uint32_t>(first - spans.begin())},
          TokenId{static_cast<uint32_t>(last - spans.begin())}};
}

std::optional<SentenceId> Document::sentence_of(Span span) const {
  const uint32_t n = tokens_->size();
  if (n == 0) return std::nullopt;
  return tokens_->sentence[std::min(index(token_at(span.begin)), n - 1)];
}

Draft::Draft(TextLayer text) {
  doc_.id_ = sha256_hex(text.source);
  doc_.text_ = std::make_unique<TextLayer>(std::move(text));
  doc_.symbols_ = std::make_unique<SymbolTable>();
}

Sym Draft::intern(std::string_view text) { return doc_.symbols_->intern(text); }

void Draft::note(Span span, std::string_view code, std::string_view detail) {
  doc_.text_->notes.push_back({span, std::string(code), std::string(detail)});
}

Document Draft::finish() && { return std::move(doc_); }

namespace {

Error broken(std::string_view layer, std::string_view what) {
  return {Code::Internal, std::string(layer) + ": " + std::string(what)};
}

bool in_bounds(Span span, std::string_view plain) {
  return span.begin <= span.end && span.end <= plain.size() &&
         utf8::is_boundary(plain, span.begin) && utf8::is_boundary(plain, span.end);
}

/// Rows sorted by span (equal spans allowed) and all of them in bounds.
template <class Rows, class Get>
bool sorted_in_bounds(const Rows& rows, Get get, std::string_view plain) {
  uint32_t last = 0;
  for (const auto& row : rows) {
    const Span span = get(row);
    if (!in_bounds(span, plain) || span.begin < last) return false;
    last = span.begin;
  }
  return true;
}

template <class T>
Result<void> put(std::unique_ptr<T>& slot, T layer, std::string_view name) {
  if (slot) return broken(name, "written twice");
  slot = std::make_unique<T>(std::move(layer));
  return {};
}

}  // namespace

Result<void> Draft::set(StructureLayer layer) {
  uint32_t last = 0;
  for (const Block& block : layer.blocks) {
    if (!in_bounds(block.span, doc_.plain()) || block.span.begin < last || block.span.empty()) {
      return broken("structure", "blocks must be sorted, disjoint, not empty, in bounds");
    }
    last = block.span.end;
  }
  last = 0;
  for (const Turn& turn : layer.turns) {
    if (!in_bounds(turn.span, doc_.plain()) || turn.span.begin < last) {
      return broken("structure", "turns must be sorted, disjoint, in bounds");
    }
    if (!in_bounds(turn.introduced_by, doc_.plain()) || !in_bounds(turn.speaker, doc_.plain())) {
      return broken("structure", "a turn's evidence is out of bounds");
    }
    last = turn.span.end;
  }
  return put(doc_.structure_, std::move(layer), "structure");
}

Result<void> Draft::set(TokenLayer layer) {
  const size_t n = layer.span.size();
  if (layer.flags.size() != n || layer.sentence.size() != n ||
      layer.sentence_block.size() != layer.sentences.size() ||
      layer.sentence_turn.size() != layer.sentences.size()) {
    return broken("tokens", "columns differ in length");
  }
  uint32_t last = 0;
  for (const Span span : layer.span) {
    if (!in_bounds(span, doc_.plain()) || span.empty() || span.begin < last) {
      return broken("tokens", "tokens must be sorted, disjoint, not empty, in bounds");
    }
    last = span.end;
  }
  uint32_t next = 0;
  for (const TokenRange range : layer.sentences) {
    if (index(range.begin) != next || range.empty()) {
      return broken("tokens", "sentences must cover the tokens in order");
    }
    next = index(range.end);
  }
  if (next != n) return broken("tokens", "sentences must cover all tokens");
  return put(doc_.tokens_, std::move(layer), "tokens");
}

Result<void> Draft::set(SyntaxLayer layer) {
  const size_t n = doc_.tokens_ ? doc_.tokens_->size() : 0;
  if (layer.upos.size() != n || layer.feats.size() != n || layer.lemma.size() != n ||
      layer.head.size() != n || layer.dep.size() != n ||
      !(layer.score.empty() || layer.score.size() == n)) {
    return broken("syntax", "columns differ in length");
  }
  for (size_t i = 0; i < n; ++i) {
    if (index(layer.head[i]) >= n ||
        doc_.tokens_->sentence[index(layer.head[i])] != doc_.tokens_->sentence[i]) {
      return broken("syntax", "a head lies outside of its sentence");
    }
  }
  return put(doc_.syntax_, std::move(layer), "syntax");
}

Result<void> Draft::set(EntityLayer layer) {
  uint32_t last = 0;
  for (const Entity& entity : layer.entities) {
    if (index(entity.tokens.begin) < last || entity.tokens.empty() ||
        index(entity.tokens.end) > doc_.tokens_->size()) {
      return broken("entities", "entities must be sorted, disjoint, in bounds");
    }
    last = index(entity.tokens.end);
  }
  return put(doc_.entities_, std::move(layer), "entities");
}

Result<void> Draft::set(ActorLayer layer) {
  if (!sorted_in_bounds(layer.mentions, [](const Mention& m) { return m.span; }, doc_.plain())) {
    return broken("actors", "mentions must be sorted and in bounds");
  }
  for (const Mention& mention : layer.mentions) {
    for (const ActorId actor : mention.actors) {
      if (index(actor) >= layer.actors.size()) return broken("actors", "unknown actor");
    }
  }
  const size_t turns = doc_.structure_ ? doc_.structure_->turns.size() : 0;
  if (layer.turn_speaker.size() != turns || layer.turn_addressee.size() != turns) {
    return broken("actors", "one speaker and addressee list a turn is wanted");
  }
  return put(doc_.actors_, std::move(layer), "actors");
}

Result<void> Draft::set(QuoteLayer layer) {
  if (!sorted_in_bounds(layer.quotes, [](const Quote& q) { return q.span; }, doc_.plain())) {
    return broken("quotes", "quotes must be sorted and in bounds");
  }
  if (layer.token_voice.size() != doc_.tokens_->size()) {
    return broken("quotes", "one voice a token is wanted");
  }
  return put(doc_.quotes_, std::move(layer), "quotes");
}

#define READOUT_SET_SORTED(LayerType, member, rows, field)                                       \
  Result<void> Draft::set(LayerType layer) {                                                     \
    if (!sorted_in_bounds(layer.rows, [](const auto& row) { return row.field; }, doc_.plain())) { \
      return broken(#rows, "rows must be sorted and in bounds");                                 \
    }                                                                                            \
    return put(doc_.member, std::move(layer), #rows);                                            \
  }
READOUT_SET_SORTED(SayingLayer, sayings_, sayings, span)
READOUT_SET_SORTED(TimexLayer, timexes_, timexes, span)
READOUT_SET_SORTED(FigureLayer, figures_, figures, span)
READOUT_SET_SORTED(PlaceLayer, places_, places, span)
READOUT_SET_SORTED(EventLayer, events_, events, predicate)
READOUT_SET_SORTED(CommitmentLayer, commitments_, commitments, span)
READOUT_SET_SORTED(AgreementLayer, agreements_, agreements, span)
READOUT_SET_SORTED(TopicLayer, topics_, topics, span)
#undef READOUT_SET_SORTED

}  // namespace readout
