import { onTestFinished } from 'vitest';
import { Model } from '../../src/campaign/model.ts';
import { type RunwayOptions as Options, runwayVideo } from '../../src/providers/runway.ts';
import { openMover } from '../../src/storage/mover.ts';
import { runwayService } from './runway.ts';
import type { RunwayOptions } from './runway-desk.ts';

/** A model of Runway by its slug, able to do anything. */
export const runwayModel = (slug: string, more: Partial<Model> = {}): Model => ({
  ...Model.parse({
    id: slug,
    name: slug,
    provider: 'runway',
    goodFor: 'tests',
    kinds: ['text-to-video', 'image-to-video', 'reference-to-video'],
    references: 99,
    price: { perSecond: 100_000 },
    typicalWait: 60,
    quality: 'good',
    verifiedOn: '2026-11-21',
    status: 'live',
  }),
  ...more,
});

/** The stand-in, and a provider that talks to it; both end with the test. */
export async function runwayRig(options: RunwayOptions = {}, more: Partial<Options> = {}) {
  const service = await runwayService(options);
  const mover = openMover({ allowPrivateHosts: [service.host] });
  onTestFinished(async () => {
    await service.close();
    await mover.close();
  });
  const { apiKey, baseURL } = service;
  const { download } = mover;
  const provider = runwayVideo({ apiKey, baseURL, modelOf: runwayModel, download, pace: 0, ...more });
  return { service, provider };
}

/** What a promise was rejected with. */
export async function faultOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('it went well');
    },
    (error: unknown) => error,
  );
}
