import { type Spent, started } from './child.ts';
import { load } from './load.ts';
import { quantile } from './quantile.ts';

const campaigns = 60;
const rate = 10;
const seconds = 30;

/** Our answers while everything goes on in the same process; milliseconds, `cpu` in seconds. */
export async function beside({ secret, variables }: { secret: string; variables: Record<string, string> }) {
  const { child, first } = await started<{ url: string }>('ours.ts', ['all', `${campaigns}`], variables);
  try {
    await load({ url: first.url, secret, rate, seconds: 1 });
    const before = await child.ask<Spent>('spent');
    const waits = await load({ url: first.url, secret, rate, seconds });
    const { cpu, late } = await child.ask<Spent>('spent');
    const [p50, p99] = [0.5, 0.99].map((q) => quantile(waits, q)) as [number, number];
    return { p50, p99, late, cpu: (cpu - before.cpu) / 1000, rate, seconds, campaigns };
  } finally {
    child.end();
  }
}
