import type { IncomingMessage, Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Crowd } from './crowd.ts';
import { type Identify, openDoor } from './door.ts';
import { shardOf } from './ids.ts';
import { newLine } from './line.ts';
import { sees } from './permissions.ts';
import type { Route } from './routes.ts';
import { dispatch, type Line, newSession, replay, type Session } from './session.ts';
import { welcome } from './welcome.ts';
import { intent } from './wire.ts';
import type { Happening, World } from './world.ts';

export interface GatewayOptions {
  shards: number;
  maxConcurrency: number;
  /** Milliseconds between heartbeats. */
  heartbeat: number;
  /** Identifies left until they are refused. */
  identifies: number;
  /** Bits of privileged intents that the portal has turned on. */
  privileged: number;
  /** Milliseconds by the clock that a session without a socket can be resumed. */
  resumable: number;
  /** Real milliseconds in which as many identifies are taken as may run side by side. */
  identifyWindow: number;
  crowd: Crowd | null;
}

export interface Gateway {
  sessions: readonly Session[];
  /** Does not answer heartbeats any more. */
  deaf: boolean;
  /** Takes no connections. */
  shut: boolean;
  /** Tells the clients of a shard, or all, to come again (opcode 7). */
  reconnect(shard?: number): void;
  /** Opcode 9; `resumable` as told, and true. */
  invalidate(resumable: boolean, shard?: number): void;
  close(code: number, shard?: number): void;
  /** Cuts the connections without a word. */
  drop(shard?: number): void;
  /** Resolves when so many sessions are there and have been told all servers. */
  connected(count?: number): Promise<void>;
}

interface Packet {
  op: number;
  d: unknown;
}

export function openGateway(world: World, options: GatewayOptions) {
  const sessions: Session[] = [];
  const settled = new Set<Session>();
  const waiting: { count: number; done: () => void }[] = [];
  const door = openDoor(world, options);
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const note = (what: string, shard = -1, detail?: unknown) =>
    world.log.note({ kind: 'gateway', what, shard, detail });

  const lines = (shard?: number): Line[] =>
    sessions.flatMap((each) => (each.line && (shard === undefined || each.shard === shard) ? each.line : []));

  const controls: Gateway = {
    sessions,
    deaf: false,
    shut: false,
    reconnect: (shard) => lines(shard).forEach((line) => void line.send({ op: 7, d: null })),
    invalidate(resumable, shard) {
      for (const line of lines(shard)) {
        if (line.session) line.session.over = !resumable;
        line.send({ op: 9, d: resumable });
      }
    },
    close: (code, shard) => lines(shard).forEach((line) => void line.close(code)),
    drop: (shard) => lines(shard).forEach((line) => void line.socket.terminate()),
    connected: (count = 1) =>
      new Promise((done) => {
        waiting.push({ count, done });
        look();
      }),
  };

  function look(): void {
    const there = [...settled].filter(({ line, over }) => line && !over).length;
    for (const each of waiting.filter(({ count }) => there >= count)) {
      waiting.splice(waiting.indexOf(each), 1);
      each.done();
    }
  }

  function concerns(session: Session, { guild, channel, intents }: Happening): boolean {
    if (session.over || expired(session)) return false;
    if (intents !== 0 && (session.intents & intents) === 0) return false;
    if (channel && !sees(channel, world.bot.id)) return false;
    return (guild === null ? 0 : shardOf(guild, session.of)) === session.shard;
  }

  const expired = ({ leftAt }: Session): boolean =>
    leftAt !== null && world.clock() - leftAt > options.resumable;

  world.emit = (happening) => {
    const heard = sessions.filter((each) => concerns(each, happening));
    world.log.note({ kind: 'happening', t: happening.t, heard: heard.length });
    for (const each of heard) {
      const data = happening.data((each.intents & intent.content) !== 0);
      dispatch(each, happening.t, () => data);
    }
  };
  world.mayRead = () => (options.privileged & intent.content) !== 0;

  function connect(socket: WebSocket, request: IncomingMessage): void {
    const line = newLine(socket, new URL(request.url ?? '/', 'http://gateway').searchParams);
    socket.on('error', () => {});
    socket.on('close', (code) => gone(line, code));
    socket.on('message', (data) => void hear(line, String(data)));
    line.send({ op: 10, d: { heartbeat_interval: options.heartbeat, _trace: [] }, s: null, t: null });
  }

  /** 1000 and 1001 from the client end a session; what the gateway itself closed decides by its code. */
  function gone(line: Line, code: number): void {
    const { session } = line;
    note('closed', session?.shard, code);
    if (!session || session.line !== line) return;
    session.line = null;
    session.leftAt = world.clock();
    if ([1000, 1001, 4003, 4004, 4007, 4009].includes(code)) session.over = true;
  }

  async function hear(line: Line, text: string): Promise<void> {
    const packet = parsed(text);
    if (!packet) return line.close(4002, 'Error while decoding payload.');
    const now = performance.now();
    line.commands = [...line.commands.filter((at) => now - at < 60_000), now];
    if (line.commands.length > 120) return line.close(4008, 'Rate limited.');
    if (packet.op === 1) return void (controls.deaf || line.send({ op: 11, d: null }));
    if (packet.op === 2) return identify(line, packet.d as Identify);
    if (packet.op === 6) return resume(line, packet.d as { token: string; session_id: string; seq: number });
    if (!line.session) return line.close(4003, 'Not authenticated.');
    if (![3, 4, 8].includes(packet.op)) return line.close(4001, 'Unknown opcode.');
  }

  async function identify(line: Line, wanted: Identify): Promise<void> {
    if (line.session) return line.close(4005, 'Already authenticated.');
    const [shard, of] = wanted.shard ?? [0, 1];
    note('identify', shard, { of, intents: wanted.intents });
    const verdict = door.judge(wanted, line.version);
    if (verdict === 'too soon') {
      note(verdict, shard);
      return line.send({ op: 9, d: false });
    }
    if (verdict !== 'welcome') return line.close(verdict);
    const session = newSession(world.id(), shard, of, wanted.intents);
    attach(session, line);
    sessions.push(session);
    await welcome(world, session, options.crowd);
    settled.add(session);
    look();
  }

  function attach(session: Session, line: Line): void {
    session.line?.socket.terminate();
    session.line = line;
    session.leftAt = null;
    line.session = session;
  }

  function resume(line: Line, wanted: { token: string; session_id: string; seq: number }): void {
    if (line.session) return void line.close(4005, 'Already authenticated.');
    if (wanted.token !== world.token) return void line.close(4004, 'Authentication failed.');
    const session = sessions.find((each) => each.id === wanted.session_id);
    note('resume', session?.shard, { seq: wanted.seq, of: session?.seq });
    if (!session || session.over || expired(session)) return void line.send({ op: 9, d: false });
    if (wanted.seq > session.seq) return void line.close(4007, 'Invalid seq.');
    attach(session, line);
    note('resumed', session.shard, replay(session, wanted.seq));
    look();
  }

  function attachTo(http: Server): void {
    http.on('upgrade', (request, socket, head) => {
      if (controls.shut) return void socket.destroy();
      server.handleUpgrade(request, socket, head, (client) => connect(client, request));
    });
  }

  const address = (): string => `ws://${world.host}`;
  const bot = () => ({
    url: address(),
    shards: options.shards,
    session_start_limit: {
      total: options.identifies,
      remaining: door.left(),
      reset_after: 86_400_000,
      max_concurrency: options.maxConcurrency,
    },
  });
  const routes: Route[] = [
    { name: 'gateway-bot', method: 'GET', path: '/gateway/bot', run: bot },
    { name: 'gateway', method: 'GET', path: '/gateway', run: () => ({ url: address() }), open: true },
  ];

  function stop(): void {
    for (const client of server.clients) client.terminate();
    server.close();
  }

  return { controls, routes, attachTo, stop };
}

function parsed(text: string): Packet | null {
  try {
    const packet = JSON.parse(text) as Packet;
    return typeof packet?.op === 'number' ? packet : null;
  } catch {
    return null;
  }
}
