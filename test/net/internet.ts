import { isIP, type LookupFunction, Socket } from 'node:net';
import { vi } from 'vitest';
import type { Lookup } from '../../src/net/connect.ts';
import { names } from './hostile.ts';

/** The one network of these tests that is not loopback; nothing there is ever dialled. */
const internet: readonly string[] = ['93.184.216.34', '2606:2800:220:1::1'];

export const nameServer: Lookup = async (host) => {
  const answers = names[host];
  if (answers === undefined) throw failure('ENOTFOUND');
  return answers.map((address) => ({ address }));
};

export const failure = (code: string): Error => Object.assign(new Error(code), { code });

type Aim = { host: string; port: number; lookup?: LookupFunction };

/**
 * From now on notes every address that any socket of this process is about to dial, as `address port`. Public ones
 * refuse, so that no test leaves the machine; with `home` they lead to 127.0.0.1, as a rule of a router may.
 */
export function watchDials({ home = false } = {}): string[] {
  const dials: string[] = [];
  const connect = Socket.prototype.connect;
  vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...parts: unknown[]) {
    const aim = (Array.isArray(parts[0]) ? parts[0][0] : parts[0]) as Aim;
    this.on('connectionAttempt', (address, port) => dials.push(`${address} ${port}`));
    if (internet.includes(aim.host)) {
      dials.push(`${aim.host} ${aim.port}`);
      return this.destroy(failure('ECONNREFUSED'));
    }
    if (aim.lookup !== undefined) aim.lookup = refusing(aim, aim.lookup, dials, home);
    return Reflect.apply(connect, this, parts);
  } as typeof connect);
  return dials;
}

function refusing({ port }: Aim, lookup: LookupFunction, dials: string[], home: boolean): LookupFunction {
  return (host, options, done) =>
    lookup(host, options, (error, answers) => {
      const found = Array.isArray(answers) ? answers.map(({ address }) => address) : [answers];
      const outside = found.filter((address) => internet.includes(address));
      if (outside.length === 0 || isIP(host) !== 0) return done(error, answers);
      dials.push(...outside.map((address) => `${address} ${port}`));
      if (home) return done(null, [{ address: '127.0.0.1', family: 4 }]);
      done(failure('ECONNREFUSED'), []);
    });
}
