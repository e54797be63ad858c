import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { Option } from '../../../commands/command.ts';
import type { Suggestion } from '../chat.ts';
import { plain } from './blocks.ts';
import * as limits from './limits.ts';
import { isPerson } from './places.ts';

type Element = types.InputBlock['element'];

/** The one element of every input block. */
const action_id = 'value';

/** An input with its name, which is its block's id as well: errors are shown there. */
export const input = (
  name: string,
  { label, hint, optional = true }: { label: string; hint?: string; optional?: boolean },
  element: Element,
): types.InputBlock => ({
  type: 'input',
  block_id: name,
  label: plain(label, limits.longestLabel),
  element,
  optional,
  ...(hint && { hint: plain(hint, limits.longestLabel) }),
});

/** Several lines. What is too long to stand there from the beginning is left out. */
export const writing = (initial = '', example = ''): Element => ({
  type: 'plain_text_input',
  action_id,
  multiline: true,
  max_length: limits.longestInput,
  ...(initial && initial.length <= limits.longestInput && { initial_value: initial }),
  ...(example && { placeholder: plain(example, limits.longestPlaceholder) }),
});

/** One line. */
export const line = (initial = ''): Element => ({
  type: 'plain_text_input',
  action_id,
  max_length: limits.longestLine,
  ...(initial && { initial_value: initial.slice(0, limits.longestLine) }),
});

export const filesOf = (name: string): Element => ({
  type: 'file_input',
  action_id,
  max_files: name === 'logo' ? 1 : limits.filesInInput,
});

const seconds: Element = {
  type: 'number_input',
  action_id,
  is_decimal_allowed: false,
  min_value: '1',
};

export const wholeNumber = (initial: number): Element => ({ ...seconds, initial_value: `${initial}` });

export const amount = (initial: number): Element => ({
  type: 'number_input',
  action_id,
  is_decimal_allowed: true,
  min_value: '0',
  initial_value: `${initial}`,
});

export const people = (initial: readonly string[] = []): Element => ({
  type: 'multi_users_select',
  action_id,
  max_selected_items: limits.mostNamed,
  ...(initial.some(isPerson) && { initial_users: initial.filter(isPerson).slice(0, limits.mostNamed) }),
});

const offered = (choices: readonly Suggestion[]): types.PlainTextOption[] =>
  choices
    .filter(({ value }) => value.length > 0 && value.length <= limits.longestOption)
    .slice(0, limits.optionsInSelect)
    .map(({ value, label }) => ({ text: plain(label, limits.longestOption), value }));

/** One of several; null where there is nothing to choose from, which Slack does not show. */
export function choice(choices: readonly Suggestion[], chosen?: string): Element | null {
  const options = offered(choices);
  const initial = options.find(({ value }) => value === chosen);
  if (options.length === 0) return null;
  return { type: 'static_select', action_id, options, ...(initial && { initial_option: initial }) };
}

export function choices(all: readonly Suggestion[], chosen: readonly string[] = []): Element | null {
  const options = offered(all);
  const initial = options.filter(({ value }) => value !== undefined && chosen.includes(value));
  if (options.length === 0) return null;
  const first = initial.length > 0 && { initial_options: initial };
  return { type: 'multi_static_select', action_id, options, ...first };
}

/** One thing that is ticked or not. */
export const tick = (label: string): Element => ({
  type: 'checkboxes',
  action_id,
  options: [{ text: plain(label, limits.longestOption), value: 'yes' }],
});

/** A channel that everybody in it may read along. */
export const openChannel = (initial: string | null): Element => ({
  type: 'conversations_select',
  action_id,
  filter: { include: ['public', 'private'], exclude_bot_users: true },
  ...(initial === null ? {} : { initial_conversation: initial }),
});

/** Where the conversation is to be opened, where nobody said so yet. */
export const channel: Element = {
  type: 'conversations_select',
  action_id,
  default_to_current_conversation: true,
  filter: { include: ['public', 'private', 'im'], exclude_bot_users: true },
};

/** The input that an option of a command becomes. */
export function elementFor({ name, kind }: Option, offers: readonly Suggestion[] | null): Element | null {
  if (offers) return choice(offers);
  if (kind === 'files') return filesOf(name);
  if (kind === 'seconds') return seconds;
  return writing();
}

const File = z.object({ id: z.string(), name: z.string().nullish() });
const Value = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
  selected_users: z.array(z.string()).nullish(),
  selected_conversation: z.string().nullish(),
  files: z.array(File).nullish(),
});

/** A form that was sent, as far as we read it. */
export const Sent = z.object({
  blocks: z.array(z.object({ block_id: z.string().optional(), type: z.string() })).default([]),
  private_metadata: z.string().default(''),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), Value)) }),
});
type Sent = z.infer<typeof Sent>;
type Filled = z.infer<typeof Value>;

/** The names of the inputs it has. */
export const namesIn = ({ blocks }: Sent): string[] =>
  blocks.flatMap(({ type, block_id }) => (type === 'input' && block_id ? [block_id] : []));

export const filled = ({ state }: Sent, name: string): Filled => state.values[name]?.[action_id] ?? {};

export const isTicked = (sent: Sent, name: string): boolean =>
  (filled(sent, name).selected_options ?? []).length > 0;

/** What was written or chosen there; empty where nothing was. */
export const saidIn = (sent: Sent, name: string): string => {
  const { value, selected_option, selected_conversation } = filled(sent, name);
  return value ?? selected_option?.value ?? selected_conversation ?? '';
};
