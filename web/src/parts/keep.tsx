// Keeping a question as an alert: from then on it is asked again after each upload.
import { useState } from 'preact/hooks';
import { send, useGet } from '../lib/api';
import { link } from '../lib/hash';
import type { Status } from '../lib/types';
import { Dialog } from './common';

export function KeepAlert({ verb, values }: { verb: string; values: Record<string, string | undefined> }) {
  const status = useGet<Status>('status');
  const [open, setOpen] = useState(false);
  const [kept, setKept] = useState('');
  const [trouble, setTrouble] = useState('');
  if (!status.data || status.data.read_only) return null;
  const asked = Object.fromEntries(Object.entries(values).filter((one): one is [string, string] => !!one[1]));
  const close = () => {
    setOpen(false);
    setKept('');
    setTrouble('');
  };
  const keep = async (form: HTMLFormElement) => {
    const data = new FormData(form);
    const name = String(data.get('name') ?? '').trim();
    try {
      await send('PUT', `alerts/${encodeURIComponent(name)}`, { tell_all: data.get('all') ? 'true' : undefined }, JSON.stringify({ verb, values: asked }), 'application/json');
      setKept(name);
      setTrouble('');
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>Keep as alert</button>
      <Dialog title="Keep this question" open={open} onClose={close}>
        {kept ? (
          <p role="status">Kept as <b>{kept}</b>. <a href={link('alerts', '', { name: kept })} onClick={close}>To the alerts</a></p>
        ) : (
          <form onSubmit={(event) => (event.preventDefault(), void keep(event.currentTarget))}>
            <p class="quiet">It is asked again after each upload; what is new stands under Alerts and in its feed.</p>
            <p>{verb}: {Object.entries(asked).map(([name, value]) => `${name.replace(/_/g, ' ')} ${value}`).join(', ') || 'everything'}</p>
            <div class="field"><label for="alert-name">Name (letters, digits, - and _)</label><input id="alert-name" name="name" required pattern="[A-Za-z0-9_\-]+" /></div>
            <p><label><input type="checkbox" name="all" /> Tell also what the record holds already</label></p>
            {trouble && <p class="trouble" role="alert">{trouble}</p>}
            <p><button type="submit" class="primary">Keep it</button></p>
          </form>
        )}
      </Dialog>
    </>
  );
}
