import { describe, expect, test } from 'vitest';
import { png } from '../../support/logo.ts';
import { acme, appIn, eventually, type Way } from './stage.ts';

/** Ada alone with us, where a video goes on. */
async function atWork(given: Parameters<typeof acme>[0] = {}) {
  const it = await acme(given);
  const place = it.ada.direct();
  const asked = await it.ada.says(place, 'a calm film for Aurora tea, 3s');
  const campaign = await it.campaign(it.team.id);
  await it.until(campaign, (c) => c.place !== null && c.revisions.length > 0);
  await it.idle(campaign);
  const now = () => it.app.engine.campaign(`campaign:${campaign}`);
  const cancel = async (which: string) => {
    const by = { id: `stop/${which}`, workspace: it.team.id, person: it.ada.id };
    await it.app.doorsFor('slack').tell({ ...by, at: { campaign: which }, intent: { type: 'cancel' } });
  };
  return { ...it, place, asked, thread: asked.ts, began: campaign, now, cancel };
}

describe.each<Way>(['http', 'socket'])('what is said to us alone beside the thread, by %s', (way) => {
  test('is meant for the video that goes on, once, though delivered twice; where is said once', async () => {
    const { world, team, ada, place, began, thread, now, ...it } = await atWork({ way });
    world.deliveries.twist('*', 'twice', 2);
    await ada.says(place, 'it must show a red cup');
    await ada.says(place, 'it must show a blue plate');
    await world.settled();
    await eventually(async () => (await now()).brief.musts.length > 1);
    await it.idle(began);
    expect((await now()).brief.musts).toHaveLength(2);
    expect(await it.campaigns(team.id)).toEqual([began]);
    expect(world.posts().every((m) => m.thread_ts === thread)).toBe(true);
    await it.stop();
    expect(ada.ephemerals(place)).toMatchObject([
      { text: expect.stringMatching(/meant for “Aurora”.*its thread>.*`\/video`/) },
    ]);
    expect(ada.ephemerals(place)[0]).not.toHaveProperty('thread_ts');
    expect(ada.ephemerals(place)[0]?.text).toContain(`/archives/${place.id}/p${thread.replace('.', '')}`);
    expect(world.mistakes()).toEqual([]);
  });
});

describe('what is said to us alone', () => {
  test('with nothing but a file brings it into the video that goes on', async () => {
    const { team, ada, place, began, ...it } = await atWork();
    await ada.says(place, '', { files: [{ name: 'logo.png', bytes: png }] });
    await it.until(began, (c) => c.references.some((r) => r.name === 'logo.png' && r.state === 'ready'));
    expect(await it.campaigns(team.id)).toEqual([began]);
  });

  test('is meant for a video whose conversation is being opened still', async () => {
    const { world, team, ada, ...it } = await acme();
    world.faults.next('chat.postMessage', { kind: 'slow', wait: 300 });
    await ada.types(ada.direct(), '/video a calm film for Aurora tea, 3s');
    const campaign = await it.campaign(team.id);
    await ada.says(ada.direct(), 'it must show a red cup');
    const { brief } = await it.until(campaign, (c) => c.place !== null && c.brief.musts.length > 0);
    expect(brief.musts).toHaveLength(1);
    expect(await it.campaigns(team.id)).toEqual([campaign]);
  });

  test('is meant for the newest video there; for the one before it once that is over; then it begins one', async () => {
    const { world, team, ada, launch, place, began, now, cancel, ...it } = await atWork();
    await ada.types(launch, '/video a loud film for Nova shoes, 3s');
    await ada.types(place, '/video a slow film of the sea, 3s');
    const all = await eventually(async () => {
      const found = await it.campaigns(team.id);
      return found.length === 3 && found;
    });
    const states = () => Promise.all(all.map((one) => it.app.engine.campaign(`campaign:${one}`)));
    const sea = (await states()).find((c) => c.brief.words.includes('sea'))?.id ?? '';
    await it.until(sea, (c) => c.place !== null && c.revisions.length > 0);
    await ada.says(place, 'it must show a red cup');
    await it.until(sea, (c) => c.brief.musts.length === 1);
    await cancel(sea);
    await ada.says(place, 'it must show a blue plate');
    await it.until(began, (c) => c.brief.musts.length === 1);
    await cancel(began);
    await ada.says(place, 'a film of a mountain, 3s');
    const last = await eventually(async () =>
      (await it.campaigns(team.id)).find((one) => !all.includes(one)),
    );
    expect((await it.app.engine.campaign(`campaign:${last}`)).brief.words).toBe('a film of a mountain');
    const nova = (await states()).find((c) => c.brief.words.includes('Nova'));
    expect(nova?.brief.musts).toEqual([]);
  });

  test('is said once, and to the same video, though Slack brings it to another life of ours after that was over', async () => {
    const { world, team, ada, place, began, cancel, folder, ...it } = await atWork();
    await ada.says(place, 'it must show a red cup');
    await it.until(began, (c) => c.brief.musts.length === 1 && c.heard.length === 0);
    await cancel(began);
    const said = world.deliveries.all.filter(({ name }) => name === 'message').at(-1);
    await it.stop();
    const next = await appIn(world, { folder, token: team.token });
    if (said) await world.deliveries.again(said);
    expect(said?.tries).toHaveLength(2);
    expect(await next.campaigns(team.id)).toEqual([began]);
    expect((await next.app.engine.campaign(`campaign:${began}`)).brief.musts).toHaveLength(1);
    await next.stop();
  });

  test('and ends it in one word begins no other', async () => {
    const { team, ada, place, began, ...it } = await atWork();
    await ada.says(place, 'cancel');
    await it.until(began, (c) => c.phase === 'cancelled');
    expect(await it.campaigns(team.id)).toEqual([began]);
  });

  test.each(['go', 'cancel', 'hello', 'thanks!'])('and is only talk (“%s”) begins no video', async (said) => {
    const { world, team, ada, campaigns } = await acme();
    await ada.says(ada.direct(), said);
    const [hint] = await eventually(
      () => ada.ephemerals(ada.direct()).length > 0 && ada.ephemerals(ada.direct()),
    );
    expect(hint?.text).toMatch(/begins no video.*video-help/);
    expect(await campaigns(team.id)).toEqual([]);
    expect(world.posts()).toEqual([]);
  });

  test('and ended the video says nothing more when Slack brings it again', async () => {
    const { world, team, ada, place, began, ...it } = await atWork();
    await ada.says(place, 'cancel');
    const said = world.deliveries.all.filter(({ name }) => name === 'message').at(-1);
    await it.until(began, (c) => c.phase === 'cancelled');
    await eventually(() => ada.ephemerals(place).length === 1);
    if (said) await world.deliveries.again(said);
    await it.idle(began);
    await it.stop();
    expect(ada.ephemerals(place)).toHaveLength(1);
  });

  test('and asks what there is is answered, and the video hears nothing of it', async () => {
    const { ada, place, now } = await atWork();
    const before = await now();
    await ada.says(place, 'models');
    await eventually(() => ada.ephemerals(place).some((m) => /Sample/.test(m.text)));
    expect(await now()).toEqual(before);
  });

  test('by somebody else is meant for none of hers', async () => {
    const { team, lee, began, ...it } = await atWork();
    await lee.says(lee.direct(), 'a loud film for Nova shoes, 3s');
    const all = await eventually(async () => {
      const found = await it.campaigns(team.id);
      return found.length === 2 && found;
    });
    expect(all).toContain(began);
  });
});
