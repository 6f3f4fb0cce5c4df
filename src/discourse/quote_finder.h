// From attributions (arcs) and marked stretches (quotation marks) to the quotes of one document.
#pragma once

#include <vector>

#include "discourse/speech_marks.h"

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
  void index_mentions();
  void set_addressee(Quote& quote, uint32_t head) const;
  bool introduces_turn(const Attribution& attribution) const;
  void summary_quotes();
  bool told_on(uint32_t begin, uint32_t end) const;
  void own_introduction(Quote& quote) const;
  const Mention* mention_of(uint32_t head) const;
  Source source_of(uint32_t head, Span own);
  std::vector<ActorId> actors_of(uint32_t head) const;
  bool unnamed(const std::vector<ActorId>& actors) const;
  void marked_quotes();
  bool goes_on(const Marked& mark, size_t last_direct, Quote& quote) const;
  bool said_elsewhere(Quote& quote) const;
  void arc_quotes();
  void tree();
  Span content_span(uint32_t begin, uint32_t end) const;

  const Arcs& arcs_;
  const QuoteWords& words_;
  Draft& draft_;
  const Document& doc_;
  SpeechMarks speech_;
  const AttributionFinder& finder_;
  const std::vector<Marked>& marks_;
  const std::vector<Attribution>& attributions_;
  std::vector<int32_t> mention_at_;   // [tokens] longest mention headed here, -1
  std::vector<int32_t> mention_over_; // [tokens] shortest mention that covers it, -1
  std::vector<Quote> quotes_;
  std::vector<bool> used_;            // [attributions] became part of a marked quote
};

}  // namespace readout::discourse
