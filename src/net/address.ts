import { isIP, isIPv6 } from 'node:net';
import ip from 'ipaddr.js';

/** The ports of the web; any other is open only to hosts that are vouched for with that port. */
export const webPorts: readonly number[] = [80, 443];

/** Whether the operator vouches for this host on this port, so that it may be private and speak http. */
export type Vouched = (host: string, port: number) => boolean;

// Azure answers machines with their own secrets here, and ipaddr.js takes it for a public address.
const azureWireServer = '168.63.129.16';

// All that is handed out to the internet; ipaddr.js also calls `::7f00:1` and unassigned space unicast.
const globalUnicast = ip.parseCIDR('2000::/3');

/**
 * Whether an address belongs to the public internet. Takes what a resolver or a socket says, not what people
 * write; anything but an address is not public.
 */
export function isPublic(address: string): boolean {
  if (isIP(address) === 0) return false;
  const unwrapped = ip.process(address);
  if (unwrapped.range() !== 'unicast') return false;
  if (unwrapped instanceof ip.IPv6) return unwrapped.match(globalUnicast);
  return unwrapped.toString() !== azureWireServer;
}

/**
 * Reads `host` (ports 80 and 443) and `host:port` (that port alone). Names are compared as written, so
 * vouching for a name vouches for whatever it resolves to, and never for another name or for its address.
 *
 * @throws Error on an entry that is neither.
 */
export function vouchedHosts(entries: readonly string[]): Vouched {
  const vouched = new Set(entries.flatMap(spots));
  return (host, port) => vouched.has(spot(host, port));
}

/** The port a URL leads to. */
export const portOf = ({ port, protocol }: { port: string; protocol: string }): number =>
  port === '' ? defaultPort(protocol) : Number(port);

const defaultPort = (protocol: string): number => (protocol === 'https:' ? 443 : 80);

function spots(entry: string): string[] {
  const spelled = isIPv6(entry) ? `[${entry}]` : entry;
  const url = URL.parse(`http://${spelled}`);
  if (url === null || url.href !== `http://${url.host}/`) throw new Error(`Not host or host:port: ${entry}`);
  // Not from `url.port`, which forgets that 80 was asked for.
  const port = /:(\d+)$/.exec(spelled)?.[1];
  const ports = port === undefined ? webPorts : [Number(port)];
  return ports.map((one) => spot(url.hostname, one));
}

// URL keeps brackets and the dot of a rooted name, undici's connect is called without brackets.
const spot = (host: string, port: number): string => `${host.replace(/^\[|\]$|\.$/g, '')} ${port}`;
