import { ErrorCode, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person, Team } from '../../support/slack/people.ts';
import { type StandIn, slackStandIn } from '../../support/slack/slack.ts';
import type { Channel } from '../../support/slack/world.ts';

let slack: StandIn;
let acme: Team;
let ada: Person;
let launch: Channel;
let web: WebClient;

const clientFor = (token: string) =>
  new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
const errorOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: { data?: { error?: string }; code?: string }) => error.data?.error ?? error.code,
  );
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

beforeEach(async () => {
  slack = await slackStandIn();
  acme = slack.workspace('Acme');
  ada = acme.person('ada');
  launch = acme.channel('launch', [ada]);
  web = clientFor(acme.token);
});
afterEach(() => slack.close());

describe('messages', () => {
  it('are posted, replied to, found again with their metadata, edited and deleted', async () => {
    const metadata = { event_type: 'card', event_payload: { key: 'k1' } };
    const root = await web.chat.postMessage({ channel: launch.id, text: 'brief', metadata });
    const thread_ts = root.ts as string;
    const reply = await web.chat.postMessage({
      channel: launch.id,
      thread_ts,
      text: 'hi',
      blocks: [section('hi')],
    });
    const found = await web.conversations.replies({
      channel: launch.id,
      ts: thread_ts,
      include_all_metadata: true,
    });
    expect(found.messages?.map(({ ts }) => ts)).toEqual([thread_ts, reply.ts]);
    expect(found.messages?.[0]).toMatchObject({ metadata, thread_ts, reply_count: 1 });
    await web.chat.update({ channel: launch.id, ts: reply.ts as string, text: 'plain' });
    expect(acme.visible(launch, thread_ts)[1]).toMatchObject({ text: 'plain', edited: {} });
    expect(acme.visible(launch, thread_ts)[1]?.blocks).toBeUndefined();
    await web.chat.delete({ channel: launch.id, ts: reply.ts as string });
    expect(acme.visible(launch, thread_ts)).toHaveLength(1);
    expect(slack.mistakes()).toEqual([]);
  });

  it.each([
    ['no words', {}, 'no_text'],
    ['bad blocks', { text: 'x', blocks: [section('')] }, 'invalid_blocks'],
    ['too many blocks', { text: 'x', blocks: Array(51).fill({ type: 'divider' }) }, 'invalid_blocks'],
    ['a thread that is not', { text: 'x', thread_ts: '1.000001' }, 'thread_not_found'],
    [
      'heavy metadata',
      { text: 'x', metadata: { event_type: 'a', event_payload: { a: 'x'.repeat(17_000) } } },
      'metadata_too_large',
    ],
    ['an argument nobody knows', { text: 'x', thread: '1' }, 'invalid_arguments'],
    ['two ways to say it', { text: 'x', markdown_text: 'y' }, 'markdown_text_conflict'],
    ['another channel', { text: 'x', channel: 'C0' }, 'channel_not_found'],
    ['an unprocessed file', { text: 'x', blocks: [pictureOf('F0')] }, 'invalid_blocks'],
  ])('are refused with %s', async (_, more, error) => {
    const asked = { channel: launch.id, ...more } as never;
    expect(await errorOf(web.chat.postMessage(asked))).toBe(error);
    expect(slack.posts()).toEqual([]);
  });

  it('say where blocks are wrong', async () => {
    const call = web.chat.postMessage({
      channel: launch.id,
      text: 'x',
      blocks: [{ type: 'section' } as never],
    });
    await expect(call).rejects.toMatchObject({
      data: { response_metadata: { messages: [expect.stringContaining('/blocks/0')] } },
    });
  });

  it('need the bot in the channel, and a private one is not even there', async () => {
    const open = acme.channel('open', [ada], { bot: false });
    const closed = acme.channel('closed', [ada], { bot: false, kind: 'group' });
    expect(await errorOf(web.chat.postMessage({ channel: open.id, text: 'x' }))).toBe('not_in_channel');
    expect(await errorOf(web.chat.postMessage({ channel: closed.id, text: 'x' }))).toBe('channel_not_found');
  });

  it('cannot be changed by others, nor grow beyond 4,000 characters', async () => {
    const hers = await ada.says(launch, 'mine');
    const where = { channel: launch.id, ts: hers.ts };
    expect(await errorOf(web.chat.update({ ...where, text: 'yours' }))).toBe('cant_update_message');
    const own = await web.chat.postMessage({ channel: launch.id, text: 'x' });
    const long = { channel: launch.id, ts: own.ts as string, text: 'x'.repeat(4001) };
    expect(await errorOf(web.chat.update(long))).toBe('msg_too_long');
  });

  it('wait their turn: a burst in one channel is limited, another channel is not', async () => {
    const other = acme.channel('other', [ada]);
    const errors = [];
    for (let i = 0; i < 11; i += 1)
      errors.push(await errorOf(web.chat.postMessage({ channel: launch.id, text: 'x' })));
    expect(errors.filter(Boolean)).toEqual([ErrorCode.RateLimitedError]);
    expect(await errorOf(web.chat.postMessage({ channel: other.id, text: 'x' }))).toBeNull();
  });
});

describe('whoever calls', () => {
  it('is known by token, each workspace apart', async () => {
    const globex = slack.workspace('Globex');
    const theirs = clientFor(globex.token);
    expect(await theirs.auth.test()).toMatchObject({ team_id: globex.id });
    expect(await errorOf(theirs.chat.postMessage({ channel: launch.id, text: 'x' }))).toBe(
      'channel_not_found',
    );
    expect(await errorOf(clientFor('xoxb-no').auth.test())).toBe('invalid_auth');
    expect(slack.log.map(({ workspace }) => workspace)).toEqual([globex.id, globex.id, null]);
  });

  it('needs the scope', async () => {
    const poor = slack.workspace('Poor', { scopes: ['chat:write'] });
    const call = clientFor(poor.token).users.info({ user: ada.id });
    await expect(call).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'users:read', provided: 'chat:write' },
    });
  });

  it('is written down when the method does not exist', async () => {
    expect(await errorOf(web.apiCall('chat.shout', { text: 'x' }))).toBe('unknown_method');
    expect(slack.mistakes()).toMatchObject([{ name: 'chat.shout', error: 'unknown_method' }]);
  });
});

describe('threads and channels', () => {
  it('are read in pages, and from a moment on', async () => {
    const root = await ada.says(launch, 'root');
    const replies = [];
    for (const text of ['one', 'two', 'three'])
      replies.push(await ada.says(launch, text, { thread: root.ts }));
    const asked = { channel: launch.id, ts: root.ts, limit: 3 };
    const first = await web.conversations.replies(asked);
    expect(first.has_more).toBe(true);
    const rest = await web.conversations.replies({
      ...asked,
      cursor: first.response_metadata?.next_cursor as string,
    });
    expect(rest.messages?.map(({ text }) => text)).toEqual(['three']);
    const later = await web.conversations.replies({ ...asked, oldest: replies[1]?.ts as string });
    expect(later.messages?.map(({ text }) => text)).toEqual(['root', 'three']);
    const history = await web.conversations.history({ channel: launch.id });
    expect(history.messages?.map(({ text }) => text)).toEqual(['root']);
  });

  it('keep their metadata to themselves unless asked for it', async () => {
    const metadata = { event_type: 'card', event_payload: { key: 'k1' } };
    const { ts } = await web.chat.postMessage({ channel: launch.id, text: 'x', metadata });
    const [told] = (await web.conversations.replies({ channel: launch.id, ts: ts as string })).messages ?? [];
    expect(told?.metadata).toBeUndefined();
  });

  it('are read once a minute and in fifteens by apps that are sold elsewhere', async () => {
    const other = await slackStandIn({ app: { soldOutsideMarketplace: true } });
    const team = other.workspace('Acme');
    const bob = team.person('bob');
    const place = team.channel('launch', [bob]);
    for (let i = 0; i < 20; i += 1) await bob.says(place, `${i}`);
    const sold = new WebClient(team.token, { slackApiUrl: other.apiUrl, rejectRateLimitedCalls: true });
    const page = await sold.conversations.history({ channel: place.id, limit: 100 });
    expect(page.messages).toHaveLength(15);
    expect(await errorOf(sold.conversations.history({ channel: place.id }))).toBe(ErrorCode.RateLimitedError);
    await other.close();
  });

  it('are joined when open, and reacted in once', async () => {
    const open = acme.channel('open', [ada], { bot: false });
    acme.books.install?.scopes.add('channels:join');
    await web.conversations.join({ channel: open.id });
    const { ts: timestamp } = await ada.says(open, 'hi');
    const at = { channel: open.id, timestamp };
    const reaction = { ...at, name: 'x' };
    await web.reactions.add(reaction);
    expect(await errorOf(web.reactions.add(reaction))).toBe('already_reacted');
    expect((await web.reactions.get(at)).message?.reactions).toMatchObject([{ name: 'x', count: 1 }]);
    expect(await errorOf(web.reactions.add({ ...reaction, name: 'No!' }))).toBe('invalid_name');
  });
});

describe('people and groups', () => {
  it('are looked up', async () => {
    const boss = acme.person('boss', { isAdmin: true, locale: 'de-DE' });
    const leads = acme.group('leads', [boss]);
    expect((await web.users.info({ user: boss.id, include_locale: true })).user).toMatchObject({
      is_admin: true,
      locale: 'de-DE',
    });
    expect((await web.usergroups.users.list({ usergroup: leads.id })).users).toEqual([boss.id]);
    expect((await web.conversations.members({ channel: launch.id })).members).toContain(ada.id);
    expect((await web.conversations.open({ users: ada.id })).channel?.id).toBe(ada.direct().id);
  });
});

describe('on request', () => {
  it('a post is done and its answer lost', async () => {
    slack.faults.next('chat.postMessage', { kind: 'drop' });
    expect(await errorOf(web.chat.postMessage({ channel: launch.id, text: 'x' }))).toBe(
      ErrorCode.RequestError,
    );
    expect(slack.posts()).toHaveLength(1);
    expect(slack.log.at(-1)).toMatchObject({ name: 'chat.postMessage', status: 0 });
  });

  it.each([
    ['429', { kind: 'status', status: 429, retryAfter: 7 }, ErrorCode.RateLimitedError],
    ['500', { kind: 'status', status: 500 }, ErrorCode.HTTPError],
    ['internal_error', { kind: 'error', error: 'internal_error' }, 'internal_error'],
    ['reset', { kind: 'reset' }, ErrorCode.RequestError],
  ] as const)('%s, with nothing done', async (_, fault, error) => {
    slack.faults.next('chat.postMessage', fault);
    expect(await errorOf(web.chat.postMessage({ channel: launch.id, text: 'x' }))).toBe(error);
    expect(slack.posts()).toEqual([]);
  });
});

function pictureOf(id: string) {
  return { type: 'image', slack_file: { id }, alt_text: 'a picture' };
}
