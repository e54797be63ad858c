import { createHmac, timingSafeEqual } from 'node:crypto';

/** Where Replicate's webhooks lead, below the server's own address. */
export const webhookPath = '/webhooks/replicate/';

/** Where Replicate calls us about one purchase. */
export interface Addresses {
  /** Null where nobody could reach it. */
  to(tag: string): string | null;
  /** The purchase an address of ours is about; null for any other, and for one whose signature is wrong. */
  tagIn(url: string): string | null;
}

/**
 * Addresses that nobody without the key can make. They stay readable when the server moves to another host.
 *
 * @param publicUrl Where people reach the server. Replicate calls https alone; a stand-in may be on loopback.
 */
export function addresses(key: Uint8Array, publicUrl: string | undefined): Addresses {
  const base =
    publicUrl !== undefined && isCallable(new URL(publicUrl)) ? publicUrl.replace(/\/+$/, '') : null;
  const macOf = (tag: string) => createHmac('sha256', key).update(tag).digest();
  return {
    to: (tag) =>
      base && `${base}${webhookPath}${encodeURIComponent(tag)}/${macOf(tag).toString('base64url')}`,
    tagIn(url) {
      const { pathname } = new URL(url, 'http://here');
      const [, named = '', mac = ''] = /\/webhooks\/replicate\/([\w.%-]+)\/([\w-]+)$/.exec(pathname) ?? [];
      const tag = decoded(named);
      const theirs = Buffer.from(mac, 'base64url');
      const ours = macOf(tag);
      return theirs.length === ours.length && timingSafeEqual(theirs, ours) ? tag : null;
    },
  };
}

const isCallable = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
