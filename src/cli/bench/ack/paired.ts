import { median } from '../median.ts';
import { type Child, type Spent, started } from './child.ts';
import { load } from './load.ts';
import { quantile } from './quantile.ts';

const rounds = 9;
const seconds = 3;
/** Commands before anything is measured: what runs for weeks is compiled by then, at any rate. */
const warmUp = { rate: 200, seconds: 8 };

interface Measured {
  p50: number;
  p99: number;
  /** Milliseconds a command. */
  cpu: number;
}

export interface Pair {
  rate: number;
  secret: string;
  folder: string;
  variables: Record<string, string>;
}

/** Medians of all rounds; the ratios are each of one round, whose parts met the machine in the same mood. */
export async function paired({ rate, secret, folder, variables }: Pair) {
  const bare = await server('bare.ts', [secret], {}, { rate, secret });
  const ours = await server('ours.ts', ['chat'], variables, { rate, secret });
  const commit = await started<{ waits: number[] }>('commit.ts', [folder, `${rate}`]);
  const found: Record<'bare' | 'commit' | 'ours' | 'ratios', Measured[]> = {
    ...{ bare: [], commit: [], ours: [], ratios: [] },
  };
  try {
    for (const { url } of [bare, ours]) await load({ url, secret, ...warmUp });
    for (let round = 0; round < rounds; round++) {
      const one = {
        bare: await bare.measure(seconds),
        commit: quantiles((await commit.child.ask<{ waits: number[] }>(`${seconds}`)).waits, 0),
        ours: await ours.measure(seconds),
      };
      for (const name of ['bare', 'commit', 'ours'] as const) found[name].push(one[name]);
      found.ratios.push(over(one));
    }
  } finally {
    for (const { child } of [bare, ours, commit]) child.end();
  }
  return {
    bare: medians(found.bare),
    commit: medians(found.commit),
    ours: medians(found.ours),
    ratios: medians(found.ratios),
  };
}

const over = ({ bare, commit, ours }: Record<'bare' | 'commit' | 'ours', Measured>): Measured => ({
  p50: ours.p50 / (bare.p50 + commit.p50),
  p99: ours.p99 / (bare.p99 + commit.p99),
  cpu: ours.cpu / bare.cpu,
});

const quantiles = (waits: readonly number[], cpu: number): Measured => ({
  p50: quantile(waits, 0.5),
  p99: quantile(waits, 0.99),
  cpu,
});

const medians = (all: readonly Measured[]): Measured => ({
  p50: median(all.map(({ p50 }) => p50)),
  p99: median(all.map(({ p99 }) => p99)),
  cpu: median(all.map(({ cpu }) => cpu)),
});

async function server(
  file: string,
  args: readonly string[],
  variables: Record<string, string>,
  { rate, secret }: { rate: number; secret: string },
): Promise<{ child: Child; url: string; measure(seconds: number): Promise<Measured> }> {
  const { child, first } = await started<{ url: string }>(file, args, variables);
  const cpu = async () => (await child.ask<Spent>('spent')).cpu;
  return {
    child,
    url: first.url,
    async measure(seconds) {
      const before = await cpu();
      const waits = await load({ url: first.url, secret, rate, seconds });
      return quantiles(waits, ((await cpu()) - before) / waits.length);
    },
  };
}
