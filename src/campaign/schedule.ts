import type { Effect } from './effect.ts';
import type { Times } from './policy.ts';

/** How an effect waits: `lane` keeps one at a time, `deadline` (milliseconds) ends in `gave-up`. */
export interface Schedule {
  lane: string;
  due: { in: number } | { at: number };
  deadline: number | null;
}

const now = { in: 0 };

/** Cards of one place are sent one at a time, and so are messages of one conversation read, the elder first. */
export function schedule(effect: Effect, stream: string, times: Times): Schedule {
  switch (effect.type) {
    case 'wait-until':
      return { lane: '', due: { at: effect.due }, deadline: null };
    case 'forget-words':
      return { lane: '', due: { in: effect.after }, deadline: null };
    case 'probe-models':
      return { lane: '', due: now, deadline: null };
    case 'sweep-take':
      return { lane: '', due: { in: times.sweep }, deadline: times.swept };
    case 'raise-alarm':
      return { lane: '', due: { in: effect.after }, deadline: null };
    case 'sync-card':
      return { lane: `send:${effect.place}`, due: now, deadline: times.send };
    case 'open-place':
      return { lane: `open:${effect.channel}`, due: now, deadline: times.send };
    case 'read-message':
      return { lane: `read:${stream}`, due: now, deadline: times.think };
    case 'moderate':
    case 'refine-prompt':
    case 'tell-admins':
    case 'check-approver':
      return { lane: '', due: now, deadline: times.think };
    case 'fetch-reference':
    case 'fetch-logo':
      return { lane: '', due: now, deadline: times.fetch };
    case 'make-still':
      return { lane: '', due: now, deadline: times.still };
    case 'buy-take':
    case 'heed-hint':
    case 'cancel-take':
      return { lane: '', due: now, deadline: times.buy };
    case 'watch-take':
      return { lane: '', due: now, deadline: times.watch };
    case 'download-take':
      return { lane: '', due: now, deadline: times.download };
    case 'finish-take':
      return { lane: '', due: now, deadline: times.finish };
  }
}
