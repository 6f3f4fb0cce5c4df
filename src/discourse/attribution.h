// Who says what, by the arcs of a sentence: verbs, nouns and adjectives of saying and thinking with
// their clause, "according to X", "in X's view", "as X said". Marked speech (quotation marks) is
// joined with these by quotes.cc.
#pragma once

#include <vector>

#include "discourse/arcs.h"
#include "discourse/quote_words.h"

namespace readout::discourse {

struct Attribution {
  uint32_t cue = 0;                 // token
  uint32_t cue_begin = 0, cue_end = 0;  // tokens of the cue's words
  uint32_t bits = 0;                // of Cue
  uint32_t source = Arcs::kNo;      // head of the words that name the source
  uint32_t addressee = Arcs::kNo;   // head of the words that name who is told
  uint32_t content = Arcs::kNo;     // head of the content, kNo for "according to" at a whole clause
  std::vector<TokenRange> pieces;   // of the content; a cue may stand in its middle
  bool that = false;                // the content has a "that", "whether" ...
  bool denied = false;
  bool unreal = false;              // not said: "could say", "if he says", "to say"
  bool reported = true;             // false: opinion of the speaker himself, knowledge, perception
  float score = 1.0F;
};

class AttributionFinder {
 public:
  AttributionFinder(const Arcs& arcs, const QuoteWords& words) : arcs_(arcs), words_(words) {}

  /// All attributions of the document, by cue.
  std::vector<Attribution> find() const;

  /// Head of the subject (or agent of a passive) of a verb, through coordination, control and
  /// relative clauses; kNo if there is none.
  uint32_t subject_of(uint32_t verb) const;
  /// Whom a verb of telling names; kNo if nobody.
  uint32_t addressee_of(uint32_t verb, uint32_t bits) const;
  uint32_t verb_bits(uint32_t t) const;
  bool negated(uint32_t t) const;
  bool passive(uint32_t verb) const;
  /// "could say", "if he says", "to say": nothing was said.
  bool unreal(uint32_t verb) const;
  /// The words of the source: its subtree without relative clauses and asides.
  TokenRange source_words(uint32_t head) const;
  /// The possessor or "of" complement of a noun.
  uint32_t owner_of(uint32_t noun) const;
  bool first_or_second_person(uint32_t t) const;
  bool past(uint32_t verb) const;

  /// "X said that C and asked D": the second verb is X's.
  bool reporter_conjunct(uint32_t c) const;

 private:
  void by_verb(uint32_t v, std::vector<Attribution>& out) const;
  void by_noun(uint32_t n, std::vector<Attribution>& out) const;
  void by_adjective(uint32_t a, std::vector<Attribution>& out) const;
  void by_phrase(uint32_t t, std::vector<Attribution>& out) const;
  uint32_t subject_of(uint32_t verb, int depth) const;
  uint32_t clause_child(uint32_t v, uint32_t bits) const;
  uint32_t stray_clause(uint32_t v, uint32_t bits) const;
  uint32_t content_end(uint32_t head) const;
  bool reporting_participle(uint32_t v) const;
  uint32_t reporter_above(uint32_t v) const;
  uint32_t inverted_subject(uint32_t verb) const;
  bool own_sentence(uint32_t v) const;
  bool verb_like(uint32_t t) const;
  bool object_content(uint32_t v, uint32_t bits, Attribution& a) const;
  void whole_pieces(Attribution& a) const;
  void set_content(Attribution& a, uint32_t head, uint32_t cut_begin, uint32_t cut_end) const;
  void add_piece(Attribution& a, uint32_t begin, uint32_t end) const;
  void judge(Attribution& a) const;
  bool has_case(uint32_t t, std::string_view word) const;

  const Arcs& arcs_;
  const QuoteWords& words_;
};

}  // namespace readout::discourse
