import {
  GetBucketLifecycleConfigurationCommand,
  type LifecycleRule,
  PutBucketLifecycleConfigurationCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { inOurWords } from './s3-errors.ts';
import { referenceDays } from './storage.ts';

/** What a bucket must do by itself; for those who set it up by hand. */
export const ourRules: LifecycleRule[] = [
  {
    ID: 'dailies-references',
    Status: 'Enabled',
    Filter: { Prefix: 'references/' },
    Expiration: { Days: referenceDays },
  },
  {
    ID: 'dailies-unfinished-uploads',
    Status: 'Enabled',
    Filter: { Prefix: '' },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
  },
];

const isOurs = ({ ID }: LifecycleRule): boolean => ourRules.some((rule) => rule.ID === ID);

/** Gives a bucket our rules and leaves it those of others. Throws what `s3` throws. */
export const setUp = (client: S3Client, bucket: string): Promise<void> =>
  inOurWords(bucket, async () => {
    const others = (await rulesOf(client, bucket)).filter((rule) => !isOurs(rule));
    const Rules = [...others, ...ourRules];
    await client.send(
      new PutBucketLifecycleConfigurationCommand({ Bucket: bucket, LifecycleConfiguration: { Rules } }),
    );
  });

async function rulesOf(client: S3Client, bucket: string): Promise<LifecycleRule[]> {
  try {
    const { Rules } = await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }));
    return Rules ?? [];
  } catch (error) {
    if ((error as { name?: string }).name === 'NoSuchLifecycleConfiguration') return [];
    throw error;
  }
}
