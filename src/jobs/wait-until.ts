import { type Job, repeatable } from './job.ts';

/** Time is an effect that becomes due: reminders and expiries are nothing else. */
export const waitUntil: Job<'wait-until'> = repeatable(async ({ key }) => ({
  outcome: { type: 'time.passed', key },
}));
