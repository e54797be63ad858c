import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { Refusal, RefusalCode } from '../../campaign/refusal.ts';
import { plainly } from '../fitted.ts';
import { plain } from './blocks.ts';
import * as limits from './limits.ts';

/** The names the forms come back under. */
export const forms = {
  brief: 'video_brief',
  words: 'video_words',
  use: 'video_use',
  settings: 'video_settings',
  kit: 'video_kit',
} as const;

/** A form; `about` comes back with it. */
export const modal = (
  callback_id: string,
  { title, submit, about }: { title: string; submit: string; about: object },
  blocks: (types.KnownBlock | null)[],
): types.ModalView => ({
  type: 'modal',
  callback_id,
  title: plain(title, limits.longestModalTitle),
  submit: plain(submit, limits.longestModalTitle),
  close: plain('Not now', limits.longestModalTitle),
  private_metadata: JSON.stringify(about),
  blocks: blocks.filter((block) => block !== null),
});

const Opened = z.object({ url: z.string() });

/** Where the command or the shortcut that opened a form is answered; null where it stood nowhere. */
export const openerOf = ({ private_metadata: about }: { private_metadata: string }): string | null =>
  Opened.safeParse(JSON.parse(about || '{}')).data?.url ?? null;

/** Errors by the input they are shown at. */
export type Faults = Record<string, string>;
export type Read<T> = T | { faults: Faults };

/** How this workspace names places and files; only the adapter's own files know. */
export interface Naming {
  place(channel: string): string;
  attachment(file: string): string;
}

const fields: readonly [beginning: string, field: string][] = [
  ['seconds', 'duration'],
  ['model-none', 'duration'],
  ['aspect', 'aspect'],
  ['model', 'model'],
  ['template', 'template'],
  ['platform', 'platform'],
  ['reference', 'reference'],
  ['approvers', 'approvers'],
  ['campaign', 'campaign'],
  ['kit', 'brand'],
];

/**
 * A "no" of the core at the input it is about, of those the form has; what is about none of them is shown at the words.
 * Slack shows nothing of what stands elsewhere.
 */
export function faultsOf(refusals: readonly Refusal[], inputs: readonly string[]): Faults {
  const at = Map.groupBy(refusals, ({ refusal }) => fieldOf(refusal, inputs));
  return Object.fromEntries(
    [...at].map(([field, all]) => [field, asError(all.map(({ sentence }) => sentence).join(' '))]),
  );
}

const fieldOf = (code: RefusalCode, inputs: readonly string[]): string =>
  fields.find(([beginning, field]) => code.startsWith(beginning) && inputs.includes(field))?.[1] ?? 'prompt';

/** Errors of a form are shown as they are: nothing in them is markup. */
export const asError = (sentence: string): string =>
  plainly(sentence.replace(/`([^`]*)`/g, '“$1”'), limits.longestError);
