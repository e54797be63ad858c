import type { Form } from './interactions.ts';
import { checkFile, type Given, insist, isUpload, type Resolved, resolve, upload } from './slash.ts';
import { type Part, part } from './wire.ts';
import type { Channel, User, World } from './world.ts';

interface Filling {
  world: World;
  person: User;
  channel: Channel;
  resolved: Resolved;
}

export type Answers = Record<string, Given | Given[]>;

/** A filled form as it is sent; answers are given under a field's label or its custom id. */
export function fillForm(filling: Filling, form: Form, answers: Answers): object[] {
  const fields = form.components.filter((each) => each.type === part.label);
  for (const name of Object.keys(answers))
    insist(
      fields.some((each) => isNamed(each, name)),
      `"${form.title}" has no field ${name}`,
    );
  return form.components.map((each, i) => {
    const { component, label } = each;
    if (!component) return { type: each.type, id: i * 2 + 1 };
    const name = Object.keys(answers).find((given) => isNamed(each, given));
    const given = name === undefined ? undefined : answers[name];
    const { type, custom_id } = component;
    const value = answer(filling, component, given, label ?? '');
    return { type: each.type, id: i * 2 + 1, component: { type, id: i * 2 + 2, custom_id, ...value } };
  });
}

const isNamed = (label: Part, name: string): boolean =>
  label.label === name || label.component?.custom_id === name;

function answer(filling: Filling, field: Part, given: Given | Given[] | undefined, label: string): object {
  if (field.type === part.textInput) return { value: words(field, given, label) };
  if (field.type === part.checkbox) return { value: given ?? false };
  const list = given === undefined ? standing(field) : [given].flat();
  if (field.type === part.radio) {
    insist(list.length === 1 || field.required === false, `"${label}" wants one`);
    return { value: list[0] === undefined ? null : optionOf(field, list[0]) };
  }
  return { values: several(filling, field, list, label) };
}

const standing = (field: Part): string[] =>
  (field.options ?? []).filter((each) => each.default).map((each) => each.value);

function words(field: Part, given: Given | Given[] | undefined, label: string): string {
  const text = given ?? field.value ?? '';
  insist(typeof text === 'string', `"${label}" takes words`);
  insist(text !== '' || field.required === false, `"${label}" is required`);
  const short = text === '' ? false : text.length < (field.min_length ?? 0);
  insist(!short && text.length <= (field.max_length ?? 4000), `"${label}" has ${text.length} characters`);
  return text;
}

/** The values of a select or an upload: how many is the field's to say. */
export function several(filling: Filling, field: Part, given: Given[], label: string): string[] {
  const most = field.max_values ?? (field.type === part.checkboxes ? (field.options?.length ?? 1) : 1);
  const least = field.required === false ? 0 : (field.min_values ?? 1);
  insist(given.length >= least && given.length <= most, `"${label}" takes ${least} to ${most}`);
  return given.map((one) => {
    if (field.type !== part.upload) return picked(filling, field, one);
    insist(isUpload(one), `"${label}" takes files`);
    checkFile(filling.person, one, field.file_types);
    return upload(filling.world, one, filling.resolved);
  });
}

function picked({ world, channel, resolved }: Filling, field: Part, one: Given): string {
  if (field.options) return optionOf(field, one);
  const id = typeof one === 'object' && 'id' in one ? one.id : String(one);
  return resolve(world, channel, id, resolved);
}

function optionOf(field: Part, one: Given): string {
  const option = field.options?.find((each) => each.value === one || each.label === one);
  insist(option, `there is no choice ${String(one)}`);
  return option.value;
}
