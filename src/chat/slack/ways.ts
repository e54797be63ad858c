import { videoBrand } from '../../../commands/video-brand.ts';
import { bySign, typing, type Ways } from '../ways.ts';
import { isInForm } from './brief-form.ts';
import { shortcuts } from './commands.ts';
import { signs } from './react.ts';

const menus = { global: 'In the menu of shortcuts', message: 'In the menu of a message' } as const;

/** A Slack command takes no file: pictures come with its form, or into the thread. */
export const ways: Ways = {
  begin:
    'Start with `/video` and a few words, or mention me with them, or write to me directly. `/video` alone opens a form, which takes your logo and other pictures.',
  option(option, command) {
    const typed = typing.option(option, command);
    if (option.kind !== 'files') return typed;
    if (command.name === videoBrand.name)
      return { ...typed, how: 'an https address, or a file in the form on my Home tab' };
    const file = isInForm(option.name)
      ? 'a file in the form that `/video` alone opens'
      : 'a file in the thread, where a menu says what it is';
    return { ...typed, how: `an https address, or ${file}` };
  },
  more: [
    ...Object.values(shortcuts).map(({ type, name, description }) => ({
      name: `“${name}”`,
      value: `${menus[type]}: ${description}`,
    })),
    bySign(Object.entries(signs).map(([sign, verdict]) => [`:${sign}:`, verdict])),
  ],
};
