-- The record: one SQLite file. Version 1 (PRAGMA user_version).
--
-- What was read is kept as rows of readout.record/1 (docs/formats/record.md). A row's common fields
-- are columns; its text is not kept twice but cut out of the source bytes; all other fields stand
-- in `rest`, the JSON that follows them in the exported line. So export gives back, byte for byte,
-- what was added. Look-up tables (row_actor, passage) are derived from the rows and can be rebuilt.

-- One document, by the SHA-256 of the bytes that its spans point at.
CREATE TABLE document (
  n         INTEGER PRIMARY KEY,    -- order of adding
  id        TEXT NOT NULL UNIQUE,   -- SHA-256, 64 hex digits
  title     TEXT,
  publisher TEXT,
  published TEXT,                   -- ISO 8601, as the document states it
  genre     TEXT,
  language  TEXT,
  file      TEXT,
  source_id TEXT,
  encoding  TEXT,                   -- IANA name; NULL: UTF-8
  engine    TEXT NOT NULL,          -- versions that read it: a newer one replaces the rows
  data      TEXT NOT NULL,
  model     TEXT NOT NULL
) STRICT;
CREATE INDEX document_published ON document (published);

-- The bytes themselves. Absent for documents that were imported without them.
CREATE TABLE source (
  document INTEGER PRIMARY KEY REFERENCES document (n) ON DELETE CASCADE,
  bytes    BLOB NOT NULL
) STRICT;

-- Every row of every kind.
CREATE TABLE row (
  n        INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (n) ON DELETE CASCADE,
  id       TEXT NOT NULL,           -- stable: same bytes and engine, same id
  kind     TEXT NOT NULL,
  begin    INTEGER NOT NULL,        -- half-open byte range in the source
  end      INTEGER NOT NULL,
  text     TEXT,                    -- only where it can't be cut out of the source
  rest     TEXT NOT NULL            -- the further fields, a JSON object
) STRICT;
CREATE UNIQUE INDEX row_id ON row (id, document);
CREATE INDEX row_document ON row (document, n);
CREATE INDEX row_kind ON row (kind, document);

-- Which actor stands in which role of which row: speaker, addressee, source, target, actor
-- (mention), voice, about, owed_by, owed_to, holder, party.
CREATE TABLE row_actor (
  actor TEXT NOT NULL,
  role  TEXT NOT NULL,
  row   INTEGER NOT NULL REFERENCES row (n) ON DELETE CASCADE,
  PRIMARY KEY (actor, role, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX row_actor_row ON row_actor (row);

-- Full text of sentences, folded: case, accents and letters of Latin alphabets (search.cc), so that
-- "Aliyev" finds Əliyev. rowid = row.n of the sentence. `speaker` holds the words of the turn's label and the
-- speaker's id, folded too.
CREATE VIRTUAL TABLE passage USING fts5 (
  folded, speaker, tokenize = "unicode61 remove_diacritics 0", prefix = '2 3'
);
