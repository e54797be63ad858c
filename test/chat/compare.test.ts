import { expect, test } from 'vitest';
import { campaignOf, compareModels, type Wanted } from '../../src/campaign/compare.ts';
import { composeModels } from '../../src/chat/boards.ts';
import { composeComparison } from '../../src/chat/compare.ts';
import { everyModel, offered } from '../../src/providers/catalogue.ts';
import { catalogue as told } from '../campaign/specification.ts';

const all = offered(await everyModel(), new Set(['openai', 'replicate', 'runway']));
const card = (wanted: Wanted, catalogue = all) => {
  const [only] = composeComparison(campaignOf(wanted), catalogue);
  if (!only) throw new Error('no card');
  return only;
};
const lineOf = (wanted: Wanted, name: string) =>
  card(wanted).fields.find((field) => field.name === name)?.value;
const wide = { seconds: 10, aspect: '16:9', references: 0 } as const;

test('every living film model is named once, with what it would cost or why it cannot', () => {
  for (const wanted of [wide, { ...wide, seconds: 7, aspect: '4:5', references: 9 } as const]) {
    const rows = compareModels(campaignOf(wanted), all).map(({ model }) => model.id);
    const living = all.filter((m) => m.status !== 'retired' && m.kinds.some((k) => k.endsWith('-to-video')));
    expect(rows.toSorted()).toEqual(living.map((m) => m.id).toSorted());
    const said = JSON.stringify(card(wanted));
    for (const { name } of living) expect(said).toContain(name);
  }
});

test('a still and ten seconds of Runway cost what the catalogue says', () => {
  expect(lineOf(wide, 'Runway Gen-4 Turbo')).toMatch(/^about \$0\.52 \(still \$0\.02, film \$0\.50\) · /);
});

test('pictures: who follows all of them comes before who follows some or none', () => {
  const wanted = { ...wide, references: 8 };
  const values = card(wanted).fields.map(({ value }) => value);
  const firstOf = (words: string) => values.findIndex((value) => value.includes(words));
  expect(firstOf('follows all')).toBe(0);
  expect(firstOf('by a still')).toBeGreaterThan(firstOf('follows all'));
  expect(lineOf({ ...wide, references: 8 }, 'Kling 3 Omni')).toContain('follows 7 of them');
});

test('what cannot be made says why, with what is possible', () => {
  const { text } = card({ ...wide, seconds: 7 });
  expect(text.join('\n')).toMatch(/Not 7 s: .*Kling 2\.6 \(5 or 10 seconds\)/);
  expect(card({ ...wide, seconds: 6, aspect: '1:1' }).text.join('\n')).toMatch(/Not 1:1: .*Veo 3\.1/);
  expect(card({ ...wide, seconds: 999 }, told)).toMatchObject({
    text: ['No living model can make this.', expect.stringContaining('Not 999 s')],
    footer: '',
  });
});

test('who is not chosen by itself says why, in the comparison and among the models', () => {
  const [models] = composeModels(all);
  const veo = 'only when asked for by name (whether it still runs is unproven)';
  expect(lineOf({ ...wide, seconds: 8 }, 'Veo 3.1')).toContain(veo);
  expect(models?.fields.find(({ name }) => name === 'veo-3.1')?.value).toContain(veo);
  expect(models?.fields.find(({ name }) => name === 'seedream-4')?.value).toContain(
    '(its price is an estimate, its settings are unproven)',
  );
  expect(models?.fields.find(({ name }) => name === 'kling-v3-omni')?.value).not.toContain('by name');
});
