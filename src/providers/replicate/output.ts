import type { Readable } from 'node:stream';
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
    return await fetch(output, limits);
  } catch (error) {
    if (!(error instanceof Never)) throw error;
    const passes = error.code === 'link-timeout' || error.code === 'link-unknown-host';
    if (passes) throw new TryLater(error.code, { delay: again, sent: false });
    throw new Never('provider-error', `${error.code}: ${error.message}`);
  }
}

const isDelivery = ({ hostname, host, protocol }: URL, hosts: readonly string[]): boolean =>
  hosts.includes(host) ||
  hosts.includes(hostname) ||
  (protocol === 'https:' && /(^|\.)replicate\.delivery$/.test(hostname));
