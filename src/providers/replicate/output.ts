import { Readable } from 'node:stream';
import { Never, TryLater } from '../../errors.ts';
import type { FetchLimits, GuardedDownload, GuardedFetch } from '../../net/guarded-fetch.ts';

export interface OutputOptions {
  /** Hosts (`host` or `host:port`) that may hand out files beside `replicate.delivery` and what is below it. */
  hosts?: readonly string[];
}

const again = 5_000;

/**
 * A file that a prediction made, from nowhere but Replicate's delivery.
 *
 * @throws Never `provider-error` (another host, gone, too large); TryLater for the rest.
 */
export async function fetchOutput(
  output: string,
  { fetch, hosts = [] }: OutputOptions & { fetch: GuardedFetch },
  limits: FetchLimits,
): Promise<Readable> {
  mustBeDelivery(output, hosts);
  try {
    return Readable.from(reworded(await fetch(output, limits)), { objectMode: false });
  } catch (error) {
    throw inOurWords(error);
  }
}

/** The same into a new file, with the same errors. */
export async function downloadOutput(
  output: string,
  file: string,
  { download, hosts = [] }: OutputOptions & { download: GuardedDownload },
  limits: FetchLimits,
): Promise<void> {
  mustBeDelivery(output, hosts);
  try {
    await download(output, file, limits);
  } catch (error) {
    throw inOurWords(error);
  }
}

/** The same bytes; what ends them midway is worded as what prevents them. */
async function* reworded(source: Readable): AsyncGenerator<Buffer> {
  try {
    yield* source;
  } catch (error) {
    throw inOurWords(error);
  }
}

function inOurWords(error: unknown): unknown {
  if (!(error instanceof Never)) return error;
  const passes = error.code === 'link-timeout' || error.code === 'link-unknown-host';
  if (passes) return new TryLater(error.code, { delay: again, sent: false });
  return new Never('provider-error', `${error.code}: ${error.message}`);
}

function mustBeDelivery(output: string, hosts: readonly string[]): void {
  const host = URL.parse(output);
  if (host === null || !isDelivery(host, hosts)) throw new Never('provider-error', 'a file on another host');
}

const isDelivery = ({ hostname, host, protocol }: URL, hosts: readonly string[]): boolean =>
  hosts.includes(host) ||
  hosts.includes(hostname) ||
  (protocol === 'https:' && /(^|\.)replicate\.delivery$/.test(hostname));
