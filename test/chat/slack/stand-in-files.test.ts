import { createHash } from 'node:crypto';
import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { handClock } from '../../support/clock.ts';
import type { Person, Team } from '../../support/slack/people.ts';
import { type StandIn, slackStandIn } from '../../support/slack/slack.ts';
import type { Channel } from '../../support/slack/world.ts';

const clock = handClock();
let slack: StandIn;
let acme: Team;
let ada: Person;
let launch: Channel;
let web: WebClient;

const bytes = Buffer.from('a film');

beforeEach(async () => {
  slack = await slackStandIn({ clock: clock.now, times: { shares: 5000 } });
  acme = slack.workspace('Acme');
  ada = acme.person('ada');
  launch = acme.channel('launch', [ada]);
  web = new WebClient(acme.token, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
});
afterEach(() => slack.close());

async function asked(length = bytes.length) {
  const { upload_url, file_id } = await web.files.getUploadURLExternal({ filename: 'take.mp4', length });
  return { url: upload_url as string, id: file_id as string };
}
const completed = (id: string, more = {}) =>
  web.apiCall('files.completeUploadExternal', {
    files: [{ id, title: 'Take 1' }],
    channel_id: launch.id,
    ...more,
  });

it('three steps bring a file into a thread; where it went is told late', async () => {
  const root = await web.chat.postMessage({ channel: launch.id, text: 'brief' });
  const { url, id } = await asked();
  expect((await fetch(url, { method: 'POST', body: bytes })).status).toBe(200);
  const answer = await completed(id, { thread_ts: root.ts, initial_comment: 'here' });
  expect(JSON.stringify(answer)).not.toContain('"ts"');
  expect((await web.files.info({ file: id })).file).toMatchObject({ mimetype: '', shares: {} });
  clock.forward(5000);
  const [message] = acme.visible(launch, root.ts as string).slice(1);
  expect((await web.files.info({ file: id })).file).toMatchObject({
    mimetype: 'video/mp4',
    shares: { public: { [launch.id]: [{ ts: message?.ts, thread_ts: root.ts }] } },
  });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(slack.uploads()).toMatchObject([{ title: 'Take 1', sha256 }]);
});

it('another number of bytes, no bytes, and a second completion are refused', async () => {
  const short = await asked(99);
  expect((await fetch(short.url, { method: 'POST', body: bytes })).status).toBe(400);
  await expect(completed(short.id)).rejects.toMatchObject({ data: { error: 'file_update_failed' } });
  const { url, id } = await asked();
  await fetch(url, { method: 'POST', body: bytes });
  await completed(id);
  await expect(completed(id)).rejects.toMatchObject({ data: { error: 'file_not_found' } });
  expect(slack.uploads()).toHaveLength(1);
});

it('the helper of the SDK gets through', async () => {
  await web.filesUploadV2({ channel_id: launch.id, file: bytes, filename: 'take.mp4' });
  expect(acme.visible(launch)).toMatchObject([{ subtype: 'file_share', by: 'files.completeUploadExternal' }]);
});

it('a private file wants the right token, else it is the page to sign in', async () => {
  const file = ada.bring({ name: 'logo.png', bytes });
  await ada.says(launch, '', { files: [{ name: 'logo.png', bytes }] });
  const url = (await web.files.info({ file: file.id })).file?.url_private as string;
  const get = (token: string) => fetch(url, { headers: { authorization: `Bearer ${token}` } });
  expect(Buffer.from(await (await get(acme.token)).arrayBuffer())).toEqual(bytes);
  const stranger = await get(slack.workspace('Globex').token);
  expect([stranger.status, stranger.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  acme.books.install?.scopes.delete('files:read');
  expect(await (await get(acme.token)).text()).toContain('Sign in');
});
