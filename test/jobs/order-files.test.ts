import { readFile, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { frames } from '../../src/campaign/platform.ts';
import { withFiles } from '../../src/jobs/order-files.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { picture, story } from '../campaign/specification.ts';

const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#208040' } })
  .png()
  .toBuffer();
const storage = { fetchTo: (_key: string, path: string) => writeFile(path, bytes) } as unknown as Storage;
const at = { storage, frame: frames['9:16'] };

const withPictures = () => {
  const it = story();
  const offered = (name: string) => ({
    name,
    purpose: 'style' as const,
    source: { kind: 'link' as const, url: `https://example.com/${name}` },
  });
  it.open('Tea', { references: [offered('a.png'), offered('b.png')] });
  for (const [i, { id: reference }] of it.campaign.references.entries())
    it.told({ type: 'reference.fetched', reference, picture: picture(`r${i}`), notes: [], palette: [] });
  return it.campaign;
};

test('only what belongs to the order goes along, in its order, and nothing that came after the look before buying', async () => {
  const campaign = withPictures();
  const ids = campaign.references.map(({ id }) => id);
  const sent = (references: string[], pictures: string[]) =>
    withFiles(campaign, { references, clearance: { pictures, unchecked: null } }, at, async (files) =>
      files.references.map(({ path }) => path.match(/reference-(\w+)/)?.[1]),
    );
  expect(await sent(ids.toReversed(), ['r0', 'r1'])).toEqual(ids.toReversed());
  expect(await sent(ids, ['r0'])).toEqual([ids[0]]);
  expect(await sent([], ['r0', 'r1'])).toEqual([]);
});

test('a first frame of another shape is cropped to that of the film', async () => {
  const still = { ...picture('s'), width: 60, height: 40 };
  const { width, height } = await withFiles(
    withPictures(),
    { still, references: [], clearance: null },
    at,
    async (files) => sharp(await readFile(files.still ?? '')).metadata(),
  );
  expect({ width, height }).toEqual(frames['9:16']);
});
