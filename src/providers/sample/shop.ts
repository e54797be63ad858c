import { randomUUID } from 'node:crypto';
import { access, copyFile, mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Never } from '../../errors.ts';
import type { TakeOrder } from '../video.ts';
import { alone, type Fact, readFacts, writeDurable, writeFact } from './book.ts';
import { faultsIn } from './faults.ts';

/** An order as the service keeps it: `price` is what the whole clip costs. */
export interface Kept {
  prediction: string;
  at: number;
  price: number;
  order: TakeOrder;
}

/** How an order ended, or null while it has not. */
export type Ending = Extract<Fact['kind'], 'billed' | 'canceled' | 'failed'>;

/** The folder of a sample service: orders, finished films and the book. Every process that has the folder has the same shop. */
export function openShop(folder: string, clock: () => number) {
  const orderFile = (prediction: string) => join(folder, 'orders', `${prediction}.json`);
  const filmFile = (prediction: string) => join(folder, 'films', `${prediction}.mp4`);
  const facts = () => readFacts(folder);

  async function accept(order: TakeOrder, price: number): Promise<Kept> {
    const prediction = `film-${randomUUID()}`;
    await mkdir(join(folder, 'orders'), { recursive: true });
    await mkdir(join(folder, 'films'), { recursive: true });
    const still = order.still && join(folder, 'orders', `${prediction}.still`);
    if (order.still && still) await copyFile(order.still, still);
    const kept = { prediction, at: clock(), price, order: { ...order, still } };
    await writeDurable(orderFile(prediction), JSON.stringify(kept));
    await alone(folder, () => writeFact(folder, fact(kept, 'accepted', 0)));
    return kept;
  }

  const fact = ({ prediction, order }: Kept, kind: Fact['kind'], cost: number): Fact => ({
    at: clock(),
    kind,
    tag: order.tag,
    prediction,
    model: order.model,
    cost,
    seconds: order.seconds,
  });

  /** Only what the book says was accepted is an order. */
  async function kept(prediction: string): Promise<Kept> {
    const known = (await facts()).some((each) => each.prediction === prediction && each.kind === 'accepted');
    if (!known) throw new Never('provider-error', `no such prediction: ${prediction}`);
    return JSON.parse(await readFile(orderFile(prediction), 'utf8')) as Kept;
  }

  /** Writes how an order ended, unless that is written already, and answers with what holds. */
  async function end(order: Kept, kind: Ending, cost: number): Promise<Fact> {
    return alone(folder, async () => {
      const ended = endingOf(await facts(), order.prediction);
      if (ended) return ended;
      const now = fact(order, kind, cost);
      await writeFact(folder, now);
      return now;
    });
  }

  return {
    accept,
    kept,
    end,
    facts,
    filmFile,
    ended: async (prediction: string) => endingOf(await facts(), prediction),
    accepted: async () => (await facts()).filter((each) => each.kind === 'accepted'),
    hasFilm: (prediction: string) =>
      access(filmFile(prediction)).then(
        () => true,
        () => false,
      ),
    /** The film is there whole or not at all. */
    async shelve(prediction: string, file: string): Promise<void> {
      const part = `${filmFile(prediction)}.${randomUUID()}.part`;
      await copyFile(file, part);
      await rename(part, filmFile(prediction));
    },
  };
}

export type Shop = ReturnType<typeof openShop>;

function endingOf(facts: readonly Fact[], prediction: string): Fact | null {
  const ends = facts.find(
    (each) => each.prediction === prediction && !['accepted', 'still'].includes(each.kind),
  );
  return ends ?? null;
}

/** How long an order waits and runs, in milliseconds. */
export function timesOf(
  order: TakeOrder,
  wait: { queue: number; run: number },
): { queue: number; run: number } {
  const slow = faultsIn(order.prompt).includes('sample:slow') ? 5 : 1;
  return { queue: wait.queue * 1000 * slow, run: wait.run * 1000 * slow };
}
