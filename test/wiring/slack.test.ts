import { expect, test } from 'vitest';
import { card } from '../../src/chat/card.ts';
import { readConfig } from '../../src/config.ts';
import type { House } from '../../src/wiring/app.ts';
import { slackOf } from '../../src/wiring/slack.ts';
import { standIn } from '../chat/slack/stage.ts';

const day = 86_400;

test('what Slack shows can be fetched for days, and what leads to a film for years', async () => {
  const world = await standIn();
  const team = world.workspace('Acme');
  const launch = team.channel('launch', [team.person('ada')]);
  const house = {
    storage: { url: (key: string, ttl: number) => `https://dailies.example.com/${key}?for=${ttl}` },
    keep: () => ({ get: async () => null, put: async () => {}, take: async () => null }),
    pace: { take: async () => 0, pause: async () => {} },
    ...{ clock: Date.now, log: { error() {}, info() {}, warn() {} } },
  } as unknown as House;
  const config = readConfig({
    SLACK_BOT_TOKEN: team.token,
    SLACK_SIGNING_SECRET: world.app.signingSecret,
    SLACK_API_URL: world.apiUrl,
    PUBLIC_URL: 'https://dailies.example.com',
  });
  const slack = await slackOf(config, house);
  const file = { sha256: 'a', bytes: 1, mime: 'image/png', title: 'x' };
  const images = [{ ...file, key: 'picture' }];
  await slack?.show({
    ...{ place: `slack:${team.id}/${launch.id}`, key: 'reply:1', campaign: 'c1', known: null, sendKey: 'k' },
    card: card({ title: 'x', images, link: { ...file, key: 'film' } }),
  });
  const said = JSON.stringify(world.posts()[0]?.blocks);
  const lives = (what: string) => Number(new RegExp(`${what}\\?for=(\\d+)`).exec(said)?.[1]);
  expect(lives('picture')).toBeGreaterThan(7 * day);
  expect(lives('film')).toBeGreaterThan(365 * day);
});
