import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { button } from '../chat/slack/people.ts';
import { acme, eventually, type Way } from '../chat/slack/stage.ts';
import { png } from '../support/logo.ts';
import { auroraLogo } from './stage.ts';

describe.each<Way>(['http', 'socket'])('a clip is made in Slack, by %s', (way) => {
  test('from a form to an approved second take, everything delivered twice', async () => {
    const { world, team, ada, lee, launch, ...it } = await acme({ way });
    world.deliveries.twist('*', 'twice', 1_000);

    await ada.types(launch, '/video');
    const form = await eventually(() => ada.views()[0]);
    const logo = ada.bring({ name: 'aurora.svg', bytes: readFileSync(auroraLogo) });
    await ada.submits(form, { prompt: 'a calm film for Aurora tea', duration: '3', logo: [logo] });
    const campaign = await it.campaign(team.id);
    const worded = await it.until(campaign, (c) => c.revisions.length > 0 && !c.refining && c.place !== null);
    expect(worded.references).toMatchObject([{ purpose: 'logo', state: 'ready' }]);
    const thread = worded.place?.split('/').at(-1) ?? '';

    await ada.says(launch, 'our cup, to be seen', { thread, files: [{ name: 'cup.png', bytes: png }] });
    await it.until(campaign, (c) => c.references.filter((r) => r.state === 'ready').length === 2);
    await ada.says(launch, `${team.bot} warmer light`, { thread });
    await it.until(campaign, (c) => c.notes.length > 0 && !c.refining && c.heard.length === 0);
    await it.idle(campaign);

    const stills = await button(world, /^Stills/);
    await ada.presses(stills.message, stills.id);
    await it.until(campaign, (c) => c.boards[0]?.stills.every((s) => s.state === 'ready') === true);
    await it.idle(campaign);
    const choose = await button(world, /still 2|choose|pick/i);
    await ada.presses(choose.message, choose.id);
    await it.until(campaign, (c) => c.boards[0]?.picked !== null);
    await it.idle(campaign);

    const go = await button(world, /^Generate/);
    await ada.presses(go.message, go.id);
    await it.until(campaign, (c) => c.review !== null);
    await it.idle(campaign);

    const change = await button(world, /^Request changes/);
    await lee.presses(change.message, change.id);
    const why = await eventually(() => lee.views()[0]);
    await lee.submits(why, { words: 'slower, please' });
    await it.until(campaign, (c) => c.review?.cut === '2a');
    await it.idle(campaign);

    const approve = await button(world, /^Approve/);
    await lee.reacts(approve.message, 'white_check_mark');
    await it.until(campaign, (c) => c.phase === 'approved');
    await it.idle(campaign);
    await world.settled();

    const roots = world.posts().filter((m) => !m.thread_ts);
    expect(roots).toHaveLength(1);
    const films = world.uploads().filter(({ mimetype }) => mimetype === 'video/mp4');
    expect(films).toHaveLength(2);
    expect(await it.paid()).toHaveLength(2 + 2);
    const book = await it.app.journal.ledger({ workspace: team.id });
    expect(book.filter(({ kind }) => kind === 'decision')).toHaveLength(2);
    const titles = world.posts().map(({ text }) => text.split('\n', 1)[0]);
    const kinds = [
      /^Take 1 ·/,
      /^Take 2 ·/,
      /^Take 1, cut/,
      /^Take 2, cut/,
      /^Review of cut 1a/,
      /^Review of cut 2a/,
    ];
    for (const kind of kinds) expect(titles.filter((title) => kind.test(title ?? ''))).toHaveLength(1);
    expect(world.mistakes()).toEqual([]);
  });
});
