// The frame: navigation, search, theme, help; and which view stands in it.
import { useEffect, useState } from 'preact/hooks';
import { get, onTokenWanted, send } from './lib/api';
import { go, link, usePlace, type Place } from './lib/hash';
import { allKeys, keysOn, listKeys, setKeysOn, useKeys } from './lib/keys';
import type { Row } from './lib/types';
import { Dialog, Trouble } from './parts/common';
import { ApiError } from './lib/api';
import { Alerts } from './views/alerts';
import { Commitments } from './views/commitments';
import { Compare } from './views/compare';
import { Dyad } from './views/dyad';
import { Library } from './views/library';
import { MapView } from './views/map';
import { Network } from './views/network';
import { Agreements, Dossier, Events, Figures, Said, Search } from './views/questions';
import { Reader } from './views/reader';
import { Timeline } from './views/timeline';

interface View {
  name: string;
  label: string;
  key?: string;
  about: string;
}

const kViews: View[] = [
  { name: 'library', label: 'Library', key: 'l', about: 'documents of the record, adding more' },
  { name: 'said', label: 'Said', key: 's', about: 'what did X say about Y' },
  { name: 'events', label: 'Events', key: 'e', about: 'who did what to whom' },
  { name: 'contacts', label: 'Contacts', key: 'v', about: 'meetings, visits, calls' },
  { name: 'commitments', label: 'Commitments', key: 'c', about: 'who owes what to whom' },
  { name: 'figures', label: 'Figures', key: 'f', about: 'claimed numbers' },
  { name: 'agreements', label: 'Agreements', key: 'a', about: 'agreements and what is said of them' },
  { name: 'timeline', label: 'Timeline', key: 't', about: 'by day' },
  { name: 'dossier', label: 'Dossier', key: 'd', about: 'all on one actor, topic, agreement or place' },
  { name: 'dyad', label: 'Dyad', key: 'y', about: 'two actors' },
  { name: 'network', label: 'Network', key: 'n', about: 'who had to do with whom' },
  { name: 'map', label: 'Map', key: 'm', about: 'places' },
  { name: 'compare', label: 'Compare', key: 'r', about: 'two readouts side by side' },
  { name: 'alerts', label: 'Alerts', key: 'w', about: 'kept questions and what is new' },
];

/** #/row/ID: to the document that the row stands in. */
function RowAddress({ id }: { id: string }) {
  const [error, setError] = useState<ApiError | undefined>();
  useEffect(() => {
    get<Row>(`rows/${encodeURIComponent(id)}`).then((row) => go(link('doc', row.doc, { row: row.id }), 'replace'), (trouble: unknown) => setError(trouble instanceof ApiError ? trouble : new ApiError(-1, String(trouble))));
  }, [id]);
  return error ? <Trouble error={error} /> : <p class="waiting" role="status">Looking for the row …</p>;
}

function Body({ place }: { place: Place }) {
  switch (place.view) {
    case '':
    case 'library':
      return <Library place={place} />;
    case 'doc':
      return <Reader place={place} />;
    case 'row':
      return <RowAddress id={place.argument} />;
    case 'said':
      return <Said place={place} />;
    case 'events':
    case 'contacts':
      return <Events place={place} verb={place.view} />;
    case 'commitments':
      return <Commitments place={place} />;
    case 'figures':
      return <Figures place={place} />;
    case 'agreements':
      return <Agreements place={place} />;
    case 'timeline':
      return <Timeline place={place} />;
    case 'dossier':
      return <Dossier place={place} />;
    case 'dyad':
      return <Dyad place={place} />;
    case 'network':
      return <Network place={place} />;
    case 'map':
      return <MapView place={place} />;
    case 'compare':
      return <Compare place={place} />;
    case 'alerts':
      return <Alerts place={place} />;
    case 'search':
      return <Search place={place} />;
    default:
      return <p class="nothing">There is no view “{place.view}”. <a href={link('library')}>To the library</a></p>;
  }
}

type Theme = 'auto' | 'light' | 'dark';
const kThemes: Theme[] = ['auto', 'light', 'dark'];

function storedTheme(): Theme {
  const theme = document.documentElement.dataset['theme'];
  return theme === 'dark' || theme === 'light' ? theme : 'auto';
}

function SignIn() {
  const [open, setOpen] = useState(false);
  const [wrong, setWrong] = useState('');
  useEffect(() => onTokenWanted(() => setOpen(true)), []);
  return (
    <Dialog title="This record wants a token" open={open} onClose={() => setOpen(false)}>
      <form onSubmit={(event) => {
        event.preventDefault();
        const token = String(new FormData(event.currentTarget).get('token') ?? '');
        send('POST', 'session', {}, JSON.stringify({ token }), 'application/json').then(() => location.reload(), (error: unknown) => setWrong(error instanceof Error ? error.message : String(error)));
      }}>
        <p><label>Token <input type="password" name="token" required autocomplete="current-password" /></label> <button type="submit" class="primary">Sign in</button></p>
        {wrong && <p class="trouble" role="alert">{wrong}</p>}
      </form>
    </Dialog>
  );
}

function Help({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [on, setOn] = useState(keysOn());
  return (
    <Dialog title="Keys" open={open} onClose={onClose}>
      {open && allKeys().map(({ group, keys }) => (
        <section key={group}>
          <h3>{group}</h3>
          <dl class="keys">
            {Object.entries(keys).map(([key, { about }]) => (
              <div key={key}><dt>{key.split(' ').map((one) => <kbd key={one}>{one}</kbd>)}</dt><dd>{about}</dd></div>
            ))}
          </dl>
        </section>
      ))}
      <p><label><input type="checkbox" checked={on} onChange={(event) => (setKeysOn(event.currentTarget.checked), setOn(event.currentTarget.checked))} /> Single letters are keys</label></p>
      <p class="quiet">Documents can also be read <a href="/plain">without scripts</a>. The page asks <a href="/api/v1/openapi.json">the API</a> and nobody else.</p>
    </Dialog>
  );
}

export function App() {
  const place = usePlace();
  const [help, setHelp] = useState(false);
  const [menu, setMenu] = useState(false);
  const [theme, setTheme] = useState<Theme>(storedTheme);
  const nextTheme = () => {
    const next = kThemes[(kThemes.indexOf(theme) + 1) % kThemes.length]!;
    if (next === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = next;
    try {
      localStorage.setItem('readout.theme', next);
    } catch {
      // Without storage it holds until the page is closed.
    }
    setTheme(next);
  };
  useKeys({
    '?': { about: 'this help', run: () => setHelp(true) },
    '/': { about: 'search', run: () => document.querySelector<HTMLInputElement>('#find')?.focus() },
    d: { about: 'light, dark or the system’s theme', run: nextTheme },
    x: { about: 'exports of the view', run: () => document.querySelector<HTMLElement>('[data-export] > summary')?.click() },
    f: { about: 'to the first field of the question', run: () => document.querySelector<HTMLElement>('main .ask input, main .ask select')?.focus() },
    ...listKeys(),
    ...Object.fromEntries(kViews.filter((view) => view.key).map((view) => [`g ${view.key}`, { about: `${view.label}: ${view.about}`, run: () => (location.hash = link(view.name).slice(1)) }])),
  }, 'Everywhere');
  useEffect(() => {
    setMenu(false);
    if (place.view !== 'doc') scrollTo(0, 0);
  }, [place.view, place.argument]);
  const here = place.view === '' || place.view === 'doc' || place.view === 'row' ? 'library' : place.view;
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => (event.preventDefault(), document.getElementById('main')?.focus())}>To the content</a>
      <header class="top">
        <a class="brand" href={link('library')}>readout</a>
        <button type="button" class="menu-button" aria-expanded={menu} aria-controls="views" onClick={() => setMenu(!menu)}>Views</button>
        <nav id="views" aria-label="Views" class={menu ? 'open' : ''}>
          {kViews.map((view) => (
            <a key={view.name} href={link(view.name)} aria-current={view.name === here ? 'page' : undefined} title={view.key ? `${view.about} (g ${view.key})` : view.about}>{view.label}</a>
          ))}
        </nav>
        <form role="search" class="find" onSubmit={(event) => {
          event.preventDefault();
          const words = String(new FormData(event.currentTarget).get('words') ?? '').trim();
          if (words) location.hash = link('search', '', { words }).slice(1);
        }}>
          <label for="find" class="sr">Search the sentences</label>
          <input id="find" name="words" type="search" placeholder="Search ( / )" autocomplete="off" />
        </form>
        <button type="button" class="plain" onClick={nextTheme} aria-label={`Theme: ${theme}. Change it`} title="theme (d)">{theme === 'auto' ? '◐' : theme === 'light' ? '○' : '●'}</button>
        <button type="button" class="plain" onClick={() => setHelp(true)} aria-label="Keys and help" title="help (?)">?</button>
      </header>
      <main id="main" tabIndex={-1} class={`v-${place.view || 'library'}`}>
        <Body place={place} key={place.view === 'doc' ? `doc ${place.argument}` : place.view} />
      </main>
      <Help open={help} onClose={() => setHelp(false)} />
      <SignIn />
    </>
  );
}
