import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Campaign } from '../../src/campaign/campaign.ts';
import { verifyLedger } from '../../src/journal/chain.ts';
import { probe } from '../../src/media/probe.ts';
import { framesOf, luma, motion } from '../providers/frames.ts';
import { auroraLogo, type Stage, stage, worded } from './stage.ts';

describe('the main job, typed by hand', () => {
  let it: Stage;
  let end: Campaign;
  let waiting: string;
  let files: string[];

  beforeAll(async () => {
    it = await stage({ policy: { approvers: { people: [], groups: ['brand'] }, selfApproval: false } });
    await it.type(
      `/video A bright film for Aurora tea. Tagline: “Morning, bottled.” 3s --logo "${auroraLogo}"`,
    );
    await it.until(worded(1));
    await it.type('make it warmer');
    await it.until(worded(2));
    await it.type('show me stills');
    await it.until((c) => c.boards[0]?.stills.every((s) => s.state === 'ready') ?? false);
    await it.type('pick still 2');
    await it.until((c) => c.boards[0]?.picked === 2);
    await it.type('what does it cost?');
    await it.until((c) => c.replies.some((r) => r.say.about === 'price'));
    await it.type('go');
    await it.until((c) => c.phase === 'review');
    await it.idle();
    waiting = await it.type('/video-campaigns needs review');
    await it.type(':react approve');
    await it.until((c) => c.review?.votes[0]?.state === 'refused');
    await it.type(':as lee');
    await it.type(':react changes much darker and slower, please');
    await it.until((c) => c.takes.length === 2 && c.phase === 'review');
    await it.idle();
    await it.type(':react approve');
    end = await it.until((c) => c.phase === 'approved');
    await it.idle();
    files = await Promise.all(end.takes.map((take) => fetched(it, take.cut?.film.key ?? '')));
  }, 60_000);
  afterAll(() => it.close());

  test('ends approved, after two takes that were each paid once', async () => {
    const paid = (await it.paid()).filter((fact) => fact.tag.includes('take'));
    expect(paid.map((fact) => fact.cost)).toEqual([300_000, 300_000]);
    expect(new Set(paid.map((fact) => fact.tag)).size).toBe(2);
  });

  test('every card was posted once and edited afterwards', () => {
    const created = it.posted().filter((entry) => !entry.edit);
    const keys = created.map((entry) => entry.key);
    expect(keys).toEqual([...new Set(keys)]);
    expect(keys).toEqual(
      expect.arrayContaining([
        'brief',
        'stills:1',
        'progress:1',
        'cut:1a',
        'review:1a',
        'cut:2a',
        'review:2a',
      ]),
    );
  });

  test('the decision binds a person, a role and the very file', async () => {
    const book = await it.app.journal.ledger({ stream: `campaign:${end.id}` });
    expect(verifyLedger(book)).toBeNull();
    expect(book.filter((row) => row.kind === 'decision').map((row) => row.body)).toMatchObject([
      { verdict: 'request-changes', person: 'lee', words: 'much darker and slower, please', take: '1a' },
      {
        verdict: 'approve',
        person: 'lee',
        role: 'approver by group brand',
        sha256: end.takes[1]?.cut?.film.sha256,
      },
    ]);
  });

  test('the requester could not approve their own request', () => {
    expect(it.printed()).toContain('somebody else has to decide on it');
  });

  test('the second take answers the sentence: visibly darker and slower', async () => {
    const [first = '', second = ''] = files;
    const [before, after] = [await scene(first), await scene(second)];
    expect(luma(after)).toBeLessThan(luma(before) * 0.8);
    expect(motion(after)).toBeLessThan(motion(before) * 0.7);
  });

  test('files are H.264, faststart, of the length and size asked for', async () => {
    for (const file of files) {
      const film = await probe(file);
      expect(film).toMatchObject({ videoCodec: 'avc', width: 192, height: 108, faststart: true });
      expect(Math.abs(film.seconds - 3)).toBeLessThan(0.1);
    }
  });

  test('progress moves while a take is made, and never goes back', () => {
    const fractions = it
      .posted()
      .filter((entry) => entry.key === 'progress:2')
      .map((entry) => entry.card.progress[0]?.fraction ?? 0);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.length).toBeGreaterThan(3);
  });

  test('what it costs and when it is ready are told apart from its length', async () => {
    const price = it.posted().find((entry) => /costs about/.test(entry.card.title));
    expect(price?.card.title).toMatch(
      /^A clip of 3 s with .* costs about \$0\.30 and is ready in about \d+ s\.$/,
    );
    expect(it.printed()).toMatch(/Price about \$0\.30, ready in about \d+ s/);
    expect(await it.type('/video-models')).toMatch(/\$0\.60 · ready\s+in\s+about \d+ s/);
  });

  test('samples are called samples on every card that shows one', () => {
    const shown = it.posted().filter((entry) => /^(stills|progress|review)/.test(entry.key));
    for (const entry of shown) expect(entry.card.footer).toMatch(/^Sample: .*nothing is charged/);
  });

  test('the board lists it with what it cost', async () => {
    expect(await it.type('/video-campaigns')).toMatch(/Aurora .*approved · [\s\S]*2 takes · \$0\.62/);
    expect(waiting).toMatch(/Videos: needs review\s+Aurora .*needs review · /);
    expect(await it.type('/video-campaigns needs review')).toMatch(/needs review\s+None in this state/);
    expect(await it.type('/video-campaigns mine')).toContain('A video can be: needs review, being made');
  });
});

async function fetched(it: Stage, key: string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'dailies-cut-')), 'cut.mp4');
  await it.app.storage.fetchTo(key, file);
  return file;
}

/** The first scene, before the next one and the end card come in. */
async function scene(file: string): Promise<Buffer[]> {
  const frames = await framesOf(file);
  return frames.slice(0, Math.floor(frames.length * 0.5));
}
