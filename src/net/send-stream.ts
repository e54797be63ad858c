import type { Readable } from 'node:stream';
import { request } from 'undici';
import { TryLater } from '../errors.ts';
import { drop } from './meter.ts';

export interface Sending {
  /** Where the bytes are posted to. */
  url: string;
  /** Exactly so many. */
  bytes: number;
  mime: string;
  /** Milliseconds it may take. */
  timeout: number;
  /** Milliseconds before another try. */
  pause: number;
}

/** Posts bytes as they come, never holding more than a piece of them. TryLater when they were not all accepted. */
export async function sendStream(body: Readable, sending: Sending): Promise<void> {
  const { url, bytes, mime, timeout, pause } = sending;
  const headers = { 'content-length': String(bytes), 'content-type': mime };
  const signal = AbortSignal.timeout(timeout);
  try {
    const answer = await request(url, { method: 'POST', headers, body, signal });
    drop(answer.body);
    if (answer.statusCode === 200) return;
    throw new TryLater(`upload answered ${answer.statusCode}`, { delay: pause, sent: false });
  } catch (cause) {
    if (cause instanceof TryLater) throw cause;
    throw new TryLater('upload broke off', { delay: pause, sent: false, cause });
  } finally {
    body.destroy();
  }
}
