import type { Readable } from 'node:stream';
import { request } from 'undici';
import { TryLater } from '../errors.ts';
import { drop } from './meter.ts';

export interface Sending {
  /** Exactly so many bytes. */
  bytes: number;
  mime: string;
  signal: AbortSignal;
  /** Milliseconds before another try. */
  pause: number;
}

/** Posts bytes as they come, never holding more than a piece of them. TryLater when they were not all accepted. */
export async function sendStream(
  url: string,
  body: Readable,
  { bytes, mime, signal, pause }: Sending,
): Promise<void> {
  const headers = { 'content-length': String(bytes), 'content-type': mime };
  try {
    const answer = await request(url, { method: 'POST', headers, body, signal });
    drop(answer.body);
    if (answer.statusCode === 200) return;
    throw new TryLater(`upload answered ${answer.statusCode}`, { delay: pause, sent: false });
  } catch (cause) {
    body.destroy();
    if (cause instanceof TryLater) throw cause;
    throw new TryLater('upload broke off', { delay: pause, sent: false, cause });
  }
}
