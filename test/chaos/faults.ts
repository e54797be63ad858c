import { setTimeout as nap } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { randomFrom } from '../../src/cli/chaos/random.ts';
import type { House, Seat } from './house.ts';
import { type Mood, moods } from './moods.ts';
import type { Services } from './services.ts';
import { times } from './times.ts';

/** What befalls the house, each with the milliseconds that it lasts. */
export const kinds = {
  'worker killed': [0, 0],
  'worker paused beyond its lease': [times.lease + 300, times.lease + 2_000],
  'chat process killed': [0, 0],
  'Redis killed, its data kept': [0, 600],
  'Redis killed, its data lost': [0, 600],
  'Redis flushed': [0, 0],
  'PostgreSQL restarted': [0, 600],
  'PostgreSQL killed': [0, 600],
  'bucket cut off': [100, 1_500],
  'provider or Slack moody': [0, 0],
} as const satisfies Record<string, readonly [least: number, most: number]>;
export type Kind = keyof typeof kinds;
const allKinds = Object.keys(kinds) as Kind[];

/** One fault: how long after the one before, how long it lasts, and the luck that chooses whom it hits. */
export interface Fault {
  kind: Kind;
  after: number;
  lasts: number;
  luck: number;
}

/** Milliseconds between two. */
const gap = [200, 1_600] as const;

/** Every kind as often as any other, in an order and at times that the seed alone decides. */
export function scheduleOf(faults: number, seed: number): Fault[] {
  const random = randomFrom(seed);
  const between = ([least, most]: readonly [number, number]) => Math.round(least + random() * (most - least));
  const bag = Array.from({ length: faults }, (_, i) => ({
    kind: allKinds[i % allKinds.length] as Kind,
    place: random(),
  }));
  return bag
    .toSorted((a, b) => a.place - b.place)
    .map(({ kind }) => ({
      kind,
      after: between(gap),
      lasts: between(kinds[kind]),
      luck: random(),
    }));
}

/** Carries faults out. What one fault has taken away is back before the next one takes it. */
export function openStrikes({ database, hints, bucket, making, slack }: Services, house: House) {
  const taken = new Map<unknown, Promise<void>>();
  /** When a worker that slept went on, milliseconds since 1970. */
  const resumed: number[] = [];

  /** After what befalls the same thing now. */
  function alone(thing: unknown, strike: () => Promise<void>): Promise<void> {
    const done = (taken.get(thing) ?? Promise.resolve()).then(strike);
    taken.set(
      thing,
      done.catch(() => undefined),
    );
    return done;
  }

  function seatOf(role: Seat['role'], luck: number): Seat {
    const all = house.seats.filter((seat) => seat.role === role);
    return all[Math.floor(luck * all.length)] as Seat;
  }

  const kill = (seat: Seat) => alone(seat, () => house.kill(seat));

  const pause = (seat: Seat, lasts: number) =>
    alone(seat, async () => {
      await seat.up.promise;
      const { child } = seat;
      child.kill('SIGSTOP');
      await nap(lasts);
      child.kill('SIGCONT');
      resumed.push(Date.now());
    });

  const restart = (service: { start(): Promise<void> }, end: () => Promise<void>, lasts: number) =>
    alone(service, async () => {
      await end();
      await nap(lasts);
      await service.start();
    });

  async function flush(): Promise<void> {
    const redis = new Redis(hints.url, { maxRetriesPerRequest: 0, retryStrategy: () => null });
    redis.on('error', () => undefined);
    await redis.flushall().finally(() => redis.disconnect());
  }

  const cut = (how: 'deaf' | 'mute', lasts: number) =>
    alone(bucket, async () => {
      bucket.cut(how);
      await nap(lasts);
      bucket.cut(null);
    });

  async function spoil(mood: Mood): Promise<void> {
    if (mood.whose === 'Replicate') making.replicate.faults.next(mood.spot, mood.fault);
    else if (mood.whose === 'OpenAI') making.openai.fail(mood.fault);
    else slack.faults.next(mood.spot, mood.fault);
  }

  /** Resolves once it is mended. */
  function strike({ kind, lasts, luck }: Omit<Fault, 'after'>): Promise<void> {
    switch (kind) {
      case 'worker killed':
        return kill(seatOf('worker', luck));
      case 'chat process killed':
        return kill(seatOf('chat', luck));
      case 'worker paused beyond its lease':
        return pause(seatOf('worker', luck), lasts);
      case 'Redis killed, its data kept':
        return restart(hints, () => hints.kill(), lasts);
      case 'Redis killed, its data lost':
        return restart(hints, () => hints.kill().then(() => hints.empty()), lasts);
      case 'Redis flushed':
        return alone(hints, flush);
      case 'PostgreSQL restarted':
        return restart(database, () => database.stop(), lasts);
      case 'PostgreSQL killed':
        return restart(database, () => database.kill(), lasts);
      case 'bucket cut off':
        return cut(luck < 0.5 ? 'deaf' : 'mute', lasts);
      case 'provider or Slack moody':
        return spoil(moods[Math.floor(luck * moods.length)] as Mood);
    }
  }

  return { strike, flush, resumed: resumed as readonly number[] };
}
