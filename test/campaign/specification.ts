import type { Campaign } from '../../src/campaign/campaign.ts';
import { unopened } from '../../src/campaign/campaign.ts';
import type { Context } from '../../src/campaign/context.ts';
import { decide } from '../../src/campaign/decide.ts';
import type { Event } from '../../src/campaign/event.ts';
import { evolve } from '../../src/campaign/evolve.ts';
import type { Intent } from '../../src/campaign/intent.ts';
import type { Catalogue } from '../../src/campaign/model.ts';
import { Model } from '../../src/campaign/model.ts';
import type { Outcome } from '../../src/campaign/outcome.ts';
import { usualPolicy } from '../../src/campaign/policy.ts';
import { isRefusal, type Refusal } from '../../src/campaign/refusal.ts';

export const model = (given: object) =>
  Model.parse({
    provider: 'sample',
    goodFor: 'tests',
    kinds: ['text-to-video', 'image-to-video'],
    seconds: { from: 3, to: 30 },
    aspects: ['16:9', '9:16', '1:1', '4:5'],
    price: { perSecond: 100_000 },
    typicalWait: 8,
    quality: 'highest',
    verifiedOn: '2026-11-21',
    status: 'live',
    ...given,
  });

export const catalogue: Catalogue = [
  model({ id: 'best', name: 'Best', aliases: ['finest'], references: 4 }),
  model({ id: 'second', name: 'Second', quality: 'good', price: { perSecond: 20_000 } }),
  model({ id: 'gone', name: 'Gone', status: 'retired', shutdownOn: '2026-09-24', successor: 'best' }),
  model({ id: 'still', name: 'Still', kinds: ['still'], seconds: undefined, price: { perItem: 10_000 } }),
];

/** A context whose ids count up, so that a story reads the same at every run. */
export function contextWith(given: Partial<Context> = {}): Context {
  let n = 0;
  return {
    now: 1_000,
    id: () => `id${++n}`,
    workspace: 'w',
    person: 'maya',
    policy: usualPolicy,
    catalogue,
    ...given,
  };
}

/** A campaign that is asked and told things in turn; a refusal throws unless it is asked for. */
export function story(given: Partial<Context> = {}) {
  let campaign: Campaign = unopened('c');
  const events: Event[] = [];
  const context = contextWith(given);
  const take = (input: Intent | Outcome, by: Partial<Context> = {}): Event[] | Refusal => {
    const decided = decide(campaign, input, { ...context, ...by });
    if (isRefusal(decided)) return decided;
    campaign = decided.reduce(evolve, campaign);
    events.push(...decided);
    return decided;
  };
  const told = (input: Intent | Outcome, by: Partial<Context> = {}): Event[] => {
    const decided = take(input, by);
    if (isRefusal(decided)) throw new Error(`refused: ${decided.sentence}`);
    return decided;
  };
  return {
    take,
    told,
    events,
    get campaign() {
      return campaign;
    },
    open: (words = 'A calm film for Aurora tea', more: Partial<Extract<Intent, { type: 'open' }>> = {}) =>
      told({ type: 'open', words, options: {}, references: [], place: 'terminal:general', ...more }),
    /** The prompt is worded. */
    refine: () =>
      told({
        type: 'prompt.refined',
        n: campaign.refining?.n ?? 0,
        refinement: { still: 'still', motion: 'motion', rationale: 'why', product: 'Aurora', tagline: null },
      }),
    /** The newest take is made to its end, at the price it was reserved for. */
    finish: () => {
      const n = campaign.takes.length;
      const last = campaign.takes.at(-1);
      if (!last) throw new Error('no take');
      const tag = `c.take${n}.${last.tried.length}.${last.attempt}`;
      const prediction = `p${n}`;
      told({ type: 'take.created', take: n, tag, prediction });
      told({ type: 'take.succeeded', take: n, prediction, output: 'out', cost: last.held?.micros ?? 0 });
      told({ type: 'take.downloaded', take: n, film: file(`raw${n}`) });
      told({
        type: 'take.finished',
        take: n,
        cut: `${n}a`,
        film: film(`cut${n}`),
        poster: picture(`poster${n}`),
        notes: [],
      });
    },
  };
}

export const file = (sha256: string) => ({
  key: `generated/w/${sha256}.mp4`,
  sha256,
  bytes: 10,
  mime: 'video/mp4',
});
export const film = (sha256: string) => ({ ...file(sha256), width: 1280, height: 720, seconds: 6 });
export const picture = (sha256: string) => ({
  key: `generated/w/${sha256}.png`,
  sha256,
  bytes: 10,
  mime: 'image/png',
  width: 1280,
  height: 720,
});
