// The reason panel: what a row says, field by field, whose claim it is and how it came about.
import { useEffect, useRef, useState } from 'preact/hooks';
import { link } from '../lib/hash';
import { useNames } from '../lib/names';
import { reasons, type DocumentRecord } from '../lib/record';
import type { Row, Words } from '../lib/types';
import { capital, dateWords, deadline, figureWords, kKinds, kPlover, list, text, words } from '../lib/words';
import { Actor, Actors, Voice } from './common';
import { Correct } from './correct';
import { StatusMark } from './glyph';

type Fact = [string, preact.ComponentChild];

function factsOf(row: Row): Fact[] {
  const out: Fact[] = [];
  const add = (label: string, value: preact.ComponentChild) => {
    if (value !== '' && value !== undefined && value !== null) out.push([label, value]);
  };
  const actors = (label: string, field: string, always = false) => {
    const ids = list(row, field);
    if (ids.length || always) add(label, <Actors ids={ids} />);
  };
  switch (row.kind) {
    case 'event':
      actors('Who', 'source', true);
      actors('Towards', 'target', true);
      add('What', `${kPlover[text(row, 'plover')] ?? (text(row, 'plover') || 'no code')}${text(row, 'plover_mode') ? ` / ${text(row, 'plover_mode')}` : ''}`);
      add('Context', list(row, 'plover_context').join(', '));
      add('CAMEO', text(row, 'cameo'));
      add('Goldstein', text(row, 'goldstein'));
      add('Status', <StatusMark status={text(row, 'status')} polarity={text(row, 'polarity')} />);
      add('When', dateWords(row));
      add('How they know', text(row, 'evidentiality').replace('_', ' '));
      break;
    case 'commitment':
      add('Kind', `${text(row, 'commitment_kind')}${text(row, 'strength') ? ` (${text(row, 'strength').replace('_', ' ')})` : ''}`);
      actors('Owed by', 'owed_by', true);
      actors('Owed to', 'owed_to', true);
      actors('Held by', 'holder');
      add('What', words(row, 'what'));
      add('Condition', words(row, 'condition'));
      add('Deadline', deadline(row) || 'none named');
      add('Quantity', words(row, 'quantity'));
      break;
    case 'quote':
      add('Type', text(row, 'type'));
      actors('Source', 'source', true);
      add('Cue', words(row, 'cue'));
      actors('Addressee', 'addressee');
      break;
    case 'timex':
      add('Type', text(row, 'type'));
      add('Value', text(row, 'value') || 'not resolved');
      add('Interval', Array.isArray(row['interval']) ? (row['interval'] as string[]).join(' to ') : '');
      add('Counted from', text(row, 'anchor'));
      add('Modifier', text(row, 'mod'));
      break;
    case 'figure':
      add('Value', figureWords(row));
      add('Counted', text(row, 'counted'));
      actors('About', 'about');
      add('As of', text(row, 'as_of'));
      break;
    case 'mention':
      actors('Who', 'actors', true);
      add('Form', text(row, 'form'));
      break;
    case 'agreement':
      add('Name', text(row, 'name'));
      add('Type', text(row, 'type'));
      actors('Parties', 'parties');
      add('Date', text(row, 'date'));
      if (Array.isArray(row['said'])) {
        for (const said of row['said'] as (Words & { by?: string[]; status?: string })[]) add('Said of it', <>{said.status} <span class="quiet">“{said.text}”</span> {said.by?.length ? <Actors ids={said.by} /> : null}</>);
      }
      break;
    case 'place':
      add('Name', <a href={link('dossier', '', { kind: 'place', actor: text(row, 'name') })}>{text(row, 'name')}</a>);
      add('Country', text(row, 'country'));
      add('Precision', text(row, 'precision'));
      add('Position', typeof row['lat'] === 'number' ? `${row['lat']}, ${String(row['lon'])}` : '');
      break;
    case 'turn':
      add('Speaker', text(row, 'speaker') ? <Actor id={text(row, 'speaker')} /> : 'not known');
      actors('To', 'addressee');
      actors('Also present', 'also_present');
      add('Introduced by', words(row, 'introduced_by'));
      break;
    default:
      add('Says', text(row, 'reason') || text(row, 'topic'));
  }
  return out;
}

export function ReasonPanel({ record, row, onClose }: { record?: DocumentRecord; row: Row; onClose?: () => void }) {
  const [raw, setRaw] = useState(false);
  const ids = ['source', 'target', 'owed_by', 'owed_to', 'holder', 'parties', 'about', 'actors', 'alternatives'].flatMap((field) => list(row, field));
  const name = useNames(ids);
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (box.current) box.current.scrollTop = 0;
  }, [row.id]);
  return (
    <aside class="reason" aria-label="Why this row" ref={box} data-reason={row.id} tabIndex={0}>
      <header>
        <h2>{capital(kKinds[row.kind] ?? row.kind)}</h2>
        {onClose && <button type="button" class="plain" onClick={onClose} aria-label="Close the reason panel">✕</button>}
      </header>
      <p class="claim"><Voice ids={row.voice} /></p>
      <dl class="facts">
        {factsOf(row).map(([label, value], i) => (
          <div key={label + i}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h3>Why</h3>
      <ol class="steps">
        {reasons(record, row, name).map((reason, i) => (
          <li key={i}><b>{reason.label}</b> {reason.words}</li>
        ))}
      </ol>
      <Correct row={row} />
      <details open={raw} onToggle={(event) => setRaw(event.currentTarget.open)}>
        <summary>As recorded</summary>
        {raw && <pre tabIndex={0}>{JSON.stringify(row, undefined, 1)}</pre>}
      </details>
      <p class="quiet id">{row.id}</p>
    </aside>
  );
}
