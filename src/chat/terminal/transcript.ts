import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Card } from '../card.ts';

/** What has reached the terminal's "server". `edit` changes the message of an earlier line. */
export type Entry =
  | { did: 'open'; at: number; root: string; place: string; title: string }
  | {
      did: 'show';
      at: number;
      place: string;
      key: string;
      sendKey: string;
      message: string;
      edit: boolean;
      /** The card in plain letters. */
      text: string;
      /** The key of the film it brought, which later edits do not repeat. */
      file: string | null;
      card: Card;
    };

const pathIn = (folder: string): string => join(folder, 'transcript.jsonl');

/** Everything that arrived, oldest first. A last line without its end was torn by a crash: it never arrived. */
export function readTranscript(folder: string): Entry[] {
  return wholeLines(folder).flatMap((line) => {
    const entry = parsed(line);
    return entry ? [entry] : [];
  });
}

function wholeLines(folder: string): string[] {
  if (!existsSync(pathIn(folder))) return [];
  return readFileSync(pathIn(folder), 'utf8').split('\n').slice(0, -1);
}

function parsed(line: string): Entry | null {
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return null;
  }
}

export interface Transcript {
  entries: readonly Entry[];
  /** Durable on return. */
  write(entry: Entry): void;
}

/** One writer per folder. Writing is synchronous: entries cannot overtake each other, and there is no moment between. */
export function openTranscript(folder: string): Transcript {
  mkdirSync(folder, { recursive: true });
  const entries = readTranscript(folder);
  cutTornLine(pathIn(folder));
  append(pathIn(folder), '');
  syncFolder(folder);
  return {
    entries,
    write(entry) {
      append(pathIn(folder), `${JSON.stringify(entry)}\n`);
      entries.push(entry);
    },
  };
}

function append(path: string, text: string): void {
  const file = openSync(path, 'a');
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Else the next line would be glued to the torn one and be lost with it. */
function cutTornLine(path: string): void {
  if (!existsSync(path)) return;
  const bytes = readFileSync(path);
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length) truncateSync(path, whole);
}

/** A new file's name is durable only when its folder is. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
