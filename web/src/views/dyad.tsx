// Two actors: their contacts, what they did towards each other, and the series of it.
import { useMemo, useRef } from 'preact/hooks';
import { scaleBand, scaleLinear } from 'd3-scale';
import { useGet } from '../lib/api';
import { changed, link, type Place } from '../lib/hash';
import { useNames } from '../lib/names';
import type { Answer, Series, SeriesPoint } from '../lib/types';
import { ActorField, answerExports, Ask, Await, ExportMenu, Field, Notes, saveSvg, Title } from '../parts/common';
import { AnswerHead, AnswerTable, Question } from '../parts/answer';
import { AgreementList, SaidList } from './questions';

const kHeight = 260;
const kTop = 18;
const kBottom = 218;

/** Whether `next` is the period right after `period` ("2021-06", "2021-W31", "2021-Q2", "2021"). */
function follows(period: string, next: string): boolean {
  const read = (one: string): [number, number, number] => {
    const [year, rest = ''] = one.split('-');
    const n = Number(rest.replace(/\D/g, '') || 1);
    return [Number(year), n, rest.startsWith('W') ? 52 : rest.startsWith('Q') ? 4 : rest ? 12 : 1];
  };
  const [y0, n0, size] = read(period);
  const [y1, n1] = read(next);
  const apart = (y1 - y0) * size + (n1 - n0);
  return apart === 1 || (size === 52 && apart === 0 && y1 > y0);
}

/** Cooperation upwards, conflict downwards (hatched), the Goldstein sum as a line on its own scale. */
export function SeriesChart({ series }: { series: Series }) {
  const svg = useRef<SVGSVGElement>(null);
  const points = useMemo(() => {
    const by = new Map<string, SeriesPoint>();
    for (const one of series.points) {
      const sum = by.get(one.period) ?? { ...one, events: 0, cooperation: 0, conflict: 0, goldstein: 0, without_goldstein: 0 };
      sum.events += one.events;
      sum.cooperation += one.cooperation;
      sum.conflict += one.conflict;
      sum.goldstein += one.goldstein;
      sum.without_goldstein += one.without_goldstein;
      by.set(one.period, sum);
    }
    return [...by.values()].sort((a, b) => (a.period < b.period ? -1 : 1));
  }, [series]);
  const name = useNames(series.points.flatMap((one) => [one.source ?? '', one.target ?? '']).filter(Boolean));
  if (points.length === 0) return <p class="nothing">Nothing that happened is in the record.</p>;
  const width = Math.max(340, Math.min(1000, 90 + points.length * 46));
  // Bars are never broad: a single period is not a wall.
  const room = Math.min(width - 92, points.length * 60);
  const x = scaleBand<string>().domain(points.map((one) => one.period)).range([46 + (width - 92 - room) / 2, width - 46 - (width - 92 - room) / 2]).padding(0.3);
  // One zero for all: what goes down gets as much room as it needs, the Goldstein sum a scale that fits both ways.
  const up = Math.max(1, ...points.map((one) => one.cooperation));
  const down = Math.max(1, up * 0.2, ...points.map((one) => one.conflict));
  const y = scaleLinear().domain([-down, up]).range([kBottom, kTop]);
  const zero = y(0);
  const a_unit = Math.max(...points.map((one) => Math.max(one.goldstein / up, -one.goldstein / down)), 0.1);
  const g = (value: number) => y(value / a_unit);
  const centre = (one: SeriesPoint) => x(one.period)! + x.bandwidth() / 2;
  const every = Math.ceil(points.length / 14);
  return (
    <figure class="series">
      <div class="scroll" tabIndex={0} role="region" aria-label="Chart of the series">
        <svg ref={svg} class="chart" viewBox={`0 0 ${width} ${kHeight}`} width={width} height={kHeight} role="img" aria-label={`${series.question} The table below has the numbers.`}>
          <defs>
            <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect width="5" height="5" class="conflict-ground" />
              <line x1="0" y1="0" x2="0" y2="5" class="conflict-line" />
            </pattern>
          </defs>
          {[up, 0, -down].map((tick) => (
            <g key={tick} class="grid">
              <line x1="40" x2={width - 40} y1={y(tick)} y2={y(tick)} />
              <text x="34" y={y(tick) + 4} text-anchor="end">{Math.round(Math.abs(tick))}</text>
            </g>
          ))}
          <text class="axis" x={width - 34} y={kTop + 4}>{(up * a_unit).toFixed(1)}</text>
          <text class="axis" x={width - 34} y={kBottom + 4}>−{(down * a_unit).toFixed(1)}</text>
          {points.map((one, i) => {
            const before = points[i - 1];
            return before && !follows(before.period, one.period) && <line key={`gap ${one.period}`} class="gap" x1={(centre(before) + centre(one)) / 2} x2={(centre(before) + centre(one)) / 2} y1={kTop} y2={kBottom} />;
          })}
          {points.map((one, i) => (
            <g key={one.period}>
              <rect class="cooperation" x={x(one.period)!} width={x.bandwidth()} y={y(one.cooperation)} height={zero - y(one.cooperation)} />
              <rect class="conflict" fill="url(#hatch)" x={x(one.period)!} width={x.bandwidth()} y={zero} height={y(-one.conflict) - zero} />
              {i % every === 0 && <text class="axis" x={centre(one)} y={kHeight - 18} text-anchor="middle">{one.period}</text>}
            </g>
          ))}
          {points.map((one, i) => {
            const before = points[i - 1];
            return before && follows(before.period, one.period) && <line key={`line ${one.period}`} class="goldstein" x1={centre(before)} y1={g(before.goldstein)} x2={centre(one)} y2={g(one.goldstein)} />;
          })}
          {points.map((one) => <circle key={one.period} class="goldstein" cx={centre(one)} cy={g(one.goldstein)} r="3.2" />)}
        </svg>
      </div>
      <figcaption>
        <span class="key cooperation" /> cooperation (up) <span class="key conflict" /> conflict (down, hatched) <span class="key goldstein" /> Goldstein sum (right scale){points.some((one, i) => i > 0 && !follows(points[i - 1]!.period, one.period)) && <><span class="key gap" /> time without events left out</>}{' '}
        <button type="button" class="plain" onClick={() => saveSvg('series.svg', svg.current)}>Save the picture</button>
      </figcaption>
      <details>
        <summary>The numbers</summary>
        <table class="numbers">
          <thead><tr><th scope="col">period</th><th scope="col">source</th><th scope="col">target</th><th scope="col" class="num">events</th><th scope="col" class="num">cooperation</th><th scope="col" class="num">conflict</th><th scope="col" class="num">Goldstein</th></tr></thead>
          <tbody>
            {series.points.map((one, i) => (
              <tr key={i}><td>{one.period}</td><td>{one.source ? name(one.source) : 'everybody'}</td><td>{one.target ? name(one.target) : 'everybody'}</td><td class="num">{one.events}</td><td class="num">{one.cooperation}</td><td class="num">{one.conflict}</td><td class="num">{one.goldstein.toFixed(1)}</td></tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

function Section({ heading, verb, values, all }: { heading: string; verb: string; values: Record<string, string | undefined>; all?: string }) {
  const loaded = useGet<Answer>(verb, { ...values, limit: 30 });
  return (
    <section class="section">
      <h2>{heading} {loaded.data && <span class="n">{loaded.data.total}</span>}</h2>
      <Await of={loaded}>
        {(answer) => (
          <>
            {answer.total > 0 && <AnswerHead answer={answer} />}
            {verb === 'agreements' ? <AgreementList answer={answer} /> : verb === 'said' ? <SaidList answer={answer} /> : <AnswerTable answer={answer} />}
            {answer.total > answer.rows.length && <p><a href={link(all ?? verb, '', values)}>All {answer.total}</a></p>}
          </>
        )}
      </Await>
    </section>
  );
}

export function Dyad({ place }: { place: Place }) {
  const { actor, other, from, until } = place.query;
  const period = place.query['period'] ?? 'month';
  const asked = !!(actor && other);
  const days = { from, until };
  const asking = { actor, other, period, ...days };
  const series = useGet<Series>(asked ? 'series' : undefined, asking);
  return (
    <>
      <Title lead="Two actors: contacts, events and their series, commitments, what each said of the other."
        tools={asked && <ExportMenu items={[...answerExports('dossier', { actor, other, kind: 'dyad', ...days, limit: 1000 }, ['markdown', 'html', 'json']), ...answerExports('series', asking, ['csv', 'svg']).map((item) => ({ ...item, label: `Series, ${item.label}` }))]} />}>Dyad</Title>
      <Ask view="dyad" button="Show" keep={{ period: place.query['period'] }}>
        <ActorField label="One" name="actor" value={actor} required />
        <ActorField label="The other" name="other" value={other} required />
        <Field label="From" name="from" value={from} placeholder="2021-03" />
        <Field label="Until" name="until" value={until} placeholder="2022" />
      </Ask>
      {!asked && <p class="hint">Name two actors.</p>}
      {asked && (
        <>
          <section class="section">
            <h2>Series</h2>
            <p class="switch" role="group" aria-label="Length of a period">
              <span class="quiet">By</span>{' '}
              {['week', 'month', 'quarter', 'year'].map((one) => <a key={one} class="button" aria-current={one === period ? 'true' : undefined} href={changed(place, { period: one })}>{one}</a>)}
            </p>
            <Await of={series}>{(data) => <><p class="question"><Question words={data.question} /></p><Notes notes={data.notes} /><SeriesChart series={data} /></>}</Await>
          </section>
          <Section heading="Contacts" verb="contacts" values={{ actor, other, ...days }} />
          <Section heading="Events" verb="events" values={{ actor, other, ...days }} />
          <Section heading="Commitments" verb="commitments" values={{ actor, other, ...days }} />
          <Section heading="Agreements" verb="agreements" values={{ party: actor, other, ...days }} />
          <Section heading="What the first said about the second" verb="said" values={{ actor, about: other, ...days }} />
          <Section heading="What the second said about the first" verb="said" values={{ actor: other, about: actor, ...days }} />
        </>
      )}
    </>
  );
}
