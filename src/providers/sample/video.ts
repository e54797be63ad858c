import { readFile, writeFile } from 'node:fs/promises';
import { Never } from '../../errors.ts';
import type { Progress, VideoProvider } from '../video.ts';
import type { Fact } from './book.ts';
import { type Darkroom, openDarkroom } from './darkroom.ts';
import { answer, isCinema, openDoor } from './door.ts';
import { faultsIn } from './faults.ts';
import { spoiled } from './garbage.ts';
import { type Kept, openShop, type Shop, timesOf } from './shop.ts';

export interface SampleVideoOptions {
  /** Where orders, films and the log (`log.jsonl`, see `book.ts`) are kept. */
  folder: string;
  /** Micro-dollars for one clip. */
  price: (model: string, seconds: number) => number;
  /** Milliseconds since 1970. */
  clock?: () => number;
  /** Seconds in the queue, and seconds that a run takes at least. */
  wait?: { queue: number; run: number };
  /** Size of the frame against its full size. */
  scale?: number;
  /** Which model `sample:outage` and `sample:retired` strike. */
  outage?: (model: string) => boolean;
  /** Called once the order is durable and before it is answered. */
  onSent?: (name: 'create' | 'still') => void | Promise<void>;
}

/**
 * Makes real film from words, brand colours and a still, in the manner of a paid service: what is accepted is in its
 * log before the answer, is found and finished by any later process on the same folder, and is billed once. Two
 * orders under one tag are two bills. For its failures see `faults.ts`.
 */
export function sampleVideo(options: SampleVideoOptions): VideoProvider {
  const clock = options.clock ?? Date.now;
  const shop = openShop(options.folder, clock);
  const darkroom = openDarkroom(shop, options.scale ?? 1);
  const door = openDoor(options.outage ?? isCinema);
  const service = { shop, darkroom, clock, wait: options.wait ?? { queue: 0, run: 0 } };
  return {
    memory: 'at-once',
    async create(order, { signal, guard }) {
      door.pass(order, signal);
      await guard();
      const { prediction } = await shop.accept(order, options.price(order.model, order.seconds));
      await options.onSent?.('create');
      answer(order.prompt, signal);
      return { prediction };
    },
    async find({ tag }) {
      const fact = (await shop.accepted()).find((each) => each.tag === tag);
      return fact ? { prediction: fact.prediction } : 'absent';
    },
    async watch(prediction) {
      const progress = await look(await shop.kept(prediction), service);
      await settleOthers(prediction, service);
      return progress;
    },
    cancel: async (prediction) => callOff(await shop.kept(prediction), service),
    fetch: (output, file, signal) => handOver(output, file, shop, signal),
  };
}

interface Service {
  shop: Shop;
  darkroom: Darkroom;
  clock: () => number;
  wait: { queue: number; run: number };
}

async function look(order: Kept, service: Service): Promise<Progress> {
  const { shop, clock, wait } = service;
  const ended = await shop.ended(order.prediction);
  if (ended && ended.kind !== 'billed') return told(ended);
  const times = timesOf(order.order, wait);
  const waited = clock() - order.at;
  if (!ended && waited < times.queue) return { state: 'queued', position: await position(order, service) };
  return run(order, ended, waited >= times.queue + times.run, service);
}

/** Bills when the film is there and its time is up; a bill from an earlier life holds, the film is made again. */
async function run(
  order: Kept,
  billed: Fact | null,
  timeIsUp: boolean,
  { shop, darkroom }: Service,
): Promise<Progress> {
  const { prediction } = order;
  if (!(await shop.hasFilm(prediction))) {
    if (darkroom.failed(prediction))
      return told(billed ? { ...billed, kind: 'failed' } : await shop.end(order, 'failed', 0));
    return { state: 'running', fraction: darkroom.develop(order) };
  }
  // Where another process was quicker, what is still made here is for nobody.
  darkroom.stop(prediction);
  if (!billed && !timeIsUp) return { state: 'running', fraction: 1 };
  return told(billed ?? (await shop.end(order, isWithheld(order) ? 'failed' : 'billed', order.price)));
}

const isWithheld = ({ order }: Kept): boolean => faultsIn(order.prompt).includes('sample:moderation-output');

function told(fact: Fact): Progress {
  if (fact.kind === 'billed') return { state: 'succeeded', output: fact.prediction, cost: fact.cost };
  if (fact.kind === 'canceled') return { state: 'canceled', cost: fact.cost };
  return { state: 'failed', reason: fact.cost > 0 ? 'moderation-output' : 'provider-error', cost: fact.cost };
}

/** Orders of this shop that were accepted before and still wait, and this one. */
async function position(order: Kept, { shop, clock, wait }: Service): Promise<number> {
  const facts = await shop.facts();
  const ended = new Set(facts.filter((each) => each.kind !== 'accepted').map((each) => each.prediction));
  const before = facts.filter(
    (each) => each.kind === 'accepted' && each.at < order.at && !ended.has(each.prediction),
  );
  return 1 + before.filter((each) => clock() - each.at < wait.queue * 1000).length;
}

/** A real service goes on with orders that nobody watches, and bills them: a forgotten second purchase must show. */
async function settleOthers(watched: string, { shop, darkroom, clock, wait }: Service): Promise<void> {
  const facts = await shop.facts();
  const ended = new Set(facts.filter((each) => each.kind !== 'accepted').map((each) => each.prediction));
  // No order is due before the usual time; only then is it worth reading.
  const soonest = clock() - (wait.queue + wait.run) * 1000;
  const open = facts.filter(
    ({ kind, at, prediction }) => kind === 'accepted' && at <= soonest && !ended.has(prediction),
  );
  for (const { prediction } of open) {
    if (prediction === watched || darkroom.isBusyWith(prediction)) continue;
    const order = await shop.kept(prediction);
    const times = timesOf(order.order, wait);
    const due = clock() - order.at >= times.queue + times.run;
    if (due) await shop.end(order, isWithheld(order) ? 'failed' : 'billed', order.price);
  }
}

async function callOff(order: Kept, { shop, darkroom, clock, wait }: Service): Promise<void> {
  const queued = clock() - order.at < timesOf(order.order, wait).queue;
  const share = darkroom.stop(order.prediction);
  await shop.end(order, 'canceled', queued ? 0 : Math.round(order.price * share));
}

async function handOver(output: string, file: string, shop: Shop, signal: AbortSignal): Promise<void> {
  const ended = await shop.ended(output);
  if (ended?.kind !== 'billed') throw new Never('provider-error', `no such output: ${output}`);
  const { order } = await shop.kept(output);
  const bytes = spoiled(await readFile(shop.filmFile(output)), faultsIn(order.prompt));
  await writeFile(file, bytes, { signal, flag: 'wx' });
}
