// The public API (/api/v1) and nothing else. Answers are kept while the page is open; the server's ETags
// make asking again cheap.
import { useEffect, useState } from 'preact/hooks';

const kApi = 'api/v1/';

export class ApiError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

export type Values = Record<string, string | number | undefined>;

/** An address of the API: for exports as well. */
export function address(path: string, values: Values = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== '') params.set(name, String(value));
  }
  const text = params.toString();
  return kApi + path + (text ? `?${text}` : '');
}

const waiting = new Set<() => void>();
let needToken = false;
/** Tells whether the server asked for a token; used by the sign-in dialog. */
export function onTokenWanted(told: () => void): () => void {
  waiting.add(told);
  if (needToken) told();
  return () => waiting.delete(told);
}

export async function problemOf(response: Response): Promise<ApiError> {
  let message = `${response.status} ${response.statusText}`;
  try {
    const body = await response.json();
    message = body.detail ?? body.error?.message ?? body.title ?? message;
  } catch {
    // No JSON: the status line has to do.
  }
  if (response.status === 401) {
    needToken = true;
    for (const told of waiting) told();
  }
  return new ApiError(response.status, message);
}

async function request(url: string, options?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { credentials: 'same-origin', ...options });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, 'The server does not answer. Is it still running?');
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

export async function get<T>(path: string, values: Values = {}, signal?: AbortSignal): Promise<T> {
  const url = address(path, values);
  const kept = cache.get(url);
  if (kept !== undefined) return kept as T;
  const response = await request(url, signal ? { signal } : undefined);
  const data = (await response.json()) as T;
  for (const look of readers) look(data);
  keep(url, data);
  return data;
}

export async function getLines<T>(path: string, signal?: AbortSignal): Promise<T[]> {
  const url = address(path);
  const kept = cache.get(url);
  if (kept !== undefined) return kept as T[];
  const text = await (await request(url, signal ? { signal } : undefined)).text();
  const rows: T[] = [];
  for (const line of text.split('\n')) if (line !== '') rows.push(JSON.parse(line) as T);
  keep(url, rows);
  return rows;
}

export async function send<T>(method: string, path: string, values: Values, body?: BodyInit, type?: string): Promise<T | undefined> {
  const options: RequestInit = { method };
  if (body !== undefined) options.body = body;
  if (type) options.headers = { 'Content-Type': type };
  const response = await request(address(path, values), options);
  forget();
  const text = await response.text();
  return text === '' ? undefined : (JSON.parse(text) as T);
}

/** Those who want to see each answer that comes in. */
export const readers: ((data: unknown) => void)[] = [];

const kKept = 120;
const cache = new Map<string, unknown>();
function keep(url: string, data: unknown): void {
  cache.delete(url);
  cache.set(url, data);
  if (cache.size > kKept) cache.delete(cache.keys().next().value as string);
}

const forgetting = new Set<() => void>();
/** After something was written, everything is asked anew. */
export function forget(): void {
  cache.clear();
  for (const told of forgetting) told();
}

export interface Loaded<T> {
  data?: T;
  error?: ApiError;
  loading: boolean;
}

/** What `load` gives; asked anew when `key` changes or something was written. No key: nothing is asked. */
export function useLoaded<T>(key: string | undefined, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [state, set] = useState<Loaded<T> & { key?: string | undefined }>({ loading: key !== undefined });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const told = () => setRound((n) => n + 1);
    forgetting.add(told);
    return () => void forgetting.delete(told);
  }, []);
  useEffect(() => {
    if (key === undefined) {
      set({ loading: false });
      return;
    }
    const abort = new AbortController();
    set((old) => (old.key === key && old.data !== undefined ? { ...old, loading: true } : { key, loading: true }));
    load(abort.signal).then(
      (data) => !abort.signal.aborted && set({ key, data, loading: false }),
      (error: unknown) => {
        if (abort.signal.aborted) return;
        set({ key, error: error instanceof ApiError ? error : new ApiError(-1, String(error)), loading: false });
      },
    );
    return () => abort.abort();
  }, [key, round]);
  // Between a change of key and the effect, the old data must not be taken for the new.
  if (state.key !== key && key !== undefined) return { loading: true };
  return state;
}

export function useGet<T>(path: string | undefined, values: Values = {}): Loaded<T> {
  return useLoaded<T>(path === undefined ? undefined : address(path, values), (signal) => get<T>(path!, values, signal));
}
