import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { tempo } from './camera.ts';
import { interFiles } from './lettering.ts';
import { castOf, paint, veilOf } from './picture.ts';
import { type Body, bodies, mesh, type Size } from './scenery.ts';
import { cuesOf } from './scenes.ts';
import type { Shoot } from './shoot.ts';
import { soundtrack } from './soundtrack.ts';
import { titleSheet } from './titles.ts';

/** Everything the graph opens, under names of our own: no word of a person's becomes a part of the graph. */
export async function prepare(shoot: Shoot): Promise<void> {
  const { folder, script, mood, random } = shoot;
  const put = (name: string, bytes: Buffer | string) => writeFile(join(folder, name), bytes);
  await mkdir(join(folder, 'fonts'), { recursive: true });
  for (const [name, layer] of Object.entries(await layers(shoot)))
    await put(`${name}.png`, await pngOf(layer));
  await put('picture.png', await pictureOf(shoot));
  await put('sound.wav', soundtrack(script.seconds, mood, random));
  await put('titles.ass', titlesOf(shoot));
  for (const [weight, file] of Object.entries(interFiles))
    await copyFile(file, join(folder, 'fonts', `${weight}.ttf`));
}

/** Fast to write and read again; nobody keeps these. */
const pngOf = (picture: Buffer): Promise<Buffer> => sharp(picture).png({ compressionLevel: 1 }).toBuffer();

async function layers(shoot: Shoot) {
  const { size, palette, random, words } = shoot;
  const span = fieldSpan(size);
  const square = { width: span, height: span };
  // Larger than the frame, so that the camera can come near without softness.
  const room = { width: Math.round(size.width * 1.7), height: Math.round(size.height * 1.7) };
  const light = { x: random() < 0.5 ? -1 : 1, y: -1 };
  return {
    field0: await mesh(square, palette, random),
    field1: await mesh(square, palette, random),
    bodies: bodies(room, palette, castOf(shoot), light),
    horizon: bodies(size, palette, [horizon(size)], light),
    veil: veilOf(size, palette, words.title),
  };
}

function titlesOf({ size, palette, mood, cut, words, script }: Shoot): string {
  const cues = cuesOf(cut, words, script.still !== null);
  return titleSheet({ size, palette, seconds: script.seconds, tempo: tempo(mood), cues });
}

/** The card's own body: a limb of light along the lower edge, whatever the frame's shape. */
const horizon = ({ width, height }: Size): Body => {
  const r = Math.max(0.95, (width / Math.min(width, height)) * 0.72);
  return { x: 0.5, y: 0.84 + (r * Math.min(width, height)) / height, r, colour: 0 };
};

/** The field is turned while small: its corners must stay outside the frame. */
const fieldSpan = (size: Size): number => 2 * Math.ceil(Math.hypot(size.width, size.height) / 4 / 2) + 8;

async function pictureOf({ script, size, palette, mood, random }: Shoot): Promise<Buffer> {
  if (!script.still)
    return paint({ size, palette, mood, random, title: '', tagline: '', reference: null, unmarked: true });
  return sharp(await readFile(script.still))
    .rotate()
    .resize({ ...size, fit: 'cover', position: 'attention' })
    .removeAlpha()
    .png({ compressionLevel: 1 })
    .toBuffer();
}
