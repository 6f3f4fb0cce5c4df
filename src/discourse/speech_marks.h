// Marked stretches and attributions of one document joined: what each stretch in quotation marks hangs on, by
// tokens and arcs alone. Nobody is named here: the reading of actors needs to know whose words stand in marks
// before it can tell who "we" is, and the quotes are made of the same readings afterwards.
#pragma once

#include <vector>

#include "discourse/attribution.h"
#include "discourse/quote_marks.h"

namespace readout::discourse {

class SpeechMarks {
 public:
  /// What a marked stretch hangs on.
  struct Governor {
    uint32_t cue = Arcs::kNo;
    uint32_t source = Arcs::kNo;
    uint32_t addressee = Arcs::kNo;
    bool named = false;    // called, described as: a fragment
    bool denied = false, unreal = false;
    float score = 1.0F;
    explicit operator bool() const { return cue != Arcs::kNo; }
  };
  enum class Kind : uint8_t {
    None,       // nobody's
    Content,    // of an attribution by arcs
    Part,       // of the content of an attribution by arcs, which has more
    Led,        // content that begins before its marks, behind the cue
    Governed,   // by a cue beside it
    GoesOn,     // on its own: who was quoted before, or who said the same elsewhere
    Unclaimed,  // a sentence that nothing introduces ("So much for “we never said that”")
  };
  struct Reading {
    Kind kind = Kind::None;
    Span whole;                 // all pieces, without the outer marks
    bool clause = false;        // a sentence or clause of its own
    size_t attribution = 0;     // Content, Part
    uint32_t lead = Arcs::kNo;  // Led: first token of the content
    Governor governor;          // Led, Governed; of Content and Part: cue, source, addressee
  };

  SpeechMarks(const Arcs& arcs, const QuoteWords& words);

  const std::vector<Marked>& marks() const { return marks_; }
  const std::vector<Attribution>& attributions() const { return attributions_; }
  const AttributionFinder& finder() const { return finder_; }
  Reading reading(size_t mark) const;
  /// The readings as a column: what somebody says, piece by piece.
  std::vector<Saying> sayings() const;
  bool title_or_name(const Marked& mark) const;
  size_t block_at(uint32_t offset) const;

 private:
  /// Content that begins before its marks.
  struct Lead {
    uint32_t begin = Arcs::kNo;
    Governor governor;
    explicit operator bool() const { return begin != Arcs::kNo; }
  };

  Lead lead_of(const Marked& mark) const;
  bool holds_subject(uint32_t begin, uint32_t end) const;
  bool opens_turn(const Marked& mark) const;
  bool sentence_like(Span inner) const;
  bool alone(const Marked& mark) const;
  Governor governor_of(const Marked& mark) const;
  Governor governor_by_arcs(uint32_t from, uint32_t to) const;
  Governor governor_behind(uint32_t to, uint32_t limit) const;
  Governor governor_before(uint32_t from, uint32_t limit) const;
  Governor at_cue(uint32_t cue, uint32_t low, uint32_t high) const;
  uint32_t name_beside(uint32_t cue, uint32_t low, uint32_t high) const;
  const Marked* inside(uint32_t offset) const;

  const Arcs& arcs_;
  const QuoteWords& words_;
  const Document& doc_;
  AttributionFinder finder_;
  std::vector<Marked> marks_;
  std::vector<Attribution> attributions_;
};

}  // namespace readout::discourse
