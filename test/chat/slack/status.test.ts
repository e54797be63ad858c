import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { slackSettings } from '../../../src/wiring/slack.ts';
import { acme, appIn, bookLog, standIn } from './stage.ts';

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
      expect.stringMatching(/send to https:\/\/dailies\.example\.com\/slack\/events.*manifest/),
    ]);
    await ada.types(launch, '/video-help');
    expect((await app.chats.slack.status()).lines).toEqual(['Slack is connected to Acme by HTTP.']);
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
    const { app } = await appIn(world, { token: 'xoxb-wrong' });
    expect(await app.chats.slack.status()).toEqual({
      connected: false,
      lines: [expect.stringMatching(/SLACK_BOT_TOKEN is not accepted\. Copy the Bot User OAuth Token/)],
    });
  });

  test('that an app token is wrong, without failing the start', async () => {
    const world = await standIn();
    const team = world.workspace('Acme');
    const { app } = await appIn(world, {
      way: 'socket',
      token: team.token,
      slack: { appToken: 'xapp-wrong' },
    });
    expect((await app.chats.slack.status()).lines[0]).toMatch(
      /SLACK_APP_TOKEN is not accepted.*connections:write/,
    );
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
