// Views that are one question and its answer: said, events, contacts, figures, agreements, search, dossiers.
import { address, useGet } from '../lib/api';
import { readable } from '../lib/bytes';
import { changed, link, rowLink, type Place } from '../lib/hash';
import type { Answer, Dossier as DossierShape, Found, Hit, Row } from '../lib/types';
import { capital, day, kPlover, kStatuses, list, text, titleOf } from '../lib/words';
import { KeepAlert } from '../parts/keep';
import { Actors, ActorField, answerExports, Ask, Await, Choice, ExportMenu, Field, Notes, Title } from '../parts/common';
import { AnswerHead, AnswerTable, Evidence, kPage, offsetOf, Pager, Question, Source } from '../parts/answer';
import { unitsOf } from '../lib/bytes';

function picked(place: Place, names: string[]): Record<string, string | undefined> {
  return Object.fromEntries(names.map((name) => [name, place.query[name]]));
}

function Days({ place }: { place: Place }) {
  return (
    <>
      <Field label="From" name="from" value={place.query['from']} placeholder="2021-03" />
      <Field label="Until" name="until" value={place.query['until']} placeholder="2022" />
    </>
  );
}

/** The answer to `verb` with these values, its head, pages and exports. */
function useAnswer(verb: string, values: Record<string, string | number | undefined>, asked = true) {
  return useGet<Answer>(asked ? verb : undefined, values);
}

export function Said({ place }: { place: Place }) {
  const values = { ...picked(place, ['actor', 'about', 'from', 'until', 'words', 'topic', 'newest', 'document']) };
  const paged = { ...values, limit: kPage, offset: offsetOf(place.query) || undefined };
  const asked = Object.values(values).some(Boolean);
  const loaded = useAnswer('said', paged, asked);
  return (
    <>
      <Title lead="Quotes whose source somebody is, and sentences of their own turns." tools={asked && <><KeepAlert verb="said" values={values} /><ExportMenu items={answerExports('said', paged)} /></>}>What did X say about Y?</Title>
      <Ask view="said">
        <ActorField label="Who" name="actor" value={values['actor']} />
        <ActorField label="About" name="about" value={values['about']} placeholder="name or words" />
        <Field label="With the words" name="words" value={values['words']} />
        <Days place={place} />
        <Choice label="Order" name="newest" value={values['newest']} options={[['', 'oldest first'], ['true', 'newest first']]} />
      </Ask>
      {asked ? <Await of={loaded}>{(answer) => <><AnswerHead answer={answer} /><SaidList answer={answer} /><Pager total={answer.total} offset={offsetOf(place.query)} /></>}</Await> : <p class="hint">Name a speaker, what it is about, or both.</p>}
    </>
  );
}

function SaidList({ answer }: { answer: Answer }) {
  if (answer.rows.length === 0) return <p class="nothing">Nothing in the record.</p>;
  const at = (name: string) => answer.columns.indexOf(name);
  return (
    <ol class="said-list" data-list>
      {answer.rows.map((item, i) => (
        <li key={item.row.id + i} data-item tabIndex={-1}>
          <p class="by">
            <time>{item.cells[at('day')]}</time> <b>{item.cells[at('speaker')] || 'speaker not known'}</b>{' '}
            <span class="how">{item.cells[at('how')]}{item.cells[at('cue')] ? `, “${readable(item.cells[at('cue')] ?? '')}”` : ''}</span>
          </p>
          <Evidence row={item.row} />
          <Source row={item.row} />
        </li>
      ))}
    </ol>
  );
}

const kStatusOptions: [string, string][] = [['', 'any status'], ...Object.keys(kStatuses).map((one): [string, string] => [one, one])];

export function Events({ place, verb }: { place: Place; verb: 'events' | 'contacts' }) {
  const values = picked(place, ['actor', 'other', 'type', 'status', 'place', 'from', 'until', 'words', 'topic', 'newest', 'cameo', 'document', ...(verb === 'events' ? ['source', 'target'] : [])]);
  if (verb === 'contacts') {
    delete values['type'];
    delete values['cameo'];
  }
  const paged = { ...values, limit: kPage, offset: offsetOf(place.query) || undefined };
  const loaded = useAnswer(verb, paged);
  return (
    <>
      <Title lead={verb === 'events' ? 'Who did, promised, asked or refused what, towards whom.' : 'Meetings, visits and calls.'} tools={<><KeepAlert verb={verb} values={values} /><ExportMenu items={answerExports(verb, paged)} /></>}>{verb === 'events' ? 'Events' : 'Contacts'}</Title>
      <Ask view={verb}>
        <ActorField label="Actor" name="actor" value={values['actor']} />
        <ActorField label="And" name="other" value={values['other']} />
        {verb === 'events' && <Choice label="Type" name="type" value={values['type']} options={[['', 'any type'], ...Object.entries(kPlover)]} />}
        <Choice label="Status" name="status" value={values['status']} options={kStatusOptions} />
        <Field label="Place" name="place" value={values['place']} />
        <Field label="Words" name="words" value={values['words']} />
        <Days place={place} />
      </Ask>
      <Await of={loaded}>{(answer) => <><AnswerHead answer={answer} /><AnswerTable answer={answer} /><Pager total={answer.total} offset={offsetOf(place.query)} /></>}</Await>
    </>
  );
}

export function Figures({ place }: { place: Place }) {
  const values = picked(place, ['name', 'about', 'unit', 'from', 'until', 'words', 'topic', 'document']);
  const paged = { ...values, limit: kPage, offset: offsetOf(place.query) || undefined };
  const loaded = useAnswer('figures', paged);
  return (
    <>
      <Title lead="Claimed numbers: each thing by date, with who claims it." tools={<><KeepAlert verb="figures" values={values} /><ExportMenu items={answerExports('figures', paged)} /></>}>Figures</Title>
      <Ask view="figures">
        <Field label="What is counted" name="name" value={values['name']} />
        <ActorField label="About or by" name="about" value={values['about']} />
        <Field label="Unit" name="unit" value={values['unit']} />
        <Field label="Words" name="words" value={values['words']} />
        <Days place={place} />
      </Ask>
      <Await of={loaded}>{(answer) => <><AnswerHead answer={answer} /><AnswerTable answer={answer} /><Pager total={answer.total} offset={offsetOf(place.query)} /></>}</Await>
    </>
  );
}

export function AgreementList({ answer }: { answer: Answer }) {
  if (answer.rows.length === 0) return <p class="nothing">Nothing in the record.</p>;
  return (
    <ul class="agreements" data-list>
      {answer.rows.map(({ row, cells }, i) => {
        const tellings = Array.isArray(row['rows']) ? (row['rows'] as Row[]) : [];
        return (
          <li key={i} data-item tabIndex={-1}>
            <h3><a href={link('dossier', '', { kind: 'agreement', actor: readable(text(row, 'name')) })}>{readable(text(row, 'name'))}</a></h3>
            <p>
              {text(row, 'type')}{text(row, 'date') ? <>, <time>{text(row, 'date')}</time></> : ''} · parties: <Actors ids={list(row, 'parties')} />
            </p>
            {cells[5] && <p><span class="quiet">said of it:</span> {cells[5]}</p>}
            {tellings.map((one) => (
              <div key={one.id} class="telling">
                <Evidence row={one} />
                <Source row={one} />
              </div>
            ))}
          </li>
        );
      })}
    </ul>
  );
}

export function Agreements({ place }: { place: Place }) {
  const values = picked(place, ['name', 'party', 'other', 'from', 'until', 'words', 'topic', 'document']);
  const paged = { ...values, limit: kPage, offset: offsetOf(place.query) || undefined };
  const loaded = useAnswer('agreements', paged);
  return (
    <>
      <Title lead="Agreements, statements and bodies, each with what is said of it." tools={<><KeepAlert verb="agreements" values={values} /><ExportMenu items={answerExports('agreements', paged)} /></>}>Agreements</Title>
      <Ask view="agreements">
        <Field label="Name" name="name" value={values['name']} />
        <ActorField label="Party" name="party" value={values['party']} />
        <ActorField label="And" name="other" value={values['other']} />
        <Days place={place} />
      </Ask>
      <Await of={loaded}>{(answer) => <><AnswerHead answer={answer} /><AgreementList answer={answer} /><Pager total={answer.total} offset={offsetOf(place.query)} /></>}</Await>
    </>
  );
}

/** A hit with its words marked; marks are bytes of the text. */
function HitText({ hit }: { hit: Hit }) {
  const units = unitsOf(hit.text, hit.marks.flat());
  const out: preact.ComponentChild[] = [];
  let at = 0;
  hit.marks.forEach((_, i) => {
    const begin = units[2 * i]!;
    const end = units[2 * i + 1]!;
    if (begin < at) return;
    out.push(readableKeep(hit.text.slice(at, begin)), <mark key={i}>{readableKeep(hit.text.slice(begin, end))}</mark>);
    at = end;
  });
  out.push(readableKeep(hit.text.slice(at)));
  return <q class="evidence">{out}</q>;
}

function readableKeep(piece: string): string {
  const space = (edge: RegExp) => (edge.test(piece) ? ' ' : '');
  const inner = readable(piece);
  return inner === '' ? space(/^\s/) : `${space(/^\s/)}${inner}${space(/\s$/)}`;
}

export function Search({ place }: { place: Place }) {
  const values = picked(place, ['words', 'speaker', 'from', 'until']);
  const asked = !!(values['words'] || values['speaker']);
  const offset = offsetOf(place.query);
  const paged = { ...values, limit: kPage, offset: offset || undefined };
  const loaded = useGet<Found>(asked ? 'search' : undefined, paged);
  return (
    <>
      <Title lead="Sentences with these words." tools={asked && <><KeepAlert verb="search" values={values} /><ExportMenu items={answerExports('search', paged, ['json', 'jsonl'])} /></>}>Search</Title>
      <Ask view="search" button="Search">
        <Field label="Words" name="words" value={values['words']} type="search" />
        <ActorField label="Speaker" name="speaker" value={values['speaker']} />
        <Days place={place} />
      </Ask>
      <p class="hint">Words, "a phrase", ceasefire OR truce, NOT, begin*.</p>
      {asked && (
        <Await of={loaded}>
          {(found) => (
            <>
              <p class="question"><Question words={found.question} /></p>
              {found.hits.length === 0 && <p class="nothing">Nothing in the record.</p>}
              <ol class="said-list" data-list>
                {found.hits.map((hit) => (
                  <li key={hit.row} data-item tabIndex={-1}>
                    {hit.speaker && <p class="by"><b><Actors ids={[hit.speaker]} /></b></p>}
                    <HitText hit={hit} />
                    <p class="source"><a data-open href={rowLink(hit.doc, hit.row)}>{titleOf({ title: hit.title, id: hit.doc })}</a><span class="quiet">, <time>{day(hit.published)}</time></span></p>
                  </li>
                ))}
              </ol>
              <nav class="pager" aria-label="Pages of the answer">
                {offset > 0 ? <a class="button" href={changed(place, { offset: offset - kPage > 0 ? offset - kPage : undefined })}>← Before</a> : <span />}
                {found.more ? <a class="button" href={changed(place, { offset: offset + kPage })}>After →</a> : <span />}
              </nav>
            </>
          )}
        </Await>
      )}
    </>
  );
}

/** A fact of a dossier: actors whom it names by id lead to what the two have to do with each other. */
function FactWords({ label, words, actor }: { label: string; words: string; actor: string }) {
  if (label !== 'with') return <>{words.replace(/ as (\w+)/g, (_, role: string) => ` as ${role.replace(/_/g, ' ')}`)}</>;
  return (
    <>
      {words.split(/(?<=\)), /).map((part, i) => {
        const match = /^(.*) \[([^\]]+)\] \((\d+)\)$/.exec(part);
        return <span key={i}>{i > 0 && ', '}{match ? <><a class="actor" href={link('dyad', '', { actor, other: match[2] })} title={match[2]}>{match[1]}</a> <span class="n">{match[3]}</span></> : part}</span>;
      })}
    </>
  );
}

const kDossiers: [string, string][] = [['', 'actor'], ['topic', 'topic'], ['agreement', 'agreement'], ['place', 'place']];

export function Dossier({ place }: { place: Place }) {
  const values = picked(place, ['actor', 'kind', 'from', 'until', 'as_of']);
  const asked = !!values['actor'];
  const loaded = useGet<DossierShape>(asked ? 'dossier' : undefined, { ...values, limit: 20 });
  const more: Record<string, string> = { Contacts: 'contacts', Events: 'events', Commitments: 'commitments', Agreements: 'agreements', 'What they said': 'said', Figures: 'figures', Timeline: 'timeline' };
  return (
    <>
      <Title lead={loaded.data ? undefined : 'Everything that the record holds on one actor, topic, agreement or place.'} tools={asked && <ExportMenu items={answerExports('dossier', { ...values, limit: 1000 }, ['markdown', 'html', 'json'])} />}>{loaded.data ? loaded.data.title : 'Dossier'}</Title>
      <Ask view="dossier" button="Open">
        <ActorField label="On" name="actor" value={values['actor']} required />
        <Choice label="Kind" name="kind" value={values['kind']} options={kDossiers} />
        <Days place={place} />
      </Ask>
      {!asked && <p class="hint">Name a person, state or organisation; or choose another kind.</p>}
      <Await of={loaded}>
        {(dossier) => (
          <>
            <p class="question"><Question words={dossier.question} /></p>
            <dl class="facts wide">
              {dossier.facts.map((fact, i) => (
                <div key={i}><dt>{capital(fact.label)}</dt><dd><FactWords label={fact.label} words={fact.words} actor={values['actor'] ?? ''} /></dd></div>
              ))}
            </dl>
            {dossier.kind === 'actor' && values['actor'] && (
              <p class="jump">
                <a href={link('timeline', '', { actor: values['actor'] })}>Timeline</a> · <a href={link('network', '', { actor: values['actor'] })}>Network</a> ·{' '}
                <a href={link('dyad', '', { actor: values['actor'] })}>With another actor</a> · <a href={link('map', '', { actor: values['actor'] })}>Map</a> ·{' '}
                <a href={address('rows', { actor: values['actor'] })}>Rows as JSON</a>
              </p>
            )}
            <nav class="contents" aria-label="Sections">
              {dossier.sections.filter(({ answer }) => answer.total > 0).map(({ heading, answer }) => (
                <a key={heading} href={`#section-${heading}`} onClick={(event) => (event.preventDefault(), document.getElementById(`section-${heading}`)?.scrollIntoView())}>{heading} <span class="n">{answer.total}</span></a>
              ))}
            </nav>
            {dossier.sections.filter(({ answer }) => answer.total > 0).map(({ heading, answer }) => (
              <section key={heading} id={`section-${heading}`} class="section">
                <h2>{heading} <span class="n">{answer.total}</span></h2>
                <Notes notes={answer.notes} />
                {answer.verb === 'agreements' ? <AgreementList answer={answer} /> : answer.verb === 'said' ? <SaidList answer={answer} /> : <AnswerTable answer={answer} />}
                {answer.total > answer.rows.length && (
                  <p><a href={link(more[heading] ?? answer.verb, '', dossier.kind === 'actor' ? { [answer.verb === 'agreements' ? 'party' : answer.verb === 'figures' ? 'about' : 'actor']: values['actor'] } : { words: `"${values['actor']}"` })}>All {answer.total}</a></p>
                )}
              </section>
            ))}
            {dossier.sections.some(({ answer }) => answer.total === 0) && (
              <p class="nothing">Nothing in the record under: {dossier.sections.filter(({ answer }) => answer.total === 0).map(({ heading }) => heading.toLowerCase()).join(', ')}.</p>
            )}
          </>
        )}
      </Await>
    </>
  );
}
export { SaidList };
