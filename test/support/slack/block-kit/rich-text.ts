import { bool, type Check, integer, list, oneOf, record, string, typed, url } from './shapes.ts';

const style = record({
  bold: bool,
  italic: bool,
  strike: bool,
  code: bool,
  underline: bool,
  highlight: bool,
  client_highlight: bool,
  unlink: bool,
});
const inline = (type: string, fields: Record<string, Check>): Check =>
  record({ 'type!': oneOf(type), style, ...fields });

const longest = 3000;
const inlines: Record<string, Check> = {
  text: inline('text', { 'text!': string(longest, 1) }),
  link: inline('link', { 'url!': url('(https?|mailto)', longest), text: string(longest), unsafe: bool }),
  emoji: inline('emoji', { 'name!': string(255, 1), unicode: string(255), url: string(longest) }),
  user: inline('user', { 'user_id!': string(255, 1) }),
  usergroup: inline('usergroup', { 'usergroup_id!': string(255, 1) }),
  channel: inline('channel', { 'channel_id!': string(255, 1) }),
  team: inline('team', { 'team_id!': string(255, 1) }),
  broadcast: inline('broadcast', { 'range!': oneOf('here', 'channel', 'everyone') }),
  color: inline('color', { 'value!': string(255, 1) }),
  date: inline('date', {
    'timestamp!': integer(0, Number.MAX_SAFE_INTEGER),
    'format!': string(255, 1),
    url: url(),
    fallback: string(longest),
  }),
};

const border = oneOf(0, 1);
const many = 500;
const section = record({
  'type!': oneOf('rich_text_section'),
  'elements!': list(typed(inlines), many, 0),
});

const parts = {
  rich_text_section: section,
  rich_text_list: record({
    'type!': oneOf('rich_text_list'),
    'style!': oneOf('bullet', 'ordered'),
    'elements!': list(typed({ rich_text_section: section }), many),
    indent: integer(0, 8),
    offset: integer(0, 10_000),
    border,
  }),
  rich_text_quote: record({
    'type!': oneOf('rich_text_quote'),
    'elements!': list(typed(inlines), many),
    border,
  }),
  rich_text_preformatted: record({
    'type!': oneOf('rich_text_preformatted'),
    'elements!': list(typed(inlines, ['text', 'link']), many),
    border,
    language: string(255),
  }),
};

export const richText = record({
  'type!': oneOf('rich_text'),
  block_id: string(255, 1),
  'elements!': list(typed(parts), many),
});
