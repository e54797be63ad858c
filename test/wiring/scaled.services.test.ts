import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Intent } from '../../src/campaign/intent.ts';
import { scaledTimes } from '../../src/cli/chaos/times.ts';
import { readConfig } from '../../src/config.ts';
import { readFacts } from '../../src/providers/sample/book.ts';
import type { App, Role } from '../../src/wiring/app.ts';
import { openApp } from '../../src/wiring/open.ts';
import { schema } from '../journal/postgres-world.ts';
import { memoryChat } from '../support/chat.ts';
import { dropFolder } from '../support/folder.ts';
import { s3StandIn } from '../support/s3.ts';

const patience = 20_000;

describe('one house of several processes', () => {
  let folder = '';
  let corner: Awaited<ReturnType<typeof schema>>;
  let bucket: Awaited<ReturnType<typeof s3StandIn>>;
  const platform = memoryChat({ lee: { groups: [], manager: true } });
  const apps: App[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dailies-scaled-'));
    corner = await schema();
    bucket = await s3StandIn();
  });
  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.stop()));
    await Promise.all([corner.drop(), bucket.close(), dropFolder(folder)]);
  });

  const start = async (role: Role, clock = Date.now) => {
    const config = readConfig({
      ...{ DATA_DIR: folder, DATABASE_URL: corner.url, REDIS_URL: inject('redisUrl') },
      ...{ S3_ENDPOINT: bucket.url, S3_BUCKET: bucket.bucket, S3_REGION: bucket.keys.region },
      ...{ S3_ACCESS_KEY_ID: bucket.keys.id, S3_SECRET_ACCESS_KEY: bucket.keys.secret },
    });
    const app = await openApp({
      ...{ config, role, clock, chats: () => ({ memory: platform.chat }) },
      policy: { times: scaledTimes },
      samples: { scale: 0.15, wait: { queue: 0.05, run: 0.05 } },
    });
    apps.push(app);
    return app;
  };

  const wrongBy = (minutes: number) => () => Date.now() + minutes * 60_000;

  it.each([
    ['', [Date.now, Date.now, Date.now]],
    [', though all clocks are wrong', [wrongBy(-30), wrongBy(30), wrongBy(40)]],
  ] as const)(
    'takes a campaign from the brief to its approval, each thing once, all files in the bucket%s',
    async (_how, [first, second, third]) => {
      const [chat] = await Promise.all([
        start('chat', first),
        start('worker', second),
        start('worker', third),
      ]);
      let n = 0;
      const tell = (person: string, intent: Intent, at: { campaign: string } | { place: string }) =>
        chat.engine.tell({ id: `i${++n}`, workspace: 'w', person, at, intent });
      const asked = { words: 'A calm film', options: {}, references: [], place: 'memory:c' };
      const open: Intent = { type: 'open', ...asked };
      const { campaign } = await tell('maya', open, { place: 'memory:c' });
      const id = campaign ?? '';
      await chat.until(id, (c) => c.revisions.length > 0 && !c.refining && c.place !== null, patience);
      expect(await tell('maya', { type: 'generate' }, { campaign: id })).toMatchObject({ refusal: null });
      const { review } = await chat.until(id, (c) => c.review !== null, patience);
      const vote = { type: 'vote', verdict: 'approve', cut: review?.cut ?? '', words: '' } as const;
      await tell('lee', vote, { campaign: id });
      const { takes } = await chat.until(id, (c) => c.phase === 'approved', patience);
      await chat.idle(`campaign:${id}`, patience);

      const bought = (await readFacts(join(folder, 'sample-provider'))).filter(({ cost }) => cost > 0);
      expect(bought).toHaveLength(1);
      const sent = platform.log.filter(({ edit }) => !edit).map(({ place, key }) => `${place} ${key}`);
      expect(new Set(sent).size).toBe(sent.length);
      expect(bucket.objects.has(takes[0]?.cut?.film.key ?? '')).toBe(true);
    },
    60_000,
  );

  it('asks for a database where only a part of the work is wanted', async () => {
    const config = readConfig({ DATA_DIR: folder });
    const chats = () => ({ memory: platform.chat });
    await expect(openApp({ config, role: 'chat', chats })).rejects.toMatchObject({ code: 'config' });
  });
});
