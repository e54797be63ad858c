import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import type { Journal } from '../../src/journal/journal.ts';
import { openPostgres } from '../../src/journal/postgres.ts';
import { openPool } from '../../src/journal/postgres-pool.ts';
import { db, rows } from '../../src/journal/query.ts';
import { asking, claimBy, committed, effect, happened, step } from '../contracts/journal-world.ts';
import { line } from '../support/services/line.ts';
import { postgres } from '../support/services/postgres.ts';
import { say, schema } from './postgres-world.ts';

describe('a journal on PostgreSQL that many processes share', () => {
  let corner: Awaited<ReturnType<typeof schema>>;
  let all: Journal[] = [];
  const open = async () => {
    const journal = await openPostgres({ url: corner.url, connections: 4 });
    all.push(journal);
    return journal;
  };
  beforeEach(async () => {
    corner = await schema();
  });
  afterEach(async () => {
    await Promise.all(all.map((journal) => journal.close()));
    all = [];
    await corner.drop();
  });

  it('is migrated once by whoever comes first', async () => {
    const journals = await Promise.all(Array.from({ length: 8 }, open));
    await committed(journals[0] as Journal, step());
    expect(await journals[7]?.head('a')).toMatchObject({ version: 1 });
  });

  it('is waited for longer than usual while another migrates it, and not at all once that is done', async () => {
    const other = new pg.Client({ connectionString: corner.url });
    await other.connect();
    onTestFinished(() => other.end());
    await other.query("SELECT pg_advisory_lock(hashtextextended('dailies migrate ' || current_schema(), 0))");
    const patience = 300;
    const opening = openPostgres({ url: corner.url, connections: 1, patience });
    opening.catch(() => undefined);
    const waits = `SELECT FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))
      AND clock_timestamp() - query_start > interval '${2 * patience} ms'`;
    await vi.waitUntil(async () => (await other.query(waits)).rowCount, { timeout: 10_000, interval: 50 });
    await other.query('SELECT pg_advisory_unlock_all()');
    all.push(await opening);
    await other.query("SELECT pg_advisory_lock(hashtextextended('dailies migrate ' || current_schema(), 0))");
    all.push(await openPostgres({ url: corner.url, connections: 1, patience }));
  });

  it('is left alone by a program that is older than its tables', async () => {
    await open();
    await say(corner.url, 'INSERT INTO migration SELECT max(version) + 1, 0 FROM migration');
    await expect(open()).rejects.toMatchObject({ name: 'Never', code: 'journal-newer' });
  });

  it('has its own tables in its own schema, although another on its path has such', async () => {
    await committed(await open(), step());
    const own = await schema();
    const path = (url: string) => new URL(url).searchParams.get('options')?.split('=')[1];
    const url = new URL(own.url);
    url.searchParams.set('options', `-csearch_path=${path(own.url)},${path(corner.url)}`);
    const journal = await openPostgres({ url: url.href, connections: 1 });
    expect(await journal.head('a')).toBeNull();
    await journal.close();
    await own.drop();
  });

  it('hands each effect to one of them, and a lane to one at a time', async () => {
    const journals = await Promise.all([open(), open(), open()]);
    const free = Array.from({ length: 40 }, (_, n) => effect(`free${n}`));
    const laned = Array.from({ length: 10 }, (_, n) => effect(`laned${n}`, { lane: 'only' }));
    await committed(journals[0] as Journal, asking('a', [...free, ...laned]));
    const claims = Array.from({ length: 90 }, (_, n) =>
      journals[n % 3]?.claim({ ...claimBy, holder: `h${n % 3}`, lease: 60_000 }),
    );
    const claimed = (await Promise.all(claims)).flatMap((one) => (one ? [one.type] : []));
    expect(new Set(claimed).size).toBe(claimed.length);
    expect(claimed.filter((type) => type.startsWith('free'))).toHaveLength(40);
    expect(claimed.filter((type) => type.startsWith('laned'))).toHaveLength(1);
  });

  it('hands out nothing that its holder prolongs or ends in the same instant', async () => {
    const [one, other] = await Promise.all([open(), open()]);
    const lease = 5;
    for (let n = 0; n < 60; n++) {
      await committed(one, asking(`a${n}`, [effect('x')]));
      const ours = await one.claim({ holder: 'one', lease, skip: [] });
      const { id = '', fence = 0 } = ours ?? {};
      await new Promise((resolve) => setTimeout(resolve, lease + 3));
      const kept =
        n % 2 === 0 ? one.renew({ id, fence, lease: 60_000 }) : one.finish({ id, fence, state: 'done' });
      const [isOurs, theirs] = await Promise.all([
        kept,
        other.claim({ holder: 'other', lease: 60_000, skip: [] }),
      ]);
      expect(isOurs && theirs !== null).toBe(false);
      await one.finish({ id, fence: theirs?.fence ?? fence, state: 'done' });
    }
  });

  it('gives a place to one of two campaigns that take it in the same instant', async () => {
    const [one, other] = await Promise.all([open(), open()]);
    for (let n = 0; n < 20; n++) {
      await committed(one, step({ stream: `a${n}` }));
      await committed(other, step({ stream: `b${n}` }));
      const into = (stream: string) =>
        step({ stream, expected: 1, events: [happened('moved')], head: { place: `p${n}` } });
      const kinds = await Promise.all([one.commit(into(`a${n}`)), other.commit(into(`b${n}`))]);
      expect(kinds.map(({ kind }) => kind).sort()).toEqual(['committed', 'occupied']);
    }
  });

  it('refuses a server that calls a commit done before it is', async () => {
    const loose = `${corner.url}%20-csynchronous_commit%3Doff`;
    const refused = openPostgres({ url: loose, connections: 1 });
    await expect(refused).rejects.toMatchObject({ name: 'Never', code: 'journal-unsafe' });
  });

  it('says so when a number in a row is none that we can hold', async () => {
    const journal = await open();
    await committed(journal, step({ accounts: [{ id: 'x', cap: 5 }] }));
    await say(corner.url, "UPDATE account SET spent = 9007199254740993 WHERE id = 'x'");
    await expect(journal.account('x')).rejects.toThrow('no safe integer');
  });
});

describe('a journal on a PostgreSQL that goes away', () => {
  it('says so, and goes on when the server is back, with all that was committed', {
    timeout: 60_000,
  }, async () => {
    const server = await postgres();
    const journal = await openPostgres({ url: server.url, connections: 4 });
    await committed(journal, step());
    await server.kill();
    const gone = { name: 'Never', code: 'journal-unreachable', isHouseTrouble: true };
    await expect(journal.head('a')).rejects.toMatchObject(gone);
    await expect(journal.commit(step({ expected: 1 }))).rejects.toMatchObject(gone);
    await server.start();
    expect(await committed(journal, step({ expected: 1 }))).toBe(2);
    await journal.close();
    await server.end();
  });

  it('says so in the midst of a transaction, too, and ends no process by it', async () => {
    const server = await postgres();
    const journal = await openPostgres({ url: server.url, connections: 2 });
    const other = new pg.Client({ connectionString: server.url });
    other.on('error', () => undefined);
    await other.connect();
    await other.query("SELECT pg_advisory_lock(hashtextextended('dailies claim ' || current_schema(), 0))");
    const claim = journal.claim({ ...claimBy, holder: 'h', lease: 1_000 });
    const refused = expect(claim).rejects.toMatchObject({ code: 'journal-unreachable' });
    const waits = "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'advisory'";
    await vi.waitUntil(async () => (await other.query(waits)).rows.length > 0);
    await server.kill();
    await refused;
    await journal.close();
    await server.end();
  });

  it('says so when the server falls silent, and goes on as soon as one answers', async () => {
    const corner = await schema();
    const way = await line(corner.url);
    const patience = 400;
    const journal = await openPostgres({ url: way.url, connections: 2, patience });
    await committed(journal, step());
    await Promise.all([journal.head('a'), journal.head('a')]);
    way.die();
    const begun = performance.now();
    const gone = { name: 'Never', code: 'journal-unreachable', isHouseTrouble: true };
    const asked = [journal.head('a'), journal.commit(step({ expected: 1 })), journal.head('a')];
    await Promise.all(asked.map((answer) => expect(answer).rejects.toMatchObject(gone)));
    expect(performance.now() - begun).toBeLessThan(3 * patience);
    way.heal();
    expect(await committed(journal, step({ expected: 1 }))).toBe(2);
    await journal.close();
    way.close();
    await corner.drop();
  });

  it.each([
    ['the first question', 'SELECT'],
    ['being asked how old its tables are', 'migration'],
  ])('says so when the server lets us in and is silent from %s on', async (_what, words) => {
    const corner = await schema();
    await (await openPostgres({ url: corner.url, connections: 1 })).close();
    const way = await line(corner.url);
    way.dieOf(words);
    const begun = performance.now();
    const opening = openPostgres({ url: way.url, connections: 1, patience: 400 });
    await expect(opening).rejects.toMatchObject({ name: 'Never', code: 'journal-unreachable' });
    expect(performance.now() - begun).toBeLessThan(10_000);
    way.close();
    await corner.drop();
  });

  it('and closes in seconds all the same, with what was still asked', async () => {
    const corner = await schema();
    const way = await line(corner.url);
    const journal = await openPostgres({ url: way.url, connections: 2 });
    way.die();
    const asked = expect(journal.head('a')).rejects.toMatchObject({ code: 'journal-unreachable' });
    // It is on its way, not in the queue for a connection.
    await new Promise((resolve) => setImmediate(resolve));
    const begun = performance.now();
    await journal.close();
    await asked;
    expect(performance.now() - begun).toBeLessThan(5_000);
    way.close();
    await corner.drop();
  });

  it('lets the server give up a statement before the connection is lost with it', async () => {
    const pool = openPool({ url: inject('databaseUrl'), connections: 1, patience: 1_000 });
    const whose = () => pool.read(rows(sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.compile(db)));
    const before = await whose();
    const slow = () => rows(sql`SELECT pg_sleep(5)`.compile(db));
    await expect(pool.write(null, slow)).rejects.toMatchObject({ code: 'journal-unreachable' });
    expect(await whose()).toEqual(before);
    await pool.close();
  });

  it('lets the server end what froze in the midst of a transaction, for all others wait for it', async () => {
    const pool = openPool({ url: inject('databaseUrl'), connections: 1 });
    expect(await pool.setting('idle_in_transaction_session_timeout')).toBe('10s');
    await pool.close();
  });

  it('says which door is closed', async () => {
    const nowhere = openPostgres({ url: 'postgres://x@127.0.0.1:1/y', connections: 1 });
    await expect(nowhere).rejects.toMatchObject({ name: 'Never', code: 'journal-unreachable' });
    const corner = await schema();
    const url = new URL(corner.url);
    url.pathname = '/no-such-database';
    const unknown = openPostgres({ url: url.href, connections: 1 });
    await expect(unknown).rejects.toMatchObject({ name: 'Never', code: 'journal-refused' });
    await corner.drop();
  });
});
