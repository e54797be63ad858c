import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a provider says by itself: a hint to look, never a fact. */
export interface Hint {
  prediction: string;
  /** The same for every repetition: seen ids are ignored. */
  delivery: string;
}

const mostAge = 300_000;

/**
 * Reads a webhook of Replicate, signed as Standard Webhooks are; null where it is not theirs or not fresh.
 *
 * @param body As it came, byte for byte.
 * @param secret `whsec_…`, see `replicateApi.webhookSecret`.
 * @param now Milliseconds since 1970.
 */
export function readWebhook(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: Buffer,
  secret: string,
  now: number,
): Hint | null {
  const [delivery, stamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(
    (name) => {
      const value = headers[name];
      return typeof value === 'string' ? value : '';
    },
  );
  if (!delivery || !stamp || !signatures || !isFresh(stamp, now)) return null;
  const mac = createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'));
  const ours = mac.update(`${delivery}.${stamp}.`).update(body).digest();
  if (!signatures.split(' ').some((each) => isSame(each, ours))) return null;
  const prediction = idIn(body);
  return prediction === null ? null : { prediction, delivery };
}

const isFresh = (stamp: string, now: number): boolean =>
  /^\d{1,12}$/.test(stamp) && Math.abs(now - Number(stamp) * 1000) <= mostAge;

function isSame(signature: string, ours: Buffer): boolean {
  const [version, mac = ''] = signature.split(',');
  const theirs = Buffer.from(mac, 'base64');
  return version === 'v1' && theirs.length === ours.length && timingSafeEqual(theirs, ours);
}

function idIn(body: Buffer): string | null {
  try {
    const { id } = JSON.parse(body.toString('utf8')) as { id?: unknown };
    return typeof id === 'string' && id !== '' ? id : null;
  } catch {
    return null;
  }
}
