import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Campaign } from '../campaign/campaign.ts';
import { costOf, creativeOf, resultOf } from '../campaign/creative.ts';
import { findModel } from '../campaign/model.ts';
import type { LedgerRow } from '../journal/journal.ts';
import type { App } from '../wiring/app.ts';
import type { DemoOptions } from './demo-options.ts';

/** Copies the finished files and the book to the folder asked for, and says where the approved one is. */
export async function deliver(app: App, campaign: Campaign, options: DemoOptions): Promise<void> {
  await mkdir(options.out, { recursive: true });
  const takes = [];
  for (const take of campaign.takes) {
    if (!take.cut) continue;
    const { film, poster, id } = take.cut;
    const path = join(options.out, `cut-${id}.mp4`);
    await app.storage.fetchTo(film.key, path);
    await app.storage.fetchTo(poster.key, join(options.out, `cut-${id}.jpg`));
    const { sha256, seconds, width, height } = film;
    takes.push({ path, sha256, seconds, width, height, model: take.model, cost: take.billed });
  }
  const ledger = await app.journal.ledger({ stream: `campaign:${campaign.id}` });
  const decisions = ledger.filter((row) => row.kind === 'decision').map((row) => row.body);
  const results = campaign.takes.map((take) => resultOf(campaign, take, app.catalogue));
  const record = {
    creative: creativeOf(campaign, (await app.journal.head(`campaign:${campaign.id}`))?.updatedAt ?? 0),
    results,
    ledger,
  };
  await writeFile(join(options.out, 'record.json'), `${JSON.stringify(record, null, 2)}\n`);
  const delivered = takes.at(-1)?.path ?? options.out;
  const text = options.json
    ? JSON.stringify({ campaign: campaign.id, takes, decisions })
    : `${summary(app, campaign, ledger)}\ndelivered ${delivered}`;
  process.stdout.write(`${text}\n`);
}

function summary(app: App, campaign: Campaign, ledger: readonly LedgerRow[]): string {
  const sample = findModel(app.catalogue, campaign.settings.model)?.provider === 'sample';
  const dollars = (costOf(campaign) / 1_000_000).toFixed(2);
  const last = ledger.filter((row) => row.kind === 'decision').at(-1);
  return [
    '',
    `ledger   ${ledger.length} lines, the last decision ${last?.hash.slice(0, 16) ?? 'none'}…`,
    `cost     $${dollars}${sample ? ' in sample money: nothing was charged' : ''}`,
  ].join('\n');
}
