import { type Model, takePrice } from '../../campaign/model.ts';
import type { Progress } from '../video.ts';
import type { Prediction } from './api.ts';
import { ordersIn, referencesIn, secondsIn } from './input.ts';
import { reasonOf } from './trouble.ts';

/**
 * How a prediction goes, and what it cost: `price` in micro-dollars, or a part of it. `model` is undefined once it has
 * left the catalogue.
 */
export function progressOf(
  prediction: Prediction,
  model: Model | undefined,
  now: number,
  price: number,
): Progress {
  switch (prediction.status) {
    case 'starting':
      return { state: 'queued', position: null };
    case 'succeeded':
      return made(prediction, price);
    case 'failed':
      // Official models bill what they deliver; a failure delivers nothing.
      return { state: 'failed', reason: reasonOf(prediction.error), cost: 0 };
    // The deadline passed before it began.
    case 'aborted':
      return { state: 'canceled', cost: 0 };
    case 'canceled':
      return { state: 'canceled', cost: Math.round(price * shareRun(prediction, model, now)) };
    default:
      return { state: 'running', fraction: fractionOf(prediction, model, now) };
  }
}

function made(prediction: Prediction, cost: number): Progress {
  const output = outputOf(prediction.output);
  if (output === null || prediction.data_removed) return { state: 'failed', reason: 'expired', cost };
  return { state: 'succeeded', output, cost };
}

/** Of a clip of which nothing else is known: the length people order most. */
const usualSeconds = 6;

/** What a clip costs, as its order says; `price` once that is not told any more. */
export function filmPrice(
  { input }: Prediction,
  model: Model | undefined,
  price: number | undefined,
): number {
  const seconds = model ? secondsIn(model, input) : null;
  if (!model || (seconds === null && price !== undefined)) return price ?? 0;
  return takePrice(model, seconds ?? usualSeconds, ordersIn(model, input), referencesIn(model, input));
}

/**
 * The first URL in whatever shape a model answers: a string, a list, or an object that has one under `url`,
 * as a value or as the SDK's function. Null where there is none.
 */
export function outputOf(output: unknown): string | null {
  if (typeof output === 'string') return URL.canParse(output) ? output : null;
  if (Array.isArray(output)) return output.map(outputOf).find((url) => url !== null) ?? null;
  if (typeof output !== 'object' || output === null) return null;
  const { url } = output as { url?: unknown };
  if (typeof url === 'function') return outputOf(String(url.call(output)));
  return outputOf(url ?? Object.values(output));
}

/**
 * Replicate bills a canceled run for the time it ran and tells no price: estimated as the share of the usual wait
 * that it took, at most the whole.
 */
function shareRun(prediction: Prediction, model: Model | undefined, now: number): number {
  const { started_at: began, completed_at: ended, metrics } = prediction;
  if (!began) return 0;
  const seconds = metrics?.predict_time ?? ((ended ? Date.parse(ended) : now) - Date.parse(began)) / 1000;
  return clamp(seconds / (model?.typicalWait ?? 60), 1);
}

/** What the model writes of its progress, else the share of the usual wait that is over. */
function fractionOf(prediction: Prediction, model: Model | undefined, now: number): number {
  const said = prediction.logs?.match(/\b\d{1,3}(?=%)/g)?.at(-1);
  if (said !== undefined) return clamp(Number(said) / 100, 1);
  return clamp(shareRun(prediction, model, now), 0.95);
}

const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value || 0));
