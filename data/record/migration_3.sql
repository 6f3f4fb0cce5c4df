-- Version 3: what the second pass (`readout link`, record/link.cc) finds over many documents. Made anew
-- by each pass, except the marks, which are kept a document; nothing here changes a row.

CREATE TABLE document_mark (
  document INTEGER PRIMARY KEY REFERENCES document (n) ON DELETE CASCADE,
  simhash  INTEGER NOT NULL,        -- of its three-word shingles, 64 bits
  words    INTEGER NOT NULL
) STRICT;

-- Documents whose marks differ in few bits, both ways round.
CREATE TABLE near_document (
  document INTEGER NOT NULL REFERENCES document (n) ON DELETE CASCADE,
  other    INTEGER NOT NULL REFERENCES document (n) ON DELETE CASCADE,
  distance INTEGER NOT NULL,        -- bits
  PRIMARY KEY (document, other)
) STRICT, WITHOUT ROWID;

-- A person whom one document names less fully is taken for one whom others name more fully.
CREATE TABLE same_actor (
  actor   TEXT PRIMARY KEY,
  same_as TEXT NOT NULL,
  reason  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX same_actor_as ON same_actor (same_as);

-- Tellings of one event; `first` is the row that was added first.
CREATE TABLE event_group (
  row   INTEGER PRIMARY KEY REFERENCES row (n) ON DELETE CASCADE,
  first INTEGER NOT NULL
) STRICT;
CREATE INDEX event_group_first ON event_group (first);

-- One promise through time: stated, repeated, revised (another deadline), kept (somebody says so).
CREATE TABLE commitment_thread (
  row      INTEGER PRIMARY KEY REFERENCES row (n) ON DELETE CASCADE,
  first    INTEGER NOT NULL,
  relation TEXT NOT NULL
) STRICT;
CREATE INDEX commitment_thread_first ON commitment_thread (first, relation);
