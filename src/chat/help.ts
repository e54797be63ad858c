import type { Command } from '../../commands/command.ts';
import { commands } from '../../commands/index.ts';
import { type Card, card } from './card.ts';

/** What can be typed: all commands, or one with its options. */
export function composeHelp(name: string | undefined): Card[] {
  const wanted = name?.replace(/^\//, '').toLowerCase();
  const command = commands.find((c) => c.name === wanted || c.name === `video-${wanted}`);
  return [command ? ofOne(command) : ofAll()];
}

const ofAll = (): Card =>
  card({
    title: 'Dailies: from a few words and a logo to an approved clip',
    text: [
      'Start with `/video` and a few words; drop a logo or other pictures with it. Everything else is said in the conversation: "darker, slower", "must show the bottle", "what does it cost?", "still 2", "go".',
    ],
    fields: commands.map((c) => ({ name: `/${c.name}`, value: `${c.summary}: \`${c.example}\`` })),
    footer: 'A review card carries the decision: approve, request changes or reject.',
  });

const ofOne = (command: Command): Card =>
  card({
    title: `/${command.name}: ${command.summary}`,
    text: [`For example: \`${command.example}\``],
    fields: command.options.map((o) => ({
      name: o.name === 'prompt' ? o.name : `--${o.name}`,
      value: o.summary,
    })),
  });
