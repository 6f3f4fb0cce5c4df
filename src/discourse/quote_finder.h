// From attributions (arcs) and marked stretches (quotation marks) to the quotes of one document.
#pragma once

#include <vector>

#include "discourse/attribution.h"
#include "discourse/quote_marks.h"

namespace readout::discourse {

class QuoteFinder {
 public:
  QuoteFinder(const Arcs& arcs, const QuoteWords& words, Draft& draft);
  std::vector<Quote> find();

 private:
  struct Source {
    std::vector<ActorId> actors;
    Span span;
    bool pronoun = false;
  };
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

  /// Content that begins before its marks.
  struct Lead {
    uint32_t begin = Arcs::kNo;
    Governor governor;
    explicit operator bool() const { return begin != Arcs::kNo; }
  };

  void index_mentions();
  Lead lead_of(const Marked& mark) const;
  bool holds_subject(uint32_t begin, uint32_t end) const;
  void set_addressee(Quote& quote, uint32_t head) const;
  bool introduces_turn(const Attribution& attribution) const;
  void summary_quotes();
  bool told_on(uint32_t begin, uint32_t end) const;
  void own_introduction(Quote& quote) const;
  const Mention* mention_of(uint32_t head) const;
  Source source_of(uint32_t head, Span own);
  std::vector<ActorId> actors_of(uint32_t head) const;
  bool unnamed(const std::vector<ActorId>& actors) const;
  bool opens_turn(const Marked& mark) const;
  bool title_or_name(const Marked& mark) const;
  bool sentence_like(Span inner) const;
  bool alone(const Marked& mark) const;
  Governor governor_of(const Marked& mark) const;
  Governor governor_by_arcs(uint32_t from, uint32_t to) const;
  Governor governor_behind(uint32_t to, uint32_t limit) const;
  Governor governor_before(uint32_t from, uint32_t limit) const;
  Governor at_cue(uint32_t cue, uint32_t low, uint32_t high) const;
  uint32_t name_beside(uint32_t cue, uint32_t low, uint32_t high) const;
  void marked_quotes();
  void arc_quotes();
  void tree();
  Span content_span(uint32_t begin, uint32_t end) const;
  size_t block_at(uint32_t offset) const;
  const Marked* inside(uint32_t offset) const;

  const Arcs& arcs_;
  const QuoteWords& words_;
  Draft& draft_;
  const Document& doc_;
  AttributionFinder finder_;
  std::vector<Marked> marks_;
  std::vector<Attribution> attributions_;
  std::vector<int32_t> mention_at_;   // [tokens] longest mention headed here, -1
  std::vector<int32_t> mention_over_; // [tokens] shortest mention that covers it, -1
  std::vector<Quote> quotes_;
  std::vector<bool> used_;            // [attributions] became part of a marked quote
};

}  // namespace readout::discourse
