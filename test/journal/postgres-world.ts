import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { openPostgres } from '../../src/journal/postgres.ts';
import type { World } from '../contracts/journal-world.ts';

interface Schema {
  url: string;
  drop(): Promise<void>;
}

/** A corner of the database that nobody else uses. */
export async function schema(): Promise<Schema> {
  const base = inject('databaseUrl');
  const name = `t${randomUUID().replaceAll('-', '')}`;
  await say(base, `CREATE SCHEMA ${name}`);
  const url = new URL(base);
  url.searchParams.set('options', `-csearch_path=${name}`);
  return { url: url.href, drop: () => say(base, `DROP SCHEMA ${name} CASCADE`) };
}

export async function say(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** A journal on PostgreSQL, whose clock is the server's own: time is waited for. */
export async function postgresWorld(): Promise<World> {
  const { url, drop } = await schema();
  const open = () => openPostgres({ url, connections: 8 });
  const world: World = {
    journal: await open(),
    now: () => Date.now(),
    pass: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    async reopen() {
      await world.journal.close();
      world.journal = await open();
    },
    async end() {
      await world.journal.close();
      await drop();
    },
  };
  return world;
}
