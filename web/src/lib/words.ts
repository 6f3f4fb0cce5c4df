// The record's codes in plain words. Wording is neutral: it says what is claimed, never what is true.
import { readable } from './bytes';
import type { Row, Words } from './types';

export const kKinds: Record<string, string> = {
  turn: 'turn', quote: 'quote', mention: 'actor', event: 'event', timex: 'time', figure: 'figure', commitment: 'commitment',
  agreement: 'agreement', place: 'place', topic: 'topic', uncoded: 'not coded', actor: 'actor', sentence: 'sentence', block: 'block',
  document: 'document',
};

/** What a status of an event means, for people who don't know the code book. */
export const kStatuses: Record<string, string> = {
  happened: 'told as done',
  ongoing: 'told as going on',
  habitual: 'told as a habit',
  planned: 'planned',
  promised: 'promised',
  offered: 'offered',
  requested: 'asked for',
  hoped: 'hoped for',
  conditional: 'only if something else comes true',
  denied: 'said not to have happened',
  alleged: 'one side says so',
  refused: 'refused',
};

export const kPlover: Record<string, string> = {
  AGREE: 'Agree', CONSULT: 'Consult', SUPPORT: 'Support', CONCEDE: 'Concede', COOPERATE: 'Cooperate', AID: 'Aid', RETREAT: 'Retreat',
  REQUEST: 'Request', ACCUSE: 'Accuse', REJECT: 'Reject', THREATEN: 'Threaten', PROTEST: 'Protest', SANCTION: 'Sanction',
  MOBILIZE: 'Mobilize', COERCE: 'Coerce', ASSAULT: 'Assault',
};

export const kCommitmentKinds = ['pledge', 'intention', 'offer', 'order', 'request', 'condition', 'prohibition', 'refusal', 'expectation', 'fulfilment'];

export const kComparators: Record<string, string> = {
  about: 'about', more_than: 'more than', less_than: 'less than', at_least: 'at least', at_most: 'at most', almost: 'almost', none: 'none',
  all: 'all', many: 'many', few: 'few', exact: '',
};

export function text(row: Row, field: string): string {
  const value = row[field];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

export function list(row: Row, field: string): string[] {
  const value = row[field];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

export function words(row: Row, field: string): string {
  const value = row[field];
  if (typeof value === 'string') return readable(value);
  if (value && typeof value === 'object' && 'text' in value) return readable(String((value as Words).text));
  return '';
}

export function day(published: string | undefined): string {
  return (published ?? '').slice(0, 10);
}

/** Title, file or id: whatever there is, on one line. */
export function titleOf(document: { title?: string | undefined; file?: string | undefined; id?: string | undefined }): string {
  const title = readable(document.title ?? '');
  return title || (document.file ?? '').replace(/^.*\//, '') || (document.id ?? '').slice(0, 12);
}

const kNumber = new Intl.NumberFormat('en');
export function count(n: number, one: string, many = `${one}s`): string {
  return `${kNumber.format(n)} ${n === 1 ? one : many}`;
}

export function number(n: number): string {
  return kNumber.format(n);
}

/** From a million on with the word: nobody counts noughts. */
const kLong = new Intl.NumberFormat('en', { notation: 'compact', compactDisplay: 'long', maximumFractionDigits: 3 });
const kUnits: Record<string, string> = { m2: 'm²', m3: 'm³', km2: 'km²', km3: 'km³', percent: 'percent' };

export function figureWords(row: Row): string {
  const say = (value: unknown) => (typeof value !== 'number' ? '' : Math.abs(value) >= 1e6 ? kLong.format(value) : kNumber.format(value));
  const comparator = kComparators[text(row, 'comparator')] ?? text(row, 'comparator');
  const low = say(row['low']);
  const high = say(row['high']);
  const value = comparator === 'none' ? '' : say(row['value']) || (low && high ? `${low} to ${high}` : low || high);
  const unit = text(row, 'unit');
  return [comparator, value, kUnits[unit] ?? unit].filter(Boolean).join(' ');
}

export function dateWords(row: Row): string {
  const value = row['date'] ?? row['interval'] ?? row['value'];
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) {
    const ends = value.map((one) => String(one ?? '?'));
    return ends[0] === ends[1] ? (ends[0] ?? '') : ends.join(' to ');
  }
  return '';
}

/** The day a row is listed under; where its own date is coarser (a year, a month, a week), that date. */
export function listedDay(row: Row, day: string): string {
  const own = row.kind === 'commitment' ? '' : typeof row['date'] === 'string' ? row['date'] : '';
  return /^\d{4}(-\d{2}|-W\d{2})?$/.test(own) && day.slice(0, 4) === own.slice(0, 4) ? own : day;
}

/** Why nothing was made of a sentence, without the name of the frame that was tried. */
export function uncodedWords(reason: string): string {
  return reason.replace(/^[a-z]+(\.[\w-]+)+: /, '');
}

export function deadline(row: Row): string {
  const value = row['deadline'];
  if (value && typeof value === 'object') {
    const { text: said, value: when } = value as { text?: string; value?: string };
    return when || readable(said ?? '');
  }
  return '';
}

/** Upper-case first letter. */
export function capital(label: string): string {
  return label.charAt(0).toUpperCase() + label.slice(1);
}

export function joined(ids: string[], name: (id: string) => string): string {
  return ids.length === 0 ? 'nobody named' : ids.map(name).join(' + ');
}

/** TIMEX3 values that name no date. */
export const kReferences: Record<string, string> = { PRESENT_REF: 'the present', PAST_REF: 'the past', FUTURE_REF: 'the future' };

/** One row in a line, as it stands beside its sentence. */
export function inWords(row: Row, name: (id: string) => string): string {
  switch (row.kind) {
    case 'event': {
      const type = kPlover[text(row, 'plover')] ?? text(row, 'plover');
      const mode = text(row, 'plover_mode');
      const who = `${joined(list(row, 'source'), name)} → ${joined(list(row, 'target'), name)}`;
      return [type ? `${type}${mode ? ` / ${mode}` : ''}${text(row, 'cameo') ? ` ${text(row, 'cameo')}` : ''}` : 'Event without code', who, dateWords(row)].filter(Boolean).join(' · ');
    }
    case 'commitment': {
      const due = deadline(row);
      const to = list(row, 'owed_to');
      return `${capital(text(row, 'commitment_kind'))} · ${joined(list(row, 'owed_by'), name)}${to.length ? ` → ${joined(to, name)}` : ''}: ${words(row, 'what') || readable(row.text)}${due ? ` · by ${due}` : ''}`;
    }
    case 'quote':
      return `${capital(text(row, 'type'))} · ${joined(list(row, 'source'), name)}${words(row, 'cue') ? ` “${words(row, 'cue')}”` : ''}`;
    case 'timex':
      return `${readable(row.text)} = ${kReferences[text(row, 'value')] ?? (text(row, 'value') || 'not resolved')}`;
    case 'figure': {
      const about = list(row, 'about');
      return `${figureWords(row) || readable(row.text)}${text(row, 'counted') ? ` ${text(row, 'counted')}` : ''}${about.length ? ` · about ${joined(about, name)}` : ''}`;
    }
    case 'agreement':
      return `${text(row, 'name')}${list(row, 'parties').length ? ` · ${joined(list(row, 'parties'), name)}` : ''}${text(row, 'date') ? ` · ${text(row, 'date')}` : ''}`;
    case 'place':
      return [text(row, 'name'), text(row, 'country'), text(row, 'precision')].filter(Boolean).join(' · ');
    case 'mention':
      return `${readable(row.text)} = ${joined(list(row, 'actors'), name)}`;
    case 'topic':
      return `${text(row, 'topic').replace(/-/g, ' ')} (${text(row, 'weight')})`;
    case 'uncoded':
      return uncodedWords(text(row, 'reason'));
    case 'turn':
      return `${text(row, 'speaker') ? name(text(row, 'speaker')) : 'speaker not known'} speaks`;
    default:
      return readable(row.text);
  }
}
