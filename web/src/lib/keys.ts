// Keys. A view says which it takes and what they do; the help lists them. Single letters can be switched
// off (WCAG 2.1.4).
import { useEffect, useRef } from 'preact/hooks';

export interface Key {
  about: string;
  run: () => void;
}
export type Keys = Record<string, Key>;

const layers: { group: string; keys: { current: Keys } }[] = [];
let before = ''; // the first key of two ("g l")
let timer = 0;

export function keysOn(): boolean {
  return localStorage.getItem('readout.keys') !== 'off';
}
export function setKeysOn(on: boolean): void {
  localStorage.setItem('readout.keys', on ? 'on' : 'off');
}

/** Keys by group, the innermost view's first. */
export function allKeys(): { group: string; keys: Keys }[] {
  return [...layers].reverse().map(({ group, keys }) => ({ group, keys: keys.current }));
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function pressed(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)) return;
  if (document.querySelector('dialog[open]')) return;
  if (event.key.length === 1 && !keysOn()) return;
  const sequence = before ? `${before} ${event.key}` : event.key;
  for (let i = layers.length - 1; i >= 0; i--) {
    const key = layers[i]!.keys.current[sequence];
    if (key) {
      event.preventDefault();
      before = '';
      key.run();
      return;
    }
  }
  before = event.key === 'g' && !before ? 'g' : '';
  clearTimeout(timer);
  timer = window.setTimeout(() => (before = ''), 1200);
}

export function useKeys(keys: Keys, group: string): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    const layer = { group, keys: current };
    layers.push(layer);
    if (layers.length === 1) addEventListener('keydown', pressed);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      if (layers.length === 0) removeEventListener('keydown', pressed);
    };
  }, [group]);
}

/** j and k go through what a view lists ([data-item]); Enter opens it ([data-open]). */
export function listKeys(): Keys {
  const items = () => [...document.querySelectorAll<HTMLElement>('main [data-item]')];
  const step = (by: number) => {
    const all = items();
    const at = all.findIndex((item) => item.contains(document.activeElement));
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };
  return {
    j: { about: 'next of the list', run: () => step(1) },
    k: { about: 'the one before', run: () => step(-1) },
    o: { about: 'open it in its document', run: () => items().find((item) => item.contains(document.activeElement))?.querySelector<HTMLElement>('[data-open]')?.click() },
  };
}
