// Correcting a row in place. Nothing is overwritten: each correction is an entry beside the row, with who
// made it and why, and is found again when the document is read anew.
import { useState } from 'preact/hooks';
import { send, useGet } from '../lib/api';
import type { Row, Status } from '../lib/types';
import { kCommitmentKinds, kPlover, kStatuses, list, text } from '../lib/words';

interface Entry {
  at: string;
  by: string;
  verdict: string;
  change: Record<string, unknown>;
  note: string;
  attached: boolean;
}

type Editor = { field: string; label: string; how: 'text' | 'list' | readonly string[] };

const kEditors: Record<string, Editor[]> = {
  event: [
    { field: 'source', label: 'Who (ids, with commas)', how: 'list' },
    { field: 'target', label: 'Towards', how: 'list' },
    { field: 'plover', label: 'Type', how: Object.keys(kPlover) },
    { field: 'cameo', label: 'CAMEO', how: 'text' },
    { field: 'status', label: 'Status', how: Object.keys(kStatuses) },
    { field: 'polarity', label: 'Polarity', how: ['positive', 'negative'] },
    { field: 'date', label: 'When', how: 'text' },
  ],
  commitment: [
    { field: 'commitment_kind', label: 'Kind', how: kCommitmentKinds },
    { field: 'owed_by', label: 'Owed by (ids, with commas)', how: 'list' },
    { field: 'owed_to', label: 'Owed to', how: 'list' },
  ],
  quote: [
    { field: 'source', label: 'Source (ids, with commas)', how: 'list' },
    { field: 'type', label: 'Type', how: ['direct', 'indirect', 'mixed'] },
  ],
  mention: [{ field: 'actors', label: 'Who (ids, with commas)', how: 'list' }],
  timex: [{ field: 'value', label: 'Value', how: 'text' }],
  figure: [
    { field: 'counted', label: 'Counted', how: 'text' },
    { field: 'unit', label: 'Unit', how: 'text' },
    { field: 'as_of', label: 'As of', how: 'text' },
  ],
  agreement: [
    { field: 'name', label: 'Name', how: 'text' },
    { field: 'date', label: 'Date', how: 'text' },
    { field: 'parties', label: 'Parties (ids, with commas)', how: 'list' },
  ],
};

function valueOf(row: Row, editor: Editor): string {
  return editor.how === 'list' ? list(row, editor.field).join(', ') : text(row, editor.field);
}

/** Only what was changed; an emptied field is taken away. */
function changes(row: Row, editors: Editor[], form: FormData): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const editor of editors) {
    const given = String(form.get(editor.field) ?? '').trim();
    if (given === valueOf(row, editor)) continue;
    out[editor.field] = editor.how === 'list' ? given.split(/\s*,\s*/).filter(Boolean) : given === '' ? null : given;
  }
  return out;
}

export function Correct({ row }: { row: Row }) {
  const status = useGet<Status>('status');
  // A server that keeps no corrections says so in its description.
  const api = useGet<{ paths: Record<string, unknown> }>('openapi.json');
  const kept = api.data?.paths['/rows/{id}/corrections'] !== undefined;
  const entries = useGet<{ corrections: Entry[] }>(kept ? `rows/${row.id}/corrections` : undefined);
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState('');
  const editors = kEditors[row.kind] ?? [];
  const history = entries.data?.corrections ?? [];
  if (!kept) return null;
  const put = async (body: Record<string, unknown>) => {
    try {
      await send('POST', `rows/${row.id}/corrections`, {}, JSON.stringify(body), 'application/json');
      setSaid('Kept.');
      setOpen(false);
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
    }
  };
  const submit = (form: HTMLFormElement, verdict?: string) => {
    const data = new FormData(form);
    const by = String(data.get('by') ?? '').trim();
    const note = String(data.get('note') ?? '').trim();
    try {
      localStorage.setItem('readout.by', by);
    } catch {
      // Without storage the name is asked for again.
    }
    const who = { ...(by && { by }), ...(note && { note }) };
    if (verdict) return void put({ verdict, ...who });
    const change = changes(row, editors, data);
    if (Object.keys(change).length === 0) return setSaid('No field was changed.');
    return void put({ change, ...who });
  };
  return (
    <section class="correct" aria-label="Corrections">
      {history.length > 0 && (
        <>
          <h3>What people said of this row</h3>
          <ul class="history">
            {history.map((one, i) => (
              <li key={i}>
                <b>{one.verdict}</b> <span class="quiet">by {one.by || 'somebody'}, <time>{one.at.slice(0, 16).replace('T', ' ')}</time></span>
                {Object.entries(one.change ?? {}).map(([field, value]) => <div key={field}>{field}: {value === null ? 'taken away' : Array.isArray(value) ? value.join(', ') : String(value)}</div>)}
                {one.note && <div>“{one.note}”</div>}
                {!one.attached && <div class="quiet">a newer reading has no such row</div>}
              </li>
            ))}
          </ul>
        </>
      )}
      {status.data && !status.data.read_only && !open && <button type="button" onClick={() => (setSaid(''), setOpen(true))}>Correct this row</button>}
      {open && (
        <form onSubmit={(event) => (event.preventDefault(), submit(event.currentTarget))}>
          <h3>Correct this row</h3>
          {editors.map((editor) => (
            <div class="field" key={editor.field}>
              <label for={`c-${editor.field}`}>{editor.label}</label>
              {typeof editor.how === 'string' ? (
                <input id={`c-${editor.field}`} name={editor.field} defaultValue={valueOf(row, editor)} />
              ) : (
                <select id={`c-${editor.field}`} name={editor.field}>
                  {[...new Set([valueOf(row, editor), ...editor.how])].map((one) => <option key={one} value={one} selected={one === valueOf(row, editor)}>{one || 'none'}</option>)}
                </select>
              )}
            </div>
          ))}
          <div class="field"><label for="c-note">Why</label><input id="c-note" name="note" /></div>
          <div class="field"><label for="c-by">Your name</label><input id="c-by" name="by" defaultValue={localStorage.getItem('readout.by') ?? ''} /></div>
          <p>
            {editors.length > 0 && <><button type="submit" class="primary">Keep</button>{' '}</>}
            <button type="button" onClick={(event) => submit(event.currentTarget.form!, 'wrong')}>The row is wrong</button>{' '}
            <button type="button" onClick={(event) => submit(event.currentTarget.form!, 'right')}>It is right</button>{' '}
            <button type="button" class="plain" onClick={() => setOpen(false)}>Cancel</button>
          </p>
        </form>
      )}
      <p role="status" class="quiet">{said}</p>
    </section>
  );
}
