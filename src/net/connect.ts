import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { Never, TryLater } from '../errors.ts';
import { isPublic, portOf, type Vouched } from './address.ts';
import { soon } from './trouble.ts';

/** All addresses of a host; fails as `dns.promises.lookup` does. */
export type Lookup = (host: string) => Promise<readonly { address: string }[]>;

type Fits = (address: string) => boolean;

/**
 * Connects to public addresses and to hosts that are vouched for. Every answer of the one lookup has to fit
 * before a socket is made, only these answers are dialled, and the peer has to fit before a byte of the request
 * is written. Literal addresses are judged too: undici and Node look up nothing for them.
 *
 * @throws Never `link-private` | `link-unknown-host`, and whatever lookup and socket fail with (to the callback).
 */
export function guardedConnect(vouched: Vouched, lookup: Lookup): buildConnector.connector {
  return (target, callback) => {
    const fits: Fits = vouched(target.hostname, portOf(target)) ? () => true : isPublic;
    addressesOf(target.hostname, lookup).then(
      (addresses) => {
        if (!addresses.every(fits)) return callback(privateAddress(), null);
        dial(addresses)(target, (error, socket) => {
          if (error !== null) return callback(error, null);
          const fault = faultOfPeer(socket.remoteAddress, fits);
          if (fault === null) return callback(null, socket);
          socket.destroy();
          callback(fault, null);
        });
      },
      (error: Error) => callback(error, null),
    );
  };
}

async function addressesOf(host: string, lookup: Lookup): Promise<string[]> {
  if (isIP(host) !== 0) return [host];
  const answers = await lookup(host);
  if (answers.length === 0) throw new Never('link-unknown-host');
  return answers.map(({ address }) => address);
}

// The name stays the target, for TLS to check the certificate against; only its lookup is settled beforehand.
// HTTP/1.1 alone: one connection carries one request. The cast is for a port, which the type wants and undici
// takes from the target.
const dial = (addresses: readonly string[]): buildConnector.connector =>
  buildConnector({
    allowH2: false,
    autoSelectFamily: true,
    lookup: answering(addresses),
  } as buildConnector.BuildOptions);

const answering =
  (addresses: readonly string[]): LookupFunction =>
  (_host, _options, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: isIP(address) })),
    );

// A peer that has hung up already has no address; that is no reason never to try again.
function faultOfPeer(address: string | undefined, fits: Fits): Error | null {
  if (address === undefined) return new TryLater('gone at once', { delay: soon, sent: false });
  return fits(address) ? null : privateAddress();
}

const privateAddress = (): Never => new Never('link-private', 'not a public address');
