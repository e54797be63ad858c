import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Campaign } from '../../src/campaign/campaign.ts';
import { type Policy, usualPolicy } from '../../src/campaign/policy.ts';
import type { Who } from '../../src/campaign/review.ts';
import { terminal } from '../../src/chat/terminal/platform.ts';
import { readTranscript } from '../../src/chat/terminal/transcript.ts';
import { scaledTimes } from '../../src/cli/chaos/times.ts';
import { readConfig } from '../../src/config.ts';
import { readFacts } from '../../src/providers/sample/book.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { embedded } from '../../src/wiring/embedded.ts';
import { dropFolder } from '../support/folder.ts';

export const auroraLogo = fileURLToPath(new URL('../../src/cli/aurora.svg', import.meta.url));
export type Stage = Awaited<ReturnType<typeof stage>>;

const patience = 45_000;

/** The whole app in a folder of its own, tiny frames, with a person at the keyboard. */
export async function stage(
  given: {
    policy?: Partial<Policy>;
    environment?: NodeJS.ProcessEnv;
    folder?: string;
    pages?: number;
    /** What ids begin with: another life on the same folder needs others. */
    ids?: string;
    people?: Record<string, Who>;
  } = {},
) {
  const folder = given.folder ?? (await mkdtemp(join(tmpdir(), 'dailies-stage-')));
  let said = '';
  let n = 0;
  const seatIn = (storage: Storage) =>
    terminal({
      folder: join(folder, 'terminal'),
      workspace: 'w',
      person: 'maya',
      people: given.people ?? { lee: { name: 'Lee', groups: ['brand'], manager: false } },
      output: new Writable({
        write(chunk, _encoding, done) {
          said += String(chunk);
          done();
        },
      }),
      columns: () => 100,
      newId: () => `i${++n}-${process.hrtime.bigint()}`,
      now: Date.now,
      pathOf: (file) => storage.path(file.key) ?? file.key,
    });
  const started = await embedded({
    config: { ...readConfig(given.environment ?? {}), DATA_DIR: folder },
    chats: ({ storage }) => ({ terminal: seatIn(storage) }),
    ...(given.pages ? { pages: given.pages } : {}),
    policy: { ...usualPolicy, selfApproval: true, times: scaledTimes, stills: 2, ...given.policy },
    // Ids decide seeds, and seeds the pictures: the same at every run.
    newId: () => `${given.ids ?? 'n'}${++n}`,
    samples: { scale: 0.15, wait: { queue: 0.05, run: 0.05 } },
  });
  const seat = started.chats.terminal;
  const { stop } = await seat.listen(started.doorsFor('terminal'));

  const campaign = async (): Promise<string> => {
    const [head] = await started.engine.board({ workspace: 'w', limit: 1 });
    return head?.stream.split(':')[1] ?? '';
  };

  return {
    app: started,
    campaign,
    folder,
    /** Types a line; gives what was printed from then on, once it is done. */
    async type(line: string): Promise<string> {
      const before = said.length;
      await seat.type(line);
      return said.slice(before);
    },
    /** Everything printed, on one line each blank. */
    printed: () => said.replace(/\s+/g, ' '),
    campaigns: async () => (await started.engine.board({ workspace: 'w', limit: 100 })).length,
    async until(holds: (campaign: Campaign) => boolean): Promise<Campaign> {
      return started.until(await campaign(), holds, patience);
    },
    async idle(): Promise<void> {
      await started.idle(`campaign:${await campaign()}`, patience);
    },
    posted: () => readTranscript(join(folder, 'terminal')).flatMap((e) => (e.did === 'show' ? [e] : [])),
    paid: async () => (await readFacts(join(folder, 'sample-provider'))).filter((fact) => fact.cost > 0),
    async close(): Promise<void> {
      await stop();
      await started.stop();
      if (!given.folder) await dropFolder(folder);
    },
  };
}

export const worded = (n: number) => (c: Campaign) => (c.revisions.at(-1)?.n ?? 0) >= n && !c.refining;
