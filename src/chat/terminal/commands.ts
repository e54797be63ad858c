import type { Command, Meant } from '../../../commands/command.ts';
import { commands } from '../../../commands/index.ts';
import type { Offer } from '../../campaign/reference.ts';
import { type Card, card } from '../card.ts';
import type { Doors } from '../chat.ts';
import { channelOf } from './seat.ts';

/** What can be typed beside the commands. */
const shortcuts: readonly [typed: string, summary: string][] = [
  [':1 … :9', 'press the button or take the choice with that number on the newest card'],
  [':react approve', 'vote on the newest review; also :react changes WHY and :react reject WHY'],
  [':join 2', 'go to another conversation; :join alone lists them'],
  [':as NAME', 'let somebody else sit down at the keyboard'],
  [':help', 'this list'],
  [':quit', 'leave; what is being made goes on at the next start'],
];

/** `null` is no command at all; a string is the name of one that does not exist. */
export function commandIn(line: string): { command: Command; text: string } | string | null {
  const [, name = '', text = ''] = /^\/([a-z][a-z0-9_-]*)(?=\s|$)\s*(.*)$/is.exec(line) ?? [];
  if (!name) return null;
  const wanted = name.toLowerCase().replaceAll('_', '-');
  const command = commands.find((one) => one.name === wanted);
  return command ? { command, text } : name;
}

/** What is opened by a command is opened beside the conversation it was typed in. */
export const meantBy = (
  command: Command,
  text: string,
  files: readonly Offer[],
  conversation: string,
): Meant => command.read({ text, options: {}, files, place: channelOf(conversation), conversation });

export const commandList = (): string => commands.map(({ name }) => `/${name}`).join(', ');

/** Completes commands, shortcuts, options and the values of options, the way a shell does. */
export function completions(line: string, suggest: Doors['suggest']): [hits: string[], typed: string] {
  const typed = /\S*$/.exec(line)?.[0] ?? '';
  const hits = candidates(line.slice(0, line.length - typed.length), typed, suggest);
  return [hits.filter((hit) => hit.toLowerCase().startsWith(typed.toLowerCase())), typed];
}

function candidates(before: string, typed: string, suggest: Doors['suggest']): string[] {
  if (!before.trim())
    return [...commands.map(({ name }) => `/${name} `), ':react ', ':join ', ':as ', ':help', ':quit'];
  if (/^\s*:react\s+$/.test(before)) return ['approve', 'changes ', 'reject '];
  const found = commandIn(before);
  if (!found || typeof found === 'string') return [];
  return optionCandidates(found.command, before, typed, suggest);
}

function optionCandidates(
  command: Command,
  before: string,
  typed: string,
  suggest: Doors['suggest'],
): string[] {
  const [, named] = /--([a-z-]+)[\s=]+$/i.exec(before) ?? [];
  const [only] = command.options;
  const option = command.options.find(({ name }) => name === named);
  if (option?.choices) return suggest(option.choices, typed).map(({ value }) => quoted(value));
  // All that follows is its value.
  if (only?.choices && command.options.length === 1)
    return suggest(only.choices, typed).map(({ value }) => value);
  return command.options.filter(({ name }) => name !== 'prompt').map(({ name }) => `--${name} `);
}

const quoted = (value: string): string => (/\s/.test(value) ? `"${value}"` : value);

/** What `:help` shows. */
export const helpCard = (): Card =>
  card({
    title: 'At this keyboard',
    text: ['Type what you would say, and drag pictures in to attach them.'],
    fields: [
      ...commands.map(({ name, summary }) => ({ name: `/${name}`, value: summary })),
      ...shortcuts.map(([name, value]) => ({ name, value })),
    ],
    footer: `For example: ${commands[0]?.example ?? ''}`,
  });
