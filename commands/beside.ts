import { readOptions } from '../src/campaign/option.ts';
import { optionNames } from '../src/campaign/option-names.ts';
import { refuse } from '../src/campaign/refusal.ts';
import type { Command, Meant, Typed } from './command.ts';
import { dashedIn } from './dashed.ts';
import { plainWord } from './typed.ts';
import { videoBrand } from './video-brand.ts';
import { videoCampaigns } from './video-campaigns.ts';
import { videoCompare } from './video-compare.ts';
import { videoHelp } from './video-help.ts';
import { videoModels } from './video-models.ts';

/** People try `/video compare 8s` before they find `/video-compare`. */
interface Beside {
  command: Command;
  /** Whether what follows its name can be meant for it alone: "compare two phones on a desk" is a brief. */
  owns(rest: string, typed: Typed): boolean;
}

const beside: readonly Beside[] = [
  { command: videoModels, owns: () => false },
  { command: videoCompare, owns: saysOnlyForm },
  { command: videoCampaigns, owns: (text, typed) => 'ask' in videoCampaigns.read({ ...typed, text }) },
  { command: videoBrand, owns: saysWhatAKitHas },
  { command: videoHelp, owns: (rest) => rest === 'video' || commandCalled(rest) !== undefined },
];

function saysOnlyForm(rest: string): boolean {
  const { words, options, faults } = readOptions(rest);
  const isForm = Object.keys(options).every((name) => ['seconds', 'aspect', 'platform'].includes(name));
  // What a platform is called stays in the words, for whoever words the prompt.
  const isSaid =
    words === '' || (options.platform !== undefined && /^(?:(?:for|on|in)\s+)?\S+$/i.test(words));
  return isSaid && isForm && faults.length === 0;
}

const ofVideo = new Set<string>(Object.entries(optionNames).flat(2));

function saysWhatAKitHas(rest: string, typed: Typed): boolean {
  const { options } = dashedIn(rest);
  const isOnlyIts = options.some(({ name }) => !ofVideo.has(name));
  return isOnlyIts && !('refuse' in videoBrand.read({ ...typed, text: rest, options: {} }));
}

/** `compare`, `video-compare` and `brands` alike. */
function commandCalled(text: string): Beside | undefined {
  const word = plainWord(text).replace(/^video-/, '');
  return beside.find(({ command: { name } }) =>
    [word, `${word}s`, word.replace(/s$/, '')].some((one) => name === `video-${one}`),
  );
}

/** What is talk and begins no video. A word like "sneakers" does. */
const talk: ReadonlySet<string> = new Set([
  ...['cancel', 'stop', 'abort', 'quit', 'exit', 'undo', 'delete', 'go', 'start', 'begin', 'new', 'next'],
  ...['status', 'settings', 'options', 'price', 'cost', 'list', 'menu', 'approve', 'reject'],
  ...['hello', 'hello-there', 'hi', 'hey', 'yo', 'good-morning', 'good-evening', 'bye', 'goodbye'],
  ...['thanks', 'thank-you', 'thx', 'cheers', 'ok', 'okay', 'yes', 'no', 'please', 'great', 'nice', 'sorry'],
  ...['hallo', 'hola', 'bonjour', 'danke', 'merci', 'gracias', 'obrigado', 'obrigada'],
]);

/** What was given to `/video` and is no brief: the business of a command beside it, or talk; null for a brief. */
export function besideTheBrief(typed: Typed): Meant | null {
  const { prompt = '', ...options } = typed.options;
  const said = `${typed.text} ${prompt}`.trim();
  if (typed.files.length > 0) return null;
  const names = Object.keys(options);
  if (names.length === 0 && talk.has(plainWord(said)))
    return { refuse: [refuse('brief-is-talk', { given: said })] };
  const [, first = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(said) ?? [];
  const called = commandCalled(first);
  const hasAll = names.every((name) => called?.command.options.some((option) => option.name === name));
  if (!called || !hasAll || (rest !== '' && !called.owns(rest, typed))) return null;
  return called.command.read({ ...typed, text: rest, options });
}
