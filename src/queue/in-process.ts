import type { Look, Queue } from './queue.ts';

export interface InProcessParts {
  clock: () => number;
  /** Hears what a look throws; the next wake looks again all the same. */
  onError?: (error: unknown) => void;
  setTimer?: (run: () => void, delay: number) => unknown;
  clearTimer?: (timer: unknown) => void;
}

// A longer setTimeout fires at once.
const longestTimer = 2 ** 31 - 1;

/** `setTimeout` never fires sooner than after a millisecond; most wakes are for now. */
function soonOrLater(run: () => void, delay: number): { stop(): void } {
  if (delay > 0) {
    const later = setTimeout(run, delay);
    return { stop: () => clearTimeout(later) };
  }
  const soon = setImmediate(run);
  return { stop: () => clearImmediate(soon) };
}

/** Wakes for one process: no polling, one timer to the earliest instant asked for. */
export function inProcess({ clock, onError, setTimer, clearTimer }: InProcessParts): Queue {
  const set = setTimer ?? soonOrLater;
  const clear = clearTimer ?? ((timer) => (timer as { stop(): void }).stop());
  const dues = new Set<number>();
  let look: Look | null = null;
  let looking = false;
  let lastLook = Promise.resolve();
  let timer: { due: number; handle: unknown } | null = null;
  let closed = false;

  function stopTimer(): void {
    if (timer) clear(timer.handle);
    timer = null;
  }

  /** Sets the timer to the earliest instant, unless a look is under way: its end arms it again. */
  function arm(due: number): void {
    if (closed || looking || !look || (timer && timer.due <= due)) return;
    stopTimer();
    const delay = Math.min(Math.max(0, due - clock()), longestTimer);
    timer = { due, handle: set(ring, delay) };
  }

  function ring(): void {
    timer = null;
    const now = clock();
    const ripe = [...dues].filter((due) => due <= now);
    for (const due of ripe) dues.delete(due);
    if (ripe.length > 0 && look) lastLook = run(look);
    else armNext();
  }

  async function run(look: Look): Promise<void> {
    looking = true;
    try {
      await look();
    } catch (error) {
      onError?.(error);
    } finally {
      looking = false;
      armNext();
    }
  }

  function armNext(): void {
    if (dues.size > 0) arm(Math.min(...dues));
  }

  async function stopLooking(): Promise<void> {
    look = null;
    stopTimer();
    await lastLook;
  }

  return {
    wake(due) {
      // Whatever is already due is one and the same wish.
      const instant = due > clock() ? due : Number.NEGATIVE_INFINITY;
      if (closed || instant === Number.POSITIVE_INFINITY) return;
      dues.add(instant);
      arm(instant);
    },
    onWake(wanted) {
      look = wanted;
      armNext();
    },
    stopLooking,
    async close() {
      closed = true;
      dues.clear();
      await stopLooking();
    },
  };
}
