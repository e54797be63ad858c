import { elements, inputTypes, pickerTypes, selectTypes } from './elements.ts';
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
  typed,
  url,
} from './shapes.ts';
import { id, imageElement, mrkdwn, picture, plain, text } from './texts.ts';

const block = (type: string, fields: Record<string, Check>): Check =>
  record({ 'type!': oneOf(type), block_id: id, ...fields });
const element = (...types: string[]) => typed(elements, types);
const cell = typed({
  rich_text: richText,
  raw_text: record({ 'type!': oneOf('raw_text'), 'text!': string(3000, 1) }),
  raw_number: record({
    'type!': oneOf('raw_number'),
    'value!': matchingNumber(),
    'text!': string(3000, 1),
  }),
});
const rows = (least: number) => list(list(cell, 20), 100, least);

function matchingNumber(): Check {
  return (value, at, tell) => {
    if (typeof value !== 'number') tell('must be a number', at);
  };
}

const card = all(
  block('card', {
    hero_image: imageElement,
    icon: imageElement,
    title: mrkdwn(150),
    subtitle: mrkdwn(150),
    body: mrkdwn(200),
    actions: list(element('button'), 25),
  }),
  someOf(['hero_image', 'title', 'body', 'actions']),
);

const taskCard = block('task_card', {
  'task_id!': string(255, 1),
  'title!': string(256, 1),
  'status!': oneOf('pending', 'in_progress', 'complete', 'error'),
  details: richText,
  output: richText,
  sources: list(record({ 'type!': oneOf('url'), 'url!': url(), 'text!': string(256, 1) }), 10),
});

const unlikeTasks: Check = (value, at, tell) => {
  const tasks = isBag(value) && Array.isArray(value['tasks']) ? value['tasks'] : [];
  const ids = tasks.map((task) => (isBag(task) ? task['task_id'] : undefined));
  if (new Set(ids).size < ids.length) tell('task_id is not unique', `${at}/tasks`);
};

const simple: Record<string, Check> = {
  section: all(
    block('section', {
      text: text(3000),
      fields: list(text(2000), 10),
      accessory: element('button', 'image', 'overflow', ...selectTypes, ...pickerTypes),
      expand: bool,
    }),
    someOf(['text', 'fields']),
  ),
  actions: block('actions', {
    'elements!': list(element('button', 'overflow', 'rich_text_input', ...selectTypes, ...pickerTypes), 25),
  }),
  context: block('context', {
    'elements!': list(
      (value, at, tell) =>
        (isBag(value) && value['type'] === 'image' ? imageElement : text(3000))(value, at, tell),
      10,
    ),
  }),
  context_actions: block('context_actions', {
    'elements!': list(element('feedback_buttons', 'icon_button'), 5),
  }),
  divider: block('divider', {}),
  header: block('header', { 'text!': plain(150) }),
  image: all(block('image', { ...picture, title: plain(2000) }), someOf(['image_url', 'slack_file'], true)),
  input: block('input', {
    'label!': plain(2000),
    'element!': element(...inputTypes),
    hint: plain(2000),
    optional: bool,
    dispatch_action: bool,
  }),
  rich_text: richText,
  table: block('table', {
    'rows!': rows(1),
    column_settings: list(record({ align: oneOf('left', 'center', 'right'), is_wrapped: bool }), 20, 0),
  }),
  video: block('video', {
    'video_url!': url('https'),
    'thumbnail_url!': url('https?'),
    'alt_text!': string(2000, 1),
    'title!': plain(199),
    title_url: url('https'),
    author_name: string(49, 1),
    provider_name: string(255, 1),
    provider_icon_url: url('https?'),
    description: plain(200),
  }),
};

const container = all(
  block('container', {
    title: plain(150),
    rich_text_title: richText,
    subtitle: text(150),
    'child_blocks!': list(typed(simple), 10),
    width: oneOf('narrow', 'standard', 'wide', 'full'),
    icon: imageElement,
    is_collapsible: bool,
    default_collapsed: bool,
    has_header_divider: bool,
  }),
  someOf(['title', 'rich_text_title'], true),
);

/** Every block that an app may send, by its type. */
export const blocks: Record<string, Check> = {
  ...simple,
  alert: block('alert', {
    'text!': text(3000),
    level: oneOf('default', 'info', 'warning', 'error', 'success'),
  }),
  card,
  carousel: block('carousel', { 'elements!': list(typed({ card }), 10) }),
  container,
  data_table: block('data_table', {
    'rows!': rows(1),
    'caption!': string(3000, 1),
    page_size: integer(1, 100),
    row_header_column_index: integer(0, 19),
  }),
  markdown: block('markdown', { 'text!': string(12_000, 1) }),
  plan: all(
    block('plan', { 'title!': string(256, 1), tasks: list(typed({ task_card: taskCard }), 50, 0) }),
    unlikeTasks,
  ),
  task_card: taskCard,
};

const inForms = [
  'actions',
  'context',
  'divider',
  'header',
  'image',
  'input',
  'rich_text',
  'section',
  'video',
];

export type Surface = 'message' | 'modal' | 'home';

/** What a surface shows, and how many of them. */
export const surfaces: Record<Surface, { types: readonly string[]; most: number }> = {
  message: { types: Object.keys(blocks).filter((type) => type !== 'alert'), most: 50 },
  modal: { types: [...inForms, 'alert'], most: 100 },
  home: { types: inForms, most: 100 },
};

export const viewFields = {
  'type!': oneOf('modal', 'home'),
  'blocks!': (() => {}) satisfies Check,
  private_metadata: string(3000),
  callback_id: string(255),
  external_id: string(255),
};

export const modalFields = {
  ...viewFields,
  'title!': plain(24),
  submit: plain(24),
  close: plain(24),
  clear_on_close: bool,
  notify_on_close: bool,
};

export const metadataFields = record({
  'event_type!': matching(/^[A-Za-z0-9_.:-]{1,255}$/, 'the name of an event'),
  'event_payload!': (value, at, tell) => {
    if (!isBag(value)) tell('must be an object', at);
  },
  entities: list(() => {}, 5),
});
