// The standing of what a clause says: did it happen, is it going on, planned, hoped for, denied?
//
//   "is expected to visit"  -> planned      "has not withdrawn" -> denied, negative
//   "were shelling"         -> ongoing      "may finance"       -> conditional
//
// Read from auxiliaries, negation, marks and adverbs at the clause, then from what governs it, by
// the words of data/events/status.tsv. Speech acts with a code of their own (promise, demand,
// refuse) are frames; here only words that change the standing of somebody's act.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/clause.h"

namespace readout::events {

struct StatusCue {
  TokenId token{};
  std::string_view effect;   // of status.tsv, or "negation", "progressive", ...; static or owned by the FrameSet
};

struct StatusReading {
  Status status = Status::Happened;
  bool negative = false;
  bool future = false;        // the act lies ahead, whatever else holds
  bool obligation = false;    // "should", "must": somebody wants it
  bool alleged = false;       // "allegedly", "reportedly"
  bool refusable = false;     // the future is one of will ("will not", "would not"), not of chance
  bool question = false;
  std::string_view op;        // "end", "cancel": what was done to the act, a class of transform.tsv
  bool governed_by_say = false;
  TokenId say = kNone<TokenId>;      // the verb of saying above, if any
  bool if_clause = false;            // a condition hangs on the clause: "if ...", "should they ..."
  std::vector<StatusCue> cues;       // innermost first
};

/// Reads the standing of the clause of `head` (a verb, adjective or event noun). `stop`: a governor
/// above which nothing is read (the speech act that is already coded), or kNone.
void read_status(SentenceView& view, TokenId head, TokenId stop, StatusReading& out);

}  // namespace readout::events
