import { type Campaign, takeOf } from '../campaign/campaign.ts';
import type { EffectOf } from '../campaign/effect.ts';
import { FailureReason, type Take, tagOf } from '../campaign/take.ts';
import { Never, TryLater } from '../errors.ts';
import { withFolder } from '../media/film.ts';
import type { TakeOrder, VideoProvider } from '../providers/video.ts';
import type { Storage } from '../storage/storage.ts';
import type { Job, JobContext, JobResult } from './job.ts';
import { lookOf } from './look.ts';

interface Parts {
  videos: (model: string) => VideoProvider;
  storage: Storage;
}
type Buy = EffectOf<'buy-take'>;

/** Buys a take once: the claim of this effect is the fence, and a second attempt only looks. */
export function buyTake(parts: Parts): Job<'buy-take'> {
  return {
    async do(effect, context) {
      if (effect.look) return find(effect, context, parts);
      const take = openTake(context.campaign, effect);
      if (!take) return { outcome: { type: 'take.absent', take: effect.take, tag: effect.tag } };
      return buy(take, effect, context, parts);
    },
    find: (effect, context) => find(effect, context, parts),
  };
}

/** The take, while it still waits for this very purchase and the campaign still wants it. */
function openTake(campaign: Campaign, effect: Buy): Take | null {
  const take = takeOf(campaign, effect.take);
  const open = take?.state === 'requested' && tagOf(campaign.id, take) === effect.tag;
  return open && campaign.phase !== 'cancelled' ? take : null;
}

async function buy(take: Take, effect: Buy, context: JobContext, parts: Parts): Promise<JobResult> {
  const provider = parts.videos(take.model);
  try {
    const { prediction } = await withStill(take, parts, (still) =>
      provider.create(orderOf(context.campaign, take, effect.tag, still), context.signal),
    );
    await context.sent();
    return { outcome: { type: 'take.created', take: take.n, tag: effect.tag, prediction } };
  } catch (error) {
    if (!(error instanceof Never)) throw error;
    const reason = FailureReason.catch('provider-error').parse(error.code);
    return { outcome: { type: 'take.refused', take: take.n, tag: effect.tag, reason } };
  }
}

/** Hands the picked still to the provider as a file, for as long as it needs it. */
const withStill = <T>(
  take: Take,
  { storage }: Parts,
  use: (still: string | null) => Promise<T>,
): Promise<T> =>
  take.still === null
    ? use(null)
    : withFolder(async (folder) => {
        const file = `${folder}/still.png`;
        await storage.fetchTo(take.still?.key ?? '', file);
        return use(file);
      });

function orderOf(campaign: Campaign, take: Take, tag: string, still: string | null): TakeOrder {
  const revision = campaign.revisions.find((r) => r.n === take.revision);
  const { model, seconds, aspect, seed } = take;
  const prompt = revision?.motion.words ?? campaign.brief.words;
  return { tag, model, prompt, seconds, aspect, seed, look: lookOf(campaign), still };
}

async function find(
  { take: n, tag }: Buy,
  { campaign, policy }: JobContext,
  { videos }: Parts,
): Promise<JobResult> {
  const model = takeOf(campaign, n)?.model;
  if (model === undefined) return { done: true };
  const found = await videos(model).find(tag);
  if (found === 'unknown')
    throw new TryLater('purchase not yet known', { delay: policy.times.retry, sent: true });
  if (found === 'absent') return { outcome: { type: 'take.absent', take: n, tag } };
  return { outcome: { type: 'take.created', take: n, tag, prediction: found.prediction } };
}
