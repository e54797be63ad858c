import { expect, test, vi } from 'vitest';
import { pacedStill, pacedVideo } from '../../src/providers/paced.ts';
import type { StillProvider } from '../../src/providers/still.ts';
import type { VideoProvider } from '../../src/providers/video.ts';
import { paceInMemory } from '../../src/queue/pace-in-memory.ts';
import { handClock } from '../support/clock.ts';
import { sending, stillOrder, take } from './orders.ts';

test('film and stills of one provider share its patience, and what has to wait was not sent', async () => {
  const clock = handClock();
  const pace = paceInMemory(clock.now);
  const create = vi.fn(async () => ({ prediction: 'p' }));
  const make = vi.fn(async () => ({ bytes: Buffer.alloc(0), mime: 'image/png', cost: 0 }));
  const video = pacedVideo('replicate', { create } as unknown as VideoProvider, pace);
  const still = pacedStill('replicate', { make } as unknown as StillProvider, pace);
  for (let n = 0; n < 15; n++) {
    await video.create(take(), sending());
    await still.make(stillOrder(), sending());
  }
  const tooMany = video.create(take(), sending());
  await expect(tooMany).rejects.toMatchObject({ name: 'TryLater', delay: 100, sent: false });
  await expect(still.make(stillOrder(), sending())).rejects.toMatchObject({ name: 'TryLater' });
  expect([create.mock.calls.length, make.mock.calls.length]).toEqual([15, 15]);
  clock.forward(100);
  expect(await video.create(take(), sending())).toEqual({ prediction: 'p' });
});

test('a provider that says nothing of its patience is not held back', async () => {
  const create = vi.fn(async () => ({ prediction: 'p' }));
  const video = pacedVideo('runway', { create } as unknown as VideoProvider, paceInMemory(Date.now));
  await Promise.all(Array.from({ length: 100 }, () => video.create(take(), sending())));
  expect(create).toHaveBeenCalledTimes(100);
});
