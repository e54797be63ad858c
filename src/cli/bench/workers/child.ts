import { once } from 'node:events';
import type { WorkerParts } from '../../../engine/worker.ts';
import { openPostgres } from '../../../journal/postgres.ts';
import { bullmq } from '../../../queue/bullmq.ts';
import { crewOn, type Waits } from '../house.ts';

export interface Given {
  url: string;
  redis: string;
  prefix: string;
  waits: Waits;
  limits: WorkerParts['limits'];
}

/** One process of workers: says that it is ready, works from `go`, leaves at `stop`. */
const { url, redis, prefix, waits, limits } = JSON.parse(process.argv[2] ?? '{}') as Given;
const journal = await openPostgres({ url, connections: 10 });
const queue = await bullmq({ url: redis, prefix, clock: Date.now });
const { worker } = crewOn(journal, queue, { waits, limits });
process.send?.('ready');
await once(process, 'message');
await worker.start();
await once(process, 'message');
await queue.close();
await worker.stop(5_000);
await journal.close();
process.exit();
