import fc from 'fast-check';
import type { Intent } from '../../../src/campaign/intent.ts';
import type { Button, Card, CardFile, Choice, Item, Menu, Progress } from '../../../src/chat/card.ts';
import type { Rendering } from '../../../src/chat/slack/render.ts';

/** What people paste: mentions, markup, other directions of reading, letters made of many characters. */
export const hostile = [
  '<!channel>',
  '<@U1>',
  '<https://evil.example|click>',
  '&',
  '&amp;<',
  '*bold* _it_ ~no~ `code` ```more```',
  '> quoted',
  '\u202Ereversed\u202C',
  '👩‍👩‍👧‍👦',
  'e\u0301\u0301\u0301\u0301\u0301',
  '\uD83D',
  '\u0000',
  '\u200B',
  '\n\n\n',
  'تجربة',
  '日本語',
];

const repeated = fc
  .tuple(fc.constantFrom(...hostile, 'a', 'word '), fc.integer({ min: 1, max: 10_000 }))
  .map(([one, length]) => one.repeat(Math.ceil(length / one.length)));

export const anyText: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: fc.string({ unit: 'binary', maxLength: 60 }), weight: 9 },
  { arbitrary: fc.constantFrom('', ' ', ...hostile), weight: 9 },
  {
    arbitrary: fc.array(fc.constantFrom(...hostile), { maxLength: 8 }).map((some) => some.join(' ')),
    weight: 5,
  },
  { arbitrary: repeated, weight: 1 },
);

const anyFile: fc.Arbitrary<CardFile> = fc.record({
  key: fc.uuid(),
  sha256: fc.stringMatching(/^[0-9a-f]{64}$/),
  bytes: fc.nat(),
  mime: fc.constant('image/png'),
  title: anyText,
});

/** What stands on buttons; the words in it may be anything. */
const anyIntent: fc.Arbitrary<Intent> = fc.oneof(
  fc.record({ type: fc.constant('generate' as const) }),
  fc.record({ type: fc.constant('edit-prompt' as const), words: anyText }),
  fc.record({ type: fc.constant('pick-still' as const), board: fc.nat(), still: fc.nat() }),
  fc.record({
    type: fc.constant('vote' as const),
    verdict: fc.constantFrom('approve' as const, 'request-changes' as const, 'reject' as const),
    cut: fc.string({ maxLength: 8 }),
    words: anyText,
  }),
);

export const anyButton: fc.Arbitrary<Button> = fc.record(
  {
    label: anyText,
    style: fc.constantFrom('primary' as const, 'danger' as const, 'plain' as const),
    does: anyIntent,
    asks: fc.record({ title: anyText, label: anyText, value: anyText }),
  },
  { requiredKeys: ['label', 'style', 'does'] },
);

const anyMenu: fc.Arbitrary<Menu> = fc.record({
  label: anyText,
  does: fc.record({
    type: fc.constant('set-purpose' as const),
    reference: fc.string({ maxLength: 120 }),
    purpose: fc.constant('logo' as const),
  }),
  fills: fc.constant('purpose'),
  options: fc.constant(
    ['logo', 'product', 'style', 'subject'].map((value) => ({ value, label: `As ${value}` })),
  ),
  chosen: fc.constantFrom('logo', 'gone'),
});

const anyItem: fc.Arbitrary<Item> = fc.record({
  title: anyText,
  text: anyText,
  image: fc.option(anyFile),
  place: fc.option(fc.constant('slack:T1/C1/1700000000.000100')),
  menu: fc.option(anyMenu),
  buttons: fc.array(anyButton, { maxLength: 3 }),
});

const anyProgress: fc.Arbitrary<Progress> = fc.record({
  label: anyText,
  fraction: fc.option(fc.double()),
  state: fc.constantFrom('waiting' as const, 'running' as const, 'done' as const, 'failed' as const),
});

const anyChoice: fc.Arbitrary<Choice> = fc.record({
  label: anyText,
  image: anyFile,
  does: anyIntent,
  chosen: fc.boolean(),
});

const called = fc.array(fc.oneof(fc.constantFrom('U1', 'S1', 'C1', 'everyone'), anyText), { maxLength: 40 });
const field = fc.record(
  { name: anyText, value: anyText, people: called, groups: called },
  { requiredKeys: ['name', 'value'] },
);

export const anyCard: fc.Arbitrary<Card> = fc.record({
  title: anyText,
  columns: fc.array(fc.record({ name: anyText, text: anyText }), { maxLength: 3 }),
  text: fc.array(anyText, { maxLength: 4 }),
  fields: fc.array(field, { maxLength: 12 }),
  items: fc.array(anyItem, { maxLength: 10 }),
  images: fc.array(anyFile, { maxLength: 4 }),
  film: fc.option(anyFile),
  link: fc.option(anyFile),
  progress: fc.array(anyProgress, { maxLength: 3 }),
  choices: fc.array(anyChoice, { maxLength: 12 }),
  buttons: fc.array(anyButton, { maxLength: 30 }),
  footer: anyText,
});

/** Pictures are in Slack already, or at an address, or nowhere yet; by their first letter. */
export const rendering = (given: Partial<Rendering> = {}): Rendering => ({
  campaign: 'c1',
  picture({ sha256 }) {
    if (sha256 < '4') return null;
    return sha256 < '8' ? { image_url: `https://media.example/${sha256}` } : { slack_file: { id: 'F123' } };
  },
  address: ({ key }) => `https://dailies.example/${key}`,
  link: () => 'https://acme.slack.com/archives/C1/p1700000000000100',
  rich: true,
  ...given,
});
