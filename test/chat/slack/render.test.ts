import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Button, card } from '../../../src/chat/card.ts';
import { readAction } from '../../../src/chat/slack/button.ts';
import { render } from '../../../src/chat/slack/render.ts';
import { everyWith, faultsInBlocks } from '../../support/slack/block-kit.ts';
import { anyCard, hostile, rendering } from './cards.ts';

const textsIn = (value: unknown): { type: string; text: string; verbatim?: boolean }[] =>
  everyWith(value, 'text').filter((one) => typeof one['text'] === 'string') as never;

/** Written as JSON, a torn letter would look whole. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

describe('whatever stands on a card', () => {
  test.each([true, false])('its blocks are valid (rich: %s)', (rich) => {
    fc.assert(
      fc.property(anyCard, (any) => {
        const { text, blocks } = render(any, rendering({ rich }));
        expect(faultsInBlocks(blocks)).toEqual([]);
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(4000);
        for (const said of [text, ...stringsIn(blocks)]) expect(said.isWellFormed()).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('nobody is mentioned but who a field names, and nothing is linked but conversations and films', () => {
    fc.assert(
      fc.property(anyCard, fc.boolean(), (any, rich) => {
        const { text, blocks } = render(any, rendering({ rich }));
        const links = /<https:\/\/acme\.slack\.com\/archives\/[^<>|]+\|Open the conversation>/g;
        const films = /<https:\/\/dailies\.example\/[^<>|]+\|Open the whole film>/g;
        const calls = /<@U1>|<!subteam\^S1>|<#C1>/g;
        const read = textsIn(blocks).filter(({ type }) => type === 'mrkdwn');
        for (const one of read) {
          expect(one.text.replace(links, '').replace(films, '').replace(calls, '')).not.toMatch(/[<>]/);
          expect(one.verbatim).toBe(true);
        }
        expect(text.replace(calls, '')).not.toMatch(/[<>]/);
      }),
      { numRuns: 60 },
    );
  });

  test('every button that is shown can be read back, and every action has an id of its own', () => {
    fc.assert(
      fc.property(anyCard, (any) => {
        const { blocks } = render(any, rendering());
        const pressable = everyWith(blocks, 'action_id') as { action_id: string; value?: string }[];
        expect(new Set(pressable.map(({ action_id }) => action_id)).size).toBe(
          new Set(pressable).size - repeatedMenus(pressable),
        );
        for (const one of pressable)
          expect(readAction({ ...one, selected_option: { value: 'logo' } })?.campaign).toBe('c1');
      }),
      { numRuns: 60 },
    );
  });
});

/** Two menus of one reference are one and the same thing; a real card has each reference once. */
const repeatedMenus = (all: { action_id: string }[]): number => {
  const menus = all.filter(({ action_id }) => action_id.startsWith('choose:'));
  return menus.length - new Set(menus.map(({ action_id }) => action_id)).size;
};

describe('text', () => {
  test.each(hostile)('%j is shown as it is, and means nothing', (words) => {
    const { blocks } = render(card({ title: 'T', text: [`before ${words} after`] }), rendering());
    const [said] = textsIn(blocks).filter(({ type }) => type === 'mrkdwn');
    expect(said?.text).toMatch(/^before .*after$/s);
    expect(said?.text).not.toMatch(/[<>\u202E]|(?!\n)\p{Cc}/u);
  });

  test('for screen readers and locked screens calls whoever is named, whole', () => {
    const waiting = { name: 'Waiting for', value: '', people: ['U1'], groups: ['C1', 'D00000001', 'brand'] };
    const several = { name: 'Needed', value: 'two of', people: ['U1'] };
    const { text } = render(card({ title: 'T', fields: [waiting, several] }), rendering());
    expect(text).toBe('T\nWaiting for: <@U1> <#C1> a direct message brand\nNeeded: two of; <@U1>');
    for (const length of [3_970, 3_985, 3_990, 3_995, 4_000, 4_100]) {
      const long = render(card({ title: 'x'.repeat(length), fields: [waiting] }), rendering());
      expect(long.text.replaceAll(/<@U1>|<#C1>/g, '')).not.toMatch(/[<>@#]/);
    }
  });

  test('a long text is all there, in pieces', () => {
    const words = Array.from({ length: 2000 }, (_, i) => `word${i}`).join(' ');
    const { blocks } = render(card({ title: 'T', text: [words] }), rendering());
    const said = textsIn(blocks).filter(({ type }) => type === 'mrkdwn');
    expect(said.length).toBeGreaterThan(1);
    expect(said.map(({ text }) => text).join(' ')).toBe(words);
  });

  test('a cut never parts an entity or a letter', () => {
    for (const unit of ['&', '<', '👩‍👩‍👧‍👦'])
      for (const length of [149, 150, 151, 3000, 3001]) {
        const { blocks } = render(
          card({ title: unit.repeat(length), footer: unit.repeat(length) }),
          rendering(),
        );
        for (const { text, type } of textsIn(blocks)) {
          const letters = type === 'mrkdwn' ? text.replaceAll(/&(?:amp|lt);/g, unit) : text;
          expect(letters.replaceAll(unit, '').replace('…', '')).toBe('');
        }
      }
  });
});

describe('what is more than Slack takes', () => {
  const does = { type: 'generate' as const };
  const button: Button = { label: 'Go', style: 'primary', does };

  test.each([45, 46, 47, 48, 49, 50, 51, 80])('%i paragraphs: the buttons and the small print stay', (n) => {
    const text = Array.from({ length: n }, (_, i) => `paragraph ${i}`);
    const { blocks } = render(card({ title: 'T', text, buttons: [button], footer: 'small' }), rendering());
    expect(faultsInBlocks(blocks)).toEqual([]);
    expect(blocks.slice(-2)).toMatchObject([{ type: 'actions' }, { type: 'context' }]);
    expect(JSON.stringify(blocks).includes('more than fits')).toBe(n + 3 > 50);
  });

  test('more pictures than a carousel holds lie in two', () => {
    const image = { key: 'k', sha256: '9', bytes: 1, mime: 'image/png', title: 'still' };
    const choices = Array.from({ length: 12 }, (_, i) => ({
      label: `Still ${i}`,
      image,
      does,
      chosen: false,
    }));
    const { blocks } = render(card({ title: 'T', choices }), rendering());
    const sizes = blocks.flatMap((block) => (block.type === 'carousel' ? [block.elements.length] : []));
    expect([faultsInBlocks(blocks), sizes]).toEqual([[], [10, 2]]);
  });
});
