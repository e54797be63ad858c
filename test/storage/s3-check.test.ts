import { expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { checkBucket } from '../../src/storage/s3-check.ts';
import { bucketOf } from '../../src/wiring/bucket.ts';
import { s3StandIn } from '../support/s3.ts';
import { line } from '../support/services/line.ts';
import { placeOf } from './s3-world.ts';

async function standIn(...given: Parameters<typeof s3StandIn>) {
  const bucket = await s3StandIn(...given);
  onTestFinished(() => bucket.close());
  return bucket;
}

it('lets pass what is as it should be, and asks once', async () => {
  const bucket = await standIn();
  await checkBucket(placeOf(bucket));
  expect(bucket.log.map(({ method, status }) => [method, status])).toEqual([['HEAD', 200]]);
});

it.each([
  ['no such bucket', { bucket: 'none' }, /no bucket none at http.*S3_BUCKET/],
  ['an unknown key', { keyId: 'none' }, /S3_ACCESS_KEY_ID/],
  ['a wrong secret', { secretKey: 'none' }, /S3_SECRET_ACCESS_KEY/],
  ['another region', { region: 'none' }, /S3_REGION/],
])('says what is wrong and what to do: %s', async (_what, wrong, message) => {
  const bucket = await standIn();
  const checked = checkBucket({ ...placeOf(bucket), ...wrong });
  await expect(checked).rejects.toMatchObject({ name: 'Never', code: 'storage-refused', message });
});

it('tells missing rights and a wrong clock apart from a wrong key', async () => {
  const bucket = await standIn();
  for (const method of ['HEAD', 'GET']) bucket.befall(method, 'denied');
  const denied = { code: 'storage-refused', message: /may not use.*list.*read, write and delete/ };
  await expect(checkBucket(placeOf(bucket))).rejects.toMatchObject(denied);
  const late = await standIn({ clock: () => Date.now() + 3_600_000 });
  await expect(checkBucket(placeOf(late))).rejects.toMatchObject({ message: /clock/ });
});

it('says in time that nobody answers', async () => {
  const bucket = await standIn();
  const way = await line(bucket.url);
  way.die();
  onTestFinished(() => way.close());
  const away = { code: 'storage-unreachable', message: /does not answer at http.*S3_ENDPOINT/ };
  for (const endpoint of ['http://127.0.0.1:1', way.url])
    await expect(checkBucket({ ...placeOf(bucket), endpoint }, 300)).rejects.toMatchObject(away);
});

it('asks where the bucket is, if neither region nor endpoint says it', () => {
  const keys = { S3_BUCKET: 'b', S3_ACCESS_KEY_ID: 'k', S3_SECRET_ACCESS_KEY: 's' };
  expect(() => bucketOf(readConfig(keys))).toThrow(/S3_REGION.*S3_ENDPOINT/);
  expect(bucketOf(readConfig({ ...keys, S3_REGION: 'eu-central-1' }))).toMatchObject({ bucket: 'b' });
  expect(bucketOf(readConfig({ ...keys, R2_ACCOUNT_ID: 'a' }))).toMatchObject({ region: 'auto' });
});
