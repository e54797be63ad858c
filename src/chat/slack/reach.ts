import { isIP } from 'node:net';
import { isPublic } from '../../net/address.ts';

const atHome = /^(?:localhost|[^.]+)$|\.(?:localhost|local|internal|home\.arpa)$/;

/** Whether an address might be on the internet: a name is not looked up. */
function isAbroad({ hostname }: URL): boolean {
  const host = hostname.replace(/^\[|\]$|\.$/g, '');
  return isIP(host) === 0 ? !atHome.test(host) : isPublic(host);
}

/** Slack sends only to https addresses on the internet. */
export function canBeSentTo(address: string): boolean {
  const url = new URL(address);
  return url.protocol === 'https:' && isAbroad(url);
}

/** A browser is led back from an installation to https addresses only, wherever they are. */
export const canBeLedTo = (address: string): boolean => new URL(address).protocol === 'https:';
