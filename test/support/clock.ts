/** A clock that tests move by hand. */
export function handClock(start = Date.UTC(2026, 10, 21, 9)) {
  let now = start;
  return {
    now: () => now,
    forward: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}
