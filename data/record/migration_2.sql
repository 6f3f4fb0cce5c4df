-- Version 2: what questions need. Everything here is derived from `row` (record/derive.cc), is made
-- anew when a record of version 1 is opened, and is never exported.

-- One row that a question may ask for: event, commitment, quote, figure, agreement, topic, place,
-- and each sentence inside a turn. What is asked by stands in columns; the row itself in `row`.
CREATE TABLE fact (
  row      INTEGER PRIMARY KEY REFERENCES row (n) ON DELETE CASCADE,
  document INTEGER NOT NULL REFERENCES document (n) ON DELETE CASCADE,
  kind     TEXT NOT NULL,
  type     TEXT,      -- event: PLOVER type; commitment: its kind; quote: its type; topic: the track;
                      -- figure: what is counted, agreement, place: the name (folded)
  mode     TEXT,      -- event: PLOVER mode; figure: unit; commitment: strength; topic: weight
  code     TEXT,      -- event: CAMEO code
  status   TEXT,      -- event: status
  negative INTEGER NOT NULL DEFAULT 0,
  place    TEXT,      -- event: where (folded)
  day      TEXT,      -- first day that it concerns: its own date, else the day of publication
  due      TEXT,      -- commitment: last day of its deadline
  refers   TEXT,      -- commitment: id of the row that it fulfils
  sentence INTEGER    -- row.n of its sentence
) STRICT;
CREATE INDEX fact_kind_day ON fact (kind, day);
CREATE INDEX fact_kind_type ON fact (kind, type, day);
CREATE INDEX fact_document ON fact (document, kind);
CREATE INDEX fact_sentence ON fact (sentence);
CREATE INDEX fact_refers ON fact (refers) WHERE refers IS NOT NULL;

-- Where an actor is mentioned, so that "did this passage speak of Y" is one look-up.
CREATE TABLE mention_at (
  actor    TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES document (n) ON DELETE CASCADE,
  begin    INTEGER NOT NULL,
  end      INTEGER NOT NULL,
  PRIMARY KEY (actor, document, begin, end)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_at_document ON mention_at (document);

-- Names under which actors stand in the record. `folded`: words in search form, joined by blanks.
CREATE TABLE actor_name (
  folded  TEXT NOT NULL,
  actor   TEXT NOT NULL,
  name    TEXT NOT NULL,
  is_name INTEGER NOT NULL,         -- 1: its name, 0: an alias
  uses    INTEGER NOT NULL,         -- documents that use it
  PRIMARY KEY (folded, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_name_actor ON actor_name (actor, is_name, uses);
