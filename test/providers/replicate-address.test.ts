import { describe, expect, test } from 'vitest';
import { addresses } from '../../src/providers/replicate/address.ts';

const key = Buffer.alloc(32, 1);
const { to, tagIn } = addresses(key, 'https://dailies.example/app/');
const tag = 'abc.take1.0.2';

describe('an address for webhooks', () => {
  test('names its purchase, wherever the server stands', () => {
    expect(to(tag)).toMatch(
      /^https:\/\/dailies\.example\/app\/webhooks\/replicate\/abc\.take1\.0\.2\/[\w-]{43}$/,
    );
    expect(tagIn(to(tag) ?? '')).toBe(tag);
    expect(addresses(key, 'https://elsewhere.example').tagIn(to(tag) ?? '')).toBe(tag);
    expect(tagIn(new URL(to(tag) ?? '').pathname)).toBe(tag);
  });

  test.each([undefined, 'http://dailies.example', 'http://127.0.0.1.example', 'ftp://127.0.0.1'])(
    'is not made where %s is all there is: nobody may or could call it',
    (url) => expect(addresses(key, url).to(tag)).toBeNull(),
  );

  test.each(['http://127.0.0.1:3000', 'http://localhost:3000', 'http://[::1]:3000'])(
    'is made on %s, where stand-ins call',
    (url) => expect(addresses(key, url).to(tag)).toContain('/webhooks/replicate/'),
  );

  test.each<[string, (url: string) => string]>([
    ['another purchase', (url) => url.replace('take1', 'take2')],
    ['another signature', (url) => url.replace(/.$/, (c) => (c === 'A' ? 'Q' : 'A'))],
    ['no signature', (url) => url.replace(/\/[^/]+$/, '/')],
    ['a shorter signature', (url) => url.slice(0, -4)],
    ['something behind it', (url) => `${url}/x`],
    ['a tag that cannot be read', (url) => url.replace('abc', '%E0%A4%A')],
    ['another key', () => addresses(Buffer.alloc(32, 2), 'https://dailies.example').to(tag) ?? ''],
    ['nothing', () => '/'],
  ])('with %s is none of ours', (_, change) => {
    expect(tagIn(change(to(tag) ?? ''))).toBeNull();
  });
});
