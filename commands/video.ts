import type { ReadOptions } from '../src/campaign/option.ts';
import { type OptionName, optionNames } from '../src/campaign/option-names.ts';
import { refuse } from '../src/campaign/refusal.ts';
import { besideTheBrief } from './beside.ts';
import type { Command, Meant, Option, Typed } from './command.ts';
import { readTyped } from './typed.ts';

type Described = Omit<Option, 'name' | 'aliases'>;

const options: Record<OptionName, Described> = {
  prompt: { kind: 'text', summary: 'What the video should show, in your own words and language' },
  model: { kind: 'text', choices: 'model', summary: 'Who films it; left out, the best one that fits' },
  duration: { kind: 'seconds', summary: 'Length in whole seconds, for example 6' },
  aspect: { kind: 'text', choices: 'aspect', summary: 'Shape of the frame, for example 9:16 or vertical' },
  template: { kind: 'text', choices: 'template', summary: 'A well-tried recipe to start from' },
  platform: {
    kind: 'text',
    choices: 'platform',
    summary: 'Where it will be seen; sets shape, length and style',
  },
  brand: { kind: 'text', choices: 'brand', summary: 'Brand kit it is made with; “none” for none' },
  product: { kind: 'text', summary: 'Name of the product or brand, as it should be written' },
  tagline: { kind: 'text', summary: 'The line the clip ends on' },
  description: { kind: 'text', summary: 'What the product is and what matters about it' },
  note: { kind: 'text', summary: 'How the wording should be worked on, for example “more cinematic”' },
  'as-is': { kind: 'flag', summary: 'Film my words as they are, without polishing them' },
  logo: { kind: 'files', purpose: 'logo', summary: 'Your logo; it is laid over the film, never redrawn' },
  reference: { kind: 'files', purpose: 'style', summary: 'Pictures that show the product or the look' },
  'product-image': {
    kind: 'files',
    purpose: 'product',
    summary: 'Pictures of the product; it keeps its exact look',
  },
  'first-frame': { kind: 'files', purpose: 'first-frame', summary: 'The picture that the film begins with' },
  'last-frame': {
    kind: 'files',
    purpose: 'last-frame',
    summary: 'The picture it ends on, beside a first one',
  },
  link: { kind: 'link', summary: 'Address of a picture on the web' },
  'still-model': {
    kind: 'text',
    choices: 'still-model',
    summary: 'Who makes the stills; left out, the first that can',
  },
  'still-quality': {
    kind: 'text',
    choices: 'still-quality',
    summary: 'How fine the stills are, where the model has a choice',
  },
  'still-style': {
    kind: 'text',
    choices: 'still-style',
    summary: 'Look of the stills, where the model has a choice',
  },
  stills: { kind: 'text', summary: 'How many stills to choose from, 1 to 6' },
};

const listed = Object.entries(options).map(
  ([name, described]): Option => ({ name, ...described, aliases: optionNames[name as OptionName] }),
);

/** A length or a shape alone is no brief; a template, a product or a picture is something to ask about. */
function saysSomething({ words, options: said, references }: ReadOptions, files: number): boolean {
  const start = words || said.template || said.platform || said.product || said.tagline || said.description;
  return Boolean(start || references.length + files);
}

function read(typed: Typed): Meant {
  const instead = besideTheBrief(typed);
  if (instead) return instead;
  const found = readTyped(typed);
  if (found.faults.length > 0) return { refuse: found.faults };
  if (!saysSomething(found, typed.files.length)) return { refuse: [refuse('brief-empty')] };
  const { words, options: said, references } = found;
  const all = [...typed.files, ...references];
  return { tell: { type: 'open', words, options: said, references: all, place: typed.place } };
}

export const video: Command = {
  name: 'video',
  summary: 'Make a finished video clip from a few words and your logo',
  example: '/video a calm launch film for Aurora tea, 6s 9:16 --tagline "Taste the morning"',
  options: listed,
  read,
};
