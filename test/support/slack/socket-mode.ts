import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { isBag } from './block-kit/shapes.ts';
import { acceptSocket, type Socket } from './socket.ts';

export interface Envelope {
  type: string;
  payload: unknown;
  /** Whether an answer may travel with the acknowledgement. */
  answerable: boolean;
  retry: number;
  reason: string | null;
}

/** An acknowledgement, or why there is none. */
export type Acked = { acked: true; payload: unknown } | { acked: false; reason: string };

const mostSockets = 10;
const pingEvery = 10_000;
const farewell = 200;
const mostTurns = 20;

export type SocketMode = ReturnType<typeof openSocketMode>;

/** Slack's end of Socket Mode: tickets for one connection each, envelopes out, acknowledgements in. */
export function openSocketMode(appId: string, ackWithin: number) {
  const tickets = new Set<string>();
  const open: Socket[] = [];
  const waiting = new Map<string, { socket: Socket; settle(acked: Acked): void }>();
  const timers = new Set<NodeJS.Timeout>();
  let turn = 0;
  let used = false;
  const strange: string[] = [];

  function ticket(host: string): string {
    const id = randomBytes(8).toString('hex');
    tickets.add(id);
    return `${host.replace('http', 'ws')}/link/?ticket=${id}&app_id=${appId}`;
  }

  function upgrade(request: IncomingMessage, line: Duplex): void {
    const id = new URL(request.url ?? '', 'ws://here').searchParams.get('ticket') ?? '';
    if (!tickets.delete(id) || open.length >= mostSockets) {
      line.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return;
    }
    const socket = acceptSocket(request, line, { text: (text) => hear(text), closed: () => gone(socket) });
    open.push(socket);
    used = true;
    const timer = setInterval(() => socket.ping(), pingEvery);
    timers.add(timer);
    line.on('close', () => clearInterval(timer));
    const debug_info = { host: 'stand-in', build_number: 1, approximate_connection_time: 18_060 };
    const hello = { type: 'hello', num_connections: open.length, debug_info };
    socket.send(JSON.stringify({ ...hello, connection_info: { app_id: appId } }));
  }

  function hear(text: string): void {
    const said: unknown = JSON.parse(text);
    const id = isBag(said) ? String(said['envelope_id']) : '';
    const asked = waiting.get(id);
    if (!asked || !isBag(said)) return void strange.push(text);
    waiting.delete(id);
    asked.settle({ acked: true, payload: said['payload'] });
  }

  function gone(socket: Socket): void {
    if (open.includes(socket)) open.splice(open.indexOf(socket), 1);
    for (const [id, asked] of waiting)
      if (asked.socket === socket) {
        waiting.delete(id);
        asked.settle({ acked: false, reason: 'connection_failed' });
      }
  }

  /** Sent over one of the sockets, taking turns; resolves when acknowledged, given up or cut off. */
  function send({ type, payload, answerable, retry, reason }: Envelope): Promise<Acked> {
    turn += 1;
    const socket = open[turn % Math.max(1, open.length)];
    if (!socket) return Promise.resolve({ acked: false, reason: 'connection_failed' });
    const envelope_id = randomBytes(16).toString('hex');
    const retries = type === 'events_api' ? { retry_attempt: retry, retry_reason: reason ?? '' } : {};
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        waiting.delete(envelope_id);
        settle({ acked: false, reason: 'http_timeout' });
      }, ackWithin);
      timers.add(timer);
      function settle(acked: Acked): void {
        clearTimeout(timer);
        timers.delete(timer);
        resolve(acked);
      }
      waiting.set(envelope_id, { socket, settle });
      const accepts_response_payload = answerable;
      socket.send(JSON.stringify({ envelope_id, type, payload, accepts_response_payload, ...retries }));
    });
  }

  /** As when Slack moves a connection elsewhere; `rude` cuts without a word. */
  function disconnect(how: 'warning' | 'refresh_requested' | 'link_disabled' | 'rude'): void {
    for (const socket of [...open])
      if (how === 'rude') socket.close(true);
      else socket.send(JSON.stringify({ type: 'disconnect', reason: how, debug_info: { host: 'stand-in' } }));
  }

  /** Says goodbye and waits for theirs, but not for long. */
  async function close(): Promise<void> {
    for (const timer of timers) clearTimeout(timer);
    for (const socket of [...open]) socket.close();
    for (let i = 0; i < mostTurns && open.length > 0; i += 1) await sleep(farewell / mostTurns);
  }

  return {
    ticket,
    upgrade,
    send,
    disconnect,
    close,
    /** What came over a socket and answers no envelope. */
    strange,
    get connections() {
      return open.length;
    },
    /** Whether there ever was a connection. */
    get used() {
      return used;
    },
  };
}
