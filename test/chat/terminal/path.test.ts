import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { card } from '../../../src/chat/card.ts';
import { fromHere, pathOf } from '../../../src/chat/terminal/path.ts';
import { file, setUp } from './support.ts';

test.each([
  ['below here', resolve('.data/references/a.png'), '.data/references/a.png'],
  ['a name that only begins like the way up', resolve('..data/a.png'), '..data/a.png'],
  ['above', resolve('../a.png'), resolve('../a.png')],
  ['elsewhere', '/elsewhere/a.png', '/elsewhere/a.png'],
  ['here itself', resolve('.'), resolve('.')],
  ['no path at all', 'references/a.png', 'references/a.png'],
])('a path %s is shown as it is shortest', (_, path, shown) => {
  expect(fromHere(path)).toBe(shown);
  if (shown.startsWith('/') || shown.startsWith('.')) expect(pathOf(shown)).toBe(path);
});

test('a path at home is meant from there', () => expect(pathOf('~/a.png')).toBe(join(homedir(), 'a.png')));

test('a card shows where its files lie from here', async () => {
  const { show, paper } = setUp({ pathOf: ({ key }) => resolve('.data', key) });
  await show(
    'terminal:main/1',
    card({ title: 'Take', film: file('take', { key: `${'f'.repeat(64)}.mp4` }) }),
  );
  expect(paper.text).toContain(`  ▸ take  123 kB\n    .data/${'f'.repeat(64)}.mp4\n`);
});
