import { describe, expect, test } from 'vitest';
import { button } from './people.ts';
import { acme, eventually } from './stage.ts';

const film = '/video a calm film for Aurora tea, 3s';

/** Lee asks for a film in a private channel, where Ada is not. */
async function secretly() {
  const it = await acme();
  const { team, lee, launch } = it;
  const max = team.person('max');
  launch.members.push(max.id);
  const secret = team.channel('secret', [lee, max], { kind: 'group' });
  await lee.types(secret, film);
  const campaign = await it.campaign(team.id);
  await it.until(campaign, (c) => c.revisions.length > 0 && c.place !== null);
  await it.idle(campaign);
  return { ...it, max, secret, campaign };
}
type Here = Awaited<ReturnType<typeof secretly>>;
type Person = Here['ada'];
type Channel = Here['launch'];

const listed = async (who: Person, where: Channel): Promise<string> =>
  JSON.stringify((await who.types(where, '/video-campaigns')).answer);

const offered = async ({ team }: Here, who: Person, where: Channel) => {
  const said = await who.says(where, 'a mood for it');
  await who.shortcut('video_use', said);
  const view = await eventually(() => who.views()[0]);
  expect(team.books.views).toContain(view);
  return view;
};

describe('a video in a private channel', () => {
  test('is listed there, and elsewhere for who asked for it alone', async () => {
    const { ada, lee, max, launch, secret } = await secretly();
    expect(await listed(ada, launch)).not.toMatch(/Aurora/);
    expect(await listed(max, launch)).not.toMatch(/Aurora/);
    expect(await listed(max, secret)).toMatch(/Aurora/);
    expect(await listed(lee, launch)).toMatch(/Aurora/);
    await lee.says(lee.direct(), 'campaigns');
    await eventually(() => lee.ephemerals(lee.direct()).some((m) => /Aurora/.test(m.text)));
  });

  test('is listed for who was named to decide on it', async () => {
    const { ada, launch, team, app } = await secretly();
    const { people } = { people: [ada.id] };
    await app.engine.tellWorkspace({
      ...{ id: 'w', workspace: team.id, person: 'x' },
      intent: { type: 'change-policy', change: { approvers: { people, groups: [] } } },
    });
    expect(await listed(ada, launch)).toMatch(/Aurora/);
  });

  test('is not offered elsewhere, and not taken from a form that has it all the same', async () => {
    const it = await secretly();
    const { ada, lee, launch, secret, campaign } = it;
    expect(JSON.stringify((await offered(it, lee, secret)).given)).toMatch(/Aurora/);
    const form = await offered(it, ada, launch);
    expect(JSON.stringify(form.given)).not.toMatch(/Aurora/);
    form.given = JSON.parse(JSON.stringify(form.given).replaceAll('"new"', `"${campaign}"`));
    await ada.submits(form, { prompt: 'it must show a red cup' });
    expect(form).toMatchObject({ closed: false, errors: { campaign: expect.stringMatching(/another/) } });
    expect((await it.app.engine.campaign(`campaign:${campaign}`)).heard).toEqual([]);
  });
});

test('a video that was asked for in a channel and went on in a direct message is not that channel’s', async () => {
  const { team, ada, lee, ...it } = await acme();
  const far = team.channel('far', [ada, lee], { bot: false });
  await ada.types(far, film);
  const direct = await button(it.world, /direct message/, () => ada.ephemerals(far));
  await ada.presses(direct.message, direct.id);
  await it.until(await it.campaign(team.id), (c) => c.place !== null);
  expect(await listed(lee, far)).not.toMatch(/Aurora/);
  expect(await listed(ada, far)).toMatch(/Aurora/);
});
