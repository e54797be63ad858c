import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { Config } from '../config.ts';
import { Never } from '../errors.ts';
import type { Journal } from '../journal/journal.ts';
import { disk } from '../storage/disk.ts';
import type { Linked, LinkParts } from '../storage/link.ts';
import type { Mover } from '../storage/mover.ts';
import { bucketOf } from './bucket.ts';
import { decidedOnce } from './decided-once.ts';

interface Parts {
  config: Config;
  journal: Journal;
  clock: () => number;
  mover: Mover;
}

/** Files in the data folder. */
export async function folderStorage(parts: Parts): Promise<Linked> {
  const { config, mover } = parts;
  const folder = config.DATA_DIR;
  const shelves = {
    references: resolve(folder, config.REFERENCE_IMAGE_STORAGE_PATH),
    generated: resolve(folder, config.VIDEO_STORAGE_PATH),
  };
  return disk({ ...(await linkParts(parts)), folder, mover, shelves });
}

/** Files in the bucket of the environment, which lets us in; its SDK is loaded only where there is one. */
export async function bucketStorage(parts: Parts): Promise<Linked> {
  const place = bucketOf(parts.config);
  if (!place) throw new Never('config', 'S3_BUCKET is not set.');
  const [{ s3 }, { checkBucket }] = await Promise.all([
    import('../storage/s3.ts'),
    import('../storage/s3-check.ts'),
  ]);
  await checkBucket(place);
  return s3({ ...place, ...(await linkParts(parts)), mover: parts.mover });
}

const linkParts = async ({ config, journal, clock }: Parts): Promise<LinkParts> => ({
  secret: await storageSecret(journal),
  baseUrl: config.PUBLIC_URL ?? `http://localhost:${config.PORT}`,
  clock,
});

/** Signs media links; made once and kept, so that links outlive a restart and hold in every process. */
const storageSecret = async (journal: Journal): Promise<Uint8Array> =>
  Buffer.from(await decidedOnce(journal, 'storage', randomBytes(32).toString('base64')), 'base64');
