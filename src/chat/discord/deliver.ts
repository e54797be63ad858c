import type { GatewayDispatchPayload } from '@discordjs/core';
import { Never } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { pause } from '../turns.ts';
import type { Sessions } from './session.ts';
import { inOurWords } from './trouble.ts';

/** Milliseconds: between two tries, from the first to the longest pause, and until what cannot be handled is let go. */
export interface Tries {
  first: number;
  longest: number;
  patience: number;
}

/** Longer than a journal is away; what fails for so long would fail for ever, and hold up where a restart goes on. */
export const usualTries: Tries = { first: 1_000, longest: 60_000, patience: 3_600_000 };

const triesForNever = 3;

/** Discord refuses it whatever we do; what is wrong in our own house is mended by somebody. */
function isNever(error: unknown): boolean {
  const told = inOurWords(error);
  return told instanceof Never && !told.isHouseTrouble;
}

interface Parts {
  sessions: Sessions;
  log: Log;
  tries: Tries;
  heard(event: GatewayDispatchPayload): Promise<void>;
  /** Tells whoever waits for it. */
  givenUp(event: GatewayDispatchPayload): Promise<void>;
}

/**
 * Hands on what Discord tells until it was handled: before that it does not count as heard, so that it is told again
 * after a restart.
 */
export function newDelivery({ sessions, log, tries, heard, givenUp }: Parts) {
  const underway = new Map<string, Promise<void>>();
  const leaving = new AbortController();

  async function handle(event: GatewayDispatchPayload): Promise<boolean> {
    const start = performance.now();
    for (let n = 1, wait = tries.first; ; n++, wait = Math.min(2 * wait, tries.longest)) {
      try {
        await heard(event);
        return true;
      } catch (error) {
        if (leaving.signal.aborted) return false;
        const isOver = performance.now() - start >= tries.patience || (n >= triesForNever && isNever(error));
        if (isOver) return giveUp(event, error);
        log.error(`discord: ${event.t} could not be handled yet`, { error });
        await pause(wait, leaving.signal);
        if (leaving.signal.aborted) return false;
      }
    }
  }

  async function giveUp(event: GatewayDispatchPayload, error: unknown): Promise<true> {
    log.error(`discord: ${event.t} is given up`, { error });
    await givenUp(event).catch((unsaid: unknown) =>
      log.error(`discord: nobody could be told that ${event.t} is given up`, { error: unsaid }),
    );
    return true;
  }

  return {
    /** What is underway already, and told again after the connection was lost, goes on as it is. */
    deliver(event: GatewayDispatchPayload, shard: number): void {
      const session = sessions.current(shard);
      const key = `${shard}/${session}/${event.s}`;
      if (underway.has(key)) return;
      const done = handle(event)
        .then((isHandled) => {
          if (isHandled) sessions.handled(shard, event.s, session);
        })
        .finally(() => underway.delete(key));
      underway.set(key, done);
    },
    async stop(): Promise<void> {
      leaving.abort();
      await Promise.allSettled(underway.values());
    },
  };
}
