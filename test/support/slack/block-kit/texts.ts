import { all, bool, list, matching, oneOf, record, someOf, string, typed, url } from './shapes.ts';

const words = (type: string, longest: number) =>
  type === 'plain_text'
    ? record({ 'type!': oneOf(type), 'text!': string(longest, 1), emoji: bool })
    : record({ 'type!': oneOf(type), 'text!': string(longest, 1), verbatim: bool });

export const plain = (longest: number) => typed({ plain_text: words('plain_text', longest) });
export const mrkdwn = (longest: number) => typed({ mrkdwn: words('mrkdwn', longest) });
export const text = (longest: number) =>
  typed({ plain_text: words('plain_text', longest), mrkdwn: words('mrkdwn', longest) });

export const id = string(255, 1);

export const confirm = record({
  title: plain(100),
  'text!': text(300),
  confirm: plain(30),
  deny: plain(30),
  style: oneOf('primary', 'danger'),
});

export const option = (label = plain(75)) =>
  record({ 'text!': label, 'value!': string(75, 1), description: plain(75), url: url('https?', 3000) });

export const optionGroup = record({ 'label!': plain(75), 'options!': list(option(), 100) });

const slackFile = all(
  record({ id: matching(/^F\w+$/, 'the id of a file'), url: url('https?', 3000) }),
  someOf(['id', 'url'], true),
);

/** What an image block and an image element have in common. */
export const picture = {
  'alt_text!': string(2000, 1),
  image_url: url('https?', 3000),
  slack_file: slackFile,
};

export const imageElement = all(
  record({ 'type!': oneOf('image'), ...picture }),
  someOf(['image_url', 'slack_file'], true),
);
