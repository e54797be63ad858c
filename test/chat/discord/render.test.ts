import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { card } from '../../../src/chat/card.ts';
import { formBehind, formIn, readId } from '../../../src/chat/discord/button.ts';
import { formOf } from '../../../src/chat/discord/form.ts';
import { type Rendering, render } from '../../../src/chat/discord/render.ts';
import { checkBody } from '../../support/discord/description.ts';
import { checkForm, checkLayout } from '../../support/discord/layout.ts';
import { flag, type Part, part, partsIn } from '../../support/discord/wire.ts';
import { anyCard, hostile } from '../slack/cards.ts';

const rendering = (given: Partial<Rendering> = {}): Rendering => ({
  campaign: 'c1',
  media: ({ sha256 }) => (sha256 < '4' ? null : `attachment://${sha256.slice(0, 16)}.png`),
  marker: 1_234_567,
  talk: true,
  links: [{ label: 'Open', url: 'https://media.example/film.mp4' }],
  ...given,
});

const partsOf = (any: Parameters<typeof render>[0], given: Partial<Rendering> = {}) =>
  [render(any, rendering(given)).container] as unknown as Part[];

const textsIn = (parts: readonly Part[]): string[] =>
  partsIn(parts).flatMap((each) => (each.type === part.text ? (each.content ?? '') : []));

/** Without what was made harmless, and without code, in which nothing means anything. */
const unmarked = (text: string): string => text.replace(/\\[\\*_~`|<[\]#>+-]|`[^`\n]+`/g, '');

const filesIn = (parts: readonly Part[]): string[] =>
  [...JSON.stringify(parts).matchAll(/attachment:\/\/([\w.]+)/g)].map((m) => m[1] ?? '');

describe('whatever stands on a card', () => {
  test('its message is one that Discord takes', () => {
    fc.assert(
      fc.property(anyCard, (any) => {
        const components = partsOf(any);
        const body = { flags: flag.v2, components };
        checkLayout(body, flag.v2, filesIn(components));
        checkBody('post', '/channels/{channel_id}/messages', body);
        expect(JSON.stringify(body)).toSatisfy((json: string) => json.isWellFormed());
      }),
      { numRuns: 100 },
    );
  });

  test('nobody is mentioned, nothing is linked, and nothing is a heading but the title', () => {
    fc.assert(
      fc.property(anyCard, (any) => {
        for (const text of textsIn(partsOf({ ...any, items: [] }))) {
          const bare = unmarked(text);
          expect(bare.replace(/^### /, '').replace(/^-# /, '')).not.toMatch(/[<[\]|~_`]|^\s*[#>]/m);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('every button can be read back, has an id of its own, and asks by a form that Discord takes', () => {
    fc.assert(
      fc.property(anyCard, (any) => {
        const { container, pressables } = render(any, rendering());
        const ids = partsIn([container as unknown as Part]).flatMap(({ custom_id }) => custom_id ?? []);
        expect(new Set(ids).size).toBe(ids.length);
        for (const id of ids) {
          const one = pressables.get(readId(id) ?? '');
          expect(one).toBeDefined();
          if (!one?.asks) continue;
          const form = formBehind(one, one.asks);
          checkForm(formOf(form).components as unknown as Part[]);
          const told = formIn(id);
          const { title, label, value } = one.asks;
          if (told) expect(told).toEqual({ ...form, asks: { title, label }, isBegun: !!value });
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('text', () => {
  test.each(hostile)('%j is shown as it is, and means nothing', (words) => {
    const [, said] = textsIn(partsOf(card({ title: 'T', text: [`before ${words} after`] })));
    expect(said).toMatch(/^before .*after$/s);
    expect(unmarked(said ?? '')).not.toMatch(/[<*_~`|[\]]|^\s*>|\u202E/m);
  });

  test('a command to copy stays one', () => {
    const [, said] = textsIn(partsOf(card({ title: 'T', text: ['Type `/video a_b *c*` now'] })));
    expect(said).toBe('Type `/video a_b *c*` now');
  });

  test('people and roles are named, and only they', () => {
    const fields = [{ name: 'Decides', value: 'two', people: ['12', '> x'], groups: ['34'] }];
    const [, said] = textsIn(partsOf(card({ title: 'T', fields })));
    expect(said).toBe('**Decides**  <@12> <@&34> · two');
  });
});

test('a card calls whoever its fields name, but nobody who only is to be named', () => {
  const [lee, maya] = ['222222222222222222', '333333333333333333'];
  const fields = [
    { name: 'Waiting for', value: '', people: [lee ?? ''] },
    { name: 'By', value: '', people: [maya ?? ''], quiet: true as const },
  ];
  const rendered = render(card({ title: 'Cancelled', fields }), rendering());
  expect(rendered.called).toEqual({ people: [lee], groups: [] });
  expect(JSON.stringify(rendered.container)).toContain(`<@${maya}>`);
});
