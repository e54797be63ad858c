import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/campaign/event.ts';
import { postingsOf } from '../../src/campaign/head.ts';
import { usualTimes } from '../../src/campaign/policy.ts';
import { react } from '../../src/campaign/react.ts';
import type { Harm } from '../../src/campaign/screening.ts';
import { partsOf } from '../../src/campaign/screening.ts';
import { catalogue, picture, story } from './specification.ts';

type Story = ReturnType<typeof story>;

const effects = (it: Story, events: readonly Event[]) =>
  events.flatMap((event) => react(it.campaign, event, usualTimes)).filter((e) => e.type !== 'sync-card');
const types = (it: Story, events: readonly Event[]) => effects(it, events).map((e) => e.type);
/** What is still held over a whole story, per account. */
const held = (it: Story) =>
  it.events
    .flatMap(postingsOf)
    .filter((p) => p.account.startsWith('campaign:'))
    .reduce((sum, p) => sum + (p.kind === 'reserve' ? p.micros : p.kind === 'release' ? -p.micros : 0), 0);

function worded(more: Parameters<typeof story>[0] = {}): Story {
  const it = story(more);
  it.open();
  it.refine();
  return it;
}

function withPicture(): { it: Story; reference: string } {
  const it = story();
  const source = { kind: 'link', url: 'https://example.com/style.png' } as const;
  it.open('Tea', { references: [{ name: 'style.png', purpose: 'style', source }] });
  const reference = it.campaign.references[0]?.id ?? '';
  it.told({ type: 'reference.fetched', reference, picture: picture('r'), notes: [], palette: [] });
  it.refine();
  return { it, reference };
}

const take = { of: 'take', n: 1 } as const;
const board = { of: 'stills', n: 1 } as const;
const passed = (purchase: typeof take | typeof board, unchecked: 'outage' | null = null) =>
  ({ type: 'moderation.passed', ...purchase, pictures: [], unchecked }) as const;
const declined = (purchase: typeof take | typeof board, reference: string | null = null) => ({
  type: 'moderation.declined' as const,
  ...purchase,
  what: reference === null ? ('words' as const) : ('reference' as const),
  reference,
  harms: ['violence'] satisfies Harm[] as Harm[],
});

describe('before money is spent', () => {
  test('a take is looked through, and bought only then', () => {
    const it = worded();
    expect(types(it, it.told({ type: 'generate' }))).toEqual(['moderate']);
    expect(types(it, it.told(passed(take)))).toEqual(['buy-take', 'sweep-take']);
    expect(it.told(passed(take))).toEqual([]);
  });

  test('stills are looked through together, and made only then', () => {
    const it = worded();
    expect(types(it, it.told({ type: 'make-stills' }))).toEqual(['moderate']);
    expect(types(it, it.told(passed(board)))).toEqual(['make-still', 'make-still', 'make-still']);
  });

  test('another model for the same words is not looked at again', () => {
    const it = worded();
    it.told({ type: 'generate' });
    it.told(passed(take));
    const more = it.told({ type: 'take.refused', take: 1, tag: 'c.take1.0.1', reason: 'outage' });
    expect(types(it, more)).toEqual(['buy-take', 'sweep-take']);
  });
});

describe('what is looked through', () => {
  const words = (it: Story) =>
    partsOf(it.campaign, take).flatMap((part) => (part.kind === 'words' ? [part.words] : []));

  test('the wording, all it was made from, and what will be on the screen', () => {
    const it = worded();
    it.told({ type: 'generate' });
    expect(words(it)).toEqual(['A calm film for Aurora tea', 'motion', 'Aurora']);
  });

  test('a person’s own wording takes the place of all that came before', () => {
    const it = worded();
    it.told({ type: 'edit-prompt', words: 'a cup, slowly' });
    it.told({ type: 'generate' });
    expect(words(it)).toEqual(['a cup, slowly', 'Aurora']);
  });

  test('every reference in use, and the still that was picked', () => {
    const { it, reference } = withPicture();
    it.told({ type: 'make-stills' });
    it.told(passed(board));
    it.told({ type: 'still.made', board: 1, still: 2, picture: picture('s'), cost: 10_000 });
    it.told({ type: 'pick-still', still: 2 });
    it.told({ type: 'generate' });
    const pictures = partsOf(it.campaign, take).filter((part) => part.kind === 'picture');
    expect(pictures).toEqual([
      { kind: 'picture', reference, picture: picture('r') },
      { kind: 'picture', reference: null, picture: picture('s') },
    ]);
  });
});

describe('declined', () => {
  test('words: nothing is bought, nothing stays held, no laxer model is asked, and the thread says what it was', () => {
    const it = worded();
    it.told({ type: 'generate' });
    const events = it.told(declined(take));
    expect(effects(it, events)).toEqual([]);
    expect(it.campaign.takes[0]).toMatchObject({ state: 'failed', reason: 'moderation-input', tried: [] });
    expect(it.campaign.replies.at(-1)?.say).toMatchObject({ about: 'declined', what: 'words' });
    expect(held(it)).toBe(0);
    expect(it.told(declined(take))).toEqual([]);
  });

  test('stills: every one of them is released', () => {
    const it = worded();
    it.told({ type: 'make-stills' });
    expect(held(it)).toBeGreaterThan(0);
    it.told(declined(board));
    expect(it.campaign.boards[0]?.stills.map((s) => s.reason)).toEqual(Array(3).fill('moderation-input'));
    expect(held(it)).toBe(0);
    expect(it.told(declined(board))).toEqual([]);
  });

  test('a reference: set aside, so that the next take goes on without it', () => {
    const { it, reference } = withPicture();
    it.told({ type: 'generate' });
    it.told(declined(take, reference));
    expect(it.campaign.references[0]).toMatchObject({ state: 'refused', code: 'image-declined' });
    expect(it.campaign.replies.at(-1)?.say).toMatchObject({ what: 'reference', name: 'style.png' });
    it.told({ type: 'generate' });
    expect(partsOf(it.campaign, { of: 'take', n: 2 }).some((part) => part.kind === 'picture')).toBe(false);
  });
});

describe('a moderator that cannot be reached', () => {
  const gaveUp = { type: 'gave-up', effect: { type: 'moderate', ...take }, sent: true } as const;

  test('the purchase goes on to a provider with rules of its own, and the record says so', () => {
    const it = worded();
    it.told({ type: 'generate' });
    expect(types(it, it.told(gaveUp))).toEqual(['buy-take', 'sweep-take']);
    expect(it.campaign.takes[0]?.clearance).toEqual({ pictures: [], unchecked: 'timeout' });
  });

  test('a model without rules of its own does not run, neither at first nor in place of another', () => {
    const lawless = catalogue.map((m) => (m.id === 'best' ? { ...m, unmoderated: true } : m));
    const first = worded({ catalogue: lawless });
    first.told({ type: 'generate' });
    first.told(passed(take, 'outage'));
    expect(first.campaign.takes[0]).toMatchObject({ state: 'failed', reason: 'unchecked' });
    expect(held(first)).toBe(0);

    const second = story({ catalogue: lawless });
    second.open('Tea', { options: { model: 'second' } });
    second.refine();
    second.told({ type: 'generate' });
    second.told(passed(take, 'outage'));
    second.told({ type: 'take.refused', take: 1, tag: 'c.take1.0.1', reason: 'outage' });
    expect(second.campaign.takes[0]).toMatchObject({ state: 'failed', tried: [] });
  });
});

describe('cancelled meanwhile', () => {
  test('nothing is bought, everything is released', () => {
    const it = worded();
    it.told({ type: 'make-stills' });
    it.told({ type: 'generate' });
    it.told({ type: 'cancel' });
    expect(effects(it, it.told(passed(take)))).toEqual([]);
    expect(effects(it, it.told(passed(board)))).toEqual([]);
    expect(it.campaign.takes[0]?.state).toBe('canceled');
    expect(it.campaign.boards[0]?.stills.map((s) => s.reason)).toEqual(Array(3).fill('called-off'));
    expect(held(it)).toBe(0);
  });
});
