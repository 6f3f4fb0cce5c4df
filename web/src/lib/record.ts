// One document's record, made ready for reading: sentences with the rows that lie in them, spans in units
// of the text as it is shown.
import { byteLength, codingOf, shown, unitsOf, type Coding } from './bytes';
import { learn } from './names';
import type { Row, Words } from './types';
import { list, text } from './words';

export interface Mark {
  begin: number;
  end: number;
  layer: string;
  row: Row;
}

export interface Line {
  sentence: Row;
  shown: string;
  marks: Mark[];
  rows: Row[];
  /** of spans (bytes) that meet this sentence: where they stand in `shown` */
  place: (span: Words) => [number, number] | undefined;
}

export interface Passage {
  role: string;
  turn?: Row | undefined;
  /** whether the turn begins here */
  opens: boolean;
  lines: Line[];
}

export interface DocumentRecord {
  head: Row;
  passages: Passage[];
  lines: Line[];
  rows: Map<string, Row>;
  actors: Map<string, Row>;
  counts: Record<string, number>;
}

/** Layers that can be switched, in the order of their keys 1 to 9. */
export const kLayers = [
  { id: 'turn', label: 'Turns' },
  { id: 'quote', label: 'Quotes' },
  { id: 'mention', label: 'Actors' },
  { id: 'event', label: 'Events' },
  { id: 'timex', label: 'Times' },
  { id: 'figure', label: 'Figures' },
  { id: 'commitment', label: 'Commitments' },
  { id: 'place', label: 'Places' },
  { id: 'agreement', label: 'Agreements' },
] as const;

const kMarked = new Set(['quote', 'mention', 'event', 'timex', 'figure', 'commitment', 'place', 'agreement']);
const kBeside = new Set(['quote', 'event', 'timex', 'figure', 'commitment', 'place', 'agreement', 'topic', 'uncoded']);

function isWords(value: unknown): value is Words {
  return typeof value === 'object' && value !== null && typeof (value as Words).begin === 'number' && typeof (value as Words).end === 'number';
}

/** Every span that a row points at, with the field that it stands in. */
export function evidenceOf(row: Row): { role: string; span: Words }[] {
  const out: { role: string; span: Words }[] = [{ role: row.kind, span: row }];
  const walk = (value: unknown, role: string, depth: number) => {
    if (depth > 5 || typeof value !== 'object' || value === null) return;
    if (isWords(value)) out.push({ role, span: value });
    if (Array.isArray(value)) for (const one of value) walk(one, role, depth + 1);
    else for (const [field, inner] of Object.entries(value)) walk(inner, depth === 0 ? field : role, depth + 1);
  };
  for (const [field, value] of Object.entries(row)) walk(value, field.replace(/_words$/, '').replace(/_/g, ' '), 1);
  return out;
}

/** The words that a layer marks in the text: of an event its predicate, of others their own. */
function markedSpan(row: Row): Words {
  const inner = row.kind === 'event' ? row['predicate'] : undefined;
  return isWords(inner) ? inner : row;
}

function lineOf(sentence: Row, coding: Coding): Line {
  const { text: visible, at } = shown(sentence.text, coding);
  const exact = byteLength(sentence.text) === sentence.end - sentence.begin;
  const place = (span: Words): [number, number] | undefined => {
    if (span.end <= sentence.begin || span.begin >= sentence.end) return undefined;
    if (exact) {
      const [begin, end] = unitsOf(sentence.text, [Math.max(span.begin, sentence.begin) - sentence.begin, Math.min(span.end, sentence.end) - sentence.begin]);
      const from = at[begin!]!;
      const until = at[end!]!;
      return until > from ? [from, until] : undefined;
    }
    // The bytes are not those of the words (another encoding): the words are looked for, the nearest first.
    const wanted = shown(span.text, coding).text;
    if (wanted === '') return undefined;
    const guess = Math.round((visible.length * (span.begin - sentence.begin)) / Math.max(1, sentence.end - sentence.begin));
    let best = -1;
    for (let found = visible.indexOf(wanted); found >= 0; found = visible.indexOf(wanted, found + 1)) {
      if (best < 0 || Math.abs(found - guess) < Math.abs(best - guess)) best = found;
    }
    return best < 0 ? undefined : [best, best + wanted.length];
  };
  return { sentence, shown: visible, marks: [], rows: [], place };
}

export function makeRecord(rows: Row[]): DocumentRecord {
  const head = rows.find((row) => row.kind === 'document') ?? ({ kind: 'document', id: '', doc: '', begin: 0, end: 0, text: '' } as Row);
  // What the type of the file does not tell, its sentences do.
  const seen = rows.filter((row) => row.kind === 'sentence').map((row) => codingOf(row.text));
  const type = text(head, 'media_type');
  const coding: Coding = {
    markup: /html|xml/.test(type) || (/rfc822|mail/.test(type) && seen.some((one) => one.markup)),
    quoted: /rfc822|mail/.test(type) && seen.some((one) => one.quoted),
  };
  const byId = new Map<string, Row>();
  const actors = new Map<string, Row>();
  const counts: Record<string, number> = {};
  const blocks: Row[] = [];
  const turns = new Map<string, Row>();
  const lines: Line[] = [];
  const others: Row[] = [];
  for (const row of rows) {
    byId.set(row.id, row);
    counts[row.kind] = (counts[row.kind] ?? 0) + 1;
    if (row.kind === 'block') blocks.push(row);
    else if (row.kind === 'turn') turns.set(row.id, row);
    else if (row.kind === 'sentence') lines.push(lineOf(row, coding));
    else if (row.kind === 'actor') {
      const id = text(row, 'actor');
      actors.set(id, row);
      learn(id, text(row, 'name'));
    } else if (row.kind !== 'document') others.push(row);
  }
  lines.sort((a, b) => a.sentence.begin - b.sentence.begin);
  // Lines that meet [begin, end): the last one that begins at or before it, and onwards.
  const meeting = (span: Words): Line[] => {
    let low = 0;
    let high = lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (lines[middle]!.sentence.begin <= span.begin) low = middle + 1;
      else high = middle;
    }
    const out: Line[] = [];
    for (let i = Math.max(0, low - 1); i < lines.length && lines[i]!.sentence.begin < span.end; i++) {
      if (lines[i]!.sentence.end > span.begin) out.push(lines[i]!);
    }
    return out;
  };
  const bySentence = new Map(lines.map((line) => [line.sentence.id, line]));
  for (const row of others) {
    if (kMarked.has(row.kind)) {
      const span = markedSpan(row);
      for (const line of meeting(span)) {
        const place = line.place(span);
        if (place) line.marks.push({ begin: place[0], end: place[1], layer: row.kind, row });
      }
    }
    const home = (row.sentence && bySentence.get(row.sentence)) || meeting(row)[0];
    if (home && (kBeside.has(row.kind) || row.kind === 'mention')) home.rows.push(row);
  }
  const order = ['quote', 'event', 'commitment', 'figure', 'timex', 'agreement', 'place', 'topic', 'uncoded', 'mention'];
  for (const line of lines) line.rows.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.begin - b.begin);

  // "Q:" and "The President:" only say who speaks next; the turn's heading says it too.
  const cues = [...turns.values()].map((turn) => turn['introduced_by']).filter(isWords).sort((a, b) => a.begin - b.begin);
  const isCue = (sentence: Row): boolean => cues.some((cue) => cue.begin <= sentence.begin && sentence.end <= cue.end);

  // Passages: blocks with their sentences; a sentence belongs to the block that it begins in.
  const passages: Passage[] = [];
  let block = 0;
  let last: Passage | undefined;
  let lastBlock = -2;
  let openTurn = '';
  for (const line of lines) {
    while (block + 1 < blocks.length && blocks[block + 1]!.begin <= line.sentence.begin) block++;
    const inBlock = blocks[block] && blocks[block]!.begin <= line.sentence.begin && line.sentence.begin < blocks[block]!.end ? block : -1;
    const turn = text(line.sentence, 'turn');
    const sameTurn = turn === (last?.turn?.id ?? '');
    const cue = isCue(line.sentence);
    if (!last || inBlock !== lastBlock || !sameTurn || cue !== (last.role === 'cue')) {
      const role = cue ? 'cue' : inBlock >= 0 ? text(blocks[inBlock]!, 'role') : 'narration';
      last = { role, turn: turns.get(turn), opens: turn !== '' && turn !== openTurn, lines: [] };
      if (turn !== '') openTurn = turn;
      passages.push(last);
      lastBlock = inBlock;
    }
    last.lines.push(line);
  }
  return { head, passages, lines, rows: byId, actors, counts };
}

export interface Reason {
  label: string;
  words: string;
}

/** Why a row says what it says: what made it, who says so, how its actors and dates were understood. */
export function reasons(record: DocumentRecord | undefined, row: Row, name: (id: string) => string): Reason[] {
  const out: Reason[] = [];
  const add = (label: string, said: string) => {
    if (said) out.push({ label, words: said });
  };
  const with_id = (id: string) => (name(id) === id ? id : `${name(id)} (${id})`);
  add('Made by', text(row, 'method') + (typeof row.score === 'number' ? `, score ${row.score}` : ''));
  add('Frame', text(row, 'frame'));
  add('Because', text(row, 'reason'));
  for (const step of list(row, 'why')) add('Step', step);
  const home = record?.lines.find((line) => line.sentence.id === row.sentence);
  if (home) {
    const used = new Set(['source', 'target', 'owed_by', 'owed_to', 'holder', 'parties', 'about'].flatMap((field) => list(row, field)));
    for (const other of home.rows) {
      if (other.id === row.id) continue;
      if (other.kind === 'mention' && list(other, 'actors').some((id) => used.has(id))) {
        const rejected = list(other, 'alternatives');
        add(`“${other.text}”`, `is ${list(other, 'actors').map(with_id).join(' + ')} (${text(other, 'form')})${text(other, 'reason') ? `, because ${text(other, 'reason')}` : ''}${rejected.length ? `; not ${rejected.map(with_id).join(', ')}` : ''}`);
      }
      if (other.kind === 'timex' && row.kind !== 'mention' && row.kind !== 'timex') {
        add(`“${other.text}”`, `is ${text(other, 'value') || 'a time that could not be resolved'}${text(other, 'reason') ? `, because ${text(other, 'reason')}` : ''}`);
      }
    }
  }
  const rejected = list(row, 'alternatives');
  if (rejected.length) add('Rejected readings', rejected.map(with_id).join(', '));
  const kept = record?.rows.get(text(row, 'fulfils'));
  if (kept) add('Answers', kept.text);
  const also = row['also'];
  if (Array.isArray(also)) for (const one of also) if (isWords(one)) add('Told again', one.text);
  return out;
}
