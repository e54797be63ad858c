import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { inDiscord } from './in-discord.ts';
import { inSlack } from './in-slack.ts';
import { inTerminal } from './in-terminal.ts';
import { type Scenario, scenarios, usual } from './scenarios.ts';
import { endOf, type Platform } from './scene.ts';

const platforms = { terminal: inTerminal, Slack: inSlack, Discord: inDiscord } satisfies Record<
  string,
  Platform
>;
const names = Object.keys(platforms) as (keyof typeof platforms)[];
const table = new Map<string, Record<string, string>>();

const byName = <T>(cells: readonly T[]): Record<string, T> =>
  Object.fromEntries(names.flatMap((name, i) => (i < cells.length ? [[name, cells[i] as T]] : [])));

/** Where a person found a picture. */
async function gallery(): Promise<{ host: string; link: string }> {
  const bytes = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#804020' } })
    .png()
    .toBuffer();
  const server = createServer((_, response) => response.setHeader('content-type', 'image/png').end(bytes));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { host, link: `http://${host}/look.png` };
}

async function played(platform: Platform, { setting, play, told }: Scenario) {
  const { host, link } = await gallery();
  const scene = await platform({ ...setting, environment: { ALLOW_PRIVATE_HOSTS: host } });
  await play(scene, link);
  const end = await endOf(scene);
  return { end, told: !told || told.test(scene.shown()) };
}

test.for([...scenarios])('$name: one end, wherever it is talked about', async (scenario) => {
  const ends = await Promise.all(names.map((name) => played(platforms[name], scenario)));
  const wanted = { end: { ...usual, ...scenario.end }, told: true };
  expect(byName(ends)).toEqual(byName(ends.map(() => wanted)));
  table.set(scenario.name, byName(ends.map(({ end }) => `${end.phase}, paid ${end.paid}`)));
});

test('no scenario is missing anywhere', () => {
  expect(scenarios.length).toBeGreaterThanOrEqual(12);
  for (const { name } of scenarios) expect(Object.keys(table.get(name) ?? {}), name).toEqual(names);
});

afterAll(() => {
  const lines = [...table].map(([name, row]) => [name, ...names.map((one) => row[one] ?? '')]);
  const padded = [['scenario', ...names], ...lines].map((line) =>
    line.map((cell) => cell.padEnd(32)).join(''),
  );
  process.stdout.write(`${padded.join('\n')}\n`);
});
