import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { withFiles } from '../../src/jobs/order-files.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { picture, story } from '../campaign/specification.ts';

const storage = { fetchTo: (key: string, path: string) => writeFile(path, key) } as unknown as Storage;

test('a picture that came after the look before buying does not go along', async () => {
  const it = story();
  const offered = (name: string) => ({
    name,
    purpose: 'style' as const,
    source: { kind: 'link' as const, url: `https://example.com/${name}` },
  });
  it.open('Tea', { references: [offered('a.png'), offered('b.png')] });
  for (const [i, { id: reference }] of it.campaign.references.entries())
    it.told({ type: 'reference.fetched', reference, picture: picture(`r${i}`), notes: [], palette: [] });
  const sent = (pictures: string[]) =>
    withFiles(
      it.campaign,
      null,
      { pictures, unchecked: null },
      storage,
      async (files) => files.references.length,
    );
  expect(await sent(['r0', 'r1'])).toBe(2);
  expect(await sent(['r0'])).toBe(1);
});
