import { S3Client } from '@aws-sdk/client-s3';

export interface S3Place {
  /** Where it is not AWS itself: Cloudflare R2, MinIO … */
  endpoint?: string;
  bucket: string;
  /** `auto` for R2. */
  region: string;
  keyId: string;
  secretKey: string;
}

const quiet = () => undefined;
/** Who calls is told by an error; the SDK would also write its own words to the console. */
const logger = { trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet };

const connectWithin = 10_000;
const answerWithin = 60_000;

/**
 * A client that asks once: who calls it tries again, knowing what a repetition means. Checksums of the SDK's own
 * invention are left out where they are not required: some servers store them with the bytes.
 */
export const s3Client = ({ endpoint, region, keyId, secretKey }: S3Place): S3Client =>
  new S3Client({
    region,
    credentials: { accessKeyId: keyId, secretAccessKey: secretKey },
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 1,
    logger,
    requestHandler: { connectionTimeout: connectWithin, socketTimeout: answerWithin },
  });
