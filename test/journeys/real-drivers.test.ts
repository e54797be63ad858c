import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { costOf } from '../../src/campaign/creative.ts';
import { makeFilm } from '../../src/providers/sample/film.ts';
import { take } from '../providers/orders.ts';
import { dropFolder } from '../support/folder.ts';
import { openaiStandIn } from '../support/openai.ts';
import { replicateStandIn } from '../support/replicate.ts';
import { factsOf, runwayService } from '../support/runway.ts';
import { auroraLogo, type Stage, stage, worded } from './stage.ts';

let film: Buffer;
let png: Buffer;
let folder: string;
let openai: Awaited<ReturnType<typeof openaiStandIn>>;
let replicate: Awaited<ReturnType<typeof replicateStandIn>>;
let runway: Awaited<ReturnType<typeof runwayService>>;
let it: Stage | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dailies-real-'));
  const run = { scale: 0.1, signal: AbortSignal.timeout(60_000), onFrames: () => {} };
  film = await readFile(await makeFilm(take({ seconds: 6 }), folder, run));
  png = await sharp({ create: { width: 1536, height: 864, channels: 3, background: '#335577' } })
    .png()
    .toBuffer();
});
afterAll(() => dropFolder(folder));

beforeEach(async () => {
  openai = await openaiStandIn();
  replicate = await replicateStandIn({ files: { mp4: film, png }, wait: { queue: 50, run: 100 } });
  runway = await runwayService({ film, life: { queue: 50, run: 100 } });
});
afterEach(async () => {
  await it?.close();
  await Promise.all([openai.close(), replicate.close(), runway.close()]);
});

const keys = () => ({
  OPENAI_API_KEY: openai.key,
  OPENAI_BASE_URL: openai.url,
  REPLICATE_API_TOKEN: replicate.token,
  REPLICATE_BASE_URL: replicate.url,
  RUNWAYML_API_SECRET: runway.apiKey,
  RUNWAYML_BASE_URL: runway.baseURL,
  ALLOW_PRIVATE_HOSTS: [replicate.host, runway.host].join(','),
});
const bought = () => replicate.log.filter((e) => e.method === 'POST' && e.path.endsWith('/predictions'));

describe('the main job with real drivers against strict stand-ins', () => {
  test('words and stills by OpenAI, the clip by Replicate, finished, changed and approved', async () => {
    it = await stage({ environment: keys() });
    await it.type(`/video A calm film for Aurora tea --logo "${auroraLogo}"`);
    await it.until(worded(1));
    await it.type('show me stills');
    await it.until((c) => c.boards[0]?.stills.every((s) => s.state === 'ready') ?? false);
    await it.type('pick still 2');
    await it.until((c) => c.boards[0]?.picked === 2);
    await it.type('go');
    await it.until((c) => c.phase === 'review');
    await it.idle();
    await it.type(':react changes darker, please');
    await it.until((c) => c.takes.length === 2 && c.phase === 'review');
    await it.idle();
    await it.type(':react approve');
    const end = await it.until((c) => c.phase === 'approved');
    expect(bought()).toHaveLength(2);
    const stills = openai.log.filter((e) => e.path.includes('/images/'));
    expect(stills).toHaveLength(2);
    const wordings = openai.log.filter((e) => e.path.includes('/responses'));
    expect(JSON.stringify(wordings[0]?.body)).toContain('data:image/jpeg;base64,');
    // 900 tokens read, 400 of them from the cache, and 300 written, of gpt-6-luna: 50 + 4 + 150 micro-dollars.
    expect(end.worded).toBe(wordings.length * 204);
    const book = await it.app.journal.account(`campaign:${end.id}`);
    expect(book).toMatchObject({ reserved: 0, spent: costOf(end) });
    expect(end.takes.every((t) => t.billed > 0 && t.model !== 'sample-cinema')).toBe(true);
    expect(it.printed()).not.toContain('Sample:');
  }, 90_000);

  test('a still whose answer is lost is ordered anew, once, and both are booked', async () => {
    it = await stage({ environment: keys() });
    await it.type('/video A calm film for Aurora tea');
    await it.until(worded(1));
    openai.fail('drop', { at: '/images/' });
    await it.type('show me stills');
    const { boards, worded: words } = await it.until(
      (c) => c.boards[0]?.stills.every((s) => s.state === 'ready') ?? false,
    );
    await it.idle();
    const orders = openai.log.filter((e) => e.path.includes('/images/'));
    expect(orders.map(({ billed }) => billed)).toEqual([true, true, true]);
    const billed = boards[0]?.stills.map((s) => s.billed) ?? [];
    expect(Math.max(...billed)).toBe(2 * Math.min(...billed));
    const account = await it.app.journal.account(`campaign:${await it.campaign()}`);
    expect(account).toMatchObject({ reserved: 0, spent: 3 * Math.min(...billed) + words });
    expect(it.printed()).toContain('What it may have cost is booked.');
  }, 90_000);

  test('a still that is being made when the campaign is cancelled is called back, and nothing stays held', async () => {
    await replicate.close();
    replicate = await replicateStandIn({ files: { mp4: film, png }, wait: { queue: 600_000, run: 1 } });
    const { OPENAI_API_KEY: _, ...environment } = keys();
    it = await stage({ environment });
    await it.type('/video A calm film for Aurora tea');
    await it.until(worded(1));
    await it.type('show me stills');
    await vi.waitFor(() => expect(bought()).toHaveLength(2), { timeout: 45_000 });
    await it.type('cancel');
    const { boards } = await it.until(
      (c) => c.boards[0]?.stills.every(({ state }) => state === 'failed') ?? false,
    );
    await it.idle();
    expect(boards[0]?.stills.map(({ reason, billed }) => [reason, billed])).toEqual(
      Array(boards[0]?.stills.length).fill(['called-off', 0]),
    );
    expect(replicate.predictions.every(({ canceledAt }) => canceledAt !== null)).toBe(true);
    const account = await it.app.journal.account(`campaign:${await it.campaign()}`);
    expect(account).toMatchObject({ reserved: 0, spent: 0 });
  }, 90_000);

  test('a model that Replicate no longer has is replaced, paid once, and the thread says so', async () => {
    it = await stage({ environment: keys() });
    await it.type('/video A calm film for Aurora tea');
    const { settings } = await it.until(worded(1));
    replicate.faults.next('create', { kind: 'status', status: 404, detail: 'gone' });
    await it.type('go');
    const { takes } = await it.until((c) => c.phase === 'review');
    await it.idle();
    expect(takes[0]?.tried).toMatchObject([{ model: settings.model, reason: 'retired' }]);
    expect(it.printed()).toContain('could not make it (it is no longer offered)');
  }, 90_000);

  test('a model that its provider no longer has is found out at the start: the admins hear of it, another is chosen', async () => {
    replicate.retired.add('kwaivgi/kling-v3-omni-video');
    it = await stage({ environment: keys(), policy: { adminPlace: 'terminal:admin' } });
    await it.type('/video A first film, so that there is a workspace');
    await it.until(worded(1));
    const { type, printed, campaigns } = it;
    await vi.waitFor(() => expect(printed()).toContain('Kling 3 Omni is gone'), { timeout: 45_000 });
    await type('/video A calm film for Aurora tea --model kling-v3-omni');
    await it.until((c) => c.brief.words.includes('calm') && worded(1)(c));
    await it.idle();
    expect(await campaigns()).toBe(2);
    expect((await it.until(() => true)).settings.model).not.toBe('kling-v3-omni');
    expect(bought()).toHaveLength(0);
  }, 90_000);

  test('a result that is held back is bought once more without sound, and no third time', async () => {
    it = await stage({ environment: keys() });
    await it.type('/video A calm film for Aurora tea --model veo-3.1');
    await it.until(worded(1));
    const heldBack = {
      status: 'failed',
      error: 'The generated output was flagged as sensitive (E005)',
    } as const;
    replicate.endings.next = heldBack;
    await it.type('go');
    await it.until((c) => c.takes[0]?.tried.length === 1);
    const { takes } = await it.until((c) => c.phase === 'review');
    await it.idle();
    expect(bought().map((e) => JSON.parse(e.body).input.generate_audio)).toEqual([true, false]);
    expect(takes[0]?.billed).toBe(6 * 200_000);
    expect(it.printed()).toContain('trying once more without sound');
  }, 90_000);

  test('a purchase whose answer is lost is found in the list and paid once', async () => {
    it = await stage({ environment: keys() });
    await it.type('/video A calm film for Aurora tea');
    await it.until(worded(1));
    replicate.faults.next('create', { kind: 'drop' });
    await it.type('go');
    const { takes } = await it.until((c) => c.phase === 'review');
    expect(takes[0]).toMatchObject({ attempt: 1, tried: [], state: 'finished' });
    expect(bought()).toHaveLength(1);
    expect(factsOf(runway.log, 'accepted')).toHaveLength(0);
  }, 90_000);
});
