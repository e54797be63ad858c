import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APIModalSubmission,
  ComponentType,
  TextInputStyle,
} from '@discordjs/core';
import { plainly } from '../fitted.ts';
import type { Form } from './button.ts';
import * as limits from './limits.ts';

const field = { words: 'words', files: 'files', people: 'people', roles: 'roles' } as const;

/** Words, and where that makes sense pictures and who decides. */
export function formOf({ id, asks, files, opens }: Form): APIModalInteractionResponseCallbackData {
  const label = plainly(asks.label, limits.longestFormHint) || '…';
  const value = asks.value
    ?.toWellFormed()
    .slice(0, limits.longestFormWords)
    .replace(/[\uD800-\uDBFF]$/, '');
  const fits = label.length <= limits.longestFormLabel;
  const words: APILabelComponent = {
    type: ComponentType.Label,
    label: fits ? label : plainly(asks.title, limits.longestFormLabel) || '…',
    ...(fits ? {} : { description: label }),
    component: {
      type: ComponentType.TextInput,
      custom_id: field.words,
      style: TextInputStyle.Paragraph,
      max_length: limits.longestFormWords,
      required: !files,
      ...(value ? { value } : {}),
    },
  };
  return {
    custom_id: id,
    title: plainly(asks.title, limits.longestFormTitle) || '…',
    components: [words, ...(files ? [pictures] : []), ...(opens ? deciders : [])],
  };
}

const pictures: APILabelComponent = {
  type: ComponentType.Label,
  label: 'Logo and other pictures',
  component: {
    type: ComponentType.FileUpload,
    custom_id: field.files,
    min_values: 0,
    max_values: limits.filesInForm,
    required: false,
  },
};

const deciders: APILabelComponent[] = [
  {
    type: ComponentType.Label,
    label: 'Who decides on it',
    description: 'Left out, whoever decides in this server',
    component: {
      type: ComponentType.UserSelect,
      custom_id: field.people,
      min_values: 0,
      max_values: 10,
      required: false,
    },
  },
  {
    type: ComponentType.Label,
    label: 'Roles that decide on it',
    component: {
      type: ComponentType.RoleSelect,
      custom_id: field.roles,
      min_values: 0,
      max_values: 10,
      required: false,
    },
  },
];

/** What was filled in; ids for files, people and roles. */
export interface Filled {
  words: string;
  files: string[];
  people: string[];
  roles: string[];
}

export function filledIn({ components }: APIModalSubmission): Filled {
  const given = new Map(
    components.flatMap((one) =>
      'component' in one ? [[one.component.custom_id, one.component] as const] : [],
    ),
  );
  const several = (name: string): string[] => {
    const one = given.get(name);
    return one && 'values' in one ? [...one.values] : [];
  };
  const words = given.get(field.words);
  return {
    words: words && 'value' in words && typeof words.value === 'string' ? words.value.trim() : '',
    files: several(field.files),
    people: several(field.people),
    roles: several(field.roles),
  };
}
