import type { KitIntentOf } from '../src/campaign/brand-kit.ts';
import { readNamed } from '../src/campaign/option.ts';
import { type Refusal, refuse } from '../src/campaign/refusal.ts';
import type { Command, Meant, Option, Typed } from './command.ts';
import { dashedIn } from './dashed.ts';

const options = [
  { name: 'name', kind: 'text', choices: 'brand', summary: 'Which brand kit; a new name makes a new one' },
  {
    name: 'colours',
    kind: 'text',
    summary: 'Its colours, for example #0f766e, #fde68a',
    aliases: ['colors', 'colour', 'color'],
  },
  { name: 'voice', kind: 'text', summary: 'How the brand speaks, in a sentence or two', aliases: ['tone'] },
  {
    name: 'never',
    kind: 'text',
    summary: 'What is never to be shown, with semicolons between',
    aliases: ['ban', 'bans', 'no'],
  },
  { name: 'logo', kind: 'files', purpose: 'logo', summary: 'Its logo as a file; every film bears it' },
  {
    name: 'link',
    kind: 'link',
    summary: 'Its logo by its address on the web; none takes it out',
    aliases: ['url'],
  },
  { name: 'usual', kind: 'flag', summary: 'Take it for every video that names no other' },
  {
    name: 'remove',
    kind: 'flag',
    summary: 'Remove it; what was made with it stays',
    aliases: ['delete', 'drop'],
  },
] as const satisfies readonly Option[];
type Name = (typeof options)[number]['name'];

const spellings = new Map<string, Name>(
  options.flatMap((option) =>
    [option.name, ...('aliases' in option ? option.aliases : [])].map((one) => [one, option.name] as const),
  ),
);
const known = options
  .filter(({ name }) => name !== 'name')
  .map(({ name }) => `--${name}`)
  .join(', ');

type Said = Partial<Record<Name, string>>;

/** What was said by option, whether typed or chosen; the last of two is right. */
function saidIn(given: readonly { name: string; value: string }[]): Said | Refusal {
  const unknown = given.find(({ name }) => !spellings.has(name));
  if (unknown) return refuse('option-unknown', { name: `--${unknown.name}`, known });
  return Object.fromEntries(given.map(({ name, value }) => [spellings.get(name) ?? name, value]));
}

const isYes = (value: string | undefined): boolean =>
  value !== undefined && !/^(?:no|n|false|off|0)$/i.test(value);
/** What is said to be none is taken away. */
const isNone = (value: string): boolean => /^none$/i.test(value.trim());
const listed = (value: string, between: RegExp): string[] =>
  isNone(value)
    ? []
    : value
        .split(between)
        .map((one) => one.trim())
        .filter(Boolean);

const nameless: Meant = { refuse: [refuse('kit-name-missing')] };

type Keep = KitIntentOf<'keep-kit'>;

function read(typed: Typed): Meant {
  const { words, options: dashed } = dashedIn(typed.text);
  const named = Object.entries(typed.options).map(([name, value]) => ({ name, value }));
  const said = saidIn([...dashed, ...named]);
  if ('refusal' in said) return { refuse: [said] };
  const { name = words, remove, ...rest } = said;
  if (isYes(remove)) return name ? { manage: { type: 'drop-kit', kit: name } } : nameless;
  const asksOnly = Object.keys(rest).length + typed.files.length === 0;
  if (asksOnly) return { ask: { about: 'brands', ...(name && { name }) } };
  if (!name) return nameless;
  return keep(name, rest, typed);
}

function keep(
  name: string,
  { colours, voice, never, usual, logo, link }: Said,
  { files, place }: Typed,
): Meant {
  const address = logo ?? link;
  const without = address !== undefined && isNone(address);
  const { references, faults } = readNamed(address === undefined || without ? {} : { logo: address });
  if (faults.length > 0) return { refuse: faults };
  const picture = files.find(({ purpose }) => purpose === 'logo') ?? files[0] ?? references[0];
  const wish: Keep = {
    ...{ type: 'keep-kit', kit: null, name, place },
    ...(colours !== undefined && { colours: listed(colours, /[\s,;]+/) }),
    ...(voice !== undefined && { voice: listed(voice, /$/).join('') }),
    ...(never !== undefined && { bans: listed(never, /[;\n]/) }),
    ...(usual !== undefined && { usual: isYes(usual) }),
    ...(without && { logo: null }),
    ...(picture && { logo: picture }),
  };
  return { manage: wish };
}

export const videoBrand: Command = {
  name: 'video-brand',
  summary: 'Brand kits: logo, colours, voice and what is never shown, kept for every video',
  example: '/video-brand Aurora --colours "#0f766e, #fde68a" --voice "calm and warm" --never "people; rain"',
  options,
  read,
};
