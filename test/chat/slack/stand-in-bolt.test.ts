import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import { type StandIn, type StandInOptions, slackStandIn } from '../../support/slack/slack.ts';

const quick = { ack: 3000, retries: [0, 20, 40] };
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function stage(way: 'http' | 'socket', options: StandInOptions = {}) {
  const slack = await slackStandIn({ times: quick, ...options });
  closing.push(() => slack.close());
  const acme = slack.workspace('Acme');
  const ada = acme.person('ada');
  const launch = acme.channel('launch', [ada]);
  const app = await (way === 'http' ? overHttp : overSocket)(slack, acme.token);
  return { slack, acme, ada, launch, app };
}

const appOf = (slack: StandIn, token: string, receiver: HTTPReceiver | SocketModeReceiver) =>
  new App({
    token,
    receiver,
    logLevel: LogLevel.ERROR,
    processBeforeResponse: true,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
  });

async function overHttp(slack: StandIn, token: string) {
  const { signingSecret } = slack.app;
  const receiver = new HTTPReceiver({ signingSecret, logLevel: LogLevel.ERROR, processBeforeResponse: true });
  const app = appOf(slack, token, receiver);
  const server = createServer((request, response) => receiver.requestListener(request, response));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  slack.deliveries.to(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return app;
}

async function overSocket(slack: StandIn, token: string) {
  const receiver = new SocketModeReceiver({
    appToken: slack.app.appToken,
    clientPingTimeout: 600,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } } },
  });
  const app = appOf(slack, token, receiver);
  await receiver.start();
  closing.push(() => receiver.stop());
  return app;
}

const form = {
  type: 'modal' as const,
  callback_id: 'brief',
  title: { type: 'plain_text' as const, text: 'Brief' },
  submit: { type: 'plain_text' as const, text: 'Go' },
  blocks: [
    {
      type: 'input' as const,
      block_id: 'words',
      label: { type: 'plain_text' as const, text: 'Brief' },
      element: { type: 'plain_text_input' as const, action_id: 'text', max_length: 20 },
    },
    {
      type: 'input' as const,
      block_id: 'model',
      optional: true,
      label: { type: 'plain_text' as const, text: 'Model' },
      element: { type: 'external_select' as const, action_id: 'models', min_query_length: 0 },
    },
  ],
};
const option = { text: { type: 'plain_text' as const, text: 'Veo' }, value: 'veo' };

describe.each(['http', 'socket'] as const)('over %s', (way) => {
  it('a command opens a form, whose choices are suggested and whose faults are told', async () => {
    const { slack, ada, launch, app } = await stage(way);
    app.command('/video', async ({ ack, client, body }) => {
      await client.views.open({ trigger_id: body.trigger_id, view: form });
      await ack('one moment');
    });
    app.options('models', ({ ack }) => ack({ options: [option] }));
    const sent: unknown[] = [];
    app.view('brief', async ({ ack, view }) => {
      sent.push(view.state.values);
      const words = view.state.values['words']?.['text']?.value;
      await (words === 'no'
        ? ack({ response_action: 'errors', errors: { words: 'Say more' } })
        : ack({ response_action: 'clear' }));
    });
    expect((await ada.types(launch, '/video')).acked).toBe(true);
    expect(ada.ephemerals(launch)).toMatchObject([{ text: 'one moment' }]);
    const [found] = await ada.searches(ada.view(), 'Model', 've');
    await expect(ada.submits(ada.view(), {})).rejects.toThrow('complete this required field');
    await expect(ada.submits(ada.view(), { Brief: 'x'.repeat(21) })).rejects.toThrow('too long');
    await ada.submits(ada.view(), { Brief: 'no' });
    expect(ada.view().errors).toEqual({ words: 'Say more' });
    await ada.submits(ada.view(), { Brief: 'a teapot', models: found });
    expect(ada.views()).toEqual([]);
    expect(sent.at(-1)).toMatchObject({ model: { models: { selected_option: option } } });
    expect(slack.mistakes()).toEqual([]);
  });

  it('what is said, reacted, pressed and edited arrives as events', async () => {
    const { slack, acme, ada, launch, app } = await stage(way);
    const heard: string[] = [];
    app.message(async ({ message }) => void heard.push(`message ${message.subtype ?? ''}`.trim()));
    app.event('app_mention', async () => void heard.push('app_mention'));
    app.event('reaction_added', async ({ event }) => void heard.push(event.reaction));
    app.action('approve', async ({ ack, respond }) => {
      await ack();
      await respond({ text: 'done', response_type: 'ephemeral', replace_original: false });
    });
    const said = await ada.says(launch, `${acme.bot} a teapot`);
    await ada.says(launch, '', { thread: said.ts, files: [{ name: 'logo.png', bytes: Buffer.from('x') }] });
    await ada.edits(said, 'two teapots');
    const button = {
      type: 'button' as const,
      action_id: 'approve',
      text: { type: 'plain_text' as const, text: 'Yes' },
    };
    await app.client.chat.postMessage({
      token: acme.token,
      channel: launch.id,
      text: 'well?',
      blocks: [{ type: 'actions', elements: [button] }],
    });
    const [card] = slack.posts();
    if (!card) throw new Error('nothing was posted');
    await ada.reacts(card, '+1');
    expect((await ada.presses(card, 'Yes')).acked).toBe(true);
    await expect.poll(() => ada.ephemerals(launch)).toMatchObject([{ text: 'done' }]);
    await slack.settled();
    expect(heard.toSorted()).toEqual(
      ['+1', 'app_mention', 'message', 'message file_share', 'message message_changed'].toSorted(),
    );
    // The bot's own message went out as well; the app leaves it aside by itself.
    expect(slack.deliveries.all.filter(({ name }) => name === 'message')).toHaveLength(4);
  });

  it('what is not acknowledged comes again, marked as such', async () => {
    const { ada, launch, app } = await stage(way, { times: { ...quick, ack: 600 } });
    const tries: (number | undefined)[] = [];
    const taken = app.processEvent.bind(app);
    app.processEvent = async (event) => {
      tries.push(event.retryNum);
      if (tries.length < 3) throw new Error('not now');
      await taken(event);
    };
    await ada.says(launch, 'hello');
    expect(tries).toEqual([way === 'http' ? undefined : 0, 1, 2]);
  });

  it('the same comes twice, and in another order, on request', async () => {
    const { slack, ada, launch, app } = await stage(way);
    const heard: string[] = [];
    app.message(
      async ({ message, body }) => void heard.push(`${'text' in message && message.text} ${body.event_id}`),
    );
    slack.deliveries.twist('message', 'twice');
    await ada.says(launch, 'one');
    await slack.settled();
    expect(heard).toHaveLength(2);
    expect(new Set(heard).size).toBe(1);
    slack.deliveries.twist('message', 'hold', 2);
    const two = ada.says(launch, 'two');
    const three = ada.says(launch, 'three');
    slack.deliveries.release();
    await Promise.all([two, three]);
    expect(heard.slice(2).map((each) => each.split(' ')[0])).toEqual(['three', 'two']);
  });
});

describe('a trigger', () => {
  it.each([
    [
      'is good for three seconds',
      { times: { ...quick, trigger: -1 } },
      ['expired_trigger_id', 'expired_trigger_id'],
    ],
    ['is good for one form', {}, [null, 'exchanged_trigger_id']],
  ])('%s', async (_, options, expected) => {
    const { ada, launch, app } = await stage('http', options);
    const errors: unknown[] = [];
    app.command('/video', async ({ ack, client, body: { trigger_id } }) => {
      for (let i = 0; i < 2; i += 1)
        errors.push(
          await client.views.open({ trigger_id, view: form }).then(
            () => null,
            (error: { data: { error: string } }) => error.data.error,
          ),
        );
      await ack();
    });
    await ada.types(launch, '/video');
    expect(errors).toEqual(expected);
  });
});

it('what takes longer than it may comes again, and says why', async () => {
  const { slack, ada, launch, app } = await stage('http', { times: { ack: 500, retries: [0] } });
  let free = () => {};
  const busy = new Promise<void>((resolve) => {
    free = resolve;
  });
  const reasons: unknown[] = [];
  app.message(async ({ context }) => {
    reasons.push(context.retryReason);
    if (reasons.length === 1) await busy;
  });
  await ada.says(launch, 'hello');
  free();
  expect(reasons).toEqual([undefined, 'http_timeout']);
  expect(slack.deliveries.all[0]?.tries).toMatchObject([{ status: 0 }, { status: 200, retry: 1 }]);
});

it('only what the app subscribed to, may know and is near to is told', async () => {
  const { slack, acme, ada, launch } = await stage('http', {
    events: ['message.channels', 'reaction_added'],
  });
  const away = acme.channel('away', [ada], { bot: false });
  acme.books.install?.scopes.delete('reactions:read');
  await ada.says(away, 'not here');
  await ada.says(ada.direct(), 'not subscribed to');
  const { files } = await ada.says(launch, 'see', {
    files: [{ name: 'logo.png', bytes: Buffer.from('x'), foreign: true }],
  });
  await ada.reacts(slack.world.workspaces[0]?.messages.at(-1) as never, '+1');
  const told = slack.deliveries.all.map(({ payload }) => payload['event']);
  expect(told).toMatchObject([
    { type: 'message', text: 'see', files: [{ id: files?.[0], file_access: 'check_file_info' }] },
  ]);
});

it('a shortcut on a message brings the message', async () => {
  const { ada, launch, app } = await stage('http');
  const brought: unknown[] = [];
  app.shortcut({ type: 'message_action', callback_id: 'use' }, async ({ ack, shortcut }) => {
    await ack();
    brought.push(shortcut.message.text);
  });
  const said = await ada.says(launch, 'a <b> & https://a.test/?a=1&b=2');
  await ada.shortcut('use', said);
  expect(brought).toEqual(['a &lt;b&gt; &amp; <https://a.test/?a=1&amp;b=2>']);
});

it('a wrong signature is refused by the app', async () => {
  const { slack, ada, launch } = await stage('http', { app: { signingSecret: 'right' } });
  slack.deliveries.sign('wrong');
  await ada.says(launch, 'hello');
  expect(slack.deliveries.all.at(-1)?.tries.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
});

it('a socket that Slack closes is opened anew, and nothing gets lost', async () => {
  const { slack, ada, launch, app } = await stage('socket', { times: { ack: 3000, retries: [0, 1500] } });
  const heard: unknown[] = [];
  app.message(async ({ message }) => void heard.push(message.ts));
  slack.sockets.disconnect('refresh_requested');
  await expect.poll(() => slack.sockets.connections).toBe(0);
  const said = await ada.says(launch, 'are you there?');
  expect(heard).toEqual([said.ts]);
  expect(slack.log.filter(({ name }) => name === 'apps.connections.open')).toHaveLength(2);
});
