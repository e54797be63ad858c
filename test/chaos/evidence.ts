import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Fault } from './faults.ts';
import type { Services } from './services.ts';

/** A fault that was carried out; `at` in milliseconds since 1970. */
export interface Struck extends Fault {
  at: number;
}

/** Writes down all that was seen, for whoever looks for the reason; gives the folder. */
export async function keepEvidence(
  { database, slack, making, bucket }: Services,
  output: string,
  struck: readonly Struck[],
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dailies-chaos-'));
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const table = async (name: string) => (await client.query(`SELECT * FROM ${name}`)).rows;
  const kept: Record<string, unknown> = {
    faults: struck,
    slack: slack.log,
    replicate: making.replicate.log.map(({ headers, ...rest }) => rest),
    openai: making.openai.log.map(({ at, path, status }) => ({ at, path, status })),
    bucket: bucket.log.map(({ method, path, status }) => ({ method, path, status })),
    effects: await table('effect'),
    events: await table('event'),
    cards: await table('card'),
  };
  await client.end();
  await writeFile(join(folder, 'output.log'), output);
  for (const [name, value] of Object.entries(kept))
    await writeFile(join(folder, `${name}.json`), JSON.stringify(value, null, 1));
  return folder;
}
