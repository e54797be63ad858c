import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dropFolder } from '../support/folder.ts';
import { stage } from './stage.ts';

test('a disk that fills up: each person is told, nothing acknowledged is lost, and it goes on when there is room', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dailies-full-'));
  const before = await stage({ folder, pages: 60 });
  let taken = 0;
  for (; taken < 200; taken++) {
    const told = await before.type(`/video film ${taken} for Aurora tea`).catch(() => 'refused');
    if (told === 'refused') break;
  }
  expect(before.printed()).toMatch(/No room is left for .* Nothing was changed; please send it once more/);
  const kept = await before.campaigns();
  expect(kept).toBe(taken);
  await before.close();

  const after = await stage({ folder, ids: 'm' });
  expect(await after.campaigns()).toBe(taken);
  await after.type('/video one more for Aurora tea');
  await after.until((c) => c.revisions.length > 0);
  expect(await after.campaigns()).toBe(taken + 1);
  await after.close();
  await dropFolder(folder);
}, 60_000);
