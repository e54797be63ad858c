import { richText } from './rich-text.ts';
import {
  all,
  bool,
  type Check,
  integer,
  isBag,
  list,
  matching,
  oneOf,
  record,
  someOf,
  string,
  url,
} from './shapes.ts';
import { confirm, id, imageElement, option, optionGroup, plain, text } from './texts.ts';

const element = (type: string, fields: Record<string, Check>): Check =>
  record({ 'type!': oneOf(type), action_id: id, ...fields });
const placed = { placeholder: plain(150), focus_on_load: bool };
const asked = { ...placed, confirm };
const dispatch = {
  dispatch_action_config: record({
    trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 2),
  }),
};
const someone = matching(/^[UW]\w+$/, 'the id of a user');
const somewhere = matching(/^[CGD]\w+$/, 'the id of a conversation');
const most = { max_selected_items: integer(1, 100) };
const label75 = string(75, 1);
const number = matching(/^-?\d+(\.\d+)?$/, 'a number in a string');

const choices = {
  options: list(option(), 100),
  option_groups: list(optionGroup, 100),
};
const chosenFrom = someOf(['options', 'option_groups'], true);
const query = { min_query_length: integer(0, 1000) };
const filter = record({
  include: list(oneOf('im', 'mpim', 'private', 'public'), 4),
  exclude_external_shared_channels: bool,
  exclude_bot_users: bool,
});

/** What is chosen at first must be one of what there is. */
const initialIsThere: Check = (value, at, tell) => {
  if (!isBag(value)) return;
  const groups = (value['option_groups'] ?? []) as { options?: unknown[] }[];
  const there = [...((value['options'] ?? []) as unknown[]), ...groups.flatMap((g) => g.options ?? [])];
  const values = there.map((each) => (isBag(each) ? each['value'] : undefined));
  const first = [value['initial_option'] ?? [], value['initial_options'] ?? []].flat() as unknown[];
  for (const each of first)
    if (!isBag(each) || !values.includes(each['value'])) tell('initial option is not among the options', at);
};

const ordered =
  (low: string, high: string): Check =>
  (value, at, tell) => {
    if (isBag(value) && Number(value[low] ?? Number.NEGATIVE_INFINITY) > Number(value[high] ?? Infinity))
      tell(`${low} is more than ${high}`, at);
  };

const feedback = record({ 'text!': plain(75), 'value!': string(2000), accessibility_label: label75 });
const style = oneOf('primary', 'danger');

const selects: Record<string, Check> = {
  static_select: all(
    element('static_select', { ...asked, ...choices, initial_option: option() }),
    chosenFrom,
    initialIsThere,
  ),
  multi_static_select: all(
    element('multi_static_select', { ...asked, ...choices, ...most, initial_options: list(option(), 100) }),
    chosenFrom,
    initialIsThere,
  ),
  external_select: element('external_select', { ...asked, ...query, initial_option: option() }),
  multi_external_select: element('multi_external_select', {
    ...asked,
    ...query,
    ...most,
    initial_options: list(option(), 100),
  }),
  users_select: element('users_select', { ...asked, initial_user: someone }),
  multi_users_select: element('multi_users_select', {
    ...asked,
    ...most,
    initial_users: list(someone, 100, 0),
  }),
  conversations_select: element('conversations_select', {
    ...asked,
    initial_conversation: somewhere,
    default_to_current_conversation: bool,
    response_url_enabled: bool,
    filter,
  }),
  multi_conversations_select: element('multi_conversations_select', {
    ...asked,
    ...most,
    initial_conversations: list(somewhere, 100, 0),
    default_to_current_conversation: bool,
    filter,
  }),
  channels_select: element('channels_select', {
    ...asked,
    initial_channel: somewhere,
    response_url_enabled: bool,
  }),
  multi_channels_select: element('multi_channels_select', {
    ...asked,
    ...most,
    initial_channels: list(somewhere, 100, 0),
  }),
};

const inputs: Record<string, Check> = {
  plain_text_input: all(
    element('plain_text_input', {
      ...placed,
      ...dispatch,
      initial_value: string(3000),
      multiline: bool,
      min_length: integer(0, 3000),
      max_length: integer(1, 3000),
    }),
    ordered('min_length', 'max_length'),
  ),
  rich_text_input: all(
    element('rich_text_input', {
      ...placed,
      ...dispatch,
      initial_value: richText,
      min_lines: integer(1, 100),
      max_lines: integer(1, 100),
    }),
    ordered('min_lines', 'max_lines'),
  ),
  number_input: all(
    element('number_input', {
      ...placed,
      ...dispatch,
      'is_decimal_allowed!': bool,
      initial_value: number,
      min_value: number,
      max_value: number,
    }),
    ordered('min_value', 'max_value'),
    ordered('min_value', 'initial_value'),
    ordered('initial_value', 'max_value'),
  ),
  email_text_input: element('email_text_input', { ...placed, ...dispatch, initial_value: string(3000) }),
  url_text_input: element('url_text_input', { ...placed, ...dispatch, initial_value: string(3000) }),
  file_input: element('file_input', { filetypes: list(string(255, 1), 100), max_files: integer(1, 10) }),
};

const pickers: Record<string, Check> = {
  checkboxes: all(
    element('checkboxes', {
      'options!': list(option(text(75)), 10),
      initial_options: list(option(text(75)), 10),
      confirm,
      focus_on_load: bool,
    }),
    initialIsThere,
  ),
  radio_buttons: all(
    element('radio_buttons', {
      'options!': list(option(text(75)), 10),
      initial_option: option(text(75)),
      confirm,
      focus_on_load: bool,
    }),
    initialIsThere,
  ),
  datepicker: element('datepicker', {
    ...asked,
    initial_date: matching(/^\d{4}-\d\d-\d\d$/, 'YYYY-MM-DD'),
  }),
  timepicker: element('timepicker', {
    ...asked,
    initial_time: matching(/^\d\d:\d\d$/, 'HH:mm'),
    timezone: string(255, 1),
  }),
  datetimepicker: element('datetimepicker', {
    initial_date_time: integer(1_000_000_000, 9_999_999_999),
    confirm,
    focus_on_load: bool,
  }),
};

/** Every element by its type; which block takes which is said in `blocks.ts`. */
export const elements: Record<string, Check> = {
  image: imageElement,
  button: element('button', {
    'text!': plain(75),
    value: string(2000),
    url: url('(https?|mailto|slack)', 3000),
    style,
    confirm,
    accessibility_label: label75,
  }),
  overflow: element('overflow', { 'options!': list(option(), 5), confirm }),
  feedback_buttons: element('feedback_buttons', {
    'positive_button!': feedback,
    'negative_button!': feedback,
  }),
  icon_button: element('icon_button', {
    'icon!': oneOf('trash'),
    'text!': plain(75),
    value: string(2000),
    confirm,
    accessibility_label: label75,
    visible_to_user_ids: list(someone, 100),
  }),
  ...selects,
  ...inputs,
  ...pickers,
};

export const selectTypes = Object.keys(selects);
export const pickerTypes = Object.keys(pickers);
export const inputTypes = [...Object.keys(inputs), ...selectTypes, ...pickerTypes];
