import type { Command } from './command.ts';
import { plainWord } from './typed.ts';

export const videoHelp: Command = {
  name: 'video-help',
  summary: 'How to work with Dailies, with examples to copy',
  example: '/video-help video-campaigns',
  options: [
    { name: 'command', kind: 'text', choices: 'command', summary: 'The command you would like explained' },
  ],
  read({ text, options }) {
    const { command: named = text } = options;
    const command = plainWord(named);
    return { ask: { about: 'help', ...(command && { command }) } };
  },
};
