import type { Readable, Writable } from 'node:stream';
import type { Who } from '../../campaign/review.ts';
import { Never, TryLater } from '../../errors.ts';
import type { Card, CardFile } from '../card.ts';
import type { Chat, Showing, ShowResult } from '../chat.ts';
import { newDesk } from './desk.ts';
import { fetchFile } from './fetch.ts';
import { type Listening, listenTo } from './listen.ts';
import { fromHere } from './path.ts';
import { plainly } from './plainly.ts';
import { renderCard } from './render.ts';
import { newScreen } from './screen.ts';
import type { Seat } from './seat.ts';
import { openTranscript } from './transcript.ts';

/** `ambiguous` arrives without saying so, `lost` says the same and did not arrive, `later` is refused. */
type Fault = 'ambiguous' | 'lost' | 'later';

export interface TerminalOptions {
  /** Holds the transcript, which plays the platform's server. One process at a time. */
  folder: string;
  workspace: string;
  /** Who sits at the keyboard first; the manager of the place. */
  person: string;
  people: Record<string, Who>;
  channel?: string;
  input?: Readable;
  output: Writable;
  columns?: () => number;
  rows?: () => number;
  /** The output is a terminal whose cursor can be moved. */
  live?: boolean;
  colour?: boolean;
  newId: () => string;
  now: () => number;
  /** Where a file of ours can be opened; its key if nobody knows. */
  pathOf?: (file: CardFile) => string;
  /** After the entry is durable, before the answer. */
  onSent?: (name: 'open' | 'show') => void | Promise<void>;
  faults?: (showing: Showing) => Fault | undefined;
}

/** A chat platform in one terminal. `type` enters a line as a person would. */
export interface Terminal extends Chat {
  type(line: string): Promise<void>;
  /** The person left: Ctrl-C, `:quit`, the end of the input or of the output; and everything they asked is told. */
  ended: Promise<void>;
}

export function terminal(options: TerminalOptions): Terminal {
  const transcript = openTranscript(options.folder);
  const desk = newDesk();
  for (const entry of transcript.entries) desk.add(entry);
  const fullPathOf = options.pathOf ?? (({ key }) => key);
  const { output } = options;
  // A pipe whose reader has gone tells so with every write; the first time is enough, and `listenTo` hears it.
  output.on('error', () => {});
  const screen = newScreen({
    output,
    columns: options.columns ?? (() => 80),
    rows: options.rows ?? (() => 24),
    live: options.live ?? false,
    colour: options.colour ?? false,
    now: options.now,
    pathOf: (file) => fromHere(fullPathOf(file)),
    heading: desk.heading,
  });
  const channel = `terminal:${options.channel ?? 'main'}`;
  const { workspace, person, people, newId } = options;
  const who = (asked: string): Who => {
    const known = Object.hasOwn(options.people, asked) ? options.people[asked] : undefined;
    const found = known ?? { name: asked, groups: [], manager: false };
    return asked === options.person ? { ...found, manager: true } : found;
  };
  const place = desk.conversations.at(-1)?.place ?? channel;
  const seat: Seat = {
    ...{ person, people, place, workspace, newId, desk, screen, who },
    asking: null,
    quit: () => {},
  };
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  let listening: Listening | null = null;

  function write(entry: Parameters<typeof transcript.write>[0]): void {
    transcript.write(entry);
    desk.add(entry);
  }

  async function openConversation(from: string, title: string, root: string): Promise<string> {
    const known = desk.byRoot(root);
    if (known) return known.place;
    const there = `${checked(from).replace(/\/.*$/, '')}/${desk.conversations.length + 1}`;
    write({ did: 'open', at: options.now(), root, place: there, title });
    seat.place = there;
    await options.onSent?.('open');
    return there;
  }

  async function show(asked: Showing): Promise<ShowResult> {
    const showing = { ...asked, card: plainly(asked.card) };
    checked(showing.place);
    const fault = options.faults?.(showing);
    if (fault === 'later') throw new TryLater('the terminal is busy', { delay: 500, sent: false });
    if (fault === 'lost') return { kind: 'ambiguous' };
    const before = showing.known === null ? undefined : desk.byMessage(showing.known);
    if (showing.known !== null && before?.place !== showing.place) return { kind: 'gone' };
    const message = showing.known ?? newId();
    write(entryOf(showing, message, options.now()));
    if (before) screen.edit(showing.place, message, before.card, showing.card);
    else screen.show(showing.place, message, showing.card);
    await options.onSent?.('show');
    return fault === 'ambiguous' ? { kind: 'ambiguous' } : { kind: 'shown', message };
  }

  return {
    name: 'terminal',
    async listen(doors) {
      const { input = null, live = false } = options;
      listening = listenTo(seat, doors, { input, output, live });
      void listening.ended.then(end);
      const { stop } = listening;
      return { routes: {}, stop };
    },
    open: openConversation,
    show,
    async find(at, sendKey) {
      const message = desk.sent(checked(at), sendKey);
      return message === undefined ? 'absent' : { message };
    },
    fetch: fetchFile,
    who: async (asked) => who(asked),
    type(line) {
      if (!listening) throw new Error('Nobody listens to this terminal yet.');
      return listening.type(line);
    },
    ended,
  };
}

function checked(place: string): string {
  if (/^terminal:[^/\s]+(?:\/[^/\s]+)?$/.test(place)) return place;
  throw new Never('place-unknown', `${place} is no place of the terminal`);
}

function entryOf({ place, key, sendKey, card, known }: Showing, message: string, at: number) {
  const file = card.film?.key ?? null;
  const edit = known !== null;
  return { did: 'show', at, place, key, sendKey, message, edit, text: plainText(card), file, card } as const;
}

const plainText = (card: Card): string =>
  renderCard(card, { columns: 80, colour: false, pathOf: ({ key }) => key }).join('\n');
