import { createHash } from 'node:crypto';
import { type Model, ordersOf } from '../../campaign/model.ts';
import { TryLater } from '../../errors.ts';
import type { Receipts } from '../receipts.ts';
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
 * The oldest prediction since an instant that was bought with this order: its webhook or its seed names it, or it is
 * written down as ours, or its whole input is what we sent and nobody else has it. `unknown` where the list could not be
 * read, or where nobody can tell whose one of them is.
 */
export async function locate(
  wanted: Wanted,
  api: Api,
  times: { since: number; now: number },
  receipts: Receipts,
): Promise<Prediction | 'absent' | 'unknown'> {
  try {
    const listed = (await listSince(api, times)).reverse();
    return listed.find((each) => kinOf(each, wanted) === 'ours') ?? (await claimed(listed, wanted, receipts));
  } catch (error) {
    if (error instanceof TryLater) return 'unknown';
    throw error;
  }
}

/** Two orders for a model without a seed look alike: each prediction is given to one of them, once. */
async function claimed(
  listed: readonly Prediction[],
  wanted: Wanted,
  receipts: Receipts,
): Promise<Prediction | 'absent' | 'unknown'> {
  const { tag } = wanted;
  const open = [];
  for (const each of listed.filter((one) => kinOf(one, wanted) !== 'none')) {
    const owner = await receipts.ownerOf(each.id);
    if (owner === tag) return each;
    if (owner === null) open.push(each);
  }
  for (const each of open)
    if (await receipts.wasOrdered(tag, faceOf(each.input)))
      if ((await receipts.claim(each.id, tag)) === tag) return each;
  return open.length > 0 ? 'unknown' : 'absent';
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

/** `alike`: nothing tells it from ours. `faceless`: its input was removed, and it could be any. */
type Kin = 'ours' | 'alike' | 'faceless' | 'none';

/** What a prediction says of itself. Its webhook names it, also one from a time when our server stood elsewhere. */
export function kinOf(prediction: Prediction, { model, slug, wish, tag, tagIn }: Wanted): Kin {
  const { webhook, input } = prediction;
  if (prediction.model !== slug) return 'none';
  if (webhook) return tagIn(webhook) === tag ? 'ours' : 'none';
  if (Object.keys(input).length === 0) return 'faceless';
  if (!speaksOf(model, input, wish.prompt)) return 'none';
  if (ordersIn(model, input).audio !== ordersOf(model, wish.silent ?? false).audio) return 'none';
  const seed = model.inputs?.seed;
  if (seed) return input[seed.name] === seedFor(wish.seed) ? 'ours' : 'none';
  return wish.seconds === undefined || secondsIn(model, input) === wish.seconds ? 'alike' : 'none';
}

/** The same for the same whole input, in whatever order its parameters are told. */
export const faceOf = (input: Record<string, unknown>): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(input).sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest('base64url');
