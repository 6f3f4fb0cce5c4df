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
  bool as_of_document = false;  // no time stated, and the clause tells it as of the document's day
};

/// The dating of the act told by `head`, a verb, noun or adjective of the view's sentence. `status`: its standing.
EventDate date_of_event(SentenceView& view, TokenId head, Status status);

/// The date for the row: the stated value by the day ("2014-02-17", a month, a range), or `document_day` (ISO) where the act is
/// told as of then. Empty if neither holds, or the stated time contradicts the standing (a plan before the document's day).
std::string day_of_event(const Document& doc, const Event& event, const std::string& document_day);

}  // namespace readout::events
