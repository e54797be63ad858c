import { colourOf, hexOf } from './colour.ts';
import { drawable, fitted } from './lettering.ts';
import type { Palette } from './palette.ts';
import { footroom, type Size } from './scenery.ts';

/** Type on film, as a subtitle file for libass. Times in seconds. */
export interface TitleSheet {
  size: Size;
  palette: Palette;
  seconds: number;
  /** 1 is the usual tempo of appearing. */
  tempo: number;
  cues: readonly Cue[];
}

export type Cue =
  | { kind: 'title'; text: string; under: string; from: number; to: number }
  | { kind: 'card'; text: string; under: string; from: number; to: number }
  | { kind: 'line'; text: string; from: number; to: number };

export function titleSheet(sheet: TitleSheet): string {
  const { size, palette, seconds } = sheet;
  const short = Math.min(size.width, size.height);
  const ink = ass(palette.ink);
  const style = (name: string, font: string, px: number, spacing: number, colour = ink) =>
    `Style: ${name},${font},${px.toFixed(1)},${colour},${colour},&H60000000,&H90000000,0,0,0,0,100,100,${spacing.toFixed(2)},0,1,0,0,7,0,0,0,1`;
  const padding = short * 0.045;
  const mark = `{\\an9\\pos(${size.width - padding},${padding})\\alpha&H70&\\shad0}SAMPLE`;
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
    'WrapStyle: 2',
    'ScaledBorderAndShadow: yes',
    `PlayResX: ${size.width}`,
    `PlayResY: ${size.height}`,
    '[V4+ Styles]',
    'Format: Name,Fontname,Fontsize,PrimaryColour,SecondaryColour,OutlineColour,BackColour,Bold,Italic,Underline,StrikeOut,ScaleX,ScaleY,Spacing,Angle,BorderStyle,Outline,Shadow,Alignment,MarginL,MarginR,MarginV,Encoding',
    style('big', 'Inter ExtraBold', short * 0.1, -short * 0.002),
    style('small', 'Inter Medium', short * 0.044, 0),
    style('mark', 'Inter Medium', short * 0.021, short * 0.006),
    '[Events]',
    'Format: Layer,Start,End,Style,Name,MarginL,MarginR,MarginV,Effect,Text',
    event('mark', 0, seconds, mark),
    ...sheet.cues.flatMap((cue) => drawn(cue, sheet)),
    '',
  ].join('\n');
}

/** libass takes a line's height (ascent and descent) as its font size; ours is the em. */
const emToLine = 1.21;

function drawn(cue: Cue, sheet: TitleSheet): string[] {
  if (cue.kind === 'line') return line(cue, sheet);
  const { size } = sheet;
  const short = Math.min(size.width, size.height);
  const words = drawable(clean(cue.text));
  if (!words) return [];
  const centred = cue.kind === 'card';
  const box = {
    width: size.width * (centred ? 0.8 : 0.82),
    height: size.height * 0.42,
    largest: short * (centred ? 0.12 : 0.17),
  };
  const { lines, size: em } = fitted(words, box);
  const pad = short * 0.075;
  const under = drawable(clean(cue.under));
  const smallEm = short * 0.042;
  const stack = lines.length * em * 1.06 + (under ? smallEm * 2 : 0);
  const top = centred ? (size.height - stack) / 2 : size.height - footroom(size) - stack;
  const x = centred ? size.width / 2 : pad;
  const first = lines.map((text, i) =>
    rising(
      text,
      {
        x,
        y: top + i * em * 1.06,
        em,
        ...cue,
        before: wordsBefore(lines, i),
        all: words.split(' ').length,
        centred,
      },
      sheet,
    ),
  );
  const second = under
    ? [
        fading(
          under,
          { x, y: top + lines.length * em * 1.06 + smallEm * 0.55, em: smallEm, ...cue, centred },
          sheet,
        ),
      ]
    : [];
  return [...first, ...second, ...(centred ? [bar(cue, { x, y: top - em * 0.35, em }, sheet)] : [])];
}

interface Place {
  x: number;
  y: number;
  em: number;
  from: number;
  to: number;
  centred: boolean;
}

const wordsBefore = (lines: readonly string[], i: number): number =>
  lines.slice(0, i).reduce((sum, line) => sum + line.split(' ').length, 0);

/** A line that drifts up while its words come out of a blur, one after the other. */
function rising(text: string, place: Place & { before: number; all: number }, { tempo }: TitleSheet): string {
  const long = Math.round((place.to - place.from) * 1000);
  const rise = place.em * 0.22;
  // However long the title, it stands within the first two fifths of its scene.
  const step = Math.min(150 / tempo, (long * 0.4) / place.all);
  const words = text.split(' ').map((word, i) => {
    const at = Math.round(100 / tempo + step * (place.before + i));
    const done = at + Math.round(380 / tempo);
    return `{\\alpha&HFF&\\blur${(place.em * 0.12).toFixed(1)}\\t(${at},${done},0.6,\\alpha&H00&\\blur0.4)}${word}`;
  });
  const settle = Math.min(long, Math.round(900 / tempo));
  const head = `{\\an${place.centred ? 8 : 7}\\fs${(place.em * emToLine).toFixed(1)}\\move(${place.x.toFixed(1)},${(place.y + rise).toFixed(1)},${place.x.toFixed(1)},${place.y.toFixed(1)},0,${settle})\\fad(0,220)}`;
  return event('big', place.from, place.to, head + words.join(' '));
}

function fading(text: string, place: Place, { tempo }: TitleSheet): string {
  const start = Math.min(place.to - 0.3, place.from + 0.55 / tempo);
  const head = `{\\an${place.centred ? 8 : 7}\\fs${(place.em * emToLine).toFixed(1)}\\pos(${place.x.toFixed(1)},${place.y.toFixed(1)})\\fad(${Math.round(420 / tempo)},220)\\alpha&H18&}`;
  return event('small', start, place.to, head + text);
}

/** A short bar in the accent colour that draws itself over the card. */
function bar(
  cue: { from: number; to: number },
  { x, y, em }: { x: number; y: number; em: number },
  { palette, tempo }: TitleSheet,
): string {
  const [w, h] = [em * 0.9, Math.max(2, em * 0.07)];
  const shape = `m 0 0 l ${w.toFixed(1)} 0 ${w.toFixed(1)} ${h.toFixed(1)} 0 ${h.toFixed(1)}`;
  return event(
    'small',
    cue.from,
    cue.to,
    `{\\an5\\pos(${x.toFixed(1)},${y.toFixed(1)})\\1c${ass(palette.accent)}\\shad0\\fscx0\\t(0,${Math.round(520 / tempo)},0.5,\\fscx100)\\fad(0,220)\\p1}${shape}`,
  );
}

/** A lower third: one line that slides in from the side. */
function line(cue: Extract<Cue, { kind: 'line' }>, { size, tempo }: TitleSheet): string[] {
  const short = Math.min(size.width, size.height);
  const words = drawable(clean(cue.text));
  if (!words) return [];
  const { lines, size: em } = fitted(words, {
    width: size.width * 0.82,
    height: short * 0.2,
    largest: short * 0.062,
  });
  const x = short * 0.075;
  const y = size.height - footroom(size) - lines.length * em * 1.1;
  return lines.map((text, i) => {
    const [from, at] = [x - em * 0.8, y + i * em * 1.1];
    return event(
      'big',
      cue.from + (0.15 + i * 0.12) / tempo,
      cue.to,
      `{\\an7\\fs${(em * emToLine).toFixed(1)}\\move(${from.toFixed(1)},${at.toFixed(1)},${x.toFixed(1)},${at.toFixed(1)},0,${Math.round(480 / tempo)})\\fad(${Math.round(320 / tempo)},200)}${text}`,
    );
  });
}

const clean = (text: string): string =>
  text
    .replace(/[{}\\]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

const event = (style: string, from: number, to: number, text: string): string =>
  `Dialogue: 0,${time(from)},${time(to)},${style},,0,0,0,,${text}`;

function time(seconds: number): string {
  const cs = Math.round(Math.max(0, seconds) * 100);
  const two = (v: number) => String(v).padStart(2, '0');
  return `${Math.floor(cs / 360000)}:${two(Math.floor(cs / 6000) % 60)}:${two(Math.floor(cs / 100) % 60)}.${two(cs % 100)}`;
}

/** `&HBBGGRR&`, as libass writes colours. */
function ass(hex: string): string {
  const known = colourOf(hex) ? hex : hexOf({ l: 1, c: 0, h: 0 });
  return `&H00${known.slice(5, 7)}${known.slice(3, 5)}${known.slice(1, 3)}&`.toUpperCase();
}
