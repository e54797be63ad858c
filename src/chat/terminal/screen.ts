import type { Card } from '../card.ts';
import { betweenUpdates } from './limits.ts';
import { isFinal, isMoving, newsIn, sayable } from './news.ts';
import { painter, prose } from './paint.ts';
import { type Drawing, measure, renderCard } from './render.ts';
import { newRoll, type RollOptions } from './roll.ts';
import { widthOf, wrapped } from './text.ts';

export interface ScreenOptions extends RollOptions {
  colour: boolean;
  now: () => number;
  pathOf: Drawing['pathOf'];
  heading: (place: string) => string;
}

interface Followed {
  message: string;
  place: string;
  said: Card;
  next: Card;
  at: number;
  timer: NodeJS.Timeout | null;
}

/** Prints cards and their news, and redraws what was printed last where that is possible. */
export function newScreen(options: ScreenOptions) {
  const paint = painter(options.colour);
  const followed = new Map<string, Followed>();
  const roll = newRoll(options);
  /** The lowest thing: a card, or one line about a card. */
  let last: { message: string; card: Card | null } | null = null;
  let place = '';

  const width = (): number => measure(options.columns());
  const drawn = (card: Card): string[] => renderCard(card, drawing());
  const drawing = (): Drawing => ({
    columns: options.columns(),
    colour: options.colour,
    pathOf: options.pathOf,
  });

  function print(lines: readonly string[]): void {
    roll.print(lines);
    last = null;
  }

  /** A rule with the conversation's name, when it is not the one above. */
  function rule(here: string): string[] {
    if (here === place) return [];
    place = here;
    const [title = ''] = wrapped(options.heading(here), width() - 8);
    const line = '─'.repeat(Math.max(2, width() - widthOf(title) - 4));
    return ['', `${paint('dim', '──')} ${paint('bold', title)} ${paint('dim', line)}`];
  }

  /** What is waiting for its second is said now, so that nothing later comes before it. */
  function flush(): void {
    for (const one of followed.values()) if (one.timer) sayNews(one);
  }

  function show(here: string, message: string | null, card: Card): void {
    flush();
    const above = [...rule(here), ''];
    roll.print([...above, ...drawn(card)], above.length);
    last = { message: message ?? '', card };
    if (message !== null)
      followed.set(message, { message, place: here, said: card, next: card, at: -Infinity, timer: null });
  }

  function redraw(message: string, card: Card): void {
    roll.replace(drawn(card));
    last = { message, card };
    const one = followed.get(message);
    if (one) Object.assign(one, { said: card, next: card });
  }

  function sayNews(one: Followed): void {
    if (one.timer) clearTimeout(one.timer);
    one.timer = null;
    const next = sayable(one.said, one.next);
    const news = newsIn(one.said, next, drawing());
    one.said = next;
    if (news.length === 0) return;
    one.at = options.now();
    printNews(one, news);
  }

  /** Above a card that still moves, so that it can go on moving; in the place of the same card's last line; else below. */
  function printNews({ message, place: here, said }: Followed, news: readonly string[]): void {
    const isLine = isMoving(said) && news.length === 1;
    if (roll.isLoose() && last?.card && isMoving(last.card) && here === place) {
      const above = [...news, ''];
      roll.replace([...above, ...drawn(last.card)], above.length);
    } else if (roll.isLoose() && last?.message === message && !last.card) {
      roll.replace(news, isLine ? 0 : news.length);
    } else {
      const above = [...rule(here), ...(last?.card ? [''] : [])];
      roll.print([...above, ...news], isLine ? above.length : above.length + news.length);
      last = { message, card: null };
    }
  }

  function follow(message: string, here: string, before: Card, card: Card): void {
    const fresh = { message, place: here, said: before, next: card, at: -Infinity, timer: null };
    const one: Followed = followed.get(message) ?? fresh;
    followed.set(message, one);
    one.next = card;
    const wait = one.at + betweenUpdates - options.now();
    if (wait <= 0 || isFinal(card)) sayNews(one);
    else one.timer ??= setTimeout(() => sayNews(one), wait);
  }

  return {
    /** One friendly sentence, or several lines as they are. */
    say(text: string): void {
      const [first = '', ...rest] = prose(text, width() - 2, options.colour);
      print([`${paint('yellow', '›')} ${first}`, ...rest.map((line) => `  ${line}`)]);
    },
    /** A line that somebody typed elsewhere than at this keyboard. */
    echo(who: string, text: string): void {
      flush();
      print(['', ...wrapped(`${who} ▸ ${text}`, width()).map((line) => paint('dim', line))]);
    },
    show,
    edit(here: string, message: string, before: Card, card: Card): void {
      if (roll.isLoose() && last?.card && last.message === message) redraw(message, card);
      else follow(message, here, before, card);
    },
    /** Somebody pressed Enter: what was printed last is not the last line any more. */
    typed(): void {
      roll.settle();
      last = null;
    },
    flush,
    withPrompt: roll.withPrompt,
  };
}
export type Screen = ReturnType<typeof newScreen>;
