// Places that the documents name. A circle opens the sentences. Outlines are those of Natural Earth
// (world-atlas), which come with the page.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { geoEqualEarth, geoGraticule10, geoPath } from 'd3-geo';
import { scaleSqrt } from 'd3-scale';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import atlas from 'world-atlas/countries-50m.json?url';
import { get, useLoaded } from '../lib/api';
import { readable } from '../lib/bytes';
import { changed, go, link, rowLink, type Place } from '../lib/hash';
import type { Row } from '../lib/types';
import { count, text, titleOf } from '../lib/words';
import { ActorField, Ask, Await, ExportMenu, saveFile, saveSvg, Title, Voice } from '../parts/common';

const kWidth = 980;
const kHeight = 520;
const kLetter = 11.5; // of the names, in units of the picture
const kPages = 6; // of 1,000 rows

interface Spot {
  id: string;
  name: string;
  country: string;
  lon: number;
  lat: number;
  rows: Row[];
}

interface RowPage {
  next?: string;
  rows: Row[];
}

async function placeRows(document: string | undefined, signal: AbortSignal): Promise<{ rows: Row[]; more: boolean }> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < kPages; page++) {
    const got: RowPage = await get<RowPage>('rows', { kind: 'place', limit: 1000, cursor, document }, signal);
    rows.push(...got.rows);
    cursor = got.next;
    if (!cursor) return { rows, more: false };
  }
  return { rows, more: true };
}

/** Where an actor acts: rows of places in sentences in which the actor is named. */
async function placesOf(actor: string, signal: AbortSignal): Promise<Set<string>> {
  const sentences = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < kPages; page++) {
    const got: RowPage = await get<RowPage>('rows', { kind: 'mention', actor, limit: 1000, cursor }, signal);
    for (const row of got.rows) if (row.sentence) sentences.add(row.sentence);
    cursor = got.next;
    if (!cursor) break;
  }
  return sentences;
}

function Sentences({ spot }: { spot: Spot }) {
  const rows = spot.rows.slice(0, 25);
  const loaded = useLoaded(`place ${spot.id} ${rows.length} ${spot.rows.length}`, async (signal) => {
    const ids = [...new Set(rows.map((row) => row.sentence ?? row.id))];
    const docs = [...new Set(rows.map((row) => row.doc))];
    const sentences = await Promise.all(ids.map((id) => get<Row>(`rows/${id}`, {}, signal)));
    const heads = await Promise.all(docs.map((id) => get<{ document: Row }>(`documents/${id}`, {}, signal)));
    return { sentences: new Map(sentences.map((one) => [one.id, one])), heads: new Map(heads.map((one) => [one.document.doc, one.document])) };
  });
  return (
    <section class="section" id="spot" aria-live="polite">
      <h2>{spot.name} <span class="n">{spot.rows.length}</span></h2>
      <p><span class="quiet">{spot.country}, {spot.lat.toFixed(2)}, {spot.lon.toFixed(2)} · </span><a href={link('dossier', '', { kind: 'place', actor: spot.name })}>Dossier of the place</a></p>
      <Await of={loaded}>
        {({ sentences, heads }) => (
          <ol class="said-list" data-list>
            {rows.map((row) => {
              const sentence = readable(sentences.get(row.sentence ?? '')?.text ?? row.text);
              const word = readable(row.text);
              const at = sentence.indexOf(word);
              const head = heads.get(row.doc);
              return (
                <li key={row.id} data-item tabIndex={-1}>
                  <q class="evidence">{at < 0 ? sentence : <>{sentence.slice(0, at)}<mark>{word}</mark>{sentence.slice(at + word.length)}</>}</q>
                  <p class="source"><Voice ids={row.voice} /> <span class="quiet">in</span> <a data-open href={rowLink(row.doc, row.id)}>{titleOf({ title: head && text(head, 'title'), id: row.doc })}</a></p>
                </li>
              );
            })}
          </ol>
        )}
      </Await>
      {spot.rows.length > rows.length && <p class="hint">{rows.length} of {spot.rows.length} are shown; the dossier has all.</p>}
    </section>
  );
}

interface Land {
  land: string;
  borders: string;
  sphere: string;
  graticule: string;
}

function World({ spots, place }: { spots: Spot[]; place: Place }) {
  const world = useLoaded('atlas', async (signal) => (await (await fetch(atlas, { signal })).json()) as Topology<{ countries: GeometryCollection; land: GeometryCollection }>);
  const svg = useRef<SVGSVGElement>(null);
  const projection = useMemo(() => geoEqualEarth().fitExtent([[8, 8], [kWidth - 8, kHeight - 8]], { type: 'Sphere' }), []);
  const paths = useMemo((): Land | undefined => {
    if (!world.data) return undefined;
    const path = geoPath(projection).digits(1);
    const { countries, land } = world.data.objects;
    return {
      land: path(feature(world.data, land)) ?? '',
      borders: path(mesh(world.data, countries, (a, b) => a !== b)) ?? '',
      sphere: path({ type: 'Sphere' }) ?? '',
      graticule: path(geoGraticule10()) ?? '',
    };
  }, [world.data, projection]);
  const points = useMemo(() => spots.map((spot) => ({ spot, at: projection([spot.lon, spot.lat]) ?? [0, 0] })), [spots, projection]);
  // The window on the map: x, y, width; its height follows.
  const fit = useMemo((): [number, number, number] => {
    if (points.length === 0) return [0, 0, kWidth];
    const xs = points.map((one) => one.at[0]!);
    const ys = points.map((one) => one.at[1]!);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const width = Math.min(kWidth, Math.max(120, (right - left) * 1.25, (bottom - top) * 1.4 * (kWidth / kHeight)));
    return [(left + right) / 2 - width / 2, (top + bottom) / 2 - (width * kHeight) / kWidth / 2, width];
  }, [points]);
  const [view, setView] = useState<[number, number, number]>(fit);
  useEffect(() => setView(fit), [fit]);
  const zoom = (by: number) => setView(([x, y, w]) => {
    const next = Math.min(kWidth * 1.05, Math.max(24, w * by));
    return [x + (w - next) / 2, y + ((w - next) * kHeight) / kWidth / 2, next];
  });
  const pan = (dx: number, dy: number) => setView(([x, y, w]) => [x + dx * w, y + dy * w, w]);
  // Names and circles keep their size on the screen, however wide the map is drawn.
  const [drawn, setDrawn] = useState(kWidth);
  useEffect(() => {
    if (!svg.current) return;
    const watch = new ResizeObserver(([entry]) => entry && setDrawn(Math.max(1, entry.contentRect.width)));
    watch.observe(svg.current);
    return () => watch.disconnect();
  }, []);
  const scale = view[2] / drawn;
  const size = scaleSqrt().domain([1, Math.max(2, ...spots.map((spot) => spot.rows.length))]).range(drawn < 600 ? [3, 9] : [4, 17]);
  // Names where there is room: the more often named first.
  const labels: typeof points = [];
  const taken: [number, number, number][] = [];
  for (const point of [...points].sort((a, b) => b.spot.rows.length - a.spot.rows.length).slice(0, 80)) {
    const left = point.at[0]! / scale + size(point.spot.rows.length) + 3;
    const y = point.at[1]! / scale;
    const right = left + point.spot.name.length * kLetter * 0.52;
    if (taken.some(([l, r, t]) => left < r && right > l && Math.abs(t - y) < kLetter + 1)) continue;
    taken.push([left - 6, right, y]);
    labels.push(point);
  }
  const chosen = spots.find((spot) => spot.id === place.query['spot']);
  const choose = (spot: Spot) => go(changed(place, { spot: spot.id === chosen?.id ? undefined : spot.id }), 'replace');
  return (
    <>
      <div class="network map">
        <figure>
          <div class="map-tools">
            <button type="button" onClick={() => zoom(0.6)} aria-label="Nearer">+</button>
            <button type="button" onClick={() => zoom(1.6)} aria-label="Further away">−</button>
            <button type="button" onClick={() => setView(fit)}>All places</button>
            <button type="button" onClick={() => setView([0, 0, kWidth])}>World</button>
          </div>
          <svg ref={svg} class="chart world" viewBox={`${view[0]} ${view[1]} ${view[2]} ${(view[2] * kHeight) / kWidth}`} role="application" aria-label="Map of the places; arrow keys move it, plus and minus zoom. The list beside it has every place." tabIndex={0}
            onKeyDown={(event) => {
              const move = ({ ArrowLeft: [-0.15, 0], ArrowRight: [0.15, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1] } as Record<string, [number, number]>)[event.key];
              if (move) pan(...move);
              else if (event.key === '+' || event.key === '=') zoom(0.7);
              else if (event.key === '-') zoom(1.4);
              else return;
              event.preventDefault();
            }}
            onPointerDown={(event) => {
              const box = svg.current!.getBoundingClientRect();
              const start = { x: event.clientX, y: event.clientY, view };
              const move = (one: PointerEvent) => setView([start.view[0] - ((one.clientX - start.x) / box.width) * start.view[2], start.view[1] - ((one.clientY - start.y) / box.width) * start.view[2], start.view[2]]);
              const up = () => {
                removeEventListener('pointermove', move);
                removeEventListener('pointerup', up);
              };
              addEventListener('pointermove', move);
              addEventListener('pointerup', up);
            }}>
            {paths && (
              <g>
                <path class="sphere" d={paths.sphere} />
                <path class="graticule" d={paths.graticule} stroke-width={0.5 * scale} />
                <path class="land" d={paths.land} stroke-width={0.6 * scale} />
                <path class="borders" d={paths.borders} stroke-width={0.6 * scale} />
              </g>
            )}
            {[...points].sort((a, b) => b.spot.rows.length - a.spot.rows.length).map(({ spot, at }) => (
              <g key={spot.id} class={`spot${spot.id === chosen?.id ? ' chosen' : ''}`} data-spot={spot.id} onClick={() => choose(spot)}>
                <circle cx={at[0]} cy={at[1]} r={size(spot.rows.length) * scale} stroke-width={1.2 * scale} />
                <title>{`${spot.name}, ${spot.country}: ${count(spot.rows.length, 'row')}`}</title>
              </g>
            ))}
            {labels.map(({ spot, at }) => (
              <text key={spot.id} class="spot-name" x={at[0]! + (size(spot.rows.length) + 3) * scale} y={at[1]! + 4 * scale} font-size={kLetter * scale} stroke-width={3 * scale}>{spot.name}</text>
            ))}
          </svg>
          <figcaption>Outlines: Natural Earth. They show the lines of that data set and no view on any of them. <button type="button" class="plain" onClick={() => saveSvg('map.svg', svg.current)}>Save the picture</button></figcaption>
        </figure>
        <section aria-label="Places" class="edges">
          <h2>Places <span class="n">{spots.length}</span></h2>
          <ul>
            {spots.map((spot) => (
              <li key={spot.id}><button type="button" class="note" aria-pressed={spot.id === chosen?.id} onClick={() => choose(spot)}>{spot.name} <span class="quiet">{spot.country}</span> <span class="n">{spot.rows.length}</span></button></li>
            ))}
          </ul>
        </section>
      </div>
      {chosen && <Sentences spot={chosen} key={chosen.id} />}
    </>
  );
}

function spotsOf(rows: Row[]): Spot[] {
  const spots = new Map<string, Spot>();
  for (const row of rows) {
    const { lat, lon } = row as Row & { lat?: number; lon?: number };
    if (typeof lat !== 'number' || typeof lon !== 'number') continue;
    const id = text(row, 'place') || `${lat},${lon}`;
    const spot = spots.get(id) ?? { id, name: text(row, 'name') || row.text, country: text(row, 'country'), lat, lon, rows: [] };
    spot.rows.push(row);
    spots.set(id, spot);
  }
  return [...spots.values()].sort((a, b) => b.rows.length - a.rows.length || (a.name < b.name ? -1 : 1));
}

export function MapView({ place }: { place: Place }) {
  const { document, actor } = place.query;
  const loaded = useLoaded(`places ${document ?? ''} ${actor ?? ''}`, async (signal) => {
    const found = await placeRows(document, signal);
    const sentences = actor ? await placesOf(actor, signal) : undefined;
    return { spots: spotsOf(sentences ? found.rows.filter((row) => sentences.has(row.sentence ?? '')) : found.rows), more: found.more };
  });
  const csv = () => {
    const cell = (value: string) => (/[",\n]/.test(value) ? `"${value.replace(/"/g, '""')}"` : value);
    saveFile('places.csv', 'text/csv', `place,name,country,lat,lon,rows\n${(loaded.data?.spots ?? []).map((spot) => [spot.id, cell(spot.name), spot.country, spot.lat, spot.lon, spot.rows.length].join(',')).join('\n')}\n`);
  };
  const geojson = () => saveFile('places.geojson', 'application/geo+json', JSON.stringify({ type: 'FeatureCollection', features: (loaded.data?.spots ?? []).map((spot) => ({ type: 'Feature', geometry: { type: 'Point', coordinates: [spot.lon, spot.lat] }, properties: { id: spot.id, name: spot.name, country: spot.country, rows: spot.rows.map((row) => row.id) } })) }));
  return (
    <>
      <Title lead="Places that documents name. The larger the circle, the more often." tools={<ExportMenu items={[{ label: 'CSV table', action: csv }, { label: 'GeoJSON', action: geojson }]} />}>Map</Title>
      <Ask view="map" button="Show" keep={{ document }}>
        <ActorField label="Named with" name="actor" value={actor} />
      </Ask>
      <Await of={loaded}>
        {({ spots, more }) => (
          <>
            {more && <p class="hint">Only the first {kPages},000 mentions of places are drawn.</p>}
            {spots.length === 0 ? <p class="nothing">No place with a known position.</p> : <World spots={spots} place={place} />}
          </>
        )}
      </Await>
    </>
  );
}
