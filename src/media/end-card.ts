import sharp from 'sharp';
import { contrast, fromHsl, luminance, mix, parseColour, type Rgb, toHsl, WHITE } from './colour.ts';
import { ASS_SIZE_PER_EM, type Block, BOLD, type Face, MEDIUM, setLines, settable } from './lettering.ts';
import { drawLogo, type Logo, legibility, weigh } from './logo.ts';
import type { Size } from './picture.ts';

/** Fractions of the frame that the platform covers with its own things. */
export interface Safe {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

export interface CardOrder {
  frame: Size;
  safe: Safe;
  colours: string[];
  title: string;
  tagline: string;
  logo: Logo | null;
}

/** What an end card is laid out of; positions in pixels of the frame. */
export interface Card {
  ground: Buffer;
  logo: ({ bytes: Buffer; left: number; top: number } & Size) | null;
  /** An ASS script whose time starts with the card. */
  script: string;
  notes: string[];
}

interface Ground {
  from: Rgb;
  to: Rgb;
}

const DEFAULT: Rgb = [30, 41, 59];
const INK: Rgb = [18, 18, 24];

/** Lays out an end card: a ground of the brand's own colours, the logo, title and tagline under it, as one centred group. */
export async function layCard(order: CardOrder): Promise<Card> {
  const { frame, safe, logo } = order;
  const ground = chooseGround(
    order.colours.map(parseColour).filter((colour) => colour !== undefined),
    logo,
  );
  const middle = mix(ground.from, ground.to, 0.5);
  const ink = contrast(WHITE, middle) >= 4 || luminance(middle) < 0.22 ? WHITE : INK;
  const words = setWords(order);
  const sized =
    logo && weigh(logo, logoSide(frame), { width: 0.6 * frame.width, height: 0.32 * shortSide(frame) });
  const drawn = logo && sized ? await drawLogo(logo, sized, false) : null;
  const gap = drawn && words.height > 0 ? 0.075 * shortSide(frame) : 0;
  const inner = frame.height * (1 - safe.top - safe.bottom);
  const top = safe.top * frame.height + (inner - (drawn?.height ?? 0) - gap - words.height) / 2;
  const centre = (frame.width * (1 + safe.left - safe.right)) / 2;
  return {
    ground: await paint(frame, ground, { x: centre, y: top + (drawn?.height ?? 0) / 2 }),
    logo: drawn && { ...drawn, left: Math.round(centre - drawn.width / 2), top: Math.round(top) },
    script: script(frame, words, { x: centre, y: top + (drawn?.height ?? 0) + gap }, ink),
    notes: words.notes,
  };
}

const shortSide = ({ width, height }: Size) => Math.min(width, height);
const logoSide = (frame: Size) => 0.26 * shortSide(frame);

/** The brand's colour itself where the logo stands out from it, else a deep or a pale shade of it; a boxed logo's own box. */
function chooseGround(colours: Rgb[], logo: Logo | null): Ground {
  if (logo?.box) return { from: logo.box, to: logo.box };
  const first = colours[0] ?? logo?.colours[0] ?? DEFAULT;
  const second = colours[1];
  const [hue, saturation] = toHsl(first);
  const turned = fromHsl(hue + 24, saturation, 0.4);
  const vivid = { from: shade(first, 0.46), to: shade(second ?? turned, 0.3) };
  const deep = { from: shade(first, 0.17), to: mix(shade(first, 0.07), shade(second ?? first, 0.12), 0.5) };
  const pale = { from: shade(first, 0.975), to: mix(shade(first, 0.9), shade(second ?? first, 0.92), 0.4) };
  if (!logo || logo.opaque) return vivid;
  const grounds = [vivid, deep, pale];
  const stands = ({ from, to }: Ground) => Math.min(legibility(logo, from), legibility(logo, to));
  return (
    grounds.find((one) => stands(one) >= 0.92) ?? grounds.reduce((a, b) => (stands(b) > stands(a) ? b : a))
  );
}

/** The colour at another lightness, never brighter than it can be read on. */
function shade(colour: Rgb, light: number): Rgb {
  const [hue, saturation] = toHsl(colour);
  return fromHsl(hue, light > 0.8 ? Math.min(saturation, 0.6) : Math.min(saturation, 0.85), light);
}

const css = ([r, g, b]: Rgb) => `rgb(${Math.round(r)},${Math.round(g)},${Math.round(b)})`;

/** Gradient, a soft light behind the logo, and grain against bands. */
async function paint(frame: Size, { from, to }: Ground, light: { x: number; y: number }): Promise<Buffer> {
  const { width, height } = frame;
  if (from === to)
    return sharp({ create: { width, height, channels: 3, background: css(from) } })
      .png()
      .toBuffer();
  const glow = mix(from, WHITE, luminance(from) > 0.6 ? 0.8 : 0.16);
  const reach = 0.75 * Math.max(width, height);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>
    <linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${css(from)}"/><stop offset="1" stop-color="${css(to)}"/></linearGradient>
    <radialGradient id="l" gradientUnits="userSpaceOnUse" cx="${light.x}" cy="${light.y}" r="${reach}"><stop offset="0" stop-color="${css(glow)}" stop-opacity=".85"/><stop offset="1" stop-color="${css(glow)}" stop-opacity="0"/></radialGradient>
    </defs><rect width="100%" height="100%" fill="url(#g)"/><rect width="100%" height="100%" fill="url(#l)"/></svg>`;
  const grain = await sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 5 },
    },
  })
    .png({ compressionLevel: 1 })
    .toBuffer();
  return sharp(Buffer.from(svg))
    .removeAlpha()
    .composite([{ input: grain, blend: 'soft-light' }])
    .png({ compressionLevel: 1 })
    .toBuffer();
}

interface Words {
  title: Block | null;
  tagline: Block | null;
  height: number;
  notes: string[];
}

const LINE = 1.18;
const PAUSE = 0.55;

function setWords({ frame, safe, title, tagline }: CardOrder): Words {
  const short = shortSide(frame);
  const width = 0.84 * frame.width * (1 - safe.left - safe.right);
  const notes: string[] = [];
  const set = (name: string, text: string, face: Face, most: number, least: number) => {
    const letters = settable(text, face);
    if (letters.missing) notes.push(`${name}-left-out:${letters.missing}`);
    if (letters.thinned) notes.push(`${name}-without-emoji`);
    return letters.text === ''
      ? null
      : setLines(letters.text, face, { width, most: most * short, least: least * short });
  };
  const big = set('title', title, BOLD, 0.105, 0.056);
  const small = set('tagline', tagline, MEDIUM, 0.048, 0.034);
  const height = blockHeight(big) + blockHeight(small) + (big && small ? PAUSE * small.size : 0);
  return { title: big, tagline: small, height, notes };
}

const blockHeight = (block: Block | null) => (block ? block.lines.length * block.size * LINE : 0);

function script(frame: Size, words: Words, at: { x: number; y: number }, ink: Rgb): string {
  const below =
    at.y + blockHeight(words.title) + (words.title && words.tagline ? PAUSE * words.tagline.size : 0);
  const events = [
    ...lines(words.title, BOLD, { x: at.x, y: at.y }, { ink, clear: 0, delay: 300 }),
    ...lines(words.tagline, MEDIUM, { x: at.x, y: below }, { ink, clear: 0x38, delay: 480 }),
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

const RISE = 0.3;

/** Each line is an event of its own: exact places, whatever libass thinks of line heights. */
function lines(
  block: Block | null,
  face: Face,
  at: { x: number; y: number },
  look: { ink: Rgb; clear: number; delay: number },
) {
  if (!block) return [];
  const [r, g, b] = look.ink;
  const paint = `\\1c&H${[b, g, r].map(byte).join('')}&\\1a&H${byte(look.clear)}&`;
  return block.lines.map((line, i) => {
    const y = at.y + i * block.size * LINE;
    const from = look.delay + 60 * i;
    const move = `\\move(${at.x.toFixed(1)},${(y + RISE * block.size).toFixed(1)},${at.x.toFixed(1)},${y.toFixed(1)},0,420)`;
    const size = `\\fn${face.name}\\fs${(block.size * ASS_SIZE_PER_EM).toFixed(1)}\\fsp${(-0.012 * block.size).toFixed(2)}`;
    return `Dialogue: 0,${clock(from)},9:00:00.00,Card,{\\an8${move}\\fad(380,0)${size}${paint}}${line.replace(/[{}\\]/g, ' ')}`;
  });
}

const byte = (value: number) => Math.round(value).toString(16).padStart(2, '0').toUpperCase();
const clock = (ms: number) => `0:00:${(ms / 1000).toFixed(2).padStart(5, '0')}`;
