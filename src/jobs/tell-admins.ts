import { dayOf } from '../campaign/accounts.ts';
import type { Log } from '../log.ts';
import { type Job, repeatable } from './job.ts';

interface Parts {
  /** The environment variable that holds the key of a model, of `language` or of `moderation`; null where none does. */
  variableOf: (service: string) => string | null;
  log: Log;
}

/** Tells the admins, and the log, which key is at fault: once a day for each key, however many takes it cost. */
export const tellAdmins = ({ variableOf, log }: Parts): Job<'tell-admins'> =>
  repeatable(async ({ reason, service }, { workspace, policy, now, notify, sent }) => {
    const variable = variableOf(service);
    if (variable === null) return { done: true };
    const day = dayOf(now(), policy.timeZone);
    const isNews = await notify(workspace, { about: 'key', variable, reason, day });
    await sent();
    if (isNews) log.error('a provider does not serve us', { workspace, variable, reason });
    return { done: true };
  });
