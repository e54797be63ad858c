import { type Catalogue, findModel, type Model } from '../../campaign/model.ts';
import type { Purpose } from '../../campaign/reference.ts';
import { Never, TryLater } from '../../errors.ts';
import type { Receipts } from '../receipts.ts';
import type { Bought, Sending } from '../video.ts';
import type { Addresses } from './address.ts';
import { type Prediction, type ReplicateAccess, replicateApi } from './api.ts';
import { urlOf } from './files.ts';
import { faceOf, kinOf, listSince, locate, type Wanted } from './find.ts';
import { chosen, inputOf, type Pictures, type Wish } from './input.ts';
import type { OutputOptions } from './output.ts';

export interface ReplicateOptions extends ReplicateAccess, OutputOptions {
  catalogue: Catalogue;
  receipts: Receipts;
  /** Where it calls us when a prediction has ended. Left out, it does not. */
  webhooks?: Addresses;
  /** Milliseconds since 1970. */
  clock?: () => number;
}

export interface Purchase extends Wish {
  tag: string;
  model: string;
  still?: string | null;
  last?: string | null;
  references: readonly { path: string; mime: string; purpose: Purpose }[];
}

export type Counter = ReturnType<typeof openCounter>;

/** Where film and stills are bought alike. */
export function openCounter(options: ReplicateOptions) {
  const { catalogue, receipts, clock = Date.now } = options;
  const api = replicateApi(options);
  const { to, tagIn } = options.webhooks ?? nowhere;
  const wantedFor = (order: Purchase): Wanted | null => {
    const model = ours(catalogue, order.model);
    return model ? { model, slug: slugOf(model), wish: order, tag: order.tag, tagIn } : null;
  };
  const belongs = async (prediction: string, tag: string) => (await receipts.claim(prediction, tag)) === tag;
  /** The order that a prediction was certainly bought with: it says so, or it is written down. */
  async function ordering(each: Prediction, all: readonly Wanted[]): Promise<Wanted | undefined> {
    const kin = all.filter((one) => kinOf(each, one) !== 'none');
    const named = kin.find((one) => kinOf(each, one) === 'ours');
    if (named || kin.length === 0) return named;
    const owner = await receipts.ownerOf(each.id);
    return kin.find(({ tag }) => tag === owner);
  }
  return {
    api,
    clock,
    modelOf: ({ model }: Prediction): Model | undefined =>
      catalogue.find((m) => m.provider === 'replicate' && slugOf(m) === model),
    async buy(order: Purchase, sending: Sending): Promise<Prediction> {
      const model = ours(catalogue, order.model);
      if (!model) throw new Never('retired', `no such model: ${order.model}`);
      const pictures = await picturesOf(model, order, (path, mime) =>
        urlOf(path, mime, api.upload, sending.signal),
      );
      const input = inputOf(model, order, pictures);
      const cancelAfter = minutesFor(model);
      await receipts.ordered(order.tag, faceOf(input));
      const sent = await api.create(
        { slug: slugOf(model), input, webhook: to(order.tag), cancelAfter },
        { signal: sending.signal, guard: () => sending.guard() },
      );
      if (await belongs(sent.id, order.tag)) return sent;
      // While it was on its way, another order just like it was looked for and took it: one of theirs is ours.
      throw new TryLater('taken by an order just like it', { delay: swap, sent: true });
    },
    async find(order: Purchase, since: number): Promise<Prediction | 'absent' | 'unknown'> {
      const wanted = wantedFor(order);
      // What has left the catalogue may have been bought all the same.
      if (!wanted) return 'unknown';
      return locate(wanted, api, { since, now: clock() }, receipts);
    },
    async bought(orders: readonly Purchase[], since: number): Promise<Bought[]> {
      const wanted = orders.flatMap((order) => wantedFor(order) ?? []);
      const listed = (await listSince(api, { since, now: clock() })).reverse();
      const all = listed.map(async (each): Promise<Bought[]> => {
        const order = await ordering(each, wanted);
        const isDead = ['failed', 'canceled', 'aborted'].includes(each.status);
        return order ? [{ prediction: each.id, model: order.model.id, isDead }] : [];
      });
      return (await Promise.all(all)).flat();
    },
    /** Whether a prediction that an address of this order named was bought with it, as far as Replicate itself tells. */
    async owns(order: Purchase, prediction: string): Promise<boolean> {
      const wanted = wantedFor(order);
      const kin = wanted ? kinOf(await api.prediction(prediction), wanted) : 'none';
      return kin === 'ours' || (kin !== 'none' && (await belongs(prediction, order.tag)));
    },
  };
}

/** Milliseconds until an order whose prediction another took looks for the other's. */
const swap = 1_000;

const nowhere: Addresses = { to: () => null, tagIn: () => null };

const slugOf = (model: Model): string => model.slug ?? model.id;

function ours(catalogue: Catalogue, id: string): Model | undefined {
  const model = findModel(catalogue, id);
  return model?.provider === 'replicate' ? model : undefined;
}

/** Ample, and below the half hour after which Replicate stops everything. */
const minutesFor = ({ typicalWait }: Model): number =>
  Math.min(25, Math.max(5, Math.ceil((typicalWait * 6) / 60)));

async function picturesOf(
  model: Model,
  order: Purchase,
  url: (path: string, mime: string | null) => Promise<string>,
): Promise<Pictures> {
  const still = order.still && model.inputs?.still ? await url(order.still, null) : null;
  const last = still && order.last && model.inputs?.lastFrame ? await url(order.last, null) : null;
  const references = [];
  for (const { path, mime, purpose } of chosen(model, order, order.references))
    references.push({ url: await url(path, mime), purpose });
  return { still, last, references };
}
