import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Intent } from '../../src/campaign/intent.ts';
import type { Doors } from '../../src/chat/chat.ts';
import { doors } from '../../src/wiring/doors.ts';
import { memoryChat } from '../support/chat.ts';
import { type Rig, rig } from '../support/rig.ts';

const cut = '1a';
const none = { references: [] };
const intents: Intent[] = [
  { type: 'say', words: 'darker', ...none },
  { type: 'edit-prompt', words: 'mine now' },
  { type: 'use-my-words' },
  { type: 'set', options: { seconds: 5 } },
  { type: 'make-stills' },
  { type: 'pick-still', still: 1 },
  { type: 'generate' },
  { type: 'vote', verdict: 'approve', cut, words: '' },
  { type: 'vote', verdict: 'reject', cut, words: 'no' },
  { type: 'remove-reference', reference: 'r1' },
  { type: 'set-purpose', reference: 'r1', purpose: 'logo' },
  { type: 'resolve-take', take: 1, answer: 'give-up' },
  { type: 'resolve-still', board: 1, still: 1, answer: 'retry' },
  { type: 'show-film', cut },
  { type: 'cancel' },
];

/** Two tenants in one house; each tries what is the other's. */
describe('what belongs to another workspace', () => {
  let it: Rig;
  let open: Doors;
  let ids = 0;
  const homes: Record<string, { campaign: string; place: string; message: string }> = {};
  const platform = memoryChat({ lee: { groups: [], manager: true } });

  async function home(workspace: string): Promise<void> {
    const asked = { words: `A film of ${workspace}`, options: {}, place: 'memory:c', ...none };
    const at = { place: 'memory:c' };
    const intent: Intent = { type: 'open', ...asked };
    const { campaign } = await it.engine.tell({ id: `o${++ids}`, workspace, person: 'maya', at, intent });
    const id = campaign ?? '';
    await it.until(id, (c) => c.revisions.length > 0 && !c.refining && c.place !== null);
    await tell(workspace, { campaign: id }, { type: 'generate' });
    const { place } = await it.until(id, (c) => c.review !== null);
    await it.quiet(id);
    const card = await it.journal.card(place ?? '', `review:${cut}`);
    homes[workspace] = { campaign: id, place: place ?? '', message: card?.message ?? '' };
  }

  const tell = (workspace: string, at: { campaign: string } | { place: string }, intent: Intent) =>
    it.engine.tell({ id: `t${++ids}`, workspace, person: 'lee', at, intent });
  const everything = async (workspace: string) => {
    const { campaign, place } = homes[workspace] as (typeof homes)[string];
    const stream = `campaign:${campaign}`;
    return [
      await it.journal.history(stream),
      await it.journal.ledger({ workspace }),
      await it.journal.head(stream),
      await it.journal.card(place, `review:${cut}`),
      await it.engine.board({ workspace, limit: 10 }),
    ];
  };

  beforeEach(async () => {
    it = await rig({ chat: platform.chat });
    await it.start();
    const parts = {
      engine: it.engine,
      journal: it.journal,
      catalogue: it.catalogue,
      clock: Date.now,
      seal: null,
    };
    open = doors('memory', parts);
    await home('red');
    await home('blue');
  });
  afterEach(() => it.close());

  test('never answers and never changes, by whatever id it is asked for', async () => {
    const before = await everything('red');
    const { campaign, place, message } = homes['red'] as (typeof homes)[string];
    const by = { workspace: 'blue', person: 'lee' };
    const ask = fc.constantFrom<(intent: Intent) => Promise<{ campaign: string | null; answer: unknown }>>(
      (intent) => open.tell({ ...by, id: `f${++ids}`, at: { campaign }, intent }),
      (intent) => open.tell({ ...by, id: `f${++ids}`, at: { place }, intent }),
      (intent) => open.tell({ ...by, id: `f${++ids}`, at: { campaign: `${campaign} ` }, intent }),
      (intent) => open.tell({ ...by, id: `f${++ids}`, at: { campaign: `red:${campaign}` }, intent }),
    );
    await fc.assert(
      fc.asyncProperty(ask, fc.constantFrom(...intents), async (door, intent) => {
        const { answer } = await door(intent);
        expect(JSON.stringify(answer)).not.toContain('red');
      }),
      { numRuns: 300 },
    );
    for (const verdict of ['approve', 'reject'] as const) {
      const reacted = await open.react({ ...by, id: `r${++ids}`, place, message, verdict });
      expect(JSON.stringify(reacted)).not.toContain('of red');
    }
    expect(await open.campaignAt('blue', place)).toBeNull();
    for (const at of [place, null]) {
      const boards = await open.ask({ ...by, place: at, question: { about: 'campaigns' } });
      expect(JSON.stringify(boards)).not.toContain('A film of red');
    }
    expect(await open.running({ ...by, place })).not.toContainEqual({
      value: campaign,
      label: expect.anything(),
    });
    expect(await open.concerns({ ...by, place, campaign })).toBe(false);
    expect(await everything('red')).toEqual(before);
  });

  test('lends no brand kit, by its name or its id', async () => {
    const keep = { type: 'keep-kit', kit: null, name: 'Redwood', usual: true, place: 'memory:c' } as const;
    const who = { name: 'Lee', groups: [], manager: true };
    await open.brand({ id: 'kit', workspace: 'red', person: 'lee', who, intent: keep });
    const [kit] = (await open.brands('red')).kits;
    expect(kit?.name).toBe('Redwood');
    expect(await open.brands('blue')).toEqual({ kits: [], usual: null });
    const by = { workspace: 'blue', person: 'lee' };
    for (const question of [{ about: 'brands' }, { about: 'brands', name: kit?.id ?? '' }] as const)
      expect(JSON.stringify(await open.ask({ ...by, place: null, question }))).not.toContain('Redwood');
    const drop = { type: 'drop-kit', kit: kit?.id ?? '' } as const;
    expect((await open.brand({ ...by, id: 'drop', who, intent: drop })).refusal?.refusal).toBe('kit-unknown');
    const { campaign } = homes['blue'] as (typeof homes)[string];
    const use: Intent = { type: 'use-kit', kit: kit?.id ?? '' };
    expect((await tell('blue', { campaign }, use)).refusal?.sentence).not.toContain('Redwood');
    expect((await tell('blue', { campaign }, use)).refusal?.refusal).toBe('kit-gone');
    const asked = { words: 'A film', options: {}, place: 'memory:c', ...none };
    const opened = await tell('blue', { place: 'memory:c' }, { type: 'open', ...asked });
    expect((await it.engine.campaign(`campaign:${opened.campaign}`)).kit).toBeNull();
  });

  test('answers to its own', async () => {
    const { campaign, place } = homes['red'] as (typeof homes)[string];
    expect(await open.campaignAt('red', place)).not.toBeNull();
    const vote = intents.find((intent) => intent.type === 'vote') as Intent;
    expect(await tell('red', { campaign }, vote)).toMatchObject({ refusal: null });
    expect((await it.until(campaign, (c) => c.phase === 'approved')).review?.verdict).toBe('approve');
    expect(await tell('blue', { place: homes['blue']?.place ?? '' }, { type: 'cancel' })).toMatchObject({
      refusal: null,
    });
  });
});
