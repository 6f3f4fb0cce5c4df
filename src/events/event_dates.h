// When an act took place: the time that its own clause states, else the document's day where the act is told as of now.
//
//   "On Monday the minister met X, who had resigned in May"   met: Monday; resigned: May
//   "welcomed the outcome of the meeting of 23 November"      welcomed: the day of the document, not of the meeting
//   "We condemn the attack"                                   condemn: the day of the document; attack: not told
//
// Every time expression has one owner, the verb or noun that it hangs on; a time that belongs to another act, to a name
// ("the 2015 agreement") or to the verb of saying above says nothing of this one.
#pragma once

#include <string>

#include "events/clause.h"
#include "readout/document.h"

namespace readout::events {

struct EventDate {
  TimexId stated = kNone<TimexId>;
  DateBasis basis = DateBasis::None;
};

/// Dates the acts of one document, in the order of its text.
class EventDates {
 public:
  explicit EventDates(const Document& doc);

  /// The dating of the act that `head`, a verb, noun or adjective of the view's sentence, tells. `sources`: who does it.
  EventDate date(SentenceView& view, TokenId head, Status status, const std::vector<ActorId>& sources);

  /// The date for the row: the stated value by the day ("2014-02-17", a month, a range), or the document's day where the act is
  /// told as of then. Empty if neither holds, or the stated time contradicts the standing (a plan before the document's day).
  std::string day(const Event& event) const;

 private:
  enum class Telling { Elsewhen, Now, Narrated };
  Telling telling(SentenceView& view, TokenId head, Status status, const std::vector<ActorId>& sources) const;

  const Document& doc_;
  std::string today_;                           // of the document, ISO; empty if unknown
  TimexId narrated_ = kNone<TimexId>;           // the day that the opening of the narration states
  bool lead_ = true;                            // no act was narrated yet without a time of its own
};

}  // namespace readout::events
