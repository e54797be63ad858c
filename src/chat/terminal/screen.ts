import type { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import type { Card } from '../card.ts';
import { betweenUpdates } from './limits.ts';
import { isFinal, newsIn, sayable } from './news.ts';
import { painter, prose } from './paint.ts';
import { type Drawing, measure, renderCard } from './render.ts';
import { widthOf, wrapped } from './text.ts';

export interface ScreenOptions {
  output: Writable;
  columns: () => number;
  rows: () => number;
  /** A terminal whose cursor can be moved, not a file or a pipe. */
  live: boolean;
  colour: boolean;
  now: () => number;
  pathOf: Drawing['pathOf'];
  heading: (place: string) => string;
}

/** How a prompt is taken away before something is printed above it, and put back. */
export interface Prompt {
  hide(): void;
  show(): void;
}

interface Followed {
  place: string;
  said: Card;
  next: Card;
  at: number;
  timer: NodeJS.Timeout | null;
}

const plainLength = (line: string): number => widthOf(stripVTControlCharacters(line));

/** Prints, and redraws what was printed last where that is possible. */
export function newScreen(options: ScreenOptions) {
  const paint = painter(options.colour);
  const followed = new Map<string, Followed>();
  let prompt: Prompt | null = null;
  let last: { message: string; rows: number } | null = null;
  let isUnderCard = false;
  let place = '';

  const drawing = (): Drawing => ({
    columns: options.columns(),
    colour: options.colour,
    pathOf: options.pathOf,
  });
  const rowsOf = (lines: readonly string[]): number =>
    lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(plainLength(line) / options.columns())), 0);

  function print(lines: readonly string[], before = ''): void {
    prompt?.hide();
    options.output.write(before + lines.map((line) => `${line}\n`).join(''));
    prompt?.show();
    isUnderCard = false;
  }

  /** A rule with the conversation's name, when it is not the one above. */
  function rule(here: string): string[] {
    if (here === place) return [];
    place = here;
    const [title = ''] = wrapped(options.heading(here), measure(options.columns()) - 8);
    const line = '─'.repeat(Math.max(2, measure(options.columns()) - widthOf(title) - 4));
    return ['', `${paint('dim', '──')} ${paint('bold', title)} ${paint('dim', line)}`];
  }

  function show(here: string, message: string | null, card: Card): void {
    const lines = renderCard(card, drawing());
    print([...rule(here), '', ...lines]);
    isUnderCard = true;
    last = message === null ? null : { message, rows: rowsOf(lines) };
    if (message !== null)
      followed.set(message, { place: here, said: card, next: card, at: -Infinity, timer: null });
  }

  function redraw(message: string, card: Card, rows: number): void {
    const lines = renderCard(card, drawing());
    print(lines, `\u001B[${rows}A\r\u001B[J`);
    isUnderCard = true;
    last = { message, rows: rowsOf(lines) };
  }

  function sayNews(one: Followed): void {
    if (one.timer) clearTimeout(one.timer);
    one.timer = null;
    const next = sayable(one.said, one.next);
    const news = newsIn(one.said, next, drawing());
    one.said = next;
    if (news.length === 0) return;
    one.at = options.now();
    print([...rule(one.place), ...(isUnderCard ? [''] : []), ...news]);
    last = null;
  }

  function follow(message: string, here: string, before: Card, card: Card): void {
    const one = followed.get(message) ?? {
      place: here,
      said: before,
      next: card,
      at: -Infinity,
      timer: null,
    };
    followed.set(message, one);
    one.next = card;
    const wait = one.at + betweenUpdates - options.now();
    if (wait <= 0 || isFinal(card)) sayNews(one);
    else one.timer ??= setTimeout(() => sayNews(one), wait);
  }

  return {
    /** One friendly sentence, or several lines as they are. */
    say(text: string): void {
      print(
        prose(text, measure(options.columns()) - 2, options.colour).map((line, i) =>
          i === 0 ? `${paint('yellow', '›')} ${line}` : `  ${line}`,
        ),
      );
      last = null;
    },
    /** A line that somebody typed elsewhere than at this keyboard. */
    echo(who: string, text: string): void {
      print([
        '',
        ...wrapped(`${who} ▸ ${text}`, measure(options.columns())).map((line) => paint('dim', line)),
      ]);
      last = null;
    },
    show,
    edit(here: string, message: string, before: Card, card: Card): void {
      const isLast = options.live && last?.message === message && last.rows < options.rows() - 2;
      if (!isLast || !last) {
        follow(message, here, before, card);
        return;
      }
      redraw(message, card, last.rows);
      const one = followed.get(message);
      if (one) Object.assign(one, { said: card, next: card });
    },
    /** Somebody pressed Enter: what was printed last is not the last line any more. */
    typed(): void {
      last = null;
    },
    /** What is waiting for its second is said now. */
    flush(): void {
      for (const one of followed.values()) if (one.timer) sayNews(one);
    },
    withPrompt(given: Prompt | null): void {
      prompt = given;
    },
  };
}
export type Screen = ReturnType<typeof newScreen>;
