// The library: what the record holds, and the way to bring more in.
import { useEffect, useRef, useState } from 'preact/hooks';
import { address, ApiError, forget, problemOf, send, useGet } from '../lib/api';
import { link, type Place } from '../lib/hash';
import { useNames } from '../lib/names';
import type { DocumentInfo, DocumentList, Job, Status } from '../lib/types';
import { count, day, number, titleOf } from '../lib/words';
import { Ask, Await, Dialog, ExportMenu, Field, Title } from '../parts/common';

function Upload({ onDone }: { onDone: () => void }) {
  const [jobs, setJobs] = useState<Job[]>([]);
  const [over, setOver] = useState(false);
  const [pasting, setPasting] = useState(false);
  const [trouble, setTrouble] = useState('');
  const picker = useRef<HTMLInputElement>(null);
  const streams = useRef<EventSource[]>([]);
  useEffect(() => () => streams.current.forEach((stream) => stream.close()), []);

  const follow = (job: Job) => {
    const put = (state: Job) => setJobs((all) => [state, ...all.filter((one) => one.id !== state.id)]);
    put(job);
    if (job.state === 'done' || job.state === 'failed') return onDone();
    const stream = new EventSource(`api/v1/jobs/${job.id}/events`);
    streams.current.push(stream);
    const told = (event: MessageEvent<string>) => put(JSON.parse(event.data) as Job);
    stream.addEventListener('progress', told);
    for (const end of ['done', 'failed']) {
      stream.addEventListener(end, (event) => {
        told(event as MessageEvent<string>);
        stream.close();
        forget();
        onDone();
      });
    }
    stream.onerror = () => stream.close();
  };
  const sendFiles = async (files: Iterable<File>) => {
    setTrouble('');
    for (const file of files) {
      try {
        const response = await fetch(address('documents', { filename: file.name }), { method: 'POST', body: file, headers: { 'Content-Type': 'application/octet-stream' } });
        if (!response.ok) throw await problemOf(response);
        follow((await response.json()) as Job);
      } catch (error) {
        setTrouble(`${file.name}: ${error instanceof ApiError ? error.message : String(error)}`);
      }
    }
  };
  const paste = async (form: HTMLFormElement) => {
    setTrouble('');
    const body: Record<string, string> = {};
    for (const [name, value] of new FormData(form)) if (typeof value === 'string' && value.trim() !== '') body[name] = value;
    try {
      const job = await send<Job>('POST', 'documents', {}, JSON.stringify(body), 'application/json');
      setPasting(false);
      if (job) follow(job);
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <section class={`upload${over ? ' over' : ''}`} aria-label="Add documents"
      onDragOver={(event) => (event.preventDefault(), setOver(true))} onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (event.dataTransfer) void sendFiles(event.dataTransfer.files);
      }}>
      <p>
        <button type="button" class="button" onClick={() => picker.current?.click()}>Add files</button>{' '}
        <button type="button" class="button" onClick={() => setPasting(true)}>Paste a text</button>{' '}
        <span class="quiet">or drop them here: text, HTML, Markdown, PDF, DOCX, mail, JSON Lines, archives</span>
      </p>
      <input ref={picker} type="file" multiple hidden aria-label="Files to add" onChange={(event) => event.currentTarget.files && void sendFiles(event.currentTarget.files)} />
      {trouble && !pasting && <p class="trouble" role="alert">{trouble}</p>}
      <ul class="jobs" aria-live="polite">
        {jobs.map((job) => (
          <li key={job.id}>
            <span>{job.name}</span>{' '}
            {job.state === 'running' || job.state === 'queued' ? <progress max={Math.max(1, job.bytes)} value={job.bytes_done} aria-label={`Progress of ${job.name}`} /> : null}{' '}
            <b>{job.state}</b> {job.read > 0 && <span class="quiet">{count(job.read, 'document')}, {count(job.sentences, 'sentence')}</span>}
            {job.error && <span class="trouble"> {job.error}</span>}
            {job.state === 'done' && job.documents.slice(0, 3).map((one) => <a key={one.id} href={link('doc', one.id)}> open {one.outcome === 'known' ? '(was there already)' : ''}</a>)}
            {job.rejections.map((rejection) => <span class="trouble" key={rejection}> {rejection}</span>)}
          </li>
        ))}
      </ul>
      <Dialog title="Paste a text" open={pasting} onClose={() => setPasting(false)}>
        <form class="paste" onSubmit={(event) => (event.preventDefault(), void paste(event.currentTarget))}>
          <div class="fields">
            <Field label="Title" name="title" />
            <Field label="Published" name="date" placeholder="YYYY-MM-DD" />
            <Field label="Source" name="source" />
            <Field label="Address" name="url" type="url" />
          </div>
          <label for="paste-text">Text</label>
          <textarea id="paste-text" name="text" rows={14} required />
          {trouble && <p class="trouble" role="alert">{trouble}</p>}
          <p><button type="submit" class="primary">Read it</button></p>
        </form>
      </Dialog>
    </section>
  );
}

function Documents({ documents }: { documents: DocumentInfo[] }) {
  const name = useNames([...new Set(documents.map((one) => one.publisher ?? '').filter(Boolean))]);
  return (
    <div class="scroll">
      <table class="library" data-list>
        <thead>
          <tr>
            <th scope="col">published</th>
            <th scope="col">document</th>
            <th scope="col">publisher</th>
            <th scope="col">genre</th>
            <th scope="col" class="num">turns</th>
            <th scope="col" class="num">sentences</th>
            <th scope="col" class="num">rows</th>
          </tr>
        </thead>
        <tbody>
          {documents.map((one) => (
            <tr key={one.id} data-item tabIndex={-1}>
              <td data-label="published"><time>{day(one.published) || <span class="quiet">no date</span>}</time></td>
              <td data-label=""><a href={link('doc', one.id)} data-open>{titleOf(one)}</a></td>
              <td data-label="publisher">{one.publisher ? name(one.publisher) : <span class="quiet">not known</span>}</td>
              <td data-label="genre">{one.genre}</td>
              <td data-label="turns" class="num">{number(one.turns)}</td>
              <td data-label="sentences" class="num">{number(one.sentences)}</td>
              <td data-label="rows" class="num">{number(one.rows)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Library({ place }: { place: Place }) {
  const { title, publisher, genre, from, until, topic, cursor } = place.query;
  const filters = { title, publisher, genre, from, until, topic };
  const values = { ...filters, order: 'newest', limit: 60, cursor };
  const loaded = useGet<DocumentList>('documents', values);
  const status = useGet<Status>('status');
  const [, again] = useState(0);
  return (
    <>
      <Title
        lead={loaded.data ? `${count(loaded.data.total, 'document')}, newest first.` : undefined}
        tools={<ExportMenu items={[
          { label: 'This list, JSON', href: address('documents', { ...values, limit: 1000 }), file: 'documents.json' },
          { label: 'Whole record, JSON Lines', href: address('export'), file: 'record.jsonl' },
          ...(status.data?.exports ?? []).map((one) => ({ label: `Whole record, ${one.name}`, href: address('export', { to: one.name }), file: `record${one.suffix.startsWith('.') ? '' : '.'}${one.suffix}` })),
        ]} />}
      >Library</Title>
      {status.data && !status.data.read_only && <Upload onDone={() => again((n) => n + 1)} />}
      <Ask view="library" button="Filter">
        <Field label="Title" name="title" value={title} />
        <Field label="Publisher" name="publisher" value={publisher} />
        <Field label="Genre" name="genre" value={genre} />
        <Field label="Topic" name="topic" value={topic} />
        <Field label="From" name="from" value={from} placeholder="2021-03" />
        <Field label="Until" name="until" value={until} placeholder="2022" />
      </Ask>
      <Await of={loaded}>
        {(data) => (
          <>
            {data.documents.length ? <Documents documents={data.documents} /> : <p class="nothing">No document like that in the record.</p>}
            <nav class="pager" aria-label="Pages of the library">
              {cursor ? <a class="button" href={link('library', '', filters)}>← Newest</a> : <span />}
              {data.next ? <a class="button" rel="next" href={link('library', '', { ...filters, cursor: data.next })}>Older →</a> : <span />}
            </nav>
          </>
        )}
      </Await>
    </>
  );
}
