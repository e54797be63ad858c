import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { video } from '../../../commands/video.ts';
import { plain, spellings } from '../../campaign/option-names.ts';
import type { Offer, Purpose } from '../../campaign/reference.ts';
import { pathOf } from './path.ts';

/** What files given to an option are for. */
const purposes = new Map<string, Purpose>(
  video.options.flatMap(({ name, purpose }) => (purpose ? [[name, purpose]] : [])),
);

/** A line without its files; `missing` are paths that somebody surely meant and that lead nowhere. */
export interface Attached {
  words: string;
  offers: Offer[];
  missing: string[];
}

const pictures = [...spellings].flatMap(([spelling, name]) => (purposes.has(name) ? [spelling] : []));
const names = pictures.map((spelling) => [...spelling].join('[-_]?')).join('|');
const named = `(?:--|–|—)(${names})[\\s:=]+`;
const joined = `(${names})[:=]\\s*`;
const value = '("(?:\\\\.|[^"\\\\])*"|\'[^\']*\'|(?:\\\\.|[^\\s\\\\"\'])+)';
const tokens = new RegExp(`(?<=^|\\s)(?:${named}|${joined})?${value}(?=\\s|[,;.!?]|$)`, 'gu');

const isPicture = /\.(?:png|jpe?g|webp|gif|avif|hei[cf]|svg|bmp|tiff?)$/i;
const isPath = /^(?:~?\/|\.{1,2}\/|file:\/\/|[a-z]:[\\/])/i;
const isLink = /^<?https?:\/\//i;

/** Finds paths as people type or drag them in: quoted, with escaped spaces, as `file://`, several on a line. */
export function attachmentsIn(line: string): Attached {
  const offers: Offer[] = [];
  const missing: string[] = [];
  const words = line.replace(tokens, (all: string, long?: string, short?: string, given = '') => {
    const called = long ?? short ?? null;
    const raw = unescaped(given);
    const found = [raw, raw.replace(/[,;.!?)]+$/, '')].find(
      (path) => mayBeFile(path, called) && isFile(path),
    );
    if (found !== undefined) offers.push(offerOf(pathOf(found), called));
    else if (isMissing(raw, called)) missing.push(raw);
    return found === undefined ? all : raw.slice(found.length);
  });
  return { words: offers.length > 0 ? closed(words) : line, offers, missing };
}

function unescaped(given: string): string {
  if (/^".*"$/s.test(given)) return given.slice(1, -1).replace(/\\(["\\$`])/g, '$1');
  if (/^'.*'$/s.test(given)) return given.slice(1, -1);
  return /^[a-z]:\\/i.test(given) ? given : given.replace(/\\(.)/gsu, '$1');
}

const mayBeFile = (raw: string, called: string | null): boolean =>
  called !== null || isPath.test(raw) || isPicture.test(raw);

// "reference: a misty garden" is prose; only what ends like a picture was meant as one.
const isMissing = (raw: string, called: string | null): boolean =>
  !isLink.test(raw) && isPicture.test(raw) && (called !== null || isPath.test(raw));

/** Without the gaps that the files left. */
const closed = (words: string): string =>
  words
    .replace(/[ \t]{2,}/g, ' ')
    .replace(/ +(?=[,;.]|$)/gm, '')
    .trim();

function isFile(raw: string): boolean {
  try {
    return statSync(pathOf(raw), { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false;
  }
}

/** Who says "reference" does not mean the logo, even if it is the first picture of all. */
function offerOf(path: string, called: string | null): Offer {
  const purpose = (called !== null && purposes.get(spellings.get(plain(called)) ?? '')) || null;
  return { name: basename(path), purpose, source: { kind: 'attachment', attachment: path } };
}
