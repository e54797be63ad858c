const fresh = 5 * 60_000;
const manyKnown = 5_000;

/** What is asked elsewhere, and believed for five minutes. */
export function memoryOf(clock: () => number) {
  const known = new Map<string, { value: Promise<unknown>; until: number }>();

  function remember<T>(key: string, value: Promise<T>): Promise<T> {
    if (known.size > manyKnown) known.clear();
    known.set(key, { value, until: clock() + fresh });
    return value;
  }

  return {
    remember,
    /** Asked once by all who want it at the same time; a failure is not remembered. */
    remembered<T>(key: string, ask: () => Promise<T>): Promise<T> {
      const found = known.get(key);
      if (found && found.until > clock()) return found.value as Promise<T>;
      const value = remember(key, ask());
      value.catch(() => known.delete(key));
      return value;
    },
  };
}
