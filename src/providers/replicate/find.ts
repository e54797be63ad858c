import { type Model, ordersOf } from '../../campaign/model.ts';
import { TryLater } from '../../errors.ts';
import type { Api, Prediction } from './api.ts';
import { ordersIn, secondsIn, seedFor, speaksOf, type Wish } from './input.ts';

/** A purchase as it would stand in Replicate's list. */
export interface Wanted {
  model: Model;
  slug: string;
  wish: Wish;
  tag: string;
  /** The purchase that a webhook names, see `Addresses.tagIn`. */
  tagIn: (webhook: string) => string | null;
}

const slack = 60_000;
const mostPages = 200;

/**
 * The oldest prediction since an instant that was bought with this order. By its webhook where the list tells it; else
 * by model, prompt and seed, or length where the model has no seed. `unknown` where the list could not be read, or
 * where what we look for may be among those whose input was removed.
 */
export async function locate(
  wanted: Wanted,
  api: Api,
  times: { since: number; now: number },
  isOthers: (prediction: string) => boolean,
): Promise<Prediction | 'absent' | 'unknown'> {
  try {
    const listed = (await listSince(api, times)).filter(
      (each) => each.model === wanted.slug && !isOthers(each.id),
    );
    const found = listed.filter((each) => isOurs(each, wanted)).at(-1);
    if (found) return found;
    return listed.some(isFaceless) ? 'unknown' : 'absent';
  } catch (error) {
    if (error instanceof TryLater) return 'unknown';
    throw error;
  }
}

/** Newest first, as the list is. */
export async function listSince(
  api: Api,
  { since, now }: { since: number; now: number },
): Promise<Prediction[]> {
  const window = { created_after: iso(since - slack), created_before: iso(now + slack) };
  let page = await api.page(window);
  const all = [...page.results];
  for (let pages = 1; page.next; pages += 1) {
    // A list without an end proves no absence.
    if (pages === mostPages) throw new TryLater('too many predictions', { delay: slack, sent: true });
    page = await api.pageAt(page.next);
    all.push(...page.results);
  }
  // Not every server heeds the filter.
  return all.filter(({ created_at: at }) => !at || Date.parse(at) >= since - slack);
}

const iso = (at: number): string => new Date(at).toISOString();

/** Its webhook names it wherever it is told, also one from a time when our server stood elsewhere. */
export function isOurs(prediction: Prediction, { model, slug, wish, tag, tagIn }: Wanted): boolean {
  if (prediction.model !== slug) return false;
  if (prediction.webhook) return tagIn(prediction.webhook) === tag;
  const { input } = prediction;
  if (!speaksOf(model, input, wish.prompt)) return false;
  if (ordersIn(model, input).audio !== ordersOf(model, wish.silent ?? false).audio) return false;
  const seed = model.inputs?.seed;
  if (seed) return input[seed.name] === seedFor(wish.seed);
  return wish.seconds === undefined || secondsIn(model, input) === wish.seconds;
}

/** By its webhook or its seed alone: two orders without a seed may look alike. */
export const isCertainly = (prediction: Prediction, wanted: Wanted): boolean =>
  Boolean(prediction.webhook || wanted.model.inputs?.seed) && isOurs(prediction, wanted);

const isFaceless = ({ webhook, input }: Prediction): boolean => !webhook && Object.keys(input).length === 0;
