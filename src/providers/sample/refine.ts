import type { Refinement } from '../../campaign/prompt.ts';
import type { RefineOrder } from '../language.ts';
import { faultsIn, withoutFaults } from './faults.ts';
import { namesIn } from './names.ts';
import { german } from './phrases/de.ts';
import { english } from './phrases/en.ts';
import { spanish } from './phrases/es.ts';
import { french } from './phrases/fr.ts';
import { japanese } from './phrases/ja.ts';
import type { Phrases } from './phrases.ts';
import { type Direction, direct } from './staging.ts';
import { compose, type Piece, shorten } from './text.ts';
import { type Tongue, tongueOf } from './tongue.ts';

const book: Record<Tongue, Phrases> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  ja: japanese,
};

type Sheet = 'still' | 'motion';

/** A brief's words and all notes as one shot: what the still shows, and how the film moves. */
export function refineWords(order: RefineOrder): Refinement {
  const words = withoutFaults(order.words);
  const notes = order.notes.map(withoutFaults);
  const tongue = tongueOf(words, notes.join('\n'));
  const found = namesIn(words);
  const names = { product: order.product ?? found.product, tagline: order.tagline ?? found.tagline };
  const shot = {
    order,
    words,
    names,
    // The brief is said later than the brand's voice, and so wins where they disagree.
    direction: direct([order.voice, unnamed(words, names)].filter(Boolean).join('\n'), notes),
    phrases: tongue && book[tongue],
  };
  return {
    still: sheet(shot, 'still'),
    motion: sheet(shot, 'motion'),
    rationale: rationale(shot),
    product: names.product && shorten(names.product, 80),
    tagline: names.tagline && shorten(names.tagline, 120),
  };
}

/** A name is no wish: "Midnight Roast" asks for no night. */
const unnamed = (words: string, names: Shot['names']): string =>
  [names.product, names.tagline].reduce<string>(
    (text, name) => (name ? text.replaceAll(name, ' ') : text),
    words,
  );

interface Shot {
  order: RefineOrder;
  words: string;
  names: { product: string | null; tagline: string | null };
  direction: Direction;
  /** Null for a language we have no phrases for: then nothing is added to the person's own words. */
  phrases: Phrases | null;
}

function sheet(shot: Shot, kind: Sheet): string {
  const pieces = [
    ...base(shot, kind),
    ...(shot.phrases && !isVerbatim(shot) ? staging(shot, shot.phrases, kind) : []),
    ...shot.direction.notes.map((text, i, all) => ({
      text: shot.phrases ? opened(text) : text,
      rank: 5 - (i + 1) / (all.length + 1),
    })),
    ...demands(shot),
    { text: tags(shot.order), rank: 0 },
  ];
  const text = compose(pieces, shot.phrases?.stop ?? '. ');
  return text || shorten(shot.order.words.trim(), 2000) || '…';
}

/** A wording that a person wrote themselves is kept, and notes go on top of it. */
function base(shot: Shot, kind: Sheet): Piece[] {
  const own = shot.order.previous && isOwn(shot) ? withoutFaults(shot.order.previous[kind]) : shot.words;
  const description = shot.order.description;
  const said = description && !own.includes(description) ? [{ text: description, rank: 6 }] : [];
  return [{ text: own, rank: 5 }, ...said];
}

const isOwn = ({ order, words }: Shot): boolean =>
  order.previous !== null && !order.previous.still.includes(shorten(words, 60));

const isVerbatim = (shot: Shot): boolean =>
  isOwn(shot) || (shot.order.previous !== null && withoutFaults(shot.order.previous.still) === shot.words);

function staging(shot: Shot, phrases: Phrases, kind: Sheet): Piece[] {
  const { order, direction, names } = shot;
  const template = phrases.templates[order.template as keyof Phrases['templates']];
  const lines = [
    names.product && !shot.words.includes(names.product) ? phrases.subject(names.product) : null,
    kind === 'still' ? pick(phrases.shots, order.seed) : camera(phrases, direction, order.seed),
    ...direction.wishes
      .filter((name) => suits(name, direction, kind))
      .map((name) => phrases.wishes[name][kind]),
    direction.wishes.length === 0 ? phrases.light : null,
    template ? template[kind] + (order.platform ? ` (${order.platform})` : '') : null,
    ...references(order, phrases),
    kind === 'still' && order.colours.length > 0 ? phrases.palette(order.colours.join(', ')) : null,
  ];
  return lines.flatMap((line) => (line ? [{ text: opened(line), rank: 7, whole: true }] : []));
}

/** A pan asked for by "cinematic" takes the place of the seed's camera move, unless speed was asked for. */
function camera(phrases: Phrases, direction: Direction, seed: number): string | null {
  const pans = direction.wishes.includes('cinematic') && !direction.wishes.includes('faster');
  return pans ? null : pick(phrases.cameras, seed);
}

const suits = (name: string, direction: Direction, kind: Sheet): boolean =>
  !(name === 'cinematic' && kind === 'motion' && direction.wishes.includes('faster'));

function references(order: RefineOrder, phrases: Phrases): string[] {
  const purposes = [...new Set(order.references.map((each) => each.purpose))];
  return purposes.map((purpose) => {
    const names = order.references.filter((each) => each.purpose === purpose).map((each) => each.name);
    return phrases.reference(names.join(', '), purpose);
  });
}

/** Musts share the room among themselves, so that none is lost, however many there are. */
function demands({ order, phrases }: Shot): Piece[] {
  const share = Math.floor(1500 / Math.max(1, order.musts.length + order.mustNots.length)) - 12;
  const musts = order.musts.map((text) => shorten(text.trim(), share)).filter(Boolean);
  const nots = order.mustNots.map(
    (text) => phrases?.without(bare(shorten(text.trim(), share))) ?? `✕ ${text}`,
  );
  const must = musts.length === 0 ? [] : [phrases?.must(musts.join('; ')) ?? musts.join('; ')];
  const not =
    nots.length === 0 ? [] : [opened(nots.join(phrases === book.ja ? '、' : phrases ? ', ' : '; '))];
  return [...must.map((text) => ({ text, rank: 1 })), ...not.map((text) => ({ text, rank: 2 }))];
}

const bare = (text: string): string =>
  text.replace(/^(?:no|without|never|kein\p{L}*|ohne|sans|sin)\s+/iu, '');

const tags = (order: RefineOrder): string => faultsIn([order.words, ...order.notes].join(' ')).join(' ');

function rationale(shot: Shot): string {
  const { phrases, order, direction } = shot;
  if (!phrases) return '';
  const name = pick(phrases.shots, order.seed).split(/[,:：、]/u)[0] ?? '';
  const wishes = direction.wishes.map((wish) => phrases.names[wish]).join(', ');
  return shorten(phrases.why(name.trim(), wishes), 300);
}

const pick = (list: readonly string[], seed: number): string => list[Math.abs(seed) % list.length] ?? '';

const opened = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
