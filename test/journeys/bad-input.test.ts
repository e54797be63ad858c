import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pngBomb } from '../media/hostile.ts';
import { auroraLogo, type Stage, stage, worded } from './stage.ts';

let it: Stage;
beforeAll(async () => {
  it = await stage();
});
afterAll(() => it.close());

const flat = (text: string) => text.replace(/\s+/g, ' ');

describe('what is typed', () => {
  let before: number;
  beforeEach(async () => {
    before = await it.campaigns();
  });

  test.each([
    ['/video tea --model nonsense', /model called .?nonsense.?\. Available: sample-cinema, sample-draft/],
    ['/video tea --model sample-still', /model called .?sample-still.?/],
    ['/video tea --colour red', /option .?colour.?.*--duration/],
    ['/video tea --template poster', /template .?poster.?\. There are: brand-animation, product-showcase/],
    ['/video tea --platform myspace', /platform .?myspace.?\. There are: instagram/],
    ['/video tea --aspect 7:3', /shape .?7:3.?\. Possible: 16:9, 9:16/],
    ['/video tea --duration 0', /0/],
    ['/video tea --duration -5', /-5/],
    ['/video tea --duration 1e9', /1e9|1000000000/],
    ['/video tea --duration six', /could not read .?six.? as a length/],
    [
      '/video tea --duration 9999 --model sample-cinema',
      /9999 seconds is not possible: Sample Cinema makes clips of 3 to 30 seconds/,
    ],
    ['/video tea --duration', /needs a value/],
    ['/video', /Say in a few words/],
    ['/video 🎉🎉🎉', /could not find any words/],
    [`/video ${'word'.repeat(12_500)}`, /has 50,000 characters; I can read up to 4,000/],
    ['/video \u202e\u0007\u200b', /Say in a few words/],
    ['/vidoe tea', /no “\/vidoe” here/],
    ['/video tea --logo /nowhere/logo.png', /cannot find .*\/nowhere\/logo\.png/],
  ])('%s gets a clear sentence and opens nothing', async (line, sentence) => {
    const answer = flat(await it.type(line));
    expect(answer).toMatch(sentence);
    expect(answer).not.toMatch(/Error|undefined|\bat \w+\.ts|\[object/);
    expect(await it.campaigns()).toBe(before);
  });

  test('several faults are all named at once', async () => {
    const answer = await it.type('/video tea --model nonsense --duration six --aspect 7:3');
    expect(answer).toMatch(/six[\s\S]*7:3/);
  });

  test('deceiving characters are dropped, and the words are kept', async () => {
    await it.type('/video tea \u202efor\u202c \u0007Aur\u200bora');
    expect((await it.until(worded(1))).brief.words).toBe('tea for Aurora');
  });
});

describe('a logo that is none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-logos-'));
  const write = (name: string, bytes: string | Buffer) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  const svg = (inner: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64">${inner}</svg>`;

  test.each([
    ['a PDF', 'logo.png', () => '%PDF-1.7\n1 0 obj', 'it is a PDF'],
    ['nothing', 'empty.png', () => '', 'the file is empty'],
    ['a web page', 'page.png', () => '<!DOCTYPE html><html></html>', 'web page'],
    ['a bomb of 30,000 × 30,000', 'bomb.png', () => pngBomb(30_000, 30_000), 'more than 40 megapixels'],
    ['a script', 'script.svg', () => svg('<script>alert(1)</script>'), 'contains a script'],
    [
      'a call home',
      'call.svg',
      () => svg('<image href="http://10.0.0.1/x.png"/>'),
      'loads something from elsewhere',
    ],
    ['half a picture', 'half.jpg', async () => (await noise()).subarray(0, 4_000), 'ends in the middle'],
  ])('%s', async (_what, name, bytes, sentence) => {
    await it.type(`/video Tea with ${name} --logo "${write(name, await bytes())}"`);
    const campaign = await it.until((c) => c.references.every((r) => r.state !== 'fetching') && worded(1)(c));
    await it.idle();
    expect(campaign.references).toMatchObject([{ state: 'refused' }]);
    expect(it.printed().split(`${name} was not taken:`)[1]).toContain(sentence);
  });

  test('the campaign goes on, and a good logo afterwards is taken', async () => {
    await it.type(`/video Tea once more --logo "${write('broken.png', 'nothing like it')}"`);
    await it.until(worded(1));
    await it.type(`here is the right one: ${auroraLogo}`);
    const campaign = await it.until((c) => c.references[1]?.state === 'ready');
    expect(campaign.references.map((r) => [r.state, r.purpose])).toEqual([
      ['refused', 'logo'],
      ['ready', 'logo'],
    ]);
  });
});

const noise = () =>
  sharp({
    create: {
      width: 300,
      height: 300,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 90, sigma: 60 },
    },
  })
    .jpeg()
    .toBuffer();
