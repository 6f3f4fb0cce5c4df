// Actor ids as people write them. Answers carry names in their cells; where only an id stands (voices),
// the record is asked once for each, and until it has answered the id itself is made readable.
import { useEffect, useState } from 'preact/hooks';
import { get, readers } from './api';

const known = new Map<string, string>();
const asking = new Set<string>();
const listeners = new Set<() => void>();

export function learn(id: string, name: string): void {
  if (name) known.set(id, name);
}

/** "person:kassym-jomart-tokayev" > "Kassym-Jomart Tokayev" can't be known from the slug; this is near. */
export function fromId(id: string): string {
  if (id === '?' || id === '') return 'somebody not named';
  const colon = id.indexOf(':');
  const kind = colon < 0 ? '' : id.slice(0, colon);
  const rest = id.slice(colon + 1).replace(/^x-/, '');
  if (kind === 'state') return rest.length <= 3 ? rest : capitals(rest);
  if (kind === 'gov' || kind === 'mil') return capitals(rest.replace('.', ': '));
  return capitals(rest);
}

function capitals(slug: string): string {
  return slug.split('-').map((word) => (word.length > 3 || slug.length > 5 ? word.charAt(0).toUpperCase() + word.slice(1) : word.toUpperCase())).join(' ');
}

/** Cells of an answer stand beside the ids that they name. */
const kCells: Record<string, string> = { source: 'source', target: 'target', by: 'owed_by', to: 'owed_to', about: 'about', speaker: 'source', parties: 'parties' };

function learnFrom(data: unknown): void {
  if (typeof data !== 'object' || data === null) return;
  const { columns, rows, sections } = data as { columns?: unknown; rows?: unknown; sections?: { answer: unknown }[] };
  if (Array.isArray(sections)) for (const section of sections) learnFrom(section.answer);
  if (!Array.isArray(columns) || !Array.isArray(rows)) return;
  columns.forEach((column: string, i) => {
    for (const { cells, row } of rows as { cells: string[]; row: Record<string, unknown> }[]) {
      const kind = row['kind'];
      const field = column === 'who' ? (kind === 'event' ? 'source' : kind === 'commitment' ? 'owed_by' : 'parties') : column === 'towards' ? (kind === 'event' ? 'target' : 'owed_to') : kCells[column];
      const ids = field === undefined ? undefined : row[field];
      const names = (cells[i] ?? '').split(' + ');
      if (Array.isArray(ids) && ids.length === names.length) ids.forEach((id: string, n) => id !== '?' && names[n] !== id && !names[n]!.includes(':x-') && learn(id, names[n]!));
    }
  });
}
readers.push(learnFrom);

interface Found {
  actors: { id: string; name: string }[];
}

async function look(id: string): Promise<void> {
  try {
    const found = await get<Found>('actors', { name: id, limit: 1 });
    const actor = found.actors.find((one) => one.id === id);
    if (actor && actor.name !== id) known.set(id, actor.name);
    else known.set(id, fromId(id));
  } catch {
    known.set(id, fromId(id));
  }
  for (const told of listeners) told();
}

export function nameOf(id: string): string {
  return known.get(id) ?? fromId(id);
}

/** Names of these ids; looked up where they aren't known yet. */
export function useNames(ids: readonly string[]): (id: string) => string {
  const [, again] = useState(0);
  const key = ids.join('|');
  useEffect(() => {
    const told = () => again((n) => n + 1);
    listeners.add(told);
    for (const id of ids) {
      if (id === '?' || known.has(id) || asking.has(id)) continue;
      asking.add(id);
      void look(id);
    }
    return () => void listeners.delete(told);
  }, [key]);
  return nameOf;
}
