import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { Purpose } from '../../src/campaign/reference.ts';
import { TryLater } from '../../src/errors.ts';
import type { JobContext } from '../../src/jobs/job.ts';
import { refinePrompt } from '../../src/jobs/refine-prompt.ts';
import type { RefineOrder } from '../../src/providers/language.ts';
import { catalogue, picture, story } from '../campaign/specification.ts';

const photo = await sharp({ create: { width: 1600, height: 900, channels: 3, background: '#208040' } })
  .png()
  .toBuffer();

/** The prompt of a brief with pictures, worded by somebody who keeps what he was told. */
async function refined(purposes: Purpose[], fetchTo = (_: string, path: string) => writeFile(path, photo)) {
  const it = story();
  const references = purposes.map((purpose, i) => ({
    name: `${i}.png`,
    purpose,
    source: { kind: 'attachment' as const, attachment: `${i}` },
  }));
  it.open('Tea', { references });
  for (const [i, { id: reference }] of it.campaign.references.entries())
    it.told({ type: 'reference.fetched', reference, picture: picture(`r${i}`), notes: [], palette: [] });
  const orders: RefineOrder[] = [];
  const language = {
    async refine(order: RefineOrder) {
      orders.push(order);
      return { still: 's', motion: 'm', rationale: 'r', product: null, tagline: null };
    },
    read: () => expect.unreachable(),
  };
  const job = refinePrompt({ language, catalogue: () => catalogue, storage: { fetchTo } });
  const context = { campaign: it.campaign, signal: AbortSignal.timeout(5000), sent: async () => {} };
  const result = await job.do({ type: 'refine-prompt', n: 1 }, context as unknown as JobContext);
  return { result, order: orders[0] };
}

test('pictures are shown small, those a model follows first and under the tags it will know them by', async () => {
  const { order } = await refined(['logo', 'style', 'product']);
  expect(order?.references.map(({ purpose, tag }) => [purpose, tag])).toEqual([
    ['product', '@Image1'],
    ['style', '@Image2'],
    ['logo', null],
  ]);
  for (const { picture: shown } of order?.references ?? []) {
    const { format, width, height } = await sharp(shown ?? Buffer.alloc(0)).metadata();
    expect({ format, width, height }).toEqual({ format: 'jpeg', width: 512, height: 288 });
  }
});

test('no more of them than anybody looks at; the others are named', async () => {
  const { order } = await refined(Array<Purpose>(9).fill('style'));
  expect(order?.references).toHaveLength(9);
  expect(order?.references.filter(({ picture: shown }) => shown)).toHaveLength(6);
});

test('the limits of what will film it go along', async () => {
  const { order } = await refined([]);
  expect(order?.film).toEqual({ model: 'Best', characters: 900, fromPicture: false });
  expect((await refined(['first-frame'])).order?.film?.fromPicture).toBe(true);
});

test('a picture that cannot be shown is named; storage that is only away is waited for', async () => {
  const broken = await refined(['style'], (_, path) => writeFile(path, 'no picture'));
  expect(broken.order?.references).toMatchObject([{ tag: '@Image1', picture: null }]);
  expect(broken.result).toMatchObject({ outcome: { type: 'prompt.refined' } });
  const away = refined(['style'], () => Promise.reject(new TryLater('away', { delay: 1, sent: false })));
  await expect(away).rejects.toThrow('away');
});
