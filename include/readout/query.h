// Questions over a record of many documents. Each answer says the question again in words, and each
// of its rows stands on a row of the record, with its sentence.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "readout/result.h"
#include "readout/store.h"

namespace readout {

/// What was asked. A question reads the fields that it knows; empty ones do not restrict. Actors are
/// given by id, name, alias or code.
struct Question {
  std::string actor, other;            // who, contacts, timeline, dossier: a person or a dyad
  std::string source, target, about;   // events; said: about
  std::string owed_by, owed_to;        // commitments
  std::string type, mode, code, status;
  std::string state;                   // commitments: open, due, overdue, answered, disputed
  std::string topic, place, name, words, unit;
  std::string from, until;             // days
  std::string as_of;                   // day on which "overdue" is judged; empty: the newest document's
  std::string known_by;                // commitments: only what was said up to this day; empty: all
  std::string period;                  // series: week, month, quarter, year
  bool counts = false;                 // timeline: with counts of all rows by day and kind
  std::string view;                    // dyads-only, one-a-day, happened-only
  std::string document;                // full id: only its rows
  bool newest_first = false;
  size_t limit = 100, offset = 0;
};

struct AnswerRow {
  std::string row, doc, day, title;    // the row of the record that it stands on
  std::vector<std::string> cells;      // one a column
  std::vector<std::string> details;    // one a detail column; empty: nothing to say
  std::string evidence;                // the sentence
  std::string json;                    // the whole, one object
};

struct Answer {
  std::string verb;                    // "events"
  std::string question;                // in words, with the actors as they were understood
  std::vector<std::string> columns;
  std::vector<std::string> detail_columns;   // for people, below the row where a line has no room for them
  std::vector<AnswerRow> rows;
  uint64_t total = 0;                  // without limit
  std::vector<std::string> notes;      // other readings of a name, what was left out
  std::vector<PeriodCount> counts;     // timeline, if the question wants them: of all rows, not only of this page
};

/// Verbs: said, events, contacts, commitments, figures, agreements, timeline, diff (the record between two days).
/// NotFound if a name means nobody in the record.
Result<Answer> ask(const Store& store, std::string_view verb, const Question& question);

/// Several answers about one thing.
struct Dossier {
  std::string kind, title, question;   // kind: actor, dyad, topic, agreement, place
  std::vector<std::pair<std::string, std::string>> facts;  // "type: person", "first seen: ..."
  std::vector<std::pair<std::string, Answer>> sections;    // heading, rows
};
/// An actor: names, offices, counts, with whom, and no sections.
Result<Dossier> who(const Store& store, std::string_view actor);
/// `kind` empty: an actor, or a dyad if `other` is given.
Result<Dossier> dossier(const Store& store, std::string_view kind, const Question& question);

/// Two documents: what each tells and the other leaves out. Both as record lines.
Result<Answer> compare(std::string_view left, std::string_view right);

/// Explains one row. `record`: the lines of its document; `row`: its id or the beginning of it.
struct Explanation {
  std::string heading;                                     // kind and what it says
  std::string sentence;                                    // verbatim
  struct Mark {
    uint64_t begin, end;                                   // in `sentence`
    std::string role;                                      // "source", "predicate", "cue"
  };
  std::vector<Mark> marks;                                 // sorted, disjoint
  std::vector<std::pair<std::string, std::string>> steps;  // label, words
  std::string json;
};
Result<Explanation> explain(std::string_view record, std::string_view row);

/// Counts and Goldstein sums of events, a row a period (and dyad).
struct SeriesPoint {
  std::string period, source, target;
  uint64_t events = 0, cooperation = 0, conflict = 0, unscaled = 0;
  double goldstein = 0;
};
struct Series {
  std::string question;
  std::vector<SeriesPoint> points;
  std::vector<std::string> notes;
};
Result<Series> series(const Store& store, const Question& question);

// Written forms. All of them escape what they take from documents.
std::string to_json(const Answer& answer);       // {"schema":"readout.answer/1", ..., "rows":[...]}
std::string to_jsonl(const Answer& answer);      // a head line, then a line a row
std::string to_csv(const Answer& answer);        // columns, then evidence, document, row
std::string to_markdown(const Dossier& dossier);
std::string to_html(const Dossier& dossier);     // a page of its own, no script, nothing from elsewhere
std::string to_json(const Dossier& dossier);
std::string to_csv(const Series& series);
std::string to_json(const Series& series);
std::string to_svg(const Series& series);

}  // namespace readout
