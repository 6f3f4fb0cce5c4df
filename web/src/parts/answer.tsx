// Answers of the record: each row with its sentence, whose claim it is, and the way into its document.
import { readable } from '../lib/bytes';
import { changed, rowLink, usePlace } from '../lib/hash';
import type { Answer, AnswerRow, Row } from '../lib/types';
import { count, day, figureWords, kPlover, kStatuses, list, listedDay, number, text, titleOf } from '../lib/words';
import { Actors, Notes, Voice } from './common';
import { AxisMark, StatusMark } from './glyph';

export const kPage = 50;

/** The sentence with the row's own words marked. */
export function Evidence({ row }: { row: Row }) {
  const sentence = readable(text(row, 'evidence') || row.text);
  const own = readable(row.text);
  const at = own && own !== sentence ? sentence.indexOf(own) : -1;
  return (
    <q class="evidence">
      {at < 0 ? sentence : (
        <>
          {sentence.slice(0, at)}
          <mark>{own}</mark>
          {sentence.slice(at + own.length)}
        </>
      )}
    </q>
  );
}

/** Where it is told: voice, document, day; leads to the passage. */
export function Source({ row }: { row: Row }) {
  return (
    <p class="source">
      <Voice ids={row.voice} /> <span class="quiet">in</span>{' '}
      <a href={rowLink(row.doc, row.id)} class="open" data-open>{titleOf({ title: text(row, 'title'), id: row.doc })}</a>
      {day(text(row, 'published')) && <span class="quiet">, <time>{day(text(row, 'published'))}</time></span>}
    </p>
  );
}

function Cell({ column, cell, item }: { column: string; cell: string; item: AnswerRow }) {
  const row = item.row;
  const event = row.kind === 'event';
  if (column === 'status' && event) return <StatusMark status={text(row, 'status')} polarity={text(row, 'polarity')} />;
  if (column === 'status' && kStatuses[cell] === undefined) return cell ? <AxisMark state={cell} /> : null;
  if (column === 'state') return <AxisMark state={cell} />;
  if (column === 'type' && event) {
    const type = text(row, 'plover');
    const mode = text(row, 'plover_mode');
    return <>{type ? <b>{kPlover[type] ?? type}</b> : <span class="quiet">no code</span>}{mode ? ` / ${mode}` : ''}</>;
  }
  if (column === 'source' || (column === 'who' && event)) return <Actors ids={list(row, 'source')} />;
  if (column === 'target' || (column === 'towards' && event)) return <Actors ids={list(row, 'target')} />;
  if (column === 'by' || (column === 'who' && row.kind === 'commitment')) return <Actors ids={list(row, 'owed_by')} />;
  if (column === 'to' || (column === 'towards' && row.kind === 'commitment')) return list(row, 'owed_to').length ? <Actors ids={list(row, 'owed_to')} /> : <span class="quiet">nobody named</span>;
  if (column === 'about' && row.kind === 'figure') return <Actors ids={list(row, 'about')} />;
  if (column === 'value' && row.kind === 'figure') return <b>{figureWords(row) || cell}</b>;
  if (column === 'day') return <time>{listedDay(row, cell)}</time>;
  if (column === 'what' && event) return <>{readable(cell).replace(/, not specified below$/, '')}</>;
  return <>{readable(cell)}</>;
}

/** Columns that only repeat what the line of evidence says. */
const kRepeated = new Set(['words', 'document', 'according to', 'evidence', 'unit']);

export function AnswerTable({ answer, quotes = false }: { answer: Answer; quotes?: boolean }) {
  if (answer.rows.length === 0) return <p class="nothing">Nothing in the record.</p>;
  const columns = answer.columns.map((column, i) => ({ column, i })).filter(({ column }) => !kRepeated.has(column) && !(quotes && column === 'what'));
  return (
    <div class="scroll">
      <table class="answer" data-list>
        <thead>
          <tr>{columns.map(({ column }) => <th scope="col" key={column}>{column}</th>)}</tr>
        </thead>
        {answer.rows.map((item, n) => (
          <tbody key={(item.row.id ?? '') + n} data-item tabIndex={-1}>
            <tr>
              {columns.map(({ column, i }) => (
                <td key={column} class={`c-${column.replace(/ /g, '-')}`} data-label={column}>
                  <Cell column={column} cell={item.cells[i] ?? ''} item={item} />
                </td>
              ))}
            </tr>
            <tr class="stands-on">
              <td colSpan={columns.length}>
                <Evidence row={item.row} />
                <Source row={item.row} />
              </td>
            </tr>
          </tbody>
        ))}
      </table>
    </div>
  );
}

/** The question in words; the ids by which its actors were understood stand back. */
export function Question({ words }: { words: string }) {
  return <>{words.split(/(\((?:[a-z]+:[^()\s]+)\))/).map((part, i) => (i % 2 ? <span class="id-words" key={i}>{part}</span> : part))}</>;
}

/** The question said again, how many rows, notes. */
export function AnswerHead({ answer }: { answer: Answer }) {
  return (
    <>
      <p class="question"><Question words={answer.question} /> <span class="quiet">{count(answer.total, 'row')}.</span></p>
      <Notes notes={answer.notes} />
    </>
  );
}

export function Pager({ total, offset, size = kPage }: { total: number; offset: number; size?: number }) {
  const place = usePlace();
  if (total <= size && offset === 0) return null;
  return (
    <nav class="pager" aria-label="Pages of the answer">
      {offset > 0 ? <a class="button" rel="prev" href={changed(place, { offset: offset - size > 0 ? offset - size : undefined })}>← Before</a> : <span />}
      <span class="quiet">{number(offset + 1)}–{number(Math.min(total, offset + size))} of {number(total)}</span>
      {offset + size < total ? <a class="button" rel="next" href={changed(place, { offset: offset + size })}>After →</a> : <span />}
    </nav>
  );
}

export function offsetOf(query: Record<string, string>): number {
  const given = Number(query['offset'] ?? 0);
  return Number.isInteger(given) && given > 0 ? given : 0;
}
