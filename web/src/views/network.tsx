// Who had to do with whom: actors as nodes, events between two of them as edges. An edge opens its
// sentences. The same edges stand in a list, for the keyboard and for reading.
import { useMemo, useRef } from 'preact/hooks';
import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force';
import { useGet } from '../lib/api';
import { changed, go, link, type Place } from '../lib/hash';
import { useNames } from '../lib/names';
import type { Answer, AnswerRow } from '../lib/types';
import { count, kPlover, list, number } from '../lib/words';
import { ActorField, answerExports, Ask, Await, Choice, ExportMenu, Field, saveFile, saveSvg, Title } from '../parts/common';
import { AnswerTable, Question } from '../parts/answer';

const kMost = 1000;
const kWidth = 860;
const kHeight = 600;

interface Node {
  id: string;
  weight: number;
  x: number;
  y: number;
}
interface Edge {
  key: string;
  a: string;
  b: string;
  rows: AnswerRow[];
  conflict: number;
}

function graphOf(answer: Answer, most: number): { nodes: Node[]; edges: Edge[]; left: number } {
  const edges = new Map<string, Edge>();
  for (const item of answer.rows) {
    for (const one of list(item.row, 'source')) {
      for (const other of list(item.row, 'target')) {
        if (one === '?' || other === '?' || one === other) continue;
        const [a, b] = one < other ? [one, other] : [other, one];
        const key = `${a}~${b}`;
        const edge = edges.get(key) ?? { key, a, b, rows: [], conflict: 0 };
        if (edge.rows[edge.rows.length - 1] !== item && !edge.rows.includes(item)) {
          edge.rows.push(item);
          if (Number(item.row['quad']) > 2) edge.conflict++;
        }
        edges.set(key, edge);
      }
    }
  }
  const weights = new Map<string, number>();
  for (const edge of edges.values()) for (const id of [edge.a, edge.b]) weights.set(id, (weights.get(id) ?? 0) + edge.rows.length);
  const kept = [...weights].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, most);
  const ids = new Set(kept.map(([id]) => id));
  // Beginning on a spiral in the order of weight, the layout is the same each time.
  // Who is left without any edge among the kept ones would stand alone: not drawn either.
  const touched = new Set([...edges.values()].filter((edge) => ids.has(edge.a) && ids.has(edge.b)).flatMap((edge) => [edge.a, edge.b]));
  const nodes = kept.filter(([id]) => touched.has(id)).map(([id, weight], i): Node => ({ id, weight, x: kWidth / 2 + 14 * Math.sqrt(i) * Math.cos(i * 2.4), y: kHeight / 2 + 14 * Math.sqrt(i) * Math.sin(i * 2.4) }));
  const shown = [...edges.values()].filter((edge) => ids.has(edge.a) && ids.has(edge.b)).sort((a, b) => b.rows.length - a.rows.length || (a.key < b.key ? -1 : 1));
  const simulation = forceSimulation(nodes)
    .force('link', forceLink<Node, { source: string; target: string }>(shown.map((edge) => ({ source: edge.a, target: edge.b }))).id((node) => node.id).distance(95).strength(0.4))
    .force('charge', forceManyBody().strength(-240).distanceMax(380))
    .force('collide', forceCollide<Node>((node) => radius(node) + 16))
    .force('x', forceX(kWidth / 2).strength(0.06))
    .force('y', forceY(kHeight / 2).strength(0.1))
    .force('center', forceCenter(kWidth / 2, kHeight / 2))
    .stop();
  for (let i = 0; i < 260; i++) simulation.tick();
  const low = { x: Math.min(...nodes.map((node) => node.x)), y: Math.min(...nodes.map((node) => node.y)) };
  const high = { x: Math.max(...nodes.map((node) => node.x)), y: Math.max(...nodes.map((node) => node.y)) };
  for (const node of nodes) {
    node.x = nodes.length < 2 ? kWidth / 2 : 80 + ((node.x - low.x) / Math.max(1, high.x - low.x)) * (kWidth - 160);
    node.y = nodes.length < 2 ? kHeight / 2 : 34 + ((node.y - low.y) / Math.max(1, high.y - low.y)) * (kHeight - 68);
  }
  return { nodes, edges: shown, left: weights.size - nodes.length };
}

function radius(node: Node): number {
  return Math.min(24, 4 + 2.2 * Math.sqrt(node.weight));
}

const kLetter = 6.3; // of a name, about
type Box = [number, number, number, number];
type Label = { x: number; y: number; anchor: 'start' | 'end' | 'middle' };

/** Where each name finds room: beside, above or below its node; the weightier first. Who finds none is named when pointed at. */
function labelsOf(nodes: Node[], name: (id: string) => string): Map<string, Label> {
  const taken: Box[] = nodes.map((node): Box => [node.x - radius(node), node.y - radius(node), node.x + radius(node), node.y + radius(node)]);
  const out = new Map<string, Label>();
  for (const node of nodes) {
    const width = name(node.id).length * kLetter;
    const far = radius(node) + 4;
    const places: [Label, Box][] = [
      [{ x: far, y: 4, anchor: 'start' }, [node.x + far, node.y - 8, node.x + far + width, node.y + 8]],
      [{ x: -far, y: 4, anchor: 'end' }, [node.x - far - width, node.y - 8, node.x - far, node.y + 8]],
      [{ x: 0, y: far + 10, anchor: 'middle' }, [node.x - width / 2, node.y + far - 2, node.x + width / 2, node.y + far + 14]],
      [{ x: 0, y: -far - 2, anchor: 'middle' }, [node.x - width / 2, node.y - far - 14, node.x + width / 2, node.y - far + 2]],
    ];
    const free = places.find(([, [l, t, r, b]]) => l >= 0 && r <= kWidth && t >= 0 && b <= kHeight && !taken.some(([tl, tt, tr, tb]) => l < tr && r > tl && t < tb && b > tt));
    if (!free) continue;
    taken.push(free[1]);
    out.set(node.id, free[0]);
  }
  return out;
}

function Graph({ answer, place }: { answer: Answer; place: Place }) {
  const most = Number(place.query['most'] ?? 40);
  const { nodes, edges, left } = useMemo(() => graphOf(answer, most), [answer, most]);
  const name = useNames(nodes.map((node) => node.id));
  const svg = useRef<SVGSVGElement>(null);
  const chosen = edges.find((edge) => edge.key === place.query['edge']);
  const focus = place.query['node'];
  const at = new Map(nodes.map((node) => [node.id, node]));
  const choose = (key: string) => go(changed(place, { edge: key === chosen?.key ? undefined : key, node: undefined }), 'replace');
  const labels = labelsOf(nodes, name);
  if (nodes.length === 0) return <p class="nothing">No event between two named actors.</p>;
  const label = (edge: Edge) => `${name(edge.a)} and ${name(edge.b)}`;
  const touches = (edge: Edge) => !focus || edge.a === focus || edge.b === focus;
  return (
    <>
      <div class="network">
        <figure>
          <div class="scroll" tabIndex={0} role="region" aria-label="Drawing of the network"><svg ref={svg} class="chart" viewBox={`0 0 ${kWidth} ${kHeight}`} role="img" aria-label="Actors and the events between them; the list beside it has every edge.">
            {edges.map((edge) => {
              const a = at.get(edge.a)!;
              const b = at.get(edge.b)!;
              const width = Math.min(8, 1 + 1.5 * Math.sqrt(edge.rows.length));
              return (
                <g key={edge.key} class={`edge${edge.key === chosen?.key ? ' chosen' : ''}${touches(edge) ? '' : ' dim'}${edge.conflict * 2 > edge.rows.length ? ' mostly-conflict' : ''}`} data-edge={edge.key} onClick={() => choose(edge.key)}>
                  <line class="reach" x1={a.x} y1={a.y} x2={b.x} y2={b.y} />
                  <line class="drawn" x1={a.x} y1={a.y} x2={b.x} y2={b.y} stroke-width={width} />
                  <title>{`${label(edge)}: ${count(edge.rows.length, 'event')}`}</title>
                </g>
              );
            })}
            {nodes.map((node) => (
              <g key={node.id} class={`node${node.id === focus ? ' chosen' : ''}`} transform={`translate(${node.x.toFixed(1)} ${node.y.toFixed(1)})`} onClick={() => go(changed(place, { node: node.id === focus ? undefined : node.id, edge: undefined }), 'replace')}>
                {node.id.startsWith('person:') ? <circle r={radius(node)} /> : <rect x={-radius(node)} y={-radius(node)} width={2 * radius(node)} height={2 * radius(node)} rx="2" />}
                <text class={labels.has(node.id) ? undefined : 'no-room'} x={labels.get(node.id)?.x ?? 0} y={labels.get(node.id)?.y ?? -radius(node) - 4} text-anchor={labels.get(node.id)?.anchor ?? 'middle'}>{name(node.id)}</text>
              </g>
            ))}
          </svg></div>
          <figcaption>
            Circles are persons, squares everybody else; the line is the wider the more events; dashed where most of them are conflict. {left > 0 && `${count(left, 'actor')} with fewer events ${left === 1 ? 'is' : 'are'} not drawn. `}
            <button type="button" class="plain" onClick={() => saveSvg('network.svg', svg.current)}>Save the picture</button>{' '}
            <button type="button" class="plain" onClick={() => saveFile('network.csv', 'text/csv', `a,b,events,conflict\n${edges.map((edge) => `${edge.a},${edge.b},${edge.rows.length},${edge.conflict}`).join('\n')}\n`)}>Edges as CSV</button>
          </figcaption>
        </figure>
        <section aria-label="Edges" class="edges">
          <h2>Edges <span class="n">{edges.filter(touches).length}</span></h2>
          <ul>
            {edges.filter(touches).map((edge) => (
              <li key={edge.key}><button type="button" class="note" aria-pressed={edge.key === chosen?.key} onClick={() => choose(edge.key)}>{label(edge)} <span class="n">{edge.rows.length}</span></button></li>
            ))}
          </ul>
        </section>
      </div>
      {chosen && (
        <section class="section" id="edge-rows" aria-live="polite">
          <h2>{label(chosen)} <span class="n">{chosen.rows.length}</span></h2>
          <p><a href={link('dyad', '', { actor: chosen.a, other: chosen.b })}>Open the dyad</a></p>
          <AnswerTable answer={{ ...answer, rows: chosen.rows }} />
        </section>
      )}
    </>
  );
}

export function Network({ place }: { place: Place }) {
  const names = ['actor', 'type', 'status', 'topic', 'from', 'until'];
  const values = Object.fromEntries(names.map((name) => [name, place.query[name]]));
  const paged = { ...values, limit: kMost, newest: 'true' };
  const loaded = useGet<Answer>('events', paged);
  return (
    <>
      <Title lead="Who had to do with whom. Choose an edge to read its sentences." tools={<ExportMenu items={answerExports('events', paged)} />}>Network</Title>
      <Ask view="network" button="Draw">
        <ActorField label="Around" name="actor" value={values['actor']} />
        <Choice label="Type" name="type" value={values['type']} options={[['', 'any type'], ...Object.entries(kPlover)]} />
        <Field label="From" name="from" value={values['from']} placeholder="2021-03" />
        <Field label="Until" name="until" value={values['until']} placeholder="2022" />
        <Choice label="Actors" name="most" value={place.query['most'] ?? ''} options={[['20', '20 most'], ['', '40 most'], ['80', '80 most']]} />
      </Ask>
      <Await of={loaded}>
        {(answer) => (
          <>
            <p class="question"><Question words={answer.question} /> <span class="quiet">{answer.total > kMost ? `The newest ${number(kMost)} of ${number(answer.total)} rows: name an actor or days for others.` : count(answer.total, 'row')}</span></p>
            <Graph answer={answer} place={place} />
          </>
        )}
      </Await>
    </>
  );
}
