import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { slackSettings } from '../../../src/wiring/slack.ts';
import { acme, appIn, bookLog, eventually, standIn, type Way } from './stage.ts';

describe('npm start says of Slack', () => {
  test('that it is connected by Socket Mode, and to whom', async () => {
    const { app } = await acme({ way: 'socket' });
    expect(await app.chats.slack.status()).toEqual({
      connected: true,
      lines: ['Slack is connected to Acme by Socket Mode.'],
    });
  });

  test('by HTTP where Slack has to send to, and that it is connected once it did', async () => {
    const { app, ada, launch } = await acme({ slack: { publicUrl: 'https://dailies.example.com' } });
    const { lines } = await app.chats.slack.status();
    expect(lines).toEqual([
      'Dailies can write in Acme; Slack has sent nothing yet.',
      expect.stringMatching(
        /send to https:\/\/dailies\.example\.com\/slack\/events.*manifest.*Retry.*“Event Subscriptions”/,
      ),
    ]);
    await ada.types(launch, '/video-help');
    expect((await app.chats.slack.status()).lines).toEqual([
      expect.stringMatching(
        /^Slack is connected to Acme by HTTP: commands arrive\. No event has come yet.*Retry/,
      ),
    ]);
    await ada.says(launch, 'lunch?');
    expect(await app.chats.slack.status()).toEqual({
      connected: true,
      lines: ['Slack is connected to Acme by HTTP.'],
    });
  });

  test('by HTTP that events arrive, where nothing else came', async () => {
    const { app, ada, launch } = await acme();
    await ada.says(launch, 'lunch?');
    expect((await app.chats.slack.status()).lines).toEqual([
      expect.stringMatching(/^Slack is connected to Acme by HTTP: events arrive\. No command/),
    ]);
  });

  test.each([
    ['http://localhost:3000'],
    ['http://x.example'],
    ['https://localhost:3000'],
    ['https://192.168.1.7'],
    ['https://[::1]:3000'],
    ['https://printer.local'],
  ])('by HTTP that Slack cannot send to %s, and what can be done', async (publicUrl) => {
    const { app, ada, launch } = await acme({ slack: { publicUrl } });
    const [, reach, ...more] = (await app.chats.slack.status()).lines;
    expect(reach).toMatch(/cannot send to https?:.*\/slack\/events: .*tunnel.*SLACK_APP_TOKEN/);
    expect(more).toEqual([]);
    await ada.says(launch, 'lunch?');
    expect((await app.chats.slack.status()).lines.join()).not.toMatch(/cannot send/);
  });

  test('nothing of addresses by Socket Mode, which needs none', async () => {
    const { app } = await acme({ way: 'socket', slack: { publicUrl: 'http://localhost:3000' } });
    expect((await app.chats.slack.status()).lines).toHaveLength(1);
  });

  test.each<[Way, string, RegExp | null]>([
    ['http', 'https://dailies.example.com', null],
    ['http', 'http://localhost:3000', /leads nobody back to http:\/\/localhost:3000 .*https/],
    ['socket', 'http://localhost:3000', /leads nobody back/],
    ['socket', 'https://localhost:3000', null],
  ])('by %s, for many workspaces at %s, to activate public distribution', async (way, publicUrl, wrong) => {
    const oauth = { clientId: '1111.2222', clientSecret: 'client-secret', publicUrl };
    const { app } = await acme({ way, slack: { oauth, publicUrl } });
    const { lines } = await app.chats.slack.status();
    const at = lines.findIndex((line) => line.includes(`install Dailies at ${publicUrl}/slack/install`));
    expect(lines[at]).toMatch(/public distribution.*“Manage Distribution”/);
    if (wrong) expect(lines.at(-1)).toMatch(wrong);
    else expect(lines).toHaveLength(at + 1);
  });

  test('by HTTP that the signature does not match, and logs it once; whoever bears none is nobody', async () => {
    const { log, lines } = bookLog();
    const { app, url, world, ada, launch } = await acme({ slack: { log } });
    await fetch(`${url}/slack/events`, { method: 'POST', body: '{}' });
    expect((await app.chats.slack.status()).lines[0]).toMatch(/Slack has sent nothing yet/);
    world.deliveries.sign('another secret');
    for (const typed of ['/video-help', '/video-models']) await ada.types(launch, typed).catch(() => {});
    expect(await app.chats.slack.status()).toEqual({
      connected: false,
      lines: [
        expect.stringMatching(/signature does not match\. Copy the Signing Secret.*SLACK_SIGNING_SECRET/),
      ],
    });
    expect(lines.filter((line) => /Signing Secret/.test(line))).toHaveLength(1);
    world.deliveries.sign(world.app.signingSecret);
    await ada.types(launch, '/video-help');
    expect((await app.chats.slack.status()).connected).toBe(true);
  });

  test('by HTTP that the clock is wrong', async () => {
    const { app, url, world } = await acme();
    const at = `${Math.floor(Date.now() / 1_000) - 20 * 60}`;
    const hash = createHmac('sha256', world.app.signingSecret).update(`v0:${at}:{}`).digest('hex');
    const headers = { 'x-slack-request-timestamp': at, 'x-slack-signature': `v0=${hash}` };
    await fetch(`${url}/slack/events`, { method: 'POST', headers, body: '{}' });
    expect((await app.chats.slack.status()).lines[0]).toMatch(/clock of this machine/);
  });

  test('by HTTP without PUBLIC_URL that it is to be set', async () => {
    const { app } = await acme();
    expect((await app.chats.slack.status()).lines).toEqual([
      'Dailies can write in Acme; Slack has sent nothing yet.',
      expect.stringMatching(/Set PUBLIC_URL/),
    ]);
  });

  test('which scopes are missing, and what to do', async () => {
    const { app } = await acme({ standIn: { scopes: ['chat:write', 'commands'] } });
    const { lines } = await app.chats.slack.status();
    expect(lines.join('\n')).toMatch(/lacks .*files:read.*manifest\.yml.*install it again/);
    expect(lines.join('\n')).toMatch(/works without .*usergroups:read/);
  });

  test('that a token is wrong, and where the right one is; and goes on once it is right', async () => {
    const world = await standIn();
    world.workspace('Acme');
    const { log, lines: logged } = bookLog();
    const { app, stop } = await appIn(world, { token: 'xoxb-wrong', slack: { log } });
    expect(await app.chats.slack.status()).toEqual({
      connected: false,
      lines: [expect.stringMatching(/SLACK_BOT_TOKEN is not accepted\. Copy the Bot User OAuth Token/)],
    });
    await stop();
    expect(logged).toEqual([]);
  });

  test('that an app token is wrong, without failing the start', async () => {
    const world = await standIn();
    const team = world.workspace('Acme');
    const { log, lines } = bookLog();
    const { app, stop } = await appIn(world, {
      way: 'socket',
      token: team.token,
      slack: { appToken: 'xapp-wrong', log },
    });
    expect((await app.chats.slack.status()).lines[0]).toMatch(
      /SLACK_APP_TOKEN is not accepted.*connections:write/,
    );
    const tries = () => world.log.filter(({ name }) => name === 'apps.connections.open').length;
    await eventually(() => tries() > 2);
    await stop();
    expect(lines).toEqual([]);
  });

  test('that both tokens are wrong, each in a sentence', async () => {
    const world = await standIn();
    world.workspace('Acme');
    const { app } = await appIn(world, { way: 'socket', token: 'xoxb-1', slack: { appToken: 'xapp-1' } });
    expect((await app.chats.slack.status()).lines).toEqual([
      expect.stringMatching(/^Slack is not connected: SLACK_BOT_TOKEN is not accepted/),
      expect.stringMatching(/^Slack is not connected: SLACK_APP_TOKEN is not accepted/),
    ]);
  });

  test('that Slack does not answer', async () => {
    const world = await standIn();
    const { app } = await appIn(world, { token: 'xoxb-1', slack: { apiUrl: 'http://127.0.0.1:9/api/' } });
    expect((await app.chats.slack.status()).lines[0]).toMatch(/does not answer.*goes on trying/);
  });
});

describe('settings', () => {
  test.each([
    [{}, null],
    [{ SLACK_BOT_TOKEN: 'x', SLACK_SIGNING_SECRET: 'x' }, /^$/],
    [{ SLACK_BOT_TOKEN: 'x', SLACK_APP_TOKEN: 'x' }, /^$/],
    [{ SLACK_BOT_TOKEN: 'x' }, /^Slack is not connected yet\. .*SLACK_APP_TOKEN.*SLACK_SIGNING_SECRET/],
    [{ SLACK_APP_TOKEN: 'x' }, /SLACK_BOT_TOKEN/],
    [{ SLACK_SIGNING_SECRET: 'x', SLACK_CLIENT_ID: 'x' }, /SLACK_CLIENT_SECRET.*SECRET_KEYS.*PUBLIC_URL/],
  ])('%j', (environment, missing) => {
    const said = slackSettings(readConfig(environment));
    if (missing === null) expect(said).toBeNull();
    else expect(said?.missing.join(' ')).toMatch(missing);
  });
});
