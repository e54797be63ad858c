import type { GuardedDownload } from '../net/guarded-fetch.ts';
import { openCounter, type ReplicateOptions } from './replicate/counter.ts';
import { developed, type ReplicateStillOptions } from './replicate/develop.ts';
import { downloadOutput } from './replicate/output.ts';
import { filmPrice, progressOf } from './replicate/progress.ts';
import type { StillProvider } from './still.ts';
import { filmLimits, type VideoProvider } from './video.ts';

export interface ReplicateVideoOptions extends ReplicateOptions {
  /** Brings finished films. */
  download: GuardedDownload;
}

/**
 * Film from Replicate. What a look costs nothing for, it asks again later: only `create` and `fetch` throw Never.
 * A canceled run's cost is an estimate, see `replicate/progress.ts`.
 */
export function replicateVideo(options: ReplicateVideoOptions): VideoProvider {
  const counter = openCounter(options);
  const { api, clock } = counter;
  return {
    memory: 'late',
    callsBack: options.webhooks?.to('') != null,
    create: async (order, sending) => ({ prediction: (await counter.buy(order, sending)).id }),
    async find(order, since) {
      const found = await counter.find(order, since);
      return typeof found === 'string' ? found : { prediction: found.id };
    },
    owns: counter.owns,
    bought: counter.bought,
    async watch(prediction, price) {
      const seen = await api.prediction(prediction);
      const model = counter.modelOf(seen);
      return progressOf(seen, model, clock(), filmPrice(seen, model, price));
    },
    async cancel(prediction) {
      await api.cancel(prediction);
    },
    fetch: (output, file, signal) => downloadOutput(output, file, options, { signal, ...filmLimits }),
  };
}

/** Stills from Replicate: bought like film, and waited for. */
export function replicateStill(options: ReplicateStillOptions): StillProvider {
  const counter = openCounter(options);
  return {
    memory: 'late',
    make: async (order, sending) => developed(await counter.buy(order, sending), sending, counter, options),
    async find(order, since, waiting) {
      const found = await counter.find(order, since);
      return typeof found === 'string' ? found : developed(found, waiting, counter, options);
    },
  };
}
