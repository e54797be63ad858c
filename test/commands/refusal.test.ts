import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type RefusalCode, refusalCodes, refuse } from '../../src/campaign/refusal.ts';

/** What each sentence is given, as the core gives it. */
const values: Partial<Record<RefusalCode, Record<string, string | number | boolean>>> = {
  'brief-is-talk': { given: 'hello' },
  'brief-too-long': { length: 12_345, most: 4000 },
  'message-too-long': { most: 4000 },
  'option-unknown': { name: 'sparkle', known: '--model, --duration' },
  'option-empty': { name: 'tagline', isPicture: false },
  'seconds-unreadable': { given: 'six' },
  'seconds-impossible': { given: '60', model: 'Sample Cinema', offer: '4, 6 or 8 seconds' },
  'aspect-unknown': { given: '7:3', known: '16:9, 9:16' },
  'aspect-impossible': { aspect: '4:5', model: 'Sample Cinema', known: '16:9, 9:16' },
  'model-unknown': { given: 'sora9', known: 'sample-cinema' },
  'model-none-fits': { seconds: 60, aspect: '4:5' },
  'template-unknown': { given: 'opera', known: 'brand-animation' },
  'platform-unknown': { given: 'myspace', known: 'tiktok' },
  'reference-link-unreadable': { given: 'logo.png' },
  'references-too-many': { most: 10 },
  'approvers-too-few': { needed: 2, self: false },
  'status-unknown': { given: 'mine', known: 'needs review, being made' },
  'campaign-over': { phase: 'cancelled' },
  'cancel-decided': { phase: 'approved' },
  'take-running': { take: 2 },
  'still-model-unknown': { given: 'sora9', known: 'sample-still' },
  'still-wish-impossible': { wish: 'hd', model: 'Sample Still', known: 'GPT Image 2' },
  'still-wish-unknown': { given: 'loud', known: 'natural, vivid' },
  'still-count-impossible': { given: '9', most: 6 },
  'still-unknown': { given: 7, offered: 'On offer: 1, 2, 3.' },
  'still-other-shape': { still: 2, is: '16:9', wanted: '9:16' },
  'still-settled': { still: 2 },
  'take-settled': { take: 2 },
  'retry-unallowed': { take: 2, price: 12_000_000 },
  'spending-waits': { price: 12_000_000 },
  'cap-take': { price: 3_000_000, cap: 2_000_000 },
  'kit-unknown': { given: 'Aurara', known: '', forVideo: true },
  'kit-name-unusable': { given: '—', most: 40 },
  'kit-name-taken': { name: 'Aurora' },
  'kits-too-many': { most: 20 },
  'kit-colour-unreadable': { given: 'teal' },
  'kit-colours-too-many': { most: 6 },
  'kit-voice-too-long': { most: 300 },
  'kit-bans-too-many': { most: 10, length: 120 },
  'cap-account': { price: 3_000_000, left: 500_000, what: 'month' },
};
const sentenceOf = (code: RefusalCode): string =>
  (refuse as (code: RefusalCode, given?: object) => { sentence: string })(code, values[code]).sentence;

const root = fileURLToPath(new URL('../..', import.meta.url));
const source = globSync('{src,commands}/**/*.ts', { cwd: root })
  .filter((path) => !path.endsWith('campaign/refusal.ts'))
  .map((path) => readFileSync(`${root}/${path}`, 'utf8'))
  .join('\n');

describe.each(refusalCodes)('%s', (code) => {
  test('is said in whole sentences, to a person', () => {
    expect(sentenceOf(code)).toMatch(/^[\p{Lu}\d`].*[.?]$/u);
    expect(sentenceOf(code)).not.toMatch(/undefined|\bnull\b|NaN|\[object|\d{7}/);
    expect(sentenceOf(code)).not.toContain(code);
  });

  test('names nothing of ours that a person has not met', () => {
    expect(sentenceOf(code)).not.toMatch(
      /\b(?:intents?|outcomes?|events?|effects?|jobs?|queue|journal|engine|policy|hash|null|id)\b|[a-z][A-Z]|_/,
    );
  });

  test('has a balanced number of backticks', () => expect(sentenceOf(code).split('`').length % 2).toBe(1));

  test('is said by somebody', () => expect(source).toContain(`'${code}'`));
});

test('a misspelt name is answered with the one that was meant', () => {
  const { sentence } = refuse('option-unknown', { name: 'duratoin', meant: '--duration', known: '--model' });
  expect(sentence).toBe('I do not know the option `duratoin`. Did you mean `--duration`?');
});
