import { type Policy, type Times, usualPolicy } from '../../src/campaign/policy.ts';
import { scaledTimes } from '../../src/cli/chaos/times.ts';

/** The protocol's times, scaled so that hundreds of faults fit into minutes. Milliseconds. */
export const times: Times = { ...scaledTimes, lease: 2_500, sweep: 2_000, swept: 120_000, poll: 100 };

export const slackTimes = {
  ...{ settle: 300, edit: 10, betweenEdits: 200, look: 10, patience: 200 },
  ...{ knock: 50, timeout: 5_000, pause: 200 },
};

/** How long a wiped Redis may go unnoticed. */
export const sweep = 1_000;

/** Three films of three seconds, and no fourth. */
export const caps: Policy['caps'] = { ...usualPolicy.caps, campaign: 2_300_000 };

/** The exit code of a process that found a service away: whoever watches over it starts it again. */
export const away = 75;
