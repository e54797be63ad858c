import type { Rgb } from './colour.ts';
import { ASS_SIZE_PER_EM, type Block, BOLD, type Face, MEDIUM, setLines, settable } from './lettering.ts';
import type { Size } from './picture.ts';

/** A title over a tagline, broken into lines; either may be absent. */
export interface Words {
  title: Block | null;
  tagline: Block | null;
  /** Pixels. */
  height: number;
  /** `title-left-out:Han`, `tagline-without-emoji`. */
  notes: string[];
}

/** From one base line to the next, in ems. */
const LINE = 1.18;
const PAUSE = 0.6;
const RISE = 0.3;
/** The tagline is a little clear, so that the title leads. */
const TAGLINE_CLEAR = 0x30;

/** Sets both in `width` pixels, at sizes that suit a frame with this short side. */
export function setWords(texts: { title: string; tagline: string }, width: number, short: number): Words {
  const notes: string[] = [];
  const set = (name: 'title' | 'tagline', face: Face, most: number, least: number) => {
    const letters = settable(texts[name], face);
    if (letters.missing) notes.push(`${name}-left-out:${letters.missing}`);
    if (letters.thinned) notes.push(`${name}-without-emoji`);
    const room = { width, most: most * short, least: least * short };
    return letters.text === '' ? null : setLines(letters.text, face, room);
  };
  const title = set('title', BOLD, 0.105, 0.056);
  const tagline = set('tagline', MEDIUM, 0.048, 0.034);
  const height = blockHeight(title) + blockHeight(tagline) + (title && tagline ? PAUSE * tagline.size : 0);
  return { title, tagline, height, notes };
}

const blockHeight = (block: Block | null) => (block ? block.lines.length * block.size * LINE : 0);

/** The words as an ASS script: centred on `at.x`, from `at.y` down, rising into place one after the other. */
export function wordsScript(frame: Size, words: Words, at: { x: number; y: number }, ink: Rgb): string {
  const pause = words.title && words.tagline ? PAUSE * words.tagline.size : 0;
  const below = { x: at.x, y: at.y + blockHeight(words.title) + pause };
  const events = [
    ...lines(words.title, BOLD, at, { ink, clear: 0, delay: 300 }),
    ...lines(words.tagline, MEDIUM, below, { ink, clear: TAGLINE_CLEAR, delay: 480 }),
  ];
  return `[Script Info]
ScriptType: v4.00+
PlayResX: ${frame.width}
PlayResY: ${frame.height}
WrapStyle: 2
ScaledBorderAndShadow: yes
YCbCr Matrix: None

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, OutlineColour, BackColour, Bold, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Card,${BOLD.name},20,&H00FFFFFF,&H00000000,&H00000000,0,1,0,0,8,0,0,0,1

[Events]
Format: Layer, Start, End, Style, Text
${events.join('\n')}
`;
}

interface Look {
  ink: Rgb;
  clear: number;
  /** Milliseconds after the card's begin. */
  delay: number;
}

/** Each line is an event of its own: exact places, whatever libass thinks of line heights. */
function lines(block: Block | null, face: Face, at: { x: number; y: number }, look: Look): string[] {
  if (!block) return [];
  const { size } = block;
  const paint = `\\1c&H${look.ink.toReversed().map(byte).join('')}&\\1a&H${byte(look.clear)}&`;
  const type = `\\fn${face.name}\\fs${(size * ASS_SIZE_PER_EM).toFixed(1)}\\fsp${(-0.012 * size).toFixed(2)}`;
  return block.lines.map((line, i) => {
    const y = at.y + i * size * LINE;
    const path = [at.x, y + RISE * size, at.x, y].map((v) => v.toFixed(1)).join(',');
    const tags = `\\an8\\move(${path},0,420)\\fad(380,0)${type}${paint}`;
    return `Dialogue: 0,${clock(look.delay + 60 * i)},9:00:00.00,Card,{${tags}}${plain(line)}`;
  });
}

/** Braces and backslashes are libass's own. */
const plain = (text: string) => text.replace(/[{}\\]/g, ' ');
const byte = (value: number) => Math.round(value).toString(16).padStart(2, '0').toUpperCase();
const clock = (ms: number) => `0:00:${(ms / 1000).toFixed(2).padStart(5, '0')}`;
