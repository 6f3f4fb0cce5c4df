// Two readouts side by side: what both tell, what they tell differently, what each leaves out.
import { useGet, useLoaded, getLines } from '../lib/api';
import { readable } from '../lib/bytes';
import { changed, link, rowLink, type Place } from '../lib/hash';
import type { Answer, AnswerRow, DocumentInfo, DocumentList, Row } from '../lib/types';
import { day, kKinds, titleOf } from '../lib/words';
import { answerExports, Await, Choice, ExportMenu, Notes, Title, Voice } from '../parts/common';
import { Glyph } from '../parts/glyph';

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

function Side({ row, cell, sentences }: { row: Row | undefined; cell: string; sentences: Map<string, string> | undefined }) {
  if (!row) return <p class="left-out">not told</p>;
  const sentence = sentences?.get(row.sentence ?? '') ?? readable(row.text);
  const own = readable(row.text);
  const at = sentence.indexOf(own);
  return (
    <>
      <p class="says">{readable(cell)}</p>
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
                <div class="side"><span class="sr">A: </span><Side row={pair(item).a} cell={item.cells[2] ?? ''} sentences={left.data} /></div>
                <div class="side"><span class="sr">B: </span><Side row={pair(item).b} cell={item.cells[3] ?? ''} sentences={right.data} /></div>
              </div>
            ))}
            {rows.length === 0 && <p class="nothing">Nothing.</p>}
          </section>
        );
      })}
    </div>
  );
}

function Head({ id, letter, documents }: { id: string | undefined; letter: string; documents: DocumentInfo[] }) {
  const one = documents.find((document) => document.id === id);
  if (!id) return <p class="quiet">{letter}: choose a document</p>;
  return (
    <p>
      <b>{letter}</b> <a href={link('doc', id)}>{one ? titleOf(one) : id.slice(0, 12)}</a> <span class="quiet">{day(one?.published)} {one?.genre}</span>
    </p>
  );
}

export function Compare({ place }: { place: Place }) {
  const { a, b } = place.query;
  const documents = useGet<DocumentList>('documents', { order: 'newest', limit: 1000 });
  const near = useGet<{ links: { from: string; to: string; reason: string; kind: string }[] }>(a ? 'links' : undefined, { id: a });
  const loaded = useGet<Answer>(a && b ? 'diff' : undefined, { a, b });
  const options = (side: string): [string, string][] => [['', `choose ${side}`], ...(documents.data?.documents ?? []).map((one): [string, string] => [one.id, `${day(one.published) || 'no date'} · ${titleOf(one).slice(0, 90)}`])];
  const offered = (near.data?.links ?? []).filter((one) => one.kind === 'near_document').map((one) => (one.from === a ? one.to : one.from));
  const choose = (side: 'a' | 'b') => (value: string) => (location.hash = changed(place, { [side]: value }).slice(1));
  return (
    <>
      <Title lead="What each of two documents tells and leaves out." tools={a && b && <ExportMenu items={answerExports('diff', { a, b })} />}>Comparison</Title>
      <form class="ask" onSubmit={(event) => event.preventDefault()}>
        <Choice label="A" name="a" value={a} options={options('A')} onChange={choose('a')} />
        <Choice label="B" name="b" value={b} options={options('B')} onChange={choose('b')} />
        {a && b && <a class="button" href={link('compare', '', { a: b, b: a })}>Swap</a>}
      </form>
      {offered.length > 0 && !b && <p class="hint">Nearly the same as A: {offered.map((id) => <a key={id} href={changed(place, { b: id })}>{titleOf(documents.data?.documents.find((one) => one.id === id) ?? { id })} </a>)}</p>}
      <div class="pair heads">
        <p class="kind" />
        <Head id={a} letter="A" documents={documents.data?.documents ?? []} />
        <Head id={b} letter="B" documents={documents.data?.documents ?? []} />
      </div>
      {a && b && <Await of={loaded}>{(answer) => <><Notes notes={answer.notes} /><Differences answer={answer} a={a} b={b} /></>}</Await>}
    </>
  );
}
