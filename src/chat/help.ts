import type { Command } from '../../commands/command.ts';
import { commands } from '../../commands/index.ts';
import { type Card, card } from './card.ts';
import type { Ways } from './ways.ts';

/** What can be done where `ways` hold: everything, or one command with its options. */
export function composeHelp(name: string | undefined, ways: Ways): Card[] {
  const wanted = name?.replace(/^\//, '').toLowerCase();
  const command = commands.find((c) => c.name === wanted || c.name === `video-${wanted}`);
  return [command ? ofOne(command, ways) : ofAll(ways)];
}

const ofAll = ({ begin, more }: Ways): Card =>
  card({
    title: 'Dailies: from a few words and a logo to an approved clip',
    text: [
      `${begin} Everything else is said in the conversation: "darker, slower", "must show the bottle", "what does it cost?", "still 2", "go".`,
    ],
    fields: [
      ...commands.map((c) => ({ name: `/${c.name}`, value: `${c.summary}: \`${c.example}\`` })),
      ...more,
    ],
    footer: 'A review card carries the decision: approve, request changes or reject.',
  });

const ofOne = (command: Command, ways: Ways): Card =>
  card({
    title: `/${command.name}: ${command.summary}`,
    text: [`For example: \`${command.example}\``],
    fields: command.options.map((option) => {
      const { name, how } = ways.option(option, command);
      return { name, value: how ? `${option.summary} (${how})` : option.summary };
    }),
  });
