import { type Campaign, takeOf } from '../campaign/campaign.ts';
import type { EffectOf } from '../campaign/effect.ts';
import type { Log } from '../log.ts';
import { type Job, repeatable } from './job.ts';

const minute = 60_000;

/** Tells the log and the admins what should not have come about, if it still has. */
export const raiseAlarm = (log: Log): Job<'raise-alarm'> =>
  repeatable(async (effect, { campaign, workspace, notify, sent }) => {
    if (!isSo(effect, campaign)) return { done: true };
    const { about, take, after } = effect;
    const which = { campaign: campaign.id, take };
    const isNews =
      about === 'bought-twice'
        ? await notify(workspace, { about, ...which, prediction: effect.prediction })
        : await notify(workspace, { about, ...which, minutes: Math.round(after / minute) });
    await sent();
    if (isNews) log.error(what[about], { workspace, ...which, after });
    return { done: true };
  });

const what = {
  'bought-twice': 'a take was bought more than once',
  undownloaded: 'a finished clip is not fetched yet, and its provider will delete it',
} as const;

function isSo({ about, take }: EffectOf<'raise-alarm'>, campaign: Campaign): boolean {
  return about === 'bought-twice' || takeOf(campaign, take)?.state === 'succeeded';
}
