-- Version 5: threads of commitments on three axes, series of figures, agreements under several names. All of it
-- is found by the second pass (`readout link`, record/link*.cc) and made anew by it; nothing here changes a row.

DROP TABLE commitment_evidence;
DROP TABLE commitment_thread;
DROP TABLE event_group;

-- Tellings of one event; `first` is the row that was added first.
CREATE TABLE event_group (
  row    INTEGER PRIMARY KEY REFERENCES row (n) ON DELETE CASCADE,
  first  INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX event_group_first ON event_group (first);

-- One promise through time. `first` is its first telling; days are those of the earliest claim behind this row.
CREATE TABLE commitment_thread (
  row        INTEGER PRIMARY KEY REFERENCES row (n) ON DELETE CASCADE,
  first      INTEGER NOT NULL,
  relation   TEXT NOT NULL,   -- stated, repeated, revised (another deadline or quantity)
  revised_on TEXT,            -- a later row of the thread gives another deadline
  done_on    TEXT,            -- somebody says that it was done
  denied_on  TEXT             -- somebody says that it was not done
) STRICT;
CREATE INDEX commitment_thread_first ON commitment_thread (first);
CREATE INDEX commitment_thread_done ON commitment_thread (done_on) WHERE done_on IS NOT NULL;
CREATE INDEX commitment_thread_denied ON commitment_thread (denied_on) WHERE denied_on IS NOT NULL;
CREATE INDEX commitment_thread_revised ON commitment_thread (revised_on) WHERE revised_on IS NOT NULL;

-- What rows say of a thread, one a row.
CREATE TABLE commitment_claim (
  thread INTEGER NOT NULL REFERENCES row (n) ON DELETE CASCADE,   -- its first row
  row    INTEGER NOT NULL REFERENCES row (n) ON DELETE CASCADE,   -- a commitment or an event
  axis   TEXT NOT NULL,       -- official: whoever owes it says so; evidence: others say so, or events show it
  says   TEXT NOT NULL,       -- official: stated, repeated, revised, refused, reported_done, reported_partly,
                              -- reported_under_way, reported_not_done; evidence: supports, partly, under_way, denies
  day    TEXT NOT NULL,
  by     TEXT NOT NULL,       -- actor who says so; empty: the document in its own voice
  shared TEXT NOT NULL,       -- the words on which it rests; empty: the row names the promise itself
  PRIMARY KEY (thread, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX commitment_claim_row ON commitment_claim (row);

-- Figures of the same thing, each with the one before it.
CREATE TABLE figure_series (
  row      INTEGER PRIMARY KEY REFERENCES row (n) ON DELETE CASCADE,
  first    INTEGER NOT NULL,
  previous INTEGER,           -- NULL: the first of its series
  relation TEXT NOT NULL      -- first, same, up, down, other (not comparable)
) STRICT;
CREATE INDEX figure_series_first ON figure_series (first);

-- Agreements that are one under several names, or told by several documents.
CREATE TABLE agreement_group (
  row    INTEGER PRIMARY KEY REFERENCES row (n) ON DELETE CASCADE,
  first  INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX agreement_group_first ON agreement_group (first);

-- What the second pass has seen: it does nothing if nothing has changed since. key: 'linker' (the version of
-- the pass), 'changed' (1: a document came, went or was corrected).
CREATE TABLE link_state (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
