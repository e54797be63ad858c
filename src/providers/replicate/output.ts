import { Readable } from 'node:stream';
import { Never, TryLater } from '../../errors.ts';
import type { GuardedFetch } from '../../net/guarded-fetch.ts';

export interface OutputOptions {
  fetch: GuardedFetch;
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
  { fetch, hosts = [] }: OutputOptions,
  limits: { signal: AbortSignal; mostBytes: number; timeout: number },
): Promise<Readable> {
  const host = URL.parse(output);
  if (host === null || !isDelivery(host, hosts)) throw new Never('provider-error', 'a file on another host');
  try {
    return Readable.from(reworded(await fetch(output, limits)), { objectMode: false });
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

const isDelivery = ({ hostname, host, protocol }: URL, hosts: readonly string[]): boolean =>
  hosts.includes(host) ||
  hosts.includes(hostname) ||
  (protocol === 'https:' && /(^|\.)replicate\.delivery$/.test(hostname));
