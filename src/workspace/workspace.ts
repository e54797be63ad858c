import { z } from 'zod';
import { KitIntent, type LogoOutcome } from '../campaign/brand-kit.ts';
import type { OutcomeOf } from '../campaign/outcome.ts';
import { Policy, PolicyChange } from '../campaign/policy.ts';
import { type KeptKit, kitShapes } from './kits.ts';
import { Notice, type Raised } from './notice.ts';

/** A tenant and how it wants things done. `policy` null: nothing was ever set, the usual one holds. */
export interface Workspace {
  id: string;
  policy: Policy | null;
  setBy: string | null;
  /** Since when it is gone: its app was removed or its tokens were taken back. Milliseconds. */
  suspendedAt: number | null;
  /** What its admins were told, oldest first. */
  notices: readonly Raised[];
  /** Its brand kits, by name. */
  kits: readonly KeptKit[];
  /** The kit that is taken where nobody says otherwise. */
  usualKit: string | null;
}

export const unsetWorkspace = (id: string): Workspace => ({
  id,
  policy: null,
  setBy: null,
  suspendedAt: null,
  notices: [],
  kits: [],
  usualKit: null,
});

const Caps = Policy.shape.caps.partial();

/** What a manager, or the platform it lives on, asks of a workspace. */
export const WorkspaceIntent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('set-policy'), policy: Policy }),
  z.object({ type: z.literal('change-policy'), change: PolicyChange }),
  z.object({ type: z.literal('set-caps'), caps: Caps }),
  z.object({ type: z.literal('set-ask-above'), micros: Policy.shape.askAbove }),
  ...KitIntent.options,
  z.object({ type: z.literal('set-admin-place'), place: z.string().nullable() }),
  /** Of one person, or with null of everybody. */
  z.object({ type: z.literal('forget'), person: z.string().nullable() }),
  z.object({ type: z.literal('suspend') }),
  z.object({ type: z.literal('resume') }),
]);
export type WorkspaceIntent = z.infer<typeof WorkspaceIntent>;

/** What the house reports to a workspace. */
export type WorkspaceOutcome = { type: 'notice'; notice: Notice } | LogoOutcome | OutcomeOf<'gave-up'>;

const shapes = {
  'policy.set': z.object({ at: z.int(), person: z.string(), policy: Policy }),
  'forgetting.asked': z.object({ at: z.int(), person: z.string().nullable() }),
  'workspace.suspended': z.object({ at: z.int() }),
  'workspace.resumed': z.object({ at: z.int() }),
  'notice.raised': z.object({
    at: z.int(),
    key: z.string(),
    place: z.string().nullable(),
    notice: Notice,
  }),
  ...kitShapes,
} as const;

type Shapes = typeof shapes;
export type WorkspaceEvent = { [T in keyof Shapes]: { type: T } & z.infer<Shapes[T]> }[keyof Shapes];

/** Reads a kept event. Throws on a body that was never written. */
export function readWorkspaceEvent(type: string, _v: number, body: unknown): WorkspaceEvent {
  const shape = shapes[type as keyof Shapes];
  if (!shape) throw new Error(`event of an unknown type: ${type}`);
  return { type, ...shape.parse(body) } as WorkspaceEvent;
}
