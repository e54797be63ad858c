import { Never, TryLater } from '../../errors.ts';
import { type Fault, faultsIn } from './faults.ts';

export interface Door {
  /** Throws what the order asked for, before anything is accepted. */
  pass(order: { tag: string; model: string; prompt: string }, signal: AbortSignal): void;
}

const turnedAway = 2;

/** What stands before an order is accepted: refusals, and "busy" as often as promised. */
export function openDoor(isFirstChoice: (model: string) => boolean): Door {
  const busy = new Map<string, number>();
  return {
    pass({ tag, model, prompt }, signal) {
      if (signal.aborted) throw new TryLater('called off before it was sent', { delay: 1000, sent: false });
      const faults = faultsIn(prompt);
      refuse(faults, isFirstChoice(model));
      const times = busy.get(tag) ?? 0;
      if (!faults.includes('sample:busy') || times >= turnedAway) return;
      busy.set(tag, times + 1);
      throw new TryLater('busy', { delay: 1000, sent: false });
    },
  };
}

function refuse(faults: readonly Fault[], firstChoice: boolean): void {
  if (faults.includes('sample:moderation-input')) throw new Never('moderation-input');
  if (firstChoice && faults.includes('sample:outage')) throw new Never('outage');
  if (firstChoice && faults.includes('sample:retired')) throw new Never('retired');
}

/** The answer to an accepted order, unless it was to be lost on the way. */
export function answer(prompt: string, signal: AbortSignal): void {
  const lost = faultsIn(prompt).includes('sample:drop') || signal.aborted;
  if (lost) throw new TryLater('the answer was lost', { delay: 1000, sent: true });
}

export const isCinema = (model: string): boolean => model === 'sample-cinema';
