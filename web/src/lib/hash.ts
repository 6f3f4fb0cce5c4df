// Where we are: #/view/argument?name=value. Every state that is worth a link stands in the address.
import { useEffect, useState } from 'preact/hooks';

export interface Place {
  view: string;
  /** what follows the view, decoded */
  argument: string;
  query: Record<string, string>;
}

export function parsePlace(hash: string): Place {
  const text = hash.replace(/^#\/?/, '');
  const mark = text.indexOf('?');
  const path = mark < 0 ? text : text.slice(0, mark);
  const slash = path.indexOf('/');
  const query: Record<string, string> = {};
  if (mark >= 0) for (const [name, value] of new URLSearchParams(text.slice(mark + 1))) query[name] = value;
  return { view: slash < 0 ? path : path.slice(0, slash), argument: slash < 0 ? '' : decode(path.slice(slash + 1)), query };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Empty values are left out. */
export function link(view: string, argument = '', query: Record<string, string | number | undefined> = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') params.set(name, String(value));
  }
  const text = params.toString();
  return `#/${view}${argument ? `/${encodeURIComponent(argument)}` : ''}${text ? `?${text}` : ''}`;
}

export function go(href: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'replace') {
    history.replaceState(null, '', href);
    dispatchEvent(new HashChangeEvent('hashchange'));
  } else {
    location.hash = href.slice(1);
  }
}

/** The place one is at; `changed` merges values into its query. */
export function usePlace(): Place {
  const [place, set] = useState(() => parsePlace(location.hash));
  useEffect(() => {
    const look = () => set(parsePlace(location.hash));
    addEventListener('hashchange', look);
    return () => removeEventListener('hashchange', look);
  }, []);
  return place;
}

export function changed(place: Place, values: Record<string, string | number | undefined>): string {
  return link(place.view, place.argument, { ...place.query, ...values });
}

/** A row in its document. */
export function rowLink(doc: string, row: string): string {
  return link('doc', doc, { row });
}
