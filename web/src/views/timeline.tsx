// What happened, was promised and agreed, by day. Above, all of it as a histogram (of counts that the answer
// brings) in which a stretch is chosen (drag, or the two handles with the arrow keys); below, the rows of that
// stretch with their sentences, asked for page by page.
import { useMemo, useRef, useState } from 'preact/hooks';
import { scaleLinear, scaleUtc } from 'd3-scale';
import { useGet } from '../lib/api';
import { changed, go, type Place } from '../lib/hash';
import type { Answer } from '../lib/types';
import { count } from '../lib/words';
import { ActorField, answerExports, Ask, Await, ExportMenu, Field, saveSvg, Title } from '../parts/common';
import { KeepAlert } from '../parts/keep';
import { AnswerHead, AnswerTable, kPage, offsetOf, Pager } from '../parts/answer';

const kWidth = 1000;
const kLanes: { kind: string; label: string }[] = [
  { kind: 'event', label: 'events' },
  { kind: 'commitment', label: 'commitments' },
  { kind: 'agreement', label: 'agreements' },
];
const kLane = 44;
const kDay = 86_400_000;

const time = (day: string): number => Date.parse(`${day.slice(0, 10)}T00:00:00Z`);
const iso = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** How much of a kind there is at a time. */
interface Dated {
  at: number;
  kind: string;
  count: number;
}

/** A column of a lane: all rows of one bin. */
function bins(dated: Dated[], kind: string, from: number, until: number, n: number): number[] {
  const out = new Array<number>(n).fill(0);
  for (const one of dated) {
    if (one.kind !== kind) continue;
    const bin = Math.min(n - 1, Math.max(0, Math.floor(((one.at - from) / (until - from)) * n)));
    out[bin] = (out[bin] ?? 0) + one.count;
  }
  return out;
}

type Span = [number, number];

const kMostOfThem = 0.97;
const kWorthIt = 4; // times shorter

/**
 * Documents also tell of times long past and far ahead, which would press all the rest into one column: where
 * nearly all rows lie in a much shorter time, that time is drawn first. Else undefined.
 */
function bulk(dated: Dated[]): Span | undefined {
  const total = dated.reduce((sum, one) => sum + one.count, 0);
  if (dated.length < 2) return undefined;
  let best: Span = [dated[0]!.at, dated[dated.length - 1]!.at];
  const whole = best[1] - best[0];
  let begin = 0;
  let inside = 0;
  for (const last of dated) {
    inside += last.count;
    while (inside - dated[begin]!.count >= total * kMostOfThem) inside -= dated[begin++]!.count;
    if (inside >= total * kMostOfThem && last.at - dated[begin]!.at < best[1] - best[0]) best = [dated[begin]!.at, last.at];
  }
  return best[1] - best[0] > 0 && whole / (best[1] - best[0]) >= kWorthIt ? best : undefined;
}

function datedOf(answer: Answer): Dated[] {
  const out: Dated[] = [];
  for (const { period, kind, count } of answer.counts ?? []) {
    const at = time(period.length === 7 ? `${period}-15` : period);
    if (!Number.isNaN(at)) out.push({ at, kind, count });
  }
  return out.sort((a, b) => a.at - b.at);
}

export function Brush({ dated, drawn, place }: { dated: Dated[]; drawn: Span | undefined; place: Place }) {
  const svg = useRef<SVGSVGElement>(null);
  const all = place.query['span'] === 'all';
  const shown = drawn ? dated.filter((one) => one.at >= drawn[0] && one.at <= drawn[1]) : dated;
  const sum = (some: Dated[]) => some.reduce((total, one) => total + one.count, 0);
  const outside = sum(dated) - sum(shown);
  const first = shown[0]?.at ?? 0;
  const last = shown[shown.length - 1]?.at ?? kDay;
  const margin = Math.max(kDay * 3, (last - first) * 0.02);
  const from = first - margin;
  const until = last + margin;
  const x = scaleUtc().domain([from, until]).range([0, kWidth]);
  const given: [number, number] = [time(place.query['a'] ?? ''), time(place.query['b'] ?? '')];
  const chosen: [number, number] = [Number.isNaN(given[0]) ? from : given[0], Number.isNaN(given[1]) ? until : given[1]];
  const [drag, setDrag] = useState<[number, number] | undefined>();
  const span = drag ?? chosen;
  const whole = span[0] <= from && span[1] >= until;
  const choose = (a: number, b: number) => {
    const [low, high] = a < b ? [a, b] : [b, a];
    const everything = low <= from + kDay / 2 && high >= until - kDay / 2;
    go(changed(place, { a: everything ? undefined : iso(Math.max(low, from)), b: everything ? undefined : iso(Math.min(high, until)), offset: undefined }), 'replace');
  };
  const at = (event: PointerEvent): number => {
    const box = svg.current!.getBoundingClientRect();
    return x.invert(Math.min(kWidth, Math.max(0, ((event.clientX - box.left) / box.width) * kWidth))).getTime();
  };
  const n = 120;
  const lanes = kLanes.filter(({ kind }) => shown.some((one) => one.kind === kind));
  const counts = lanes.map(({ kind }) => bins(shown, kind, from, until, n));
  const most = Math.max(1, ...counts.flat());
  const y = scaleLinear().domain([0, most]).range([0, kLane - 12]);
  const height = lanes.length * kLane + 24;
  const inside = sum(shown.filter((one) => whole || (one.at >= span[0] - kDay / 2 && one.at <= span[1] + kDay / 2)));
  const step = (which: 0 | 1) => (event: KeyboardEvent) => {
    const size = event.shiftKey ? 30 : Math.max(1, Math.round((until - from) / kDay / 100));
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    const end = { Home: from, End: until }[event.key];
    if (by === undefined && end === undefined) return;
    event.preventDefault();
    const to = end ?? span[which] + by! * size * kDay;
    choose(which === 0 ? Math.min(to, span[1]) : span[0], which === 1 ? Math.max(to, span[0]) : span[1]);
  };
  const handle = (which: 0 | 1, label: string) => (
    <div class="handle" role="slider" tabIndex={0} aria-label={label} aria-valuemin={0} aria-valuemax={Math.round((until - from) / kDay)} aria-valuenow={Math.round((span[which] - from) / kDay)}
      aria-valuetext={iso(span[which])} style={{ left: `${(100 * x(span[which])) / kWidth}%` }} onKeyDown={step(which)}
      onPointerDown={(event) => {
        event.stopPropagation();
        const other = span[1 - which]!;
        const move = (one: PointerEvent) => setDrag(which === 0 ? [at(one), other] : [other, at(one)]);
        const up = (one: PointerEvent) => {
          removeEventListener('pointermove', move);
          removeEventListener('pointerup', up);
          setDrag(undefined);
          choose(at(one), other);
        };
        addEventListener('pointermove', move);
        addEventListener('pointerup', up);
      }} />
  );
  if (dated.length === 0) return null;
  return (
    <>
      <figure class="brush">
        <figcaption class="sr">Rows by day; the chosen stretch is listed below.</figcaption>
        <div class="brush-area" onPointerDown={(event) => {
          if (event.button !== 0) return;
          const start = at(event);
          let moved = false;
          const move = (one: PointerEvent) => {
            moved = true;
            const now = at(one);
            setDrag(now < start ? [now, start] : [start, now]);
          };
          const up = (one: PointerEvent) => {
            removeEventListener('pointermove', move);
            removeEventListener('pointerup', up);
            setDrag(undefined);
            if (moved && Math.abs(at(one) - start) > (until - from) / 200) choose(start, at(one));
          };
          addEventListener('pointermove', move);
          addEventListener('pointerup', up);
        }}>
          <svg ref={svg} viewBox={`0 0 ${kWidth} ${height}`} preserveAspectRatio="none" class="chart" aria-hidden="true" style={{ height: `${height}px` }}>
            <rect class="window" x={x(Math.min(...span))} width={Math.max(1, Math.abs(x(span[1]) - x(span[0])))} y={0} height={height - 20} />
            {lanes.map(({ kind }, lane) => (
              <g key={kind} class={`lane n-${kind}`}>
                {counts[lane]!.map((value, i) => value > 0 && <rect key={i} x={(i * kWidth) / n} width={kWidth / n - 1} y={(lane + 1) * kLane - y(value)} height={y(value)} />)}
                <line x1={0} x2={kWidth} y1={(lane + 1) * kLane} y2={(lane + 1) * kLane} />
              </g>
            ))}
          </svg>
          {lanes.map(({ kind, label }, lane) => <span key={kind} class="lane-label" style={{ top: `${lane * kLane + 2}px` }}>{label}</span>)}
          {x.ticks(8).map((tick) => {
            const text = x.tickFormat(8)(tick);
            return <span key={+tick} class="tick" style={{ left: `${(100 * x(tick)) / kWidth}%`, top: `${height - 20}px` }}>{/^\d{4}$/.test(text) ? text : `${text}${text === 'January' ? ` ${tick.getUTCFullYear()}` : ''}`}</span>;
          })}
          {handle(0, 'Beginning of the stretch')}
          {handle(1, 'End of the stretch')}
        </div>
        <p class="brush-words" role="status">
          {whole && !drawn ? 'The whole time' : whole ? `${iso(first)} to ${iso(last)}` : `${iso(Math.min(...span))} to ${iso(Math.max(...span))}`}: {count(inside, 'row')}.{' '}
          {outside > 0 && <>{count(outside, 'row')} before or after {outside === 1 ? 'is' : 'are'} not drawn. <a href={changed(place, { span: 'all', a: undefined, b: undefined })}>Draw all</a></>}
          {all && <a href={changed(place, { span: undefined, a: undefined, b: undefined })}>Draw only where most rows lie</a>}{' '}
          {!whole && <button type="button" class="plain" onClick={() => choose(from, until)}>Show all</button>}{' '}
          <button type="button" class="plain" onClick={() => saveSvg('timeline.svg', svg.current)}>Save the picture</button>
        </p>
      </figure>
    </>
  );
}

/** The rows of the chosen stretch. */
function Stretch({ place, values }: { place: Place; values: Record<string, string | undefined> }) {
  const offset = offsetOf(place.query);
  const loaded = useGet<Answer>('timeline', { ...values, limit: kPage, offset: offset || undefined });
  return (
    <Await of={loaded}>
      {(answer) => (
        <>
          <AnswerTable answer={answer} />
          <Pager total={answer.total} offset={offset} />
        </>
      )}
    </Await>
  );
}

export function Timeline({ place }: { place: Place }) {
  const names = ['actor', 'other', 'place', 'from', 'until', 'topic', 'words', 'as_of'];
  const values = Object.fromEntries(names.map((name) => [name, place.query[name]]));
  const { a, b } = place.query;
  // Counts of all of it; the rows follow for the chosen stretch.
  const loaded = useGet<Answer>('timeline', { ...values, limit: 1 });
  const dated = useMemo(() => (loaded.data ? datedOf(loaded.data) : []), [loaded.data]);
  const drawn = useMemo(() => (place.query['span'] === 'all' ? undefined : bulk(dated)), [dated, place.query['span']]);
  const stretch = { ...values, from: a || (drawn ? iso(drawn[0]) : values['from']), until: b || (drawn ? iso(drawn[1]) : values['until']) };
  return (
    <>
      <Title lead="What happened, was promised and agreed, by day." tools={<><KeepAlert verb="timeline" values={values} /><ExportMenu items={answerExports('timeline', { ...stretch, limit: 1000 })} /></>}>Timeline</Title>
      <Ask view="timeline">
        <ActorField label="Actor" name="actor" value={values['actor']} />
        <ActorField label="And" name="other" value={values['other']} />
        <Field label="Place" name="place" value={values['place']} />
        <Field label="Words" name="words" value={values['words']} />
        <Field label="From" name="from" value={values['from']} placeholder="2021-03" />
        <Field label="Until" name="until" value={values['until']} placeholder="2022" />
      </Ask>
      <Await of={loaded}>
        {(answer) => (
          <>
            <AnswerHead answer={answer} />
            <Brush dated={dated} drawn={drawn} place={place} />
            <Stretch place={place} values={stretch} />
          </>
        )}
      </Await>
    </>
  );
}
