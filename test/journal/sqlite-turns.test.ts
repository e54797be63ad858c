import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Journal } from '../../src/journal/journal.ts';
import { openSqlite } from '../../src/journal/sqlite.ts';
import { openFile, type SqliteFile } from '../../src/journal/sqlite-file.ts';
import { writesInTurns } from '../../src/journal/sqlite-turns.ts';
import { committed, effect, happened, step } from '../contracts/journal-world.ts';
import { tempFolder } from './sqlite-world.ts';

describe('what is written at once on SQLite', () => {
  let folder = '';
  let journal: Journal;
  const open = async (more: { pages?: number } = {}) => {
    journal = await openSqlite({ folder, clock: Date.now, ...more });
  };
  beforeEach(() => {
    folder = tempFolder();
  });
  afterEach(async () => {
    await journal?.close();
    rmSync(folder, { recursive: true });
  });
  const opening = (stream: string, words = 'x') =>
    step({
      stream,
      events: [happened('said', [effect('x')], { words })],
      incoming: { id: stream, answer: 1 },
    });
  const broken = (stream: string) => {
    const one = opening(stream);
    return { ...one, events: [...one.events, { ...happened('bad'), type: undefined as unknown as string }] };
  };
  const kindOf = (ended: PromiseSettledResult<{ kind: string }>) =>
    ended.status === 'fulfilled' ? ended.value.kind : 'failed';

  it('waits for the disk once, and is not answered before', async () => {
    const order: string[] = [];
    const file = openFile(join(folder, 'some.db'));
    const noted: SqliteFile = {
      ...file,
      writeAll(writes) {
        const written = file.writeAll(writes);
        order.push(`${writes.length} committed`);
        return written;
      },
    };
    const { write } = writesInTurns(noted, Date.now, () => undefined);
    const asking = [1, 2, 3].map(async (n) => {
      // biome-ignore lint/correctness/useYield: it asks nothing of the tables
      await write(function* () {
        order.push(`${n} written`);
        return n;
      });
      order.push(`${n} answered`);
    });
    expect(order).toEqual([]);
    await Promise.all(asking);
    expect(order.slice(0, 4)).toEqual(['1 written', '2 written', '3 written', '3 committed']);
    expect(order.slice(4)).toEqual(['1 answered', '2 answered', '3 answered']);
    file.close();
  });

  it('fails or is refused one by one: the others are written, and nothing of those', async () => {
    await open();
    await committed(journal, opening('there'));
    const steps = [
      opening('a'),
      broken('b'),
      opening('there'),
      { ...opening('c'), expected: 7 },
      opening('d'),
    ];
    const ended = await Promise.allSettled(steps.map((one) => journal.commit(one)));
    expect(ended.map(kindOf)).toEqual(['committed', 'failed', 'seen', 'conflict', 'committed']);
    await journal.close();
    await open();
    for (const [stream, version] of Object.entries({ a: 1, b: undefined, c: undefined, d: 1, there: 1 })) {
      expect((await journal.head(stream))?.version).toBe(version);
      expect(await journal.waiting(stream)).toHaveLength(version ?? 0);
      expect((await journal.seen('w', stream)) !== null).toBe(version !== undefined);
    }
  });

  it('on a disk that gets full: each is there whole if it was said so, and else not at all', async () => {
    await open({ pages: 120 });
    const streams = Array.from({ length: 40 }, (_, n) => `s${n}`);
    const ended = await Promise.allSettled(
      streams.map((stream, n) => journal.commit(opening(stream, `${n} `.repeat(n % 2 ? 40 : 9_000)))),
    );
    const kinds = ended.map(kindOf);
    expect(kinds).toContain('failed');
    expect(kinds).toContain('committed');
    for (const one of ended)
      if (one.status === 'rejected')
        expect(one.reason).toMatchObject({ name: 'Never', code: 'journal-full' });
    for (const [n, stream] of streams.entries())
      expect((await journal.history(stream)).length).toBe(kinds[n] === 'committed' ? 1 : 0);
  });

  it('while another program holds the file: everybody hears so, and afterwards it goes on', async () => {
    await open();
    const other = new DatabaseSync(join(folder, 'journal.db'));
    other.exec('BEGIN IMMEDIATE');
    const ended = await Promise.allSettled(['a', 'b', 'c'].map((stream) => journal.commit(opening(stream))));
    for (const one of ended) expect(one).toMatchObject({ reason: { code: 'journal-locked' } });
    other.close();
    expect(await Promise.all(['a', 'b'].map((stream) => committed(journal, opening(stream))))).toEqual([
      1, 1,
    ]);
    expect(await journal.head('c')).toBeNull();
  });

  it('is written before the journal closes', async () => {
    await open();
    const asked = [journal.commit(opening('a')), journal.commit(opening('b'))];
    await journal.close();
    expect((await Promise.all(asked)).map(({ kind }) => kind)).toEqual(['committed', 'committed']);
    await open();
    expect(await journal.head('b')).toMatchObject({ version: 1 });
  });
});
