// The board of commitments. Each card has three axes that are never mixed: what the parties say of it
// (official), what events support (evidence), what the calendar says (schedule).
import { useGet } from '../lib/api';
import { readable } from '../lib/bytes';
import { changed, link, rowLink, type Place } from '../lib/hash';
import type { Answer, AnswerRow, Row } from '../lib/types';
import { capital, count, deadline, kCommitmentKinds, list, number, text, words } from '../lib/words';
import { Actors, ActorField, answerExports, Ask, Await, Choice, ExportMenu, Field, Title } from '../parts/common';
import { AnswerHead, AnswerTable, Evidence, offsetOf, Pager, Source } from '../parts/answer';
import { KeepAlert } from '../parts/keep';
import { AxisMark } from '../parts/glyph';

/** One thing said of a commitment: by whom, when, and the row that it stands on. */
interface Claim {
  status?: string;
  day?: string;
  by?: string;
  row?: string;
  doc?: string;
  title?: string;
  due?: string;
  text?: string;
}

interface Axis {
  state: string;
  claims: Claim[];
  due: string;
}

export type AxisName = 'official' | 'evidence' | 'schedule';

const spaced = (words: string): string => words.replace(/_/g, ' ');

/** An axis as the answer gives it; where it gives only a state of the row, what that state tells of the axis. */
export function axisOf(row: Row, name: AxisName): Axis {
  const given = (row['axes'] as Record<string, { state?: string; claims?: Claim[]; due?: string }> | undefined)?.[name];
  if (given) return { state: spaced(given.state ?? ''), claims: given.claims ?? [], due: given.due ?? '' };
  const state = text(row, 'state');
  const told = state === 'answered' ? 'reported done' : text(row, 'commitment_kind') === 'fulfilment' ? 'reported done' : 'stated';
  const planned = state === 'overdue' || state === 'due' ? state : told === 'reported done' ? 'met' : 'open';
  return { state: name === 'official' ? told : name === 'evidence' ? 'not assessed' : planned, claims: [], due: name === 'schedule' ? text(row, 'due') : '' };
}

/** Columns of the board, axis by axis; what is not named here stands behind, under its own word. */
const kColumns: Record<AxisName, [string, string][]> = {
  schedule: [
    ['overdue', 'the day has passed and nobody says it was kept'],
    ['due', 'a day is named and has not passed'],
    ['open', 'no day is named'],
    ['met', 'somebody says that it was kept'],
    ['met late', 'said to be kept after the day'],
  ],
  official: [
    ['stated', 'said once'],
    ['repeated', 'said again'],
    ['revised', 'said again with another day'],
    ['reported done', 'who owes it says it was kept'],
    ['reported not done', 'who owes it says it was not kept'],
    ['refused', ''],
  ],
  evidence: [
    ['denied', 'others say it was not kept'],
    ['disputed', 'some say it was kept, others deny it'],
    ['partly', 'kept in part'],
    ['supported', 'others or events say it was kept'],
    ['not assessed', 'nothing in the record speaks to it; that does not mean that nothing was done'],
  ],
};

function Claims({ row }: { row: Row }) {
  const claims = (['official', 'evidence'] as const).flatMap((name) => axisOf(row, name).claims.map((claim) => ({ name, claim }))).filter(({ claim }) => claim.row !== row.id);
  if (claims.length === 0) return null;
  claims.sort((a, b) => ((a.claim.day ?? '') < (b.claim.day ?? '') ? -1 : 1));
  return (
    <details>
      <summary>{count(claims.length, 'more row')} on it</summary>
      <ol class="claims">
        {claims.map(({ name, claim }, i) => (
          <li key={i}>
            <p><time>{claim.day}</time> <AxisMark state={spaced(claim.status ?? '')} /> <span class="quiet">({name}{claim.due ? `, day ${claim.due}` : ''})</span>{claim.by && <> <Actors ids={[claim.by]} /></>}</p>
            {claim.text && <q class="evidence">{readable(claim.text)}</q>}
            {claim.row && <p class="source"><a href={claim.doc ? rowLink(claim.doc, claim.row) : link('row', claim.row)}>{readable(claim.title ?? '') || 'open'}</a></p>}
          </li>
        ))}
      </ol>
    </details>
  );
}

function Card({ item }: { item: AnswerRow }) {
  const { row } = item;
  const schedule = axisOf(row, 'schedule');
  const due = schedule.due || text(row, 'due') || deadline(row);
  const condition = words(row, 'condition');
  const answered = text(row, 'answered_by');
  return (
    <li class="card" data-item tabIndex={-1}>
      <p class="parties"><b>{capital(text(row, 'commitment_kind'))}</b> · <Actors ids={list(row, 'owed_by')} />{list(row, 'owed_to').length > 0 && <> → <Actors ids={list(row, 'owed_to')} /></>}</p>
      <p class="what">{words(row, 'what') || readable(row.text)}</p>
      {condition && <p class="condition"><span class="quiet">on condition:</span> {condition}</p>}
      <dl class="axes">
        <div><dt>Official</dt><dd><AxisMark state={axisOf(row, 'official').state} />{answered && <> <a href={link('row', answered)}>who says so</a></>}</dd></div>
        <div><dt>Evidence</dt><dd><AxisMark state={axisOf(row, 'evidence').state} /></dd></div>
        <div><dt>Schedule</dt><dd><AxisMark state={schedule.state === 'open' ? 'no deadline' : schedule.state} />{due && <time> {due}</time>}</dd></div>
      </dl>
      <Claims row={row} />
      <details>
        <summary>Sentence</summary>
        <Evidence row={row} />
      </details>
      <Source row={row} />
    </li>
  );
}

function Board({ rows, axis }: { rows: AnswerRow[]; axis: AxisName }) {
  const by = new Map<string, AnswerRow[]>();
  for (const item of rows) {
    const { state } = axisOf(item.row, axis);
    by.set(state, [...(by.get(state) ?? []), item]);
  }
  const known = kColumns[axis].map(([state]) => state);
  const columns = [...kColumns[axis], ...[...by.keys()].filter((state) => !known.includes(state)).map((state): [string, string] => [state, ''])];
  return (
    <div class="board" data-list>
      {columns.map(([state, about]) => {
        const cards = by.get(state);
        if (!cards) return null;
        return (
          <section key={state} class={`column k-${state.replace(/ /g, '-')}`} aria-label={capital(state)}>
            <h2><AxisMark state={capital(state)} /> <span class="n">{cards.length}</span></h2>
            <p class="quiet">{about}</p>
            <ul>{cards.map((item, i) => <Card key={item.row.id + i} item={item} />)}</ul>
          </section>
        );
      })}
    </div>
  );
}

const kAxisNames: AxisName[] = ['schedule', 'official', 'evidence'];

export function Commitments({ place }: { place: Place }) {
  const names = ['actor', 'other', 'by', 'to', 'type', 'state', 'as_of', 'from', 'until', 'words', 'topic', 'document'];
  const values = Object.fromEntries(names.map((name) => [name, place.query[name]]));
  const table = place.query['as'] === 'table';
  const axis = kAxisNames.find((name) => name === place.query['axis']) ?? 'schedule';
  const paged = { ...values, limit: 200, offset: offsetOf(place.query) || undefined };
  const loaded = useGet<Answer>('commitments', paged);
  return (
    <>
      <Title
        lead="Who owes what to whom. What parties say, what events support and what the calendar says are kept apart; “not assessed” does not mean that nothing was done."
        tools={<>
          <a class="button" href={changed(place, { as: table ? undefined : 'table' })}>{table ? 'As a board' : 'As a table'}</a>
          <KeepAlert verb="commitments" values={values} />
          <ExportMenu items={answerExports('commitments', paged)} />
        </>}
      >Commitments</Title>
      <Ask view="commitments" keep={{ as: place.query['as'], axis: place.query['axis'] }}>
        <ActorField label="Involving" name="actor" value={values['actor']} />
        <ActorField label="Owed by" name="by" value={values['by']} />
        <ActorField label="Owed to" name="to" value={values['to']} />
        <Choice label="Kind" name="type" value={values['type']} options={[['', 'any kind'], ...kCommitmentKinds.map((one): [string, string] => [one, one])]} />
        <Choice label="State" name="state" value={values['state']} options={[['', 'any state'], ['open', 'open'], ['due', 'due'], ['overdue', 'overdue'], ['answered', 'said to be kept'], ['disputed', 'disputed']]} />
        <Field label="As of" name="as_of" value={values['as_of']} placeholder="today" />
        <Field label="Words" name="words" value={values['words']} />
      </Ask>
      <Await of={loaded}>
        {(answer) => (
          <>
            <AnswerHead answer={answer} />
            {!table && answer.rows.length > 0 && (
              <p class="switch" role="group" aria-label="Columns of the board">
                <span class="quiet">Columns by</span>{' '}
                {kAxisNames.map((name) => <a key={name} class="button" aria-current={name === axis ? 'true' : undefined} href={changed(place, { axis: name === 'schedule' ? undefined : name })}>{name}</a>)}
                {answer.total > answer.rows.length && <span class="quiet"> {number(answer.rows.length)} of {number(answer.total)} are on this page.</span>}
              </p>
            )}
            {table ? <AnswerTable answer={answer} /> : answer.rows.length === 0 ? <p class="nothing">Nothing in the record.</p> : <Board rows={answer.rows} axis={axis} />}
            <Pager total={answer.total} offset={offsetOf(place.query)} size={200} />
          </>
        )}
      </Await>
    </>
  );
}
