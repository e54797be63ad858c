import type { Campaign } from '../campaign/campaign.ts';
import { isSilent, modelUnder, type Take, takeIn } from '../campaign/take.ts';
import type { TakeOrder } from '../providers/video.ts';
import { lookOf } from './look.ts';
import type { OrderFiles } from './order-files.ts';

/** What is, or was, ordered under a tag: a take that had to change its model had other orders before. */
export function takeOrder(campaign: Campaign, take: Take, tag: string, files: OrderFiles): TakeOrder {
  const revision = campaign.revisions.find((r) => r.n === take.revision);
  const { seconds, aspect, seed } = take;
  const model = modelUnder(take, tag);
  const silent = isSilent(take, takeIn(tag)?.tried);
  const prompt = revision?.motion.words ?? campaign.brief.words;
  return { tag, model, prompt, seconds, aspect, seed, silent, look: lookOf(campaign), ...files };
}
