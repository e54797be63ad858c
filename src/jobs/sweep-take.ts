import type { Campaign } from '../campaign/campaign.ts';
import { takeOf } from '../campaign/campaign.ts';
import { knows, type Take, tagOf } from '../campaign/take.ts';
import type { Bought, TakeOrder, VideoProvider } from '../providers/video.ts';
import { type Job, repeatable } from './job.ts';
import { noFiles } from './order-files.ts';
import { takeOrder } from './take-order.ts';

type Videos = (model: string) => VideoProvider;

/**
 * Looks for purchases of a take that nobody knows of, as long as their provider may still come to list one: what no
 * protocol can rule out is found, called back and booked.
 */
export const sweepTake = (videos: Videos): Job<'sweep-take'> =>
  repeatable(async ({ take: n, tag }, { campaign, policy, now, sent }) => {
    const take = takeOf(campaign, n);
    // Since bought anew, it has a younger sweep.
    if (!take || tagOf(campaign.id, take) !== tag) return { done: true };
    const found = await boughtFor(campaign, take, videos, now() - policy.times.swept);
    await sent();
    if (found === null) return { done: true };
    if (found.every(({ prediction }) => knows(take, prediction)))
      return { again: { delay: policy.times.sweep } };
    return { outcome: { type: 'take.found', take: n, found } };
  });

/** Null where none of its providers lists anything. */
async function boughtFor(
  campaign: Campaign,
  take: Take,
  videos: Videos,
  since: number,
): Promise<Bought[] | null> {
  const orders = Map.groupBy(ordersOf(campaign, take), ({ model }) => videos(model));
  const listing = [...orders].filter(([provider]) => provider.bought);
  if (listing.length === 0) return null;
  const found = await Promise.all(
    listing.map(([provider, mine]) => provider.bought?.(mine, Math.max(since, take.requestedAt)) ?? []),
  );
  return found.flat();
}

/** Everything that was ever ordered for it. */
const ordersOf = (campaign: Campaign, take: Take): TakeOrder[] =>
  [...take.tried, null].flatMap((_, route) =>
    Array.from({ length: take.attempt }, (__, i) => {
      const made = { n: take.n, attempt: i + 1, tried: take.tried.slice(0, route) };
      return takeOrder(campaign, take, tagOf(campaign.id, made), noFiles);
    }),
  );
