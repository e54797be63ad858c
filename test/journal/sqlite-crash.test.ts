import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../src/journal/chain.ts';
import { openSqlite } from '../../src/journal/sqlite.ts';
import { tempFolder } from './sqlite-world.ts';

const script = fileURLToPath(new URL('./commit-loop.ts', import.meta.url));

interface Loop {
  child: ChildProcess;
  /** The last version it said was committed. */
  acknowledged(): number;
}

async function startLoop(folder: string): Promise<Loop> {
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += chunk;
  });
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return { child, acknowledged: () => Number(text.slice(0, text.lastIndexOf('\n')).split('\n').at(-1)) };
}

async function kill({ child }: Loop): Promise<void> {
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}

describe('a journal on SQLite whose process is killed', () => {
  let folder = '';
  beforeEach(() => {
    folder = tempFolder();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function expectWhole(acknowledged: number): Promise<void> {
    const journal = await openSqlite({ folder, clock: Date.now });
    const head = await journal.head('a');
    const version = head?.version ?? 0;
    expect(version).toBeGreaterThanOrEqual(acknowledged);
    const history = await journal.history('a');
    expect(history.map(({ seq }) => seq)).toEqual(Array.from({ length: version }, (_, i) => i + 1));
    expect(history.filter(({ body }) => JSON.stringify(body).includes('[forgotten]'))).toEqual([]);
    expect(head?.snapshot).toMatchObject({ expected: version - 2, words: expect.stringContaining('Take') });
    const ledger = await journal.ledger({ stream: 'a' });
    expect(verifyLedger(ledger)).toBeNull();
    expect(ledger).toHaveLength(version / 2);
    expect(await journal.account('month')).toMatchObject({ reserved: ledger.length * 7 });
    const waiting = await journal.waiting('a');
    expect(waiting.filter(({ type }) => type === 'y')).toHaveLength(version / 2);
    await journal.close();
  }

  it('loses nothing it acknowledged and is never torn, twenty times over', { timeout: 60_000 }, async () => {
    let last = 0;
    for (let round = 0; round < 20; round++) {
      const loop = await startLoop(folder);
      await new Promise((resolve) => setTimeout(resolve, round * 3));
      await kill(loop);
      expect(loop.acknowledged()).toBeGreaterThan(last);
      last = loop.acknowledged();
      await expectWhole(last);
    }
  });

  it('is refused to a second process while the first lives, and free once it is dead', async () => {
    const loop = await startLoop(folder);
    const second = openSqlite({ folder, clock: Date.now });
    await expect(second).rejects.toMatchObject({ name: 'Never', code: 'journal-in-use' });
    const before = loop.acknowledged();
    await expect.poll(() => loop.acknowledged()).toBeGreaterThan(before);
    await kill(loop);
    await (await openSqlite({ folder, clock: Date.now })).close();
  });
});
