import { describe, expect, test } from 'vitest';
import { type Approvers, nobody } from '../../../src/campaign/policy.ts';
import { homeActions } from '../../../src/chat/slack/home.ts';
import { scopes } from '../../../src/chat/slack/scopes.ts';
import { scaledTimes } from '../../../src/cli/chaos/times.ts';
import { everyWith } from '../../support/slack/block-kit.ts';
import type { View } from '../../support/slack/world.ts';
import { button } from './people.ts';
import { acme, eventually } from './stage.ts';

const all: string[] = [...scopes.needed, ...scopes.optional];
const without = (scope: string) => ({ standIn: { scopes: all.filter((one) => one !== scope) } });
const offered = (form: View) => everyWith(form.given, 'value').map(({ value }) => value);

type Acme = Awaited<ReturnType<typeof acme>>;

async function formIn(it: Acme, place: Acme['launch']) {
  await it.ada.types(place, '/video');
  return eventually(() => it.ada.views()[0]);
}

describe('anyone in this channel', () => {
  test('is offered where it can be known who that is', async () => {
    const it = await acme();
    const secret = it.team.channel('secret', [it.ada], { kind: 'group' });
    for (const place of [it.launch, secret]) {
      const form = await formIn(it, place);
      expect(offered(form)).toContain(place.id);
      form.closed = true;
    }
  });

  test('is no choice in a direct message, where user groups are', async () => {
    const it = await acme();
    const legal = it.team.group('legal', [it.lee]);
    const direct = it.ada.direct();
    const form = await formIn(it, direct);
    expect(offered(form)).toContain(legal.id);
    expect(offered(form)).not.toContain(direct.id);
  });

  test('is no choice among a few people who write to each other', async () => {
    const it = await acme();
    const few = it.team.channel('mpdm-ada--lee-1', [it.ada, it.lee], { kind: 'mpim' });
    expect(offered(await formIn(it, few))).not.toContain(few.id);
  });

  test.each([
    ['channels:read', 'channel'],
    ['groups:read', 'group'],
  ] as const)('is no choice without %s', async (scope, kind) => {
    const it = await acme(without(scope));
    const place = it.team.channel('here', [it.ada], { kind });
    expect(offered(await formIn(it, place))).not.toContain(place.id);
  });
});

/** A cut waits for a group, which is named in the brief. */
const waitingFor = (groupIn: (it: Acme) => string, given: Parameters<typeof acme>[0] = {}) =>
  waitingForAll((it) => ({ people: [], groups: [groupIn(it)] }), given);

async function waitingForAll(approversIn: (it: Acme) => Approvers, given: Parameters<typeof acme>[0] = {}) {
  const it = await acme(given);
  const max = it.team.person('max');
  it.launch.members.push(max.id);
  const place = `slack:${it.team.id}/${it.launch.id}`;
  const words = 'a calm film for Aurora tea';
  const approvers = approversIn(it);
  await it.app.doorsFor('slack').tell({
    ...{ id: 'open', workspace: it.team.id, person: it.ada.id, at: { place } },
    intent: { type: 'open', words, options: { seconds: 3 }, references: [], place, approvers },
  });
  const campaign = await it.campaign(it.team.id);
  const go = await button(it.world, /^Generate/);
  await it.ada.presses(go.message, go.id);
  await it.until(campaign, (c) => c.review !== null);
  await it.idle(campaign);
  const approve = async (person: Acme['ada'], nth = 1) => {
    const found = await button(it.world, /^Approve/);
    await person.presses(found.message, found.id);
    const { review } = await it.until(
      campaign,
      (c) => c.review?.votes.filter((v) => v.state !== 'checking')[nth - 1] !== undefined,
    );
    await it.idle(campaign);
    return review?.votes[nth - 1];
  };
  return { ...it, max, approve };
}

const waitsAtHomeOf = async (person: Acme['ada']) => {
  await person.opensHome();
  const home = await eventually(() => person.home());
  return /Waiting for your decision.*Aurora.*Your videos/.test(JSON.stringify(home.given));
};

describe('a group that is named', () => {
  test.each([
    ['a channel', ({ launch }: Acme) => launch.id],
    ['a user group', ({ team, lee }: Acme) => team.group('legal', [lee]).id],
  ])('%s: sees on their Home tab what waits for them, and others do not', async (_, groupIn) => {
    const { lee, team } = await waitingFor(groupIn);
    expect(await waitsAtHomeOf(lee)).toBe(true);
    expect(await waitsAtHomeOf(team.person('eve', { isAdmin: true }))).toBe(false);
  });

  test('nobody can be seen to be in: managers see there what waits for them instead', async () => {
    const { lee, max } = await waitingFor(({ launch }) => launch.id, without('channels:read'));
    expect(await waitsAtHomeOf(lee)).toBe(true);
    expect(await waitsAtHomeOf(max)).toBe(false);
  });

  test.each([
    ['a channel', ({ launch }: Acme) => launch.id, (id: string) => `<#${id}>`],
    [
      'a user group',
      ({ team, lee }: Acme) => team.group('legal', [lee]).id,
      (id: string) => `<!subteam^${id}>`,
    ],
  ])('%s: is called by its name, before and after, to eyes and ears', async (_, groupIn, name) => {
    let id = '';
    const { lee, world, approve } = await waitingFor((it) => {
      id = groupIn(it);
      return id;
    });
    const review = () => world.posts().find(({ text }) => /^Review/.test(text));
    const read = () => [review()?.text ?? '', JSON.stringify(review()?.blocks)];
    for (const one of read()) expect(one).toContain(name(id));
    expect(read()[0]).toContain(`Waiting for: ${name(id)}`);
    await approve(lee);
    await eventually(() => /approved/.test(read()[0] ?? ''));
    for (const one of read()) {
      expect(one).toMatch(/lee approves \(approver by group\)/);
      expect(one).toContain(name(id));
      expect(one.replaceAll(name(id), '')).not.toContain(id);
    }
  });

  test('is known where it cannot be known who else of those named can decide', async () => {
    const { lee, world } = await waitingForAll((it) => ({
      people: [it.team.person('kim').id],
      groups: [it.launch.id],
    }));
    world.faults.next('users.info', { kind: 'status', status: 500 }, { times: 9, after: 1 });
    expect(await waitsAtHomeOf(lee)).toBe(true);
  });

  test('is asked for in vain: everything else is on the Home tab all the same', async () => {
    const { ada, world } = await waitingFor(({ launch }) => launch.id);
    world.faults.next('conversations.members', { kind: 'status', status: 500 }, { times: 9 });
    expect(await waitsAtHomeOf(ada)).toBe(false);
    expect(JSON.stringify(ada.home()?.given)).toMatch(/Your videos.*Aurora/);
  });
});

describe('a group that cannot be read', () => {
  test.each([
    ['a channel', 'channels:read', ({ launch }: Acme) => launch.id],
    ['a user group', 'usergroups:read', ({ team, lee }: Acme) => team.group('legal', [lee]).id],
    ['a direct message, as was once offered', 'im:read', ({ ada }: Acme) => ada.direct().id],
  ])('%s: is said to who votes, and a manager decides', async (_, scope, groupIn) => {
    const { max, lee, world, approve } = await waitingFor(groupIn, without(scope));
    expect(await approve(max)).toMatchObject({ state: 'refused' });
    await eventually(() =>
      world.posts().some(({ text }) => /^max: I cannot see who is in a group/.test(text)),
    );
    expect(await approve(lee, 2)).toMatchObject({ state: 'counted', role: 'manager of the place' });
  });

  test('decides as soon as it can be read', async () => {
    const { max, team, approve } = await waitingFor(({ launch }) => launch.id, without('channels:read'));
    expect(await approve(max)).toMatchObject({ state: 'refused' });
    team.books.install?.scopes.add('channels:read');
    expect(await approve(max, 2)).toMatchObject({
      state: 'counted',
      role: expect.stringMatching(/^approver/),
    });
  });
});

describe('somebody who can decide nothing', () => {
  const appIn = ({ team }: Acme) => team.person('helper', { isBot: true }).id;
  const leftIn = ({ team }: Acme) => team.person('gone', { deleted: true }).id;

  test.each([
    ['an app', appIn],
    ['Dailies itself', ({ team }: Acme) => team.books.install?.botUser ?? ''],
    ['somebody who has left', leftIn],
  ])(
    '%s, as the only approver: a manager sees on their Home tab that it is theirs, and decides',
    async (_, of) => {
      const { lee, max, approve } = await waitingForAll((it) => ({ people: [of(it)], groups: [] }));
      expect(await waitsAtHomeOf(lee)).toBe(true);
      expect(await waitsAtHomeOf(max)).toBe(false);
      expect(await approve(max)).toMatchObject({ state: 'refused' });
      expect(await approve(lee, 2)).toMatchObject({ state: 'counted', role: 'manager of the place' });
    },
  );

  test.each([
    ['an app', appIn],
    ['somebody who has left', leftIn],
  ])('%s is refused in the forms, where that is known in time', async (_, of) => {
    const it = await acme();
    const form = await formIn(it, it.launch);
    const brief = { prompt: 'a calm film for Aurora tea', approvers: [it.lee.id, of(it)] };
    await it.ada.submits(form, brief);
    expect(form).toMatchObject({
      closed: false,
      errors: { approvers: expect.stringMatching(/Name somebody else/) },
    });
    await it.lee.opensHome();
    const home = await eventually(() => it.lee.home());
    await it.lee.presses(home as never, homeActions.settings);
    const settings = await eventually(() => it.lee.views()[0]);
    await it.lee.submits(settings, { people: [of(it)] });
    expect(settings.errors).toEqual({ people: expect.stringMatching(/Name somebody else/) });
    await it.lee.submits(settings, { people: [it.ada.id] });
    expect(settings.closed).toBe(true);
    it.world.faults.next('users.info', { kind: 'status', status: 500 }, { times: 9 });
    await it.ada.submits(form, { ...brief, approvers: [of(it)] });
    expect(form.closed).toBe(true);
  });
});

describe('a decision of somebody who may not give one', () => {
  test('is answered once and stands in one line on the card, however often it is given', async () => {
    const { max, world, approve } = await waitingForAll(({ lee }) => ({ people: [lee.id], groups: [] }));
    for (const nth of [1, 2, 3]) expect(await approve(max, nth)).toMatchObject({ state: 'refused' });
    const saying = (what: RegExp) => world.posts().filter(({ text }) => what.test(text));
    expect(saying(/^max: You are not an approver here/)).toHaveLength(1);
    const [review] = saying(/^Review of cut/);
    expect(review?.text.match(/max approves \(not counted: not an approver here\)/g)).toHaveLength(1);
  });
});

describe('what the workspace settles while a cut waits', () => {
  test('lets who asked approve it as soon as that is allowed, as the refusal said', async () => {
    const { ada, lee, team, world, approve, ...it } = await waitingForAll(() => nobody);
    expect(await approve(ada)).toMatchObject({ state: 'refused', code: 'vote-own' });
    await eventually(() =>
      world.posts().some(({ text }) => /unless whoever manages this workspace lets people decide/.test(text)),
    );
    const who = { name: 'Lee', groups: [], manager: true };
    const change = { selfApproval: true, approvers: { people: [ada.id], groups: [] } };
    const wish = { id: 'settled', workspace: team.id, person: lee.id, who, change };
    expect(await it.app.doorsFor('slack').manage(wish)).toBeNull();
    expect(await approve(ada, 2)).toMatchObject({ state: 'counted', role: 'approver' });
  });
});

describe('the reminder', () => {
  test('calls whoever is waited for', async () => {
    const policy = { times: { ...scaledTimes, remind: 500 } };
    const { lee, ada, world } = await waitingForAll(({ lee }) => ({ people: [lee.id], groups: [] }), {
      policy,
    });
    const reminder = await eventually(() =>
      world.posts().find(({ text }) => /^This cut still waits/.test(text)),
    );
    expect(reminder.text).toContain(`Waiting for: <@${lee.id}>`);
    expect(JSON.stringify(reminder.blocks)).toContain(`<@${lee.id}>`);
    expect(reminder.text).not.toContain(ada.id);
  });
});
