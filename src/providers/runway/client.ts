import RunwayML from '@runwayml/sdk';
import { Agent, buildConnector, fetch as undiciFetch } from 'undici';

/** Proof that nothing was sent: no connection came about. Its message must not sound like a timeout to the SDK. */
export class NotConnected extends Error {
  override readonly name = 'NotConnected';
}

export interface Clients {
  /** For paid requests: sends once, and each time on a connection of its own. */
  buying: RunwayML;
  /** For all that costs nothing. */
  reading: RunwayML;
}

export function openClients(options: { apiKey: string; baseURL?: string; timeout: number }): Clients {
  const { apiKey, baseURL = null, timeout } = options;
  // A redirected POST is a second POST.
  const fetchOptions = { redirect: 'manual' } as const;
  const common = { apiKey, baseURL, timeout, maxRetries: 0, logLevel: 'off', fetchOptions } as const;
  return { buying: new RunwayML({ ...common, fetch: freshFetch() }), reading: new RunwayML(common) };
}

const connectWithin = 5_000;

/**
 * A kept connection that the other side has just closed would leave us not knowing whether a purchase arrived, and
 * Runway lists none. Not for forms: undici's fetch does not know Node's FormData.
 */
function freshFetch(): typeof fetch {
  const connect = buildConnector({ timeout: connectWithin });
  const agent = new Agent({
    pipelining: 0,
    connect: (target, callback) =>
      connect(target, (error, socket) => {
        if (error) callback(new NotConnected('no connection'), null);
        else callback(null, socket);
      }),
  });
  const send = (url: string, init: object) => undiciFetch(url, { ...init, dispatcher: agent });
  return send as unknown as typeof fetch;
}
