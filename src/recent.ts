/** What was noted last, at most so many: the oldest is forgotten first. */
export function recent<V>(most: number) {
  const notes = new Map<string, V>();
  return {
    get: (key: string): V | undefined => notes.get(key),
    set(key: string, value: V): void {
      notes.delete(key);
      notes.set(key, value);
      const [oldest] = notes.keys();
      if (notes.size > most && oldest !== undefined) notes.delete(oldest);
    },
    delete: (key: string): boolean => notes.delete(key),
  };
}
