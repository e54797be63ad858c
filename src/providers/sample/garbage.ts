import type { Fault } from './faults.ts';

const page =
  '<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>\n';

/** The bytes as a bad day delivers them. */
export function spoiled(bytes: Buffer, faults: readonly Fault[]): Buffer {
  if (faults.includes('sample:garbage')) return Buffer.from(page);
  if (faults.includes('sample:truncated')) return bytes.subarray(0, Math.floor(bytes.length / 2));
  return bytes;
}
