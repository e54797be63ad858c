import { setTimeout as sleep } from 'node:timers/promises';
import { type Model, stillPrice } from '../../campaign/model.ts';
import { Never, TryLater } from '../../errors.ts';
import type { GuardedFetch } from '../../net/guarded-fetch.ts';
import type { MadeStill, Waiting } from '../still.ts';
import type { Prediction } from './api.ts';
import type { Counter, ReplicateOptions } from './counter.ts';
import { mimeOf } from './files.ts';
import { qualityIn, referencesIn } from './input.ts';
import { fetchOutput } from './output.ts';
import { progressOf } from './progress.ts';

export interface ReplicateStillOptions extends ReplicateOptions {
  /** Brings finished stills. */
  fetch: GuardedFetch;
  /** Milliseconds between two looks, and until a still is given up and called back. */
  wait?: { look: number; most: number };
}

const usualWait = { look: 1500, most: 4 * 60_000 };
const picture = { mostBytes: 50 * 1024 * 1024, timeout: 2 * 60_000 };

/** Waits for a still that is bought and brings it; one that takes too long, or that nobody wants any more, is called back. */
export async function developed(
  { id }: Prediction,
  waiting: Waiting,
  counter: Counter,
  options: ReplicateStillOptions,
): Promise<MadeStill> {
  const { look, most } = options.wait ?? usualWait;
  const end = performance.now() + most;
  const looked = async () => {
    const seen = await counter.api.prediction(id).catch(patiently);
    return seen && stillOf(seen, waiting, counter, options);
  };
  const callBack = () => counter.api.cancel(id).catch(patiently);
  while (performance.now() < end) {
    if (await waiting.unwanted?.()) await callBack();
    const made = await looked();
    if (made) return made;
    await sleep(look, undefined, { signal: waiting.signal }).catch(calledOff);
  }
  await callBack();
  const made = await looked();
  if (made) return made;
  throw new TryLater(`called back after ${most} ms, and not over yet`, { delay: look, sent: true });
}

/** Null while it is not there yet. Whatever it came to, the error says what was billed. */
async function stillOf(
  seen: Prediction,
  waiting: Waiting,
  { modelOf, clock }: Counter,
  options: ReplicateStillOptions,
): Promise<MadeStill | null> {
  const model = modelOf(seen);
  const price = model ? priceOf(model, seen) : 0;
  const progress = progressOf(seen, model, clock(), price);
  switch (progress.state) {
    case 'succeeded': {
      const file = await fetched(progress.output, waiting.signal, options).catch(paidFor(price));
      return file && { ...file, cost: price };
    }
    case 'failed':
      throw new Never(progress.reason, progress.reason, { billed: progress.cost });
    case 'canceled': {
      const code = (await waiting.unwanted?.()) ? 'called-off' : 'timeout';
      throw new Never(code, 'called back before it was made', { billed: progress.cost });
    }
    default:
      return null;
  }
}

const priceOf = (model: Model, { input }: Prediction): number =>
  stillPrice(model, referencesIn(model, input), qualityIn(model, input));

/** A picture that cannot be had is paid for all the same. */
const paidFor =
  (billed: number) =>
  (error: unknown): never => {
    throw error instanceof Never ? new Never(error.code, error.message, { billed }) : error;
  };

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
