import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Intent } from '../../campaign/intent.ts';
import type { Keep } from '../chat.ts';
import { longestCustomId } from './limits.ts';

const Asks = z.object({ title: z.string(), label: z.string(), value: z.string().optional() });
type Asks = z.infer<typeof Asks>;

/**
 * What stands behind a button or a menu. `asks`: a form asks for the `words` of the intent first. `fills`: the chosen
 * value goes there. `files`: the form also takes pictures.
 */
export const Pressable = z.object({
  /** Null for what begins one. */
  campaign: z.string().min(1).nullable(),
  intent: Intent,
  asks: Asks.optional(),
  fills: z.string().optional(),
  files: z.boolean().optional(),
});
export type Pressable = z.infer<typeof Pressable>;

const prefix = 'dailies';

/** The same for the same: what a form begins with is no part of it, so the newest is used. */
export function idOf({ asks, ...rest }: Pressable): string {
  const named = asks && { title: asks.title, label: asks.label };
  return createHash('sha256')
    .update(JSON.stringify([rest, named]))
    .digest('base64url')
    .slice(0, 22);
}

const plainId = (id: string, n: number): string => `${prefix}:${id}:${n}`;

/** What a form shows, and what it is known by afterwards. `opens`: whoever decides can be named, too. */
export interface Form {
  id: string;
  asks: Asks;
  files: boolean;
  opens: boolean;
}

export const formBehind = (pressable: Pressable, asks: Asks): Form => ({
  id: plainId(idOf(pressable), 0),
  asks,
  files: pressable.files ?? false,
  opens: pressable.intent.type === 'open',
});

/**
 * `n` tells it from the others of its message. What its form asks stands there too, where there is room: a form cannot
 * wait for the journal.
 */
export function customId(pressable: Pressable, n: number): string {
  const plain = plainId(idOf(pressable), n);
  const { asks, files } = pressable;
  if (!asks) return plain;
  const whole = `${plain}:${files ? 'f' : ''}${asks.value ? 'v' : ''}:${asks.title}|${asks.label}`;
  return whole.length <= longestCustomId && asking.test(whole) ? whole : plain;
}

const asking = new RegExp(`^${prefix}:([\\w-]{22}):\\d+:(f?)(v?):([ -{}~]+)\\|([ -{}~]+)$`);

/** The form that a button says it has; null where it says nothing. `isBegun`: there is something to be edited, kept. */
export function formIn(custom: string): (Form & { isBegun: boolean }) | null {
  const [, id, files, begun, title, label] = asking.exec(custom) ?? [];
  if (!id || !title || !label) return null;
  return { id: plainId(id, 0), asks: { title, label }, files: !!files, opens: false, isBegun: !!begun };
}

/** Null for what is no button of ours. */
export const readId = (custom: string): string | null =>
  new RegExp(`^${prefix}:([\\w-]{22}):\\d+(?::|$)`).exec(custom)?.[1] ?? null;

const manyKnown = 5_000;

/** Milliseconds that what was kept surely is there: what a server had is forgotten weeks after it went. */
const surely = 86_400_000;

/**
 * Where buttons are kept: Discord's have room for a hundred characters, so theirs is a name for what is in the
 * journal, and they work for as long as that is.
 */
export interface Buttons {
  /** `workspace`: whose they are. */
  keepAll(all: ReadonlyMap<string, Pressable>, workspace: string): Promise<void>;
  find(custom: string): Promise<Pressable | null>;
}

export function buttonsIn(keep: Keep, clock: () => number): Buttons {
  const known = new Map<string, { json: string; until: number }>();
  return {
    async keepAll(all, workspace) {
      for (const [id, pressable] of all) {
        const json = JSON.stringify(pressable);
        const last = known.get(id);
        if (last?.json === json && last.until > clock()) continue;
        await keep.put(`button/${id}`, pressable, workspace);
        if (known.size > manyKnown) known.clear();
        known.set(id, { json, until: clock() + surely });
      }
    },
    async find(custom) {
      const id = readId(custom);
      return id === null ? null : (Pressable.safeParse(await keep.get(`button/${id}`)).data ?? null);
    },
  };
}
