import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { usualPolicy } from '../../../src/campaign/policy.ts';
import { type Card, type CardFile, card } from '../../../src/chat/card.ts';
import type { Asked, Doors, Incoming } from '../../../src/chat/chat.ts';
import { type TerminalOptions, terminal } from '../../../src/chat/terminal/platform.ts';

/** A folder that is gone after the test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-terminal-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Keeps what is written, and whether it would have reached a screen. */
export class Paper extends Writable {
  text = '';
  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
  take(): string {
    const text = this.text;
    this.text = '';
    return text;
  }
}

/** Doors that remember who knocked. */
export function fakeDoors(given: Partial<Doors> = {}) {
  const told: Incoming[] = [];
  const asked: Asked[] = [];
  const doors: Doors = {
    async tell(incoming) {
      told.push(incoming);
      return { answer: null, refusal: null, campaign: null };
    },
    async ask(question) {
      asked.push(question);
      return [];
    },
    suggest: () => [],
    running: async () => [],
    promptOf: async () => '',
    concerns: async () => true,
    home: async () => ({
      cards: [],
      kits: [],
      policy: usualPolicy,
      who: { name: '', groups: [], manager: false },
    }),
    manage: async () => null,
    brand: async () => ({ answer: card({ title: 'Kept.' }), refusal: null }),
    brands: async () => ({ kits: [], usual: null }),
    forget: async () => {},
    react: async () => 'unknown',
    reviews: async () => [],
    allowance: async () => ({ left: 0, cap: 0 }),
    campaignAt: async () => null,
    openedBy: async () => null,
    atHand: async () => ({ meant: null, among: [], resting: null }),
    suspend: async () => {},
    resume: async () => {},
    tenants: async () => [],
    keep: { get: async () => null, put: async () => {}, list: async () => [], take: async () => null },
    ...given,
  };
  return { doors, told, asked, intents: () => told.map(({ intent }) => intent) };
}

export function setUp(given: Partial<TerminalOptions> = {}) {
  const paper = new Paper();
  const clock = { now: 0 };
  let n = 0;
  const folder = given.folder ?? newFolder();
  const options: TerminalOptions = {
    folder,
    workspace: 'W1',
    person: 'ana',
    people: {},
    output: paper,
    newId: () => `id${++n}`,
    now: () => clock.now,
    ...given,
  };
  const chat = terminal(options);
  const show = async (place: string, shown: Card, known: string | null = null, key = 'key') => {
    const result = await chat.show({
      campaign: 'c1',
      place,
      key,
      card: shown,
      known,
      sendKey: `${key}-send`,
    });
    return result.kind === 'shown' ? result.message : result.kind;
  };
  return { chat, paper, clock, folder, show };
}

/** A terminal with its doors open and a conversation to talk in. */
export async function setUpTalk(given: Partial<TerminalOptions> = {}, doorsGiven: Partial<Doors> = {}) {
  const set = setUp(given);
  const fake = fakeDoors(doorsGiven);
  const listening = await set.chat.listen(fake.doors);
  const place = await set.chat.open('terminal:main', 'Aurora tea', 'r1');
  return { ...set, ...fake, listening, place };
}

export const keyboard = (): PassThrough => new PassThrough();

export const file = (title: string, more: Partial<CardFile> = {}): CardFile => ({
  key: `files/${title}.png`,
  sha256: 'f00',
  bytes: 123_456,
  mime: 'image/png',
  title,
  ...more,
});

export const reviewCard = (cut = '1a'): Card =>
  card({
    title: `Review of ${cut}`,
    buttons: [
      { label: 'Approve', style: 'primary', does: { type: 'vote', verdict: 'approve', cut, words: '' } },
      {
        label: 'Reject',
        style: 'danger',
        does: { type: 'vote', verdict: 'reject', cut, words: '' },
        asks: { title: 'Reject', label: 'Why?' },
      },
    ],
  });

export const briefCard = (): Card =>
  card({
    title: 'Brief',
    buttons: [
      { label: 'Generate', style: 'primary', does: { type: 'generate' } },
      { label: 'Stills first', style: 'plain', does: { type: 'make-stills' } },
    ],
  });

export const running = (fraction: number | null, label = 'rendering'): Card =>
  card({ title: 'Take 1', progress: [{ label, fraction, state: 'running' }] });

export const finished = (): Card =>
  card({ title: 'Take 1', progress: [{ label: 'rendered', fraction: 1, state: 'done' }] });

/** What a person sees after everything that was written: rows of an endless screen. */
export function onScreen(written: string): string[] {
  const rows: string[][] = [[]];
  let [row, column] = [0, 0];
  const put = (letter: string) => {
    for (let missing = rows.length; missing <= row; missing++) rows.push([]);
    const line = rows[row] ?? [];
    for (let missing = line.length; missing < column; missing++) line.push(' ');
    line[column++] = letter;
  };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escapes are what this reads
  for (const [all, count, code] of written.matchAll(/\u001B\[(\d*)([A-Za-z])|[\s\S]/gu)) {
    const by = Number(count || 1);
    if (code === 'A') row = Math.max(0, row - by);
    else if (code === 'B') row += by;
    else if (code === 'C') column += by;
    else if (code === 'D') column = Math.max(0, column - by);
    else if (code === 'G') column = by - 1;
    else if (code === 'J') {
      rows.length = Math.min(rows.length, row + 1);
      rows[row]?.splice(column);
    } else if (code === 'K') rows[row]?.splice(column);
    else if (code === 'm') continue;
    else if (code) throw new Error(`The screen does not know ${all}`);
    else if (all === '\n') [row, column] = [row + 1, 0];
    else if (all === '\r') column = 0;
    else put(all);
  }
  return rows.map((line) => line.join('').trimEnd());
}
