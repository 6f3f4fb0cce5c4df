// The shapes of readout.record/1 and of the API's answers, as far as the page uses them. Rows may carry
// more fields than are named here.

/** Half-open range of bytes of the original, with its words. */
export interface Words {
  begin: number;
  end: number;
  text: string;
}

export interface Row extends Words {
  kind: string;
  id: string;
  doc: string;
  sentence?: string;
  voice?: string[];
  method?: string;
  score?: number;
  [field: string]: unknown;
}

export interface DocumentInfo {
  id: string;
  title?: string;
  file?: string;
  published?: string;
  genre?: string;
  publisher?: string;
  turns: number;
  sentences: number;
  rows: number;
  source_id?: string;
}

export interface DocumentList {
  total: number;
  next?: string;
  documents: DocumentInfo[];
}

export interface AnswerRow {
  cells: string[];
  row: Row;
}

export interface Answer {
  schema: string;
  verb: string;
  question: string;
  total: number;
  columns: string[];
  notes: string[];
  /** timeline: of all rows, by day or month and kind */
  counts?: { period: string; kind: string; count: number }[];
  rows: AnswerRow[];
}

export interface Dossier {
  kind: string;
  title: string;
  question: string;
  facts: { label: string; words: string }[];
  sections: { heading: string; answer: Answer }[];
}

export interface SeriesPoint {
  period: string;
  source?: string;
  target?: string;
  events: number;
  cooperation: number;
  conflict: number;
  goldstein: number;
  without_goldstein: number;
}

export interface Series {
  question: string;
  notes: string[];
  points: SeriesPoint[];
}

export interface Hit {
  doc: string;
  row: string;
  title?: string;
  published?: string;
  speaker?: string;
  begin: number;
  end: number;
  text: string;
  marks: [number, number][];
}

export interface Found {
  question: string;
  more: boolean;
  hits: Hit[];
}

export interface Status {
  version: string;
  documents: number;
  read_only: boolean;
  token: boolean;
  exports?: { name: string; suffix: string; about: string }[];
}

export interface Job {
  id: string;
  name: string;
  state: 'queued' | 'running' | 'done' | 'failed';
  error?: string;
  bytes: number;
  bytes_done: number;
  read: number;
  rejected: number;
  sentences: number;
  documents: { id: string; outcome: string }[];
  rejections: string[];
}

/** What an alert found. */
export interface AlertHit {
  row: string;
  doc: string;
  sentence?: string;
  found?: string;
  day?: string;
  title?: string;
  words: string;
  evidence: string;
}

export interface Alert {
  name: string;
  question: { verb: string; values?: Record<string, string> };
  made: string;
  last_run?: string;
  hits: number;
  new?: AlertHit[];
}
