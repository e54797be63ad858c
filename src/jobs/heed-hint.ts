import { takeOf } from '../campaign/campaign.ts';
import { knows } from '../campaign/take.ts';
import type { VideoProvider } from '../providers/video.ts';
import { type Job, repeatable } from './job.ts';
import { noFiles } from './order-files.ts';
import { takeOrder } from './take-order.ts';

/** Asks the provider whether a prediction is the purchase it is said to be; only then the campaign hears of it. */
export const heedHint = (videos: (model: string) => VideoProvider): Job<'heed-hint'> =>
  repeatable(async ({ take: n, tag, prediction }, { campaign, sent }) => {
    const take = takeOf(campaign, n);
    if (!take || knows(take, prediction)) return { done: true };
    const order = takeOrder(campaign, take, tag, noFiles);
    const isOurs = (await videos(order.model).owns?.(order, prediction)) ?? false;
    await sent();
    return isOurs ? { outcome: { type: 'take.created', take: n, tag, prediction } } : { done: true };
  });
