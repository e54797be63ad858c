import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Books } from './books.ts';
import { type Findings, verify, verifyWith } from './verify.ts';

/** Who makes the films while lives are lost, and whose books are looked into afterwards. */
export interface Services {
  scenario: string;
  /** What leads a life to them. */
  variables: Record<string, string>;
  verify(folder: string): Promise<Findings>;
  close(): void;
}

/** Ours, in the folder of each life. */
export const samples = async (): Promise<Services> => ({
  scenario: 'approve',
  variables: {},
  verify,
  close: () => undefined,
});

/** The real drivers before the stand-ins of the tests, which outlive every life. */
export async function standIns(): Promise<Services> {
  const url = new URL('../../../test/support/stand-ins.ts', import.meta.url);
  const child = fork(url, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [{ variables }] = (await once(child, 'message')) as [{ variables: Record<string, string> }];
  let judged = 0;
  return {
    scenario: 'film',
    // Nobody answers there, but the address tells which purchase a prediction is.
    variables: { ...variables, PUBLIC_URL: 'http://127.0.0.1:9' },
    async verify(folder) {
      child.send('books');
      const [{ books }] = (await once(child, 'message')) as [{ books: Books }];
      const since = { ...books, predictions: books.predictions.slice(judged) };
      judged = books.predictions.length;
      return verifyWith(folder, { ...since, stills: 0 });
    },
    close: () => child.kill(),
  };
}
