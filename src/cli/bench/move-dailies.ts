import { join } from 'node:path';
import { downloadTake } from '../../jobs/download-take.ts';
import type { JobContext } from '../../jobs/job.ts';
import { filmLimits, type VideoProvider } from '../../providers/video.ts';
import { disk } from '../../storage/disk.ts';
import { openMover } from '../../storage/mover.ts';
import { gauge } from './gauge.ts';

const [url = '', folder = ''] = process.argv.slice(2);
const mover = openMover({ allowPrivateHosts: [new URL(url).host] });
const provider: Pick<VideoProvider, 'fetch'> = {
  fetch: async (output, file, signal) => void (await mover.download(output, file, { ...filmLimits, signal })),
};
const job = downloadTake({
  videos: () => provider as VideoProvider,
  storage: disk({
    ...{ folder: join(folder, 'kept'), secret: Buffer.alloc(32), baseUrl: 'http://localhost' },
    ...{ clock: Date.now, mover },
  }),
});
// The job as the worker runs it; of the campaign it reads this much.
const context = {
  ...{ workspace: 'bench', signal: new AbortController().signal, sent: async () => undefined },
  campaign: { takes: [{ n: 1, state: 'succeeded', model: 'any' }] },
} as unknown as JobContext;

await gauge(async (output) => {
  const result = await job.do({ type: 'download-take', take: 1, output }, context);
  const kept = 'outcome' in result && result.outcome.type === 'take.downloaded';
  if (!kept) throw new Error(`not kept: ${JSON.stringify(result)}`);
});
await mover.close();
