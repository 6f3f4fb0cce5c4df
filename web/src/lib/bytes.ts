// The record counts bytes, the browser counts UTF-16 units. And the record keeps the bytes as they stand
// in the original (for a web page: with its markup), while people want to read words.

/** Bytes that `text` takes as UTF-8. */
export function byteLength(text: string): number {
  let n = 0;
  for (let i = 0; i < text.length; i++) n += bytesAt(text, i);
  return n;
}

/** Bytes of the unit at `i`; the second half of a surrogate pair counts as none. */
function bytesAt(text: string, i: number): number {
  const unit = text.charCodeAt(i);
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  if (unit >= 0xd800 && unit < 0xdc00) return 4;
  if (unit >= 0xdc00 && unit < 0xe000) return 0;
  return 3;
}

/** For each of the sorted or unsorted byte offsets the index of the UTF-16 unit that begins there. */
export function unitsOf(text: string, offsets: number[]): number[] {
  const order = offsets.map((_, i) => i).sort((a, b) => offsets[a]! - offsets[b]!);
  const out = new Array<number>(offsets.length).fill(text.length);
  let byte = 0;
  let unit = 0;
  for (const at of order) {
    const wanted = offsets[at]!;
    while (unit < text.length && byte < wanted) {
      byte += bytesAt(text, unit);
      unit++;
      if (unit < text.length && text.charCodeAt(unit) >= 0xdc00 && text.charCodeAt(unit) < 0xe000) unit++;
    }
    out[at] = unit;
  }
  return out;
}

/** A text as it is shown, and where each unit of the raw one went. */
export interface Shown {
  text: string;
  /** [raw.length + 1] index into `text` */
  at: Uint32Array;
}

const kEntities: Record<string, string> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', ldquo: '“', rdquo: '”', lsquo: '‘', rsquo: '’',
  mdash: '—', ndash: '–', hellip: '…', copy: '©', laquo: '«', raquo: '»', shy: '', bull: '•', middot: '·', deg: '°',
  eacute: 'é', egrave: 'è', agrave: 'à', aacute: 'á', ccedil: 'ç', ntilde: 'ñ', oacute: 'ó', uacute: 'ú', iacute: 'í',
  ouml: 'ö', auml: 'ä', uuml: 'ü', szlig: 'ß', oslash: 'ø', aring: 'å', euro: '€', pound: '£', sect: '§', para: '¶',
  zwnj: '\u200c', thinsp: '\u2009', ensp: '\u2002', emsp: '\u2003', times: '×', reg: '®', trade: '™',
};

function entity(name: string): string | undefined {
  if (name.startsWith('#')) {
    const code = name[1] === 'x' || name[1] === 'X' ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
  }
  return kEntities[name];
}

const kTags = '<!--[\\s\\S]*?-->|<\\/?[a-zA-Z][^<>]*>';
const kReferences = '&(?:#\\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});';
const kQuoted = '=\\r?\\n|(?:=[0-9A-F]{2}(?:=\\r?\\n)?)+';

/** How the bytes of a document stand for its words. */
export interface Coding {
  /** HTML or XML: tags go, character references are resolved */
  markup: boolean;
  /** mail in quoted-printable: "=C3=AD" is a letter, "=" at the end of a line is nothing */
  quoted: boolean;
}
const kPatterns = new Map<string, RegExp>();
function patternOf(coding: Coding): RegExp {
  const parts = [...(coding.markup ? [kTags, kReferences] : []), ...(coding.quoted ? [kQuoted] : []), '\\s+'];
  const key = parts.join('|');
  const pattern = kPatterns.get(key) ?? new RegExp(key, 'g');
  kPatterns.set(key, pattern);
  return pattern;
}

function unquoted(run: string): string {
  const codes = run.match(/[0-9A-F]{2}/g) ?? [];
  const bytes = Uint8Array.from(codes, (code) => parseInt(code, 16));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Runs of white space become one space; what the coding says is resolved. */
export function shown(raw: string, coding: Coding): Shown {
  const at = new Uint32Array(raw.length + 1);
  let text = '';
  let done = 0;
  const keep = (until: number) => {
    for (let i = done; i < until; i++) at[i] = text.length + (i - done);
    text += raw.slice(done, until);
    done = until;
  };
  const pattern = patternOf(coding);
  pattern.lastIndex = 0;
  for (let match = pattern.exec(raw); match !== null; match = pattern.exec(raw)) {
    let instead: string | undefined;
    if (match[0].startsWith('<')) instead = /^<(br|\/?p|\/?div|\/?li|\/?td|\/?tr)\b/i.test(match[0]) ? ' ' : '';
    else if (match[0].startsWith('&')) instead = entity(match[0].slice(1, -1));
    else if (match[0].startsWith('=')) instead = unquoted(match[0]);
    else instead = ' ';
    if (instead === undefined) continue;
    keep(match.index);
    if (instead === ' ' && (text === '' || text.endsWith(' '))) instead = '';
    for (let i = match.index; i < match.index + match[0].length; i++) at[i] = text.length;
    text += instead;
    done = match.index + match[0].length;
  }
  keep(raw.length);
  at[raw.length] = text.length;
  return { text, at };
}

/** The coding that a text shows by itself. */
export function codingOf(raw: string): Coding {
  return {
    markup: /<\/[a-z][^<>]*>|<(br|p|img|a|span|b|i)\b[^<>]*>|&(#\d+|#x[0-9a-f]+|nbsp|amp|quot|[lr][ds]quo|[mn]dash|hellip|copy);/i.test(raw),
    quoted: /=\r?\n|(=[89A-F][0-9A-F]){2}/.test(raw),
  };
}

/** A passage from an answer, whose document's type isn't known here: markup goes where there clearly is some. */
export function readable(raw: string): string {
  return shown(raw, codingOf(raw)).text.trim();
}
