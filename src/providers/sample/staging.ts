import type { lexicon } from './lexicon.ts';
import { type Wish, wishesIn } from './mood.ts';
import type { WishName } from './phrases.ts';

/** What was asked for so far, put together: later wishes win, and the notes that still hold. */
export interface Direction {
  wishes: WishName[];
  notes: string[];
}

const names: Record<keyof typeof lexicon, { up: WishName; down: WishName }> = {
  light: { up: 'brighter', down: 'darker' },
  pace: { up: 'faster', down: 'slower' },
  warmth: { up: 'warmer', down: 'colder' },
  contrast: { up: 'dramatic', down: 'soft' },
  plenty: { up: 'rich', down: 'minimal' },
};

const themes: readonly (readonly [WishName, RegExp])[] = [
  ['cinematic', /(?<!\p{L})(?:cinem|filmisch|kinoreif|kino|cinéma|de cine)|映画|シネマ/iu],
  ['neon', /(?<!\p{L})(?:neon|néon|neón)|ネオン/iu],
];

/** Reads brief and notes, oldest first. A wish that a later one reverses is gone, from the notes' wording too. */
export function direct(words: string, notes: readonly string[]): Direction {
  const said = notes.map((note, n) => ({ n, wishes: wishesIn(note) }));
  const all = [...wishesIn(words).map((wish) => ({ n: -1, wish })), ...said.flatMap(spread)];
  const reversed = all.filter(({ wish }, i) => all.slice(i + 1).some((later) => undoes(later.wish, wish)));
  const kept = notes.map((note, n) =>
    without(
      note,
      reversed.filter((each) => each.n === n).map((each) => each.wish),
    ),
  );
  const holding = all.filter((each) => !reversed.includes(each)).map(({ wish }) => nameOf(wish));
  const text = [words, ...notes].join('\n');
  const themed = themes.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);
  return { wishes: [...new Set([...holding, ...themed])], notes: kept.filter(hasContent) };
}

const spread = ({ n, wishes }: { n: number; wishes: Wish[] }) => wishes.map((wish) => ({ n, wish }));

const undoes = (later: Wish, wish: Wish): boolean =>
  later.scale === wish.scale && later.direction !== wish.direction;

const nameOf = (wish: Wish): WishName => names[wish.scale][wish.direction === 1 ? 'up' : 'down'];

/** Drops the clause that held a reversed wish; a longer clause loses only the word. */
function without(note: string, reversed: readonly Wish[]): string {
  if (reversed.length === 0) return note;
  const clauses = note.split(/(?<=[,;.!、。])\s*|\s+(?=(?:and|und|et|y)\s)/u);
  const left = clauses.map((clause) => {
    const hit = reversed.filter((wish) => clause.includes(wish.text));
    if (hit.length === 0) return clause;
    if (clause.split(/\s+/).length <= 5) return '';
    return hit.reduce((text, wish) => text.replace(wish.text, '').replace(/ {2,}/g, ' '), clause);
  });
  return left
    .filter(Boolean)
    .join(' ')
    .replace(/^(?:and|und|et|y)\s+/u, '')
    .replace(/[,;、]\s*$/u, '')
    .trim();
}

const hasContent = (note: string): boolean => /[\p{L}\p{N}]/u.test(note);
