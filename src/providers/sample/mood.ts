import { withoutFaults } from './faults.ts';
import { colourNames, lexicon, type Scale, type Side } from './lexicon.ts';

/** What words ask of a picture. 0 is neutral; "dark" is -1, each "darker" one more, at most 4 either way. */
export type Mood = Record<Scale, number> & { neon: boolean; colours: string[] };

/** One place in a text where a wish is said. */
export interface Wish {
  scale: Scale;
  direction: 1 | -1;
  /** A change to what is there ("darker"), not a plain description ("dark"). */
  more: boolean;
  weight: number;
  text: string;
}

const strong = 'much|way|far|a lot|viel|deutlich|beaucoup|bien|mucho|ずっと';
const weak = 'a bit|a little|slightly|a touch|etwas|ein bisschen|ein wenig|un peu|un poco|少し';
const inverse =
  'less|not (?:so|too|as|that)|weniger|nicht (?:so|zu)|moins|pas (?:si|trop)|menos|no (?:tan|muy|demasiado)';

const bounded = (source: string, more: string): RegExp =>
  new RegExp(
    `(?<!\\p{Script=Latin})(?:(?<strong>${strong})|(?<weak>${weak})|(?<inverse>${inverse}))?\\s*(?<!\\p{Script=Latin})(?:(?<more>${more})|(?:${source}))(?![\\p{Script=Latin}])`,
    'giu',
  );

const one = (side: Side) => bounded(side.is, side.more);
const sides = (Object.keys(lexicon) as Scale[]).flatMap((scale) => [
  { scale, direction: 1 as const, pattern: one(lexicon[scale].up) },
  { scale, direction: -1 as const, pattern: one(lexicon[scale].down) },
]);
const colours = colourNames.map(([names, hex]) => ({
  pattern: new RegExp(`(?<!\\p{Script=Latin})(?:${names})(?!\\p{Script=Latin})`, 'iu'),
  hex,
}));

/** What is to be left out is not asked for: "without neon" is no wish for neon. */
const leftOut = /(?<!\p{L})(?:without|ohne|sans|sin)\s[^.;,。]*|✕[^.;。]*|[^、。]*(?:なし|抜き)/giu;

/** Goods whose names hold a wish by accident. */
const goods =
  /(?<!\p{L})(?:cold brew|cold press\p{L}*|soft drinks?|fast food|simple syrup|dark roast|warm-up)(?!\p{L})/giu;
const asked = (text: string): string => withoutFaults(text).replace(leftOut, ' ').replace(goods, ' ');

/** The wishes said in a text, in the order of their places. "less dark" is a wish for more light. */
export function wishesIn(text: string): Wish[] {
  const said = asked(text);
  const found = sides.flatMap(({ scale, direction, pattern }) =>
    [...said.matchAll(pattern)].map((match) => ({ at: match.index, wish: wish(scale, direction, match) })),
  );
  return found.sort((a, b) => a.at - b.at).map((each) => each.wish);
}

function wish(scale: Scale, direction: 1 | -1, match: RegExpExecArray): Wish {
  const { strong, weak, inverse, more } = match.groups ?? {};
  return {
    scale,
    direction: inverse ? (direction === 1 ? -1 : 1) : direction,
    more: Boolean(more || inverse),
    weight: strong ? 2 : weak ? 0.5 : 1,
    text: match[0].trim(),
  };
}

/** Plain descriptions count once, changes add up: "dark … darker, darker" is -3. */
export function moodOf(text: string): Mood {
  const wishes = wishesIn(text);
  const said = asked(text);
  const named = colours.filter(({ pattern }) => pattern.test(said)).map(({ hex }) => hex);
  const typed = (said.match(/#[0-9a-f]{6}\b/gi) ?? []).map((hex) => hex.toLowerCase());
  return {
    light: level(wishes, 'light'),
    pace: level(wishes, 'pace'),
    warmth: level(wishes, 'warmth'),
    contrast: level(wishes, 'contrast'),
    plenty: level(wishes, 'plenty'),
    neon: /(?<!\p{L})neon(?!\p{L})|ネオン|néon|neón/iu.test(said),
    colours: [...new Set([...named, ...typed])],
  };
}

function level(wishes: readonly Wish[], scale: Scale): number {
  const mine = wishes.filter((each) => each.scale === scale);
  const said = (direction: 1 | -1) => mine.some((each) => !each.more && each.direction === direction);
  const plain = Number(said(1)) - Number(said(-1));
  const changes = mine
    .filter((each) => each.more)
    .reduce((sum, each) => sum + each.direction * each.weight, 0);
  return Math.max(-4, Math.min(4, plain + changes));
}
