import type { Config } from '../config.ts';
import { Never } from '../errors.ts';
import type { S3Place } from '../storage/s3-client.ts';

/** The bucket that is configured, or null where a folder serves. Throws Never(`config`) where half of it is said. */
export function bucketOf(config: Config): S3Place | null {
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: keyId, S3_SECRET_ACCESS_KEY: secretKey } = config;
  if (!bucket) return null;
  if (!keyId || !secretKey)
    throw new Never('config', 'S3_BUCKET also needs S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.');
  const endpoint = endpointOf(config);
  if (!endpoint && config.S3_REGION === 'auto')
    throw new Never(
      'config',
      'S3_BUCKET also needs to know where it is. At AWS set S3_REGION, e.g. eu-central-1; anywhere else S3_ENDPOINT.',
    );
  return { bucket, keyId, secretKey, region: config.S3_REGION, ...(endpoint ? { endpoint } : {}) };
}

const endpointOf = ({ S3_ENDPOINT: said, R2_ACCOUNT_ID: account }: Config): string | undefined =>
  said ?? (account ? `https://${account}.r2.cloudflarestorage.com` : undefined);
