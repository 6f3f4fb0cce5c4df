// From the matches of a sentence to events: speech acts take their content in, statuses change
// codes, nouns are accepted only where they tell an act, roles are filled.
#pragma once

#include <string>
#include <vector>

#include "events/event_dates.h"
#include "events/matcher.h"
#include "events/modality.h"
#include "readout/document.h"

namespace readout::events {

class Coder {
 public:
  Coder(const Document& doc, const FrameSet& frames, RoleResolver& roles, Matcher& matcher);
  /// Appends the events of one sentence.
  void run(Draft& draft, SentenceView& view, std::vector<Event>& out);

  /// True if a frame had to do with that token of the last sentence, or it lies in the content of a speech act.
  bool touched(const SentenceView& view, TokenId t) const;

  const EventDates& dates() const { return dates_; }

 private:
  struct Sides {
    Fillers source, target;
  };
  struct Declined {
    TokenId head{};
    PatternPos pos = PatternPos::Verb;
    std::string frame, reason;
  };
  int match_at(TokenId t) const;
  int inner_of(SentenceView& view, TokenId content, int outer, int depth);
  void take_contents(SentenceView& view, int i);
  void take_main_clause(SentenceView& view, int i);
  void code(SentenceView& view, int i, int depth);
  void refine(SentenceView& view, Match& match) const;
  bool noun_tells(SentenceView& view, const Match& match, const Sides& sides) const;
  bool happens(SentenceView& view, TokenId head) const;
  void sides_of(SentenceView& view, const Match& match, Sides& sides);
  void add_sides_of_content(SentenceView& view, const Match& match, Sides& sides);
  void add_owner_of_thing(SentenceView& view, const Match& match, Sides& sides);
  void complete_target(SentenceView& view, const Match& match, std::string_view plover, Sides& sides);
  void find_sides(SentenceView& view, const Match& match, Sides& sides);
  void decline(const Match& match, std::string_view reason);
  void emit(Draft& draft, SentenceView& view, Match& match, std::vector<Event>& out);
  Span predicate_span(SentenceView& view, const Match& match, const StatusReading& reading) const;
  void explain(Draft& draft, SentenceView& view, const Match& match, const StatusReading& reading, Event& event) const;
  PlaceId place_near(const Document& doc, SentenceView& view, const Match& match) const;

  const FrameSet& frames_;
  RoleResolver& roles_;
  Matcher& matcher_;
  EventDates dates_;
  SetId passing_, event_prep_, series_, blocked_governor_, warning_, accident_, content_noun_, courtesy_, captive_verb_, ahead_, mutual_verb_, happening_, patient_noun_, happening_at_;
  std::vector<Match> matches_;
  std::vector<TokenId> closed_;       // contents of speech acts: nothing below is an act of its own
  std::vector<TokenId> buffer_, phrase_;
  std::vector<Declined> declined_;    // of this sentence
  StatusReading reading_;
};

}  // namespace readout::events
