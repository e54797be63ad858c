import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkFilm } from '../../src/media/check.ts';
import { frameOf } from '../media/clips.ts';

const demo = fileURLToPath(new URL('../../src/cli/demo.ts', import.meta.url));
const out = mkdtempSync(join(tmpdir(), 'dailies-demo-out-'));
const logo = join(out, 'square.png');
const pink = { r: 255, g: 46, b: 147 };

interface Printed {
  campaign: string;
  takes: {
    path: string;
    sha256: string;
    seconds: number;
    width: number;
    height: number;
    model: string;
    cost: number;
  }[];
  decisions: { verdict: string; sha256: string; person: string }[];
}

/** Runs the demo as a newcomer does, at full size, and gives what it printed. */
function run(args: readonly string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [demo, ...args]);
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}

describe('npm run demo -- --json, at full size', () => {
  let printed: Printed;
  beforeAll(async () => {
    await sharp({ create: { width: 600, height: 600, channels: 4, background: { ...pink, alpha: 1 } } })
      .png()
      .toFile(logo);
    const { code, said } = await run(['--json', '--duration', '4', '--logo', logo, '--out', out]);
    expect(code).toBe(0);
    expect(said.trim().split('\n')).toHaveLength(1);
    printed = JSON.parse(said) as Printed;
  }, 300_000);

  test('says what was made, what it cost and who decided', () => {
    expect(printed.takes).toHaveLength(2);
    expect(printed.takes[1]).toMatchObject({
      width: 1280,
      height: 720,
      model: 'sample-cinema',
      cost: 400_000,
    });
    expect(printed.decisions.map((d) => [d.verdict, d.person])).toEqual([
      ['request-changes', 'lee'],
      ['approve', 'lee'],
    ]);
    expect(printed.decisions[1]?.sha256).toBe(printed.takes[1]?.sha256);
  });

  test('the files play: H.264, faststart, exact size, the length asked for', async () => {
    for (const take of printed.takes) {
      const film = await checkFilm(take.path);
      expect(film).toMatchObject({ videoCodec: 'avc', width: 1280, height: 720, faststart: true });
      expect(['aac', null]).toContain(film.audioCodec);
      expect(Math.abs(film.seconds - 4)).toBeLessThan(0.1);
    }
  });

  test("the given logo's own colour stands in the corner and on the end card", async () => {
    const path = printed.takes[1]?.path ?? '';
    expect(await pinkIn(await frameOf(path, 0.5), { left: 960, top: 0, width: 320, height: 240 })).toBe(true);
    expect(await pinkIn(await frameOf(path, 3.9), { left: 440, top: 120, width: 400, height: 400 })).toBe(
      true,
    );
  });

  test('the record holds the creative, the results and the book', () => {
    const record = JSON.parse(readFileSync(join(out, 'record.json'), 'utf8'));
    expect(record.creative).toMatchObject({
      type: 'video',
      status: 'approved',
      visual: { model: 'sample-cinema' },
    });
    expect(record.results[1]).toMatchObject({
      durationAsked: 4,
      cost: 400_000,
      width: 1280,
      provider: 'sample',
    });
    expect(record.results[1]).toMatchObject({ imageBackend: 'sample-still', referenceCount: 1 });
    expect(record.creative.updatedAt).toBeGreaterThan(record.creative.createdAt);
    expect(record.ledger.filter((row: { kind: string }) => row.kind === 'decision')).toHaveLength(2);
  });
});

/** Whether a part of a frame shows a patch of the logo's colour, within what H.264 does to it. */
async function pinkIn(frame: Buffer, part: { left: number; top: number; width: number; height: number }) {
  const { data } = await sharp(frame).extract(part).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  let hits = 0;
  for (let i = 0; i < data.length; i += 3)
    if (near(data[i], pink.r) && near(data[i + 1], pink.g) && near(data[i + 2], pink.b)) hits += 1;
  return hits > 1000;
}

const near = (found = -99, wanted: number): boolean => Math.abs(found - wanted) <= 8;
