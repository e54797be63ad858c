import { mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { preview, smallerPicture } from '../../src/media/preview.ts';
import { probe } from '../../src/media/probe.ts';
import { dropFolder } from '../support/folder.ts';
import { makeClip } from './clips.ts';

async function noisy() {
  const folder = await mkdtemp(join(tmpdir(), 'dailies-preview-'));
  onTestFinished(() => dropFolder(folder));
  const file = await makeClip(join(folder, 'in.mp4'), { draw: 'noise=alls=24:allf=t', size: '320x180' });
  return { file, out: join(folder, 'out.mp4'), size: (await stat(file)).size };
}

test.each([0.9, 0.3])(
  'a film of restless pictures fits into %d of its bytes, whole and with its sound',
  async (part) => {
    const { file, out, size } = await noisy();
    const most = Math.floor(size * part);
    expect(await preview(file, out, most)).toBe(true);
    const [before, after] = [await probe(file), await probe(out)];
    expect(after.bytes).toBeLessThanOrEqual(most);
    expect(after).toMatchObject({ videoCodec: 'avc', audioCodec: 'aac', faststart: true });
    expect(Math.abs(after.seconds - before.seconds)).toBeLessThan(0.1);
  },
);

test('with too few bytes for any film nothing is written', async () => {
  const { file, out } = await noisy();
  expect(await preview(file, out, 10_000)).toBe(false);
  await expect(stat(out)).rejects.toMatchObject({ code: 'ENOENT' });
});

test.each(['png', 'jpeg'] as const)('a %s becomes smaller and stays one', async (format) => {
  const noise = { gaussian: { mean: 120, sigma: 40 }, type: 'gaussian' as const, mean: 120, sigma: 40 };
  const large = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#888', noise } })
    .toFormat(format)
    .toBuffer();
  const small = await smallerPicture(large, Math.floor(large.length / 4));
  expect(small?.length).toBeLessThanOrEqual(large.length / 4);
  expect((await sharp(small ?? Buffer.alloc(0)).metadata()).format).toBe(format);
  expect(await smallerPicture(large, 50)).toBeNull();
});
