import { openMover } from '../../src/storage/mover.ts';
import { type S3Parts, s3 } from '../../src/storage/s3.ts';
import type { S3Place } from '../../src/storage/s3-client.ts';
import type { StorageWorld } from '../contracts/storage.ts';
import { type StandIn, s3StandIn } from '../support/s3.ts';

export const placeOf = ({ url, bucket, keys }: StandIn): S3Place => ({
  ...{ endpoint: url, bucket, region: keys.region, keyId: keys.id, secretKey: keys.secret },
});

/** A bucket of its own on a stand-in. */
export async function s3World(more: Partial<S3Parts> = {}): Promise<StorageWorld & { bucket: StandIn }> {
  const bucket = await s3StandIn();
  const mover = openMover();
  const secret = Buffer.from('a secret of the test');
  const links = { secret, baseUrl: 'https://dailies.test/', clock: Date.now };
  return {
    bucket,
    storage: s3({ ...placeOf(bucket), ...links, mover, ...more }),
    now: Date.now,
    pass: () => false,
    count: async () => bucket.objects.size,
    async spoil(key) {
      const kept = bucket.objects.get(key);
      if (kept) kept.body = Buffer.from('spoiled');
    },
    async end() {
      await mover.close();
      await bucket.close();
    },
  };
}
