import { expect, it, vi } from 'vitest';
import { sharedClock } from '../../src/wiring/shared-clock.ts';

const log = { info: () => undefined, error: vi.fn() };
const minutes = 60_000;

it.each([2, 0, -2])('is right where the machine is wrong by %s minutes, and never ahead', async (wrong) => {
  let now = 1_800_000_000_000;
  const slow = [900, 30, 400];
  const time = async () => {
    const read = now;
    now += slow.shift() ?? 0;
    return read;
  };
  const clock = await sharedClock({ time, log, own: () => now + wrong * minutes });
  expect(now - clock.now()).toBe(30);
  now += 5_000;
  expect(now - clock.now()).toBe(30);
  clock.stop();
});

it('follows a clock that is set anew, and goes by the last answer while nobody says the time', async () => {
  let wrong = 0;
  let away = false;
  const time = async () => (away ? Promise.reject(new Error('away')) : 1_000_000);
  const clock = await sharedClock({ time, log, own: () => 1_000_000 + wrong, every: 5 });
  wrong = 3 * minutes;
  await vi.waitFor(() => expect(clock.now()).toBe(1_000_000));
  away = true;
  await vi.waitFor(() => expect(log.error).toHaveBeenCalled());
  expect(clock.now()).toBe(1_000_000);
  clock.stop();
});
