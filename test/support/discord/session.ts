import type { WebSocket } from 'ws';

interface Sent {
  s: number;
  t: string;
  /** Made again when it is sent again: a crowd of servers would fill the memory. */
  data: () => unknown;
}

/** One connection's standing with the gateway, which outlives its sockets. */
export interface Session {
  id: string;
  shard: number;
  of: number;
  intents: number;
  seq: number;
  sent: Sent[];
  line: Line | null;
  /** When its socket went; null while it is there. */
  leftAt: number | null;
  /** Ended for good: no resuming. */
  over: boolean;
}

/** A socket, with what is sent counted and, where asked for, compressed. */
export interface Line {
  socket: WebSocket;
  version: string;
  session: Session | null;
  /** Times of the last commands, in real milliseconds. */
  commands: number[];
  send(packet: object): void;
  close(code: number, reason?: string): void;
}

export function dispatch(session: Session, t: string, data: () => unknown): void {
  session.seq += 1;
  const one = { s: session.seq, t, data };
  session.sent.push(one);
  session.line?.send({ op: 0, s: one.s, t, d: data() });
}

/** What was missed, and then that this was all. */
export function replay(session: Session, seq: number): number {
  const missed = session.sent.filter(({ s }) => s > seq);
  for (const { s, t, data } of missed) session.line?.send({ op: 0, s, t, d: data() });
  dispatch(session, 'RESUMED', () => ({}));
  return missed.length;
}

export const newSession = (id: string, shard: number, of: number, intents: number): Session => ({
  id,
  shard,
  of,
  intents,
  seq: 0,
  sent: [],
  line: null,
  leftAt: null,
  over: false,
});
