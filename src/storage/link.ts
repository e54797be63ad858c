import { createHmac, timingSafeEqual } from 'node:crypto';

/** Where links lead, below the server's own address. */
export const mediaPath = '/media/';

export interface Signed {
  key: string;
  /** Unix seconds. */
  expires: number;
  signature: string;
}

const signatureOf = (secret: Uint8Array, key: string, expires: number): string =>
  createHmac('sha256', secret).update(`${expires}\n${key}`).digest('base64url');

/** The path and query of a link that nobody without the secret can make. */
export function signedPath(secret: Uint8Array, key: string, expires: number): string {
  return `${mediaPath}${key}?expires=${expires}&signature=${signatureOf(secret, key, expires)}`;
}

/** Whether a link is ours and still holds; `now` in milliseconds. */
export function isValid(secret: Uint8Array, { key, expires, signature }: Signed, now: number): boolean {
  const given = Buffer.from(signature);
  const right = Buffer.from(signatureOf(secret, key, expires));
  return given.length === right.length && timingSafeEqual(given, right) && now < expires * 1000;
}
