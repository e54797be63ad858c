import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompiledQuery } from 'kysely';
import { readConfig } from '../../config.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Runner } from '../../journal/journal-of.ts';
import { openPostgres, openPostgresTables } from '../../journal/postgres.ts';
import { openSqlite, openSqliteTables } from '../../journal/sqlite.ts';
import { house } from './house.ts';
import { median } from './median.ts';

const sizes = [1_000, 100_000] as const;
const rounds = 5;
const perRound = 40;
/** Of CPU and of the median, the larger store against the smaller. */
const most = 1.25;
const mostBoard = 3;

interface Store {
  open(): Promise<Journal>;
  tables(): Promise<Runner>;
  drop(): Promise<void>;
}

/** What a campaign costs when a few, and when very many, are stored already. */
export async function growth(say: (line: string) => void): Promise<boolean> {
  let kept = await grows('SQLite', sqliteStore, say);
  const { DATABASE_URL: url } = readConfig();
  if (url) kept = (await grows('PostgreSQL', (n) => postgresStore(url, n), say)) && kept;
  else say('PostgreSQL is measured where DATABASE_URL is set.');
  return kept;
}

interface Measured {
  cpu: number[];
  wall: number[];
  board: number[];
}

async function grows(name: string, make: (n: number) => Promise<Store>, say: (line: string) => void) {
  const stores = await Promise.all(sizes.map(async (size) => filled(await make(size), size)));
  const houses = await Promise.all(stores.map(async (store) => house(await store.open())));
  const found: Measured[] = sizes.map(() => ({ cpu: [], wall: [], board: [] }));
  for (let round = 0; round < rounds; round++)
    for (const [i, one] of houses.entries()) await measure(one, found[i] as Measured);
  for (const one of houses) await one.stop();
  for (const store of stores) await store.drop();
  const [few, many] = found.map(({ cpu, wall, board }) => [cpu, wall, board].map(median));
  const ratios = [0, 1, 2].map((i) => (many?.[i] ?? 0) / (few?.[i] ?? 1));
  for (const [i, size] of sizes.entries()) say(row(`${name}, ${size} stored`, found[i] as Measured));
  say(
    `  ${ratios.map((ratio) => `${ratio.toFixed(2)}×`).join('   ')}  (goals: ${most}×, ${most}×, ${mostBoard}×)`,
  );
  const [cpu = 0, wall = 0, board = 0] = ratios;
  return cpu <= most && wall <= most && board <= mostBoard;
}

async function measure(one: Awaited<ReturnType<typeof house>>, found: Measured): Promise<void> {
  const before = process.cpuUsage();
  for (let n = 0; n < perRound; n++) {
    const begun = performance.now();
    await one.campaign('w0');
    found.wall.push(performance.now() - begun);
  }
  const { user, system } = process.cpuUsage(before);
  found.cpu.push((user + system) / 1000 / perRound);
  for (let n = 0; n < perRound; n++) {
    const begun = performance.now();
    await one.board('w1');
    found.board.push(performance.now() - begun);
  }
}

const row = (name: string, { cpu, wall, board }: Measured): string =>
  `${name.padEnd(30)} CPU ${ms(cpu)}   p50 ${ms(wall)}   list of 20 ${ms(board)}`;
const ms = (values: number[]): string => `${median(values).toFixed(2)} ms`;

/** One campaign that really was, copied under other names. */
async function filled(store: Store, size: number): Promise<Store> {
  const first = await house(await store.open());
  await first.campaign('w0');
  await first.stop();
  const tables = await store.tables();
  for (const sql of copies(size)) await tables.write(() => run(sql));
  await tables.close();
  return store;
}

function* run(sql: string) {
  yield CompiledQuery.raw(sql);
}

const columns = {
  event: 'seq, type, v, at, body',
  effect: 'type, body, lane, state, due_at, nth, deadline_at, attempt, fence, poked',
  ledger: 'n, at, kind, body, prev, hash',
};

function copies(size: number): string[] {
  const numbers = `WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < ${size - 1})`;
  const into = (table: string, names: string, values: string, where = '') =>
    `INSERT INTO ${table} (${names}) ${numbers} SELECT ${values} FROM ${table}, g ${where}`;
  const workspace = "'w' || (n % 100)";
  const named = (table: keyof typeof columns) => [
    `stream, workspace, ${columns[table]}`,
    `stream || '-' || g.n, 'w' || (g.n % 100), ${columns[table].replace(/\bn\b/, `${table}.n`)}`,
  ];
  const [event = '', eventValues = ''] = named('event');
  const [ledger = '', ledgerValues = ''] = named('ledger');
  const [effect = '', effectValues = ''] = named('effect');
  const campaigns = "WHERE stream LIKE 'campaign:%'";
  return [
    into('event', event, eventValues, campaigns),
    into('ledger', ledger, ledgerValues, campaigns),
    into('effect', `id, ${effect}`, `id || '-' || g.n, ${effectValues}`, `${campaigns} AND state = 'done'`),
    into(
      'head',
      'stream, workspace, kind, version, place, status, title, person, created_at, updated_at, snapshot',
      `stream || '-' || n, ${workspace}, kind, version, place || '-' || n, status, title, person,
       created_at - n, updated_at - n, snapshot`,
      campaigns,
    ),
    into('words', 'stream, sha256, text', "stream || '-' || n, sha256, text", campaigns),
    into(
      'card',
      'place, key, stream, message, generation, hash, file',
      "place || '-' || n, key, stream || '-' || n, message || n, generation, hash, file",
      campaigns,
    ),
    'ANALYZE',
  ];
}

async function sqliteStore(): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), 'dailies-growth-'));
  const parts = { folder, clock: Date.now };
  return {
    open: () => openSqlite(parts),
    tables: () => openSqliteTables(parts),
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

async function postgresStore(base: string, size: number): Promise<Store> {
  const schema = `bench_${process.pid}_${size}`;
  const admin = await openPostgresTables({ url: base, connections: 1 });
  await admin.write(() => run(`CREATE SCHEMA ${schema}`));
  const url = new URL(base);
  url.searchParams.set('options', `-csearch_path=${schema}`);
  const parts = { url: url.href, connections: 8 };
  return {
    open: () => openPostgres(parts),
    tables: () => openPostgresTables(parts),
    async drop() {
      await admin.write(() => run(`DROP SCHEMA ${schema} CASCADE`));
      await admin.close();
    },
  };
}
