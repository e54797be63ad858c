import { describe, expect, test } from 'vitest';
import { cardsOf, keysOf } from '../../src/campaign/cards.ts';
import { stepsOf } from '../../src/campaign/creative.ts';
import { postingsOf } from '../../src/campaign/head.ts';
import type { VideoOptions } from '../../src/campaign/intent.ts';
import { offerFor } from '../../src/campaign/offer.ts';
import { usualPolicy } from '../../src/campaign/policy.ts';
import { readEvent } from '../../src/campaign/read-event.ts';
import type { Purpose } from '../../src/campaign/reference.ts';
import { isRefusal } from '../../src/campaign/refusal.ts';
import { partsOf } from '../../src/campaign/screening.ts';
import { composeCard } from '../../src/chat/compose.ts';
import { say } from '../../src/chat/wording.ts';
import { model, picture, story } from './specification.ts';

const lastFrame = { prompt: { name: 'prompt' }, lastFrame: { name: 'last' } };
const catalogue = [
  model({ id: 'frames', name: 'Frames', price: { perSecond: 50_000 }, inputs: lastFrame }),
  model({ id: 'one', name: 'One', quality: 'high', references: 1 }),
  model({ id: 'many', name: 'Many', quality: 'good', references: 4, price: { perSecond: 80_000 } }),
  model({ id: 'words', name: 'Words', quality: 'good', kinds: ['text-to-video'] }),
  model({ id: 'from-still', name: 'From Still', quality: 'good', kinds: ['image-to-video'] }),
  model({
    id: 'still',
    name: 'Still',
    kinds: ['still'],
    seconds: undefined,
    references: 3,
    price: { perItem: 10_000, perReference: 5_000 },
  }),
];

type Told = ReturnType<typeof story>;

function briefed(purposes: Purpose[], options: VideoOptions = {}, policy = usualPolicy): Told {
  const it = story({ catalogue, policy });
  const references = purposes.map((purpose) => ({
    name: `${purpose}.png`,
    purpose,
    source: { kind: 'attachment' as const, attachment: purpose },
  }));
  it.open('Tea', { options, references });
  for (const [i, { id: reference }] of it.campaign.references.entries())
    it.told({ type: 'reference.fetched', reference, picture: picture(`r${i}`), notes: [], palette: [] });
  it.refine();
  return it;
}

const offered = (it: Told) => {
  const offer = offerFor(it.campaign, catalogue);
  if (isRefusal(offer)) throw new Error(offer.sentence);
  return offer;
};
const said = (it: Told) => it.campaign.replies.map((reply) => say(reply.say));
const made = (it: Told, cost: number) =>
  it.told({ type: 'still.made', board: it.campaign.boards.length, still: 1, picture: picture('s'), cost });
const brief = (it: Told) => composeCard('brief', { campaign: it.campaign, live: [] }, { catalogue });

describe('references in the choice of a model', () => {
  test('nobody named a model: the best that follows all of them, the logo not counted', () => {
    expect(offered(briefed([])).model.id).toBe('frames');
    expect(offered(briefed(['logo'])).model.id).toBe('frames');
    expect(offered(briefed(['logo', 'style'])).model.id).toBe('one');
    const it = briefed(['style', 'product']);
    expect(offered(it).model.id).toBe('many');
    it.told({ type: 'generate' });
    const [take] = it.campaign.takes;
    const [style, product] = it.campaign.references;
    expect(take).toMatchObject({ model: 'many', references: [product?.id, style?.id] });
    expect(take?.held?.micros).toBe(480_000);
    expect(said(it)).toEqual([]);
  });

  test('a model named that follows fewer goes with the most important, and the thread says who follows all', () => {
    const it = briefed(['style', 'product'], { model: 'One' });
    it.told({ type: 'generate' });
    expect(it.campaign.takes[0]).toMatchObject({ model: 'one', references: [it.campaign.references[1]?.id] });
    expect(said(it)).toEqual([
      'One takes one picture; one picture cannot go along. Many can follow all of them.',
    ]);
  });

  test('a model named that cannot follow any and starts from words alone films the words, and says so', () => {
    const it = briefed(['style'], { model: 'Words' });
    it.told({ type: 'generate' });
    expect(it.campaign.takes[0]).toMatchObject({ model: 'words', references: [], still: null });
    expect(said(it)).toEqual([
      'Words cannot take references here: one picture cannot go along. One can follow all of them.',
    ]);
    const looked = partsOf(it.campaign, { of: 'take', n: 1 });
    expect(looked.filter(({ kind }) => kind === 'picture')).toEqual([]);
  });

  test('what was said once about the pictures is not said again', () => {
    const it = briefed(['style'], { model: 'Words' });
    it.told({ type: 'generate' });
    it.finish();
    it.told({ type: 'generate' });
    expect(it.campaign.replies).toHaveLength(1);
  });

  test('pictures that come later change a choice that nobody made', () => {
    const it = briefed([]);
    const source = { kind: 'attachment' as const, attachment: 'x' };
    it.told({ type: 'say', words: '', references: [{ name: 'x.png', purpose: 'style', source }] });
    const reference = it.campaign.references[0]?.id ?? '';
    it.told({ type: 'reference.fetched', reference, picture: picture('x'), notes: [], palette: [] });
    expect(offered(it).model.id).toBe('one');
    expect(offered(briefed(['style'], { model: 'Frames' })).model.id).toBe('frames');
  });

  test('a model that steps in follows as many as it can, before those that follow none', () => {
    const it = briefed(['style'], { model: 'One' });
    it.told({ type: 'generate' });
    it.told({ type: 'take.refused', take: 1, tag: 'c.take1.0.1', reason: 'outage' });
    expect(it.campaign.takes[0]?.model).toBe('many');
    it.told({ type: 'take.refused', take: 1, tag: 'c.take1.1.1', reason: 'outage' });
    expect(it.campaign.takes[0]?.model).toBe('frames');
    const card = composeCard('progress:1', { campaign: it.campaign, live: [] }, { catalogue });
    expect(card?.text.join(' ')).toContain(
      'Frames cannot take references here: one picture cannot go along.',
    );
  });
});

describe('references → still → film', () => {
  const named = () => briefed(['style', 'product'], { model: 'Frames' });

  test('where a model takes only a first frame, a still is made from them and the film begins with it', () => {
    const it = named();
    expect(offered(it)).toMatchObject({ price: 320_000, first: { price: 20_000 } });
    const asked = it.told({ type: 'generate' });
    expect(asked.map(({ type }) => type)).toEqual(['reply.given', 'stills.requested']);
    const [board] = it.campaign.boards;
    const [style, product] = it.campaign.references;
    expect(board).toMatchObject({ references: [product?.id, style?.id], follow: 'maya' });
    expect(board?.stills.map((still) => still.held?.micros)).toEqual([20_000]);
    const looked = partsOf(it.campaign, { of: 'stills', n: 1 });
    expect(looked.filter(({ kind }) => kind === 'picture')).toHaveLength(2);
    const types = made(it, 20_000).map(({ type }) => type);
    expect(types).toEqual(['still.made', 'still.picked', 'take.requested']);
    expect(it.campaign.takes).toMatchObject([
      { model: 'frames', still: { sha256: 's' }, references: [], held: { micros: 300_000 } },
    ]);
    expect(it.campaign.takes[0]?.accounts).toContain('person:w:maya:1970-01-01');
    expect(said(it)).toEqual([
      'Frames cannot take references: a still is made from 2 pictures first and the film begins with it. Many can follow all of them.',
    ]);
  });

  test('the price of both is shown and compared with the caps before anything is bought', () => {
    expect(brief(named())?.fields).toContainEqual({
      name: 'Price',
      value: 'about $0.32 (still $0.02, film $0.30), ready in about 16 s',
    });
    const policy = { ...usualPolicy, caps: { ...usualPolicy.caps, take: 310_000 } };
    const dear = briefed(['style', 'product'], { model: 'Frames' }, policy);
    expect(dear.take({ type: 'generate' })).toMatchObject({ refusal: 'cap-take' });
    expect(dear.campaign.boards).toEqual([]);
  });

  test('while it is made, Generate buys nothing more', () => {
    const it = named();
    it.told({ type: 'generate' });
    expect(it.take({ type: 'generate' })).toMatchObject({ refusal: 'stills-running' });
  });

  test('a still that cannot be made ends it aloud, and nothing is filmed', () => {
    const it = named();
    it.told({ type: 'generate' });
    it.told({ type: 'still.failed', board: 1, still: 1, reason: 'outage', cost: 0 });
    expect(it.campaign.takes).toEqual([]);
    expect(said(it).at(-1)).toContain('no film was bought');
    expect(it.told({ type: 'generate' }).some(({ type }) => type === 'stills.requested')).toBe(true);
  });

  test('a still that came after the cancellation is booked and followed by nothing', () => {
    const it = named();
    it.told({ type: 'generate' });
    it.told({ type: 'cancel' });
    expect(made(it, 20_000).map(({ type }) => type)).toEqual(['still.made']);
  });

  test('the shape changed meanwhile: nothing is bought, and the thread says why', () => {
    const it = named();
    it.told({ type: 'generate' });
    it.told({ type: 'set', options: { aspect: '1:1' } });
    made(it, 20_000);
    expect(it.campaign.takes).toEqual([]);
    expect(said(it).at(-1)).toContain('the clip is to be 1:1 now');
  });

  test('a further take begins with the same still; other pictures make another one', () => {
    const it = named();
    it.told({ type: 'generate' });
    made(it, 20_000);
    it.finish();
    expect(offered(it)).toMatchObject({ first: null, left: null, price: 300_000 });
    const source = { kind: 'attachment' as const, attachment: 'x' };
    it.told({ type: 'say', words: '', references: [{ name: 'x.png', purpose: 'style', source }] });
    const reference = it.campaign.references.at(-1)?.id ?? '';
    it.told({ type: 'reference.fetched', reference, picture: picture('x'), notes: [], palette: [] });
    expect(offered(it)).toMatchObject({ still: null, first: { price: 25_000 } });
  });

  test('a model that starts from a picture alone gets one from the words', () => {
    const it = briefed([], { model: 'From Still' });
    expect(offered(it)).toMatchObject({ model: { id: 'from-still' }, first: { price: 10_000 }, left: null });
    expect(brief(it)?.text.at(-1)).toBe('From Still starts from a picture, so a still is made first.');
  });
});

describe('frames of the film', () => {
  test('a picture given as the first frame begins the film; a picked still comes before it', () => {
    const it = briefed(['first-frame'], { model: 'From Still' });
    expect(offered(it)).toMatchObject({ still: { sha256: 'r0' }, first: null, references: [], left: null });
    it.told({ type: 'make-stills' });
    made(it, 10_000);
    it.told({ type: 'pick-still', still: 1 });
    expect(offered(it).still?.sha256).toBe('s');
  });

  test('it is looked through before it is bought, under its own name', () => {
    const it = briefed(['first-frame']);
    it.told({ type: 'generate' });
    const [reference] = it.campaign.references;
    expect(partsOf(it.campaign, { of: 'take', n: 1 })).toContainEqual({
      kind: 'picture',
      reference: reference?.id,
      picture: picture('r0'),
    });
  });

  test('a last frame goes to a model that takes one beside the first', () => {
    const it = briefed(['first-frame', 'last-frame'], { model: 'Frames' });
    it.told({ type: 'generate' });
    expect(it.campaign.takes[0]).toMatchObject({ still: { sha256: 'r0' }, last: { sha256: 'r1' } });
    expect(offered(briefed(['first-frame', 'last-frame'])).model.id).toBe('frames');
  });

  test('where it cannot go, the thread says so', () => {
    const it = briefed(['first-frame', 'last-frame'], { model: 'Many' });
    it.told({ type: 'generate' });
    expect(it.campaign.takes[0]?.last).toBeNull();
    expect(said(it)).toEqual(['Many cannot end on your last frame here. Frames can follow all of them.']);
  });
});

test('the review says what each step has cost, a late bill by itself', () => {
  const it = briefed(['style', 'product'], { model: 'Frames' });
  const spent = () =>
    composeCard('review:1a', { campaign: it.campaign, live: [] }, { catalogue })?.fields.find(
      ({ name }) => name === 'Spent so far',
    )?.value;
  it.told({ type: 'generate' });
  made(it, 20_000);
  it.finish();
  expect(spent()).toBe('stills $0.02 + take 1 $0.30 = $0.32');
  it.told({ type: 'take.created', take: 1, tag: 'c.take1.0.1', prediction: 'stray' });
  const late = it.told({ type: 'take.succeeded', take: 1, prediction: 'stray', output: 'o', cost: 50_000 });
  expect(spent()).toBe('stills $0.02 + take 1 $0.30 + billed late $0.05 = $0.37');
  expect(late.flatMap((event) => cardsOf(it.campaign, event))).toContain('review:1a');
});

test('what a language model took is booked and named; free words leave no line', () => {
  const it = briefed(['style'], { model: 'Frames' });
  it.told({ type: 'set', options: { note: 'darker' } });
  const refinement = { still: 's', motion: 'm', rationale: 'r', product: null, tagline: null };
  const billed = it.told({ type: 'prompt.refined', n: 2, refinement, cost: 450 });
  expect(billed.map(({ type }) => type)).toContain('wording.billed');
  expect(billed.flatMap(postingsOf)).toEqual(
    [
      `campaign:${it.campaign.id}`,
      expect.stringContaining('person:'),
      expect.stringContaining('workspace:'),
    ].map((account) => ({ account, kind: 'settle', micros: 450, item: 'wording:2' })),
  );
  // An answer that came too late to be used was paid for all the same.
  const late = it.told({ type: 'prompt.refined', n: 2, refinement, cost: 50 });
  expect(late.map(({ type }) => type)).toEqual(['wording.billed']);
  expect(it.told({ type: 'prompt.unrefined', n: 9, reason: 'outage', cost: 0 })).toEqual([]);
  expect(it.campaign.worded).toBe(500);
  it.told({ type: 'generate' });
  made(it, 20_000);
  it.finish();
  expect(stepsOf(it.campaign)).toMatchObject({ wording: 500, together: 320_500 });
  const review = composeCard('review:1a', { campaign: it.campaign, live: [] }, { catalogue });
  expect(review?.fields.find(({ name }) => name === 'Spent so far')?.value).toBe(
    'wording $0.0005 + stills $0.02 + take 1 $0.30 = $0.32',
  );
});

test('every card of these campaigns can be composed', () => {
  for (const it of [
    briefed(['style', 'product'], { model: 'Frames' }),
    briefed(['first-frame', 'last-frame']),
  ]) {
    it.told({ type: 'generate' });
    for (const key of keysOf(it.campaign))
      expect(composeCard(key, { campaign: it.campaign, live: [] }, { catalogue })).not.toBeNull();
  }
});

describe('what is asked of the stills', () => {
  const fine = model({
    id: 'fine',
    name: 'Fine',
    kinds: ['still'],
    seconds: undefined,
    price: { perItem: 20_000 },
    qualities: { hd: { input: { quality: 'high' }, perItem: 90_000 } },
    styles: { vivid: 'Vivid look.' },
  });
  const old = model({
    id: 'old',
    name: 'Old',
    kinds: ['still'],
    seconds: undefined,
    status: 'retired',
    successor: 'fine',
    price: { perItem: 1 },
  });
  const all = [...catalogue, fine, old];
  const asked = (options: VideoOptions) => {
    const it = story({ catalogue: all });
    it.open('Tea', { options });
    it.refine();
    it.told({ type: 'make-stills' });
    return it;
  };

  test('another backend than that of the film, as many as wanted, at its own price', () => {
    const { boards } = asked({
      stillModel: 'Fine',
      model: 'One',
      stillCount: 2,
      stillQuality: 'hd',
    }).campaign;
    expect(boards).toMatchObject([{ model: 'fine', quality: 'hd', look: '' }]);
    expect(boards[0]?.stills.map((s) => s.held?.micros)).toEqual([90_000, 90_000]);
  });

  test('a look and a quality go to the first model that has them', () => {
    const it = asked({ stillStyle: 'vivid' });
    expect(it.campaign.boards).toMatchObject([{ model: 'fine', look: 'Vivid look.' }]);
    expect(asked({}).campaign.boards).toMatchObject([{ model: 'still', look: '' }]);
    const card = composeCard('brief', { campaign: it.campaign, live: [] }, { catalogue: all });
    expect(card?.fields).toContainEqual({ name: 'Stills', value: 'vivid' });
  });

  test('what the named model has not is refused with who has it; what nobody has as well', () => {
    const open = (options: VideoOptions) =>
      story({ catalogue: all }).take({ type: 'open', words: 'Tea', options, references: [], place: 'p' });
    expect(open({ stillModel: 'still', stillQuality: 'hd' })).toEqual({
      refusal: 'still-wish-impossible',
      sentence: 'Still makes no hd stills. Possible: Fine.',
    });
    expect(open({ stillStyle: 'natural' })).toMatchObject({ refusal: 'still-wish-impossible' });
    expect(open({ stillModel: 'one' })).toMatchObject({ refusal: 'still-model-unknown' });
  });

  test('a retired backend is replaced by its successor, and the thread says so', () => {
    const it = asked({ stillModel: 'Old' });
    expect(it.campaign.boards).toMatchObject([{ model: 'fine' }]);
    expect(said(it)).toEqual(['Old is no longer offered, so Fine makes the stills.']);
  });
});

test('events of earlier versions are read as what they meant', () => {
  const settings = { model: 'best', seconds: 6, aspect: '16:9', verbatim: false };
  const opened = { at: 1, workspace: 'w', person: 'p', channel: 'c', seed: 1, words: 'Tea', settings };
  const nothing = {
    template: null,
    platform: null,
    product: null,
    tagline: null,
    description: null,
    note: null,
  };
  expect(readEvent('campaign.opened', 1, { ...opened, ...nothing })).toMatchObject({
    settings: { named: true, still: { model: null } },
  });
  const board = { board: 1, model: 'still', revision: 1, aspect: '16:9', stills: [] };
  expect(readEvent('stills.requested', 1, board)).toMatchObject({ references: [], follow: null, look: '' });
});
