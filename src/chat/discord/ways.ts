import { bySign, type Ways } from '../ways.ts';
import { useInVideo } from './commands.ts';
import { signs } from './react.ts';

/** Options, files among them, are chosen while somebody types. */
export const ways: Ways = {
  begin:
    'Start with `/video` and its options, your logo and other pictures among them, or mention me with a few words. `/video` alone opens a form.',
  option: ({ name }) => ({ name }),
  makeKit: '`/video-brand` with its name and what you like of colours, voice, never, and the logo as a file',
  more: [
    {
      name: `“${useInVideo}”`,
      value: 'In the menu of a message, under Apps: its words and pictures go into a video, or begin one',
    },
    bySign(signs),
  ],
};
