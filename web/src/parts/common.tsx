// Small parts that every view uses.
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { address, get, type ApiError, type Loaded, type Values } from '../lib/api';
import { readable } from '../lib/bytes';
import { link } from '../lib/hash';
import { useNames } from '../lib/names';

export function Trouble({ error }: { error: ApiError }) {
  return (
    <p class={error.status === 404 ? 'nothing' : 'trouble'} role={error.status === 404 ? 'status' : 'alert'}>
      {error.status === 404 ? 'Nothing in the record: ' : ''}
      {error.message}
    </p>
  );
}

/** What is loaded, or why it isn't. */
export function Await<T>({ of, children }: { of: Loaded<T>; children: (data: T) => ComponentChildren }) {
  if (of.data !== undefined) return <>{children(of.data)}</>;
  if (of.error) return <Trouble error={of.error} />;
  if (of.loading) return <p class="waiting" role="status">Reading the record …</p>;
  return null;
}

export function Title({ children, lead, tools }: { children: ComponentChildren; lead?: ComponentChildren; tools?: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const text = typeof children === 'string' ? children : undefined;
  useEffect(() => {
    if (text) document.title = `${text} · readout`;
  }, [text]);
  return (
    <header class="title">
      <div>
        <h1 ref={heading}>{children}</h1>
        {lead && <p class="lead">{lead}</p>}
      </div>
      {tools && <div class="tools">{tools}</div>}
    </header>
  );
}

/** An actor's name that leads to what the record holds on it. */
export function Actor({ id, name }: { id: string; name?: string }) {
  const names = useNames(name ? [] : [id]);
  if (id === '?' || id === '') return <span class="actor unnamed">not named</span>;
  return (
    <a class="actor" href={link('dossier', '', { actor: id })} title={id}>
      {name ?? names(id)}
    </a>
  );
}

export function Actors({ ids }: { ids: string[] }) {
  if (ids.length === 0) return <span class="actor unnamed">nobody named</span>;
  return (
    <>
      {[...new Set(ids)].map((id, i) => (
        <>
          {i > 0 && ' + '}
          <Actor id={id} key={id} />
        </>
      ))}
    </>
  );
}

/** Whose claim it is, outermost first: publisher › speaker › quoted source. */
export function Voice({ ids }: { ids: string[] | undefined }) {
  const chain = (ids ?? []).filter((id, i, all) => id !== all[i - 1]);
  const name = useNames(chain);
  if (chain.length === 0 || chain.every((id) => id === '?')) return <span class="quiet">told</span>;
  return (
    <span class="voice">
      <span class="quiet">according to </span>
      {chain.map((id, i) => (
        <span key={id + i}>
          {i > 0 && <span class="quiet" aria-label=", who cites"> › </span>}
          {name(id)}
        </span>
      ))}
    </span>
  );
}

export interface ExportItem {
  label: string;
  href?: string;
  /** name of the file that the browser keeps */
  file?: string;
  action?: () => void;
}

/** Exports of what is shown: links to the API, so a program can fetch the same. */
export function ExportMenu({ items }: { items: ExportItem[] }) {
  const [copied, setCopied] = useState('');
  const box = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      if (box.current?.open && event.target instanceof Node && !box.current.contains(event.target)) box.current.open = false;
    };
    addEventListener('pointerdown', close);
    return () => removeEventListener('pointerdown', close);
  }, []);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      setCopied('Link copied');
    } catch {
      setCopied('The browser does not allow it: the address is in the address bar');
    }
  };
  return (
    <details class="menu" ref={box} data-export onKeyDown={(event) => event.key === 'Escape' && box.current && ((box.current.open = false), box.current.querySelector('summary')?.focus())}>
      <summary class="button">Export</summary>
      <ul>
        {items.map((item) => (
          <li key={item.label}>
            {item.href ? (
              <a href={item.href} download={item.file ?? ''}>
                {item.label}
              </a>
            ) : (
              <button type="button" class="plain" onClick={item.action}>
                {item.label}
              </button>
            )}
          </li>
        ))}
        <li>
          <button type="button" class="plain" onClick={copy}>
            Copy the link to this view
          </button>
        </li>
        <li>
          <button type="button" class="plain" onClick={() => print()}>
            Print
          </button>
        </li>
      </ul>
      <span role="status" class="said">{copied}</span>
    </details>
  );
}

/** The usual exports of an answer. */
export function answerExports(path: string, values: Values, forms: string[] = ['csv', 'json', 'jsonl']): ExportItem[] {
  const labels: Record<string, string> = { csv: 'CSV table', json: 'JSON', jsonl: 'JSON Lines', markdown: 'Markdown', html: 'HTML page', svg: 'SVG picture' };
  const suffix: Record<string, string> = { markdown: 'md' };
  return forms.map((format) => ({ label: labels[format] ?? format, href: address(path, { ...values, limit: values['limit'] && Math.max(1000, Number(values['limit'])), format }), file: `${path}.${suffix[format] ?? format}` }));
}

export function saveFile(name: string, type: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** A chart as a file: colours that come from the page are written into it. */
export function saveSvg(name: string, svg: SVGSVGElement | null): void {
  if (!svg) return;
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const from = [svg, ...svg.querySelectorAll<SVGElement>('*')];
  const to = [copy, ...copy.querySelectorAll<SVGElement>('*')];
  from.forEach((one, i) => {
    const style = getComputedStyle(one);
    for (const name of ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-size', 'font-family', 'opacity', 'color']) {
      to[i]!.style.setProperty(name, style.getPropertyValue(name));
    }
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.style.setProperty('background', getComputedStyle(document.body).backgroundColor);
  saveFile(name, 'image/svg+xml', new XMLSerializer().serializeToString(copy));
}

interface FieldProps {
  type?: string;
  label: string;
  name: string;
  value?: string | undefined;
  placeholder?: string;
  list?: string[];
  required?: boolean;
}

export function Field({ label, name, value, type = 'text', placeholder, required }: FieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} name={name} type={type as 'text'} defaultValue={value ?? ''} key={value ?? ''} placeholder={placeholder} required={required} autocomplete="off" />
    </div>
  );
}

export function Choice({ label, name, value, options, onChange }: { label: string; name: string; value?: string | undefined; options: [string, string][]; onChange?: (value: string) => void }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} name={name} key={value ?? ''} onChange={(event) => onChange?.(event.currentTarget.value)}>
        {options.map(([key, words]) => (
          <option value={key} key={key} selected={key === (value ?? '')}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A name of an actor, with those of the record offered while one types. */
export function ActorField({ label, name, value, required, placeholder }: FieldProps) {
  const id = useId();
  const [offered, setOffered] = useState<{ id: string; name: string; documents: number }[]>([]);
  const timer = useRef<number | undefined>(undefined);
  const names = useNames(value?.includes(':') ? [value] : []);
  const look = (text: string) => {
    clearTimeout(timer.current);
    if (text.trim().length < 2) return;
    timer.current = window.setTimeout(() => {
      get<{ actors: { id: string; name: string; documents: number }[] }>('actors', { name: text.trim(), limit: 12 }).then(
        (found) => setOffered(found.actors.filter((actor) => actor.documents > 0)),
        () => setOffered([]), // nobody by that name so far: nothing to offer
      );
    }, 180);
  };
  return (
    <div class="field actor-field">
      <label for={id}>{label}</label>
      <input id={id} name={name} list={`${id}-list`} defaultValue={value ?? ''} key={value ?? ''} required={required} placeholder={placeholder ?? 'name or id'} autocomplete="off"
        title={value?.includes(':') ? names(value) : undefined} onInput={(event) => look(event.currentTarget.value)} />
      <datalist id={`${id}-list`}>
        {offered.map((actor) => (
          <option value={actor.id} key={actor.id}>
            {`${actor.name} (${actor.documents})`}
          </option>
        ))}
      </datalist>
    </div>
  );
}

/** A form whose values go into the address. */
export function Ask({ view, argument, keep, children, button = 'Ask' }: { view: string; argument?: string; keep?: Record<string, string | undefined>; children: ComponentChildren; button?: string }) {
  return (
    <form class="ask" onSubmit={(event) => {
      event.preventDefault();
      const values: Record<string, string> = {};
      for (const [name, value] of new FormData(event.currentTarget)) if (typeof value === 'string') values[name] = value.trim();
      location.hash = link(view, argument ?? '', { ...keep, ...values }).slice(1);
    }}>
      {children}
      <button type="submit" class="primary">{button}</button>
    </form>
  );
}

export function Notes({ notes }: { notes: string[] }) {
  if (notes.length === 0) return null;
  return (
    <ul class="notes">
      {notes.map((note) => (
        <li key={note}>{readable(note)}</li>
      ))}
    </ul>
  );
}

/** A dialog that closes with Escape and gives the focus back (the browser's own). */
export function Dialog({ title, open, onClose, children }: { title: string; open: boolean; onClose: () => void; children: ComponentChildren }) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = box.current;
    if (!dialog) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);
  return (
    <dialog ref={box} aria-labelledby={id} onClose={onClose} onClick={(event) => event.target === box.current && onClose()}>
      {open && (
        <div class="dialog">
          <header>
            <h2 id={id}>{title}</h2>
            <button type="button" class="plain" onClick={onClose} aria-label="Close">✕</button>
          </header>
          {children}
        </div>
      )}
    </dialog>
  );
}
