import { aspectFrom } from './option-values.ts';

/** One place in the text that says something about an option. */
export interface Mark {
  from: number;
  to: number;
  name: string;
  value: string | null;
  /** 0: named with `--` or `:`. 1: looks like an option, as `6s`. 2: said in passing, as `6 seconds`. */
  rank: 0 | 1 | 2;
  /** It remains in the words. */
  stays?: true;
}

/** The part of the text that the expression matches exactly here. */
export function matchAt(expression: RegExp, text: string, from: number): RegExpExecArray | null {
  expression.lastIndex = from;
  return expression.exec(text);
}

const unit = '(?:seconds?|secs?|s)(?![\\p{L}\\p{N}])';
const compactLength = new RegExp(`(?:(?:for|of|in) )?([-−]?\\d{1,9}(?:[.,]\\d+)?)-?(${unit})`, 'uiy');
const spelledLength = new RegExp(
  `(?:(?:for|of|lasting) )?(\\d{1,6})[\\s-](${unit})(?: long(?!\\p{L}))?`,
  'uiy',
);
const ratio =
  /(?:(?:in|as) )?(\d{1,4}[:x×]\d{1,4})(?![\p{L}\p{N}]|[:.]\d)(?: (?:format|ratio|aspect ratio))?(?! ?[ap]\.?m)/iuy;
const ownWords =
  /use my (?:own |exact |very )?words(?: (?:exactly )?as (?:they are|they stand|written)| exactly| verbatim)?[:,.]?/iy;
const link = /<?(https?:\/\/[^\s<>"|]+)(?:\|[^<>]*)?>?/iy;
const picture = /\.(?:png|jpe?g|webp|gif|avif|heic|svg)$/i;
const platformInPassing =
  /(tik ?tok|instagram|youtube|facebook|linkedin)(?: (reels?|stor(?:y|ies)|shorts?))?(?![\p{L}\p{N}])/iuy;
// In lower case and before such a word only: a vertical drop, Times Square and a landscape film are no shapes.
const film = '(?:format|frame|video|clip|film|ad|advert|spot|teaser|promo|reel|short|story)s?';
const shapeInPassing = new RegExp(
  `(?:vertical|horizontal|square|widescreen)(?= ${film}(?![\\p{L}\\p{N}]))|(?:portrait|landscape)(?= (?:format|orientation|mode)(?!\\p{L}))`,
  'uy',
);

// "after 3 seconds", "an iPhone 6s", "the 60s" and "90s style" are no lengths; "at 9:16" is a time.
const moment = /\b(?:after|at|first|last|every|within|next|per|by|iphone|around|until)\s+$/i;
const before = (text: string, at: number): string => text.slice(Math.max(0, at - 24), at);
const isDecade = (text: string, from: number, to: number, number: string): boolean =>
  /^(?:[789]0|\d{2}[0-9]0)$/.test(number) ||
  (/^[1-6]0$/.test(number) &&
    (/\b(?:the|early|late|mid)[\s-]+$/i.test(before(text, from)) ||
      /^[\s-]*(?:styled?|vibes?|look|retro|aesthetics?|era|music|fashion|disco|nostalgia|feel)\b/i.test(
        text.slice(to, to + 24),
      )));

/** A length or a shape said without naming the option. */
export function bareAt(text: string, from: number): Mark | null {
  if (moment.test(before(text, from))) return null;
  const compact = matchAt(compactLength, text, from);
  if (compact?.[1] && !isDecade(text, from, from + compact[0].length, compact[1]))
    return { from, to: from + compact[0].length, name: 'duration', value: compact[1], rank: 1 };
  const spelled = matchAt(spelledLength, text, from);
  if (spelled?.[1])
    return { from, to: from + spelled[0].length, name: 'duration', value: spelled[1], rank: 2 };
  const shape = matchAt(ratio, text, from);
  if (shape?.[1] && (aspectFrom(shape[1]) || /^(?:21:9|4:3|3:4|16:10)$/.test(shape[1])))
    return { from, to: from + shape[0].length, name: 'aspect', value: shape[1], rank: 1 };
  const phrase = matchAt(ownWords, text, from);
  if (phrase) return { from, to: from + phrase[0].length, name: 'as-is', value: '', rank: 1 };
  return null;
}

const isDenied = (text: string, from: number): boolean =>
  /\b(?:no|not|not for|not on|not an?|without|unlike)\s+$/i.test(before(text, from));

/** "for instagram reels", "a vertical clip": said for the viewer, and for the model that reads the words. */
export function inPassing(text: string, from: number): Mark[] {
  if (isDenied(text, from)) return [];
  const [all = '', platform, placement] = matchAt(platformInPassing, text, from) ?? [];
  const [shape] = matchAt(shapeInPassing, from === 0 ? text.toLowerCase() : text, from) ?? [];
  const to = from + (all || (shape ?? '')).length;
  const mark = (name: string, value: string): Mark => ({ from, to, name, value, rank: 2, stays: true });
  if (shape) return [mark('aspect', shape)];
  if (!platform) return [];
  return [mark('platform', platform), ...(placement ? [mark('aspect', '9:16')] : [])];
}

/** A picture's address is a reference; any other address stays in the words, untouched. */
export function linkAt(text: string, from: number): Mark | null {
  const found = matchAt(link, text, from);
  const url = found?.[1]?.replace(/[.,;:!?)\]'’”]+$/, '');
  if (!found || !url) return null;
  const to = from + (found[0].endsWith('>') ? found[0].length : found[0].indexOf(url) + url.length);
  const isPicture = URL.canParse(url) && picture.test(new URL(url).pathname);
  return { from, to, name: 'link', value: url, rank: 0, ...(!isPicture && { stays: true }) };
}
