import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Books } from './books.ts';
import { type Findings, verify, verifyWith } from './verify.ts';

/** Who makes the films while lives are lost, and whose books are looked into afterwards. */
export interface Services {
  /** What is played on the folder with this number. */
  scenario(n: number): string;
  /** What leads a life on that folder to them. */
  variables(n: number): Record<string, string>;
  verify(folder: string): Promise<Findings>;
  close(): void;
}

/** Ours, in the folder of each life. */
export const samples = async (): Promise<Services> => ({
  scenario: () => 'approve',
  variables: () => ({}),
  verify,
  close: () => undefined,
});

type Variables = Record<string, string>;

/**
 * What tells a prediction's purchase: the address it calls, though nobody answers there; else its seed; else nothing but
 * what is written down, of films and of stills.
 */
const settings: readonly ((given: Variables) => Variables)[] = [
  (given) => ({ ...given, PUBLIC_URL: 'http://127.0.0.1:9' }),
  (given) => ({ ...given, DEFAULT_MODEL: 'seedance-2.5' }),
  ({ OPENAI_API_KEY: _, ...given }) => ({ ...given, DEFAULT_MODEL: 'kling-v3-omni' }),
  (given) => ({ ...given, DEFAULT_MODEL: 'kling-v3-omni' }),
];

/**
 * The real drivers before the stand-ins of the tests, which outlive every life; moody with a seed. Stills are played apart:
 * a life too many may lose one for good, and no film would follow.
 */
export async function standIns(seed?: number): Promise<Services> {
  const url = new URL('../../../test/support/stand-ins.ts', import.meta.url);
  const child = fork(url, seed === undefined ? [] : [String(seed)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [{ variables }] = (await once(child, 'message')) as [{ variables: Record<string, string> }];
  const first = seed ?? 0;
  let judged: Books = { predictions: [], stills: 0 };
  return {
    // A short night, which has one folder, plays something else with another seed.
    scenario: (n) => ((n + first) % 3 === 2 ? 'stills' : 'film'),
    variables: (n) => settings[(n + first) % settings.length]?.(variables) ?? variables,
    async verify(folder) {
      child.send('books');
      const [{ books }] = (await once(child, 'message')) as [{ books: Books }];
      const predictions = books.predictions.slice(judged.predictions.length);
      const stills = books.stills - judged.stills;
      judged = books;
      return verifyWith(folder, { predictions, stills });
    },
    close: () => child.kill(),
  };
}
