// Questions that are kept and asked again after each upload: what each has told, its feed, and the way back
// to the question itself.
import { useState } from 'preact/hooks';
import { address, send, useGet } from '../lib/api';
import { readable } from '../lib/bytes';
import { changed, go, link, rowLink, type Place } from '../lib/hash';
import { useNames } from '../lib/names';
import type { Alert, AlertHit, Status } from '../lib/types';
import { count, titleOf } from '../lib/words';
import { Await, ExportMenu, Title } from '../parts/common';

/** "events: actor Kazakhstan, from 2023" */
function AskedWords({ alert }: { alert: Alert }) {
  const values = Object.entries(alert.question.values ?? {});
  const name = useNames(values.map(([, value]) => value).filter((value) => /^[a-z]+:/.test(value)));
  return <>{alert.question.verb}{values.length > 0 && ': '}{values.map(([key, value]) => `${key.replace(/_/g, ' ')} ${/^[a-z]+:/.test(value) ? name(value) : value}`).join(', ')}</>;
}

function Told({ name }: { name: string }) {
  const loaded = useGet<Alert>(`alerts/${encodeURIComponent(name)}`, { limit: 100 });
  return (
    <Await of={loaded}>
      {(alert) => <Hits hits={alert.new ?? []} none="Nothing so far. What was in the record when the question was kept is no news." />}
    </Await>
  );
}

function Hits({ hits, none }: { hits: AlertHit[]; none: string }) {
  if (hits.length === 0) return <p class="nothing">{none}</p>;
  return (
    <ol class="said-list">
      {hits.map((hit) => (
        <li key={hit.row} data-item tabIndex={-1}>
          <p class="by">{hit.day && <><time>{hit.day}</time> </>}{readable(hit.words)}</p>
          <q class="evidence">{readable(hit.evidence)}</q>
          <p class="source"><a data-open href={rowLink(hit.doc, hit.row)}>{titleOf({ title: hit.title, id: hit.doc })}</a>{hit.found && <span class="quiet">, found {hit.found.slice(0, 16).replace('T', ' ')}</span>}</p>
        </li>
      ))}
    </ol>
  );
}

function One({ alert, place, may }: { alert: Alert; place: Place; may: boolean }) {
  const [said, setSaid] = useState('');
  const [sure, setSure] = useState(false);
  const path = `alerts/${encodeURIComponent(alert.name)}`;
  const open = place.query['name'] === alert.name;
  const forget = () => {
    if (open) go(changed(place, { name: undefined }), 'replace'); // what it told is not asked for any more
    send('DELETE', path, {}).catch((error: unknown) => setSaid(error instanceof Error ? error.message : String(error)));
  };
  const again = async () => {
    try {
      const fresh = await send<Alert>('POST', `${path}/run`, {}, '', 'application/json');
      const found = fresh?.new?.length ?? 0;
      setSaid(found ? `${count(found, 'new row')}.` : 'Nothing new.');
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <li class="alert">
      <h2>{alert.name} <span class="n">{alert.hits} told</span></h2>
      <p><a href={link(alert.question.verb, '', alert.question.values)}><AskedWords alert={alert} /></a></p>
      <p class="quiet">kept {alert.made.slice(0, 16).replace('T', ' ')}{alert.last_run ? `, asked last ${alert.last_run.slice(0, 16).replace('T', ' ')}` : ''} · <a href={`api/v1/${path}/atom`}>Atom feed</a> · <a href={address(path, { limit: 1000 })}>JSON</a></p>
      <p class="alert-tools">
        <a class="button" aria-expanded={open} href={changed(place, { name: open ? undefined : alert.name })}>{open ? 'Hide what it told' : 'What it told'}</a>{' '}
        {may && <button type="button" onClick={() => void again()}>Ask again</button>}{' '}
        {may && !sure && <button type="button" onClick={() => setSure(true)}>Forget it</button>}
        {sure && <><button type="button" class="danger" onClick={() => forget()}>Forget {alert.name} and what it told</button>{' '}<button type="button" class="plain" onClick={() => setSure(false)}>Keep it</button></>}
        <span role="status" class="quiet"> {said}</span>
      </p>
      {open && <Told name={alert.name} />}
    </li>
  );
}

export function Alerts({ place }: { place: Place }) {
  const loaded = useGet<{ alerts: Alert[] }>('alerts');
  const status = useGet<Status>('status');
  return (
    <>
      <Title lead="Questions that are kept and asked again after each upload. Each has a feed for a reader of news." tools={<ExportMenu items={[{ label: 'This list, JSON', href: address('alerts'), file: 'alerts.json' }]} />}>Alerts</Title>
      <Await of={loaded}>
        {({ alerts }) => (
          <>
            {alerts.length === 0 && <p class="nothing">No question is kept. Ask one ({['said', 'events', 'contacts', 'commitments', 'figures', 'agreements', 'timeline'].map((view, i) => <span key={view}>{i > 0 && ', '}<a href={link(view)}>{view}</a></span>)} or a search) and choose “Keep as alert”.</p>}
            <ul class="alerts" data-list>
              {alerts.map((alert) => <One key={alert.name} alert={alert} place={place} may={status.data !== undefined && !status.data.read_only} />)}
            </ul>
          </>
        )}
      </Await>
    </>
  );
}
