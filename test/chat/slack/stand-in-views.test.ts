import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person, Team } from '../../support/slack/people.ts';
import { type StandIn, slackStandIn } from '../../support/slack/slack.ts';
import type { Channel } from '../../support/slack/world.ts';

let slack: StandIn;
let acme: Team;
let ada: Person;
let launch: Channel;
let web: WebClient;

beforeEach(async () => {
  slack = await slackStandIn();
  acme = slack.workspace('Acme');
  ada = acme.person('ada');
  launch = acme.channel('launch', [ada]);
  web = new WebClient(acme.token, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
});
afterEach(() => slack.close());

const modal = (text: string) => ({
  type: 'modal' as const,
  title: { type: 'plain_text' as const, text },
  blocks: [{ type: 'divider' as const }],
});
const errorOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: { data?: { error?: string } }) => error.data?.error,
  );
/** A press in a view hands the app a trigger, which is all a push needs. */
async function triggerFrom(seen: Parameters<Person['presses']>[0]) {
  const { payload } = await ada.presses(seen, 'go');
  return String(payload['trigger_id']);
}
const pressable = (text: string) => ({
  ...modal(text),
  blocks: [
    {
      type: 'actions' as const,
      elements: [
        { type: 'button' as const, action_id: 'go', text: { type: 'plain_text' as const, text: 'Go' } },
      ],
    },
  ],
});

describe('views', () => {
  it('are stacked three high, and updated only under the hash they were seen with', async () => {
    let top = ada.opens(pressable('one'));
    for (const title of ['two', 'three']) {
      await web.views.push({ trigger_id: await triggerFrom(top), view: pressable(title) });
      top = ada.view();
    }
    expect(ada.views()).toHaveLength(3);
    const fourth = web.views.push({ trigger_id: await triggerFrom(top), view: modal('four') });
    expect(await errorOf(fourth)).toBe('push_limit_reached');
    const { id: view_id, hash } = top;
    await web.views.update({ view_id, hash, view: modal('three, changed') });
    expect(await errorOf(web.views.update({ view_id, hash, view: modal('late') }))).toBe('hash_conflict');
    await ada.closes(top);
    expect(await errorOf(web.views.update({ view_id, view: modal('gone') }))).toBe('not_found');
    expect(await errorOf(web.views.open({ trigger_id: '1.2', view: modal('x') }))).toBe('invalid_trigger_id');
  });

  it('are checked like blocks', async () => {
    const view = { ...modal('x'.repeat(25)) };
    expect(await errorOf(web.views.open({ trigger_id: '1.2', view }))).toBe('invalid_arguments');
    const large = { ...modal('x'), blocks: Array(90).fill(section('x'.repeat(3000))) };
    expect(await errorOf(web.views.open({ trigger_id: '1.2', view: large }))).toBe('view_too_large');
  });

  it('stand on the Home tab, one for each person', async () => {
    for (const text of ['first', 'second'])
      await web.views.publish({ user_id: ada.id, view: { type: 'home', blocks: [section(text)] } });
    expect(ada.home()?.given['blocks']).toEqual([section('second')]);
    expect(ada.views()).toEqual([]);
    expect(await errorOf(web.views.publish({ user_id: ada.id, view: modal('x') as never }))).toBe(
      'invalid_arguments',
    );
  });
});

describe('a response URL', () => {
  const post = async (url: unknown, body: object) =>
    (await fetch(String(url), { method: 'POST', body: JSON.stringify(body), headers: jsonHeaders })).status;
  const jsonHeaders = { 'content-type': 'application/json' };

  it('answers where the bot is no member, five times', async () => {
    const elsewhere = acme.channel('elsewhere', [ada], { bot: false });
    const { payload } = await ada.types(elsewhere, '/video a teapot');
    const statuses = [];
    for (let i = 0; i < 6; i += 1) statuses.push(await post(payload['response_url'], { text: `${i}` }));
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
    expect(ada.ephemerals(elsewhere)).toHaveLength(5);
    expect(acme.visible(elsewhere)).toEqual([]);
  });

  it('replaces and deletes the message it came from', async () => {
    await web.chat.postMessage({ channel: launch.id, text: 'well?', blocks: pressable('x').blocks });
    const [message] = slack.posts();
    if (!message) throw new Error('nothing was posted');
    const { payload } = await ada.presses(message, 'Go');
    await post(payload['response_url'], { replace_original: true, text: 'decided' });
    expect(acme.visible(launch)).toMatchObject([{ text: 'decided', before: [{ text: 'well?' }] }]);
    await expect(ada.presses(message, 'Go')).rejects.toThrow('there is no "Go"');
    await post(payload['response_url'], { delete_original: true });
    expect(acme.visible(launch)).toEqual([]);
  });
});

function section(text: string) {
  return { type: 'section' as const, text: { type: 'mrkdwn' as const, text } };
}
