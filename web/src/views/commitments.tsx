// The board of commitments. Each card has three axes that are never mixed: what the parties say of it
// (official), what events support (evidence), what the calendar says (schedule).
import { useGet } from '../lib/api';
import { readable } from '../lib/bytes';
import { changed, link, type Place } from '../lib/hash';
import type { Answer, AnswerRow, Row } from '../lib/types';
import { capital, deadline, kCommitmentKinds, list, text, words } from '../lib/words';
import { Actors, ActorField, answerExports, Ask, Await, Choice, ExportMenu, Field, Title } from '../parts/common';
import { AnswerHead, AnswerTable, Evidence, offsetOf, Pager, Source } from '../parts/answer';
import { AxisMark } from '../parts/glyph';

export interface Axes {
  official: string;
  evidence: string;
  schedule: string;
}

/** The axes as the record gives them; where it gives only a state, what that state tells of each. */
export function axesOf(row: Row): Axes {
  const axis = (name: string): string => {
    const given = row[name] ?? (row['axes'] as Record<string, unknown> | undefined)?.[name];
    if (typeof given === 'string') return given.replace(/_/g, ' ');
    if (given && typeof given === 'object' && !Array.isArray(given)) return text(given as Row, 'state').replace(/_/g, ' ') || text(given as Row, 'status').replace(/_/g, ' ');
    if (Array.isArray(given) && given.length) return axisEnd(given);
    return '';
  };
  const state = text(row, 'state');
  const due = text(row, 'due');
  const as_of = text(row, 'as_of');
  return {
    official: axis('official') || (row['answered_by'] || state === 'answered' ? 'said to be kept' : text(row, 'commitment_kind') === 'fulfilment' ? 'reported kept' : 'stated'),
    evidence: axis('evidence_axis') || (typeof row['evidence'] === 'object' ? axis('evidence') : '') || 'not assessed',
    schedule: axis('schedule') || (state === 'overdue' ? 'overdue' : due ? (as_of && due < as_of ? 'date passed' : 'due') : deadline(row) ? 'deadline without a date' : 'no deadline'),
  };
}

function axisEnd(series: unknown[]): string {
  const last = series[series.length - 1];
  return typeof last === 'string' ? last : last && typeof last === 'object' ? text(last as Row, 'status').replace(/_/g, ' ') || text(last as Row, 'state').replace(/_/g, ' ') : '';
}

const kColumns: [string, string, string][] = [
  ['overdue', 'Overdue', 'the day has passed and nobody says it was kept'],
  ['due', 'Due', 'a day is named and has not passed'],
  ['open', 'Open', 'no day is named'],
  ['answered', 'Answered', 'somebody says that it was kept'],
  ['kept', 'Told as kept', 'the row itself reports fulfilment'],
];

function Card({ item }: { item: AnswerRow }) {
  const { row } = item;
  const axes = axesOf(row);
  const due = text(row, 'due') || deadline(row);
  const condition = words(row, 'condition');
  const answered = text(row, 'answered_by');
  return (
    <li class="card" data-item tabIndex={-1}>
      <p class="parties"><b>{capital(text(row, 'commitment_kind'))}</b> · <Actors ids={list(row, 'owed_by')} />{list(row, 'owed_to').length > 0 && <> → <Actors ids={list(row, 'owed_to')} /></>}</p>
      <p class="what">{words(row, 'what') || readable(row.text)}</p>
      {condition && <p class="condition"><span class="quiet">on condition:</span> {condition}</p>}
      <dl class="axes">
        <div><dt>Official</dt><dd><AxisMark state={axes.official} />{answered && <> <a href={link('row', answered)}>who says so</a></>}</dd></div>
        <div><dt>Evidence</dt><dd><AxisMark state={axes.evidence} /></dd></div>
        <div><dt>Schedule</dt><dd><AxisMark state={axes.schedule} />{due && <time> {due}</time>}</dd></div>
      </dl>
      <details>
        <summary>Sentence</summary>
        <Evidence row={row} />
      </details>
      <Source row={row} />
    </li>
  );
}

export function Commitments({ place }: { place: Place }) {
  const names = ['actor', 'other', 'by', 'to', 'type', 'state', 'as_of', 'from', 'until', 'words', 'topic', 'document'];
  const values = Object.fromEntries(names.map((name) => [name, place.query[name]]));
  const table = place.query['as'] === 'table';
  const paged = { ...values, limit: 200, offset: offsetOf(place.query) || undefined };
  const loaded = useGet<Answer>('commitments', paged);
  return (
    <>
      <Title
        lead="Who owes what to whom. What parties say, what events support and what the calendar says are kept apart; “not assessed” does not mean that nothing was done."
        tools={<>
          <a class="button" href={changed(place, { as: table ? undefined : 'table' })}>{table ? 'As a board' : 'As a table'}</a>
          <ExportMenu items={answerExports('commitments', paged)} />
        </>}
      >Commitments</Title>
      <Ask view="commitments" keep={{ as: place.query['as'] }}>
        <ActorField label="Involving" name="actor" value={values['actor']} />
        <ActorField label="Owed by" name="by" value={values['by']} />
        <ActorField label="Owed to" name="to" value={values['to']} />
        <Choice label="Kind" name="type" value={values['type']} options={[['', 'any kind'], ...kCommitmentKinds.map((one): [string, string] => [one, one])]} />
        <Choice label="State" name="state" value={values['state']} options={[['', 'any state'], ['open', 'open'], ['due', 'due'], ['overdue', 'overdue'], ['answered', 'answered']]} />
        <Field label="As of" name="as_of" value={values['as_of']} placeholder="today" />
        <Field label="Words" name="words" value={values['words']} />
      </Ask>
      <Await of={loaded}>
        {(answer) => (
          <>
            <AnswerHead answer={answer} />
            {table ? <AnswerTable answer={answer} /> : answer.rows.length === 0 ? <p class="nothing">Nothing in the record.</p> : (
              <div class="board" data-list>
                {kColumns.map(([state, label, about]) => {
                  const cards = answer.rows.filter((item) => (text(item.row, 'state') || 'open') === state);
                  if (cards.length === 0) return null;
                  return (
                    <section key={state} class={`column k-${state}`} aria-label={label}>
                      <h2><AxisMark state={label} /> <span class="n">{cards.length}</span></h2>
                      <p class="quiet">{about}</p>
                      <ul>{cards.map((item, i) => <Card key={item.row.id + i} item={item} />)}</ul>
                    </section>
                  );
                })}
              </div>
            )}
            <Pager total={answer.total} offset={offsetOf(place.query)} size={200} />
          </>
        )}
      </Await>
    </>
  );
}
