import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Aspect } from '../../src/campaign/model.ts';
import { Model } from '../../src/campaign/model.ts';
import { factsOf } from '../support/runway.ts';
import { faultOf, runwayModel, runwayRig } from '../support/runway-rig.ts';
import { sending, take } from './orders.ts';
import { bigPicture, smallPicture } from './runway-pictures.ts';

type Order = Parameters<typeof take>[0];

/** The body that Runway accepted. */
async function bodyOf(order: Order, model?: Model): Promise<Record<string, unknown>> {
  const { service, provider } = await runwayRig({}, model ? { modelOf: () => model } : {});
  await provider.create(take({ seconds: 5, ...order }), sending());
  const [fact] = factsOf(service.log, 'accepted');
  const path = factsOf(service.log, 'request').at(-1)?.path;
  return { path, ...(fact?.body as object) };
}

const pictures = (...purposes: ('logo' | 'product' | 'style')[]) =>
  Promise.all(
    purposes.map(async (purpose) => ({
      path: await smallPicture(`${purpose}.png`),
      mime: 'image/png',
      purpose,
    })),
  );

test('from words: length, shape, seed and what has a price are all said', async () => {
  expect(await bodyOf({ model: 'gen4.5' })).toEqual({
    path: '/v1/text_to_video',
    model: 'gen4.5',
    promptText: 'A tea film',
    duration: 5,
    ratio: '1280:720',
    seed: 7,
    outputFormat: 'mp4',
    contentModeration: { publicFigureThreshold: 'auto' },
  });
});

test('from a still: it is the first frame, and nothing else is sent beside it', async () => {
  const still = await smallPicture();
  const references = await pictures('product');
  const body = await bodyOf({ model: 'seedance2_5', still, references, aspect: '9:16' });
  expect(body).toMatchObject({ path: '/v1/image_to_video', ratio: '720:1280', audio: false });
  expect(body['promptImage']).toEqual([
    { uri: expect.stringMatching(/^data:image\/png;base64,iVBOR/), position: 'first' },
  ]);
  expect(body).not.toHaveProperty('references');
});

test('with references: those the model follows, never the logo', async () => {
  const references = await pictures('logo', 'product', 'style');
  const body = await bodyOf({ model: 'wan3', references });
  expect(body).toMatchObject({ path: '/v1/text_to_video', audio: false, ratio: '1280:720' });
  expect(body['references']).toHaveLength(2);
  expect(await bodyOf({ model: 'gen4.5', references })).not.toHaveProperty('references');
});

test('no more references than the model and the catalogue allow', async () => {
  const references = await pictures(...Array.from({ length: 12 }, () => 'product' as const));
  expect((await bodyOf({ model: 'wan3', references }))['references']).toHaveLength(10);
  const model = runwayModel('wan3', { references: 2 });
  expect((await bodyOf({ model: 'wan3', references }, model))['references']).toHaveLength(2);
});

test('the size and the sound that the catalogue has priced', async () => {
  const still = await smallPicture();
  const large = runwayModel('wan3', { orders: { resolution: '1080p', audio: true } });
  expect(await bodyOf({ model: 'wan3' }, large)).toMatchObject({ ratio: '1920:1080', audio: true });
  expect(await bodyOf({ model: 'wan3', still }, large)).toMatchObject({ ratio: 'auto_1080p', audio: true });
  const own = (ratio: string) =>
    runwayModel('veo3.1', {
      inputs: {
        prompt: { name: 'promptText' },
        aspect: { name: 'ratio', values: { '16:9': ratio } },
        fixed: {},
      },
    });
  expect(await bodyOf({ model: 'veo3.1', seconds: 4 }, own('1920:1080'))).toMatchObject({
    ratio: '1920:1080',
  });
  expect(await bodyOf({ model: 'veo3.1', seconds: 4 }, own('7:3'))).toMatchObject({ ratio: '1280:720' });
});

test.each([
  ['gen4_turbo', '16:9', 'from words'],
  ['gen4.5', '1:1', 'from words'],
] as const)('%s makes no %s %s: said before anything is sent', async (model, aspect, how) => {
  const { service, provider } = await runwayRig();
  const error = await faultOf(provider.create(take({ model, aspect, seconds: 5 }), sending()));
  expect(error).toMatchObject({ code: 'provider-error', message: `${model}: no ${aspect} ${how}` });
  expect(service.log).toEqual([]);
});

describe('a prompt that is too long', () => {
  const family = '👨‍👩‍👧‍👦';

  test('ends before the character that does not fit', async () => {
    const prompt = `${'a'.repeat(995)}${family}`;
    expect((await bodyOf({ model: 'gen4.5', prompt }))['promptText']).toBe('a'.repeat(995));
    const fits = `${'a'.repeat(1000 - family.length)}${family}`;
    expect((await bodyOf({ model: 'gen4.5', prompt: `${fits} and more` }))['promptText']).toBe(fits);
  });

  test('is as long as the model or the catalogue takes', async () => {
    const prompt = 'a '.repeat(4000);
    expect((await bodyOf({ model: 'seedance2_mini', prompt }))['promptText']).toHaveLength(3499);
    const inputs = { prompt: { name: 'promptText', most: 20 }, fixed: {} };
    expect(
      (await bodyOf({ model: 'wan3', prompt }, runwayModel('wan3', { inputs })))['promptText'],
    ).toHaveLength(19);
  });
});

test('pictures go along while they are small, and are uploaded otherwise', async () => {
  const { service, provider } = await runwayRig();
  const paths = [await smallPicture('a.png'), await bigPicture('b.png'), await smallPicture('c.png')];
  const references = paths.map((path) => ({ path, mime: 'image/png', purpose: 'product' as const }));
  await provider.create(take({ model: 'wan3', seconds: 5, references }), sending());
  const [uploaded] = factsOf(service.log, 'uploaded');
  const body = factsOf(service.log, 'accepted')[0]?.body as { references: { uri: string }[] };
  const inline = expect.stringMatching(/^data:image\/png/);
  expect(body.references.map(({ uri }) => uri)).toEqual([inline, uploaded?.path, inline]);
});

test('a picture that does not arrive costs nothing and is tried again', async () => {
  const { service, provider } = await runwayRig();
  await service.close();
  const still = await bigPicture();
  const error = await faultOf(provider.create(take({ model: 'gen4.5', seconds: 5, still }), sending()));
  expect(error).toMatchObject({ name: 'TryLater', sent: false });
});

const file = new URL('../../src/providers/models.yaml', import.meta.url);
const ours = z
  .array(z.unknown())
  .parse(parse(readFileSync(file, 'utf8')))
  .flatMap((each) => Model.safeParse(each).data ?? [])
  .filter(
    (m) => m.provider === 'runway' && m.status !== 'retired' && m.kinds.some((k) => k.endsWith('-video')),
  );

/** Every shape, the shortest and the longest, from words, from a still and with references. */
function* ordersOf(model: Model) {
  const { seconds = [], kinds, aspects } = model;
  const lengths = Array.isArray(seconds) ? seconds : [seconds.from, seconds.to];
  for (const aspect of aspects)
    for (const length of lengths)
      for (const kind of kinds) yield { aspect: aspect as Aspect, seconds: length, kind };
}

describe('Runway takes whatever the catalogue offers', () => {
  test.each(ours.map((model) => [model.id, model] as const))('%s', async (_, model) => {
    const { service, provider } = await runwayRig({}, { modelOf: () => model });
    const picture = await smallPicture();
    const orders = [...ordersOf(model)];
    for (const { kind, ...order } of orders) {
      const still = kind === 'image-to-video' ? picture : null;
      const reference = { path: picture, mime: 'image/png', purpose: 'product' } as const;
      const references = kind === 'reference-to-video' ? [reference] : [];
      await provider.create(take({ model: model.id, ...order, still, references }), sending());
    }
    expect(factsOf(service.log, 'accepted')).toHaveLength(orders.length);
  });
});
