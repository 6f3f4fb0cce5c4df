// Two readouts side by side: what both tell, what they tell differently, what each leaves out.
import { useId, useRef, useState } from 'preact/hooks';
import { get, useGet, useLoaded, getLines } from '../lib/api';
import { readable } from '../lib/bytes';
import { changed, link, rowLink, type Place } from '../lib/hash';
import { useNames } from '../lib/names';
import type { Answer, AnswerRow, DocumentList, Row } from '../lib/types';
import { count, day, inWords, kKinds, list, text, titleOf } from '../lib/words';
import { answerExports, Await, ExportMenu, Notes, Title, Voice } from '../parts/common';
import { Glyph, StatusMark } from '../parts/glyph';

const kGroups: [string, string, string][] = [
  ['both', 'Told by both', 'both'],
  ['both, differently', 'Told by both, differently', 'differs'],
  ['A only', 'Only A tells', 'left'],
  ['B only', 'Only B tells', 'right'],
];

function useSentences(id: string | undefined) {
  return useLoaded(id ? `sentences ${id}` : undefined, async (signal) => {
    const rows = await getLines<Row>(`documents/${encodeURIComponent(id!)}/record`, signal);
    return new Map(rows.filter((row) => row.kind === 'sentence').map((row) => [row.id, readable(row.text)]));
  });
}

function Side({ row, sentences }: { row: Row | undefined; sentences: Map<string, string> | undefined }) {
  const name = useNames(row ? ['source', 'target', 'owed_by', 'owed_to', 'parties', 'about'].flatMap((field) => list(row, field)) : []);
  if (!row) return <p class="left-out">not told</p>;
  const own = readable(row.text);
  const sentence = sentences?.get(row.sentence ?? '') ?? own;
  const at = sentence.indexOf(own);
  return (
    <>
      <p class="says">{inWords(row, name)}{row.kind === 'event' && <> <StatusMark status={text(row, 'status')} polarity={text(row, 'polarity')} /></>}</p>
      <q class="evidence">{at < 0 || own === sentence ? sentence : <>{sentence.slice(0, at)}<mark>{own}</mark>{sentence.slice(at + own.length)}</>}</q>
      <p class="source"><Voice ids={row.voice} /> · <a data-open href={rowLink(row.doc, row.id)}>open</a></p>
    </>
  );
}

function Differences({ answer, a, b }: { answer: Answer; a: string; b: string }) {
  const left = useSentences(a);
  const right = useSentences(b);
  const pair = (item: AnswerRow) => item.row as unknown as { a?: Row; b?: Row };
  return (
    <div class="compare" data-list>
      {kGroups.map(([told, label, shape]) => {
        const rows = answer.rows.filter((item) => item.cells[0] === told);
        return (
          <section key={told} class="section">
            <h2><Glyph shape={shape} /> {label} <span class="n">{rows.length}</span></h2>
            {rows.map((item, i) => (
              <div class="pair" key={i} data-item tabIndex={-1}>
                <p class="kind">{kKinds[item.cells[1] ?? ''] ?? item.cells[1]}</p>
                <div class={`side${pair(item).a ? '' : ' empty'}`}><span class="letter">A</span><Side row={pair(item).a} sentences={left.data} /></div>
                <div class={`side${pair(item).b ? '' : ' empty'}`}><span class="letter">B</span><Side row={pair(item).b} sentences={right.data} /></div>
              </div>
            ))}
            {rows.length === 0 && <p class="nothing">Nothing.</p>}
          </section>
        );
      })}
    </div>
  );
}

const kOffered = 8;

/** One of the two: what it is, or a search for it by the words of its title. */
function Chooser({ letter, id, near, choose }: { letter: 'A' | 'B'; id: string | undefined; near: string[]; choose: (id: string | undefined) => void }) {
  const [words, setWords] = useState('');
  const timer = useRef<number | undefined>(undefined);
  const field = useId();
  const head = useGet<{ document: Row }>(id ? `documents/${encodeURIComponent(id)}` : undefined);
  const found = useGet<DocumentList>(id ? undefined : 'documents', { title: words, order: 'newest', limit: kOffered });
  const alike = useLoaded(!id && near.length ? `heads ${near.join(' ')}` : undefined, (signal) => Promise.all(near.map((one) => get<{ document: Row }>(`documents/${one}`, {}, signal).then((answer) => answer.document))));
  if (id) {
    return (
      <div class="chooser">
        <Await of={head}>
          {({ document: one }) => (
            <p>
              <b>{letter}</b> <a href={link('doc', one.doc)}>{titleOf({ title: text(one, 'title'), file: text(one, 'file'), id: one.doc })}</a>{' '}
              <span class="quiet">{[day(text(one, 'published')), text(one, 'genre')].filter(Boolean).join(', ')}</span>
            </p>
          )}
        </Await>
        <button type="button" class="plain" onClick={() => choose(undefined)}>Choose another<span class="sr"> for {letter}</span></button>
      </div>
    );
  }
  const offer = (one: string, title: string, published: string) => (
    <li key={one}><button type="button" class="note" onClick={() => choose(one)}>{title} <time class="quiet">{published || 'no date'}</time></button></li>
  );
  return (
    <div class="chooser">
      <div class="field">
        <label for={field}><b>{letter}</b>: words of the title</label>
        <input id={field} type="search" autocomplete="off" onInput={(event) => {
          const given = event.currentTarget.value.trim();
          clearTimeout(timer.current);
          timer.current = window.setTimeout(() => setWords(given), 200);
        }} />
      </div>
      {alike.data && alike.data.length > 0 && (
        <>
          <p class="hint">Nearly the same as the other:</p>
          <ul>{alike.data.map((one) => offer(one.doc, titleOf({ title: text(one, 'title'), id: one.doc }), day(text(one, 'published'))))}</ul>
        </>
      )}
      <Await of={found}>
        {(list) => (
          <>
            <p class="hint">{list.total === 0 ? 'No title has these words.' : list.total > list.documents.length ? `The newest ${list.documents.length} of ${list.total}:` : count(list.total, 'document')}</p>
            <ul>{list.documents.map((one) => offer(one.id, titleOf(one), day(one.published)))}</ul>
          </>
        )}
      </Await>
    </div>
  );
}

export function Compare({ place }: { place: Place }) {
  const { a, b } = place.query;
  const one = a && !b ? a : b && !a ? b : undefined;
  const links = useGet<{ links: { from: string; to: string; kind: string }[] }>(one ? 'links' : undefined, { id: one, kind: 'near_document' });
  const loaded = useGet<Answer>(a && b ? 'diff' : undefined, { a, b });
  const near = [...new Set((links.data?.links ?? []).flatMap((near) => [near.from, near.to]))].filter((id) => one && !id.startsWith(one)).slice(0, 5);
  const choose = (side: 'a' | 'b') => (value: string | undefined) => (location.hash = changed(place, { [side]: value }).slice(1));
  return (
    <>
      <Title lead="What each of two documents tells and leaves out." tools={a && b && <><a class="button" href={link('compare', '', { a: b, b: a })}>Swap</a><ExportMenu items={answerExports('diff', { a, b })} /></>}>Comparison</Title>
      <div class={`pair heads${a && b ? ' both' : ''}`}>
        <p class="kind" />
        <Chooser letter="A" id={a} near={near} choose={choose('a')} key={`a ${a ?? ''}`} />
        <Chooser letter="B" id={b} near={near} choose={choose('b')} key={`b ${b ?? ''}`} />
      </div>
      {a && b && <Await of={loaded}>{(answer) => <><Notes notes={answer.notes} /><Differences answer={answer} a={a} b={b} /></>}</Await>}
    </>
  );
}
