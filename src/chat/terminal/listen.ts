import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { Never, TryLater } from '../../errors.ts';
import type { Doors } from '../chat.ts';
import { completions } from './commands.ts';
import { longestPromptPlace } from './limits.ts';
import { enter } from './person.ts';
import type { Prompt } from './roll.ts';
import { nameOf, type Seat } from './seat.ts';
import { clipped, oneLine } from './text.ts';

export interface ListenOptions {
  /** Where lines come from; null where they are only typed by the program. */
  input: Readable | null;
  output: Writable;
  live: boolean;
}

export interface Listening {
  /** Resolves when the line is understood and done; rejects where a door failed. */
  type(line: string): Promise<void>;
  stop(): Promise<void>;
  /** After the last line, the end of the input or of the output, or Ctrl-C, and everything asked until then. */
  ended: Promise<void>;
}

/** Lines are taken one after the other, in the order they were typed. */
export function listenTo(seat: Seat, doors: Doors, { input, output, live }: ListenOptions): Listening {
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  let turn: Promise<void> = Promise.resolve();
  const lines =
    input &&
    createInterface({
      input,
      ...(live && { output, completer: (line: string) => completions(line, doors.suggest) }),
      terminal: live,
      crlfDelay: Number.POSITIVE_INFINITY,
    });

  function take(line: string): Promise<void> {
    const done = turn.then(() => enter(seat, doors, line));
    turn = done.catch((error: unknown) => seat.screen.say(apology(error))).finally(askAgain);
    return done;
  }

  const prompt = lines && live ? promptAround(lines, output, () => promptOf(seat)) : null;
  const askAgain = () => {
    if (!isClosed) prompt?.show();
  };

  let isClosed = false;
  function close(): Promise<void> {
    seat.screen.withPrompt(null);
    if (!isClosed && live) output.write('\n');
    isClosed = true;
    lines?.close();
    return turn.then(() => {
      seat.screen.flush();
      end();
    });
  }

  seat.quit = () => void close();
  lines?.on('line', (line) => {
    prompt?.leave();
    seat.screen.typed();
    if (!live) seat.screen.echo(nameOf(seat), line);
    take(line).catch(() => {});
  });
  lines?.on('SIGINT', () => void close());
  lines?.on('close', () => void close());
  seat.screen.withPrompt(prompt);
  // Nobody reads any more, as when piped into `head`: the same as leaving.
  output.once('error', () => void close());
  if (output.errored) void close();
  else askAgain();

  return {
    type(line) {
      seat.screen.echo(nameOf(seat), line);
      return take(line);
    },
    stop: close,
    ended,
  };
}

/** Begins with an empty line, so that what is typed does not stick to the card above. */
const promptOf = (seat: Seat): string =>
  `\n${oneLine(nameOf(seat))} · ${clipped(seat.desk.heading(seat.place), longestPromptPlace)} ▸ `;

function apology(error: unknown): string {
  if (error instanceof TryLater)
    return 'That did not get through. Nothing is lost; please send it once more in a moment.';
  if (error instanceof Never && error.isHouseTrouble)
    return `${error.message} Nothing was changed; please send it once more when that is mended.`;
  return `That went wrong here: ${error instanceof Error ? error.message : String(error)}`;
}

/** Takes away what is half typed while something is printed, and puts it back below. */
function promptAround(lines: Interface, output: Writable, text: () => string): Prompt & { leave(): void } {
  let isShown = false;
  return {
    hide() {
      if (!isShown) return;
      const { rows } = lines.getCursorPos();
      output.write(`\r${rows > 0 ? `\u001B[${rows}A` : ''}\u001B[J`);
      // Else readline climbs these rows again when it draws the prompt, over what was printed.
      Object.assign(lines, { prevRows: 0 });
      isShown = false;
    },
    show() {
      lines.setPrompt(text());
      lines.prompt(true);
      isShown = true;
    },
    /** Enter was pressed: the line stays where it is. */
    leave() {
      isShown = false;
    },
  };
}
