import type { Log } from '../log.ts';

interface Parts {
  /** What time it is where all agree; rejects while that is away. */
  time: () => Promise<number>;
  /** This machine's clock, right or wrong. */
  own: () => number;
  log: Log;
  /** Milliseconds after which it is asked again: clocks drift, and are set. */
  every?: number;
}

const tries = 3;
const usualPause = 60_000;

/**
 * The clock that all processes share, told by this machine's own. It is behind by what an answer takes at most, and
 * never ahead: what is due by it is due there.
 */
export async function sharedClock({ time, own, log, every = usualPause }: Parts) {
  let ahead = await measured();
  const again = () =>
    measured().then(
      (found) => {
        ahead = found;
      },
      (error: unknown) => log.error('the time could not be asked for', { error }),
    );
  const asking = setInterval(() => void again(), every).unref();

  /** Milliseconds by which the shared clock is ahead of ours; the quickest answer comes nearest. */
  async function measured(): Promise<number> {
    let most = Number.NEGATIVE_INFINITY;
    for (let n = 0; n < tries; n++) most = Math.max(most, (await time()) - own());
    return most;
  }

  return { now: () => own() + ahead, stop: () => clearInterval(asking) };
}
