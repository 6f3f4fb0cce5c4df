// The reader: a document's sentences with its layers marked, the rows beside the sentence they stand in,
// and for the chosen row the reasons. A passage has an address: #/doc/ID?at=BEGIN-END (bytes) or ?row=ID.
import { memo } from 'preact/compat';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { address, getLines, useLoaded } from '../lib/api';
import { changed, go, link, type Place } from '../lib/hash';
import { readable } from '../lib/bytes';
import { useKeys } from '../lib/keys';
import { nameOf, useNames } from '../lib/names';
import { evidenceOf, kLayers, makeRecord, type DocumentRecord, type Line, type Mark, type Passage } from '../lib/record';
import type { Row } from '../lib/types';
import { count, day, inWords, kKinds, list, text, titleOf } from '../lib/words';
import { Actor, Await, ExportMenu, Title } from '../parts/common';
import { LayerSample, StatusMark } from '../parts/glyph';
import { ReasonPanel } from '../parts/reason';

const kFirst = 60; // passages that are drawn at once; the others follow while one reads
const kQuietRoles = new Set(['cue', 'navigation', 'boilerplate', 'caption', 'credit', 'byline', 'source_line', 'dateline']);
const kRoleWords: Record<string, string> = {
  caption: 'caption', credit: 'credit', byline: 'byline', source_line: 'source', dateline: 'dateline', navigation: 'navigation', boilerplate: 'standing text', table: 'table',
};

interface Lit {
  begin: number;
  end: number;
  role: string;
}

type Choose = (row: string) => void;

/** The sentence with its marks; where several lie upon each other the innermost is chosen by a click. */
function marked(line: Line, layers: Set<string>, lit: Lit[], choose: Choose, chosen: string) {
  const marks = line.marks.filter((mark) => layers.has(mark.layer));
  if (marks.length === 0 && lit.length === 0) return line.shown;
  const cuts = new Set([0, line.shown.length]);
  for (const one of [...marks, ...lit]) {
    cuts.add(one.begin);
    cuts.add(one.end);
  }
  const edges = [...cuts].sort((a, b) => a - b);
  const out = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const begin = edges[i]!;
    const end = edges[i + 1]!;
    const words = line.shown.slice(begin, end);
    // Outermost first, so that the nesting of elements is that of the spans; one of each layer is enough.
    const over: Mark[] = [];
    for (const mark of marks) {
      if (mark.begin <= begin && mark.end >= end && !over.some((other) => other.layer === mark.layer)) over.push(mark);
    }
    over.sort((a, b) => b.end - b.begin - (a.end - a.begin));
    const light = lit.filter((one) => one.begin <= begin && one.end >= end).sort((a, b) => a.end - a.begin - (b.end - b.begin))[0];
    let node: preact.ComponentChild = words;
    for (const mark of [...over].reverse()) {
      const first = mark.begin === begin ? ' first' : '';
      const last = mark.end === end ? ' last' : '';
      node = <span class={`l l-${mark.layer}${first}${last}`}>{node}</span>;
    }
    if (light) node = <mark class="lit" data-role={light.begin === begin ? light.role : undefined}>{node}</mark>;
    const inner = over[over.length - 1];
    out.push(
      inner ? (
        <span class="spot" key={begin} onClick={(event) => {
          if (getSelection()?.toString()) return;
          event.stopPropagation();
          // A second click on the same words goes on to the next mark around them.
          const at = over.findIndex((mark) => mark.row.id === chosen);
          choose((at > 0 ? over[at - 1]! : inner).row.id);
        }}>{node}</span>
      ) : (
        <span key={begin}>{node}</span>
      ),
    );
  }
  return out;
}

/** Rows of a word or two stand side by side, the others each on a line of its own. */
const kSmall = new Set(['timex', 'figure', 'place']);

function Note({ row, chosen, choose }: { row: Row; chosen: string; choose: Choose }) {
  return (
    <button type="button" class={`note n-${row.kind}${kSmall.has(row.kind) ? ' small' : ''}`} aria-pressed={row.id === chosen} data-row={row.id} onClick={() => choose(row.id)}
      title={row.kind === 'uncoded' ? text(row, 'reason') : undefined}>
      <span class="kind">{kKinds[row.kind]}</span> {inWords(row, nameOf)}
      {row['corrected'] !== undefined && <> <span class="corrected">corrected</span></>}
      {row.kind === 'event' && <> <StatusMark status={text(row, 'status')} polarity={text(row, 'polarity')} /></>}
    </button>
  );
}

/**
 * Who is meant where the words do not say it themselves: "we", "the minister", "our countries". Left out is what
 * a reader sees: names, "I" of the speaker, and words inside of others that stand here already.
 */
function meantIn(line: Line, speaker: string): Map<string, Row> {
  const meant = new Map<string, Row>();
  const mentions = line.rows.filter((row) => row.kind === 'mention');
  for (const row of mentions) {
    const ids = list(row, 'actors').filter((id) => id !== '?');
    if (ids.length === 0 || text(row, 'form') === 'name') continue;
    if (row['person'] === 1 && ids.length === 1 && ids[0] === speaker) continue;
    if (mentions.some((other) => other.begin <= row.begin && other.end >= row.end && other.end - other.begin > row.end - row.begin)) continue;
    const said = readable(row.text);
    const names = ids.map(nameOf);
    if (names.every((name) => said.includes(name.split(' ').pop() ?? name))) continue;
    const words = `${said} = ${names.join(' + ')}`;
    if (!meant.has(words)) meant.set(words, row);
  }
  return meant;
}

function Beside({ line, layers, chosen, choose, speaker }: { line: Line; layers: Set<string>; chosen: string; choose: Choose; speaker: string }) {
  const rows = line.rows.filter((row) => row.kind !== 'mention' && row.kind !== 'topic' && layers.has(row.kind === 'uncoded' ? 'event' : row.kind));
  const meant = layers.has('mention') ? meantIn(line, speaker) : new Map<string, Row>();
  const large = rows.filter((row) => !kSmall.has(row.kind));
  const small = rows.filter((row) => kSmall.has(row.kind));
  if (rows.length === 0 && meant.size === 0) return <div class="beside" />;
  return (
    <div class="beside">
      <ul aria-label="Rows of this sentence">
        {large.map((row) => <li key={row.id}><Note row={row} chosen={chosen} choose={choose} /></li>)}
        {small.map((row) => <li key={row.id} class="inline"><Note row={row} chosen={chosen} choose={choose} /></li>)}
        {[...meant].map(([words, row]) => (
          <li key={row.id} class="inline"><button type="button" class="note small chip" aria-pressed={row.id === chosen} data-row={row.id} onClick={() => choose(row.id)}>{words}</button></li>
        ))}
      </ul>
    </div>
  );
}

interface LineProps {
  line: Line;
  layers: Set<string>;
  lit: Lit[];
  chosen: string;
  choose: Choose;
  target: boolean;
  /** of the turn that it stands in; empty outside */
  speaker: string;
}

const kNone: Lit[] = [];

const LineView = memo(function LineView({ line, layers, lit, chosen, choose, target, speaker }: LineProps) {
  return (
    <div class={`line${target ? ' target' : ''}`} id={line.sentence.id} data-begin={line.sentence.begin} data-end={line.sentence.end}>
      <p class="sentence">{marked(line, layers, lit, choose, chosen)}</p>
      <Beside line={line} layers={layers} chosen={chosen} choose={choose} speaker={speaker} />
    </div>
  );
}, (a, b) => a.line === b.line && a.layers === b.layers && a.lit === b.lit && a.target === b.target && (a.chosen === b.chosen || (!has(a.line, a.chosen) && !has(a.line, b.chosen))));

function has(line: Line, row: string): boolean {
  return row !== '' && (line.rows.some((one) => one.id === row) || line.marks.some((mark) => mark.row.id === row));
}

interface PassageProps extends Omit<LineProps, 'line' | 'lit' | 'target' | 'speaker'> {
  passage: Passage;
  litOf: Map<Line, Lit[]>;
  targets: Set<Line>;
}

function PassageView({ passage, layers, litOf, chosen, choose, targets }: PassageProps) {
  const { role, turn } = passage;
  const heading = role === 'title' || role === 'heading';
  const inTurn = turn !== undefined && layers.has('turn') && !kQuietRoles.has(role);
  const speaker = turn ? text(turn, 'speaker') : '';
  const addressee = turn ? list(turn, 'addressee') : [];
  const lines = passage.lines.map((line) => (
    <LineView key={line.sentence.id} line={line} layers={layers} lit={litOf.get(line) ?? kNone} chosen={chosen} choose={choose} target={targets.has(line)} speaker={speaker} />
  ));
  return (
    <section class={`passage r-${role}${kQuietRoles.has(role) ? ' quiet-role' : ''}${inTurn ? ' in-turn' : ''}`}>
      {inTurn && passage.opens && (
        <p class="speaker">
          {speaker ? <Actor id={speaker} name={nameOf(speaker)} /> : <span class="unnamed">Speaker not known</span>}
          {addressee.length > 0 && <span class="quiet"> to {addressee.map(nameOf).join(', ')}</span>}
          <button type="button" class="plain why" aria-pressed={turn!.id === chosen} data-row={turn!.id} onClick={() => choose(turn!.id)}>turn {text(turn!, 'number')}</button>
        </p>
      )}
      {kRoleWords[role] && <p class="role">{kRoleWords[role]}</p>}
      {heading ? <div role="heading" aria-level={role === 'title' ? 2 : 3}>{lines}</div> : lines}
    </section>
  );
}

function startingLayers(place: Place): Set<string> {
  const given = place.query['layers'];
  if (given !== undefined) return new Set(given.split('.').filter(Boolean));
  return new Set(['turn', 'quote', 'mention', 'event', 'timex', 'figure', 'commitment']);
}

function Pages({ record, place }: { record: DocumentRecord; place: Place }) {
  const { head } = record;
  const id = head.doc;
  const chosen = place.query['row'] ?? '';
  const row = record.rows.get(chosen);
  const layerKey = place.query['layers'];
  const layers = useMemo(() => startingLayers(place), [layerKey]);
  const running = place.query['as'] === 'text';
  const ids = useMemo(() => {
    const all = new Set<string>();
    for (const one of record.rows.values()) {
      for (const field of ['source', 'target', 'owed_by', 'owed_to', 'voice', 'about', 'parties', 'actors', 'addressee']) for (const actor of list(one, field)) all.add(actor);
    }
    return [...all].filter((one) => !record.actors.has(one)).slice(0, 60);
  }, [record]);
  useNames(ids);

  const placeNow = useRef(place);
  placeNow.current = place;
  const choose = useCallback<Choose>((wanted) => {
    const now = placeNow.current;
    go(changed(now, { row: now.query['row'] === wanted ? undefined : wanted, at: undefined }), 'replace');
  }, []);
  const toggle = (layer: string) => {
    const next = new Set(layers);
    if (!next.delete(layer)) next.add(layer);
    go(changed(place, { layers: kLayers.filter((one) => next.has(one.id)).map((one) => one.id).join('.') || '.' }), 'replace');
  };

  // What is lit: the evidence of the chosen row, or the passage of the address.
  const span = /^(\d+)-(\d+)$/.exec(place.query['at'] ?? '');
  const litOf = useMemo(() => {
    const out = new Map<Line, Lit[]>();
    const evidence = row && row.kind !== 'turn' ? evidenceOf(row) : [];
    if (!row && span) evidence.push({ role: '', span: { begin: Number(span[1]), end: Number(span[2]), text: '' } });
    for (const line of record.lines) {
      for (const { role, span: one } of evidence) {
        const where = line.place(one);
        if (!where) continue;
        const lit = out.get(line) ?? [];
        lit.push({ begin: where[0], end: where[1], role });
        out.set(line, lit);
      }
    }
    return out;
  }, [record, row, place.query['at']]);
  const targets = useMemo(() => new Set(row?.kind === 'turn' ? record.lines.filter((line) => text(line.sentence, 'turn') === row.id) : row?.kind === 'sentence' ? record.lines.filter((line) => line.sentence === row) : []), [record, row]);

  // The first passages at once, the rest when there is time: unless the address leads further down.
  const wanted = useMemo(() => {
    const first = [...litOf.keys(), ...targets][0];
    return first ? record.passages.findIndex((passage) => passage.lines.includes(first)) : -1;
  }, [record, litOf, targets]);
  const [drawn, setDrawn] = useState(kFirst);
  const upTo = Math.max(drawn, wanted + 20);
  useEffect(() => {
    if (upTo >= record.passages.length) return;
    const timer = setTimeout(() => setDrawn(upTo + 200), 30);
    return () => clearTimeout(timer);
  }, [upTo, record]);

  const text_box = useRef<HTMLDivElement>(null);
  const shownFor = useRef('');
  useEffect(() => {
    const key = `${chosen}|${place.query['at'] ?? ''}`;
    if (key === shownFor.current || wanted < 0) return;
    shownFor.current = key;
    const spot = text_box.current?.querySelector('mark.lit, .line.target');
    const line = spot?.closest('.line') ?? spot;
    if (!line) return;
    const box = line.getBoundingClientRect();
    const bottom = matchMedia('(max-width: 60rem)').matches ? innerHeight * 0.45 : innerHeight - 40;
    if (box.top < 130 || box.bottom > bottom) scrollTo({ top: scrollY + box.top - 170, behavior: 'instant' });
  });

  const order = useMemo(() => {
    const out: string[] = [];
    for (const line of record.lines) for (const one of line.rows) if (one.kind !== 'mention' && layers.has(one.kind)) out.push(one.id);
    return out;
  }, [record, layers]);
  const step = (by: number) => {
    if (order.length === 0) return;
    const at = order.indexOf(chosen);
    const next = order[at < 0 ? (by > 0 ? 0 : order.length - 1) : Math.min(order.length - 1, Math.max(0, at + by))];
    if (next && next !== chosen) choose(next);
  };
  const copyPassage = () => {
    const selection = getSelection();
    let at: string | undefined;
    if (selection && !selection.isCollapsed) {
      const line = (node: Node | null) => (node instanceof Element ? node : node?.parentElement)?.closest<HTMLElement>('.line');
      const lines = [line(selection.anchorNode), line(selection.focusNode)].filter((one): one is HTMLElement => !!one);
      if (lines.length) at = `${Math.min(...lines.map((one) => Number(one.dataset['begin'])))}-${Math.max(...lines.map((one) => Number(one.dataset['end'])))}`;
    }
    const sentence = row ? row : undefined;
    const href = link('doc', id, at ? { at } : sentence ? { at: `${sentence.begin}-${sentence.end}` } : {});
    if (at) go(changed(place, { at, row: undefined }), 'replace');
    void navigator.clipboard?.writeText(new URL(href, location.href).href);
  };
  useKeys({
    j: { about: 'next row of the document', run: () => step(1) },
    k: { about: 'row before', run: () => step(-1) },
    Escape: { about: 'close the reason panel', run: () => chosen && choose(chosen) },
    s: { about: 'one sentence a line, or running text', run: () => go(changed(place, { as: running ? undefined : 'text' }), 'replace') },
    p: { about: 'copy the link to the chosen or selected passage', run: copyPassage },
    ...Object.fromEntries(kLayers.map((layer, i) => [String(i + 1), { about: `layer ${layer.label.toLowerCase()} on or off`, run: () => toggle(layer.id) }])),
  }, 'Reader');

  const meta = [day(text(head, 'published')), text(head, 'genre')].filter(Boolean).join(' · ');
  return (
    <article class={`reader${row ? ' with-reason' : ''}${running ? ' running' : record.lines.length > 400 ? ' long' : ''}`}>
      <Title
        lead={<>{text(head, 'publisher') ? <Actor id={text(head, 'publisher')} /> : 'publisher not known'}{meta ? ` · ${meta}` : ''} · {count(record.lines.length, 'sentence')}, {count(record.counts['turn'] ?? 0, 'turn')}</>}
        tools={
          <>
            <a class="button" href={link('compare', '', { a: id })}>Compare</a>
            <ExportMenu items={[
              { label: 'Record, JSON Lines', href: address(`documents/${id}/record`), file: `${id.slice(0, 12)}.jsonl` },
              { label: 'Original file', href: address(`documents/${id}/source`), file: text(head, 'file').replace(/^.*\//, '') || id.slice(0, 12) },
              { label: 'Text', href: address(`documents/${id}/text`), file: `${id.slice(0, 12)}.txt` },
              { label: 'Copy the link to the passage (p)', action: copyPassage },
            ]} />
          </>
        }
      >{titleOf({ title: text(head, 'title'), file: text(head, 'file'), id })}</Title>
      <div class="layers" role="toolbar" aria-label="Layers">
        {kLayers.map((layer, i) => (
          <button type="button" key={layer.id} aria-pressed={layers.has(layer.id)} data-layer={layer.id} onClick={() => toggle(layer.id)} title={`key ${i + 1}`}>
            <LayerSample layer={layer.id} /> {layer.label} <span class="n">{record.counts[layer.id] ?? 0}</span>
          </button>
        ))}
        <button type="button" aria-pressed={running} onClick={() => go(changed(place, { as: running ? undefined : 'text' }), 'replace')} title="key s">Running text</button>
      </div>
      <div class="columns">
        <div class="text" ref={text_box}>
          {record.passages.slice(0, upTo).map((passage, i) => (
            <PassageView key={i} passage={passage} layers={layers} litOf={litOf} chosen={chosen} choose={choose} targets={targets} />
          ))}
          {upTo < record.passages.length && <p class="waiting" role="status">… the rest follows</p>}
        </div>
        {row && <ReasonPanel record={record} row={row} onClose={() => choose(chosen)} />}
      </div>
    </article>
  );
}

export function Reader({ place }: { place: Place }) {
  const id = place.argument;
  const loaded = useLoaded<DocumentRecord>(id ? `record/${id}` : undefined, async (signal) => makeRecord(await getLines<Row>(`documents/${encodeURIComponent(id)}/record`, signal)));
  return <Await of={loaded}>{(record) => <Pages record={record} place={place} />}</Await>;
}
