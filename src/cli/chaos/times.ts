import { type Times, usualTimes } from '../../campaign/policy.ts';

/** The protocol's times, scaled so that a night fits into minutes; what must outlast a restart stays long. */
export const scaledTimes: Times = {
  ...usualTimes,
  lease: 5_000,
  poll: 30,
  pollCalled: 30,
  retry: 50,
  lag: 300,
  settle: 300,
  remind: 20,
};
