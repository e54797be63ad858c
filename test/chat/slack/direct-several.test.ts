import { describe, expect, test } from 'vitest';
import { png } from '../../support/logo.ts';
import { acme, eventually } from './stage.ts';

const minute = 60_000;

/** Ada alone with us, at a time that can be moved on. */
async function alone() {
  let later = 0;
  const it = await acme({ clock: () => Date.now() + later });
  const place = it.ada.direct();
  const now = (video: string) => it.app.engine.campaign(`campaign:${video}`);
  return {
    ...it,
    ...{ place, now },
    pass: (milliseconds: number) => {
      later += milliseconds;
    },
    whispers: () => it.ada.ephemerals(place).map(({ text }) => text),
    said: async (video: string, words: string, thread?: string) => {
      const before = (await now(video)).brief.musts.length;
      await it.ada.says(place, `it must show ${words}`, thread ? { thread } : {});
      await it.until(video, (c) => c.brief.musts.length > before && c.heard.length === 0);
    },
    begun: async (words: string) => {
      const known = await it.campaigns(it.team.id);
      await it.ada.types(place, `/video ${words}, 3s`);
      const video = await eventually(async () =>
        (await it.campaigns(it.team.id)).find((one) => !known.includes(one)),
      );
      const { place: at } = await it.until(video, (c) => c.place !== null && c.revisions.length > 0);
      await it.idle(video);
      return { video, thread: at?.split('/').at(-1) ?? '' };
    },
  };
}

/** Two videos go on beside each other; the older one was spoken to last. */
async function two() {
  const it = await alone();
  const aurora = await it.begun('a calm film for Aurora tea');
  const nova = await it.begun('a loud film for Nova shoes');
  await it.said(aurora.video, 'a red cup', aurora.thread);
  return { ...it, aurora, nova };
}

const address = (thread: string) => new RegExp(`/p${thread.replace('.', '')}\\?`);

describe('of two videos in a direct message', () => {
  test('the one that was spoken to last is meant beside the threads, and each change of it is told', async () => {
    const { aurora, nova, said, now, whispers, ...it } = await two();
    await said(aurora.video, 'a blue plate');
    await said(aurora.video, 'a green leaf');
    await eventually(() => whispers().length === 1);
    await said(nova.video, 'a dog', nova.thread);
    await said(nova.video, 'a cat');
    await eventually(() => whispers().length === 2);
    await said(aurora.video, 'a spoon', aurora.thread);
    await said(aurora.video, 'a bowl');
    await eventually(() => whispers().length === 3);
    expect((await now(aurora.video)).brief.musts).toHaveLength(5);
    await it.stop();
    const meant = whispers().map((text) => /meant for “(\w+)”/.exec(text)?.[1]);
    expect(meant).toEqual(['Aurora', 'Nova', 'Aurora']);
    expect(whispers()[0]).toMatch(/also “Nova” \(<http[^>]*\|its thread>\): “go”, “cancel” .* thread/);
    expect(whispers()[0]).toMatch(address(nova.thread));
    expect(it.world.mistakes()).toEqual([]);
  });

  test.each(['go', 'cancel', 'approved', 'show me stills'])(
    '“%s” beside the threads is not done, and where to say it is linked',
    async (words) => {
      const { world, team, ada, place, aurora, nova, now, paid, ...it } = await two();
      await ada.says(place, words);
      const asked = await eventually(() =>
        world.posts().find(({ text }) => /^2 videos go on here/.test(text)),
      );
      await it.idle(aurora.video);
      expect(asked.thread_ts).toBe(aurora.thread);
      for (const thread of [aurora.thread, nova.thread])
        expect(JSON.stringify(asked.blocks)).toMatch(address(thread));
      for (const { video } of [aurora, nova]) {
        expect(await now(video)).toMatchObject({
          phase: 'briefing',
          takes: [],
          settings: { verbatim: false },
        });
      }
      expect(await paid()).toEqual([]);
      expect(await it.campaigns(team.id)).toHaveLength(2);
      expect(world.mistakes()).toEqual([]);
    },
  );

  test('a wish in the same breath counts; in the thread both do', async () => {
    const { world, ada, place, aurora, nova, now, ...it } = await two();
    await ada.says(place, 'no people, go');
    await it.until(
      aurora.video,
      (c) => c.brief.mustNots.length === 1 && c.replies.some(({ say }) => say.about === 'which-video'),
    );
    expect((await now(aurora.video)).takes).toEqual([]);
    await ada.says(place, 'cancel', { thread: nova.thread });
    await it.until(nova.video, (c) => c.phase === 'cancelled');
    await ada.says(place, 'cancel');
    await it.until(aurora.video, (c) => c.phase === 'cancelled');
    await it.idle(aurora.video);
    expect(world.posts().filter(({ text }) => /^2 videos/.test(text))).toHaveLength(1);
  });
});

describe('what is said beside the threads', () => {
  test('is told anew where it goes when that was told more than an hour ago', async () => {
    const { said, begun, pass, whispers, stop } = await alone();
    const { video } = await begun('a calm film for Aurora tea');
    await said(video, 'a red cup');
    await eventually(() => whispers().length === 1);
    pass(59 * minute);
    await said(video, 'a blue plate');
    pass(2 * minute);
    await said(video, 'a green leaf');
    await eventually(() => whispers().length === 2);
    await stop();
    expect(whispers()).toHaveLength(2);
  });

  test('begins another video after a day at rest, and says so; the thread of the first still counts', async () => {
    const { team, ada, place, begun, said, pass, whispers, now, ...it } = await alone();
    const first = await begun('a calm film for Aurora tea');
    pass(23 * 60 * minute);
    await said(first.video, 'a red cup');
    await it.idle(first.video);
    pass(25 * 60 * minute);
    await ada.says(place, 'go');
    await eventually(() => whispers().some((text) => /begins no video/.test(text)));
    await ada.says(place, 'a loud launch film for Nova sneakers, 10s 9:16');
    const both = await eventually(async () => {
      const all = await it.campaigns(team.id);
      return all.length === 2 && all;
    });
    const second = both.find((one) => one !== first.video) ?? '';
    await it.until(second, (c) => c.place !== null && c.revisions.length > 0);
    const told = await eventually(() => whispers().find((text) => /begins a new video/.test(text)));
    expect(told).toMatch(/“Aurora” \(<http.*\|its thread>\) for a day/);
    expect(told).toMatch(address(first.thread));
    expect(await now(first.video)).toMatchObject({ settings: { seconds: 3, aspect: '16:9' } });
    await said(first.video, 'a blue plate', first.thread);
    await it.stop();
    expect(whispers().filter((text) => /begins a new video/.test(text))).toHaveLength(1);
  });

  test('and names a question with a file beside it brings the file into the video', async () => {
    const { team, ada, place, begun, ...it } = await alone();
    const { video } = await begun('a calm film for Aurora tea');
    await ada.says(place, 'compare', { files: [{ name: 'logo.png', bytes: png }] });
    await it.until(video, (c) => c.references.some((r) => r.name === 'logo.png' && r.state === 'ready'));
    expect(await it.campaigns(team.id)).toEqual([video]);
  });
});
