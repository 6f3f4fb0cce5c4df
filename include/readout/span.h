// Positions in one document.
//
// A document has two coordinate systems. The *plain text* is what the layers read: UTF-8, markup
// removed, entities decoded. The *source* is the bytes that evidence points at. For a plain UTF-8
// file the two are the same; elsewhere `TextLayer::to_source` maps one to the other. Two types keep
// them from being mixed up.
#pragma once

#include <cstdint>
#include <functional>

namespace readout {

/// Half-open byte range [begin, end) in the plain text of one document. Bytes, not characters;
/// both ends lie on UTF-8 boundaries.
struct Span {
  uint32_t begin = 0, end = 0;

  constexpr uint32_t size() const { return end - begin; }
  constexpr bool empty() const { return begin == end; }
  constexpr bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
  constexpr bool overlaps(Span other) const { return begin < other.end && other.begin < end; }
  friend constexpr bool operator==(Span, Span) = default;
  friend constexpr auto operator<=>(Span, Span) = default;
};

/// Half-open byte range [begin, end) in the source bytes of one document (see Document::source).
struct SourceSpan {
  uint32_t begin = 0, end = 0;

  constexpr uint32_t size() const { return end - begin; }
  friend constexpr bool operator==(SourceSpan, SourceSpan) = default;
  friend constexpr auto operator<=>(SourceSpan, SourceSpan) = default;
};

// Index types: one each, so that a token can't pass for a sentence. `kNone<Id>` means "no such row"
// where a column needs a dense value; single values use std::optional.
enum class Sym : uint32_t {};  // interned string of one document (Document::str)
enum class TokenId : uint32_t {};
enum class SentenceId : uint32_t {};
enum class BlockId : uint32_t {};
enum class TurnId : uint32_t {};
enum class EntityId : uint32_t {};
enum class ActorId : uint32_t {};  // document-local index of an actor
enum class MentionId : uint32_t {};
enum class QuoteId : uint32_t {};
enum class VoiceId : uint32_t {};
enum class TimexId : uint32_t {};
enum class FigureId : uint32_t {};
enum class PlaceId : uint32_t {};
enum class EventId : uint32_t {};
enum class CommitmentId : uint32_t {};
enum class AgreementId : uint32_t {};

template <class Id>
inline constexpr Id kNone = static_cast<Id>(UINT32_MAX);

template <class Id>
constexpr uint32_t index(Id id) {
  return static_cast<uint32_t>(id);
}

/// Half-open range of ids.
template <class Id>
struct Range {
  Id begin{}, end{};

  constexpr uint32_t size() const { return index(end) - index(begin); }
  constexpr bool empty() const { return begin == end; }
  constexpr bool contains(Id id) const { return begin <= id && id < end; }
  friend constexpr bool operator==(Range, Range) = default;
};
using TokenRange = Range<TokenId>;

}  // namespace readout
