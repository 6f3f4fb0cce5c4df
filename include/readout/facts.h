// What questions ask the store for: facts (rows by actor, type, code, status, day) and actors by name.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace readout {

/// An actor that a name may mean.
struct ActorMatch {
  std::string id, name;
  uint64_t documents = 0;    // that use the name that matched
  bool exact = false;        // the whole name or the id; false: words of a name
};

/// One of `actors` stands in one of `roles` of the row. Roles: source, target, speaker, speaks,
/// addressee, voice, about, owed_by, owed_to, holder, party, self (docs/questions.md).
struct RoleFilter {
  std::vector<std::string> actors, roles;
};

struct FactQuery {
  std::vector<std::string> kinds;             // event, commitment, quote, figure, agreement, topic, place, sentence
  std::vector<RoleFilter> who;                // all of them must hold
  std::vector<std::string> types, modes, statuses;
  std::string code;                           // beginning of a CAMEO code
  std::vector<std::string> mentions;          // one of these actors is mentioned inside the span of the quote or sentence
  std::string words;                          // search expression over the row's sentence
  std::string topic;                          // the document has this topic
  bool first_only = false;                    // not what was told before: tellings of one event, promise or agreement
  std::vector<std::string> relations;         // commitments that are this in their thread
  std::vector<std::string> says;              // rows that say this of a thread of commitments
  bool no_claims = false;                     // not what says something of a promise
  std::string told_from, told_until;          // days of publication of the document, both included
  std::vector<std::string> changes;           // figures that stand so to the one before them
  std::string place;                          // the event happened here
  std::string name;                           // words of what is counted, of the agreement, of the place
  std::string from, until;                    // days, both included
  std::string due_from, due_until;            // days of deadlines, both included; either set: only with a deadline
  std::string due_before;                     // a deadline before this day; promises only, not reports that one was kept
  /// A commitment: somebody says that it was kept (and nobody denies it); nobody says so; both are said.
  enum class Answered { Any, Yes, No, Disputed };
  Answered answered = Answered::Any;
  std::string answered_until;                 // only what was said up to this day counts
  bool not_revised = false;                   // no later row up to that day gives another deadline
  bool without_due = false;                   // a commitment without a deadline
  std::string document;                       // full id
  std::vector<int64_t> rows;                  // these and no others (of an AgreementGroup); other conditions are not looked at
  bool positive_only = false;                 // not what is said not to be so
  bool newest_first = false;
  bool by_due = false;                        // order by deadline, then day
  bool by_type = false;                       // order by type, mode, then day: figures of one thing together
  bool lines = true;                          // false: leave `line` and `evidence` empty (fast scans)
  size_t limit = 100, offset = 0;
};

struct Fact {
  int64_t row = 0;
  std::string id, kind, doc, title, publisher, published;
  std::string type, mode, code, status, place, day, due, refers;
  bool negative = false;
  uint64_t begin = 0, end = 0;
  std::string line;              // the row as a line of readout.record/1
  std::string sentence;          // id of the sentence
  std::string evidence;          // its words
  std::string speaker;           // actor id of the speaker of the turn, empty outside
  std::string answered_by;       // a commitment: id of the row that says it was kept
  std::string answered_day;
  // A commitment in a thread: id of its first row, what this row is in it, and since when somebody denies that
  // it was kept, or another deadline holds.
  std::string thread, relation, denied_day, revised_day;
  // A figure in a series: the id of the one before it and what it said, and how this one stands to it.
  std::string previous, change;
  std::string group;             // an event: id of the first telling, if the second pass found several
  std::vector<std::string> sources, targets;   // of events, with lines = false
};

/// Tellings of one agreement.
struct AgreementGroup {
  std::vector<int64_t> rows;     // the first ones by day, one of each of its names before the others
  uint64_t tellings = 0, documents = 0;
};

struct FactPage {
  std::vector<Fact> facts;
  uint64_t total = 0;            // without limit and offset
};

/// What one row says of a thread of commitments (docs/questions.md, "three axes").
struct Claim {
  std::string axis, says, day, by;   // by: an actor id; empty: the document in its own voice
  std::string row, kind, doc, title, publisher;
  std::string shared;                // the words on which it rests
  std::string due, evidence;         // its own deadline; its sentence
};

/// How many events of one code fell on one day.
struct EventCount {
  std::string day, code;
  uint64_t count = 0;
};

/// What a record has most of: for trying it out, and for timing.
struct Samples {
  std::string actor, other, person, topic, place, agreement, counted, row, document, longest, newest;
};

/// How many rows of one kind fell into one stretch of time.
struct PeriodCount {
  std::string period;            // a day, or a month where that many days would be too much to draw
  std::string kind;
  uint64_t count = 0;
};

/// What the second pass found.
struct LinkReport {
  uint64_t near_documents = 0, actors = 0, events = 0, commitments = 0, evidence = 0, figures = 0, agreements = 0;
};
struct LinkQuery {
  std::string kind, id;      // empty: any
  size_t limit = SIZE_MAX, offset = 0;
};
struct Link {
  std::string kind;          // near_document, same_actor, same_event, commitment, evidence, figure, agreement
  std::string from, to;      // ids; `to` is the first or the fuller one
  std::string reason;        // in words; of commitments: repeated, revised, ... and the words that are shared
};

/// A question under a name (readout/alert.h).
struct Alert {
  std::string name, question, made, last_run;   // question: {"verb":...,"values":{...}}; times in UTC
  uint64_t hits = 0;                            // told so far
};
/// A row that answered it.
struct AlertHit {
  std::string row, document, sentence, found, day, title, words, evidence;
};

struct ActorSummary {
  std::string id, name, type, country;
  std::vector<std::pair<std::string, uint64_t>> names;      // form, documents
  struct Held {
    std::string title, of, from, until, seen;               // seen: last day of publication with it
  };
  std::vector<Held> offices;
  std::string first_seen, last_seen;                        // days of publication
  uint64_t documents = 0;
  std::vector<std::pair<std::string, uint64_t>> counts;     // "event as source", "quote", ...
  struct Co {
    std::string id, name;
    uint64_t rows = 0;
  };
  std::vector<Co> with;                                     // who stands in the same rows, most often first
};

}  // namespace readout
