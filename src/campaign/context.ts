import type { Brands } from './brand-kit.ts';
import type { Campaign } from './campaign.ts';
import type { Event } from './event.ts';
import { evolve } from './evolve.ts';
import type { Catalogue } from './model.ts';
import type { Policy } from './policy.ts';

/** Everything `decide` may know beside the campaign. Time, ids and the world are handed in, never taken. */
export interface Context {
  /** Milliseconds. */
  now: number;
  /** A fresh id at every call. */
  id: () => string;
  workspace: string;
  /** Who asks; empty for outcomes. */
  person: string;
  policy: Policy;
  catalogue: Catalogue;
  /** Left out: there are none. */
  brands?: Brands;
  /** The tenant is gone: nothing is begun any more. */
  suspended?: boolean;
  /** Set when the journal refused a reservation: which account, and what is left on it. */
  short?: { account: string; left: number };
}

/** Events in the making, and the campaign as it will be with them. */
export interface Draft {
  readonly campaign: Campaign;
  readonly events: readonly Event[];
  add(...events: Event[]): void;
}

export function draftOf(campaign: Campaign): Draft {
  let current = campaign;
  const events: Event[] = [];
  return {
    get campaign() {
      return current;
    },
    events,
    add(...more) {
      for (const event of more) {
        events.push(event);
        current = evolve(current, event);
      }
    },
  };
}
