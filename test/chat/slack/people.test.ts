import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { nobody } from '../../../src/campaign/policy.ts';
import { Never, TryLater } from '../../../src/errors.ts';
import { png } from '../../support/logo.ts';
import { acme } from './stage.ts';

const calls = ({ world }: Awaited<ReturnType<typeof acme>>, method: string) =>
  world.log.filter(({ name }) => name === method).length;

describe('who somebody is', () => {
  test('is asked of Slack once for five minutes, with their groups, locale and zone', async () => {
    const it = await acme();
    const legal = it.team.group('legal', [it.ada]);
    const place = `slack:${it.team.id}/${it.launch.id}/100.000001`;
    const { slack } = it.app.chats;
    const [ada] = await Promise.all([slack.who(it.ada.id, place), slack.who(it.ada.id, place)]);
    expect(ada).toEqual({
      ...{ name: 'ada', manager: false, locale: 'en-US', zone: 'Europe/Berlin' },
      groups: [legal.id, 'legal'],
    });
    expect(await slack.who(it.lee.id, place)).toMatchObject({ manager: true, groups: [] });
    expect([calls(it, 'users.info'), calls(it, 'usergroups.list')]).toEqual([2, 1]);
  });

  test.each<[string, { team: string | null; organisation?: string[] }, boolean]>([
    ['another company’s workspace', { team: 'TOTHER' }, false],
    ['nowhere that Slack tells of', { team: null }, false],
    ['an organisation with this workspace', { team: 'E1', organisation: ['TOTHER', 'ours'] }, true],
    ['an organisation without it', { team: 'E1', organisation: ['TOTHER'] }, false],
  ])('an administrator of %s', async (_, { team, organisation = [] }, manager) => {
    const it = await acme();
    const teams = organisation.map((one) => (one === 'ours' ? it.team.id : one));
    const home = { team, ...(organisation.length > 0 && { organisation: teams }) };
    const eve = it.team.person('eve', { isAdmin: true, isOwner: true, home });
    const who = await it.app.chats.slack.who(eve.id, `slack:${it.team.id}/${it.launch.id}`, nobody);
    expect(who).toMatchObject({ name: 'eve', manager });
  });

  test('who has left has no groups and manages nothing', async () => {
    const it = await acme();
    it.lee.user.deleted = true;
    const who = await it.app.chats.slack.who(it.lee.id, `slack:${it.team.id}/${it.launch.id}`);
    expect(who).toMatchObject({ groups: [], manager: false });
  });

  test('without the scope for groups there are none; while Slack is in trouble nobody is anything', async () => {
    const scopes = ['chat:write', 'users:read', 'commands', 'channels:history'];
    const it = await acme({ standIn: { scopes } });
    it.team.group('legal', [it.ada]);
    const place = `slack:${it.team.id}/${it.launch.id}`;
    it.world.faults.next('users.info', { kind: 'error', error: 'internal_error' });
    await expect(it.app.chats.slack.who(it.ada.id, place)).rejects.toThrow(TryLater);
    expect(await it.app.chats.slack.who(it.ada.id, place)).toMatchObject({ groups: [] });
  });

  test('is no matter of user groups where none is named', async () => {
    const it = await acme();
    const place = `slack:${it.team.id}/${it.launch.id}`;
    it.world.faults.next('usergroups.list', { kind: 'status', status: 500 }, { times: 9 });
    expect(await it.app.chats.slack.who(it.lee.id, place, nobody)).toMatchObject({ manager: true });
    expect(calls(it, 'usergroups.list')).toBe(0);
    await expect(it.app.chats.slack.who(it.lee.id, place, { people: [], groups: ['S1'] })).rejects.toThrow(
      TryLater,
    );
  });

  test('in a channel that is named is asked of Slack, and nobody is in one that may not be read', async () => {
    const it = await acme();
    const secret = it.team.channel('secret', [it.lee], { kind: 'group' });
    const far = it.team.channel('far', [it.lee], { kind: 'group', bot: false });
    const place = `slack:${it.team.id}/${it.launch.id}`;
    const named = { people: [], groups: [it.launch.id, secret.id, far.id] };
    const groups = async (person: string) => (await it.app.chats.slack.who(person, place, named)).groups;
    expect(await groups(it.ada.id)).toEqual([it.launch.id]);
    expect(await groups(it.lee.id)).toEqual([it.launch.id, secret.id]);
    // What may not be read is asked again: perhaps it may be by now.
    expect(calls(it, 'conversations.members')).toBe(4);
    expect(await it.app.chats.slack.who(it.lee.id, place, named)).toMatchObject({ unread: [far.id] });
  });

  test('tells a manager who of those named cannot decide, and nobody else is asked about them', async () => {
    const it = await acme();
    const place = `slack:${it.team.id}/${it.launch.id}`;
    const [app, gone] = [it.team.person('app', { isBot: true }), it.team.person('gone', { deleted: true })];
    const unable = [app.id, gone.id, 'USLACKBOT', 'U0NOBODY', 'kim'];
    const named = { people: [...unable, it.ada.id], groups: [] };
    const { slack } = it.app.chats;
    expect(await slack.who(it.ada.id, place, named)).not.toHaveProperty('unable');
    expect(calls(it, 'users.info')).toBe(1);
    expect(await slack.who(it.lee.id, place, named)).toMatchObject({ manager: true, unable });
    expect(await slack.who(it.lee.id, place, named)).toMatchObject({ unable });
    // Ada is known already, and so are those two by then; nobody by that name is looked for again.
    expect(calls(it, 'users.info')).toBe(1 + 4 + 1);
    // Among several videos one may be theirs, and another wait for somebody who cannot decide.
    const both = { people: [it.lee.id, app.id], groups: [] };
    expect(await slack.who(it.lee.id, place, both)).toMatchObject({ unable: [app.id] });
    const stranger = { people: [it.team.person('stranger').id], groups: [] };
    it.world.faults.next('users.info', { kind: 'error', error: 'user_not_visible' });
    expect(await slack.who(it.lee.id, place, stranger)).toMatchObject({ unable: stranger.people });
    it.world.faults.next('users.info', { kind: 'status', status: 500 }, { times: 9 });
    const other = { people: [it.team.person('new').id], groups: [] };
    await expect(slack.who(it.lee.id, place, other)).rejects.toThrow(TryLater);
  });

  test('has no say in the stead of a group while Slack does not tell who is in it', async () => {
    const it = await acme({ policy: { approvers: { people: [], groups: ['legal'] } } });
    it.team.group('legal', [it.lee]);
    const place = `slack:${it.team.id}/${it.launch.id}`;
    it.world.faults.next('usergroups.list', { kind: 'error', error: 'missing_scope' });
    expect(await it.app.chats.slack.who(it.lee.id, place, { people: [], groups: ['legal'] })).toMatchObject({
      groups: [],
    });
  });
});

describe('a private file', () => {
  const attached = async (it: Awaited<ReturnType<typeof acme>>) =>
    `${it.team.id}/${it.ada.bring({ name: 'logo.png', bytes: png }).id}`;

  test('comes with the token of its workspace, as it was brought', async () => {
    const it = await acme();
    const stream = await it.app.chats.slack.fetch(await attached(it));
    expect(await buffer(stream)).toEqual(png);
  });

  test('in whose place a login page comes is refused with what to do', async () => {
    const it = await acme();
    it.world.faults.next('download', { kind: 'body', text: '<!doctype html><title>Slack</title>' });
    const fetched = it.app.chats.slack.fetch(await attached(it));
    await expect(fetched).rejects.toMatchObject({ code: 'reference-no-scope' });
  });

  test('without files:read is refused likewise; one that is gone is missing', async () => {
    const it = await acme({ standIn: { scopes: ['chat:write', 'commands'] } });
    await expect(it.app.chats.slack.fetch(await attached(it))).rejects.toMatchObject({
      code: 'reference-no-scope',
    });
    const other = await acme();
    await expect(other.app.chats.slack.fetch(`${other.team.id}/F0NONE`)).rejects.toMatchObject({
      code: 'reference-gone',
    });
  });

  test('that leads to a stranger is not followed, and the token stays at home', async () => {
    const it = await acme();
    const heard: unknown[] = [];
    const stranger = createServer(({ headers }, response) => {
      heard.push(headers.authorization);
      response.end('bytes');
    });
    await new Promise<void>((ready) => stranger.listen(0, '127.0.0.1', ready));
    const { port } = stranger.address() as AddressInfo;
    it.world.faults.next('download', { kind: 'redirect', to: `http://127.0.0.1:${port}/logo.png` });
    const fetched = it.app.chats.slack.fetch(await attached(it));
    await expect(fetched).rejects.toMatchObject({ code: 'reference-gone' });
    expect(heard).toEqual([]);
    stranger.close();
  });

  test('is tried again after trouble; what is no file of Slack is none', async () => {
    const it = await acme();
    it.world.faults.next('download', { kind: 'status', status: 500 });
    await expect(it.app.chats.slack.fetch(await attached(it))).rejects.toThrow(TryLater);
    await expect(it.app.chats.slack.fetch('T1/../F1')).rejects.toThrow(Never);
  });
});
