import type { Keep } from '../chat.ts';

/** Does something once in the life of a workspace: not again where it was done, nor beside itself. */
export type Once = (key: string, workspace: string, run: () => Promise<void>) => Promise<void>;

export function onceIn(keep: Keep): Once {
  const underway = new Map<string, Promise<void>>();

  async function unlessDone(key: string, workspace: string, run: () => Promise<void>): Promise<void> {
    if ((await keep.get(key)) !== null) return;
    await run();
    await keep.put(key, true, workspace);
  }

  return (key, workspace, run) => {
    const doing = underway.get(key) ?? unlessDone(key, workspace, run).finally(() => underway.delete(key));
    underway.set(key, doing);
    return doing;
  };
}
