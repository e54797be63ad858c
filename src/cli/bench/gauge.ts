import { readFileSync, writeFileSync } from 'node:fs';
import type { Used } from './memory.ts';

const statusOf = (name: string): number => {
  const line = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(line?.[1] ?? 0) * 1024;
};

/** Moves what is measured and reports to the parent; Linux alone keeps such a peak. */
export async function gauge(move: (url: string) => Promise<void>): Promise<void> {
  const [url = ''] = process.argv.slice(2);
  const lateness = watchLateness();
  const idle = statusOf('VmRSS');
  writeFileSync('/proc/self/clear_refs', '5');
  await move(url);
  process.send?.({ idle, peak: statusOf('VmHWM'), late: lateness() } satisfies Used);
  process.disconnect();
}

const tick = 5;

export interface Lateness {
  p99: number;
  most: number;
}

/** How late the thread that answers people comes to a timer, in milliseconds: at p99 and at most. */
export function watchLateness(): () => Lateness {
  const seen: number[] = [];
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    seen.push(Math.max(0, now - last - tick));
    last = now;
  }, tick);
  return () => {
    clearInterval(timer);
    seen.sort((a, b) => a - b);
    return { p99: seen[Math.floor(seen.length * 0.99)] ?? 0, most: seen.at(-1) ?? 0 };
  };
}
