import { describe, expect, test } from 'vitest';
import { png } from '../../support/logo.ts';
import { everyWith } from '../../support/slack/block-kit.ts';
import type { Message, StoredFile } from '../../support/slack/world.ts';
import { button } from './people.ts';
import { acme, eventually } from './stage.ts';

type It = Awaited<ReturnType<typeof acme>>;

const svg = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><circle cx="32" cy="32" r="30"/></svg>',
);

/** The files that a message shows beside its words. */
const thumbnailsOf = ({ blocks }: Message): unknown[] =>
  everyWith(blocks, 'slack_file').map(({ slack_file }) => (slack_file as { id: string }).id);

/** The brief, with as many thumbnails. */
const briefWith = ({ world }: Pick<It, 'world'>, count: number) =>
  eventually(() => world.posts().find((m) => /Prompt/.test(m.text) && thumbnailsOf(m).length === count));

async function briefed(given: Parameters<typeof acme>[0] = {}) {
  const it = await acme(given);
  await it.ada.types(it.launch, '/video a calm film for Aurora tea, 3s');
  const campaign = await eventually(async () => (await it.campaigns(it.team.id))[0]);
  await it.until(campaign, (c) => c.revisions.length > 0 && !c.refining && c.place !== null);
  const thread = it.world.posts().find((m) => !m.thread_ts)?.ts ?? '';
  const posts = (name: string, bytes: Buffer) =>
    it.ada.says(it.launch, 'our logo', { thread, files: [{ name, bytes }] });
  return { ...it, campaign, posts };
}

const idsOf = (files: readonly StoredFile[]) => files.map(({ id }) => id);

describe('a reference where Slack cannot reach us', () => {
  test('is seen on the brief by the file that its person posted (Socket Mode)', async () => {
    const it = await briefed({ way: 'socket' });
    const { files } = await it.posts('logo.png', png);
    const brief = await briefWith(it, 1);
    expect(thumbnailsOf(brief)).toEqual(files);
    expect(JSON.stringify(brief.blocks)).toMatch(/"accessory":\{"type":"image","slack_file"/);
    expect(it.world.uploads()).toEqual([]);
    expect(it.world.mistakes()).toEqual([]);
  });

  test('that Slack does not show is shared once as we read it', async () => {
    const it = await briefed();
    await it.posts('logo.svg', svg);
    const brief = await briefWith(it, 1);
    expect(thumbnailsOf(brief)).toEqual(idsOf(it.world.uploads()));
    expect(it.world.uploads().map(({ mimetype }) => mimetype)).toEqual(['image/png']);
    expect(it.world.mistakes()).toEqual([]);
  });

  test('that came by a form is shared once as we read it', async () => {
    const it = await acme();
    await it.ada.types(it.launch, '/video');
    const form = await eventually(() => it.ada.views()[0]);
    const picture = it.ada.bring({ name: 'mood.png', bytes: png });
    await it.ada.submits(form, { prompt: 'a calm film for Aurora tea, 3s', reference: [picture] });
    const brief = await briefWith(it, 1);
    expect(thumbnailsOf(brief)).toEqual(idsOf(it.world.uploads()));
    expect(it.world.mistakes()).toEqual([]);
  });

  test('holds nothing up while Slack looks through it, and is seen then', async () => {
    const it = await briefed({ standIn: { times: { shares: 900 } } });
    await it.posts('logo.svg', svg);
    await it.until(it.campaign, (c) => c.references.some((r) => r.state === 'ready'));
    const bare = await eventually(() => it.world.posts().find((m) => /logo.svg, \d+ × \d+/.test(m.text)));
    expect(thumbnailsOf(bare)).toEqual([]);
    await briefWith(it, 1);
    expect(it.world.mistakes()).toEqual([]);
  });

  test('is left out where Slack refuses to show it, and shared by us then', async () => {
    const it = await briefed();
    const { files } = await it.posts('logo.png', png);
    const theirs = it.team.books.files.find(({ id }) => id === files?.[0]);
    if (theirs) theirs.hidden = true;
    const brief = await eventually(() => {
      const shown = it.world.posts().find((m) => /Prompt/.test(m.text) && thumbnailsOf(m).length === 1);
      return shown && thumbnailsOf(shown)[0] !== files?.[0] && shown;
    });
    expect(thumbnailsOf(brief)).toEqual(idsOf(it.world.uploads()));
  });
});

test('a review shares no poster: its film stands right above', async () => {
  const it = await briefed();
  const go = await button(it.world, /^Generate/);
  await it.ada.presses(go.message, go.id);
  const review = await button(it.world, /^Approve/);
  await it.idle(it.campaign);
  expect(thumbnailsOf(review.message)).toEqual([]);
  expect(it.world.uploads()).toHaveLength(1);
  expect(it.world.mistakes()).toEqual([]);
});

test('stills are chosen by name where files may not be shared', async () => {
  const it = await briefed();
  const no = { kind: 'error', error: 'file_uploads_disabled' } as const;
  it.world.faults.next('files.getUploadURLExternal', no, { times: 99 });
  const stills = await button(it.world, /^Stills/);
  await it.ada.presses(stills.message, stills.id);
  const second = await button(it.world, /^Choose Still 2$/);
  await it.ada.presses(second.message, second.id);
  await it.until(it.campaign, (c) => c.boards[0]?.picked === 2);
});
