import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KitPin } from '../../src/campaign/brand-kit.ts';
import { type Campaign, runningTake, unopened } from '../../src/campaign/campaign.ts';
import { cardsOf, keysOf } from '../../src/campaign/cards.ts';
import type { Context } from '../../src/campaign/context.ts';
import { decide } from '../../src/campaign/decide.ts';
import type { Effect } from '../../src/campaign/effect.ts';
import type { Event } from '../../src/campaign/event.ts';
import { evolve } from '../../src/campaign/evolve.ts';
import type { Intent } from '../../src/campaign/intent.ts';
import type { Outcome } from '../../src/campaign/outcome.ts';
import { usualPolicy, usualTimes } from '../../src/campaign/policy.ts';
import type { Meaning } from '../../src/campaign/prompt.ts';
import { react } from '../../src/campaign/react.ts';
import { eventVersion, readEvent } from '../../src/campaign/read-event.ts';
import { isRefusal, type RefusalCode } from '../../src/campaign/refusal.ts';
import type { Card } from '../../src/chat/card.ts';
import { composeCard } from '../../src/chat/compose.ts';
import { render } from '../../src/chat/slack/render.ts';
import { rendering } from '../chat/slack/cards.ts';
import { faultsInBlocks } from '../support/slack/block-kit.ts';
import { books } from './books.ts';
import { catalogue, contextWith, file, film, picture } from './specification.ts';

const small = fc.integer({ min: 1, max: 3 });
const words = fc.oneof(
  fc.constantFrom('', 'darker', 'Tea', '6s', '🎉', '--x', '9:16', 'x'.repeat(5000)),
  fc.string(),
);
const person = fc.constantFrom('maya', 'lee', 'kim');
const verdict = fc.constantFrom('approve', 'request-changes', 'reject');
const offers = fc.array(
  fc.record({
    name: fc.constantFrom('logo.png', 'mood.jpg', ''),
    purpose: fc.constantFrom(null, 'style'),
    source: fc.constant({ kind: 'attachment', attachment: 'a' }),
  }),
  { maxLength: 2 },
);
const options = fc.record(
  {
    model: fc.constantFrom('best', 'gone', 'nothing', 'second'),
    seconds: fc.constantFrom(0, -5, 6, 20, 45, 1e9, 6.5),
    aspect: fc.constantFrom('16:9', '9:16'),
    template: fc.constantFrom('brand-animation', 'social-media'),
    platform: fc.constantFrom('tiktok', 'youtube'),
    verbatim: fc.boolean(),
    brand: fc.constantFrom('Aurora', 'none', 'nothing'),
  },
  { requiredKeys: [] },
);
const kind = <T extends string>(type: T) => fc.constant(type);

const intent = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.record({ type: kind('open'), words, options, references: offers, place: kind('p') }),
  },
  { weight: 4, arbitrary: fc.record({ type: kind('say'), words, references: offers }) },
  { weight: 1, arbitrary: fc.record({ type: kind('edit-prompt'), words }) },
  { weight: 1, arbitrary: fc.record({ type: kind('use-my-words') }) },
  { weight: 1, arbitrary: fc.record({ type: kind('set'), options }) },
  { weight: 1, arbitrary: fc.record({ type: kind('use-kit'), kit: fc.constantFrom('k1', 'k2', 'k9', '') }) },
  { weight: 2, arbitrary: fc.record({ type: kind('make-stills') }) },
  { weight: 2, arbitrary: fc.record({ type: kind('pick-still'), still: small }) },
  { weight: 8, arbitrary: fc.record({ type: kind('generate') }) },
  {
    weight: 8,
    arbitrary: fc.record({ type: kind('vote'), verdict, cut: fc.constantFrom('1a', '2a', '3a'), words }),
  },
  { weight: 1, arbitrary: fc.record({ type: kind('show-film'), cut: fc.constantFrom('1a', '2a') }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: kind('remove-reference'), reference: fc.constantFrom('id1', 'id9') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: kind('resolve-take'),
      take: small,
      answer: fc.constantFrom('check', 'retry', 'give-up'),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: kind('allow-spending'), spending: small }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: kind('resolve-still'),
      board: small,
      still: small,
      answer: fc.constantFrom('retry', 'give-up'),
    }),
  },
) as fc.Arbitrary<Intent>;

/** Outcomes are drawn as recipes, because what can be reported depends on what was asked: some fit, some do not. */
const recipe = fc.record({
  what: fc.constantFrom(
    'worded',
    'unworded',
    'read',
    'created',
    'twice',
    'absent',
    'listed',
    'ambiguous',
    'refused',
    'succeeded',
    'failed',
    'canceled',
    'downloaded',
    'garbage',
    'finished',
    'unfinished',
    'still',
    'no-still',
    'lost-still',
    'checked',
    'gave-up',
    'fetched',
    'unfetched',
    'passed',
  ),
  take: small,
  reason: fc.constantFrom('outage', 'moderation-input', 'retired', 'timeout'),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  manager: fc.boolean(),
});
type Recipe = typeof recipe extends fc.Arbitrary<infer R> ? R : never;

const readings: Meaning[][] = [
  [{ kind: 'go' }, { kind: 'price' }],
  [{ kind: 'cancel' }, { kind: 'go' }],
  [{ kind: 'refine', note: 'darker' }, { kind: 'stills' }, { kind: 'must', text: 'tea' }],
];

function outcomeOf(campaign: Campaign, { what, take: n, reason, share, manager }: Recipe): Outcome {
  const take = campaign.takes.find((t) => t.n === n);
  const tag = take ? `${campaign.id}.take${n}.${take.tried.length}.${take.attempt}` : 'none';
  const prediction = what === 'twice' ? `other${n}` : (take?.prediction ?? `p${n}.${take?.tried.length}`);
  const cost = Math.floor((take?.held?.micros ?? 120_000) * share);
  const board = campaign.boards.length || 1;
  const n2 = campaign.refining?.n ?? 1;
  const refinement = { still: 's', motion: 'm', rationale: '', product: null, tagline: null };
  const votes = [...(campaign.review?.votes ?? []), ...campaign.spendings.flatMap((s) => s.allowances)];
  const vote = votes.findLast((v) => v.state === 'checking')?.id ?? 'none';
  const reference = campaign.references.find((r) => r.state === 'fetching')?.id ?? 'none';
  const message = campaign.heard[0]?.message ?? 'none';
  const why = reason as 'outage';
  switch (what) {
    case 'worded':
      return { type: 'prompt.refined', n: n2, refinement };
    case 'unworded':
      return { type: 'prompt.unrefined', n: n2, reason: why };
    case 'read':
      return {
        type: 'message.understood',
        message,
        reading: { meanings: readings[n % readings.length] ?? [{ kind: 'go' }] },
      };
    case 'created':
    case 'twice':
      return { type: 'take.created', take: n, tag, prediction };
    case 'absent':
    case 'ambiguous':
      return { type: `take.${what}`, take: n, tag };
    case 'listed': {
      const model = take?.model ?? 'best';
      const listed = [`other${n}`, prediction, `p${n}.0`].map((one, i) => ({
        prediction: one,
        model,
        isDead: i === 0 && manager,
      }));
      return { type: 'take.found', take: n, found: share < 0.5 ? listed : listed.reverse() };
    }
    case 'refused':
      return { type: 'take.refused', take: n, tag, reason: why };
    case 'succeeded':
      return { type: 'take.succeeded', take: n, prediction, output: 'o', cost };
    case 'failed':
      return { type: 'take.failed', take: n, prediction, reason: why, cost };
    case 'canceled':
      return { type: 'take.canceled', take: n, prediction, cost };
    case 'downloaded':
      return { type: 'take.downloaded', take: n, film: file(`raw${n}`) };
    case 'garbage':
    case 'unfinished':
      return { type: `take.${what}`, take: n };
    case 'finished':
      return {
        type: 'take.finished',
        take: n,
        cut: `${n}a`,
        film: film(`cut${n}`),
        poster: picture(`poster${n}`),
        notes: [],
      };
    case 'still':
      return { type: 'still.made', board, still: n, picture: picture(`s${n}`), cost: 10_000 };
    case 'lost-still':
      return { type: 'still.ambiguous', board, still: n };
    case 'no-still':
      return { type: 'still.failed', board, still: n, reason: why, cost: 0 };
    case 'checked':
      return { type: 'approver.checked', vote, who: { name: '', groups: [], manager } };
    case 'fetched':
      return { type: 'reference.fetched', reference, picture: picture('r'), notes: [], palette: ['#aabbcc'] };
    case 'unfetched':
      return { type: 'reference.refused', reference, code: 'image-pdf' };
    case 'passed':
      return { type: 'time.passed', key: share < 0.5 ? `unconfirmed:${n}` : `remind:${n}a` };
    default:
      return { type: 'gave-up', effect: givenUp(n, tag, prediction, share), sent: manager };
  }
}

function givenUp(take: number, tag: string, prediction: string, share: number): Effect {
  const all: Effect[] = [
    { type: 'buy-take', take, tag, look: share < 0.1 },
    { type: 'watch-take', take, prediction },
    { type: 'download-take', take, output: 'o' },
    { type: 'finish-take', take, cut: `${take}a` },
    { type: 'make-still', board: 1, still: take },
    { type: 'refine-prompt', n: take },
    { type: 'sync-card', place: 'p', key: `cut:${take}a` },
  ];
  return all[Math.floor(share * all.length) % all.length] as Effect;
}

/** What fits the state just now, so that stories also get somewhere: the running take goes on, the cut is voted on. */
const onward = fc.record({ onward: fc.constantFrom('take', 'vote'), verdict, person });
type Onward = typeof onward extends fc.Arbitrary<infer O> ? O : never;

const following = {
  requested: 'created',
  created: 'succeeded',
  succeeded: 'downloaded',
  downloaded: 'finished',
} as const;

function stepOnward(campaign: Campaign, { onward: what, verdict: given }: Onward): Intent | Outcome {
  const take = campaign.takes.at(-1);
  const fitting = (next: Recipe['what']): Outcome =>
    outcomeOf(campaign, { what: next, take: take?.n ?? 1, reason: 'outage', share: 1, manager: true });
  if (what === 'vote') {
    if (campaign.review?.votes.some((v) => v.state === 'checking')) return fitting('checked');
    return { type: 'vote', verdict: given as 'approve', cut: campaign.review?.cut ?? '1a', words: 'because' };
  }
  if (campaign.references.some((r) => r.state === 'fetching')) return fitting('fetched');
  if (campaign.refining) return fitting('worded');
  const asked = campaign.spendings.findLast((s) => s.state === 'asked');
  if (asked)
    return asked.allowances.some((a) => a.state === 'checking')
      ? fitting('checked')
      : { type: 'allow-spending', spending: asked.n };
  return take && take.state in following
    ? fitting(following[take.state as keyof typeof following])
    : { type: 'generate' };
}

const command = fc.oneof(
  { weight: 3, arbitrary: fc.record({ person, intent }) },
  { weight: 3, arbitrary: fc.record({ recipe }) },
  { weight: 6, arbitrary: onward },
);
type Command = { person: string; intent: Intent } | { recipe: Recipe } | Onward;

function inputOf(campaign: Campaign, given: Command): Intent | Outcome {
  if ('onward' in given) return stepOnward(campaign, given);
  return 'intent' in given ? given.intent : outcomeOf(campaign, given.recipe);
}

/** Plays commands as the engine would: what the books do not grant is decided again with that knowledge. */
/** A brand that changes now and then, one that lends nothing but a name, and the first is the usual one. */
const brandsAfter = (events: number) => ({
  kits: ['Aurora', 'Borealis'].map((name, i) => ({
    ...{ id: `k${i + 1}`, name, revision: 1 + Math.floor(events / 60), colours: ['#0f766e'] },
    logo: i === 0 ? { name: 'a.svg', picture: picture('kit'), notes: [], palette: [] } : null,
    ...{ voice: { words: 'calm' }, bans: [{ words: 'people' }] },
  })),
  usual: 'k1',
});

/** `step`: what follows from each command, once it is in the campaign. */
type Watch = (campaign: Campaign, step: readonly Event[], context: Context) => void;

function play(commands: readonly Command[], cap: number, watch?: Watch) {
  const caps = { take: cap, campaign: cap, personDay: cap, workspaceMonth: cap };
  // Stills are cheap and takes are not: a cap that is small has everything above the limit.
  const autoLimit = cap < 500_000 ? 0 : usualPolicy.autoLimit;
  // In half of the stories the best model has to be asked about.
  const askAbove = cap < 5_000_000 ? usualPolicy.askAbove : 500_000;
  const context = contextWith({ policy: { ...usualPolicy, caps, autoLimit, askAbove } });
  const ledger = books();
  const events: Event[] = [];
  let campaign = unopened('c');
  let dear = 0;
  const opening: Intent = { type: 'open', words: 'Tea', options: {}, references: [], place: 'p' };
  for (const c of [{ person: 'maya', intent: opening }, ...commands]) {
    const input = inputOf(campaign, c);
    const brands = brandsAfter(events.length);
    const by = { ...context, brands, person: 'person' in c ? c.person : '' };
    let decided = decide(campaign, input, by);
    if (isRefusal(decided)) {
      expect(decided.sentence.length).toBeGreaterThan(10);
      continue;
    }
    const short = ledger.post(decided);
    if (short) {
      decided = decide(campaign, input, { ...by, short });
      if (isRefusal(decided)) continue;
      expect(ledger.post(decided)).toBeNull();
    }
    for (const event of decided) {
      campaign = evolve(campaign, event);
      events.push(event);
      check(campaign, event);
      if (event.type === 'take.requested' && event.held.micros > (askAbove ?? cap)) dear += 1;
      // Each take that somebody had to be asked about has used up an allowance of its own.
      expect(campaign.spendings.filter((s) => s.state === 'spent').length).toBeGreaterThanOrEqual(dear);
    }
    watch?.(campaign, decided, { ...context, brands: brandsAfter(events.length) });
  }
  return { campaign, events, rows: ledger.rows() };
}

/** What must hold after every single fact. */
function check(campaign: Campaign, event: Event): void {
  react(campaign, event, usualTimes);
  if (event.type === 'kit.taken') expect(runningTake(campaign)).toBeUndefined();
  if (event.type === 'take.requested') {
    expect(campaign.review).toBeNull();
    expect(event.kit).toEqual(campaign.kit && KitPin.parse(campaign.kit));
    expect(campaign.phase).toBe('generating');
  }
  if (event.type !== 'verdict.given') return;
  const take = campaign.takes.find((t) => t.cut?.id === event.cut);
  expect(take?.state).toBe('finished');
  expect(event.sha256).toBe(take?.cut?.film.sha256);
  expect(event.role).not.toBe('');
  expect(event.person).not.toBe(campaign.requester);
}

const runs = { numRuns: 400 };
const cancel: Command = { person: 'maya', intent: { type: 'cancel' } };
/** Half of the stories are cancelled somewhere on the way. */
const commands = fc
  .tuple(fc.array(command, { maxLength: 80, size: 'max' }), fc.option(fc.nat(80), { freq: 2 }))
  .map(([list, at]) => (at === null ? list : [...list.slice(0, at), cancel, ...list.slice(at)]));

test('nothing that is asked or reported, in any order, throws or breaks the books', () => {
  fc.assert(
    fc.property(commands, fc.constantFrom(300_000, 900_000, 5_000_000), (list, cap) => {
      const { rows, campaign } = play(list, cap);
      for (const row of rows) {
        expect(row.reserved).toBeGreaterThanOrEqual(0);
        expect(row.reserved + row.spent).toBeLessThanOrEqual(row.cap);
      }
      const held = [...campaign.takes, ...campaign.boards.flatMap((b) => b.stills)];
      const open = held.reduce((sum, item) => sum + (item.held?.micros ?? 0), 0);
      expect(rows[0]?.reserved ?? 0).toBe(open);
    }),
    runs,
  );
});

test('a take ends exactly once, whatever is reported afterwards', () => {
  fc.assert(
    fc.property(commands, (list) => {
      const { events, campaign } = play(list, 5_000_000);
      for (const { n } of campaign.takes) {
        const ends = events.filter(
          (e) =>
            ['take.finished', 'take.failed', 'take.canceled'].includes(e.type) && 'take' in e && e.take === n,
        );
        expect(ends.length).toBeLessThanOrEqual(1);
      }
    }),
    runs,
  );
});

test('the history alone tells the same state, also after it was written down and read again', () => {
  fc.assert(
    fc.property(commands, (list) => {
      const { events, campaign } = play(list, 5_000_000);
      const kept = JSON.parse(JSON.stringify(events)) as Event[];
      const read = kept.map(({ type, ...body }) => readEvent(type, eventVersion, body));
      expect(read.reduce(evolve, unopened('c'))).toEqual(campaign);
    }),
    runs,
  );
});

test('every card of every state can be composed, and shown in Slack', () => {
  fc.assert(
    fc.property(commands, (list) => {
      const { campaign } = play(list, 5_000_000);
      for (const key of keysOf(campaign)) {
        const card = composeCard(key, { campaign, live: [], kits: brandsAfter(0).kits }, { catalogue });
        if (card) expect(faultsInBlocks(render(card, rendering()).blocks)).toEqual([]);
      }
    }),
    { numRuns: 150 },
  );
});

/** Everything on a card that can be pressed, filled in as a person would. */
const pressedOn = ({ buttons, choices, items }: Card): Intent[] => [
  ...[...buttons, ...items.flatMap((item) => item.buttons)].map(({ does, asks }) =>
    asks ? ({ ...does, words: 'because' } as Intent) : does,
  ),
  ...choices.flatMap(({ does }) => does ?? []),
  ...items.flatMap(({ menu }) =>
    (menu?.options ?? []).map(({ value }) => ({ ...menu?.does, [menu?.fills ?? '']: value }) as Intent),
  ),
];

/** A "no" of this moment, or of the money: another time the same press does what it says. */
const notNow: readonly RefusalCode[] = [
  'prompt-not-ready',
  'references-not-ready',
  'stills-running',
  'still-unconfirmed',
  'spending-waits',
  'model-none-fits',
  'retry-unallowed',
  'cap-take',
  'cap-account',
];

test('whatever a card that was shown offers can be pressed: none is left with what is over', () => {
  fc.assert(
    fc.property(commands, fc.constantFrom(300_000, 5_000_000), (list, cap) => {
      const shown = new Map<string, Card>();
      let world: Context | undefined;
      const { campaign } = play(list, cap, (now, step, context) => {
        world = context;
        const { kits } = brandsAfter(0);
        for (const key of new Set(step.flatMap((event) => cardsOf(now, event)))) {
          const card = composeCard(key, { campaign: now, live: [], kits }, { catalogue });
          if (card) shown.set(key, card);
        }
      });
      for (const [key, card] of shown)
        for (const pressed of pressedOn(card)) {
          const answers = ['maya', 'lee'].map((by) =>
            decide(campaign, pressed, { ...world, person: by } as Context),
          );
          const refused = answers.every((answer) => isRefusal(answer) && !notNow.includes(answer.refusal));
          expect(refused && { key, pressed, answers }).toBe(false);
        }
    }),
    { numRuns: 300 },
  );
});
