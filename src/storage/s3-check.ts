import { HeadBucketCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { Never } from '../errors.ts';
import { type S3Place, s3Client } from './s3-client.ts';
import { statusOf } from './s3-errors.ts';

const usualPatience = 10_000;

/**
 * Whether there is the bucket and its keys let us in. Throws, in `patience` milliseconds or little more, Never
 * whose sentence tells an operator what to do: `storage-refused` or `storage-unreachable`.
 */
export async function checkBucket(place: S3Place, patience = usualPatience): Promise<void> {
  const client = s3Client(place);
  const abortSignal = AbortSignal.timeout(patience);
  try {
    await client.send(new HeadBucketCommand({ Bucket: place.bucket }), { abortSignal });
  } catch (error) {
    const why = statusOf(error) === 404 ? error : await reason(client, place.bucket, abortSignal);
    if (why !== null) throw meaning(place, why);
  } finally {
    client.destroy();
  }
}

/** An answer to HEAD has no words: who asks for more is told why. */
const reason = (client: S3Client, bucket: string, abortSignal: AbortSignal): Promise<unknown> =>
  client.send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1 }), { abortSignal }).then(
    () => null,
    (error: unknown) => error,
  );

const badKey = 'The bucket does not accept the key. Correct S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.';
const badRegion = 'The bucket is not in this region. Correct S3_REGION.';

const advice: Record<string, string> = {
  InvalidAccessKeyId: badKey,
  SignatureDoesNotMatch: badKey,
  AuthorizationHeaderMalformed: badRegion,
  PermanentRedirect: badRegion,
  RequestTimeTooSkewed:
    'The clock of this machine is wrong, so the bucket refuses what it signs. Set the clock.',
};

function meaning({ bucket, endpoint = 'AWS' }: S3Place, cause: unknown): Never {
  const known = advice[(cause as Error).name];
  const status = statusOf(cause);
  if (known) return new Never('storage-refused', known, { cause });
  if (status === 404)
    return new Never(
      'storage-refused',
      `There is no bucket ${bucket} at ${endpoint}. Make it, or correct S3_BUCKET.`,
      { cause },
    );
  if (status === 301 || status === 400) return new Never('storage-refused', badRegion, { cause });
  if (status === 401 || status === 403)
    return new Never(
      'storage-refused',
      `The key may not use the bucket ${bucket}. Let it list the bucket, and read, write and delete what is in it.`,
      { cause },
    );
  return new Never(
    'storage-unreachable',
    `The bucket's service does not answer at ${endpoint}. Is it running, and is S3_ENDPOINT right?`,
    { cause },
  );
}
