import type { Meaning, Reading } from '../../campaign/prompt.ts';
import type { ReadOrder } from '../language.ts';
import { type Clause, clausesOf, rejoin } from './clauses.ts';
import { withoutFaults } from './faults.ts';
import { wishesIn } from './mood.ts';
import { captures, commands, smalltalk, starters } from './sentences.ts';
import { shorten } from './text.ts';

type Heard =
  | { kind: 'command'; meaning: Meaning }
  | { kind: 'chat' }
  | { kind: 'text'; clause: Clause; opens: boolean };

/** What a person means by a message: commands stand alone, the rest is demands, names and wishes. */
export function readWords(order: ReadOrder): Reading {
  const whole = command(order.words, order);
  if (whole) return { meanings: [whole] };
  const answer = nameIn(order);
  if (answer) return { meanings: [answer] };
  const heard = clausesOf(order.words).map((clause) => hear(clause, order));
  const meanings = wishesJoined(grouped(heard)).flatMap(
    (group) => group.meaning ?? textMeaning(group.clauses),
  );
  return { meanings: meanings.length > 0 ? merged(meanings).slice(0, 4) : [{ kind: 'unclear' }] };
}

/** A few words after a question for a name are that name, unless they wish for something. */
function nameIn({ words, asked }: ReadOrder): Meaning | null {
  if (asked !== 'product' && asked !== 'tagline') return null;
  const most = asked === 'product' ? 4 : 10;
  const name = bare(words).replace(/^["“„«'‘]+|["”“»'’]+$/gu, '');
  const isName = name !== '' && words.split(/\s+/u).length <= most && !isChat(words);
  const wishes = wishesIn(words).length > 0 || starters.test(name);
  return isName && !wishes ? { kind: asked, text: name } : null;
}

function hear(clause: Clause, order: ReadOrder): Heard {
  const meaning = command(clause.text, order);
  if (meaning) return { kind: 'command', meaning };
  if (isChat(clause.text)) return { kind: 'chat' };
  return { kind: 'text', clause, opens: opens(clause) };
}

const bare = (text: string): string =>
  withoutFaults(text)
    .replace(/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f|\u200d/gu, '')
    .replace(/^[\s¿¡]+|[\s.!?。！？…,]+$/gu, '');

const lead =
  /^(?:ok(?:ay)?|so|now|well|yes|yeah|yep|sure|great|perfect|super|ja|gut|also|and|und|then|dann|oui|sí|please|bitte|hey|hi|cool|nice|(?:could|can|would|will) you|kannst du|könntest du)[\s,]+(?=\S)/iu;
const tail =
  /[\s,]+(?:please|bitte|pls|thanks|thank you|danke|now|jetzt|then|dann|s'il (?:te|vous) pla[iî]t|por favor)$/iu;

/** The words without what politeness puts around an order, barest last: "yes please" is no "please". */
const plainer = (text: string): string[] => {
  const polite = bare(text);
  const short = polite.replace(tail, '');
  const shorter = short.replace(lead, '');
  return [text.trim(), polite, short, shorter, shorter.replace(lead, '').trim()];
};

const plain = (text: string): string => plainer(text).at(-1) ?? '';

function command(text: string, order: ReadOrder): Meaning | null {
  for (const { pattern, meaning } of commands) {
    for (const said of plainer(text)) {
      const match = pattern.exec(said);
      const meant = match && meaning(match, order);
      if (meant) return meant;
    }
  }
  return null;
}

const isChat = (text: string): boolean =>
  !/\p{L}|\d\s*[:x×%]/u.test(text) || smalltalk.test(plain(text)) || smalltalk.test(text);

/** A clause opens a new thought where it starts like a demand, or is about light, pace and the like. */
const opens = ({ text }: Clause): boolean =>
  captures.some(({ pattern }) => pattern.test(text)) || starters.test(text) || wishesIn(text).length > 0;

interface Group {
  meaning: Meaning | null;
  clauses: Clause[];
}

function grouped(heard: readonly Heard[]): Group[] {
  const groups: Group[] = [];
  for (const each of heard) {
    if (each.kind === 'command') groups.push({ meaning: each.meaning, clauses: [] });
    if (each.kind !== 'text') continue;
    const last = groups.at(-1);
    if (last && !last.meaning && !each.opens && !/[.!?。！？\n]/u.test(each.clause.joint))
      last.clauses.push(each.clause);
    else groups.push({ meaning: null, clauses: [each.clause] });
  }
  return groups;
}

/** Wishes said one after the other are one note, in the person's own wording. */
function wishesJoined(groups: readonly Group[]): Group[] {
  const joined: Group[] = [];
  for (const group of groups) {
    const last = joined.at(-1);
    if (last && isWish(last) && isWish(group)) last.clauses.push(...group.clauses);
    else joined.push(group);
  }
  return joined;
}

const isWish = (group: Group): boolean => !group.meaning && textMeaning(group.clauses).kind === 'refine';

function textMeaning(clauses: readonly Clause[]): Meaning {
  const text = rejoin(clauses).trim();
  for (const { pattern, meaning } of captures) {
    const said = pattern.exec(text);
    const meant = said && meaning(said);
    if (meant) return meant;
  }
  return { kind: 'refine', note: shorten(text, 1000) };
}

/** One note per message; the same command twice is one. */
function merged(meanings: readonly Meaning[]): Meaning[] {
  const all: Meaning[] = [];
  for (const meaning of meanings) {
    const wish = all.find((each) => each.kind === 'refine');
    if (meaning.kind === 'refine' && wish) wish.note = shorten(`${wish.note}, ${meaning.note}`, 1000);
    else if (!all.some((each) => JSON.stringify(each) === JSON.stringify(meaning))) all.push({ ...meaning });
  }
  return all;
}
