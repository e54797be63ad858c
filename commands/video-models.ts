import type { Command } from './command.ts';

export const videoModels: Command = {
  name: 'video-models',
  summary: 'The models you can choose from: lengths, shapes, prices, usual waits',
  example: '/video-models',
  options: [],
  read: () => ({ ask: { about: 'models' } }),
};
