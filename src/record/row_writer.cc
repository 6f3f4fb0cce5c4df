#include "record/row_writer.h"

#include <algorithm>
#include <array>

#include "core/hash.h"
#include "core/utf8.h"

namespace readout::record {
namespace {

// Rows of one span come in this order; a kind that is not listed comes last.
constexpr std::array<std::string_view, 16> kKinds = {
    "document", "block", "turn",   "sentence", "actor",      "mention",   "quote", "timex",
    "figure",   "place", "event",  "commitment", "agreement", "topic",     "uncoded", "note"};

uint32_t kind_rank(std::string_view kind) {
  return static_cast<uint32_t>(std::find(kKinds.begin(), kKinds.end(), kind) - kKinds.begin());
}

void append_hex(std::string& out, uint64_t number) {
  static constexpr char kHex[] = "0123456789abcdef";
  for (int shift = 60; shift >= 0; shift -= 4) out.push_back(kHex[(number >> shift) & 15]);
}

}  // namespace

RowWriter::RowWriter(const Document& doc) : doc_(doc), json_(buffer_) {
  if (const TokenLayer* tokens = doc.tokens()) {
    sentence_ids_.reserve(tokens->sentences.size());
    for (size_t i = 0; i < tokens->sentences.size(); ++i) {
      const Span span = doc.sentence_span(SentenceId{static_cast<uint32_t>(i)});
      sentence_ids_.push_back(row_id("sentence", doc.to_source(span)));
    }
  }
}

std::string RowWriter::row_id(std::string_view kind, SourceSpan span, uint32_t nth) const {
  uint64_t h = fnv1a(doc_.id());
  h = fnv1a(kind, h);
  std::array<char, 12> numbers{};
  for (size_t i = 0; i < 4; ++i) {
    numbers[i] = static_cast<char>(span.begin >> (8 * i));
    numbers[4 + i] = static_cast<char>(span.end >> (8 * i));
    numbers[8 + i] = static_cast<char>(nth >> (8 * i));
  }
  h = fnv1a({numbers.data(), numbers.size()}, h);
  std::string id(kind);
  id.push_back('-');
  append_hex(id, h);
  return id;
}

void RowWriter::text_field(Span span, SourceSpan source) {
  // The bytes themselves; decoded where they are not UTF-8 (the document row names the encoding).
  const std::string_view bytes = doc_.source_text(source);
  const bool verbatim = doc_.text_layer().map.identity() || utf8::find_invalid(bytes) == std::string_view::npos;
  json_.field("text", verbatim ? bytes : doc_.text(span));
}

void RowWriter::span_fields(Span span) {
  const SourceSpan source = doc_.to_source(span);
  json_.field("begin", source.begin).field("end", source.end);
  text_field(span, source);
}

JsonWriter& RowWriter::open(std::string_view kind, Span span, std::string_view method, float score,
                            VoiceId voice) {
  const SourceSpan source = doc_.to_source(span);
  const uint32_t nth = seen_[{std::string(kind), source.begin, source.end}]++;
  last_id_ = row_id(kind, source, nth);
  rows_.push_back({source.begin, source.end, kind_rank(kind), buffer_.size(), 0});
  json_.restart();
  json_.begin_object().field("kind", kind).field("id", last_id_).field("doc", doc_.id());
  span_fields(span);
  if (kind != "document" && kind != "block" && kind != "sentence" && !sentence_ids_.empty()) {
    if (const auto sentence = doc_.sentence_of(span)) {
      json_.field("sentence", sentence_ids_[index(*sentence)]);
    }
  }
  json_.key("voice").begin_array();
  const QuoteLayer* quotes = doc_.quotes();
  if (quotes != nullptr) {
    if (voice == kNone<VoiceId> && doc_.tokens()->size() > 0) {
      const uint32_t token = std::min(index(doc_.token_at(span.begin)), doc_.tokens()->size() - 1);
      voice = quotes->token_voice[token];
    }
    if (voice != kNone<VoiceId>) {
      for (const ActorId actor : quotes->voices[index(voice)].chain) json_.value(actor_id(actor));
    }
  } else if (doc_.actors() != nullptr && doc_.actors()->publisher) {
    json_.value(actor_id(*doc_.actors()->publisher));
  }
  json_.end_array().field("method", method);
  json_.key("score").score(score);
  return json_;
}

void RowWriter::close() {
  json_.end_object();
  rows_.back().to = buffer_.size();
}

void RowWriter::evidence(std::string_view key, Span span) {
  if (span.empty()) return;
  json_.key(key).begin_object();
  span_fields(span);
  json_.end_object();
}

void RowWriter::evidence_list(std::string_view key, const std::vector<Span>& spans) {
  json_.key(key).begin_array();
  for (const Span span : spans) {
    json_.begin_object();
    span_fields(span);
    json_.end_object();
  }
  json_.end_array();
}

std::string_view RowWriter::actor_id(ActorId id) const {
  const size_t known = doc_.actors() == nullptr ? 0 : doc_.actors()->actors.size();
  if (index(id) < known) return doc_.str(doc_.actors()->actors[index(id)].id);
  const EventLayer* events = doc_.events();
  if (events != nullptr && index(id) - known < events->actors.size()) return doc_.str(events->actors[index(id) - known].id);
  return "?";
}

void RowWriter::actors(std::string_view key, const std::vector<ActorId>& ids) {
  json_.key(key).begin_array();
  for (const ActorId id : ids) json_.value(actor_id(id));
  json_.end_array();
}

void RowWriter::finish(std::string& out) {
  std::stable_sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
    const bool a_first = a.order == 0, b_first = b.order == 0;  // the document row leads
    if (a_first != b_first) return a_first;
    if (a.begin != b.begin) return a.begin < b.begin;
    if (a.end != b.end) return a.end > b.end;  // the outer one first
    return a.order < b.order;
  });
  out.reserve(out.size() + buffer_.size() + rows_.size());
  for (const Row& row : rows_) {
    out.append(buffer_, row.from, row.to - row.from);
    out.push_back('\n');
  }
}

}  // namespace readout::record
