import { takeOf } from '../campaign/campaign.ts';
import type { VideoProvider } from '../providers/video.ts';
import { type Job, repeatable } from './job.ts';

/** Calls a prediction back; how it ended, and what it cost, `watch-take` hears. */
export const cancelTake = (videos: (model: string) => VideoProvider): Job<'cancel-take'> =>
  repeatable(async ({ take, prediction, ...effect }, { campaign, sent }) => {
    const model = effect.model ?? takeOf(campaign, take)?.model;
    if (model !== undefined) await videos(model).cancel(prediction);
    await sent();
    return { done: true };
  });
