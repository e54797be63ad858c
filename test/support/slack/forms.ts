import { type Bag, isBag } from './block-kit/shapes.ts';

/** An element with the block it stands in. */
export interface Spot {
  blockId: string;
  label: string;
  optional: boolean;
  element: Bag;
}

const wordsOf = (text: unknown) => (isBag(text) ? String(text['text']) : '');

/** Everything a person can press, fill or choose in there, each with its block. */
export function spotsIn(value: unknown, blockId = '', label = '', optional = true): Spot[] {
  if (Array.isArray(value)) return value.flatMap((each) => spotsIn(each, blockId, label, optional));
  if (!isBag(value)) return [];
  const id = String(value['block_id'] ?? blockId);
  if ('action_id' in value || value['type'] === 'button')
    return [{ blockId: id, label: label || wordsOf(value['text']), optional, element: value }];
  const isInput = value['type'] === 'input';
  const inner = isInput ? wordsOf(value['label']) : label;
  return Object.values(value).flatMap((each) =>
    spotsIn(each, id, inner, isInput ? value['optional'] === true : optional),
  );
}

/** The one with this label, `action_id` or `block_id`. */
export function spotCalled(spots: readonly Spot[], name: string): Spot {
  const found = spots.find(
    ({ element, label, blockId }) =>
      element['action_id'] === name ||
      label === name ||
      wordsOf(element['text']) === name ||
      blockId === name,
  );
  const there = spots.map(({ element, label }) => label || element['action_id']).join(', ');
  if (!found) throw new Error(`there is no "${name}" to be seen; there is: ${there}`);
  return found;
}

const options = (element: Bag): Bag[] => [
  ...((element['options'] ?? []) as Bag[]),
  ...((element['option_groups'] ?? []) as { options: Bag[] }[]).flatMap((group) => group.options),
];

/** The option of this value or text; what was suggested may be given as it is. */
function optionOf(element: Bag, wanted: unknown): Bag {
  if (isBag(wanted)) return wanted;
  const found = options(element).find((each) => each['value'] === wanted || wordsOf(each['text']) === wanted);
  if (!found) throw new Error(`"${wanted}" is not offered by ${element['action_id']}`);
  return found;
}

type Filler = (element: Bag, value: unknown) => Bag;
const one =
  (field: string): Filler =>
  (_, value) => ({ [field]: value });
const many = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
const chosen: Filler = (element, value) => ({ selected_option: optionOf(element, value) });
const chosenMany: Filler = (element, value) => ({
  selected_options: many(value).map((each) => optionOf(element, each)),
});

const fillers: Record<string, Filler> = {
  plain_text_input: one('value'),
  number_input: (_, value) => ({ value: value === null ? null : String(value) }),
  email_text_input: one('value'),
  url_text_input: one('value'),
  rich_text_input: one('rich_text_value'),
  static_select: chosen,
  external_select: chosen,
  radio_buttons: chosen,
  overflow: chosen,
  multi_static_select: chosenMany,
  multi_external_select: chosenMany,
  checkboxes: chosenMany,
  users_select: one('selected_user'),
  multi_users_select: (_, value) => ({ selected_users: many(value) }),
  conversations_select: one('selected_conversation'),
  multi_conversations_select: (_, value) => ({ selected_conversations: many(value) }),
  channels_select: one('selected_channel'),
  multi_channels_select: (_, value) => ({ selected_channels: many(value) }),
  datepicker: one('selected_date'),
  timepicker: one('selected_time'),
  datetimepicker: one('selected_date_time'),
  file_input: (_, value) => ({ files: many(value) }),
};

const firstOf: Record<string, string> = {
  initial_value: 'value',
  initial_option: 'selected_option',
  initial_options: 'selected_options',
  initial_user: 'selected_user',
  initial_users: 'selected_users',
  initial_conversation: 'selected_conversation',
  initial_conversations: 'selected_conversations',
  initial_channel: 'selected_channel',
  initial_channels: 'selected_channels',
  initial_date: 'selected_date',
  initial_time: 'selected_time',
  initial_date_time: 'selected_date_time',
};

/** What an element holds: as filled in, else as it was given, else empty. */
export function stateOf(element: Bag, value: unknown): Bag {
  const type = String(element['type']);
  const fill = fillers[type];
  if (!fill) throw new Error(`${type} cannot be filled in`);
  if (value !== undefined) return { type, ...fill(element, value) };
  const initial = Object.entries(firstOf).flatMap(([from, to]) =>
    element[from] === undefined ? [] : [[type === 'rich_text_input' ? 'rich_text_value' : to, element[from]]],
  );
  return initial.length > 0 ? { type, ...Object.fromEntries(initial) } : { type, ...emptyOf(type) };
}

function emptyOf(type: string): Bag {
  if (type.startsWith('multi_') || type === 'checkboxes') return fillers[type]?.({}, []) ?? {};
  if (type === 'file_input') return { files: [] };
  if (['static_select', 'external_select', 'radio_buttons'].includes(type)) return { selected_option: null };
  return fillers[type]?.({}, null) ?? {};
}

export const canBeFilled = (element: Bag) =>
  String(element['type']) in fillers && element['type'] !== 'overflow';

/** Why the client does not send this off. */
export function objection({ element, optional, label }: Spot, state: Bag): string | null {
  const [value] = Object.entries(state).flatMap(([key, each]) => (key === 'type' ? [] : [each]));
  const nothing = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  if (nothing) return optional ? null : `${label}: please complete this required field`;
  const length = typeof value === 'string' ? value.length : 0;
  if (length > Number(element['max_length'] ?? Infinity)) return `${label}: too long`;
  if (length < Number(element['min_length'] ?? 0)) return `${label}: too short`;
  const most =
    element['type'] === 'file_input' ? (element['max_files'] ?? 10) : element['max_selected_items'];
  if (Array.isArray(value) && value.length > Number(most ?? Infinity)) return `${label}: too many`;
  if (element['type'] === 'number_input') return numberObjection(element, Number(value), label);
  return null;
}

function numberObjection(element: Bag, value: number, label: string): string | null {
  if (Number.isNaN(value)) return `${label}: not a number`;
  if (element['is_decimal_allowed'] === false && !Number.isInteger(value)) return `${label}: not whole`;
  if (value < Number(element['min_value'] ?? -Infinity)) return `${label}: too small`;
  if (value > Number(element['max_value'] ?? Infinity)) return `${label}: too large`;
  return null;
}
