import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { describe, expect, onTestFinished, test } from 'vitest';
import { addresses } from '../../src/providers/replicate/address.ts';
import { replicateApi } from '../../src/providers/replicate/api.ts';
import { readWebhook } from '../../src/providers/replicate/webhook.ts';
import { newSecret, signed } from '../support/replicate/webhooks.ts';
import { order, key as ourKey, sending, world } from './replicate-world.ts';

const secret = newSecret();
const now = Date.UTC(2026, 10, 21);
const body = JSON.stringify({ id: 'p1', status: 'succeeded' });
const at = (time: number, id = 'msg_1') => signed(body, secret, time, id);

describe('a webhook', () => {
  test('tells the prediction and the delivery', () => {
    const { headers } = at(now);
    expect(readWebhook(headers, Buffer.from(body), secret, now)).toEqual({
      prediction: 'p1',
      delivery: 'msg_1',
    });
  });

  test('is signed as Standard Webhooks are', () => {
    const stamp = new Date(now);
    const headers = {
      'webhook-id': 'm',
      'webhook-timestamp': String(now / 1000),
      'webhook-signature': new Webhook(secret).sign('m', stamp, body),
    };
    expect(readWebhook(headers, Buffer.from(body), secret, now)?.prediction).toBe('p1');
  });

  test.each([
    ['1970', 0],
    ['too old', now - 301_000],
    ['from the future', now + 301_000],
  ])('%s is refused, however well it is signed', (_, time) => {
    expect(readWebhook(at(time).headers, Buffer.from(body), secret, now)).toBeNull();
  });

  test.each([now - 299_000, now + 299_000])('a clock that is off by minutes is borne', (time) => {
    expect(readWebhook(at(time).headers, Buffer.from(body), secret, now)).not.toBeNull();
  });

  const good = at(now).headers;
  test.each<[string, IncomingHttpHeaders | Record<string, string>, string, string]>([
    ['another body', good, body.replace('p1', 'p2'), secret],
    ['another secret', good, body, newSecret()],
    ['another id', { ...good, 'webhook-id': 'msg_2' }, body, secret],
    ['another time', { ...good, 'webhook-timestamp': String(now / 1000 + 1) }, body, secret],
    ['no signature', { ...good, 'webhook-signature': '' }, body, secret],
    ['an empty signature', { ...good, 'webhook-signature': 'v1,' }, body, secret],
    ['an older scheme', { ...good, 'webhook-signature': 'v0,AAAA' }, body, secret],
    ['no headers', {}, body, secret],
    ['a time that is none', { ...good, 'webhook-timestamp': 'NaN' }, body, secret],
  ])('with %s is refused', (_, headers, bytes, key) => {
    expect(readWebhook(headers, Buffer.from(bytes), key, now)).toBeNull();
  });

  test.each(['no json', '{}', '[]', 'null', '{"id":7}'])('signed, and %s inside, is refused', (odd) => {
    const { headers } = signed(odd, secret, now);
    expect(readWebhook(headers, Buffer.from(odd), secret, now)).toBeNull();
  });
});

test('the stand-in sends what we read: late, and twice under one id', async () => {
  const heard: (ReturnType<typeof readWebhook> | undefined)[] = [];
  const received: { headers: IncomingHttpHeaders; bytes: Buffer }[] = [];
  const server = createServer(async (request, response) => {
    received.push({ headers: request.headers, bytes: Buffer.concat(await request.toArray()) });
    response.end();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => void server.close());
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const {
    video,
    server: replicate,
    common,
    clock,
  } = await world({
    provider: { webhooks: addresses(ourKey, address) },
  });
  const { prediction } = await video.create(order(), sending());
  clock.forward(60_000);
  await replicate.deliver(prediction, { copies: 2, delay: 20 });
  const key = await replicateApi(common).webhookSecret();
  heard.push(...received.map(({ headers, bytes }) => readWebhook(headers, bytes, key, clock.now())));
  expect(heard).toHaveLength(2);
  expect(heard[0]).toEqual({ prediction, delivery: expect.any(String) });
  expect(heard[1]).toEqual(heard[0]);
});
