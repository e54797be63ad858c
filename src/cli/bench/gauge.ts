import { readFileSync, writeFileSync } from 'node:fs';
import type { Used } from './memory.ts';

const statusOf = (name: string): number => {
  const line = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(line?.[1] ?? 0) * 1024;
};

/** Moves what is measured and reports to the parent; Linux alone keeps such a peak. */
export async function gauge(move: (url: string) => Promise<void>): Promise<void> {
  const [url = ''] = process.argv.slice(2);
  const idle = statusOf('VmRSS');
  writeFileSync('/proc/self/clear_refs', '5');
  await move(url);
  process.send?.({ idle, peak: statusOf('VmHWM') } satisfies Used);
  process.disconnect();
}
