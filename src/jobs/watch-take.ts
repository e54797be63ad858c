import { takeOf } from '../campaign/campaign.ts';
import type { Progress, VideoProvider } from '../providers/video.ts';
import { type Job, type JobResult, repeatable } from './job.ts';

/** Looks how a prediction goes, again and again, until it has ended. */
export const watchTake = (videos: (model: string) => VideoProvider): Job<'watch-take'> =>
  repeatable(async ({ take, prediction, ...effect }, { campaign, policy, sent }) => {
    const watched = takeOf(campaign, take);
    const model = effect.model ?? watched?.model;
    if (model === undefined) return { done: true };
    const provider = videos(model);
    const progress = await provider.watch(prediction, watched?.held?.micros);
    await sent();
    const { poll, pollCalled } = policy.times;
    return (
      ended(take, prediction, progress) ?? waiting(take, progress, provider.callsBack ? pollCalled : poll)
    );
  });

const waiting = (take: number, live: Progress, delay: number): JobResult => ({
  again: { delay, live, sync: `progress:${take}` },
});

function ended(take: number, prediction: string, progress: Progress): JobResult | null {
  switch (progress.state) {
    case 'succeeded': {
      const { output, cost } = progress;
      return { outcome: { type: 'take.succeeded', take, prediction, output, cost } };
    }
    case 'failed': {
      const { reason, cost } = progress;
      return { outcome: { type: 'take.failed', take, prediction, reason, cost } };
    }
    case 'canceled':
      return { outcome: { type: 'take.canceled', take, prediction, cost: progress.cost } };
    default:
      return null;
  }
}
