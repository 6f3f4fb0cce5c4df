-- Version 4: what people say of rows (corrections), questions that are asked again and again (alerts), and
-- indexes that let each question be answered from its narrowest condition.

-- A person's word on a row. Nothing is overwritten: each entry stands, the later ones count. A row is named
-- by id, and by document, kind and span too, so that an entry finds it again after a newer reading.
CREATE TABLE correction (
  n        INTEGER PRIMARY KEY,
  at       TEXT NOT NULL,           -- when, UTC
  by       TEXT NOT NULL,           -- who, as they called themselves
  document TEXT NOT NULL,           -- document.id: outlives a newer reading
  row      TEXT NOT NULL,           -- row.id
  kind     TEXT NOT NULL,
  begin    INTEGER NOT NULL,
  end      INTEGER NOT NULL,
  verdict  TEXT NOT NULL,           -- changed, wrong, right, withdrawn (all earlier ones)
  change   TEXT NOT NULL,           -- JSON object of the fields that change; null: the field goes
  note     TEXT NOT NULL
) STRICT;
CREATE INDEX correction_row ON correction (row);
CREATE INDEX correction_document ON correction (document);

-- A question under a name, and the rows that answered it so far.
CREATE TABLE alert (
  name     TEXT PRIMARY KEY,
  question TEXT NOT NULL,           -- {"verb":...,"values":{...}}
  made     TEXT NOT NULL,           -- UTC
  last_run TEXT
) STRICT;
CREATE TABLE alert_hit (
  n        INTEGER PRIMARY KEY,
  alert    TEXT NOT NULL REFERENCES alert (name) ON DELETE CASCADE,
  row      TEXT NOT NULL,           -- row.id
  document TEXT NOT NULL,           -- document.id
  sentence TEXT NOT NULL,           -- row.id of its sentence; empty if it has none
  found    TEXT,                    -- UTC; NULL: was there before the alert was made
  day      TEXT NOT NULL,
  title    TEXT NOT NULL,           -- of the document
  words    TEXT NOT NULL,           -- the answer's cells
  evidence TEXT NOT NULL,           -- the sentence
  UNIQUE (alert, row)
) STRICT;

-- What an actor stands in together with others: how many rows. Derived, counted up and down with each document.
CREATE TABLE actor_pair (
  actor TEXT NOT NULL,
  other TEXT NOT NULL,
  rows  INTEGER NOT NULL,
  PRIMARY KEY (actor, other)
) STRICT, WITHOUT ROWID;

-- An event that speaks for or against a promise (second pass).
CREATE TABLE commitment_evidence (
  row    INTEGER NOT NULL REFERENCES row (n) ON DELETE CASCADE,   -- the promise
  event  INTEGER NOT NULL REFERENCES row (n) ON DELETE CASCADE,
  says   TEXT NOT NULL,             -- supports, denies
  shared TEXT NOT NULL,             -- the words on which it rests
  PRIMARY KEY (row, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX commitment_evidence_event ON commitment_evidence (event);

-- (kind, status, day, code, negative) also answers the series alone, without the table.
CREATE INDEX fact_status ON fact (kind, status, day, code, negative) WHERE status IS NOT NULL;
CREATE INDEX fact_code ON fact (kind, code, day) WHERE code IS NOT NULL;
CREATE INDEX fact_place ON fact (kind, place, day) WHERE place IS NOT NULL;
CREATE INDEX fact_mode ON fact (kind, mode, day) WHERE mode IS NOT NULL;
CREATE INDEX fact_due ON fact (kind, due, day) WHERE due IS NOT NULL;
