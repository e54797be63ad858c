import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withFolder, workIn } from '../../src/media/film.ts';
import { workBeside } from '../../src/wiring/workshop.ts';

let data = '';
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'dailies-workshop-'));
});
afterEach(() => {
  workIn(undefined);
  rmSync(data, { recursive: true });
});

const hour = 60 * 60_000;

test('jobs work beside what is kept, and leave nothing', async () => {
  await workBeside(data, Date.now());
  expect(await withFolder(async (folder) => dirname(folder))).toBe(join(data, 'work'));
  expect(readdirSync(join(data, 'work'))).toEqual([]);
});

test('what a killed process left is removed once nobody can be working on it', async () => {
  const now = Date.now();
  for (const [name, age] of [
    ['old', 3 * hour],
    ['young', hour],
  ] as const) {
    const folder = join(data, 'work', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'take.mp4'), 'half a film');
    utimesSync(folder, (now - age) / 1000, (now - age) / 1000);
  }
  await workBeside(data, now);
  expect(readdirSync(join(data, 'work'))).toEqual(['young']);
});
