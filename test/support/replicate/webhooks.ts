import { createHmac, randomBytes } from 'node:crypto';

export const newSecret = (): string => `whsec_${randomBytes(24).toString('base64')}`;

/** Headers and body of a webhook as Replicate signs it. */
export function signed(
  body: string,
  secret: string,
  at: number,
  id = `msg_${randomBytes(12).toString('hex')}`,
): { headers: Record<string, string>; body: string } {
  const stamp = String(Math.floor(at / 1000));
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${stamp}.${body}`).digest('base64');
  // Several signatures stand there while a secret is being replaced.
  const signature = `v1,${createHmac('sha256', 'an older secret').update(body).digest('base64')} v1,${mac}`;
  return {
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': stamp,
      'webhook-signature': signature,
    },
    body,
  };
}
