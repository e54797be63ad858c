import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { frameOf, pixelsLike } from '../media/clips.ts';
import { dropFolder } from '../support/folder.ts';
import { type Stage, stage, worded } from './stage.ts';

const [pink, green] = ['#ff2d95', '#12d06a'];

let it: Stage;
let drawer: string;
beforeEach(async () => {
  drawer = await mkdtemp(join(tmpdir(), 'dailies-brand-'));
  it = await stage();
});
afterEach(async () => {
  await it.close();
  await dropFolder(drawer);
});

async function logo(name: string, background: string): Promise<string> {
  const path = join(drawer, name);
  await sharp({ create: { width: 300, height: 300, channels: 3, background } })
    .png()
    .toFile(path);
  return path;
}

const kitOf = async (name: string) =>
  (await it.app.engine.workspace('w')).kits.find((kit) => kit.name === name);
const settled = (name: string) =>
  expect.poll(async () => (await kitOf(name))?.coming, { timeout: 20_000 }).toBeNull();
const told = async () => {
  await it.app.idle('workspace:w', 20_000);
  return it.printed();
};

/** Pixels of a colour in the corner of the newest cut, long before its end card. */
async function seenIn(colour: string): Promise<number> {
  const { takes } = await it.until((c) => c.review?.cut === `${c.takes.length}a`);
  const path = it.app.storage.path(takes.at(-1)?.cut?.film.key ?? '') ?? '';
  return pixelsLike(await frameOf(path, 0.5), colour);
}

describe('a brand kit at a keyboard', () => {
  test('is made, listed and used, and its logo is on the film', async () => {
    expect(await it.type('/video-brand')).toContain('No brand kits yet');
    const made = await it.type(
      `/video-brand Pink --logo "${await logo('pink.png', pink)}" --colours "${pink}, #222" --voice "slow" --never "people; rain"`,
    );
    expect(made).toMatch(/Brand kit: Pink/);
    await settled('Pink');
    expect(await told()).toContain('The brand kit “Pink” has its logo');
    const { logo: kept } = (await kitOf('Pink')) ?? {};
    expect(kept?.picture.key).toMatch(/^brands\/w\//);
    expect(await it.type('/video-brand')).toMatch(
      /Pink\s+logo pink\.png; #ff2d95, #222222; “slow”; never people/,
    );

    await it.type('/video a film for a tea house, 3s --brand pink');
    const { references, revisions } = await it.until(worded(1));
    expect(references).toMatchObject([{ name: 'pink.png', purpose: 'logo', state: 'ready' }]);
    expect(revisions[0]?.still.words).toMatch(/people.*rain/i);
    expect(revisions[0]?.still.words).toContain(pink);
    await it.idle();
    expect(it.printed()).toMatch(/Brand kit: Pink/);
    await it.type('go');
    expect(await seenIn(pink)).toBeGreaterThan(50);
    await it.idle();
    expect(it.printed()).toMatch(/Brand kit Pink, revision 2/);
    // A month later it is there still.
    await it.app.storage.sweep(Date.now() + 40 * 86_400_000);
    expect(await it.app.storage.size(kept?.picture.key ?? '')).toBeGreaterThan(0);
  });

  test('that changes while a take runs is in the next take, not in this one', async () => {
    await it.type(`/video-brand Tea --usual --logo "${await logo('pink.png', pink)}"`);
    await settled('Tea');
    await it.type('/video a calm film for a tea house, 3s');
    expect((await it.until(worded(1))).kit?.name).toBe('Tea');
    await it.type('go');
    await it.until((c) => c.takes.length === 1);
    await it.type(`/video-brand tea --logo "${await logo('green.png', green)}"`);
    await settled('Tea');
    expect(await seenIn(pink)).toBeGreaterThan(50);
    expect(await seenIn(green)).toBe(0);
    await it.idle();
    await it.type('go');
    await it.until(worded(2));
    await it.idle();
    expect(it.printed()).toContain('The brand kit “Tea” has changed since');
    await it.type('go');
    const { takes } = await it.until((c) => c.review?.cut === '2a');
    expect(await seenIn(green)).toBeGreaterThan(50);
    expect(takes.map(({ kit }) => kit?.revision)).toEqual([2, 3]);
  });

  test('stays as it was where its new logo is no good, and whoever brought it hears why', async () => {
    await it.type(`/video-brand Tea --logo "${await logo('pink.png', pink)}"`);
    await settled('Tea');
    await writeFile(join(drawer, 'new.png'), '%PDF-1.7 not a picture');
    await it.type(`/video-brand Tea --logo "${join(drawer, 'new.png')}"`);
    await settled('Tea');
    expect(await told()).toMatch(/The logo for the brand kit “Tea” was not taken.*new\.png: it is a PDF/);
    expect(await kitOf('Tea')).toMatchObject({ revision: 2, logo: { name: 'pink.png' } });
  });

  test('is changed and removed by managers alone, and a name nobody knows is answered with those there are', async () => {
    await it.type('/video-brand Tea --voice calm');
    await it.type(':as max');
    expect(await it.type('/video-brand Tea --remove')).toContain('Only whoever manages this workspace');
    expect(await it.type('/video-brand Tea')).toContain('calm');
    expect(await it.type('/video a film --brand Tee')).toContain(
      'I do not know the brand kit “Tee”. There are: Tea.',
    );
    expect(await it.campaigns()).toBe(0);
    await it.type(':as maya');
    expect(await it.type('/video-brand tea --remove')).toContain('The brand kit “Tea” is removed');
    expect(await it.type('/video-brand')).toContain('No brand kits yet');
  });
});
