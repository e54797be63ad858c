import type { Journal } from '../journal/journal.ts';

type Until = <State>(
  stream: string,
  read: () => Promise<State>,
  holds: (state: State) => boolean,
  timeout: number,
) => Promise<State>;

/**
 * A journal that tells when a stream got a new step, so that one can wait for a state without polling; `others`:
 * milliseconds after which to look all the same, where other processes commit too.
 */
export function watchCommits(journal: Journal, others: number | null): { journal: Journal; until: Until } {
  const watchers = new Set<(stream: string) => void>();
  const watched: Journal = {
    ...journal,
    async commit(step) {
      const committed = await journal.commit(step);
      if (committed.kind === 'committed') for (const watch of watchers) watch(step.stream);
      return committed;
    },
    async finish(effect) {
      const finished = await journal.finish(effect);
      const [kind, id] = effect.id.split('/', 1)[0]?.split(':') ?? [];
      for (const watch of watchers) watch(`${kind}:${id}`);
      return finished;
    },
  };
  const until: Until = (stream, read, holds, timeout) =>
    new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        watchers.delete(look);
        clearInterval(looking);
        clearTimeout(timer);
        settle();
      };
      const look = (changed: string) => {
        if (changed !== stream) return;
        read().then(
          (state) => (holds(state) ? end(() => resolve(state)) : undefined),
          (error: unknown) => end(() => reject(error)),
        );
      };
      const timer = setTimeout(() => end(() => reject(new Error(`waited ${timeout} ms in vain`))), timeout);
      const looking = others === null ? undefined : setInterval(() => look(stream), others);
      watchers.add(look);
      look(stream);
    });
  return { journal: watched, until };
}
