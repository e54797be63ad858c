import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { answerHttp } from '../../src/api/http.ts';
import { openMeters } from '../../src/wiring/meters.ts';
import { type Stage, stage, worded } from '../journeys/stage.ts';

let it: Stage | undefined;
afterEach(() => it?.close());

/** Gets a page of the app over HTTP, as whoever knows this token. */
async function page(path: string, token?: string): Promise<{ status: number; text: string }> {
  const server = createServer((request, response) => void it?.app.answer(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const headers = { connection: 'close', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
  const text = await answer.text();
  server.close();
  return { status: answer.status, text };
}

const numberIn = (text: string, line: RegExp): number => Number(line.exec(text)?.[1] ?? Number.NaN);

test('what a campaign did, waits for and cost can be read by who knows the token', async () => {
  it = await stage({ environment: { METRICS_TOKEN: 'open sesame' } });
  await it.type('/video A calm film for Aurora tea 3s');
  await it.until(worded(1));
  await it.type('go');
  await it.until((c) => c.phase === 'review');
  await it.idle();
  await page('/never-heard-of');
  const { status, text } = await page('/metrics', 'open sesame');
  expect(status).toBe(200);
  const attempts = (effect: string, end: string) =>
    numberIn(text, new RegExp(`dailies_attempt_seconds_count\\{effect="${effect}",end="${end}"\\} (\\d+)`));
  expect(attempts('buy-take', 'outcome')).toBe(1);
  expect(attempts('finish-take', 'outcome')).toBe(1);
  const money = (kind: string) =>
    numberIn(text, new RegExp(`dailies_microdollars_total\\{kind="${kind}"\\} (\\d+)`));
  expect([money('reserve'), money('release'), money('settle')]).toEqual([300_000, 300_000, 300_000]);
  // Nothing is due; a look for purchases nobody knows of waits for its time.
  expect(text).toMatch(/dailies_effects_due\{effect="sweep-take"\} 0/);
  expect(text).toMatch(/dailies_answer_seconds_count\{route="other",status="404"\} 1/);
  expect(text).toMatch(/dailies_process_resident_memory_bytes \d+/);
  expect(text).not.toContain('Aurora');
});

test('nobody else can, and without a token there is nothing', async () => {
  it = await stage({ environment: { METRICS_TOKEN: 'open sesame' } });
  for (const token of [undefined, 'open', 'open sesame!'])
    expect((await page('/metrics', token)).status).toBe(401);
  await it.close();
  it = await stage();
  expect((await page('/metrics', 'open sesame')).status).toBe(404);
});

test('a journal that is away is told of, and ends nothing', async () => {
  const { registry } = openMeters({ backlog: () => Promise.reject(new Error('away')) }, Date.now);
  expect(await registry.metrics()).toMatch(/dailies_journal_up 0/);
});

test('what a route throws is answered, and the others go on', async () => {
  it = await stage();
  const failed: string[] = [];
  const routes = { '/broken': async () => Promise.reject(new Error('secret words')) };
  const handler = answerHttp(routes, (route, error) => failed.push(`${route} ${(error as Error).message}`));
  it.app.answer = handler;
  expect(await page('/broken')).toMatchObject({ status: 500, text: expect.not.stringContaining('secret') });
  expect(failed).toEqual(['/broken secret words']);
  expect((await page('/livez')).status).toBe(200);
});

test('who is leaving says so to its balancer, and still answers', async () => {
  it = await stage();
  expect((await page('/readyz')).status).toBe(200);
  it.app.leave();
  expect(await page('/readyz')).toMatchObject({ status: 503, text: expect.stringContaining('staying') });
  expect((await page('/livez')).status).toBe(200);
});
