import { setTimeout as sleep } from 'node:timers/promises';
import { type Model, stillPrice } from '../campaign/model.ts';
import { Never, TryLater } from '../errors.ts';
import type { GuardedDownload, GuardedFetch } from '../net/guarded-fetch.ts';
import type { Prediction } from './replicate/api.ts';
import { type Counter, openCounter, type ReplicateOptions } from './replicate/counter.ts';
import { mimeOf } from './replicate/files.ts';
import { qualityIn, referencesIn } from './replicate/input.ts';
import { downloadOutput, fetchOutput } from './replicate/output.ts';
import { progressOf } from './replicate/progress.ts';
import type { MadeStill, StillProvider } from './still.ts';
import { filmLimits, type VideoProvider } from './video.ts';

const picture = { mostBytes: 50 * 1024 * 1024, timeout: 2 * 60_000 };

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
    async watch(prediction) {
      const seen = await api.prediction(prediction);
      return progressOf(seen, counter.modelOf(seen), clock());
    },
    async cancel(prediction) {
      await api.cancel(prediction);
    },
    fetch: (output, file, signal) => downloadOutput(output, file, options, { signal, ...filmLimits }),
  };
}

export interface ReplicateStillOptions extends ReplicateOptions {
  /** Brings finished stills. */
  fetch: GuardedFetch;
  /** Milliseconds between two looks, and until a still is given up and called back. */
  wait?: { look: number; most: number };
}

const usualWait = { look: 1500, most: 5 * 60_000 };

/** Stills from Replicate: bought like film, and waited for. */
export function replicateStill(options: ReplicateStillOptions): StillProvider {
  const counter = openCounter(options);
  const develop = (bought: Prediction, signal: AbortSignal) => developed(bought, signal, counter, options);
  return {
    memory: 'late',
    make: async (order, sending) => develop(await counter.buy(order, sending), sending.signal),
    async find(order, since) {
      const found = await counter.find(order, since);
      return typeof found === 'string' ? found : develop(found, AbortSignal.any([]));
    },
  };
}

async function developed(
  { id }: Prediction,
  signal: AbortSignal,
  counter: Counter,
  options: ReplicateStillOptions,
): Promise<MadeStill> {
  const { look, most } = options.wait ?? usualWait;
  const end = performance.now() + most;
  while (performance.now() < end) {
    const seen = await counter.api.prediction(id).catch(patiently);
    const made = seen && (await stillOf(seen, signal, counter, options));
    if (made) return made;
    await sleep(look, undefined, { signal }).catch(calledOff);
  }
  await counter.api.cancel(id).catch(patiently);
  throw new Never('timeout', `not made in ${most} ms`);
}

/** Null while it is not there yet. */
async function stillOf(
  seen: Prediction,
  signal: AbortSignal,
  { modelOf, clock }: Counter,
  options: ReplicateStillOptions,
): Promise<MadeStill | null> {
  const model = modelOf(seen);
  const progress = progressOf(seen, model, clock());
  if (progress.state === 'failed') throw new Never(progress.reason);
  if (progress.state === 'canceled') throw new Never('timeout', 'called back before it was made');
  if (progress.state !== 'succeeded') return null;
  const file = await fetched(progress.output, signal, options);
  return file && { ...file, cost: model ? priceOf(model, seen) : 0 };
}

const priceOf = (model: Model, { input }: Prediction): number =>
  stillPrice(model, referencesIn(model, input), qualityIn(model, input));

/** It is paid for: what passes is waited out. */
function patiently(error: unknown): null {
  if (error instanceof TryLater) return null;
  throw error;
}

function calledOff(): never {
  throw new TryLater('called off while it was made', { delay: 1000, sent: true });
}

async function fetched(
  output: string,
  signal: AbortSignal,
  options: ReplicateStillOptions,
): Promise<Omit<MadeStill, 'cost'> | null> {
  const parts: Buffer[] = [];
  try {
    for await (const part of await fetchOutput(output, options, { signal, ...picture }))
      parts.push(part as Buffer);
  } catch (error) {
    if (signal.aborted) return calledOff();
    return patiently(error);
  }
  const bytes = Buffer.concat(parts);
  const mime = mimeOf(bytes);
  if (mime === null) throw new Never('provider-error', 'the file is no picture');
  return { bytes, mime };
}
