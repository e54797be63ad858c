import { type Campaign, takeOf } from '../campaign/campaign.ts';
import type { EffectOf } from '../campaign/effect.ts';
import type { Frame } from '../campaign/file.ts';
import type { Aspect } from '../campaign/model.ts';
import { type Take, tagOf } from '../campaign/take.ts';
import { TryLater } from '../errors.ts';
import type { VideoProvider } from '../providers/video.ts';
import type { Storage } from '../storage/storage.ts';
import { provenAbsent, wasSent } from './absence.ts';
import type { Job, JobContext, JobResult } from './job.ts';
import { noFiles, withFiles } from './order-files.ts';
import { refusalIn } from './refusal-in.ts';
import { takeOrder } from './take-order.ts';

interface Parts {
  videos: (model: string) => VideoProvider;
  storage: Storage;
  /** Output pixels of a shape. */
  frame: (aspect: Aspect) => Frame;
}
type Buy = EffectOf<'buy-take'>;

/** Buys a take once: the claim of this effect is the fence, and a second attempt only looks. */
export function buyTake(parts: Parts): Job<'buy-take'> {
  return {
    async do(effect, context) {
      if (effect.look) return lookUp(effect, context, parts);
      const take = openTake(context.campaign, effect);
      // Somebody else has settled it, or left it to people: that nothing was sent from here proves nothing.
      if (!take) return { done: true };
      if (context.campaign.phase !== 'cancelled') return buy(take, effect, context, parts);
      return { outcome: { type: 'take.absent', take: effect.take, tag: effect.tag } };
    },
    find: async (effect, context) =>
      effect.look || wasSent(context) ? lookUp(effect, context, parts) : 'absent',
  };
}

/** The take, while it still waits for this very purchase. */
function openTake(campaign: Campaign, effect: Buy): Take | null {
  const take = takeOf(campaign, effect.take);
  return take?.state === 'requested' && tagOf(campaign.id, take) === effect.tag ? take : null;
}

async function buy(take: Take, effect: Buy, context: JobContext, parts: Parts): Promise<JobResult> {
  const provider = parts.videos(take.model);
  const { campaign, signal, guard } = context;
  try {
    const at = { storage: parts.storage, frame: parts.frame(take.aspect) };
    const { prediction } = await withFiles(campaign, take, at, (files) =>
      provider.create(takeOrder(campaign, take, effect.tag, files), { signal, guard }),
    );
    await context.sent();
    return { outcome: { type: 'take.created', take: take.n, tag: effect.tag, prediction } };
  } catch (error) {
    const { reason } = refusalIn(error);
    return { outcome: { type: 'take.refused', take: take.n, tag: effect.tag, reason } };
  }
}

/** What the provider knows of a purchase of which nobody heard: bought, not bought, or for people to decide. */
async function lookUp(effect: Buy, context: JobContext, { videos }: Parts): Promise<JobResult> {
  const { take: n, tag } = effect;
  const take = takeOf(context.campaign, n);
  if (!take) return { done: true };
  const provider = videos(take.model);
  if (provider.memory === 'never') return { outcome: { type: 'take.ambiguous', take: n, tag } };
  const order = takeOrder(context.campaign, take, tag, noFiles);
  const found = await provider.find(order, take.requestedAt);
  if (found === 'unknown')
    throw new TryLater('purchase not yet known', { delay: context.policy.times.retry, sent: true });
  if (found !== 'absent')
    return { outcome: { type: 'take.created', take: n, tag, prediction: found.prediction } };
  if (provider.memory !== 'at-once') await provenAbsent(context, `progress:${n}`);
  return { outcome: { type: 'take.absent', take: n, tag } };
}
