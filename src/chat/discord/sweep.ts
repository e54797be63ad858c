import { TryLater } from '../../errors.ts';
import type { Doors } from '../chat.ts';
import { pause, shared } from '../turns.ts';
import type { Desk } from './desk.ts';
import { spotOf } from './places.ts';
import { sign, verdictOf } from './react.ts';
import { isForbidden, isGone } from './trouble.ts';

type Review = Awaited<ReturnType<Doors['reviews']>>[number];

const mostSigns = 100;
const leastPause = 1_000;
const usualPause = 5_000;
const sweptKey = 'swept';

const sweeps = new WeakMap<Desk, () => Promise<void>>();

/**
 * A session that begins anew was told nothing of what happened before: every review that waits is looked at, however
 * long that takes. Who was heard already is not heard again.
 */
export function sweep(desk: Desk): Promise<void> {
  const known = sweeps.get(desk) ?? shared(() => sweepOnce(desk));
  sweeps.set(desk, known);
  return known();
}

/** The same, unless any process did it not long ago. `every`: milliseconds. */
export async function sweepAgain(desk: Desk, every: number): Promise<void> {
  const { keep, clock } = desk;
  const last = await keep.get(sweptKey);
  if (typeof last === 'number' && clock() - last < every / 2) return;
  await keep.put(sweptKey, clock());
  await sweep(desk);
}

async function sweepOnce(desk: Desk): Promise<void> {
  const { leaving, clock, log } = desk;
  const due = new Map((await waitingIn(desk)).map((review) => [review, 0]));
  for (let next = earliest(due); next && !leaving.aborted; next = earliest(due)) {
    const [review, at] = next;
    if (at > clock()) await pause(Math.min(at - clock(), usualPause), leaving);
    if (at > clock()) continue;
    try {
      await look(review, desk);
      due.delete(review);
    } catch (error) {
      if (isGone(error) || isForbidden(error)) due.delete(review);
      else {
        log.error('discord: a review is looked at again', { error });
        const wait = error instanceof TryLater ? Math.max(error.delay, leastPause) : usualPause;
        due.set(review, clock() + wait);
      }
    }
  }
}

const earliest = (due: ReadonlyMap<Review, number>): [Review, number] | null =>
  [...due].reduce<[Review, number] | null>((least, one) => (least && least[1] <= one[1] ? least : one), null);

async function waitingIn({ doors, leaving, log }: Desk): Promise<Review[]> {
  while (!leaving.aborted) {
    try {
      return (await doors.reviews()).filter(({ workspace, place }) => spotOf(place).guild === workspace);
    } catch (error) {
      log.error('discord: what waits for a decision is not known', { error });
      await pause(usualPause, leaving);
    }
  }
  return [];
}

/** Asked for who it was only where anybody but ourselves put a sign there. */
async function look({ place, message }: Review, desk: Desk): Promise<void> {
  const { guild, channel } = spotOf(place);
  const { reactions = [] } = await desk.call((api) => api.channels.getMessage(channel, message));
  for (const { emoji, count, me } of reactions) {
    const name = emoji.name ?? '';
    if (!verdictOf(name) || count <= (me ? 1 : 0)) continue;
    for (const person of await signedBy(desk, channel, message, name))
      await sign({ guild, channel, message, person, emoji: name }, desk);
  }
}

async function signedBy(desk: Desk, channel: string, message: string, emoji: string): Promise<string[]> {
  const all: string[] = [];
  for (let after = '0'; ; ) {
    const query = { limit: mostSigns, after };
    const by = await desk.call((api) => api.channels.getMessageReactions(channel, message, emoji, query));
    all.push(...by.filter(({ id, bot }) => id !== desk.self && !bot).map(({ id }) => id));
    const last = by.at(-1)?.id;
    if (by.length < mostSigns || last === undefined) return all;
    after = last;
  }
}
