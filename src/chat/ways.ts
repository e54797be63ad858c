import type { Command, Option } from '../../commands/command.ts';
import { videoBrand } from '../../commands/video-brand.ts';
import type { Verdict } from '../campaign/review.ts';

/** What people can do on a platform, in the names things have there: for the help. */
export interface Ways {
  /** How a video is begun, in one or two sentences. */
  begin: string;
  /** What an option of a command is called there, and how else it is given than by typing it. */
  option(option: Option, command: Command): { name: string; how?: string };
  /** How a brand kit is made, logo and all: the end of a sentence. */
  makeKit: string;
  /** What else there is than commands. */
  more: readonly { name: string; value: string }[];
}

/** Where lines are typed and files dragged into them. */
export const typing: Ways = {
  begin: 'Start with `/video` and a few words; drop a logo or other pictures with it.',
  option: ({ name }) => ({ name: name === 'prompt' ? name : `--${name}` }),
  makeKit: `\`${videoBrand.example}\`, with the logo as a file or as \`--logo\` and its address`,
  more: [],
};

const verbs: Record<Verdict, string> = {
  approve: 'approves',
  'request-changes': 'asks for changes',
  reject: 'rejects',
};

/** How one decides by a sign, where there are signs. */
export const bySign = (signs: Iterable<readonly [sign: string, verdict: Verdict]>): Ways['more'][number] => ({
  name: 'Reactions',
  value: `On the card of a review, or on its film: ${[...signs].map(([sign, verdict]) => `${sign} ${verbs[verdict]}`).join(', ')}`,
});
