import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { join } from '../../src/media/join.ts';
import { reframe } from '../../src/media/reframe.ts';
import { dropFolder } from '../support/folder.ts';
import { expectNear, frameOf, lightOf, loudest, makeClip, pixelOf, samplesOf } from './clips.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path(tmpdir(), 'shots-'));
});
afterAll(() => dropFolder(folder));
const file = (name: string) => path(folder, `${name}.mp4`);

describe.concurrent('joining', () => {
  it('fades clips of any size, rate and sound into each other', async () => {
    const red = await makeClip(file('red'), { colour: '0xcc2020', seconds: 2 });
    const green = await makeClip(file('green'), {
      colour: '0x20aa40',
      size: '90x160',
      rate: 30,
      seconds: 1.96,
      sound: false,
    });
    const blue = await makeClip(file('blue'), {
      colour: '0x2040cc',
      size: '128x128',
      rate: 25,
      seconds: 2.04,
    });
    const out = file('joined');
    const film = await join([red, green, blue], { width: 160, height: 90, out });
    expect(film).toMatchObject({ width: 160, height: 90, audioCodec: 'aac', faststart: true });
    expect(film.seconds).toBeCloseTo(2 + 1.96 + 2.04 - 1, 1);
    expectNear(await pixelOf(await frameOf(out, 0.5), 80, 45), [0xcc, 0x20, 0x20], 6);
    expectNear(await pixelOf(await frameOf(out, 2.5), 80, 45), [0x20, 0xaa, 0x40], 6);
    expectNear(await pixelOf(await frameOf(out, 4.5), 80, 45), [0x20, 0x40, 0xcc], 6);
    const [r = 0, g = 0] = await pixelOf(await frameOf(out, 1.75), 80, 45);
    expect(Math.min(r, g)).toBeGreaterThan(0x50);
    const sound = await samplesOf(out);
    expect(sound.length / 8_000).toBeCloseTo(film.seconds, 1);
    expect(loudest(sound.subarray(4_000, 8_000))).toBeGreaterThan(0.3);
    expect(loudest(sound.subarray(2.2 * 8_000, 2.8 * 8_000))).toBeLessThan(0.02);
    expect(loudest(sound.subarray(4 * 8_000, 4.8 * 8_000))).toBeGreaterThan(0.3);
  });

  it('of silent clips has no sound track, of a single clip is that clip in the frame', async () => {
    const silent = await makeClip(file('silent'), { sound: false, seconds: 1.5 });
    const film = await join([silent, silent], { width: 160, height: 90, out: file('mute') });
    expect(film.audioCodec).toBeNull();
    const alone = await join([silent], { width: 90, height: 160, out: file('alone') });
    expect(alone).toMatchObject({ width: 90, height: 160, seconds: 1.5 });
  });

  it('refuses a clip too short to fade in and out', async () => {
    const blink = await makeClip(file('blink'), { seconds: 0.5 });
    await expect(join([blink, blink], { width: 160, height: 90, out: file('no') })).rejects.toMatchObject({
      code: 'film-failed',
    });
  });
});

describe.concurrent('reframing', () => {
  it('by crop follows what draws the eye', async () => {
    const draw =
      'drawbox=x=250:y=60:w=56:h=56:c=0xf2b03d:t=fill,drawbox=x=266:y=76:w=24:h=24:c=0xd02020:t=fill';
    const film = await makeClip(file('ball'), { size: '320x180', draw, seconds: 1 });
    const out = file('cropped');
    const made = await reframe(film, { width: 100, height: 180, mode: 'crop', out });
    expect(made).toMatchObject({ width: 100, height: 180, audioCodec: 'aac' });
    expect(await lightOf(await frameOf(out, 0.5))).toBeGreaterThan(45);
  });

  it('by pad shows the whole', async () => {
    const draw = 'drawbox=w=20:h=180:c=0x00ff00:t=fill,drawbox=x=300:w=20:h=180:c=0xff00ff:t=fill';
    const film = await makeClip(file('edges'), { size: '320x180', draw, seconds: 1 });
    const out = file('padded');
    expect(await reframe(film, { width: 180, height: 320, mode: 'pad', out })).toMatchObject({
      width: 180,
      height: 320,
      seconds: 1,
    });
    const frame = await frameOf(out, 0.5);
    expectNear(await pixelOf(frame, 4, 160), [0, 255, 0], 30);
    expectNear(await pixelOf(frame, 176, 160), [255, 0, 255], 30);
  });
});
