import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { contactSheet } from '../../src/media/contact-sheet.ts';
import { poster } from '../../src/media/poster.ts';
import { dropFolder } from '../support/folder.ts';
import { expectNear, lightOf, makeClip, pixelOf } from './clips.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stills-'));
});
afterAll(() => dropFolder(folder));

const fill = (colour: string, from: number, to: number) =>
  `drawbox=c=${colour}:t=fill:enable='between(t,${from},${to})'`;

it('takes the poster at 35 %, in the colours of the film', async () => {
  const draw = `${fill('0xff2e93', 1.1, 1.7)}`;
  const film = await makeClip(join(folder, 'a.mp4'), { seconds: 4, colour: '0xdddddd', draw });
  const out = join(folder, 'a.jpg');
  await poster(film, out);
  const bytes = await readFile(out);
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 160, height: 90 });
  expectNear(await pixelOf(bytes, 80, 45), [0xff, 0x2e, 0x93], 6);
});

it('looks elsewhere where the film is black at 35 %', async () => {
  const film = await makeClip(join(folder, 'b.mp4'), {
    seconds: 4,
    colour: 'black',
    draw: fill('0x3399cc', 1.8, 2.2),
  });
  const out = join(folder, 'b.jpg');
  await poster(film, out);
  expectNear(await pixelOf(await readFile(out), 80, 45), [0x33, 0x99, 0xcc], 6);
});

it('takes the lightest look of a film that is dark throughout', async () => {
  const film = await makeClip(join(folder, 'c.mp4'), {
    colour: '0x080808',
    draw: fill('0x101010', 0.9, 1.1),
  });
  await poster(film, join(folder, 'c.jpg'));
  expect(await lightOf(await readFile(join(folder, 'c.jpg')))).toBeGreaterThan(13);
});

it('lays eight moments in reading order', async () => {
  const steps = Array.from({ length: 8 }, (_, i) =>
    fill(`0x${(16 + 32 * i).toString(16).padStart(2, '0').repeat(3)}`, i / 4, (i + 1) / 4),
  );
  const film = await makeClip(join(folder, 'd.mp4'), { draw: steps.join(',') });
  const out = join(folder, 'd.jpg');
  await contactSheet(film, out);
  const sheet = await readFile(out);
  const { width = 0, height = 0 } = await sharp(sheet).metadata();
  expect([width, height]).toEqual([4 * 320 + 5 * 6, 2 * 180 + 3 * 6]);
  for (let i = 0; i < 8; i++) {
    const [left, top] = [6 + (i % 4) * 326 + 160, 6 + Math.floor(i / 4) * 186 + 90];
    const grey = 16 + 32 * i;
    expectNear(await pixelOf(sheet, left, top), [grey, grey, grey], 6);
  }
});
