import { describe, expect, test } from 'vitest';
import { button, opened, reviewed, wordsOf } from './stage.ts';

describe('a thread that somebody deleted', () => {
  test('while its film is made: the film is finished once, nothing is posted or tried for ever, and the list has it', async () => {
    const { world, town, lobby, anna, thread, campaign, ...it } = await opened();
    const generate = await button(world, thread, /^Generate/);
    await anna.presses(generate.message, generate.label).answered;
    town.deletes(thread);
    const posts = world.posts().length;
    const { takes } = await it.until(campaign, (c) => c.review !== null);
    expect(takes.filter(({ billed }) => billed > 0)).toHaveLength(1);
    await it.idle(campaign);
    expect(world.posts()).toHaveLength(posts);
    const listed = anna.uses('/video-campaigns', {}, lobby);
    await listed.answered;
    expect(wordsOf(listed.original)).toMatch(/Aurora.*needs review/);
  });

  test('after the film came: what is decided elsewhere is not told there again and again', async () => {
    const { world, town, lee, thread, review, campaign, ...it } = await reviewed();
    const pressed = lee.presses(review, 'Reject …');
    await pressed.answered;
    town.deletes(thread);
    await lee.submits(pressed, { words: 'not our colours' }).answered;
    await it.until(campaign, (c) => c.phase === 'rejected');
    await it.idle(campaign);
    const missed = world.requests().filter(({ path, status }) => status === 404 && path.includes(thread.id));
    expect(missed.length).toBeGreaterThan(0);
    const tries = Map.groupBy(missed, ({ method, path }) => `${method} ${path}`);
    for (const [which, all] of tries) expect(all.length, which).toBeLessThanOrEqual(10);
  });
});
