import { describe, expect, test } from 'vitest';
import { type Card, card } from '../../../src/chat/card.ts';
import { newsIn, sayable } from '../../../src/chat/terminal/news.ts';
import { briefCard, file, finished, running } from './support.ts';

const drawing = { columns: 40, colour: false, pathOf: ({ key }: { key: string }) => `/d/${key}` };
const news = (before: Card, after: Card) => newsIn(before, after, drawing).join('\n');

const stills = (chosen: number | null, n = 3): Card =>
  card({
    title: chosen ? `Still ${chosen} is picked` : 'Pick a still',
    choices: [1, 2, 3].slice(0, n).map((still) => ({
      label: `Still ${still}`,
      image: file(`s${still}`),
      does: { type: 'pick-still', still } as const,
      chosen: still === chosen,
    })),
  });

describe('news of a card', () => {
  test('a changed paragraph is said whole', () => {
    const before = {
      ...briefCard(),
      text: ['Kept.', 'A calm film over a quiet kitchen in the first light.'],
    };
    const after = { ...briefCard(), text: ['Kept.', 'A calm film over a quiet kitchen in the last light.'] };
    expect(news(before, after)).toMatchInlineSnapshot(`
      "◦ Brief
        A calm film over a quiet kitchen in
        the last light."
    `);
  });

  test('of fields and files only the new ones are said', () => {
    const model = { name: 'Model', value: 'Sample' };
    const before = card({ title: 'Brief', fields: [model, { name: 'Logo', value: 'fetching' }] });
    const after = { ...before, fields: [model, { name: 'Logo', value: 'here' }], images: [file('logo')] };
    expect(news(before, after)).toBe('◦ Brief\n  Logo  here\n  ▸ logo  /d/files/logo.png  123 kB');
  });

  test('a changed button brings its neighbours, whose numbers it shares', () => {
    const [generate, ...rest] = briefCard().buttons;
    const after = { ...briefCard(), buttons: generate ? [{ ...generate, label: 'Again' }, ...rest] : [] };
    expect(news(briefCard(), after)).toBe('◦ Brief\n  [1 Again]  [2 Stills first]');
  });

  test('a choice that was made is marked among the others, without their paths', () => {
    expect(news(stills(null), stills(2))).toMatchInlineSnapshot(`
      "◦ Still 2 is picked
         1  Still 1
         2  Still 2  ✓ chosen
         3  Still 3"
    `);
  });

  test('progress is said in its own row, and its end with what came with it', () => {
    expect(news(running(0.1), running(0.5))).toBe('◦ Take 1: rendering 50 %');
    const end = { ...finished(), text: ['Nothing was charged.'] };
    expect(news(running(0.5), end)).toBe('◦ Take 1: rendered ✓\n  Nothing was charged.');
    const rerouted = { ...running(0.1), text: ['Using another model.'] };
    expect(news(running(0.1), rerouted)).toBe('◦ Take 1\n  Using another model.');
  });

  test('a new title alone is news, the same card is none', () => {
    expect(news(card({ title: 'Review' }), card({ title: 'Approved' }))).toBe('◦ Approved');
    expect(news(stills(2), stills(2))).toBe('');
  });
});

test('pictures that arrive one by one are said once, with their paths, when all are there', () => {
  const partly = (n: number): Card => ({ ...stills(null, n), title: 'Stills', ...progress(n) });
  const progress = (n: number) => ({ progress: running(n / 3, `${n} of 3`).progress });
  const first = sayable(partly(0), partly(1));
  expect(news(partly(0), first)).toBe('◦ Stills: 1 of 3 33 %');
  const second = sayable(first, partly(2));
  expect(news(second, sayable(second, stills(null)))).toMatchInlineSnapshot(`
    "◦ Pick a still
       1  Still 1  123 kB
          /d/files/s1.png
       2  Still 2  123 kB
          /d/files/s2.png
       3  Still 3  123 kB
          /d/files/s3.png"
  `);
});
