import { z } from 'zod';
import { Policy } from '../campaign/policy.ts';

/** A tenant and how it wants things done. `policy` null: nothing was ever set, the usual one holds. */
export interface Workspace {
  id: string;
  policy: Policy | null;
  setBy: string | null;
}

export const unsetWorkspace = (id: string): Workspace => ({ id, policy: null, setBy: null });

const Caps = Policy.shape.caps.partial();

/** What a manager asks of a workspace. */
export const WorkspaceIntent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('set-policy'), policy: Policy }),
  z.object({ type: z.literal('set-caps'), caps: Caps }),
]);
export type WorkspaceIntent = z.infer<typeof WorkspaceIntent>;

const shapes = {
  'policy.set': z.object({ at: z.int(), person: z.string(), policy: Policy }),
} as const;

export type WorkspaceEvent = { type: 'policy.set' } & z.infer<(typeof shapes)['policy.set']>;

/** Reads a kept event. Throws on a body that was never written. */
export function readWorkspaceEvent(type: string, _v: number, body: unknown): WorkspaceEvent {
  if (type !== 'policy.set') throw new Error(`event of an unknown type: ${type}`);
  return { type, ...shapes[type].parse(body) };
}
