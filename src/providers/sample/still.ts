import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Never } from '../../errors.ts';
import type { MadeStill, StillOrder, StillProvider } from '../still.ts';
import { alone, type Fact, readFacts, writeDurable, writeFact } from './book.ts';
import { answer, isCinema, openDoor } from './door.ts';
import { faultsIn, withoutFaults } from './faults.ts';
import { spoiled } from './garbage.ts';
import { moodOf } from './mood.ts';
import { paletteOf } from './palette.ts';
import { paint, stillSize } from './picture.ts';
import { randomOf } from './random.ts';
import { screenWords } from './screen-words.ts';

export interface SampleStillOptions {
  /** Where orders and the log are kept; a video service may share it. */
  folder: string;
  /** Micro-dollars for one still. */
  price: (model: string) => number;
  /** Milliseconds since 1970. */
  clock?: () => number;
  /** Seconds that one still takes at least. */
  wait?: number;
  /** Size of the picture against its full size. */
  scale?: number;
  /** Which model `sample:outage` and `sample:retired` strike. */
  outage?: (model: string) => boolean;
  /** Called once the order is durable and before it is answered. */
  onSent?: (name: 'create' | 'still') => void | Promise<void>;
}

/** Paints real PNGs from words and brand colours, and keeps its books like a service: see `faults.ts` for its failures. */
export function sampleStill(options: SampleStillOptions): StillProvider {
  const door = openDoor(options.outage ?? isCinema);
  return {
    memory: 'at-once',
    async make(order, { signal, guard }) {
      door.pass(order, signal);
      await guard();
      const fact = await accept(order, options);
      await options.onSent?.('still');
      answer(order.prompt, signal);
      await wait(order, options, signal);
      return develop(fact, options);
    },
    async find({ tag }) {
      const fact = (await readFacts(options.folder)).find(
        (each) => each.kind === 'still' && each.tag === tag,
      );
      return fact ? develop(fact, options) : 'absent';
    },
  };
}

async function accept(order: StillOrder, options: SampleStillOptions): Promise<Fact> {
  const prediction = `still-${randomUUID()}`;
  await mkdir(join(options.folder, 'orders'), { recursive: true });
  const references = await Promise.all(
    order.references.map((each, i) => keep(each, `${prediction}-${i}`, options.folder)),
  );
  await writeDurable(orderFile(options.folder, prediction), JSON.stringify({ ...order, references }));
  const at = (options.clock ?? Date.now)();
  const fact: Fact = {
    at,
    kind: 'still',
    tag: order.tag,
    prediction,
    model: order.model,
    cost: options.price(order.model),
    seconds: 0,
  };
  await alone(options.folder, () => writeFact(options.folder, fact));
  return fact;
}

/** The caller's file may be gone when the order is looked at again. */
async function keep(reference: StillOrder['references'][number], name: string, folder: string) {
  const path = join(folder, 'orders', name);
  await copyFile(reference.path, path);
  return { ...reference, path };
}

const orderFile = (folder: string, prediction: string): string =>
  join(folder, 'orders', `${prediction}.json`);

async function wait(order: StillOrder, options: SampleStillOptions, signal: AbortSignal): Promise<void> {
  const times = faultsIn(order.prompt).includes('sample:slow') ? 5 : 1;
  if (options.wait) await sleep(options.wait * times * 1000, undefined, { signal });
}

/** The same order gives the same bytes, so a still need not be kept to be found. */
async function develop(fact: Fact, options: SampleStillOptions): Promise<MadeStill> {
  const order = JSON.parse(await readFile(orderFile(options.folder, fact.prediction), 'utf8')) as StillOrder;
  const faults = faultsIn(order.prompt);
  if (faults.includes('sample:moderation-output'))
    throw new Never('moderation-output', 'withheld', { billed: fact.cost });
  const bytes = spoiled(await picture(order, options.scale ?? 1), faults);
  return { bytes, mime: 'image/png', cost: fact.cost };
}

async function picture(order: StillOrder, scale: number): Promise<Buffer> {
  const prompt = withoutFaults(order.prompt);
  const words = screenWords(order.look, prompt);
  const mood = moodOf(words.wishes);
  // Not from the prompt: "darker" should darken this very picture, not make another.
  const random = randomOf(order.seed, words.title);
  // A logo is composited afterwards, pixel for pixel, and never painted.
  const first = order.references.find(({ purpose }) => purpose !== 'logo');
  return paint({
    size: stillSize(order.aspect, scale),
    palette: paletteOf(order.look.colours, mood, random),
    mood,
    random,
    ...words,
    reference: first ? { path: first.path, purpose: first.purpose } : null,
  });
}
