import { randomUUID } from 'node:crypto';
import { expect, inject, onTestFinished, test, vi } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { createWorker } from '../../src/engine/worker.ts';
import type { Jobs } from '../../src/jobs/job.ts';
import { openPostgres } from '../../src/journal/postgres.ts';
import { bullmq } from '../../src/queue/bullmq.ts';
import { unsetWorkspace } from '../../src/workspace/workspace.ts';
import { asking, committed, effect } from '../contracts/journal-world.ts';
import { schema } from '../journal/postgres-world.ts';
import { both } from '../support/rig.ts';

const lease = 60_000;
/** Far below the sweep, which would find what a lost hint leaves. */
const patience = { timeout: 4_000, interval: 20 };

type Seat = Awaited<ReturnType<typeof workshop>>['seats'][number];

/** Two workers that finish one take at a time, as two processes are; `busy` says which take holds whom. */
async function workshop() {
  const corner = await schema();
  const prefix = randomUUID();
  const busy = new Map<string, () => void>();
  const seats = await Promise.all(
    ['one', 'other'].map(async (holder) => {
      const opened = await openPostgres({ url: corner.url, connections: 3 });
      const looks = { ended: 0 };
      const nextDue = (after: number) => opened.nextDue(after).finally(() => looks.ended++);
      const journal = { ...opened, nextDue };
      const queue = await bullmq({ url: inject('redisUrl'), prefix, clock: Date.now });
      const finish = both<'finish-take'>(async () => {
        await new Promise<void>((done) => busy.set(holder, done));
        busy.delete(holder);
        return { done: true };
      });
      const engine: Partial<Engine> = {
        workspace: async (id) => unsetWorkspace(id),
        campaign: async () => ({ phase: 'generating' }) as never,
        policy: async () => ({}) as never,
        policyOf: () => ({}) as never,
      };
      const worker = createWorker({
        ...{ journal, queue, holder, lease, clock: Date.now, limits: { 'finish-take': 1 } },
        engine: engine as Engine,
        jobs: { 'finish-take': finish } as Partial<Jobs> as Jobs,
        log: { info: () => undefined, error: () => undefined },
      });
      return { holder, journal, queue, worker, looks };
    }),
  );
  const commit = async (n: number, lane = '') => {
    const [first] = seats;
    if (!first) throw new Error('nobody is here');
    const two = [effect('finish-take', { lane }), effect('finish-take', { lane })];
    await committed(first.journal, asking(`campaign:${n}`, two));
    first.queue.wake(Date.now());
  };
  onTestFinished(async () => {
    const stopping = seats.map(({ worker }) => worker.stop(0));
    for (const done of busy.values()) done();
    await Promise.all(stopping);
    for (const { queue, journal } of seats) {
      await queue.close();
      await journal.close();
    }
    await corner.drop();
  });
  return { seats, busy, commit };
}

test('of two things to do each worker that has hands for one takes one, though one hint was given', async () => {
  const { seats, busy, commit } = await workshop();
  for (const { worker } of seats) await worker.start();
  for (let n = 1; n <= 5; n++) {
    await commit(n);
    await vi.waitFor(() => expect([...busy.keys()].sort()).toEqual(['one', 'other']), patience);
    for (const done of [...busy.values()]) done();
    await vi.waitFor(() => expect(busy.size).toBe(0), patience);
  }
});

test('what the last work of a worker that stops has kept back is taken up by the other at once', async () => {
  const { seats, busy, commit } = await workshop();
  for (const { worker } of seats) await worker.start();
  await commit(1, 'one after the other');
  await vi.waitFor(() => expect(busy.size).toBe(1), patience);
  const [leaving, staying] = seats.toSorted((a) => (busy.has(a.holder) ? -1 : 1)) as [Seat, Seat];
  const before = staying.looks.ended;
  const stopped = leaving.worker.stop(lease);
  // The other has heard of the parting and found nothing that it may do.
  await vi.waitFor(() => expect(staying.looks.ended).toBeGreaterThan(before), patience);
  busy.get(leaving.holder)?.();
  await stopped;
  await vi.waitFor(() => expect([...busy.keys()]).toEqual([staying.holder]), patience);
});
