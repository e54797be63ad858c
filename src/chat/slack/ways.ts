import type { Command, Option } from '../../../commands/command.ts';
import { video } from '../../../commands/video.ts';
import { videoBrand } from '../../../commands/video-brand.ts';
import { bySign, typing, type Ways } from '../ways.ts';
import { isInForm } from './brief-form.ts';
import { shortcuts } from './commands.ts';
import { signs } from './react.ts';

const menus = { global: 'In the menu of shortcuts', message: 'In the menu of a message' } as const;

/** Where a file can be given instead of an address. */
function placeForFile({ name }: Option, command: Command): string | null {
  if (command.name === videoBrand.name) return 'in the form of a brand kit on my Home tab';
  if (command.name !== video.name) return null;
  return isInForm(name)
    ? 'in the form that `/video` alone opens'
    : 'in the thread, where a menu says what it is';
}

/** A Slack command takes no file: pictures come with its form, or into the thread. */
export const ways: Ways = {
  begin:
    'Start with `/video` and a few words, or mention me with them, or write to me directly. `/video` alone opens a form, which takes your logo and other pictures.',
  option(option, command) {
    const typed = typing.option(option, command);
    if (option.kind !== 'files') return typed;
    const place = placeForFile(option, command);
    return { ...typed, how: `an https address${place ? `, or a file ${place}` : ''}` };
  },
  makeKit: `\`${videoBrand.example}\`, with \`--logo\` and the https address of its logo. On my Home tab a form takes the logo as a file, too`,
  more: [
    ...Object.values(shortcuts).map(({ type, name, description }) => ({
      name: `“${name}”`,
      value: `${menus[type]}: ${description}`,
    })),
    bySign(Object.entries(signs).map(([sign, verdict]) => [`:${sign}:`, verdict])),
  ],
};
