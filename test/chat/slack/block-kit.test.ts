import { describe, expect, it } from 'vitest';
import { faultsInBlocks, faultsInView } from '../../support/slack/block-kit.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const x = (length: number) => 'x'.repeat(length);
const button = (more = {}) => ({ type: 'button', action_id: 'a', text: plain('Go'), ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const section = (more = {}) => ({ type: 'section', text: mrkdwn('hi'), ...more });
const input = (element: object, more = {}) => ({ type: 'input', label: plain('Name'), element, ...more });
const option = (value = 'v', text = 'V') => ({ text: plain(text), value });
const select = (more = {}) => ({ type: 'static_select', action_id: 's', options: [option()], ...more });
const card = (more = {}) => ({ type: 'card', title: mrkdwn('Still 1'), actions: [button()], ...more });
const cards = (count: number) =>
  Array.from({ length: count }, (_, i) => card({ actions: [button({ action_id: `a${i}` })] }));
const carousel = (...elements: object[]) => ({ type: 'carousel', elements });
const image = (more = {}) => ({ type: 'image', image_url: 'https://a.test/a.png', alt_text: 'a', ...more });
const task = (more = {}) => ({ type: 'task_card', task_id: 't', title: 'Take', status: 'pending', ...more });
const plan = (...tasks: object[]) => ({ type: 'plan', title: 'Progress', tasks });
const video = (more = {}) => ({
  type: 'video',
  video_url: 'https://a.test/player',
  thumbnail_url: 'https://a.test/a.png',
  alt_text: 'a',
  title: plain('Clip'),
  ...more,
});
const rich = (...elements: object[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});

describe('a message takes', () => {
  it.each<[string, object]>([
    ['a section of 3,000 characters', section({ text: mrkdwn(x(3000)) })],
    ['ten fields', section({ fields: Array(10).fill(mrkdwn(x(2000))) })],
    [
      'a button with all it may have',
      actions(button({ value: x(2000), style: 'danger', url: 'https://a.test' })),
    ],
    ['25 buttons', actions(...Array.from({ length: 25 }, (_, i) => button({ action_id: `a${i}` })))],
    [
      'a select with groups',
      actions(select({ options: undefined, option_groups: [{ label: plain('G'), options: [option()] }] })),
    ],
    ['a header', { type: 'header', text: plain(x(150)) }],
    ['a context', { type: 'context', elements: [mrkdwn('a'), image()] }],
    ['a picture of a file', { type: 'image', slack_file: { id: 'F123' }, alt_text: 'x' }],
    ['ten cards', carousel(...cards(10))],
    [
      'a plan',
      plan(task(), task({ task_id: 'u', status: 'complete', details: rich({ type: 'text', text: 'done' }) })),
    ],
    ['Markdown', { type: 'markdown', text: x(12_000) }],
    ['a video', video()],
    [
      'formatted text',
      rich({ type: 'text', text: 'a', style: { bold: true } }, { type: 'user', user_id: 'U1' }),
    ],
    [
      'a container',
      { type: 'container', title: plain('Settings'), child_blocks: [section()], is_collapsible: true },
    ],
    ['a table', { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] }],
    [
      'thumbs',
      { type: 'context_actions', elements: [{ type: 'icon_button', icon: 'trash', text: plain('Delete') }] },
    ],
  ])('%s', (_, block) => {
    expect(faultsInBlocks([block])).toEqual([]);
  });
});

describe('a message does not take', () => {
  it.each<[string, object, string]>([
    [
      'a longer section',
      section({ text: mrkdwn(x(3001)) }),
      'less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ],
    ['an empty section', section({ text: mrkdwn('') }), 'more than 0 characters'],
    ['a section of nothing', { type: 'section' }, 'one of these is required: text, fields'],
    ['eleven fields', section({ fields: Array(11).fill(mrkdwn('a')) }), 'no more than 10 items'],
    ['a field nobody knows', section({ colour: 'red' }), 'invalid additional property: colour'],
    ['a block nobody knows', { type: 'hologram' }, 'unsupported type: hologram'],
    ['a button with a long label', actions(button({ text: plain(x(76)) })), 'less than 76'],
    ['a button with Markdown', actions(button({ text: mrkdwn('a') })), 'unsupported type: mrkdwn'],
    ['a button with a long value', actions(button({ value: x(2001) })), 'less than 2001'],
    ['a button of another style', actions(button({ style: 'green' })), 'must be one of: primary, danger'],
    [
      '26 buttons',
      actions(...Array.from({ length: 26 }, (_, i) => button({ action_id: `${i}` }))),
      'no more than 25',
    ],
    ['the same action twice', actions(button(), button()), 'action_id "a" already exists'],
    ['a long action', actions(button({ action_id: x(256) })), 'less than 256'],
    ['a text input among actions', actions({ type: 'plain_text_input', action_id: 'p' }), 'unsupported type'],
    ['a file input', input({ type: 'file_input', action_id: 'f' }), 'file_input is for modals only'],
    [
      '101 options',
      actions(select({ options: Array.from({ length: 101 }, (_, i) => option(`${i}`)) })),
      'no more than 100',
    ],
    [
      'a choice that is not offered',
      actions(select({ initial_option: option('w') })),
      'not among the options',
    ],
    [
      'six in an overflow',
      actions({ type: 'overflow', action_id: 'o', options: Array(6).fill(option()) }),
      'no more than 5',
    ],
    ['a long header', { type: 'header', text: plain(x(151)) }, 'less than 151'],
    ['a header with Markdown', { type: 'header', text: mrkdwn('a') }, 'unsupported type: mrkdwn'],
    ['a picture without words for it', image({ alt_text: undefined }), 'missing required field: alt_text'],
    ['a picture from two places', image({ slack_file: { id: 'F1' } }), 'only one of these'],
    ['a picture from a path', image({ image_url: '/a.png' }), 'invalid url'],
    ['eleven cards', carousel(...cards(11)), 'no more than 10'],
    ['a long card', carousel(card({ body: mrkdwn(x(201)) })), 'less than 201'],
    ['an alert', { type: 'alert', text: plain('a') }, 'unsupported type: alert'],
    ['a task in no known state', plan(task({ status: 'done' })), 'must be one of: pending'],
    ['the same task twice', plan(task(), task()), 'task_id is not unique'],
    ['an open video', video({ video_url: 'http://a.test' }), 'invalid url'],
    [
      'a carousel in a container',
      { type: 'container', title: plain('a'), child_blocks: [carousel(card())] },
      'unsupported type: carousel',
    ],
    ['a broken mention', rich({ type: 'user' }), 'missing required field: user_id'],
    [
      'a question without a label',
      { type: 'input', element: { type: 'plain_text_input' } },
      'missing required field: label',
    ],
  ])('%s', (_, block, fault) => {
    expect(faultsInBlocks([block]).join('\n')).toContain(fault);
  });

  it('51 blocks, or the same block id twice', () => {
    expect(faultsInBlocks(Array(51).fill(section()))).toEqual([expect.stringContaining('no more than 50')]);
    const twice = [section({ block_id: 'b' }), section({ block_id: 'b' })];
    expect(faultsInBlocks(twice)).toEqual([expect.stringContaining('block_id "b" already exists')]);
  });
});

describe('a form', () => {
  const modal = (blocks: object[], more = {}) => ({
    type: 'modal',
    title: plain('Brief'),
    submit: plain('Go'),
    blocks,
    ...more,
  });
  const text = { type: 'plain_text_input', action_id: 'p' };

  it('takes inputs of every kind, files among them', () => {
    const blocks = [
      input({ ...text, multiline: true, max_length: 3000 }),
      input({ type: 'file_input', action_id: 'f', max_files: 10, filetypes: ['png'] }),
      input({ type: 'multi_users_select', action_id: 'u', initial_users: ['U1'] }),
      input({ type: 'number_input', action_id: 'n', is_decimal_allowed: false, min_value: '1' }),
      input({ type: 'radio_buttons', action_id: 'r', options: [option()] }),
      { type: 'alert', text: plain('careful'), level: 'warning' },
    ];
    expect(faultsInView(modal(blocks, { private_metadata: x(3000), callback_id: 'brief' }))).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['nothing to send it off with', modal([input(text)], { submit: undefined }), 'submit is required'],
    ['a long title', modal([], { title: plain(x(25)) }), 'less than 25'],
    ['heavy luggage', modal([], { private_metadata: x(3001) }), 'less than 3001'],
    ['101 blocks', modal(Array(101).fill(section())), 'no more than 100'],
    ['a carousel', modal([carousel(card())]), 'unsupported type: carousel'],
    ['eleven files', modal([input({ type: 'file_input', max_files: 11 })]), 'from 1 to 10'],
    [
      'numbers as numbers',
      modal([input({ type: 'number_input', is_decimal_allowed: true, min_value: 1 })]),
      'a number in a string',
    ],
    ['a text longer than possible', modal([input({ ...text, max_length: 3001 })]), 'from 1 to 3000'],
    [
      'two in focus',
      modal([input({ ...text, focus_on_load: true }), input({ ...text, focus_on_load: true })]),
      'only one element',
    ],
    [
      'a title on a Home tab',
      { type: 'home', blocks: [], title: plain('a') },
      'invalid additional property: title',
    ],
    ['a file on a Home tab', { type: 'home', blocks: [input({ type: 'file_input' })] }, 'for modals only'],
  ])('does not take %s', (_, view, fault) => {
    expect(faultsInView(view).join('\n')).toContain(fault);
  });
});
