import { createHmac, timingSafeEqual } from 'node:crypto';
import { mustParts } from './key.ts';
import type { Storage } from './storage.ts';

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
function signedPath(secret: Uint8Array, key: string, expires: number): string {
  return `${mediaPath}${key}?expires=${expires}&signature=${signatureOf(secret, key, expires)}`;
}

/** Whether a link is ours and still holds; `now` in milliseconds. */
function isValid(secret: Uint8Array, { key, expires, signature }: Signed, now: number): boolean {
  const given = Buffer.from(signature);
  const right = Buffer.from(signatureOf(secret, key, expires));
  return given.length === right.length && timingSafeEqual(given, right) && now < expires * 1000;
}

/** A storage whose links lead to our own server, which fetches what is behind them. */
export interface Linked extends Storage {
  /** Whether a link was made by `url` and still holds. */
  admits(link: Signed): boolean;
}

export interface LinkParts {
  /** Signs links: whoever has it can open everything. */
  secret: Uint8Array;
  /** Where people reach this server; links begin with it. */
  baseUrl: string;
  clock: () => number;
}

export const links = ({ secret, baseUrl, clock }: LinkParts): Pick<Linked, 'url' | 'admits'> => ({
  url(key, ttl) {
    const expires = Math.ceil(clock() / 1000) + ttl;
    return baseUrl.replace(/\/+$/, '') + signedPath(secret, mustParts(key) && key, expires);
  },
  admits: (link) => isValid(secret, link, clock()),
});
